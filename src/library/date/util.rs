//! The class `Util`: dates written as eight digits, and ranges.

use super::object::{ARITHMETIC_STEPS, date, one, prepare_zone, widest_date, zero, zone_of};
use crate::diagnostic::Code;
use crate::effect::Effect;
use crate::library::bound::{Bound, Counted, DateBound};
use crate::library::declaration::{Accepts, Cost, Function, Parameter, fails, gives, something};
use crate::library::joda::{
    DATE_INT_STEPS, PERIOD_STEPS, date_int_hour_to_millis, date_int_to_millis, date_ints_between, increment_date_int,
    ints_between, millis_to_date_int, timeout_for_deadline,
};
use crate::library::number::read_long;
use crate::machine::any::Any;
use crate::machine::array_store::charge_new_array;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::{Heap, Text};
use crate::machine::meter::Meter;
use crate::machine::native::{Handle, native};
use crate::machine::unread::Pace;
use crate::number_text::{LongText, parse_long};
use crate::types::Type;

const DIGITS: Accepts = Accepts::OneOf(&[Type::Long, Type::String]);
pub(super) const COST: Cost = Cost::fixed(ARITHMETIC_STEPS).and("80 steps for reading the date");
const DURATION: Cost = Cost::fixed(ARITHMETIC_STEPS).and("48 steps for each number with its unit");
pub(super) const RANGE: Cost =
    Cost::fixed(ARITHMETIC_STEPS).and("3 steps and 8 bytes for each number, and 80 steps for each date that is read");
/// The steps of making one number of a range.
const NUMBER_STEPS: u64 = 3;
/// How many numbers are made between two looks at the budget and the deadline.
const NUMBERS_AT_ONCE: u64 = 1_024;

/// A parameter that takes a number, or the text of its digits.
pub(super) const fn digits(name: &'static str, about: &'static str) -> Parameter {
    Parameter::accepting(name, DIGITS, about)
}

/// A date of eight digits.
pub(super) fn some_date(_: &mut Context<'_>, _: Type, _: &[Any]) -> Result<Any, Fault> {
    Ok(Any::long(20_200_131))
}

fn one_hour(context: &mut Context<'_>, _: Type, _: &[Any]) -> Result<Any, Fault> {
    context.new_text("1 hour").map(Any::text)
}

/// A date, which is all that many functions take.
pub(super) const DATE: Parameter = digits("date", "a date of eight digits, such as 20200229 or '20200229'");

