//! The class `Base64`.

use ::base64::Engine as _;
use ::base64::engine::general_purpose::STANDARD;

use crate::diagnostic::Code;
use crate::library::bound::{Bound, DataBound};
use crate::library::declaration::{Cost, Function, Parameter, fails, gives};
use crate::library::java::sink::Sink;
use crate::library::string::ChargedText;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::Text;
use crate::machine::native::native;
use crate::machine::unread::Pace;
use crate::types::Type;

/// The bytes that are encoded at once, and the letters that they make.
const ENCODED_BYTES: usize = 96;
const ENCODED_LETTERS: usize = 128;
/// The letters that are decoded at once: whole groups of four.
const DECODED_LETTERS: usize = 4096;

/// The functions.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::of_class("Base64", "encode", Type::String, native!(encode, Text))
        .bounded(Bound::Data(DataBound::Base64))
        .beyond_sel()
        .takes(&[Parameter::of(
            "text",
            Type::String,
            "the text, of which the bytes of UTF-8 are encoded",
        )])
        .costs(Cost::fixed(12).and(
            "a step for each 4 bytes, 1 for each 96, a step for each 16 letters, and the result's memory three times",
        ))
        .about(
            "The text in Base64, padded with `=`.",
            &[
                gives("Base64.encode('é!')", "\"w6kh\""),
                gives("Base64.encode('a')", "\"YQ==\""),
                fails("Base64.encode(null)", "E404"),
            ],
        ),
    Function::of_class("Base64", "decode", Type::String, native!(decode, Text))
        .bounded(Bound::Data(DataBound::Decoded))
        .beyond_sel()
        .takes(&[Parameter::of(
            "text",
            Type::String,
            "letters of Base64, padded with `=`",
        )])
        .costs(Cost::fixed(12).and("2 steps for each 4 letters, and the result's memory twice"))
        .about(
            "The text that stands in Base64; an error where the letters are not Base64, or the bytes no UTF-8.",
            &[
                gives("Base64.decode('w6kh')", "\"é!\""),
                fails("Base64.decode('YQ')", "E506"),
                fails("Base64.decode('/w==')", "E506"),
            ],
        ),
];

fn encode(context: &mut Context<'_>, text: Text) -> Result<Text, Fault> {
    let Context {
        heap,
        meter,
        text_buffer,
        ..
    } = context;
    let text = heap.texts.unread(text).whole(meter, Pace::Decode)?;
    let mut out = ChargedText::new(meter, text_buffer);
    out.announce(text.len().div_ceil(3).saturating_mul(4))?;
    for block in text.as_bytes().chunks(ENCODED_BYTES) {
        let mut letters = [0; ENCODED_LETTERS];
        let length = STANDARD.encode_slice(block, &mut letters).unwrap_or_default();
        // INVARIANT: letters of Base64 are ASCII.
        out.write(std::str::from_utf8(letters.get(..length).unwrap_or_default()).unwrap_or_default())?;
    }
    out.text.finish(context)
}

const HELP: &str =
    "Base64 has groups of four of `A-Z a-z 0-9 + /`, the last one padded with `=`, and no spaces or ends of lines";

fn decode(context: &mut Context<'_>, text: Text) -> Result<Text, Fault> {
    let Context { heap, meter, .. } = &mut *context;
    let letters = heap.texts.unread(text).whole(meter, Pace::Decode)?;
    meter.charge_memory(letters.len() as u64)?;
    let refused = |what| Fault::new(Code::InvalidArgument, what).with_help(Code::InvalidArgument, HELP);
    let mut bytes = Vec::with_capacity(letters.len() / 4 * 3 + 3);
    let mut is_padded = false;
    for block in letters.as_bytes().chunks(DECODED_LETTERS) {
        meter.charge_steps(Pace::Decode.steps(block.len()))?;
        // Padding stands at the end alone.
        let decoded = STANDARD.decode_vec(block, &mut bytes).ok().filter(|()| !is_padded);
        decoded.ok_or_else(|| refused("the text is not Base64"))?;
        is_padded = block.ends_with(b"=");
    }
    match std::str::from_utf8(&bytes) {
        Ok(text) => context.new_text(text),
        Err(_) => Err(refused("the bytes that the Base64 stands for are not a text in UTF-8")),
    }
}
