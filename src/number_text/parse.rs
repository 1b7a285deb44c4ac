//! Numbers out of text, as `Double.parseDouble` and `Long.parseLong` read them.

use super::read_decimal;
use crate::diagnostic::quote;

/// A text that is not a number; it is quoted where that is told.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NumberTextError<'t> {
    /// Nothing to read.
    #[error("an empty text is not a number")]
    Empty,
    /// Not a number's text.
    #[error("{} is not a number", quote(.0))]
    NotANumber(&'t str),
    /// Not an integer's text.
    #[error("{} is not an integer", quote(.0))]
    NotAnInteger(&'t str),
    /// An integer that does not fit into 64 bits.
    #[error("{} does not fit into a LONG", quote(.0))]
    OutOfRange(&'t str),
}

/// The zeros of the scripts other than Latin that have decimal digits, as far as they take one UTF-16 unit: the nine others
/// follow each.
const ZEROS: &[char] = &[
    '\u{660}', '\u{6f0}', '\u{7c0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}', '\u{be6}', '\u{c66}',
    '\u{ce6}', '\u{d66}', '\u{de6}', '\u{e50}', '\u{ed0}', '\u{f20}', '\u{1040}', '\u{1090}', '\u{17e0}', '\u{1810}',
    '\u{1946}', '\u{19d0}', '\u{1a80}', '\u{1a90}', '\u{1b50}', '\u{1bb0}', '\u{1c40}', '\u{1c50}', '\u{a620}',
    '\u{a8d0}', '\u{a900}', '\u{a9d0}', '\u{a9f0}', '\u{aa50}', '\u{abf0}', '\u{ff10}',
];

/// What a decimal digit stands for, as `Character.digit(char, 10)`.
fn digit(character: char) -> Option<i64> {
    if character.is_ascii() {
        return character.to_digit(10).map(i64::from);
    }
    let before = ZEROS.partition_point(|zero| *zero <= character);
    let zero = *ZEROS.get(before.checked_sub(1)?)?;
    let value = u32::from(character) - u32::from(zero);
    (value < 10).then_some(i64::from(value))
}

/// `Long.parseLong`, radix 10: an optional sign and decimal digits of any script, nothing else, not even spaces.
///
/// # Errors
/// When the text is not an integer or does not fit.
pub(crate) fn parse_long(text: &str) -> Result<i64, NumberTextError<'_>> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if text.is_empty() {
        return Err(NumberTextError::Empty);
    }
    if digits.is_empty() {
        return Err(NumberTextError::NotAnInteger(text));
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let mut value = Some(0_i64);
    for character in digits.chars() {
        let digit = digit(character).ok_or(NumberTextError::NotAnInteger(text))?;
        value = value.and_then(|value| value.checked_mul(10)?.checked_add(sign * digit));
    }
    value.ok_or(NumberTextError::OutOfRange(text))
}

/// `Double.parseDouble`: decimal or hexadecimal, with an optional sign and suffix, white space around it dropped.
///
/// White space is every character up to the space, as `String.trim` has it.
///
/// # Errors
/// When the text is not a number. A number too large is an infinity and one too small is zero, as in Java.
pub(crate) fn parse_double(text: &str) -> Result<f64, NumberTextError<'_>> {
    let trimmed = text.trim_matches(|character| character <= ' ');
    if trimmed.is_empty() {
        return Err(NumberTextError::Empty);
    }
    let (negative, unsigned) = match trimmed.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, trimmed.strip_prefix('+').unwrap_or(trimmed)),
    };
    let magnitude = match unsigned {
        "NaN" => Some(f64::NAN),
        "Infinity" => Some(f64::INFINITY),
        _ => {
            let number = unsigned.strip_suffix(['f', 'F', 'd', 'D']).unwrap_or(unsigned);
            match number.strip_prefix("0x").or_else(|| number.strip_prefix("0X")) {
                // A hexadecimal number needs its exponent, so that a final `d` or `f` is always a suffix.
                Some(hexadecimal) => parse_hexadecimal(hexadecimal),
                None => read_decimal(number),
            }
        }
    };
    match magnitude {
        // There is one NaN.
        Some(magnitude) if negative && !magnitude.is_nan() => Ok(-magnitude),
        Some(magnitude) => Ok(magnitude),
        None => Err(NumberTextError::NotANumber(trimmed)),
    }
}

/// What of a hexadecimal mantissa counts: the leading 64 bits, whether any later bit is set, and the binary exponent.
#[derive(Default)]
struct Mantissa {
    bits: u64,
    sticky: bool,
    exponent: i64,
    any_digit: bool,
}

