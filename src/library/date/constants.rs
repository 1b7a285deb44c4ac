//! The class `DateTimeConstants`: the numbers of days and months, and of milliseconds in a unit.

use crate::library::bound::Bound;
use crate::library::declaration::{Cost, Function, gives};
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::native::native;
use crate::types::Type;

macro_rules! constants {
    ($($name:literal = $value:literal $text:literal, $about:literal;)+) => {
        &[$(
            Function::constant("DateTimeConstants", $name, Type::Long, {
                fn value(_: &mut Context<'_>) -> Result<i64, Fault> {
                    Ok($value)
                }
                native!(value)
            }).bounded(Bound::Fixed)
            .costs(Cost::fixed(1))
            .about($about, &[gives(concat!("DateTimeConstants.", $name), $text)]),
        )+]
    };
}

/// The constants.
pub(super) const FUNCTIONS: &[Function] = constants! {
    "MONDAY" = 1 "1", "The number of Monday in `getDayOfWeek`.";
    "TUESDAY" = 2 "2", "The number of Tuesday.";
    "WEDNESDAY" = 3 "3", "The number of Wednesday.";
    "THURSDAY" = 4 "4", "The number of Thursday.";
    "FRIDAY" = 5 "5", "The number of Friday.";
    "SATURDAY" = 6 "6", "The number of Saturday.";
    "SUNDAY" = 7 "7", "The number of Sunday.";
    "JANUARY" = 1 "1", "The number of January in `getMonthOfYear`.";
    "FEBRUARY" = 2 "2", "The number of February.";
    "MARCH" = 3 "3", "The number of March.";
    "APRIL" = 4 "4", "The number of April.";
    "MAY" = 5 "5", "The number of May.";
    "JUNE" = 6 "6", "The number of June.";
    "JULY" = 7 "7", "The number of July.";
    "AUGUST" = 8 "8", "The number of August.";
    "SEPTEMBER" = 9 "9", "The number of September.";
    "OCTOBER" = 10 "10", "The number of October.";
    "NOVEMBER" = 11 "11", "The number of November.";
    "DECEMBER" = 12 "12", "The number of December.";
    "MILLIS_PER_SECOND" = 1000 "1000", "Milliseconds in a second.";
    "MILLIS_PER_MINUTE" = 60_000 "60000", "Milliseconds in a minute.";
    "MILLIS_PER_HOUR" = 3_600_000 "3600000", "Milliseconds in an hour.";
    "MILLIS_PER_DAY" = 86_400_000 "86400000", "Milliseconds in a day of 24 hours.";
    "MILLIS_PER_WEEK" = 604_800_000 "604800000", "Milliseconds in a week of seven such days.";
};
