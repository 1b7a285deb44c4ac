//! Lengths of time in milliseconds: read from and written as ISO 8601 texts such as `PT5M`, and between two dates.
//!
//! Read: what Joda-Time's `Duration.parse` and that of `java.time` read, that is
//!
//! ```text
//! text = [sign] "P" [number "D"] ["T" [number "H"] [number "M"] [number ["." digits] "S"]]
//! number = [sign] digits; sign = "+" | "-"
//! ```
//!
//! in any case, with a part at least, and one after a `T`; `,` for `.`. A day has 24 hours. What is finer than a millisecond is
//! dropped.

use super::calendar::{DAY, HOUR, MINUTE, SECOND};
use super::error::DateError;
use super::scan::{digits, scan_literal};

const NANOS: i128 = 1_000_000_000;
const NANOS_PER_MILLI: i128 = 1_000_000;
/// The digits of a fraction that count.
const NANO_DIGITS: usize = 9;

/// A text that is read from its beginning.
struct Scanner<'t> {
    text: &'t str,
    at: usize,
    seconds: i64,
    nanos: i64,
}

/// The milliseconds of a text.
pub(crate) fn parse_duration(text: &str) -> Result<i64, DateError> {
    let mut scanner = Scanner {
        text,
        at: 0,
        seconds: 0,
        nanos: 0,
    };
    let is_negative = scanner.sign();
    scanner.literal("P")?;
    let has_days = scanner.part("D", DAY)?;
    if !has_days || scanner.at < text.len() {
        scanner.literal("T")?;
        let has_hours = scanner.part("H", HOUR)?;
        let has_minutes = scanner.part("M", MINUTE)?;
        let has_seconds = scanner.part("S", SECOND)?;
        if !(has_hours || has_minutes || has_seconds) || scanner.at < text.len() {
            return Err(DateError::malformed(text, scanner.at));
        }
    }
    let nanos = i128::from(scanner.seconds) * NANOS + i128::from(scanner.nanos);
    let millis = if is_negative { -nanos } else { nanos } / NANOS_PER_MILLI;
    i64::try_from(millis).map_err(|_| DateError::long_duration(text))
}

impl Scanner<'_> {
    /// Reads a sign, where there is one: whether it is `-`.
    fn sign(&mut self) -> bool {
        let sign = self.text.as_bytes().get(self.at);
        self.at += usize::from(matches!(sign, Some(b'+' | b'-')));
        sign == Some(&b'-')
    }

    fn literal(&mut self, literal: &str) -> Result<(), DateError> {
        self.at = scan_literal(self.text, self.at, literal).map_err(|at| DateError::malformed(self.text, at))?;
        Ok(())
    }

    /// The digits that come next.
    fn digits(&mut self) -> &str {
        let digits = digits(self.text, self.at, usize::MAX);
        self.at += digits.len();
        digits
    }

    /// Reads a number with this unit, of so many milliseconds, and a fraction of seconds; whether it is there.
    fn part(&mut self, unit: &str, millis: i64) -> Result<bool, DateError> {
        let start = self.at;
        let is_negative = self.sign();
        let number_end = self.at + self.digits().len();
        let mut nanos = 0;
        if millis == SECOND && matches!(self.text.as_bytes().get(self.at), Some(b'.' | b',')) {
            self.at += 1;
            nanos = nanos_of(self.digits());
        }
        let Ok(end) = scan_literal(self.text, self.at, unit) else {
            self.at = start;
            return Ok(false);
        };
        self.at = end;
        let number = self.text.get(start..number_end).unwrap_or_default();
        if !number.ends_with(|last: char| last.is_ascii_digit()) {
            return Err(DateError::malformed(self.text, start));
        }
        let count = number.parse().ok();
        let seconds = count.and_then(|count: i64| count.checked_mul(millis / SECOND));
        self.seconds = seconds
            .and_then(|seconds| self.seconds.checked_add(seconds))
            .ok_or_else(|| DateError::long_duration(self.text))?;
        self.nanos = if is_negative { -nanos } else { nanos };
        Ok(true)
    }
}

/// The nanoseconds of the digits of a fraction.
fn nanos_of(digits: &str) -> i64 {
    let digits = digits.bytes().chain(std::iter::repeat(b'0'));
    digits
        .take(NANO_DIGITS)
        .fold(0, |nanos, digit| nanos * 10 + i64::from(digit - b'0'))
}

/// A length of time as `Duration.toString` has it, such as `PT72.345S`.
pub(crate) fn duration_text(millis: i64) -> String {
    let sign = if millis < 0 { "-" } else { "" };
    let (seconds, fraction) = (millis.unsigned_abs() / 1_000, millis.unsigned_abs() % 1_000);
    match fraction {
        0 => format!("PT{sign}{seconds}S"),
        _ => format!("PT{sign}{seconds}.{fraction:03}S"),
    }
}

#[cfg(test)]
mod tests {
    use super::{duration_text, parse_duration};

    #[test]
    fn lengths_are_written_as_joda_does() {
        for (millis, text) in [
            (0, "PT0S"),
            (1, "PT0.001S"),
            (-1, "PT-0.001S"),
            (72_345, "PT72.345S"),
            (-60_000, "PT-60S"),
            (i64::MIN, "PT-9223372036854775.808S"),
            (i64::MAX, "PT9223372036854775.807S"),
        ] {
            assert_eq!(duration_text(millis), text);
            assert_eq!(parse_duration(text), Ok(millis), "{text}");
        }
    }
}
