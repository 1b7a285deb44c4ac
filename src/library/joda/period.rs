//! Reads a length of time written in English words, such as `1 day, 2 hours and 30 minutes`.
//!
//! Rules: Joda-Time's `PeriodFormat.wordBased()` and `Period.toStandardDuration()`: numbers with units from the
//! longest to the shortest, each at most once, joined by a space, a comma, `and`, or both. A day has 24 hours. Years
//! and months have no fixed length and are refused, unless there are none of them. An empty text has no length.

use super::calendar::{DAY, HOUR, MINUTE, SECOND, WEEK};
use super::charge::Charge;
use super::error::DateError;
use super::scan::{scan_literal, scan_number};

/// The steps of reading a number with its unit, which is compared with all units, and of what joins it to the next.
const PART_STEPS: u64 = 48;

/// The most digits of a number: those of an `int`.
const MOST_DIGITS: usize = 10;

/// The units from the longest: singular name, plural name, and length in milliseconds where that is fixed.
const UNITS: [(&str, &str, Option<i64>); 8] = [
    ("year", "years", None),
    ("month", "months", None),
    ("week", "weeks", Some(WEEK)),
    ("day", "days", Some(DAY)),
    ("hour", "hours", Some(HOUR)),
    ("minute", "minutes", Some(MINUTE)),
    ("second", "seconds", Some(SECOND)),
    ("millisecond", "milliseconds", Some(1)),
];

/// The most steps that reading a length of time is charged for.
pub(crate) const PERIOD_STEPS: u64 = (UNITS.len() as u64 + 1) * PART_STEPS;

/// What may stand between two numbers with units, the longest first.
const JOINTS: [&str; 6] = [", and ", ",and ", " and ", ", ", ",", " "];

/// The length in milliseconds.
pub(super) fn parse_period<C: Charge>(charge: &mut C, text: &str) -> Result<i64, C::Error> {
    if text.is_empty() {
        return Ok(0);
    }
    let malformed = |position| DateError::malformed(text, position);
    let mut total: i64 = 0;
    let mut units = UNITS.iter();
    let mut position = 0;
    loop {
        charge.steps(PART_STEPS)?;
        let (count, number_end) = scan_number(text, position, MOST_DIGITS, true).map_err(malformed)?;
        let start = scan_literal(text, number_end, " ").map_err(malformed)?;
        // The units before the one found are used up: what follows must be shorter.
        let (end, unit, length) = units
            .find_map(|(singular, plural, length)| {
                let end = scan_literal(text, start, plural).or_else(|_| scan_literal(text, start, singular));
                Some((end.ok()?, plural, length))
            })
            .ok_or_else(|| malformed(position))?;
        let length = match length {
            Some(length) => count.checked_mul(*length),
            None if count == 0 => Some(0),
            None => return Err(DateError::VariableLength(format!("a number of {unit}")).into()),
        };
        total = length
            .and_then(|length| total.checked_add(length))
            .ok_or(DateError::OutOfRange)?;
        if end == text.len() {
            return Ok(total);
        }
        position = JOINTS
            .iter()
            .find_map(|joint| scan_literal(text, end, joint).ok())
            .ok_or_else(|| malformed(end))?;
    }
}

#[cfg(test)]
mod tests {
    use super::super::charge::Free;
    use super::parse_period;

    /// What Joda-Time 2.10.14 makes of each text, in milliseconds.
    const LENGTHS: [(&str, Option<i64>); 28] = [
        ("", Some(0)),
        ("1 hour", Some(3_600_000)),
        ("1 hours", Some(3_600_000)),
        ("2 days", Some(172_800_000)),
        ("2 days 3 hours", Some(183_600_000)),
        ("2 days and 3 hours", Some(183_600_000)),
        ("2 days, 3 hours", Some(183_600_000)),
        ("2 days,3 hours", Some(183_600_000)),
        ("1 day, 2 hours and 3 minutes", Some(93_780_000)),
        ("1 day, 2 hours, and 3 minutes", Some(93_780_000)),
        ("1 day and 1 hour and 1 minute", Some(90_060_000)),
        ("3 minutes and 1 day", None),
        ("1 hour 1 hour", None),
        ("-1 hour", Some(-3_600_000)),
        ("+1 hour", Some(3_600_000)),
        ("1 Hour", Some(3_600_000)),
        ("10 milliseconds", Some(10)),
        ("1 millisecond", Some(1)),
        ("2 weeks", Some(1_209_600_000)),
        ("0 months and 1 day", Some(86_400_000)),
        ("1 month", None),
        ("1 year", None),
        ("1hour", None),
        ("1  hour", None),
        (" 1 hour", None),
        ("1 hour ", None),
        ("99999999999 days", None),
        ("1.5 hours", None),
    ];

    #[test]
    fn lengths_are_those_of_joda_time() {
        for (text, expected) in LENGTHS {
            assert_eq!(parse_period(&mut Free, text).ok(), expected, "{text}");
        }
    }
}
