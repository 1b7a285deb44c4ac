//! The class `DateTime`: made from numbers and texts, printed, compared and seen in another zone.

use crate::library::bound::{Bound, DateBound};
use std::cmp::Ordering;

use super::object::{ARITHMETIC_STEPS, PATTERN, date, give, give_date, one, pattern_of, print, zero, zone_or_utc};
use crate::diagnostic::Code;
use crate::effect::Effect;
use crate::library::declaration::{Accepts, Cost, Function, Parameter, fails, gives, something};
use crate::library::joda::{CivilTime, DateTime, Formatter, Zone};
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::{NULL_HANDLE, Text};
use crate::machine::native::{Handle, NativeBody, native};
use crate::machine::unread::Pace;
use crate::types::Type;

const ZONE: Parameter = Parameter::of("zone", Type::DateTimeZone, "the time zone; UTC where it is null");
const OTHER: &[Parameter] = &[Parameter::of("other", Type::DateTime, "the other date")];
/// The cost of reading a date from a text.
const READ: Cost =
    Cost::fixed(48).and("for a text 48 steps, a step for each 16 bytes, and 8 to 32 for each part of the date");
const INSTANT: Parameter = Parameter::accepting(
    "x",
    Accepts::OneOf(&[Type::Long, Type::String, Type::DateTime]),
    "milliseconds, a date in ISO 8601, or a date",
);
const NULL: Parameter = Parameter::of("none", Type::Null, "null: the default");

const fn part(name: &'static str, about: &'static str) -> Parameter {
    Parameter::of(name, Type::Long, about)
}

fn leap_year(_: &mut Context<'_>, _: Type, _: &[Any]) -> Result<Any, Fault> {
    Ok(Any::long(2020))
}

fn utc(context: &mut Context<'_>, _: Type, _: &[Any]) -> Result<Any, Fault> {
    give(context, Zone::UTC)
}

