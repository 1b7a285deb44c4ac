//! The text of a DOUBLE: the layout of `java.lang.Double.toString` as of Java 19, and the cast to LONG.

use std::fmt;

use super::decimal::Decimal;

/// The most bytes the text of a DOUBLE has: `-2.2250738585072014E-308`.
pub(crate) const MAX_DOUBLE_TEXT: usize = 24;

/// Writes a DOUBLE as `Double.toString` does: plain from 10^-3 up to 10^7, else with an exponent after one digit.
///
/// # Errors
/// When `out` refuses.
pub(crate) fn write_double(value: f64, out: &mut impl fmt::Write) -> fmt::Result {
    if value.is_nan() {
        return out.write_str("NaN");
    }
    if value.is_sign_negative() {
        out.write_char('-')?;
    }
    if value.is_infinite() {
        return out.write_str("Infinity");
    }
    let decimal = Decimal::shortest(value);
    let digits = decimal.digits();
    match decimal.exponent {
        exponent @ 1..=7 => write_plain(digits, exponent as usize, out),
        exponent @ -2..=0 => {
            out.write_str("0.")?;
            out.write_str("00".get(..exponent.unsigned_abs() as usize).unwrap_or(""))?;
            out.write_str(digits)
        }
        exponent => {
            write_plain(digits, 1, out)?;
            out.write_char('E')?;
            out.write_str(itoa::Buffer::new().format(exponent - 1))
        }
    }
}

/// The digits with a point after the first `whole`, and at least one digit after it.
fn write_plain(digits: &str, whole: usize, out: &mut impl fmt::Write) -> fmt::Result {
    let (before, after) = digits.split_at_checked(whole).unwrap_or((digits, ""));
    out.write_str(before)?;
    out.write_str("0000000".get(..whole.saturating_sub(before.len())).unwrap_or(""))?;
    out.write_char('.')?;
    match after {
        "" => out.write_char('0'),
        after => out.write_str(after),
    }
}

/// Java's cast of a double to a long: towards zero, saturating, NaN as 0 (JLS 5.1.3; Rust's `as` has the same rule).
pub(crate) fn double_to_long(value: f64) -> i64 {
    value as i64
}

#[cfg(test)]
mod tests {
    use super::{MAX_DOUBLE_TEXT, double_to_long, write_double};

    fn text(value: f64) -> String {
        let mut text = String::new();
        write_double(value, &mut text).unwrap();
        assert!(text.len() <= MAX_DOUBLE_TEXT);
        text
    }

    #[test]
    fn the_layout_is_that_of_double_to_string() {
        for (value, expected) in [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1.0, "1.0"),
            (0.001, "0.001"),
            (0.000_999, "9.99E-4"),
            (0.012, "0.012"),
            (0.1 + 0.2, "0.30000000000000004"),
            (100.0, "100.0"),
            (9_999_999.0, "9999999.0"),
            (1e7, "1.0E7"),
            (1.234_567_8e7, "1.2345678E7"),
            (1e10, "1.0E10"),
            (2e23, "2.0E23"),
            (2e-44, "2.0E-44"),
            (1_234_567.891, "1234567.891"),
            (f64::MAX, "1.7976931348623157E308"),
            (f64::MIN_POSITIVE, "2.2250738585072014E-308"),
            (5e-324, "4.9E-324"),
            (f64::NAN, "NaN"),
            (f64::INFINITY, "Infinity"),
            (f64::NEG_INFINITY, "-Infinity"),
        ] {
            assert_eq!(text(value), expected);
        }
    }

    #[test]
    fn the_cast_to_long_saturates() {
        for (value, expected) in [
            (f64::NAN, 0),
            (1e300, i64::MAX),
            (-1e300, i64::MIN),
            (-1.9, -1),
            (f64::INFINITY, i64::MAX),
        ] {
            assert_eq!(double_to_long(value), expected);
        }
    }
}
