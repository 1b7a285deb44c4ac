//! The text of numbers as Java prints them.

use std::fmt::Write as _;

/// Appends a LONG's text.
pub(crate) fn push_long(out: &mut String, value: i64) {
    let mut digits = [0_u8; 20];
    let mut start = digits.len();
    let mut rest = value.unsigned_abs();
    loop {
        start -= 1;
        if let Some(digit) = digits.get_mut(start) {
            *digit = b'0' + (rest % 10) as u8;
        }
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        out.push('-');
    }
    out.extend(digits.iter().skip(start).map(|&digit| char::from(digit)));
}

/// Appends a DOUBLE's text as `java.lang.Double.toString` gives it: plain between 10^-3 and 10^7, else with an exponent;
/// always with at least one digit after the point. The digits are the fewest that read back as the same number.
pub(crate) fn push_double(out: &mut String, value: f64) {
    if value.is_nan() {
        return out.push_str("NaN");
    }
    if value.is_infinite() {
        return out.push_str(if value > 0.0 { "Infinity" } else { "-Infinity" });
    }
    if value.is_sign_negative() {
        out.push('-');
    }
    let magnitude = value.abs();
    if magnitude == 0.0 {
        return out.push_str("0.0");
    }
    if (1e-3..1e7).contains(&magnitude) {
        let start = out.len();
        // Writing to a String cannot fail.
        let _ = write!(out, "{magnitude}");
        let whole = !out.get(start..).unwrap_or("").contains('.');
        if whole {
            out.push_str(".0");
        }
        return;
    }
    let start = out.len();
    let _ = write!(out, "{magnitude:e}");
    let written = out.get(start..).unwrap_or("").to_owned();
    out.truncate(start);
    let (digits, exponent) = written.split_once('e').unwrap_or((&written, "0"));
    out.push_str(digits);
    if !digits.contains('.') {
        out.push_str(".0");
    }
    out.push('E');
    out.push_str(exponent);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_print_as_in_java() {
        let doubles = [
            (1.0, "1.0"),
            (-0.0, "-0.0"),
            (0.001, "0.001"),
            (0.0001, "1.0E-4"),
            (1e7, "1.0E7"),
            (9_999_999.0, "9999999.0"),
            (1.1 * 1.1, "1.2100000000000002"),
            (1e300, "1.0E300"),
            (123_456_789_012_345_680.0, "1.2345678901234568E17"),
            (f64::MIN_POSITIVE, "2.2250738585072014E-308"),
            (5e-324, "4.9E-324"),
            (f64::NAN, "NaN"),
        ];
        for (value, text) in doubles {
            let mut out = String::new();
            push_double(&mut out, value);
            assert_eq!(out, text);
        }
        for value in [0, 7, -7, i64::MAX, i64::MIN] {
            let mut out = String::new();
            push_long(&mut out, value);
            assert_eq!(out, value.to_string());
        }
    }
}
