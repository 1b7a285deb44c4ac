//! STRING methods that take no pattern.

use super::charged::ChargedText;
use crate::diagnostic::Code;
use crate::library::bound::Bound;
use crate::library::declaration::{Accepts, Cost, Function, Parameter, fails, gives};
use crate::library::java::case;
use crate::library::java::text::{self, SubstringError};
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::Text;
use crate::machine::native::native;
use crate::types::Type;

/// The cost of looking at a text up to where the answer is known.
const SCAN: Cost = Cost::fixed(6).and("a step for each 16 bytes up to where the answer is known");
/// The cost of a part of a text.
pub(super) const PART: Cost =
    Cost::fixed(8).and("a step for each 16 bytes up to its end, for each 16 of it, and its memory");
/// The cost of looking for one text in another.
pub(super) const SEARCH: Cost = Cost::fixed(6).and(
    "a step for each 4 comparisons of bytes, from the end 5 for each 16, up to where the other is found: five for each byte of the text at most, fewer where its bytes do not occur in the other, and six for each of the other",
);
/// The cost of copying a text with changes.
const REWRITE: Cost = Cost::fixed(12)
    .and("2 steps for each 16 bytes, 2 for each escape, 1 for each piece of up to 128 bytes, and the result's memory three times");
/// The same with a look at the tables of Unicode for each character.
const MAP_CASE: Cost = Cost::fixed(12).and("4 steps for each 16 bytes, 1 for each 2 characters beyond ASCII, 2 for each of more than two bytes, 2 for a `Σ` in lower case and 3 for each of its neighbours, 1 for each piece of up to 128 bytes, and the result's memory three times");

pub(super) const fn text(name: &'static str, about: &'static str) -> Parameter {
    Parameter::of(name, Type::String, about)
}

