//! The class `Double`, which is also `Float`: every float has 64 bits.

use super::declaration::{Accepts, Cost, Function, Parameter, fails, gives};
use super::number::{NotRead, READ_DOUBLE, read_double};
use crate::diagnostic::{Code, Message};
use crate::library::bound::Bound;
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::Text;
use crate::machine::native::native;
use crate::number_text;
use crate::types::Type;

/// The steps of printing a DOUBLE: finding its shortest digits takes longer than anything else of its size.
pub(super) const PRINT_STEPS: u32 = 8;
const DOUBLE_OR_TEXT: Accepts = Accepts::OneOf(&[Type::Double, Type::String]);

const VALUE_OF: Function = Function::of_class("Double", "valueOf", Type::Double, native!(value_of, Any))
    .bounded(Bound::Fixed)
    .takes(&[Parameter::accepting("x", DOUBLE_OR_TEXT, "a number, or its text")])
    .costs(Cost::fixed(PRINT_STEPS).and(READ_DOUBLE))
    .about(
        "The number, or the number that a text is, as `Double.parseDouble`.",
        &[
            gives("Double.valueOf('1.5')", "1.5"),
            fails("Double.valueOf('x')", "E507"),
            fails("Double.valueOf(2)", "E404"),
        ],
    );

const PARSE_DOUBLE: Function = Function::of_class("Double", "parseDouble", Type::Double, native!(parse, Text)).bounded(Bound::Fixed)
        .takes(&[Parameter::of("text", Type::String, "the number's text")])
        .costs(Cost::fixed(PRINT_STEPS).and(READ_DOUBLE))
        .about(
            "The number that a text is, as `java.lang.Double.parseDouble`: spaces around it and a suffix `f` or `d` are allowed.",
            &[gives("Double.parseDouble(' 1.5 ')", "1.5"), fails("Double.parseDouble('1,5')", "E507")],
        );

const TO_STRING: Function = Function::of_class("Double", "toString", Type::String, native!(to_string, f64))
    .bounded(Bound::Fixed)
    .takes(&[Parameter::of("x", Type::Double, "the number")])
    .costs(Cost::fixed(PRINT_STEPS))
    .about(
        "The number's text, as `java.lang.Double.toString`.",
        &[gives("Double.toString(0.001)", "\"0.001\"")],
    );

/// The functions of `Double` and of DOUBLE values.
pub(crate) const FUNCTIONS: &[Function] = &[
    Function::method(Type::Double, "toString", Type::String, native!(to_string, f64)).bounded(Bound::Fixed)
        .costs(Cost::fixed(PRINT_STEPS))
        .about(
            "The number's text, as `java.lang.Double.toString`.",
            &[gives("1e10.toString()", "\"1.0E10\"")],
        ),
    Function::method(Type::Double, "intValue", Type::Long, native!(long_value, f64)).bounded(Bound::Fixed).about(
        "The number cut to an integer towards zero, as `longValue()`: every integer has 64 bits.",
        &[
            gives("x = 5.9; return x.intValue();", "5"),
            gives("x = 1e300; return x.intValue();", "9223372036854775807"),
        ],
    ),
    Function::method(Type::Double, "longValue", Type::Long, native!(long_value, f64)).bounded(Bound::Fixed).about(
        "The number cut to an integer towards zero, as Java's cast: beyond the range it is the nearest end, NaN is 0.",
        &[gives("x = -5.9; return x.longValue();", "-5")],
    ),
    VALUE_OF,
    VALUE_OF.through(Type::Double),
    PARSE_DOUBLE,
    PARSE_DOUBLE.through(Type::Double),
    TO_STRING,
    TO_STRING.through(Type::Double),
    Function::constructor("Double", Type::Double, native!(value_of, Any)).bounded(Bound::Fixed)
        .takes(&[Parameter::accepting("x", DOUBLE_OR_TEXT, "a number, or its text")])
        .costs(Cost::fixed(PRINT_STEPS).and(READ_DOUBLE))
        .about(
            "The number, or the number that a text is.",
            &[gives("new Double('1.5')", "1.5"), fails("new Double('one')", "E507")],
        ),
];

fn to_string(context: &mut Context<'_>, value: f64) -> Result<Text, Fault> {
    context.concat(&[Any::double(value)])
}

fn long_value(_: &mut Context<'_>, value: f64) -> Result<i64, Fault> {
    Ok(number_text::double_to_long(value))
}

fn value_of(context: &mut Context<'_>, value: Any) -> Result<f64, Fault> {
    match (value.ty, Text::from_bits(value.bits)) {
        (Type::Double, _) => Ok(value.as_double()),
        (_, Some(text)) => parse(context, text),
        (_, None) => Err(Fault::null("the STRING")),
    }
}

const NUMBER_HELP: &str = "a DOUBLE is written as `1.5` or `1e3`, with a `.` before its fraction and no `,`";

pub(super) fn parse(context: &mut Context<'_>, text: Text) -> Result<f64, Fault> {
    read(context, text)?.map_err(|text| {
        let message = Message::from("expected a DOUBLE, found ").quoted(text);
        Fault::new(Code::InvalidNumberText, message).with_help(Code::InvalidNumberText, NUMBER_HELP)
    })
}

/// The DOUBLE that a text is, or the text where it is none.
pub(super) fn read<'c>(context: &'c mut Context<'_>, text: Text) -> Result<Result<f64, &'c str>, NotRead> {
    let Context { heap, meter, .. } = context;
    let text = read_double(heap.texts.unread(text), meter)?;
    Ok(number_text::parse_double(text).map_err(|_| text))
}