/// The functions of `DateTime`, without arithmetic and fields.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::constructor("DateTime", Type::DateTime, native!(now)).bounded(Bound::Date(DateBound::FromText))
        .costs(Cost::fixed(32))
        .reads(Effect::Clock)
        .about("The present, by the host's clock, in UTC.", &[something("new DateTime()")]),
    Function::constructor("DateTime", Type::DateTime, native!(of_millis, i64)).bounded(Bound::Date(DateBound::FromText))
        .takes(&[part("millis", "milliseconds since 1970-01-01T00:00:00Z")])
        .about(
            "An instant, in UTC.",
            &[gives("new DateTime(1582934400000).toString()", "\"2020-02-29T00:00:00.000Z\"")],
        ),
    Function::constructor("DateTime", Type::DateTime, native!(of_text, Text)).bounded(Bound::Date(DateBound::FromText))
        .takes(&[Parameter::of("text", Type::String, "a date in ISO 8601")])
        .costs(READ)
        .about(
            "The date of an ISO 8601 text (`2020-02-29`, `2020-W09-6`, `2020-060`, `2020-02-29T10:00+02:00`), in UTC. A text without an offset is in UTC.",
            &[
                gives("new DateTime('2020-02-29T10:00:00+02:00').toString()", "\"2020-02-29T08:00:00.000Z\""),
                fails("new DateTime('2020-02-30')", "E510"),
                fails("new DateTime(1.5)", "E405"),
            ],
        ),
    Function::constructor("DateTime", Type::DateTime, native!(of_date, Handle)).bounded(Bound::Date(DateBound::FromText))
        .takes(&[Parameter::of("date", Type::DateTime, "a date")])
        .about(
            "The same instant in the same zone.",
            &[gives("new DateTime(new DateTime(7)).getMillis()", "7")],
        ),
    Function::constructor("DateTime", Type::DateTime, native!(now_of_null, Handle)).bounded(Bound::Date(DateBound::FromText))
        .takes(&[NULL])
        .costs(Cost::fixed(32))
        .reads(Effect::Clock)
        .about("The present, by the host's clock, in UTC.", &[something("new DateTime(null)")]),
    Function::constructor("DateTime", Type::DateTime, native!(in_zone, Any, Handle)).bounded(Bound::Date(DateBound::FromText))
        .takes(&[
            INSTANT,
            ZONE,
        ])
        .costs(READ)
        .about(
            "An instant, the date of a text or another date, in a zone. A text without an offset is in that zone.",
            &[
                gives(
                    "new DateTime(0, DateTimeZone.forID('US/Pacific')).toString()",
                    "\"1969-12-31T16:00:00.000-08:00\"",
                ),
                gives(
                    "new DateTime(new DateTime(0), DateTimeZone.forID('Asia/Tokyo')).toString()",
                    "\"1970-01-01T09:00:00.000+09:00\"",
                ),
            ],
        ),
    Function::constructor("DateTime", Type::DateTime, native!(in_default_zone, Any, Handle)).bounded(Bound::Date(DateBound::FromText))
        .takes(&[INSTANT, NULL])
        .costs(READ)
        .about(
            "An instant, the date of a text or another date, in UTC.",
            &[gives("new DateTime(0, null).toString()", "\"1970-01-01T00:00:00.000Z\"")],
        ),
    Function::constructor("DateTime", Type::DateTime, native!(now_of_nulls, Handle, Handle)).bounded(Bound::Date(DateBound::FromText))
        .takes(&[NULL, NULL])
        .costs(Cost::fixed(32))
        .reads(Effect::Clock)
        .about("The present, by the host's clock, in UTC.", &[something("new DateTime(null, null)")]),
    Function::constructor("DateTime", Type::DateTime, native!(now_in_zone, Handle, Handle)).bounded(Bound::Date(DateBound::FromText))
        .takes(&[NULL, ZONE])
        .costs(Cost::fixed(32))
        .reads(Effect::Clock)
        .about(
            "The present, by the host's clock, in a zone.",
            &[something("new DateTime(null, DateTimeZone.UTC)")],
        ),
    Function::constructor(
        "DateTime",
        Type::DateTime,
        native!(of_parts, i64, i64, i64, i64, i64, i64, i64, Handle),
    ).bounded(Bound::Date(DateBound::FromText))
    .takes(&[
        part("year", "the year").tried_with(leap_year),
        part("month", "the month, from 1").tried_with(one),
        part("day", "the day of the month, from 1").tried_with(one),
        part("hour", "the hour, 0 to 23").tried_with(zero),
        part("minute", "the minute").tried_with(zero),
        part("second", "the second").tried_with(zero),
        part("millis", "the millisecond").tried_with(zero),
        ZONE.tried_with(utc),
    ])
    .costs(Cost::fixed(2 * ARITHMETIC_STEPS))
    .about(
        "The instant at which the clocks of a zone show a date and time. A time that the clocks skip is an error; of a time that they show twice it is the earlier.",
        &[
            gives("new DateTime(2020, 2, 29, 1, 2, 3, 4, DateTimeZone.UTC).getMillis()", "1582938123004"),
            fails("new DateTime(2020, 2, 30, 0, 0, 0, 0, DateTimeZone.UTC)", "E510"),
            fails("new DateTime(2021, 3, 14, 2, 30, 0, 0, DateTimeZone.forID('US/Pacific'))", "E510"),
        ],
    ),
    Function::of_class("DateTime", "parse", Type::DateTime, native!(parse, Text, Handle)).bounded(Bound::Date(DateBound::Parsed(1)))
        .takes(&[
            Parameter::of("text", Type::String, "the text"),
            Parameter::of("formatter", Type::DateTimeFormatter, "how to read it"),
        ])
        .costs(super::format::PARSE)
        .about(
            "The date that a formatter reads in a text.",
            &[
                gives("DateTime.parse('29.02.2020', DateTimeFormat.forPattern('dd.MM.yyyy')).getMillis()", "1582934400000"),
                fails("DateTime.parse('x', DateTimeFormat.forPattern('yyyy'))", "E510"),
            ],
        ),
    Function::method(Type::DateTime, "toString", Type::String, native!(to_string, Handle)).bounded(Bound::Fixed)
        .costs(Cost::fixed(2 * ARITHMETIC_STEPS))
        .about(
            "The date in ISO 8601, with its zone's offset.",
            &[gives("new DateTime(0).toString()", "\"1970-01-01T00:00:00.000Z\"")],
        ),
    Function::method(Type::DateTime, "toString", Type::String, native!(to_string_by, Handle, Option<Text>)).bounded(Bound::Date(DateBound::ByPattern(0)))
        .takes(&[PATTERN])
        .costs(super::format::PRINT)
        .about(
            "The date as a pattern has it; in ISO 8601 where that is null.",
            &[
                gives("new DateTime(0).toString('yyyyMMdd')", "\"19700101\""),
                fails("new DateTime(0).toString('b')", "E407"),
            ],
        ),
    Function::method(Type::DateTime, "toString", Type::String, native!(to_string_of_null, Handle, Handle)).bounded(Bound::Date(DateBound::ByPattern(0)))
        .takes(&[NULL])
        .costs(Cost::fixed(2 * ARITHMETIC_STEPS))
        .about(
            "The date in ISO 8601, with its zone's offset.",
            &[gives("new DateTime(0).toString(null)", "\"1970-01-01T00:00:00.000Z\"")],
        ),
    Function::method(Type::DateTime, "withZone", Type::DateTime, native!(in_utc, Handle, Handle)).bounded(Bound::Date(DateBound::Moved))
        .takes(&[NULL])
        .about(
            "The same instant in UTC.",
            &[gives("new DateTime(0).withZone(null).toString()", "\"1970-01-01T00:00:00.000Z\"")],
        ),
    Function::method(Type::DateTime, "toDateTime", Type::DateTime, native!(in_utc, Handle, Handle)).bounded(Bound::Fixed)
        .takes(&[NULL])
        .about(
            "The same instant in UTC.",
            &[gives("new DateTime(0).toDateTime(null).toString()", "\"1970-01-01T00:00:00.000Z\"")],
        ),
    Function::method(Type::DateTime, "withZone", Type::DateTime, native!(with_zone, Handle, Handle)).bounded(Bound::Date(DateBound::Moved))
        .takes(&[ZONE])
        .about(
            "The same instant in another zone, in UTC where that is null.",
            &[gives(
                "new DateTime(0).withZone(DateTimeZone.forID('Asia/Tokyo')).toString()",
                "\"1970-01-01T09:00:00.000+09:00\"",
            )],
        ),
    Function::method(Type::DateTime, "toDateTime", Type::DateTime, native!(with_zone, Handle, Handle)).bounded(Bound::Fixed)
        .takes(&[ZONE])
        .about(
            "The same instant in another zone, in UTC where that is null.",
            &[gives("new DateTime(0).toDateTime(DateTimeZone.forID('+02:30')).getHourOfDay()", "2")],
        ),
    Function::method(Type::DateTime, "isAfter", Type::Boolean, native!(is_after, Handle, Handle)).bounded(Bound::Fixed)
        .takes(OTHER)
        .about(
            "Whether it is later, whatever the zones.",
            &[gives("new DateTime(1).isAfter(new DateTime(0))", "true")],
        ),
    Function::method(Type::DateTime, "isBefore", Type::Boolean, native!(is_before, Handle, Handle)).bounded(Bound::Fixed)
        .takes(OTHER)
        .about(
            "Whether it is earlier, whatever the zones.",
            &[gives("new DateTime(1).isBefore(new DateTime(0))", "false")],
        ),
    Function::method(Type::DateTime, "isEqual", Type::Boolean, native!(is_equal, Handle, Handle)).bounded(Bound::Fixed)
        .takes(OTHER)
        .about(
            "Whether it is the same instant, whatever the zones.",
            &[gives(
                "new DateTime(0).isEqual(new DateTime(0).withZone(DateTimeZone.forID('Asia/Tokyo')))",
                "true",
            )],
        ),
    Function::method(Type::DateTime, "isAfter", Type::Boolean, native!(is_after_now, Handle, Handle)).bounded(Bound::Fixed)
        .takes(&[NULL])
        .costs(Cost::fixed(32))
        .reads(Effect::Clock)
        .about("Whether it is later than the present, by the host's clock.", &[something("new DateTime(0).isAfter(null)")]),
    Function::method(Type::DateTime, "isBefore", Type::Boolean, native!(is_before_now, Handle, Handle)).bounded(Bound::Fixed)
        .takes(&[NULL])
        .costs(Cost::fixed(32))
        .reads(Effect::Clock)
        .about("Whether it is earlier than the present, by the host's clock.", &[something("new DateTime(0).isBefore(null)")]),
    Function::method(Type::DateTime, "isEqual", Type::Boolean, native!(is_equal_now, Handle, Handle)).bounded(Bound::Fixed)
        .takes(&[NULL])
        .costs(Cost::fixed(32))
        .reads(Effect::Clock)
        .about("Whether it is the present, by the host's clock.", &[something("new DateTime(0).isEqual(null)")]),
    Function::method(Type::DateTime, "getMillis", Type::Long, native!(get_millis, Handle)).bounded(Bound::Fixed).about(
        "Milliseconds since 1970-01-01T00:00:00Z.",
        &[gives("new DateTime('1970-01-02').getMillis()", "86400000")],
    ),
    Function::method(
        Type::DateTime,
        "withTimeAtStartOfDay",
        Type::DateTime,
        native!(with_time_at_start_of_day, Handle),
    ).bounded(Bound::Fixed)
    .costs(Cost::fixed(2 * ARITHMETIC_STEPS))
    .about(
        "The first instant of the day: midnight, or the end of a gap there.",
        &[gives(
            "new DateTime('2020-02-29T13:00').withTimeAtStartOfDay().toString()",
            "\"2020-02-29T00:00:00.000Z\"",
        )],
    ),
];

