//! STRING methods that add to a text's ends or take from them.

use super::charged::ChargedText;
use super::methods::text;
use crate::diagnostic::{Code, Message};
use crate::library::bound::{Bound, TextBound};
use crate::library::declaration::{Cost, Function, Parameter, fails, gives};
use crate::library::java::sink::Sink;
use crate::library::java::text::length;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::Text;
use crate::machine::native::native;
use crate::types::Type;

/// A text without one of its ends.
const CUT: Cost =
    Cost::fixed(8).and("a step for each 16 bytes of the shorter text, for each 16 of what stays, and its memory");
/// A text with more at one of its ends.
const PAD: Cost = Cost::fixed(12)
    .and("a step for each 16 bytes of the text, as many for what it gives, and the result's memory three times");
const LENGTH: Parameter = Parameter::of("length", Type::Long, "the least number of UTF-16 units");
const FILLER: Parameter = Parameter::of("filler", Type::String, "the character that fills, of one UTF-16 unit");

/// The methods.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::method(Type::String, "repeat", Type::String, native!(repeat, Text, i64))
        .bounded(Bound::Text(TextBound::Repeated))
        .beyond_sel()
        .takes(&[Parameter::of("count", Type::Long, "how many times").position(COUNT_HELP)])
        .costs(
            Cost::fixed(12).and("1 step for each time, a step for each 16 bytes, and the result's memory three times"),
        )
        .about(
            "The text so many times, as `java.lang.String.repeat`.",
            &[
                gives("'ab'.repeat(3)", "\"ababab\""),
                gives("'ab'.repeat(0)", "\"\""),
                fails("'ab'.repeat(-1)", "E506"),
            ],
        ),
    Function::method(Type::String, "padStart", Type::String, native!(pad_start, Text, i64))
        .bounded(Bound::Text(TextBound::Padded))
        .beyond_sel()
        .takes(&[LENGTH])
        .costs(PAD)
        .about(
            "With spaces before it up to a length; the text itself where it is as long.",
            &[
                gives("'7'.padStart(3)", "\"  7\""),
                gives("'abcd'.padStart(3)", "\"abcd\""),
            ],
        ),
    Function::method(
        Type::String,
        "padStart",
        Type::String,
        native!(pad_start_with, Text, i64, Text),
    )
    .bounded(Bound::Text(TextBound::Padded))
    .beyond_sel()
    .takes(&[LENGTH, FILLER])
    .costs(PAD)
    .about(
        "With a character before it, as often as it takes up to a length.",
        &[
            gives("'7'.padStart(3, '0')", "\"007\""),
            fails("'7'.padStart(3, 'ab')", "E506"),
        ],
    ),
    Function::method(Type::String, "padEnd", Type::String, native!(pad_end, Text, i64))
        .bounded(Bound::Text(TextBound::Padded))
        .beyond_sel()
        .takes(&[LENGTH])
        .costs(PAD)
        .about(
            "With spaces behind it up to a length.",
            &[gives("'ab'.padEnd(4)", "\"ab  \"")],
        ),
    Function::method(
        Type::String,
        "padEnd",
        Type::String,
        native!(pad_end_with, Text, i64, Text),
    )
    .bounded(Bound::Text(TextBound::Padded))
    .beyond_sel()
    .takes(&[LENGTH, FILLER])
    .costs(PAD)
    .about(
        "With a character behind it, as often as it takes up to a length.",
        &[
            gives("'ab'.padEnd(4, '.')", "\"ab..\""),
            fails("'ab'.padEnd(4, '')", "E506"),
        ],
    ),
    Function::method(
        Type::String,
        "removePrefix",
        Type::String,
        native!(remove_prefix, Text, Text),
    )
    .bounded(Bound::Text(TextBound::Cut))
    .beyond_sel()
    .takes(&[text("prefix", "the prefix")])
    .costs(CUT)
    .about(
        "Without a text that it begins with; the text itself where it does not.",
        &[
            gives("'s3://bucket'.removePrefix('s3://')", "\"bucket\""),
            gives("'bucket'.removePrefix('s3://')", "\"bucket\""),
        ],
    ),
    Function::method(
        Type::String,
        "removeSuffix",
        Type::String,
        native!(remove_suffix, Text, Text),
    )
    .bounded(Bound::Text(TextBound::Cut))
    .beyond_sel()
    .takes(&[text("suffix", "what it may end with")])
    .costs(CUT)
    .about(
        "Without a text that it ends with; the text itself where it does not.",
        &[
            gives("'a.csv'.removeSuffix('.csv')", "\"a\""),
            fails("'a'.removeSuffix(null)", "E404"),
        ],
    ),
];

