//! The class `Property`: one field of a date.

use super::object::{ARITHMETIC_STEPS, FIELD_STEPS, Property, give_date, object};
use crate::library::bound::Bound;
use crate::library::declaration::{Cost, Function, gives};
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::Text;
use crate::machine::native::{Handle, native};
use crate::types::Type;

/// The methods.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::method(Type::DateTimeProperty, "get", Type::Long, native!(get, Handle))
        .bounded(Bound::Fixed)
        .costs(Cost::fixed(FIELD_STEPS))
        .about(
            "The field's value.",
            &[gives("new DateTime('2020-02-29').dayOfMonth().get()", "29")],
        ),
    Function::method(
        Type::DateTimeProperty,
        "getAsText",
        Type::String,
        native!(get_as_text, Handle),
    )
    .bounded(Bound::Fixed)
    .costs(Cost::fixed(FIELD_STEPS))
    .about(
        "The field in English: a month's or a weekday's name, else the number.",
        &[gives(
            "new DateTime('2020-02-29').monthOfYear().getAsText()",
            "\"February\"",
        )],
    ),
    Function::method(
        Type::DateTimeProperty,
        "withMinimumValue",
        Type::DateTime,
        native!(with_minimum_value, Handle),
    )
    .bounded(Bound::Fixed)
    .costs(Cost::fixed(3 * ARITHMETIC_STEPS))
    .about(
        "The date with the field at its least value.",
        &[gives(
            "new DateTime('2020-02-29').dayOfMonth().withMinimumValue().toString('yyyy-MM-dd')",
            "\"2020-02-01\"",
        )],
    ),
    Function::method(
        Type::DateTimeProperty,
        "withMaximumValue",
        Type::DateTime,
        native!(with_maximum_value, Handle),
    )
    .bounded(Bound::Fixed)
    .costs(Cost::fixed(3 * ARITHMETIC_STEPS))
    .about(
        "The date with the field at its greatest value.",
        &[gives(
            "new DateTime('2020-02-10').dayOfMonth().withMaximumValue().toString('yyyy-MM-dd')",
            "\"2020-02-29\"",
        )],
    ),
];

fn property<'c>(context: &'c Context<'_>, receiver: Handle) -> Result<&'c Property, Fault> {
    object(context, receiver, "the DATETIME_PROPERTY")
}

fn get(context: &mut Context<'_>, receiver: Handle) -> Result<i64, Fault> {
    let Property { date, field } = property(context, receiver)?;
    Ok(date.get(*field))
}

fn get_as_text(context: &mut Context<'_>, receiver: Handle) -> Result<Text, Fault> {
    let Property { date, field } = property(context, receiver)?;
    let mut text = String::new();
    date.push_text(*field, &mut text);
    context.new_text(&text)
}

fn with_minimum_value(context: &mut Context<'_>, receiver: Handle) -> Result<Any, Fault> {
    let Property { date, field } = property(context, receiver)?;
    let least = date.with_minimum(*field);
    give_date(context, least)
}

fn with_maximum_value(context: &mut Context<'_>, receiver: Handle) -> Result<Any, Fault> {
    let Property { date, field } = property(context, receiver)?;
    let greatest = date.with_maximum(*field);
    give_date(context, greatest)
}
