//! STRING methods that find something out of a text.

use super::methods::{PART, PLACE_HELP, SEARCH, part, text};
use super::pattern::{ChargedPieces, parts};
use crate::library::bound::{Bound, TextBound};
use crate::library::declaration::{Accepts, Cost, Function, Parameter, fails, gives};
use crate::library::java::look;
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::Text;
use crate::machine::native::native;
use crate::types::Type;

/// The methods.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::method(Type::String, "indexOf", Type::Long, native!(index_of, Text, Text))
        .bounded(Bound::Text(TextBound::FirstPosition))
        .beyond_sel()
        .takes(&[text("part", "what is looked for")])
        .costs(SEARCH)
        .about(
            "The position of the first occurrence, or -1.",
            &[gives("'a/b/c'.indexOf('/')", "1"), gives("'a'.indexOf('x')", "-1"), fails("'a'.indexOf(1)", "E404")],
        ),
    Function::method(Type::String, "indexOf", Type::Long, native!(index_of_from, Text, Text, i64))
        .bounded(Bound::Text(TextBound::FirstPosition))
        .beyond_sel()
        .takes(&[
            text("part", "what is looked for"),
            Parameter::of("from", Type::Long, "the first position that counts; one below 0 is taken for 0"),
        ])
        .costs(SEARCH)
        .about(
            "The position of the first occurrence from a position on, or -1, as `java.lang.String.indexOf`.",
            &[gives("'a/b/c'.indexOf('/', 2)", "3"), gives("'a/b/c'.indexOf('/', 4)", "-1")],
        ),
    Function::method(Type::String, "charAt", Type::String, native!(char_at, Text, i64))
        .bounded(Bound::Part)
        .beyond_sel()
        .takes(&[Parameter::of("at", Type::Long, "the position").position(PLACE_HELP)])
        .costs(PART)
        .about(
            "The text of the one UTF-16 unit at a position.",
            &[gives("'abc'.charAt(1)", "\"b\""), fails("'abc'.charAt(3)", "E504"), fails("'😀'.charAt(0)", "E511")],
        ),
    Function::method(Type::String, "isBlank", Type::Boolean, native!(is_blank, Text))
        .bounded(Bound::Text(TextBound::Blank))
        .beyond_sel()
        .costs(Cost::fixed(4).and("a step for each character up to the first that is not white space"))
        .about(
            "Whether it is empty or all white space, as `java.lang.String.isBlank`.",
            &[gives("' \\t'.isBlank()", "true"), gives("' a '.isBlank()", "false")],
        ),
    Function::method(Type::String, "equalsIgnoreCase", Type::Boolean, native!(equals_ignore_case, Text, Any))
        .bounded(Bound::Text(TextBound::Folded))
        .beyond_sel()
        .takes(&[Parameter::accepting("other", Accepts::OneOf(&[Type::String, Type::Null]), "the other text, or null")])
        .costs(Cost::fixed(4).and("2 steps for each character up to where they differ, 4 more for each beyond ASCII"))
        .about(
            "Whether the other is the same text but for upper and lower case, as `java.lang.String.equalsIgnoreCase`; false for null.",
            &[gives("'Prod'.equalsIgnoreCase('PROD')", "true"), gives("'a'.equalsIgnoreCase(null)", "false"), fails("'1'.equalsIgnoreCase(1)", "E404")],
        ),
    Function::method(Type::String, "lines", Type::StringArray, native!(lines, Text))
        .bounded(Bound::Text(TextBound::Lines))
        .beyond_sel()
        .costs(Cost::fixed(16).and("a step for each 8 bytes, 2 for each `\\n` and `\\r`, 2 steps and 120 bytes for each line"))
        .about(
            "Its lines, without the `\\n`, `\\r` or `\\r\\n` that ends them, as `java.lang.String.lines`.",
            &[gives("'a\\nb\\r\\n\\nc\\n'.lines()", r#"["a", "b", "", "c"]"#), gives("''.lines()", "[]")],
        ),
];

fn index_of(context: &mut Context<'_>, receiver: Text, part: Text) -> Result<i64, Fault> {
    index_of_from(context, receiver, part, 0)
}

fn index_of_from(context: &mut Context<'_>, receiver: Text, part: Text, from: i64) -> Result<i64, Fault> {
    let Context { heap, meter, .. } = context;
    let position = look::index_of(heap.texts.unread(receiver), heap.texts.unread(part), from, meter)?;
    Ok(position.map_or(-1, |position| position as i64))
}

fn char_at(context: &mut Context<'_>, receiver: Text, at: i64) -> Result<Text, Fault> {
    part(context, receiver, at, Some(at.saturating_add(1)))
}

fn is_blank(context: &mut Context<'_>, receiver: Text) -> Result<bool, Fault> {
    let Context { heap, meter, .. } = context;
    look::is_blank(heap.texts.unread(receiver), meter)
}

fn equals_ignore_case(context: &mut Context<'_>, receiver: Text, other: Any) -> Result<bool, Fault> {
    let Context { heap, meter, .. } = context;
    match Text::from_bits(other.bits) {
        Some(other) => look::equals_ignoring_case(heap.texts.unread(receiver), heap.texts.unread(other), meter),
        None => Ok(false),
    }
}

fn lines(context: &mut Context<'_>, receiver: Text) -> Result<Any, Fault> {
    let Context { heap, meter, .. } = &mut *context;
    let mut kept = ChargedPieces::new(meter);
    look::lines(heap.texts.unread(receiver), &mut kept)?;
    let pieces = kept.pieces;
    parts(context, receiver, &pieces)
}
