//! The class `Duration` of Joda: a length of time, and dates that are moved by one.

use std::any::Any as StdAny;

use super::object::{ARITHMETIC_STEPS, date, give, give_date, object};
use crate::diagnostic::Code;
use crate::library::bound::{Bound, DateBound};
use crate::library::declaration::{Cost, Function, Parameter, fails, gives};
use crate::library::joda::limits::MAX_DURATION_BYTES;
use crate::library::joda::{DateError, duration_text, parse_duration};
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::{Object, Text};
use crate::machine::native::{Handle, native};
use crate::machine::unread::Pace;
use crate::types::Type;

/// The steps of reading a text, beside those of its length.
const PARSE_STEPS: u32 = 48;
const DURATION: &[Parameter] = &[Parameter::of("duration", Type::Duration, "the length of time")];
const DURATION_HELP: &str = "a duration is an ISO text such as `PT5M`, `P1DT2H` or `PT-1.5S`; months and years have no fixed length: move the date by `date.plusMonths(1)`";

/// A length of time in milliseconds.
#[derive(Clone, Copy, Debug)]
struct Duration(i64);

impl Object for Duration {
    fn ty(&self) -> Type {
        Type::Duration
    }

    /// Source: `Duration.toString`.
    fn text(&self) -> String {
        duration_text(self.0)
    }

    fn as_any(&self) -> &dyn StdAny {
        self
    }
}

/// The functions.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::of_class("Duration", "parse", Type::Duration, native!(parse, Text))
        .bounded(Bound::Date(DateBound::Reads(0)))
        .takes(&[Parameter::of("text", Type::String, "an ISO text of days, hours, minutes and seconds")])
        .costs(Cost::fixed(PARSE_STEPS).and("a step for each 8 bytes"))
        .beyond_sel()
        .about(
            "The length of time of an ISO 8601 text, as Java's `Duration.parse` reads it; Joda's takes seconds alone, `PT300S`. A day has 24 hours; what is finer than a millisecond is dropped. A text has at most 1,000 bytes.",
            &[
                gives("Duration.parse('PT5M').getMillis()", "300000"),
                gives("Duration.parse('-P1DT2H0.5S').getMillis()", "-93600500"),
                fails("Duration.parse('5 minutes').getMillis()", "E510"),
            ],
        ),
    Function::method(Type::Duration, "getMillis", Type::Long, native!(get_millis, Handle))
        .bounded(Bound::Fixed)
        .beyond_sel()
        .about("The length of time in milliseconds.", &[gives("Duration.parse('PT1.5S').getMillis()", "1500")]),
    Function::method(Type::DateTime, "plus", Type::DateTime, native!(plus, Handle, Handle))
        .bounded(Bound::Fixed)
        .takes(DURATION)
        .costs(Cost::fixed(ARITHMETIC_STEPS))
        .beyond_sel()
        .about(
            "So much elapsed time later.",
            &[
                gives("new DateTime(0).plus(Duration.parse('PT90M')).toString()", "\"1970-01-01T01:30:00.000Z\""),
                fails("new DateTime(9223372036854775807).plus(Duration.parse('PT0.001S'))", "E510"),
            ],
        ),
    Function::method(Type::DateTime, "minus", Type::DateTime, native!(minus, Handle, Handle))
        .bounded(Bound::Fixed)
        .takes(DURATION)
        .costs(Cost::fixed(ARITHMETIC_STEPS))
        .beyond_sel()
        .about(
            "So much elapsed time earlier.",
            &[
                gives("new DateTime(0).minus(Duration.parse('P1D')).toString()", "\"1969-12-31T00:00:00.000Z\""),
                fails("new DateTime(-9223372036854775807).minus(Duration.parse('PT2S'))", "E510"),
            ],
        ),
];

fn parse(context: &mut Context<'_>, text: Text) -> Result<Any, Fault> {
    let Context { heap, meter, .. } = context;
    let text = heap.texts.unread(text);
    let parsed = match text.len() {
        0..=MAX_DURATION_BYTES => parse_duration(text.whole(meter, Pace::Look)?),
        long => Err(DateError::LongDurationText(long)),
    };
    let millis = parsed.map_err(|error| Fault::from(error).with_help(Code::InvalidDate, DURATION_HELP))?;
    give(context, Duration(millis))
}

fn millis(context: &Context<'_>, handle: Handle) -> Result<i64, Fault> {
    let Duration(millis) = object(context, handle, "the DATETIME_DURATION")?;
    Ok(*millis)
}

fn get_millis(context: &mut Context<'_>, receiver: Handle) -> Result<i64, Fault> {
    millis(context, receiver)
}

fn plus(context: &mut Context<'_>, receiver: Handle, duration: Handle) -> Result<Any, Fault> {
    let moved = date(context, receiver)?.plus_millis(millis(context, duration)?, 1);
    give_date(context, moved)
}

fn minus(context: &mut Context<'_>, receiver: Handle, duration: Handle) -> Result<Any, Fault> {
    let moved = date(context, receiver)?.plus_millis(millis(context, duration)?, -1);
    give_date(context, moved)
}
