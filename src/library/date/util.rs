//! The class `Util`: dates written as eight digits, and ranges.

use super::object::{ARITHMETIC_STEPS, date, fault, prepare_zone, zone_of};
use crate::diagnostic::Code;
use crate::library::declaration::{Accepts, Cost, Effect, Function, Parameter, fails, gives, something};
use crate::library::joda::{
    date_int_hour_to_millis, date_int_to_millis, date_ints_between, increment_date_int, ints_between,
    millis_to_date_int, timeout_for_date_int_deadline, timeout_for_deadline,
};
use crate::machine::any::Any;
use crate::machine::array_store::charge_new_array;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::Text;
use crate::machine::native::{Handle, Measured, native};
use crate::number_text::{LongText, parse_long};
use crate::types::Type;

const DIGITS: Accepts = Accepts::OneOf(&[Type::Long, Type::String]);
const COST: Cost = Cost::fixed(2 * ARITHMETIC_STEPS);
/// The cost of reading a duration, which is the second argument, after a first of one or two words.
const DURATION: Cost = Cost::measured(
    3 * ARITHMETIC_STEPS,
    &[Measured {
        offset: 2,
        ty: Type::String,
    }],
);
const DURATION_OF_DATE: Cost = Cost::measured(
    3 * ARITHMETIC_STEPS,
    &[Measured {
        offset: 1,
        ty: Type::String,
    }],
);
const RANGE: Cost =
    Cost::fixed(3 * ARITHMETIC_STEPS).and("3 steps and 8 bytes for each number, before the first is made");

const fn date_int(name: &'static str, about: &'static str) -> Parameter {
    Parameter::accepting(name, DIGITS, about)
}

/// The functions.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::of_class("Util", "dateIntToTs", Type::Long, native!(date_int_to_ts, Any))
        .takes(&[date_int(
            "date",
            "a date of eight digits, such as 20200229 or '20200229'",
        )])
        .costs(COST)
        .about(
            "Midnight UTC of a date, in milliseconds since 1970-01-01T00:00:00Z.",
            &[
                gives("Util.dateIntToTs(20200229)", "1582934400000"),
                fails("Util.dateIntToTs('x')", "E510"),
            ],
        ),
    Function::of_class("Util", "tsToDateInt", Type::String, native!(ts_to_date_int, i64))
        .takes(&[Parameter::of(
            "millis",
            Type::Long,
            "milliseconds since 1970-01-01T00:00:00Z",
        )])
        .costs(COST)
        .about(
            "The date of an instant in UTC, as a text of eight digits.",
            &[gives("Util.tsToDateInt(-1)", "\"19691231\"")],
        ),
    Function::of_class("Util", "incrementDateInt", Type::String, native!(increment, Any, i64))
        .takes(&[
            date_int("date", "a date of eight digits"),
            Parameter::of("days", Type::Long, "how many days later; negative for earlier"),
        ])
        .costs(COST)
        .about(
            "The date so many days later, as a text of eight digits.",
            &[gives("Util.incrementDateInt(20200228, 2)", "\"20200301\"")],
        ),
    Function::of_class(
        "Util",
        "dateIntHourToTs",
        Type::Long,
        native!(date_int_hour_to_ts, Any, Any, Text, Any, Any),
    )
    .takes(&[
        date_int("date", "a date of eight digits"),
        date_int("hour", "the hour of the day, such as 7 or '07'"),
        Parameter::of("zone", Type::String, "the id of the time zone").prepared(prepare_zone),
        date_int("minusDays", "days to go back"),
        date_int("minusHours", "hours to go back"),
    ])
    .costs(Cost::fixed(4 * ARITHMETIC_STEPS).and("500 steps and 9 KiB for a zone that is no constant"))
    .about(
        "The instant of a date and hour in a zone, so many days and hours earlier.",
        &[gives(
            "Util.dateIntHourToTs('20210707', '01', 'UTC', 1, 0)",
            "1625533200000",
        )],
    ),
    Function::of_class(
        "Util",
        "timeoutForDateTimeDeadline",
        Type::String,
        native!(timeout_for_date_time, Handle, Text),
    )
    .takes(&[
        Parameter::of("date", Type::DateTime, "when the time begins to run"),
        Parameter::of("duration", Type::String, "such as '1 hour' or '2 days 30 minutes'"),
    ])
    .costs(DURATION_OF_DATE)
    .reads(Effect::Clock)
    .about(
        "How long it is from now until a duration after a date, as `… milliseconds`; at least 0.",
        &[
            something("Util.timeoutForDateTimeDeadline(new DateTime(0), '1 hour')"),
            fails("Util.timeoutForDateTimeDeadline(new DateTime(0), 'soon')", "E510"),
        ],
    ),
    Function::of_class(
        "Util",
        "timeoutForDateIntDeadline",
        Type::String,
        native!(timeout_for_date_int, Any, Text),
    )
    .takes(&[
        date_int("date", "a date of eight digits"),
        Parameter::of("duration", Type::String, "such as '1 hour'"),
    ])
    .costs(DURATION)
    .reads(Effect::Clock)
    .about(
        "How long it is from now until a duration after midnight UTC of a date, as `… milliseconds`; at least 0.",
        &[something("Util.timeoutForDateIntDeadline(20200229, '1 hour')")],
    ),
    Function::of_class(
        "Util",
        "dateIntsBetween",
        Type::LongArray,
        native!(dates_between, Any, Any, i64),
    )
    .takes(&[
        date_int("from", "the first date, of eight digits"),
        date_int("to", "the date to stop before"),
        Parameter::of(
            "step",
            Type::Long,
            "how many days apart; a negative step walks back, 0 is an error",
        ),
    ])
    .costs(RANGE)
    .about(
        "The dates from one (inclusive) to another (exclusive).",
        &[
            gives("Util.dateIntsBetween(20200227, 20200302, 2)", "[20200227, 20200229]"),
            fails("Util.dateIntsBetween(20200227, 20200302, 0)", "E506"),
        ],
    ),
    Function::of_class(
        "Util",
        "intsBetween",
        Type::LongArray,
        native!(numbers_between, i64, i64, i64),
    )
    .takes(&[
        Parameter::of("from", Type::Long, "the first number, within 32 bits"),
        Parameter::of("to", Type::Long, "the number to stop before, within 32 bits"),
        Parameter::of(
            "step",
            Type::Long,
            "how far apart; a negative step walks back, 0 is an error",
        ),
    ])
    .costs(RANGE)
    .about(
        "The numbers from one (inclusive) to another (exclusive).",
        &[
            gives("Util.intsBetween(0, 5, 2)", "[0, 2, 4]"),
            fails("Util.intsBetween(0, 1000000, 1)", "E603"),
        ],
    ),
];

