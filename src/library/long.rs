//! The class `Long`, which is also `Integer`: every integer has 64 bits.

use super::declaration::{Accepts, Cost, Function, Parameter, fails, gives};
use super::number::{NotRead, READ_LONG, read_long};
use crate::diagnostic::{Code, Message};
use crate::library::bound::Bound;
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::Text;
use crate::machine::native::native;
use crate::number_text;
use crate::types::Type;

const LONG_OR_TEXT: Accepts = Accepts::OneOf(&[Type::Long, Type::String]);

const VALUE_OF: Function = Function::of_class("Long", "valueOf", Type::Long, native!(value_of, Any))
    .bounded(Bound::Fixed)
    .takes(&[Parameter::accepting("x", LONG_OR_TEXT, "a number, or its text")])
    .costs(Cost::fixed(4).and(READ_LONG))
    .about(
        "The number, or the number that a text is, as `Long.parseLong`.",
        &[gives("Long.valueOf('12')", "12"), fails("Long.valueOf('x')", "E507")],
    );

const PARSE_LONG: Function = Function::of_class("Long", "parseLong", Type::Long, native!(parse, Text))
    .bounded(Bound::Fixed)
    .takes(&[Parameter::of(
        "text",
        Type::String,
        "decimal digits, after a sign where there is one",
    )])
    .costs(Cost::fixed(4).and(READ_LONG))
    .about(
        "The number that a text is, as `java.lang.Long.parseLong`: no spaces, no suffix.",
        &[
            gives("Long.parseLong('-5')", "-5"),
            fails("Long.parseLong(' 1')", "E507"),
        ],
    );

const TO_STRING: Function = Function::of_class("Long", "toString", Type::String, native!(to_string, i64))
    .bounded(Bound::Fixed)
    .takes(&[Parameter::of("n", Type::Long, "the number")])
    .costs(Cost::fixed(4))
    .about("The number's text.", &[gives("Long.toString(5)", "\"5\"")]);

/// The functions of `Long` and of LONG values.
pub(crate) const FUNCTIONS: &[Function] = &[
    Function::method(Type::Long, "toString", Type::String, native!(to_string, i64))
        .bounded(Bound::Fixed)
        .costs(Cost::fixed(4))
        .about("The number's text.", &[gives("(6 * 7).toString()", "\"42\"")]),
    Function::method(Type::Long, "intValue", Type::Long, native!(int_value, i64))
        .bounded(Bound::Fixed)
        .about(
            "The number itself: every integer has 64 bits.",
            &[
                gives("x = 5; return x.intValue();", "5"),
                gives("x = 4294967297; return x.intValue();", "4294967297"),
            ],
        ),
    VALUE_OF,
    VALUE_OF.through(Type::Long),
    PARSE_LONG,
    PARSE_LONG.through(Type::Long),
    TO_STRING,
    TO_STRING.through(Type::Long),
    Function::constructor("Long", Type::Long, native!(value_of, Any))
        .bounded(Bound::Fixed)
        .takes(&[Parameter::accepting("x", LONG_OR_TEXT, "a number, or its text")])
        .costs(Cost::fixed(4).and(READ_LONG))
        .about(
            "The number, or the number that a text is.",
            &[gives("new Long(5)", "5"), fails("new Long('five')", "E507")],
        ),
];

fn to_string(context: &mut Context<'_>, value: i64) -> Result<Text, Fault> {
    context.concat(&[Any::long(value)])
}

fn int_value(_: &mut Context<'_>, value: i64) -> Result<i64, Fault> {
    Ok(value)
}

fn value_of(context: &mut Context<'_>, value: Any) -> Result<i64, Fault> {
    match (value.ty, Text::from_bits(value.bits)) {
        (Type::Long, _) => Ok(value.as_long()),
        (_, Some(text)) => parse(context, text),
        (_, None) => Err(Fault::null("the STRING")),
    }
}

const NUMBER_HELP: &str = "a LONG has digits and a sign: drop spaces with `Long.parseLong(text.trim())`, read a fraction with `Double.parseDouble(text)`";

pub(super) fn parse(context: &mut Context<'_>, text: Text) -> Result<i64, Fault> {
    read(context, text)?.map_err(|text| {
        let message = Message::from("expected a LONG, found ").quoted(text);
        Fault::new(Code::InvalidNumberText, message).with_help(Code::InvalidNumberText, NUMBER_HELP)
    })
}

/// The LONG that a text is, or the text where it is none.
pub(super) fn read<'c>(context: &'c mut Context<'_>, text: Text) -> Result<Result<i64, &'c str>, NotRead> {
    let Context { heap, meter, .. } = context;
    let text = read_long(heap.texts.unread(text), meter)?;
    Ok(number_text::parse_long(text).map_err(|_| text))
}