/// The functions.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::of_class("Util", "dateIntToTs", Type::Long, native!(date_int_to_ts, Any)).bounded(Bound::Date(DateBound::Reads(DATE_INT_STEPS)))
        .takes(&[DATE])
        .costs(COST)
        .about(
            "Midnight UTC of a date, in milliseconds since 1970-01-01T00:00:00Z.",
            &[
                gives("Util.dateIntToTs(20200229)", "1582934400000"),
                fails("Util.dateIntToTs('x')", "E510"),
            ],
        ),
    Function::of_class("Util", "tsToDateInt", Type::String, native!(ts_to_date_int, Any)).bounded(Bound::Fixed)
        .takes(&[digits("millis", "milliseconds since 1970-01-01T00:00:00Z")])
        .costs(Cost::fixed(ARITHMETIC_STEPS))
        .about(
            "The date of an instant in UTC, as a text of eight digits.",
            &[
                gives("Util.tsToDateInt(-1)", "\"19691231\""),
                gives("Util.tsToDateInt('1704067200000')", "\"20240101\""),
            ],
        ),
    Function::of_class("Util", "incrementDateInt", Type::String, native!(increment, Any, i64)).bounded(Bound::Date(DateBound::Reads(DATE_INT_STEPS)))
        .takes(&[
            digits("date", "a date of eight digits"),
            Parameter::of("days", Type::Long, "how many days later; negative for earlier").tried_with(zero),
        ])
        .costs(COST)
        .about(
            "The date so many days later, as a text of eight digits.",
            &[
                gives("Util.incrementDateInt(20200228, 2)", "\"20200301\""),
            ],
        ),
    Function::of_class(
        "Util",
        "dateIntHourToTs",
        Type::Long,
        native!(date_int_hour_to_ts, Any, Any, Text, Any, Any),
    ).bounded(Bound::Date(DateBound::ReadsInZone(DATE_INT_STEPS, 2)))
    .takes(&[
        digits("date", "a date of eight digits"),
        digits("hour", "the hour of the day, such as 7 or '07'"),
        Parameter::of("zone", Type::String, "the id of the time zone").prepared(prepare_zone),
        digits("minusDays", "days to go back"),
        digits("minusHours", "hours to go back"),
    ])
    .costs(Cost::fixed(4 * ARITHMETIC_STEPS).and("as `DateTimeZone.forID` for a zone that is not a constant, and 8 to 16 steps for each part of the date"))
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
    ).bounded(Bound::Date(DateBound::Reads(PERIOD_STEPS)))
    .takes(&[
        Parameter::of("date", Type::DateTime, "when the time begins to run").tried_with(widest_date),
        Parameter::of("duration", Type::String, "such as '1 hour' or '2 days 30 minutes'"),
    ])
    .costs(DURATION)
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
    ).bounded(Bound::Date(DateBound::Reads(DATE_INT_STEPS + PERIOD_STEPS)))
    .takes(&[
        digits("date", "a date of eight digits").tried_with(some_date),
        Parameter::of("duration", Type::String, "such as '1 hour'").tried_with(one_hour),
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
        native!(dates_between, Any, Any, Any),
    ).bounded(Bound::Date(DateBound::Between(2 * DATE_INT_STEPS, Counted::Days)))
    .takes(&[
        digits("from", "the first date, of eight digits").tried_with(some_date),
        digits("to", "the date to stop before").tried_with(some_date),
        digits("step", "how many days apart; 0 is an error").tried_with(one),
    ])
    .costs(RANGE)
    .about(
        "The dates from one (inclusive) to another (exclusive). With a negative step, those from `to` (inclusive) to `from` (exclusive), the latest first.",
        &[
            gives("Util.dateIntsBetween(20200227, 20200302, 2)", "[20200227, 20200229]"),
            gives("Util.dateIntsBetween(20200302, 20200227, -2)", "[20200229, 20200227]"),
            fails("Util.dateIntsBetween(20200227, 20200302, 0)", "E506"),
        ],
    ),
    Function::of_class(
        "Util",
        "intsBetween",
        Type::LongArray,
        native!(numbers_between, Any, Any, Any),
    ).bounded(Bound::Date(DateBound::Between(0, Counted::Numbers)))
    .takes(&[
        digits("from", "the first number, within 32 bits").tried_with(zero),
        digits("to", "the number to stop before, within 32 bits").tried_with(zero),
        digits("step", "how far apart; a negative step walks back, 0 is an error").tried_with(one),
    ])
    .costs(RANGE)
    .about(
        "The numbers from one (inclusive) to another (exclusive).",
        &[
            gives("Util.intsBetween(0, 5, 2)", "[0, 2, 4]"),
            gives("Util.intsBetween('5', 0, '-2')", "[5, 3, 1]"),
            fails("Util.intsBetween(0, 1000000, 1)", "E603"),
        ],
    ),
];

/// The text of a STRING, or of a LONG's digits.
pub(super) fn digits_of<'t>(
    heap: &'t Heap<'_>,
    meter: &mut Meter,
    number: &'t mut LongText,
    value: Any,
) -> Result<&'t str, Fault> {
    if value.ty == Type::Long {
        return Ok(number.of(value.as_long()));
    }
    let text = Text::from_bits(value.bits).ok_or_else(|| Fault::null("the STRING"))?;
    heap.texts.unread(text).whole(meter, Pace::Copy)
}

/// The number of a LONG or of a STRING's digits.
pub(super) fn number_of(context: &mut Context<'_>, value: Any) -> Result<i64, Fault> {
    if value.ty == Type::Long {
        return Ok(value.as_long());
    }
    let text = Text::from_bits(value.bits).ok_or_else(|| Fault::null("the STRING"))?;
    let Context { heap, meter, .. } = context;
    let digits = read_long(heap.texts.unread(text), meter)?;
    parse_long(digits).map_err(|error| Fault::quoting(Code::InvalidNumberText, error))
}