/// The text of a STRING or of a LONG's digits.
pub(super) fn text_of(context: &mut Context<'_>, value: Any) -> Result<Text, Fault> {
    if value.ty == Type::Long {
        return context.new_text(LongText::new().of(value.as_long()));
    }
    let text = Text::from_bits(value.bits).ok_or_else(|| Fault::null("the STRING"))?;
    context.meter.charge_work(context.text(text).len())?;
    Ok(text)
}

/// The number of a LONG or of a STRING's digits.
fn number_of(context: &mut Context<'_>, value: Any) -> Result<i64, Fault> {
    if value.ty == Type::Long {
        return Ok(value.as_long());
    }
    let text = Text::from_bits(value.bits).ok_or_else(|| Fault::null("the STRING"))?;
    context.meter.charge_work(context.text(text).len())?;
    parse_long(context.text(text)).map_err(|error| Fault::quoting(Code::InvalidNumberText, error))
}

fn date_int_to_ts(context: &mut Context<'_>, date: Any) -> Result<i64, Fault> {
    let date = text_of(context, date)?;
    date_int_to_millis(context.text(date)).map_err(fault)
}

fn ts_to_date_int(context: &mut Context<'_>, millis: i64) -> Result<Text, Fault> {
    context.new_text(&millis_to_date_int(millis))
}

fn increment(context: &mut Context<'_>, date: Any, days: i64) -> Result<Text, Fault> {
    let date = text_of(context, date)?;
    let later = increment_date_int(context.text(date), days).map_err(fault)?;
    context.new_text(&later)
}

fn date_int_hour_to_ts(
    context: &mut Context<'_>,
    date: Any,
    hour: Any,
    zone: Text,
    minus_days: Any,
    minus_hours: Any,
) -> Result<i64, Fault> {
    let zone = zone_of(context, zone)?;
    let (date, hour) = (text_of(context, date)?, text_of(context, hour)?);
    let (days, hours) = (number_of(context, minus_days)?, number_of(context, minus_hours)?);
    let (date, hour) = (context.text(date), context.text(hour));
    // Longer texts are no date, and would only be copied.
    if date.len() + hour.len() > 64 {
        return Err(Fault::new(Code::InvalidDate, "a date has eight digits and an hour two"));
    }
    date_int_hour_to_millis(date, hour, &zone, days, hours).map_err(fault)
}

fn timeout_for_date_time(context: &mut Context<'_>, from: Handle, duration: Text) -> Result<Text, Fault> {
    let (from, now) = (date(context, from)?, context.now_millis()?);
    let timeout = timeout_for_deadline(from.millis(), context.text(duration), now).map_err(fault)?;
    context.new_text(&timeout)
}

fn timeout_for_date_int(context: &mut Context<'_>, date: Any, duration: Text) -> Result<Text, Fault> {
    let (date, now) = (text_of(context, date)?, context.now_millis()?);
    let timeout = timeout_for_date_int_deadline(context.text(date), context.text(duration), now).map_err(fault)?;
    context.new_text(&timeout)
}

fn dates_between(context: &mut Context<'_>, from: Any, to: Any, step: i64) -> Result<Any, Fault> {
    let (from, to) = (text_of(context, from)?, text_of(context, to)?);
    let dates = date_ints_between(context.text(from), context.text(to), step).map_err(fault)?;
    range(context, dates.count_left(), dates)
}

fn numbers_between(context: &mut Context<'_>, from: i64, to: i64, step: i64) -> Result<Any, Fault> {
    let numbers = ints_between(from, to, step).map_err(fault)?;
    range(context, numbers.count_left(), numbers)
}

/// An array of as many numbers as were counted beforehand.
fn range(context: &mut Context<'_>, count: u64, numbers: impl Iterator<Item = i64>) -> Result<Any, Fault> {
    context.meter.check_array_length(count)?;
    context.meter.charge_steps(3 * count)?;
    charge_new_array::<i64>(&mut context.meter, count as usize)?;
    let mut elements = Vec::with_capacity(count as usize);
    elements.extend(numbers);
    let array = context.heap.longs.adopt(&mut context.meter, elements)?;
    Ok(Any::new(Type::LongArray, array))
}
