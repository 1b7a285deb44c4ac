//! The English names of months and days of the week, as Java and Joda print them.

/// From January on.
pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// From Monday on.
pub(super) const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// The first three letters of a name: English writes months and days of the week so in short.
pub(super) fn short(name: &'static str) -> &'static str {
    name.get(..3).unwrap_or(name)
}