pub(super) const DATE_INT_HELP: &str = "a date int has eight digits, such as `20240131`, and is moved with `Util.incrementDateInt(day, 1)`; of an ISO date take `text.replace('-', '')`";
const MILLIS_HELP: &str = "milliseconds are a LONG: of an ISO date take `new DateTime(text).getMillis()`";

/// Midnight UTC of a date.
fn midnight(context: &mut Context<'_>, date: Any) -> Result<i64, Fault> {
    let Context { heap, meter, .. } = context;
    let mut number = LongText::new();
    let date = digits_of(heap, meter, &mut number, date)?;
    date_int_to_millis(meter, date).map_err(|fault: Fault| fault.or_help(Code::InvalidDate, DATE_INT_HELP))
}

fn date_int_to_ts(context: &mut Context<'_>, date: Any) -> Result<i64, Fault> {
    midnight(context, date)
}

fn ts_to_date_int(context: &mut Context<'_>, millis: Any) -> Result<Text, Fault> {
    let millis = number_of(context, millis).map_err(|fault| fault.with_help(Code::InvalidNumberText, MILLIS_HELP))?;
    context.new_text(&millis_to_date_int(millis))
}

fn increment(context: &mut Context<'_>, date: Any, days: i64) -> Result<Text, Fault> {
    let later = increment_date_int(midnight(context, date)?, days)?;
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
    let (days, hours) = (number_of(context, minus_days)?, number_of(context, minus_hours)?);
    let Context { heap, meter, .. } = context;
    let (mut date_number, mut hour_number) = (LongText::new(), LongText::new());
    let date = digits_of(heap, meter, &mut date_number, date)?;
    let hour = digits_of(heap, meter, &mut hour_number, hour)?;
    // Longer texts are not a date, and would only be copied.
    if date.len() + hour.len() > 64 {
        return Err(Fault::new(Code::InvalidDate, "a date has eight digits and an hour two"));
    }
    date_int_hour_to_millis(meter, date, hour, &zone, days, hours)
}

fn timeout_for_date_time(context: &mut Context<'_>, from: Handle, duration: Text) -> Result<Text, Fault> {
    let from = date(context, from)?.millis();
    timeout(context, from, duration)
}

fn timeout_for_date_int(context: &mut Context<'_>, date: Any, duration: Text) -> Result<Text, Fault> {
    let from = midnight(context, date)?;
    timeout(context, from, duration)
}

/// How long it is from now until a duration after an instant.
fn timeout(context: &mut Context<'_>, from: i64, duration: Text) -> Result<Text, Fault> {
    let now = context.now_millis()?;
    let Context { heap, meter, .. } = context;
    let read = heap.texts.unread(duration).whole(meter, Pace::Copy)?;
    let timeout = timeout_for_deadline(meter, from, read, now)?;
    context.new_text(&timeout)
}

fn dates_between(context: &mut Context<'_>, from: Any, to: Any, step: Any) -> Result<Any, Fault> {
    let step = number_of(context, step)?;
    let dates = date_ints_between(midnight(context, from)?, midnight(context, to)?, step)?;
    range(context, dates.count_left(), dates)
}

fn numbers_between(context: &mut Context<'_>, from: Any, to: Any, step: Any) -> Result<Any, Fault> {
    let (from, to) = (number_of(context, from)?, number_of(context, to)?);
    let numbers = ints_between(from, to, number_of(context, step)?)?;
    range(context, numbers.count_left(), numbers)
}

/// An array of as many numbers as were counted beforehand, charged as they are made.
pub(super) fn range(
    context: &mut Context<'_>,
    count: u64,
    mut numbers: impl Iterator<Item = i64>,
) -> Result<Any, Fault> {
    let meter = &mut context.meter;
    let length = usize::try_from(count).unwrap_or(usize::MAX);
    charge_new_array::<i64>(meter, length)?;
    let mut elements = Vec::with_capacity(length);
    let mut left = count;
    while left > 0 {
        let now = left.min(NUMBERS_AT_ONCE);
        meter.charge_steps(NUMBER_STEPS * now)?;
        elements.extend(numbers.by_ref().take(now as usize));
        left -= now;
    }
    let array = context.heap.longs.adopt(&mut context.meter, elements)?;
    Ok(Any::new(Type::LongArray, array))
}
