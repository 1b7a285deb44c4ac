//! The class `Url`.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

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

/// All but the letters, digits and marks that RFC 3986 leaves alone.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The functions.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::of_class("Url", "encode", Type::String, native!(encode, Text))
        .bounded(Bound::Data(DataBound::Url))
        .beyond_sel()
        .takes(&[Parameter::of("text", Type::String, "a part of a URL")])
        .costs(Cost::fixed(12).and("a step for each 4 bytes, 1 for each byte that is encoded and each piece between, and the result's memory three times"))
        .about(
            "The text as a part of a URL: `A-Z a-z 0-9 - . _ ~` stay, each other byte of UTF-8 is `%` and two hexadecimal digits.",
            &[gives("Url.encode('a b/é')", "\"a%20b%2F%C3%A9\""), fails("Url.encode(1)", "E404")],
        ),
    Function::of_class("Url", "decode", Type::String, native!(decode, Text))
        .bounded(Bound::Data(DataBound::Decoded))
        .beyond_sel()
        .takes(&[Parameter::of("text", Type::String, "a part of a URL")])
        .costs(Cost::fixed(12).and("2 steps for each 4 bytes, and the result's memory twice"))
        .about(
            "The text that a part of a URL stands for; `+` stays. An error where a `%` has no two hexadecimal digits behind it, or the bytes are not \
             UTF-8.",
            &[gives("Url.decode('a%20b+%C3%A9')", "\"a b+é\""), fails("Url.decode('100%')", "E506"), fails("Url.decode('%FF')", "E506")],
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
    for piece in utf8_percent_encode(text, ENCODED) {
        out.write(piece)?;
    }
    out.text.finish(context)
}

const HELP: &str = "a `%` itself is written as `%25`: `Url.encode` writes it so";

fn decode(context: &mut Context<'_>, text: Text) -> Result<Text, Fault> {
    let Context { heap, meter, .. } = &mut *context;
    let unread = heap.texts.unread(text);
    // It is looked at, and decoded.
    unread.whole(meter, Pace::Decode)?;
    let text = unread.whole(meter, Pace::Decode)?;
    meter.charge_memory(text.len() as u64)?;
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_hexdigit);
    let bytes = text.as_bytes();
    let is_whole = |at: usize| is_digit(bytes.get(at + 1)) && is_digit(bytes.get(at + 2));
    if !text.match_indices('%').all(|(at, _)| is_whole(at)) {
        let fault = Fault::new(Code::InvalidArgument, "a `%` without two hexadecimal digits behind it");
        return Err(fault.with_help(Code::InvalidArgument, HELP));
    }
    let decoded: Vec<u8> = percent_decode_str(text).collect();
    match std::str::from_utf8(&decoded) {
        Ok(text) => context.new_text(text),
        Err(_) => Err(Fault::new(
            Code::InvalidArgument,
            "the bytes that the URL stands for are not a text in UTF-8",
        )),
    }
}