const COUNT_HELP: &str = "a text is repeated 0 times or more: `Math.max(n, 0)` takes a number below 0 for 0";

fn repeat(context: &mut Context<'_>, receiver: Text, count: i64) -> Result<Text, Fault> {
    let Ok(count) = usize::try_from(count) else {
        let message = Message::from("a text cannot be repeated ").value(count).words(" times");
        return Err(Fault::new(Code::InvalidArgument, message).with_help(Code::InvalidArgument, COUNT_HELP));
    };
    let Context {
        heap,
        meter,
        text_buffer,
        ..
    } = context;
    let text = heap.texts.unread(receiver);
    if text.is_empty() {
        return Ok(receiver);
    }
    let mut out = ChargedText::new(meter, text_buffer);
    out.announce(text.len().saturating_mul(count))?;
    for _ in 0..count {
        out.copy(text)?;
    }
    out.text.finish(context)
}

fn pad_start(context: &mut Context<'_>, receiver: Text, length: i64) -> Result<Text, Fault> {
    padded(context, receiver, length, ' ', true)
}

fn pad_start_with(context: &mut Context<'_>, receiver: Text, length: i64, filler: Text) -> Result<Text, Fault> {
    let filler = filler_of(context, filler)?;
    padded(context, receiver, length, filler, true)
}

fn pad_end(context: &mut Context<'_>, receiver: Text, length: i64) -> Result<Text, Fault> {
    padded(context, receiver, length, ' ', false)
}

fn pad_end_with(context: &mut Context<'_>, receiver: Text, length: i64, filler: Text) -> Result<Text, Fault> {
    let filler = filler_of(context, filler)?;
    padded(context, receiver, length, filler, false)
}

/// The one character of a text, which is one UTF-16 unit.
fn filler_of(context: &mut Context<'_>, text: Text) -> Result<char, Fault> {
    let Context { heap, meter, .. } = context;
    let mut rest = heap.texts.unread(text);
    match rest.next_character(meter, 1)? {
        Some(filler) if filler.len_utf16() == 1 && rest.is_empty() => Ok(filler),
        _ => {
            let message = "a text is filled with one character of one UTF-16 unit";
            Err(Fault::new(Code::InvalidArgument, message))
        }
    }
}

/// The text with a character at one end, up to a number of UTF-16 units.
fn padded(context: &mut Context<'_>, receiver: Text, units: i64, filler: char, at_start: bool) -> Result<Text, Fault> {
    let Context {
        heap,
        meter,
        text_buffer,
        ..
    } = context;
    let text = heap.texts.unread(receiver);
    let missing = usize::try_from(units).unwrap_or(0).saturating_sub(length(text, meter)?);
    if missing == 0 {
        return Ok(receiver);
    }
    let mut out = ChargedText::new(meter, text_buffer);
    out.announce(missing.saturating_mul(filler.len_utf8()).saturating_add(text.len()))?;
    if at_start {
        out.pad(filler, missing)?;
    }
    out.copy(text)?;
    if !at_start {
        out.pad(filler, missing)?;
    }
    out.text.finish(context)
}

fn remove_prefix(context: &mut Context<'_>, receiver: Text, prefix: Text) -> Result<Text, Fault> {
    let Context { heap, meter, .. } = context;
    let (text, prefix) = (heap.texts.unread(receiver), heap.texts.unread(prefix));
    match text.starts_with(prefix, meter)? {
        true => heap.texts.part(meter, receiver, prefix.len()..text.len()),
        false => Ok(receiver),
    }
}

fn remove_suffix(context: &mut Context<'_>, receiver: Text, suffix: Text) -> Result<Text, Fault> {
    let Context { heap, meter, .. } = context;
    let (text, suffix) = (heap.texts.unread(receiver), heap.texts.unread(suffix));
    match text.ends_with(suffix, meter)? {
        true => heap.texts.part(meter, receiver, 0..text.len() - suffix.len()),
        false => Ok(receiver),
    }
}
