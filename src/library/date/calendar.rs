//! The class `Util` beyond SEL: months, weeks and quarters of date ints, and ranges of them. What is given are LONGs of eight digits.

use super::object::{PATTERN, one, pattern_of, print, zero};
use super::util::{COST, DATE, DATE_INT_HELP, RANGE, digits, digits_of, number_of, range, some_date};
use crate::diagnostic::Code;
use crate::library::bound::{Bound, Counted, DateBound};
use crate::library::declaration::{Accepts, Cost, Function, Parameter, fails, gives};
use crate::library::joda::{DATE_INT_STEPS, Day, Formatter, Hour, days_between_inclusive, hours_between};
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::{Heap, Text};
use crate::machine::meter::Meter;
use crate::machine::native::native;
use crate::machine::unread::Pace;
use crate::number_text::LongText;
use crate::types::Type;

pub(super) const READS: Bound = Bound::Date(DateBound::Reads(DATE_INT_STEPS));
const READS_TWO: Bound = Bound::Date(DateBound::Reads(2 * DATE_INT_STEPS));
const fn ranges(of: Counted) -> Bound {
    Bound::Date(DateBound::Between(2 * DATE_INT_STEPS, of))
}

const COST_OF_TWO: Cost = Cost::fixed(super::object::ARITHMETIC_STEPS).and("80 steps for reading each date");
const HOUR_INT_HELP: &str = "an hour has ten digits, such as `2024013123`, its last two from 00 to 23";

/// The most bytes that are read of a text.
const MOST_READ: usize = 512;

const DATES: &[Parameter] = &[
    digits("from", "one date, of eight digits").tried_with(some_date),
    digits("to", "the other; the result is negative where it is earlier").tried_with(some_date),
];

/// A function of `Util` that takes one date.
macro_rules! of_date {
    ($name:literal $ty:ident $given:expr; $about:literal [$($example:expr),+]) => {
        Function::of_class("Util", $name, Type::$ty, {
            fn given(context: &mut Context<'_>, date: Any) -> Result<Any, Fault> {
                let given: fn(Day) -> Result<Any, Fault> = $given;
                given(day(context, date)?)
            }
            native!(given, Any)
        })
        .bounded(READS)
        .takes(&[DATE])
        .costs(COST)
        .beyond_sel()
        .about($about, &[$($example),+])
    };
}
pub(super) use of_date;

