//! The date and time classes: Joda's, on the date engine of the room next door.

mod arithmetic;
mod calendar;
mod constants;
mod date_time;
mod days;
mod duration;
mod elapsed;
mod fields;
mod format;
mod object;
mod property;
mod util;
mod working_days;
mod zone;

pub(crate) use date_time::OF_HOST;

use super::declaration::Function;

/// The functions of each class.
pub(crate) const FUNCTIONS: &[&[Function]] = &[
    date_time::FUNCTIONS,
    arithmetic::FUNCTIONS,
    fields::FUNCTIONS,
    property::FUNCTIONS,
    format::FUNCTIONS,
    zone::FUNCTIONS,
    days::FUNCTIONS,
    elapsed::HOURS,
    elapsed::MINUTES,
    duration::FUNCTIONS,
    constants::FUNCTIONS,
    util::FUNCTIONS,
    calendar::FUNCTIONS,
    working_days::FUNCTIONS,
];