fn now(context: &mut Context<'_>) -> Result<Any, Fault> {
    let now = context.now_millis()?;
    give(context, DateTime::new(now, Zone::UTC))
}

fn now_of_null(context: &mut Context<'_>, _: Handle) -> Result<Any, Fault> {
    now(context)
}

fn now_of_nulls(context: &mut Context<'_>, _: Handle, _: Handle) -> Result<Any, Fault> {
    now(context)
}

fn now_in_zone(context: &mut Context<'_>, _: Handle, handle: Handle) -> Result<Any, Fault> {
    let (now, zone) = (context.now_millis()?, zone_or_utc(context, handle)?);
    give(context, DateTime::new(now, zone))
}

fn of_date(context: &mut Context<'_>, handle: Handle) -> Result<Any, Fault> {
    let date = date(context, handle)?.clone();
    give(context, date)
}

fn of_millis(context: &mut Context<'_>, millis: i64) -> Result<Any, Fault> {
    give(context, DateTime::new(millis, Zone::UTC))
}

fn of_text(context: &mut Context<'_>, text: Text) -> Result<Any, Fault> {
    read(context, text, Zone::UTC)
}

/// A DATETIME of the host, which gives its text or null.
pub(crate) const OF_HOST: NativeBody = native!(of_host, Option<Text>);

