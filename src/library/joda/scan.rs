//! Reads the pieces that dates are written in: digits, fractions, offsets. Each takes a text and a byte position and
//! gives the value and the position after it, or the position of the first thing that does not fit.
//!
//! Rules: the parsers of Joda-Time's `DateTimeFormatterBuilder`.

use super::calendar::{HOUR, MINUTE, SECOND};

/// What was read and the position after it, or the position that does not fit.
pub(super) type Scan<T> = Result<(T, usize), usize>;

/// The digits (0 to 9) that a text has at a position, at most `most`.
pub(super) fn digits(text: &str, position: usize, most: usize) -> &str {
    let rest = text.get(position..).unwrap_or("");
    let length = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
    rest.get(..length).unwrap_or("")
}

/// The byte at a position.
fn byte_at(text: &str, position: usize) -> Option<u8> {
    text.as_bytes().get(position).copied()
}

/// A whole number of at most `most_digits` digits, with a sign before it where `signed`. As in Java it fits an `int`.
pub(super) fn scan_number(text: &str, position: usize, most_digits: usize, signed: bool) -> Scan<i64> {
    // A sign needs room for a digit beside it: Joda-Time refuses one before a field of a single digit.
    let sign = byte_at(text, position).filter(|byte| signed && most_digits > 1 && matches!(byte, b'+' | b'-'));
    let start = position + usize::from(sign.is_some());
    let digits = digits(text, start, most_digits);
    let magnitude: i64 = digits.parse().map_err(|_| position)?;
    let value = if sign == Some(b'-') { -magnitude } else { magnitude };
    match i32::try_from(value) {
        Ok(_) => Ok((value, start + digits.len())),
        Err(_) => Err(position),
    }
}

/// Exactly two digits, as a number up to `most`.
fn scan_pair(text: &str, position: usize, most: i64) -> Scan<i64> {
    let pair = digits(text, position, 2);
    match pair.parse() {
        Ok(value) if pair.len() == 2 && value <= most => Ok((value, position + 2)),
        Ok(_) | Err(_) => Err(position),
    }
}

/// The digits of a decimal fraction, 1 to `most_digits`, of a whole of `whole` milliseconds; what is finer is
/// dropped.
pub(super) fn scan_fraction(text: &str, position: usize, most_digits: usize, whole: i64) -> Scan<i64> {
    let digits = digits(text, position, most_digits);
    if digits.is_empty() {
        return Err(position);
    }
    // One digit more than milliseconds have, as Joda-Time sums them: the tenth of a millisecond can carry.
    let mut unit = whole * 10;
    let mut tenths = 0;
    for digit in digits.bytes() {
        unit /= 10;
        tenths += i64::from(digit - b'0') * unit;
    }
    Ok((tenths / 10, position + digits.len()))
}

/// A UTC offset in milliseconds: `+hh`, `+hhmm`, `+hh:mm`, and on to seconds and milliseconds in either style.
pub(super) fn scan_offset(text: &str, position: usize) -> Scan<i64> {
    let negative = match byte_at(text, position) {
        Some(b'+') => false,
        Some(b'-') => true,
        Some(_) | None => return Err(position),
    };
    let (hours, mut position) = scan_pair(text, position + 1, 23)?;
    let mut offset = hours * HOUR;
    let separated = byte_at(text, position) == Some(b':');
    for unit in [MINUTE, SECOND] {
        match next_part(text, position, separated, b":") {
            None => return Ok((signed(offset, negative), position)),
            Some(start) => {
                let (value, end) = scan_pair(text, start, 59)?;
                offset += value * unit;
                position = end;
            }
        }
    }
    if let Some(start) = next_part(text, position, separated, b".,") {
        let (millis, end) = scan_fraction(text, start, 3, SECOND)?;
        offset += millis;
        position = end;
    }
    Ok((signed(offset, negative), position))
}

/// Where the next part of an offset begins: after a separator, or at a digit where the parts are not separated.
fn next_part(text: &str, position: usize, separated: bool, separators: &[u8]) -> Option<usize> {
    let byte = byte_at(text, position)?;
    if separated {
        separators.contains(&byte).then_some(position + 1)
    } else {
        byte.is_ascii_digit().then_some(position)
    }
}

/// The value with a sign.
const fn signed(value: i64, negative: bool) -> i64 {
    if negative { -value } else { value }
}

/// The position after `literal`, which stands at a position in any case.
pub(super) fn scan_literal(text: &str, position: usize, literal: &str) -> Result<usize, usize> {
    let mut rest = text.get(position..).unwrap_or("").chars();
    for wanted in literal.chars() {
        match rest.next() {
            Some(given) if is_same_letter(given, wanted) => {}
            Some(_) | None => return Err(position),
        }
    }
    Ok(text.len() - rest.as_str().len())
}

/// Whether two characters differ at most in case.
fn is_same_letter(one: char, two: char) -> bool {
    if one.is_ascii() && two.is_ascii() {
        return one.eq_ignore_ascii_case(&two);
    }
    one == two || one.to_uppercase().eq(two.to_uppercase()) || one.to_lowercase().eq(two.to_lowercase())
}
