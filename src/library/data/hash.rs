//! The class `Hash`.

use sha2::digest::Output;
use sha2::{Digest, Sha256};

use crate::diagnostic::{Code, Message};
use crate::library::bound::{Bound, DataBound};
use crate::library::declaration::{Cost, Function, Parameter, fails, gives};
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::Text;
use crate::machine::native::native;
use crate::machine::unread::Pace;
use crate::types::Type;

const TEXT: Parameter = Parameter::of("text", Type::String, "the text, of which the bytes of UTF-8 are hashed");
const COST: Cost = Cost::fixed(48).and("a step for each 2 bytes");

/// The functions.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::of_class("Hash", "sha256", Type::String, native!(sha256, Text))
        .bounded(Bound::Data(DataBound::Hash))
        .beyond_sel()
        .takes(&[TEXT])
        .costs(COST)
        .about(
            "SHA-256 of a text, in 64 hexadecimal digits.",
            &[
                gives(
                    "Hash.sha256('abc')",
                    "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"",
                ),
                fails("Hash.sha256(1)", "E404"),
            ],
        ),
    Function::of_class("Hash", "bucket", Type::Long, native!(bucket, Text, i64))
        .bounded(Bound::Data(DataBound::Bucket))
        .beyond_sel()
        .takes(&[
            TEXT,
            Parameter::of("count", Type::Long, "how many buckets there are").position(COUNT_HELP),
        ])
        .costs(COST)
        .about(
            "The number of the bucket that a text belongs to, from 0: the first 8 bytes of its SHA-256, as an unsigned number with the first byte \
             highest, modulo the number of buckets.",
            &[gives("Hash.bucket('abc', 10)", "4"), fails("Hash.bucket('abc', 0)", "E506")],
        ),
];

fn digest(context: &mut Context<'_>, text: Text) -> Result<Output<Sha256>, Fault> {
    let Context { heap, meter, .. } = context;
    let mut hasher = Sha256::new();
    let mut rest = heap.texts.unread(text);
    while let Some(block) = rest.next(meter, Pace::Decode)? {
        // Twice what taking characters apart takes.
        meter.charge_steps(Pace::Decode.steps(block.len()))?;
        hasher.update(block);
    }
    Ok(hasher.finalize())
}

fn sha256(context: &mut Context<'_>, text: Text) -> Result<Text, Fault> {
    let digest = digest(context, text)?;
    context.new_text(&format!("{digest:x}"))
}

const COUNT_HELP: &str = "there is one bucket at least";

fn bucket(context: &mut Context<'_>, text: Text, count: i64) -> Result<i64, Fault> {
    let Some(buckets) = u64::try_from(count).ok().filter(|&count| count > 0) else {
        let message = Message::from("a text cannot be put into one of ")
            .value(count)
            .words(" buckets");
        return Err(Fault::new(Code::InvalidArgument, message).with_help(Code::InvalidArgument, COUNT_HELP));
    };
    let digest = digest(context, text)?;
    let first = digest.first_chunk().map_or(0, |first| u64::from_be_bytes(*first));
    // It is below `count`.
    Ok((first % buckets) as i64)
}