/// The functions.
pub(super) const FUNCTIONS: &[Function] = &[
    of_date!("firstDayOfMonth" Long |day| date_int(day.first_of_month());
        "The first day of a date's month." [
            gives("Util.firstDayOfMonth(20200229)", "20200201"),
            fails("Util.firstDayOfMonth(20200230)", "E510")
        ]),
    of_date!("lastDayOfMonth" Long |day| date_int(day.last_of_month());
        "The last day of a date's month." [
            gives("Util.lastDayOfMonth('20200201')", "20200229"),
            fails("Util.lastDayOfMonth('2020-02-01')", "E510")
        ]),
    of_date!("firstDayOfWeek" Long |day| date_int(day.first_of_week());
        "The Monday of a date's week: the date itself, or up to six days before." [
            gives("Util.firstDayOfWeek(20200301)", "20200224"),
            fails("Util.firstDayOfWeek(10000101)", "E510")
        ]),
    of_date!("quarter" Long |day| Ok(Any::long(day.quarter()));
        "The quarter of a date's year, 1 to 4." [
            gives("Util.quarter(20200401)", "2"),
            fails("Util.quarter(202004)", "E510")
        ]),
    Function::of_class("Util", "isValid", Type::Boolean, native!(is_valid, Any)).bounded(READS)
        .takes(&[Parameter::accepting(
            "date",
            Accepts::OneOf(&[Type::Long, Type::String, Type::Null]),
            "a number or text, or null",
        )])
        .costs(Cost::fixed(super::object::ARITHMETIC_STEPS))
        .beyond_sel()
        .about(
            "Whether a number or text is a date of eight digits, `yyyyMMdd`, from the year 1000 on, that the calendar has. Null is none.",
            &[gives("Util.isValid(20200229)", "true"), gives("Util.isValid('20200230')", "false")],
        ),
    Function::of_class("Util", "daysBetween", Type::Long, native!(days_between, Any, Any)).bounded(READS_TWO)
        .takes(DATES)
        .costs(COST_OF_TWO)
        .beyond_sel()
        .about(
            "The days from one date to another.",
            &[gives("Util.daysBetween(20200228, 20200301)", "2"), fails("Util.daysBetween(20200228, 20200332)", "E510")],
        ),
    Function::of_class("Util", "monthsBetween", Type::Long, native!(months_between, Any, Any)).bounded(READS_TWO)
        .takes(DATES)
        .costs(COST_OF_TWO)
        .beyond_sel()
        .about(
            "The whole months from one date to another, as Joda's `Months.monthsBetween`. The last day of a month is as late as a day that the month does not have.",
            &[
                gives("Util.monthsBetween(20200131, 20200229)", "1"),
                gives("Util.monthsBetween(20200331, 20200131)", "-2"),
                fails("Util.monthsBetween(20200131, 0)", "E510"),
            ],
        ),
    Function::of_class("Util", "incrementDateIntByMonths", Type::Long, native!(plus_months, Any, i64)).bounded(READS)
        .takes(&[
            DATE,
            Parameter::of("months", Type::Long, "how many months later, within 32 bits; negative for earlier").tried_with(zero),
        ])
        .costs(COST)
        .beyond_sel()
        .about(
            "The date so many months later; a day that the month does not have becomes its last.",
            &[
                gives("Util.incrementDateIntByMonths(20200131, 1)", "20200229"),
                fails("Util.incrementDateIntByMonths(20200131, 100000)", "E510"),
            ],
        ),
    Function::of_class("Util", "datesBetweenInclusive", Type::LongArray, native!(dates_between, Any, Any, Any)).bounded(ranges(Counted::Days))
        .takes(&[
            digits("from", "the first date, of eight digits").tried_with(some_date),
            digits("to", "the date to stop after").tried_with(some_date),
            digits("step", "how many days apart; 0 is an error").tried_with(one),
        ])
        .costs(RANGE)
        .beyond_sel()
        .about(
            "The dates from one to another, both inclusive. With a negative step, those from `to` on up to `from`, the latest first.",
            &[
                gives("Util.datesBetweenInclusive(20200227, 20200302, 2)", "[20200227, 20200229, 20200302]"),
                gives("Util.datesBetweenInclusive(20200302, 20200227, -2)", "[20200302, 20200229, 20200227]"),
                fails("Util.datesBetweenInclusive(20200227, 20200302, 0)", "E506"),
            ],
        ),
    Function::of_class("Util", "hourIntsBetween", Type::LongArray, native!(hour_ints_between, Any, Any, Any)).bounded(ranges(Counted::Hours))
        .takes(&[
            digits("from", "the first hour, of ten digits: `yyyyMMddHH`").tried_with(some_hour),
            digits("to", "the hour to stop before").tried_with(some_hour),
            digits("step", "how many hours apart; 0 is an error").tried_with(one),
        ])
        .costs(RANGE)
        .beyond_sel()
        .about(
            "The hours from one (inclusive) to another (exclusive), as numbers of ten digits; every day has 24. With a negative step, those from `to` (inclusive) to `from` (exclusive), the latest first.",
            &[
                gives("Util.hourIntsBetween(2020022922, 2020030102, 1)", "[2020022922, 2020022923, 2020030100, 2020030101]"),
                gives("Util.hourIntsBetween('2020030102', '2020022920', -3)", "[2020022923, 2020022920]"),
                fails("Util.hourIntsBetween(2020022924, 2020030102, 1)", "E510"),
                fails("Util.hourIntsBetween(2020022922, 2020030102, 0)", "E506"),
            ],
        ),
    Function::of_class("Util", "formatDateInt", Type::String, native!(format, Any, Text))
        .bounded(Bound::Date(DateBound::ByPattern(DATE_INT_STEPS)))
        .takes(&[DATE, PATTERN])
        .costs(super::format::PRINT)
        .beyond_sel()
        .about(
            "A date as a pattern has it, at midnight UTC.",
            &[
                gives("Util.formatDateInt(20200229, 'yyyy/MM/dd')", "\"2020/02/29\""),
                fails("Util.formatDateInt(20200230, 'yyyy/MM/dd')", "E510"),
                fails("Util.formatDateInt(20200229, 'b')", "E407"),
            ],
        ),
    Function::of_class("Util", "parseDateInt", Type::Long, native!(parse, Text, Text))
        .bounded(Bound::Date(DateBound::DateParsed))
        .takes(&[
            Parameter::of("text", Type::String, "the text"),
            PATTERN,
        ])
        .costs(super::format::PARSE)
        .beyond_sel()
        .about(
            "The date that a text says by a pattern, whatever its offset from UTC.",
            &[
                gives("Util.parseDateInt('29.02.2020', 'dd.MM.yyyy')", "20200229"),
                gives("Util.parseDateInt('2020-02-29T23:30-08:00', \"yyyy-MM-dd'T'HH:mmZZ\")", "20200229"),
                fails("Util.parseDateInt('2020', 'dd.MM.yyyy')", "E510"),
                fails("Util.parseDateInt('2020', 'b')", "E407"),
            ],
        ),
];

