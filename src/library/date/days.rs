//! The class `Days`.

use super::object::{ARITHMETIC_STEPS, Days, date, give, object};
use crate::library::bound::Bound;
use crate::library::declaration::{Cost, Function, Parameter, gives};
use crate::library::joda::days_between;
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::native::{Handle, native};
use crate::types::Type;

/// What is counted between.
pub(super) const DATES: &[Parameter] = &[
    Parameter::of("from", Type::DateTime, "one date"),
    Parameter::of("to", Type::DateTime, "the other; negative where it is earlier"),
];

const DAYS_BETWEEN: Function = Function::of_class("Days", "daysBetween", Type::Days, native!(between, Handle, Handle))
    .bounded(Bound::Fixed)
    .takes(DATES)
    .costs(Cost::fixed(ARITHMETIC_STEPS))
    .about(
        "The whole days from one date to another, by the clocks of the first one's zone.",
        &[gives(
            "Days.daysBetween(new DateTime('2020-02-28'), new DateTime('2020-03-01')).getDays()",
            "2",
        )],
    );

/// The functions.
pub(super) const FUNCTIONS: &[Function] = &[
    DAYS_BETWEEN,
    DAYS_BETWEEN.through(Type::Days),
    Function::method(Type::Days, "getDays", Type::Long, native!(get_days, Handle))
        .bounded(Bound::Fixed)
        .about(
            "The number of days.",
            &[gives(
                "Days.daysBetween(new DateTime(86400000), new DateTime(0)).getDays()",
                "-1",
            )],
        ),
];

fn between(context: &mut Context<'_>, from: Handle, to: Handle) -> Result<Any, Fault> {
    let days = days_between(date(context, from)?, date(context, to)?)?;
    give(context, Days(days))
}

fn get_days(context: &mut Context<'_>, receiver: Handle) -> Result<i64, Fault> {
    let Days(days) = object(context, receiver, "the DATETIME_DAYS")?;
    Ok(*days)
}
