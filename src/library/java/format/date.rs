//! The conversions of dates, `%tY` and its like, of the milliseconds of a `Long`: in UTC, by the calendar of `java.util`, which is
//! Julian before 1582-10-15, and with English names.

use std::fmt::Write as _;

use crate::library::english::{DAYS, MONTHS, short};

/// The letters behind `%t`.
pub(super) const LETTERS: &str = "ABCDFHILMNQRSTYZabcdehjklmprsyz";

/// The longest text: `Sun Aug 17 07:12:55 UTC 292278994`.
const LONGEST: usize = 33;

/// 1970-01-01 was a Thursday, the fourth day of a week.
const FIRST_DAY: i64 = 3;
const DAY_MILLIS: i64 = 86_400_000;
/// 1582-10-15, counted from 1970-01-01.
const FIRST_GREGORIAN: i64 = -141_427;

/// A day of the calendar.
struct Date {
    /// Of its era: year 1 stands behind year 1 before Christ.
    year: i64,
    month: i64,
    day: i64,
    of_year: i64,
}

impl Date {
    /// The date of a day, counted from 1970-01-01. Years are taken to begin in March, so that a leap day is the last of its year.
    fn of(count: i64) -> Self {
        let is_gregorian = count >= FIRST_GREGORIAN;
        // From 0000-03-01, as if each fourth year had a leap day.
        let shifted = count + 719_468;
        let julian = match is_gregorian {
            true => {
                let century = (4 * shifted + 3).div_euclid(146_097);
                shifted + century - century.div_euclid(4)
            }
            false => shifted + 2,
        };
        let (cycle, of_cycle) = (julian.div_euclid(1_461), julian.rem_euclid(1_461));
        let year_of_cycle = (of_cycle - of_cycle / 1_460) / 365;
        let day_of_year = of_cycle - 365 * year_of_cycle;
        let march_month = (5 * day_of_year + 2) / 153;
        let is_next = march_month > 9;
        let year = 4 * cycle + year_of_cycle + i64::from(is_next);
        let is_leap =
            year.rem_euclid(4) == 0 && (!is_gregorian || year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0);
        let of_year = match is_next {
            true => day_of_year - 305,
            false => day_of_year + 60 + i64::from(is_leap),
        };
        // The ten days that October 1582 has not.
        let missing = if is_gregorian && year == 1582 { 10 } else { 0 };
        Self {
            year: if year > 0 { year } else { 1 - year },
            month: march_month + if is_next { -9 } else { 3 },
            day: day_of_year - (153 * march_month + 2) / 5 + 1,
            of_year: of_year - missing,
        }
    }
}

/// What a letter prints of an instant.
pub(super) fn printed(letter: char, millis: i64) -> String {
    let mut text = String::with_capacity(LONGEST);
    // INVARIANT: writing into a string cannot fail.
    let _ = write(letter, millis, &mut text);
    text
}

fn write(letter: char, millis: i64, text: &mut String) -> std::fmt::Result {
    let (count, of_day) = (millis.div_euclid(DAY_MILLIS), millis.rem_euclid(DAY_MILLIS));
    let (hour, minute, second) = (of_day / 3_600_000, of_day / 60_000 % 60, of_day / 1_000 % 60);
    let twelve = (hour + 11) % 12 + 1;
    let Date {
        year,
        month,
        day,
        of_year,
    } = Date::of(count);
    let month_name = name(&MONTHS, month - 1);
    let day_name = name(&DAYS, (count + FIRST_DAY).rem_euclid(7));
    match letter {
        'H' => write!(text, "{hour:02}"),
        'k' => write!(text, "{hour}"),
        'I' => write!(text, "{twelve:02}"),
        'l' => write!(text, "{twelve}"),
        'M' => write!(text, "{minute:02}"),
        'S' => write!(text, "{second:02}"),
        'L' => write!(text, "{:03}", of_day % 1_000),
        'N' => write!(text, "{:03}000000", of_day % 1_000),
        'p' => text.write_str(if hour < 12 { "am" } else { "pm" }),
        'z' => text.write_str("+0000"),
        'Z' => text.write_str("UTC"),
        's' => write!(text, "{}", millis / 1_000),
        'Q' => write!(text, "{millis}"),
        'B' => text.write_str(month_name),
        'b' | 'h' => text.write_str(short(month_name)),
        'A' => text.write_str(day_name),
        'a' => text.write_str(short(day_name)),
        'C' => write!(text, "{:02}", year / 100),
        'Y' => write!(text, "{year:04}"),
        'y' => write!(text, "{:02}", year % 100),
        'j' => write!(text, "{of_year:03}"),
        'm' => write!(text, "{month:02}"),
        'd' => write!(text, "{day:02}"),
        'e' => write!(text, "{day}"),
        'R' => write!(text, "{hour:02}:{minute:02}"),
        'T' => write!(text, "{hour:02}:{minute:02}:{second:02}"),
        'r' => {
            let half = if hour < 12 { "AM" } else { "PM" };
            write!(text, "{twelve:02}:{minute:02}:{second:02} {half}")
        }
        'D' => write!(text, "{month:02}/{day:02}/{:02}", year % 100),
        'F' => write!(text, "{year:04}-{month:02}-{day:02}"),
        'c' => {
            let (day_name, month_name) = (short(day_name), short(month_name));
            write!(
                text,
                "{day_name} {month_name} {day:02} {hour:02}:{minute:02}:{second:02} UTC {year:04}"
            )
        }
        // INVARIANT: `LETTERS` has no other.
        _ => Ok(()),
    }
}

fn name(names: &[&'static str], index: i64) -> &'static str {
    usize::try_from(index)
        .ok()
        .and_then(|index| names.get(index))
        .copied()
        .unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::{LETTERS, LONGEST, printed};

    #[test]
    fn every_letter_prints_something_that_is_not_too_long() {
        for millis in [0, i64::MAX, i64::MIN, -12_219_292_800_001] {
            for letter in LETTERS.chars() {
                let text = printed(letter, millis);
                assert!((1..=LONGEST).contains(&text.len()), "{letter} {millis}: {text}");
            }
        }
    }
}