fn some_hour(_: &mut Context<'_>, _: Type, _: &[Any]) -> Result<Any, Fault> {
    Ok(Any::long(2_020_013_100))
}

/// The text of a LONG or STRING as far as an error would tell it, which is more than the digits of any date.
fn digits_within<'t>(
    heap: &'t Heap<'_>,
    meter: &mut Meter,
    number: &'t mut LongText,
    value: Any,
) -> Result<&'t str, Fault> {
    match Text::from_bits(value.bits).filter(|_| value.ty != Type::Long) {
        Some(text) => heap.texts.unread(text).beginning(MOST_READ, meter, Pace::Copy),
        None => digits_of(heap, meter, number, value),
    }
}

/// What the digits of a LONG or STRING say.
fn read<T>(
    context: &mut Context<'_>,
    value: Any,
    help: &'static str,
    read: impl FnOnce(&mut Meter, &str) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let Context { heap, meter, .. } = context;
    let mut number = LongText::new();
    let digits = digits_within(heap, meter, &mut number, value)?;
    read(meter, digits).map_err(|fault| fault.or_help(Code::InvalidDate, help))
}

/// The day of a LONG or STRING of eight digits.
pub(super) fn day(context: &mut Context<'_>, date: Any) -> Result<Day, Fault> {
    read(context, date, DATE_INT_HELP, Day::read)
}

fn hour(context: &mut Context<'_>, hour: Any) -> Result<Hour, Fault> {
    read(context, hour, HOUR_INT_HELP, Hour::read)
}

/// The number of a day as a value.
pub(super) fn date_int(day: Day) -> Result<Any, Fault> {
    Ok(Any::long(day.date_int()?))
}

fn is_valid(context: &mut Context<'_>, date: Any) -> Result<bool, Fault> {
    if date.ty != Type::Long && Text::from_bits(date.bits).is_none() {
        return Ok(false);
    }
    let Context { heap, meter, .. } = context;
    let mut number = LongText::new();
    Ok(Day::is_day(digits_within(heap, meter, &mut number, date)?))
}

fn days_between(context: &mut Context<'_>, from: Any, to: Any) -> Result<i64, Fault> {
    Ok(day(context, from)?.days_until(day(context, to)?))
}

fn months_between(context: &mut Context<'_>, from: Any, to: Any) -> Result<i64, Fault> {
    Ok(day(context, from)?.months_until(day(context, to)?))
}

fn plus_months(context: &mut Context<'_>, date: Any, months: i64) -> Result<Any, Fault> {
    date_int(day(context, date)?.plus_months(months)?)
}

fn dates_between(context: &mut Context<'_>, from: Any, to: Any, step: Any) -> Result<Any, Fault> {
    let step = number_of(context, step)?;
    let dates = days_between_inclusive(day(context, from)?, day(context, to)?, step)?;
    range(context, dates.count_left(), dates)
}

fn hour_ints_between(context: &mut Context<'_>, from: Any, to: Any, step: Any) -> Result<Any, Fault> {
    let step = number_of(context, step)?;
    let hours = hours_between(hour(context, from)?, hour(context, to)?, step)?;
    range(context, hours.count_left(), hours)
}

fn format(context: &mut Context<'_>, date: Any, pattern: Text) -> Result<Text, Fault> {
    let midnight = day(context, date)?.midnight();
    let formatter = Formatter::new(pattern_of(context, pattern)?);
    print(context, &formatter, &midnight)
}

fn parse(context: &mut Context<'_>, text: Text, pattern: Text) -> Result<Any, Fault> {
    let formatter = Formatter::new(pattern_of(context, pattern)?);
    let Context { heap, meter, .. } = context;
    let read = heap.texts.unread(text).whole(meter, Pace::Copy)?;
    let local = formatter.parse_local(meter, read);
    let local = local.map_err(|fault: Fault| fault.or_help(Code::InvalidDate, super::format::PATTERN_HELP))?;
    date_int(Day::of_local(local))
}
