//! A date's fields: `getYear`, `withYear`, `dayOfWeek` and their like.

use super::object::{ARITHMETIC_STEPS, FIELD_STEPS, Property, date, give, give_date, widest_date};
use crate::library::bound::Bound;
use crate::library::declaration::{Cost, Function, Parameter, fails, gives};
use crate::library::joda::{DateField, Field, TimeField};
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::native::{Handle, native};
use crate::types::Type;

/// Declares methods of each of the three kinds, each with its field, what it is, and an example.
macro_rules! fields {
    (
        get { $($get:literal $get_field:expr, $get_about:literal, $get_example:expr;)+ }
        set { $($set:literal $set_field:expr, $set_about:literal, [$($set_example:expr),+];)+ }
        property { $($property:literal $property_field:expr, $property_about:literal, $property_example:expr;)+ }
    ) => {
        &[
            $(Function::method(Type::DateTime, $get, Type::Long, {
                fn get(context: &mut Context<'_>, receiver: Handle) -> Result<i64, Fault> {
                    Ok(date(context, receiver)?.get($get_field))
                }
                native!(get, Handle)
            }).bounded(Bound::Fixed)
            .costs(Cost::fixed(FIELD_STEPS))
            .about($get_about, &[$get_example]),)+
            $(Function::method(Type::DateTime, $set, Type::DateTime, {
                fn set(context: &mut Context<'_>, receiver: Handle, value: i64) -> Result<Any, Fault> {
                    let changed = date(context, receiver)?.with($set_field, value);
                    give_date(context, changed)
                }
                native!(set, Handle, i64)
            }).bounded(Bound::Fixed)
            .takes(&[Parameter::of("value", Type::Long, "the new value")])
            .costs(Cost::fixed(2 * ARITHMETIC_STEPS))
            .tried_on(widest_date)
            .about($set_about, &[$($set_example),+]),)+
            $(Function::method(Type::DateTime, $property, Type::DateTimeProperty, {
                fn property(context: &mut Context<'_>, receiver: Handle) -> Result<Any, Fault> {
                    let date = date(context, receiver)?.clone();
                    give(context, Property { date, field: $property_field })
                }
                native!(property, Handle)
            }).bounded(Bound::Fixed)
            .about($property_about, &[$property_example]),)+
        ]
    };
}

const YEAR: Field = Field::Date(DateField::Year);
const WEEKYEAR: Field = Field::Date(DateField::Weekyear);
const MONTH: Field = Field::Date(DateField::MonthOfYear);
const WEEK: Field = Field::Date(DateField::WeekOfWeekyear);
const DAY_OF_YEAR: Field = Field::Date(DateField::DayOfYear);
const DAY_OF_MONTH: Field = Field::Date(DateField::DayOfMonth);
const DAY_OF_WEEK: Field = Field::Date(DateField::DayOfWeek);
const HOUR: Field = Field::Time(TimeField::HourOfDay);
const MINUTE_OF_DAY: Field = Field::Time(TimeField::MinuteOfDay);
const MINUTE: Field = Field::Time(TimeField::MinuteOfHour);
const SECOND_OF_DAY: Field = Field::Time(TimeField::SecondOfDay);
const SECOND: Field = Field::Time(TimeField::SecondOfMinute);
const MILLIS_OF_DAY: Field = Field::Time(TimeField::MillisOfDay);
const MILLIS: Field = Field::Time(TimeField::MillisOfSecond);