fn of_host(context: &mut Context<'_>, text: Option<Text>) -> Result<Any, Fault> {
    match text {
        Some(text) => of_text(context, text),
        None => Ok(Any::new(Type::DateTime, NULL_HANDLE)),
    }
}

const ISO_HELP: &str = "an ISO text is `2024-01-31` or `2024-01-31T10:00:00Z`, with a `T`; another one is read with `DateTimeFormat.forPattern('yyyy-MM-dd HH:mm:ss').parseDateTime(text)`";

fn read(context: &mut Context<'_>, text: Text, zone: Zone) -> Result<Any, Fault> {
    let Context { heap, meter, .. } = context;
    let read = heap.texts.unread(text).whole(meter, Pace::Copy)?;
    let date = DateTime::parse_iso(meter, read, zone);
    let date = date.map_err(|fault: Fault| fault.or_help(Code::InvalidDate, ISO_HELP))?;
    give(context, date)
}

fn in_zone(context: &mut Context<'_>, x: Any, handle: Handle) -> Result<Any, Fault> {
    let zone = zone_or_utc(context, handle)?;
    instant(context, x, zone)
}

fn in_default_zone(context: &mut Context<'_>, x: Any, _: Handle) -> Result<Any, Fault> {
    instant(context, x, Zone::UTC)
}