const ESCAPE: Function = Function::of_class("String", "escape", Type::String, native!(escape_or_null, Option<Text>))
    .bounded(Bound::Escaped)
    .takes(&[text("text", "the text")])
    .costs(REWRITE)
    .about(
        "The text with `\\b \\t \\n \\f \\r \\\\ \\\"` written as escapes; `null` for null.",
        &[
            gives("String.escape('a\\nb')", r#""a\\nb""#),
            gives("String s; return String.escape(s);", "\"null\""),
        ],
    );

/// The methods.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::method(Type::String, "length", Type::Long, native!(length, Text)).bounded(Bound::Length)
        .costs(SCAN)
        .about("The number of UTF-16 units.", &[gives("'abc'.length()", "3"), gives("'😀'.length()", "2")]),
    Function::method(Type::String, "isEmpty", Type::Boolean, native!(is_empty, Text)).bounded(Bound::Fixed)
        .about("Whether the length is 0.", &[gives("''.isEmpty()", "true")]),
    Function::method(Type::String, "toUpperCase", Type::String, native!(to_upper_case, Text)).bounded(Bound::UpperCase)
        .costs(MAP_CASE)
        .about("In upper case, by Unicode's full mapping, whatever the locale.", &[gives("'straße'.toUpperCase()", "\"STRASSE\"")]),
    Function::method(Type::String, "toLowerCase", Type::String, native!(to_lower_case, Text)).bounded(Bound::LowerCase)
        .costs(MAP_CASE)
        .about("In lower case, by Unicode's full mapping, whatever the locale.", &[gives("'Día'.toLowerCase()", "\"día\"")]),
    Function::method(Type::String, "trim", Type::String, native!(trim, Text)).bounded(Bound::Trimmed)
        .costs(Cost::fixed(4).and("a step for each character that goes, and 2"))
        .about("Without characters up to U+0020 at both ends.", &[gives("'  a b\\n'.trim()", "\"a b\"")]),
    Function::method(Type::String, "escape", Type::String, native!(escape, Text)).bounded(Bound::Escaped).costs(REWRITE).about(
        "With `\\b \\t \\n \\f \\r \\\\ \\\"` written as escapes.",
        &[gives("'tab\\there'.escape()", r#""tab\\there""#)],
    ),
    ESCAPE,
    ESCAPE.through(Type::String),
    Function::method(Type::String, "startsWith", Type::Boolean, native!(starts_with, Text, Text)).bounded(Bound::Shorter)
        .takes(&[text("prefix", "the prefix")])
        .costs(SCAN)
        .about("Whether it begins with a text.", &[gives("'s3://b'.startsWith('s3:')", "true"), fails("'a'.startsWith(1)", "E404")]),
    Function::method(Type::String, "endsWith", Type::Boolean, native!(ends_with, Text, Text)).bounded(Bound::Shorter)
        .takes(&[text("suffix", "what it may end with")])
        .costs(SCAN)
        .about("Whether it ends with a text.", &[gives("'a.csv'.endsWith('.csv')", "true")]),
    Function::method(Type::String, "contains", Type::Boolean, native!(contains, Text, Text)).bounded(Bound::Contains)
        .takes(&[text("part", "what it may contain")])
        .costs(SEARCH)
        .about("Whether it contains a text.", &[gives("'a.b'.contains('.')", "true"), fails("'a'.contains(null)", "E404")]),
    Function::method(Type::String, "lastIndexOf", Type::Long, native!(last_index_of, Text, Text)).bounded(Bound::LastPosition)
        .takes(&[text("part", "what is looked for")])
        .costs(SEARCH)
        .about("The position of the last occurrence, or -1.", &[gives("'a/b/c'.lastIndexOf('/')", "3"), gives("'a'.lastIndexOf('x')", "-1")]),
    Function::method(Type::String, "equals", Type::Boolean, native!(equals, Text, Any)).bounded(Bound::Shorter)
        .takes(&[Parameter::accepting("other", Accepts::Anything, "any value")])
        .costs(Cost::fixed(4).and("a step for each 16 bytes of texts of the same length"))
        .about("Whether the other is a STRING of the same text.", &[gives("'1'.equals('1')", "true"), gives("'1'.equals(1)", "false")]),
    Function::method(Type::String, "compareTo", Type::Long, native!(compare_to, Text, Text)).bounded(Bound::Order)
        .takes(&[text("other", "the other text")])
        .costs(Cost::fixed(8).and("a step for each 16 bytes up to where the answer is known"))
        .about(
            "Negative, zero or positive as it comes before, is equal to or comes after the other: the difference of the first UTF-16 units that differ, else of the lengths.",
            &[gives("'apple'.compareTo('banana')", "-1"), gives("'a'.compareTo('a')", "0")],
        ),
    Function::method(Type::String, "substring", Type::String, native!(substring_from, Text, i64)).bounded(Bound::Part)
        .takes(&[Parameter::of("from", Type::Long, "the first position").position(PLACE_HELP)])
        .costs(PART)
        .about("From a position to the end.", &[gives("'abc'.substring(1)", "\"bc\""), fails("'abc'.substring(4)", "E504"), fails("'😀'.substring(1)", "E511")]),
    Function::method(Type::String, "substring", Type::String, native!(substring, Text, i64, i64)).bounded(Bound::Part)
        .takes(&[
            Parameter::of("from", Type::Long, "the first position").position(PLACE_HELP),
            Parameter::of("to", Type::Long, "the position after the last").position(PLACE_HELP),
        ])
        .costs(PART)
        .about("From a position up to, but without, another.", &[gives("'abc'.substring(1, 2)", "\"b\""), fails("'abc'.substring(2, 1)", "E504")]),
    Function::method(Type::String, "replace", Type::String, native!(replace, Text, Text, Text)).bounded(Bound::Replaced)
        .takes(&[text("target", "what is replaced"), text("replacement", "what stands there then")])
        .costs(Cost::fixed(12).and("as `contains` up to the end, 1 for each occurrence and each piece, 3 for each character where the target is empty, and the result's memory three times"))
        .about(
            "With every occurrence of a text replaced, literally. An empty target stands before each character and at the end.",
            &[gives("'a.b.c'.replace('.', '/')", "\"a/b/c\"")],
        ),
    Function::of_class("String", "valueOf", Type::String, native!(value_of, Any)).bounded(Bound::TextOf)
        .takes(&[Parameter::accepting("x", Accepts::Anything, "any value")])
        .costs(Cost::fixed(8).and("6 steps for each element of an array, list or map"))
        .about("The value's text.", &[gives("String.valueOf(0.1 + 0.2)", "\"0.30000000000000004\""), gives("String.valueOf(null)", "\"null\"")]),
    Function::constructor("String", Type::String, native!(empty)).bounded(Bound::TextOf).about("The empty text.", &[gives("new String()", "\"\"")]),
    Function::constructor("String", Type::String, native!(new, Any)).bounded(Bound::TextOf)
        .takes(&[Parameter::accepting("x", Accepts::OneOf(&[Type::String, Type::Long]), "a text, or an integer")])
        .costs(Cost::fixed(4))
        .about("The text, or the integer's.", &[gives("new String(5)", "\"5\""), fails("new String(1.5)", "E405")]),
];

fn length(context: &mut Context<'_>, receiver: Text) -> Result<i64, Fault> {
    let Context { heap, meter, .. } = context;
    Ok(text::length(heap.texts.unread(receiver), meter)? as i64)
}

fn is_empty(context: &mut Context<'_>, receiver: Text) -> Result<bool, Fault> {
    Ok(context.heap.texts.unread(receiver).is_empty())
}

fn to_upper_case(context: &mut Context<'_>, receiver: Text) -> Result<Text, Fault> {
    let Context {
        heap,
        meter,
        text_buffer,
        ..
    } = context;
    let mut out = ChargedText::new(meter, text_buffer);
    case::upper_case(heap.texts.unread(receiver), &mut out)?;
    out.text.finish(context)
}

fn to_lower_case(context: &mut Context<'_>, receiver: Text) -> Result<Text, Fault> {
    let Context {
        heap,
        meter,
        text_buffer,
        ..
    } = context;
    let mut out = ChargedText::new(meter, text_buffer);
    case::lower_case(heap.texts.unread(receiver), &mut out)?;
    out.text.finish(context)
}

fn trim(context: &mut Context<'_>, receiver: Text) -> Result<Text, Fault> {
    let Context { heap, meter, .. } = context;
    let range = text::trim(heap.texts.unread(receiver), meter)?;
    heap.texts.part(meter, receiver, range)
}

fn escape_or_null(context: &mut Context<'_>, text: Option<Text>) -> Result<Text, Fault> {
    match text {
        Some(text) => escape(context, text),
        None => context.new_text("null"),
    }
}

fn escape(context: &mut Context<'_>, receiver: Text) -> Result<Text, Fault> {
    let Context {
        heap,
        meter,
        text_buffer,
        ..
    } = context;
    let mut out = ChargedText::new(meter, text_buffer);
    text::escape(heap.texts.unread(receiver), &mut out)?;
    out.text.finish(context)
}

fn starts_with(context: &mut Context<'_>, receiver: Text, prefix: Text) -> Result<bool, Fault> {
    let Context { heap, meter, .. } = context;
    heap.texts
        .unread(receiver)
        .starts_with(heap.texts.unread(prefix), meter)
}

fn ends_with(context: &mut Context<'_>, receiver: Text, suffix: Text) -> Result<bool, Fault> {
    let Context { heap, meter, .. } = context;
    heap.texts.unread(receiver).ends_with(heap.texts.unread(suffix), meter)
}

fn contains(context: &mut Context<'_>, receiver: Text, part: Text) -> Result<bool, Fault> {
    let Context {
        heap, meter, sought, ..
    } = context;
    if sought.0 != Some(part) {
        *sought = (Some(part), None);
    }
    let (text, part) = (heap.texts.unread(receiver), heap.texts.unread(part));
    text.contains(part, &mut sought.1, meter)
}

fn last_index_of(context: &mut Context<'_>, receiver: Text, part: Text) -> Result<i64, Fault> {
    let Context { heap, meter, .. } = context;
    let position = text::last_index_of(heap.texts.unread(receiver), heap.texts.unread(part), meter)?;
    Ok(position.map_or(-1, |position| position as i64))
}

fn equals(context: &mut Context<'_>, receiver: Text, other: Any) -> Result<bool, Fault> {
    match other.ty {
        Type::String => context.texts_equal(receiver.bits(), other.bits),
        _ => Ok(false),
    }
}

fn compare_to(context: &mut Context<'_>, receiver: Text, other: Text) -> Result<i64, Fault> {
    let Context { heap, meter, .. } = context;
    text::compare(heap.texts.unread(receiver), heap.texts.unread(other), meter)
}

fn substring_from(context: &mut Context<'_>, receiver: Text, from: i64) -> Result<Text, Fault> {
    part(context, receiver, from, None)
}

fn substring(context: &mut Context<'_>, receiver: Text, from: i64, to: i64) -> Result<Text, Fault> {
    part(context, receiver, from, Some(to))
}

pub(super) const PLACE_HELP: &str =
    "places count from 0, and none from the end: the last 3 characters are `text.substring(text.length() - 3)`";

pub(super) fn part(context: &mut Context<'_>, receiver: Text, from: i64, to: Option<i64>) -> Result<Text, Fault> {
    let Context { heap, meter, .. } = context;
    let range = text::substring(heap.texts.unread(receiver), from, to, meter)?.map_err(|error| {
        let code = match error {
            SubstringError::OutOfRange { .. } => Code::IndexOutOfRange,
            SubstringError::SplitsSurrogatePair { .. } => Code::SplitCharacter,
        };
        Fault::quoting(code, error).with_help(Code::IndexOutOfRange, PLACE_HELP)
    })?;
    heap.texts.part(meter, receiver, range)
}

fn replace(context: &mut Context<'_>, receiver: Text, target: Text, replacement: Text) -> Result<Text, Fault> {
    let Context {
        heap,
        meter,
        text_buffer,
        ..
    } = context;
    let unread = |text| heap.texts.unread(text);
    let mut out = ChargedText::new(meter, text_buffer);
    text::replace(unread(receiver), unread(target), unread(replacement), &mut out)?;
    out.text.finish(context)
}

fn value_of(context: &mut Context<'_>, value: Any) -> Result<Text, Fault> {
    match Text::from_bits(value.bits) {
        Some(text) if value.ty == Type::String => Ok(text),
        _ => {
            let printable = context.printable(value)?;
            context.concat(&[printable])
        }
    }
}

fn empty(context: &mut Context<'_>) -> Result<Text, Fault> {
    context.new_text("")
}

fn new(context: &mut Context<'_>, value: Any) -> Result<Text, Fault> {
    match value.is_null() {
        true => Err(Fault::null("the STRING")),
        false => value_of(context, value),
    }
}