/// The methods.
pub(super) const FUNCTIONS: &[Function] = fields! {
    get {
        "getYear" YEAR, "The year.", gives("new DateTime('2020-02-29').getYear()", "2020");
        "getWeekyear" WEEKYEAR, "The year that the ISO week belongs to.", gives("new DateTime('2021-01-01').getWeekyear()", "2020");
        "getMonthOfYear" MONTH, "The month, from 1.", gives("new DateTime('2020-02-29').getMonthOfYear()", "2");
        "getWeekOfWeekyear" WEEK, "The ISO week, from 1.", gives("new DateTime('2021-01-01').getWeekOfWeekyear()", "53");
        "getDayOfYear" DAY_OF_YEAR, "The day of the year, from 1.", gives("new DateTime('2020-02-29').getDayOfYear()", "60");
        "getDayOfMonth" DAY_OF_MONTH, "The day of the month, from 1.", gives("new DateTime('2020-02-29').getDayOfMonth()", "29");
        "getDayOfWeek" DAY_OF_WEEK, "The day of the week: 1 is Monday, 7 Sunday.", gives("new DateTime('2020-02-29').getDayOfWeek()", "6");
        "getHourOfDay" HOUR, "The hour of the day, 0 to 23.", gives("new DateTime('2020-02-29T13:05').getHourOfDay()", "13");
        "getMinuteOfDay" MINUTE_OF_DAY, "Minutes since the day's midnight.", gives("new DateTime('2020-02-29T13:05').getMinuteOfDay()", "785");
        "getMinuteOfHour" MINUTE, "The minute of the hour.", gives("new DateTime('2020-02-29T13:05').getMinuteOfHour()", "5");
        "getSecondOfDay" SECOND_OF_DAY, "Seconds since the day's midnight.", gives("new DateTime('2020-02-29T00:01:01').getSecondOfDay()", "61");
        "getSecondOfMinute" SECOND, "The second of the minute.", gives("new DateTime('2020-02-29T00:01:01').getSecondOfMinute()", "1");
        "getMillisOfDay" MILLIS_OF_DAY, "Milliseconds since the day's midnight.", gives("new DateTime(86400001).getMillisOfDay()", "1");
        "getMillisOfSecond" MILLIS, "The millisecond of the second.", gives("new DateTime(1999).getMillisOfSecond()", "999");
    }
    set {
        "withYear" YEAR, "The same date in another year.", [gives("new DateTime('2019-02-28').withYear(2020).toString('yyyy-MM-dd')", "\"2020-02-28\"")];
        "withWeekyear" WEEKYEAR, "The same ISO week and day of another year.", [gives("new DateTime('2020-02-29').withWeekyear(2019).toString('xxxx-ww-e')", "\"2019-09-6\"")];
        "withMonthOfYear" MONTH, "The same date in another month.", [gives("new DateTime('2020-01-31').withMonthOfYear(2).toString('yyyy-MM-dd')", "\"2020-02-29\"")];
        "withWeekOfWeekyear" WEEK, "The same day of another ISO week.", [gives("new DateTime('2020-02-29').withWeekOfWeekyear(1).toString('yyyy-MM-dd')", "\"2020-01-04\"")];
        "withDayOfYear" DAY_OF_YEAR, "Another day of the same year.", [gives("new DateTime('2020-02-29').withDayOfYear(366).toString('yyyy-MM-dd')", "\"2020-12-31\""), fails("new DateTime('2019-02-28').withDayOfYear(366)", "E510")];
        "withDayOfMonth" DAY_OF_MONTH, "Another day of the same month.", [gives("new DateTime('2020-02-29').withDayOfMonth(1).toString('yyyy-MM-dd')", "\"2020-02-01\""), fails("new DateTime('2020-02-29').withDayOfMonth(30)", "E510")];
        "withDayOfWeek" DAY_OF_WEEK, "Another day of the same ISO week: 1 is Monday.", [gives("new DateTime('2020-02-29').withDayOfWeek(1).toString('yyyy-MM-dd')", "\"2020-02-24\"")];
        "withHourOfDay" HOUR, "Another hour of the same day; one that the clocks skip is an error.", [gives("new DateTime('2020-02-29T13:05').withHourOfDay(0).toString('HH:mm')", "\"00:05\""), fails("new DateTime('2020-02-29').withHourOfDay(24)", "E510")];
        "withMinuteOfHour" MINUTE, "Another minute of the same hour.", [gives("new DateTime('2020-02-29T13:05').withMinuteOfHour(59).toString('HH:mm')", "\"13:59\"")];
        "withSecondOfMinute" SECOND, "Another second of the same minute.", [gives("new DateTime(0).withSecondOfMinute(7).getMillis()", "7000")];
        "withMillisOfSecond" MILLIS, "Another millisecond of the same second.", [gives("new DateTime(0).withMillisOfSecond(7).getMillis()", "7")];
        "withMillisOfDay" MILLIS_OF_DAY, "Another time of the same day.", [gives("new DateTime('1970-01-02').withMillisOfDay(1).getMillis()", "86400001")];
    }
    property {
        "monthOfYear" MONTH, "The month, as a property.", gives("new DateTime('2020-02-29').monthOfYear().getAsText()", "\"February\"");
        "weekyear" WEEKYEAR, "The year of the ISO week, as a property.", gives("new DateTime('2021-01-01').weekyear().get()", "2020");
        "weekOfWeekyear" WEEK, "The ISO week, as a property.", gives("new DateTime('2020-02-29').weekOfWeekyear().get()", "9");
        "dayOfYear" DAY_OF_YEAR, "The day of the year, as a property.", gives("new DateTime('2020-02-29').dayOfYear().get()", "60");
        "dayOfMonth" DAY_OF_MONTH, "The day of the month, as a property.", gives("new DateTime('2020-02-10').dayOfMonth().withMaximumValue().getDayOfMonth()", "29");
        "dayOfWeek" DAY_OF_WEEK, "The day of the week, as a property.", gives("new DateTime('2020-02-29').dayOfWeek().getAsText()", "\"Saturday\"");
        "hourOfDay" HOUR, "The hour of the day, as a property.", gives("new DateTime('2020-02-29T13:05').hourOfDay().get()", "13");
        "minuteOfDay" MINUTE_OF_DAY, "The minute of the day, as a property.", gives("new DateTime('2020-02-29T13:05').minuteOfDay().get()", "785");
        "minuteOfHour" MINUTE, "The minute of the hour, as a property.", gives("new DateTime('2020-02-29T13:05').minuteOfHour().get()", "5");
        "secondOfDay" SECOND_OF_DAY, "The second of the day, as a property.", gives("new DateTime(61000).secondOfDay().get()", "61");
        "secondOfMinute" SECOND, "The second of the minute, as a property.", gives("new DateTime(61000).secondOfMinute().get()", "1");
        "millisOfDay" MILLIS_OF_DAY, "The millisecond of the day, as a property.", gives("new DateTime(86400001).millisOfDay().get()", "1");
        "millisOfSecond" MILLIS, "The millisecond of the second, as a property.", gives("new DateTime(1999).millisOfSecond().get()", "999");
    }
};