impl Mantissa {
    /// Takes one digit; `after_point` says on which side of the point it stands.
    fn push(&mut self, digit: u64, after_point: bool) {
        self.any_digit = true;
        if self.bits >> 60 == 0 {
            self.bits = (self.bits << 4) | digit;
            self.exponent -= if after_point { 4 } else { 0 };
        } else {
            self.sticky |= digit != 0;
            self.exponent += if after_point { 0 } else { 4 };
        }
    }
}

/// `1.8p3`: hexadecimal digits with an optional point, then a binary exponent.
fn parse_hexadecimal(number: &str) -> Option<f64> {
    let (digits, power) = number.split_once(['p', 'P'])?;
    let mut mantissa = Mantissa::default();
    let mut after_point = false;
    for character in digits.chars() {
        match character.to_digit(16) {
            Some(digit) => mantissa.push(u64::from(digit), after_point),
            None if character == '.' && !after_point => after_point = true,
            None => return None,
        }
    }
    let power = parse_exponent(power)?;
    mantissa
        .any_digit
        .then(|| scale(mantissa.bits, mantissa.sticky, mantissa.exponent.saturating_add(power)))
}

/// A decimal exponent, held within bounds that are far outside a double's range.
fn parse_exponent(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let magnitude = digits.parse::<i64>().unwrap_or(i64::MAX / 4).min(i64::MAX / 4);
    Some(if text.starts_with('-') { -magnitude } else { magnitude })
}

/// The double nearest to `bits × 2^exponent` plus a little where `sticky`; halves go to the even neighbour.
fn scale(bits: u64, sticky: bool, exponent: i64) -> f64 {
    if bits == 0 {
        return 0.0;
    }
    let leading = i64::from(bits.leading_zeros());
    let bits = bits << leading;
    // The value is bits × 2^(top - 63), with bit 63 set.
    let top = exponent.saturating_sub(leading).saturating_add(63);
    if top > 1023 {
        return f64::INFINITY;
    }
    // Below 2^-1022 each step down leaves one bit less.
    let kept = (if top >= -1022 { 53 } else { 53 + top + 1022 }).max(-1);
    if kept < 0 {
        return 0.0;
    }
    let dropped = (64 - kept) as u32;
    let (mut significand, rest) = match dropped {
        64 => (0, bits),
        _ => (bits >> dropped, bits << (64 - dropped)),
    };
    let half = 1_u64 << 63;
    if rest > half || (rest == half && (sticky || significand & 1 == 1)) {
        significand += 1;
    }
    // Adding, not or-ing: a carry out of the significand is the next exponent, up to infinity.
    let biased = if top >= -1022 { (top + 1022) as u64 } else { 0 };
    f64::from_bits((biased << 52) + significand)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{NumberTextError, parse_double, parse_long};
    use crate::number_text::write_double;

    /// Facts of Java 25: `{"parse": text, "double": bits or null, "long": text or null}` or `{"bits": …, "text": …}`.
    const FACTS: &str = include_str!("../../tests/java/number.jsonl");

    #[test]
    fn numbers_are_read_and_written_as_java_does() {
        for line in FACTS.lines() {
            let fact: Value = serde_json::from_str(line).unwrap();
            let bits = |key: &str| fact[key].as_str().map(|bits| u64::from_str_radix(bits, 16).unwrap());
            if let Some(text) = fact["parse"].as_str() {
                assert_eq!(parse_double(text).ok().map(f64::to_bits), bits("double"), "{line}");
                let long = fact["long"].as_str().map(|long| long.parse().unwrap());
                assert_eq!(parse_long(text).ok(), long, "{line}");
            } else {
                let mut text = String::new();
                write_double(f64::from_bits(bits("bits").unwrap()), &mut text).unwrap();
                assert_eq!(fact["text"].as_str(), Some(text.as_str()), "{line}");
            }
        }
    }

    #[test]
    fn an_error_says_what_is_wrong() {
        for (error, message) in [
            (parse_long("").unwrap_err(), "an empty text is not a number"),
            (parse_long(" 1").unwrap_err(), "` 1` is not an integer"),
            (parse_long("𝟑").unwrap_err(), "`𝟑` is not an integer"),
            (
                parse_long("9223372036854775808").unwrap_err(),
                "`9223372036854775808` does not fit into a LONG",
            ),
            (parse_double("inf").unwrap_err(), "`inf` is not a number"),
            (NumberTextError::Empty, "an empty text is not a number"),
        ] {
            assert_eq!(error.to_string(), message);
        }
    }
}