fn instant(context: &mut Context<'_>, x: Any, zone: Zone) -> Result<Any, Fault> {
    match Text::from_bits(x.bits) {
        _ if x.ty == Type::Long => give(context, DateTime::new(x.as_long(), zone)),
        _ if x.ty == Type::DateTime => {
            let date = date(context, Handle(x.bits))?.with_zone(zone);
            give(context, date)
        }
        Some(text) => read(context, text, zone),
        None => Err(Fault::null("the STRING")),
    }
}

#[expect(clippy::too_many_arguments, reason = "a date has as many parts")]
fn of_parts(
    context: &mut Context<'_>,
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
    millis: i64,
    handle: Handle,
) -> Result<Any, Fault> {
    let civil = CivilTime {
        year,
        month,
        day,
        hour,
        minute,
        second,
        millis,
    };
    let zone = zone_or_utc(context, handle)?;
    give_date(context, DateTime::from_civil(civil, zone))
}

fn parse(context: &mut Context<'_>, text: Text, formatter: Handle) -> Result<Any, Fault> {
    let date = super::format::parse(context, formatter, text)?;
    give(context, date)
}

fn to_string(context: &mut Context<'_>, receiver: Handle) -> Result<Text, Fault> {
    let mut text = String::new();
    date(context, receiver)?.push_iso(&mut text);
    context.new_text(&text)
}

fn to_string_of_null(context: &mut Context<'_>, receiver: Handle, _: Handle) -> Result<Text, Fault> {
    to_string(context, receiver)
}

fn to_string_by(context: &mut Context<'_>, receiver: Handle, pattern: Option<Text>) -> Result<Text, Fault> {
    let Some(pattern) = pattern else {
        return to_string(context, receiver);
    };
    let date = date(context, receiver)?.clone();
    let formatter = Formatter::new(pattern_of(context, pattern)?);
    print(context, &formatter, &date)
}

fn with_zone(context: &mut Context<'_>, receiver: Handle, handle: Handle) -> Result<Any, Fault> {
    let zone = zone_or_utc(context, handle)?;
    let date = date(context, receiver)?.with_zone(zone);
    give(context, date)
}

fn in_utc(context: &mut Context<'_>, receiver: Handle, _: Handle) -> Result<Any, Fault> {
    let date = date(context, receiver)?.with_zone(Zone::UTC);
    give(context, date)
}

fn compare(context: &Context<'_>, receiver: Handle, other: Handle) -> Result<Ordering, Fault> {
    Ok(date(context, receiver)?.compare(date(context, other)?))
}

fn is_after(context: &mut Context<'_>, receiver: Handle, other: Handle) -> Result<bool, Fault> {
    compare(context, receiver, other).map(Ordering::is_gt)
}

fn is_before(context: &mut Context<'_>, receiver: Handle, other: Handle) -> Result<bool, Fault> {
    compare(context, receiver, other).map(Ordering::is_lt)
}

fn is_equal(context: &mut Context<'_>, receiver: Handle, other: Handle) -> Result<bool, Fault> {
    compare(context, receiver, other).map(Ordering::is_eq)
}

fn compare_with_now(context: &Context<'_>, receiver: Handle) -> Result<Ordering, Fault> {
    Ok(date(context, receiver)?.millis().cmp(&context.now_millis()?))
}

fn is_after_now(context: &mut Context<'_>, receiver: Handle, _: Handle) -> Result<bool, Fault> {
    compare_with_now(context, receiver).map(Ordering::is_gt)
}

fn is_before_now(context: &mut Context<'_>, receiver: Handle, _: Handle) -> Result<bool, Fault> {
    compare_with_now(context, receiver).map(Ordering::is_lt)
}

fn is_equal_now(context: &mut Context<'_>, receiver: Handle, _: Handle) -> Result<bool, Fault> {
    compare_with_now(context, receiver).map(Ordering::is_eq)
}

fn get_millis(context: &mut Context<'_>, receiver: Handle) -> Result<i64, Fault> {
    Ok(date(context, receiver)?.millis())
}

fn with_time_at_start_of_day(context: &mut Context<'_>, receiver: Handle) -> Result<Any, Fault> {
    let start = date(context, receiver)?.at_start_of_day()?;
    give(context, start)
}
