//! Dates and times with the semantics of Joda-Time 2.10, in the ISO chronology: the engine below the date classes.
//!
//! An instant is a count of milliseconds in an `i64`; everything civil is computed from it here, because the years go
//! far beyond those of jiff's calendar. jiff reads the time zone rules. Nothing here knows the language, the clock,
//! the environment or the file system: the default zone is UTC, and "now" is an argument.
//!
//! # Where it differs from Joda-Time
//!
//! - What overflows there without a word is an error here: [`DateError::OutOfRange`].
//! - A year of two digits lies in 1950 to 2049. There the hundred years move with the day on which a pattern is made.
//! - A fraction of more than 15 digits (`S`) is printed with all of them. There it is cut where it is not zero.
//! - Rules for daylight saving time hold in the last years before 292,278,993, too.
//! - `+` before a number of a fixed count of digits does not let it have one more.
//! - A pattern has at most 1,000 bytes.

mod bucket;
mod calendar;
mod charge;
mod date_field;
mod date_int;
mod datetime;
mod day;
mod duration;
mod error;
mod field;
mod interval;
mod iso;
mod length;
pub(crate) mod limits;
mod moment;
mod pattern;
mod period;
mod print;
mod scan;
mod time_field;
mod zone;
mod zone_advice;
mod zone_names;

#[cfg(test)]
mod tests;

pub(crate) use bucket::FIELD_BYTES;
pub(crate) use charge::Free;
pub(crate) use date_field::DateField;
pub(crate) use date_int::{
    DATE_INT_STEPS, date_int_hour_to_millis, date_int_to_millis, date_ints_between, increment_date_int,
    millis_to_date_int, timeout_for_deadline,
};
pub(crate) use datetime::{CivilTime, DateTime, Unit, days_between, elapsed_between};
pub(crate) use day::{Day, Hour, WorkingDay, day_number, days_between_inclusive, hour_number, hours_between};
pub(crate) use duration::{duration_text, parse_duration};
pub(crate) use error::DateError;
pub(crate) use field::Field;
pub(crate) use interval::ints_between;
pub(crate) use iso::ISO_STEPS;
pub(crate) use pattern::{Formatter, Pattern};
pub(crate) use period::PERIOD_STEPS;
pub(crate) use time_field::TimeField;
pub(crate) use zone::Zone;
