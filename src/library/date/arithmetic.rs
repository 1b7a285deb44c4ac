//! `plusDays` and its like: a date so many units later or earlier.

use super::object::{ARITHMETIC_STEPS, date, give_date};
use crate::library::bound::Bound;
use crate::library::declaration::{Cost, Function, Parameter, fails, gives};
use crate::library::joda::Unit;
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::native::{Handle, native};
use crate::types::Type;

/// Declares a method for each unit and direction.
macro_rules! moves {
    ($($name:literal $direction:ident $unit:ident $about:literal [$($example:expr),+];)+) => {
        &[$(
            Function::method(Type::DateTime, $name, Type::DateTime, {
                fn moved(context: &mut Context<'_>, receiver: Handle, count: i64) -> Result<Any, Fault> {
                    let moved = date(context, receiver)?.$direction(Unit::$unit, count);
                    give_date(context, moved)
                }
                native!(moved, Handle, i64)
            }).bounded(Bound::Fixed)
            .takes(&[Parameter::of("count", Type::Long, "how many, within 32 bits; a negative count goes the other way")])
            .costs(Cost::fixed(ARITHMETIC_STEPS))
            .about($about, &[$($example),+]),
        )+]
    };
}

/// The methods.
pub(super) const FUNCTIONS: &[Function] = moves! {
    "plusYears" plus Years "So many years later; 29 February becomes 28 February where there is none." [
        gives("new DateTime('2020-02-29').plusYears(1).toString('yyyy-MM-dd')", "\"2021-02-28\""),
        fails("new DateTime(0).plusYears(300000000)", "E510")
    ];
    "plusMonths" plus Months "So many months later; a day that the month does not have becomes its last." [
        gives("new DateTime('2020-01-31').plusMonths(1).toString('yyyy-MM-dd')", "\"2020-02-29\"")
    ];
    "plusWeeks" plus Weeks "So many weeks later." [
        gives("new DateTime('2020-02-29').plusWeeks(1).toString('yyyy-MM-dd')", "\"2020-03-07\"")
    ];
    "plusDays" plus Days "So many days later, at the same time of day; a time that the clocks skip moves forward by the gap." [
        gives("new DateTime('2020-02-29').plusDays(1).toString('yyyy-MM-dd')", "\"2020-03-01\""),
        fails("new DateTime(0).plusDays('1')", "E404")
    ];
    "plusHours" plus Hours "So many hours of elapsed time later." [
        gives("new DateTime(0).plusHours(25).toString()", "\"1970-01-02T01:00:00.000Z\"")
    ];
    "plusMinutes" plus Minutes "So many minutes of elapsed time later." [
        gives("new DateTime(0).plusMinutes(90).getMillis()", "5400000")
    ];
    "plusSeconds" plus Seconds "So many seconds of elapsed time later." [
        gives("new DateTime(0).plusSeconds(2).getMillis()", "2000")
    ];
    "plusMillis" plus Millis "So many milliseconds later." [
        gives("new DateTime(0).plusMillis(5).getMillis()", "5")
    ];
    "minusYears" minus Years "So many years earlier; 29 February becomes 28 February where there is none." [
        gives("new DateTime('2020-02-29').minusYears(4).toString('yyyy-MM-dd')", "\"2016-02-29\"")
    ];
    "minusMonths" minus Months "So many months earlier; a day that the month does not have becomes its last." [
        gives("new DateTime('2020-03-31').minusMonths(1).toString('yyyy-MM-dd')", "\"2020-02-29\"")
    ];
    "minusWeeks" minus Weeks "So many weeks earlier." [
        gives("new DateTime('2020-03-07').minusWeeks(1).toString('yyyy-MM-dd')", "\"2020-02-29\"")
    ];
    "minusDays" minus Days "So many days earlier, at the same time of day." [
        gives("new DateTime('2020-03-01').minusDays(1).toString('yyyy-MM-dd')", "\"2020-02-29\""),
        fails("new DateTime(-9223372036854775807).minusDays(1)", "E510")
    ];
    "minusHours" minus Hours "So many hours of elapsed time earlier." [
        gives("new DateTime(0).minusHours(1).getMillis()", "-3600000")
    ];
    "minusMinutes" minus Minutes "So many minutes of elapsed time earlier." [
        gives("new DateTime(0).minusMinutes(1).getMillis()", "-60000")
    ];
    "minusSeconds" minus Seconds "So many seconds of elapsed time earlier." [
        gives("new DateTime(0).minusSeconds(1).getMillis()", "-1000")
    ];
    "minusMillis" minus Millis "So many milliseconds earlier." [
        gives("new DateTime(0).minusMillis(1).toString()", "\"1969-12-31T23:59:59.999Z\"")
    ];
};
