//! The layout of decimal numbers: sign, grouping, zero padding, and the forms of `%d`, `%f`, `%e` and `%g`.
//!
//! A number is laid out as a few short texts and counts of zeros, so that no buffer grows with a precision. Digits of
//! a double are its shortest decimal, rounded half up, as in `java.util.Formatter` since Java 21.

use super::super::sink::Sink;
use super::spec::{Conversion, Flags, Spec};
use crate::number_text::{Decimal, LongText};

/// The most digits before the point: those of the largest double.
const MAX_WHOLE_DIGITS: usize = 309;
/// The same with a separator after every third digit.
const MAX_WHOLE_TEXT: usize = MAX_WHOLE_DIGITS + MAX_WHOLE_DIGITS / 3;

/// A number's magnitude in the order it is printed.
pub(super) struct Magnitude<'a> {
    /// `0x` and the like, before the zeros of zero padding.
    pub(super) prefix: &'a str,
    /// The digits before the point.
    pub(super) whole: &'a str,
    /// Whether there is a point.
    pub(super) point: bool,
    /// Zeros right after the point.
    pub(super) leading_zeros: usize,
    /// The digits after those.
    pub(super) fraction: &'a str,
    /// Zeros after those.
    pub(super) trailing_zeros: usize,
    /// The exponent with its letter and sign.
    pub(super) exponent: &'a str,
}

impl<'a> Magnitude<'a> {
    /// An integer's or a word's magnitude.
    pub(super) fn whole(prefix: &'a str, whole: &'a str) -> Self {
        Self {
            prefix,
            whole,
            point: false,
            leading_zeros: 0,
            fraction: "",
            trailing_zeros: 0,
            exponent: "",
        }
    }

    fn length(&self) -> usize {
        [
            self.prefix.len(),
            self.whole.len(),
            usize::from(self.point),
            self.leading_zeros,
            self.fraction.len(),
            self.trailing_zeros,
            self.exponent.len(),
        ]
        .into_iter()
        .fold(0, usize::saturating_add)
    }
}

/// Writes a text that is not empty.
fn write_some<S: Sink>(text: &str, sink: &mut S) -> Result<(), S::Error> {
    if text.is_empty() { Ok(()) } else { sink.write(text) }
}

/// Pads with a count that is not zero.
pub(super) fn pad_some<S: Sink>(filler: char, count: usize, sink: &mut S) -> Result<(), S::Error> {
    if count == 0 { Ok(()) } else { sink.pad(filler, count) }
}

/// Prints a number with its sign, padded to the width by spaces or, where `zero_pad`, by zeros behind the sign.
pub(super) fn print_signed<S: Sink>(
    spec: &Spec,
    negative: bool,
    zero_pad: bool,
    magnitude: &Magnitude<'_>,
    sink: &mut S,
) -> Result<(), S::Error> {
    let (sign, closing) = match negative {
        true if spec.flags.has(Flags::PARENTHESES) => ("(", ")"),
        true => ("-", ""),
        false if spec.flags.has(Flags::PLUS) => ("+", ""),
        false if spec.flags.has(Flags::SPACE) => (" ", ""),
        false => ("", ""),
    };
    let length = magnitude.length().saturating_add(sign.len() + closing.len());
    let missing = spec.width.unwrap_or(0).saturating_sub(length);
    let (before, zeros, after) = match () {
        () if spec.flags.has(Flags::LEFT) => (0, 0, missing),
        () if zero_pad => (0, missing, 0),
        () => (missing, 0, 0),
    };
    pad_some(' ', before, sink)?;
    write_some(sign, sink)?;
    write_some(magnitude.prefix, sink)?;
    pad_some('0', zeros, sink)?;
    write_some(magnitude.whole, sink)?;
    write_some(if magnitude.point { "." } else { "" }, sink)?;
    pad_some('0', magnitude.leading_zeros, sink)?;
    write_some(magnitude.fraction, sink)?;
    pad_some('0', magnitude.trailing_zeros, sink)?;
    write_some(magnitude.exponent, sink)?;
    write_some(closing, sink)?;
    pad_some(' ', after, sink)
}

/// Digits before the point, grouped where asked, on the stack.
struct WholeText {
    bytes: [u8; MAX_WHOLE_TEXT],
    length: usize,
}

impl WholeText {
    /// The digits, and zeros after them up to `count` digits.
    fn new(digits: &str, count: usize, grouped: bool) -> Self {
        let mut text = Self {
            bytes: [b'0'; MAX_WHOLE_TEXT],
            length: 0,
        };
        let digits = digits.bytes().chain(std::iter::repeat(b'0'));
        for (position, digit) in digits.take(count).enumerate() {
            if grouped && position > 0 && (count - position).is_multiple_of(3) {
                text.push(b',');
            }
            text.push(digit);
        }
        text
    }

    fn push(&mut self, byte: u8) {
        if let Some(slot) = self.bytes.get_mut(self.length) {
            *slot = byte;
            self.length += 1;
        }
    }

    fn as_str(&self) -> &str {
        std::str::from_utf8(self.bytes.get(..self.length).unwrap_or(b"0")).unwrap_or("0")
    }
}

/// `%d`.
pub(super) fn print_integer<S: Sink>(spec: &Spec, value: i64, sink: &mut S) -> Result<(), S::Error> {
    let mut text = LongText::new();
    let digits = text.of(value).trim_start_matches('-');
    let whole = WholeText::new(digits, digits.len(), spec.flags.has(Flags::GROUP));
    let magnitude = Magnitude::whole("", whole.as_str());
    print_signed(spec, value < 0, spec.flags.has(Flags::ZERO), &magnitude, sink)
}

/// `%f`, `%e` and `%g` of a finite double.
pub(super) fn print_decimal<S: Sink>(spec: &Spec, value: f64, sink: &mut S) -> Result<(), S::Error> {
    let precision = spec.precision.unwrap_or(6);
    let mut decimal = Decimal::shortest(value);
    match spec.conversion {
        Conversion::Scientific => {
            decimal.round_to(precision.saturating_add(1));
            print_scientific(spec, value, &decimal, precision, sink)
        }
        Conversion::General => print_general(spec, value, &mut decimal, precision.max(1), sink),
        Conversion::Fixed
        | Conversion::Boolean
        | Conversion::HashCode
        | Conversion::Text
        | Conversion::Character
        | Conversion::Decimal
        | Conversion::Octal
        | Conversion::Hexadecimal
        | Conversion::HexadecimalFloat
        | Conversion::Date(_)
        | Conversion::Percent
        | Conversion::NewLine => {
            let kept = i64::from(decimal.exponent) + precision as i64;
            if let Ok(kept) = usize::try_from(kept) {
                decimal.round_to(kept);
            }
            print_fixed(spec, value, &decimal, precision, sink)
        }
    }
}

/// `%g`: `precision` significant digits, plain from 10^-4 up to 10^precision.
fn print_general<S: Sink>(
    spec: &Spec,
    value: f64,
    decimal: &mut Decimal,
    precision: usize,
    sink: &mut S,
) -> Result<(), S::Error> {
    decimal.round_to(precision);
    let exponent = i64::from(decimal.exponent);
    let plain = exponent > -4 && exponent <= precision as i64;
    if plain {
        print_fixed(spec, value, decimal, (precision as i64 - exponent) as usize, sink)
    } else {
        print_scientific(spec, value, decimal, precision - 1, sink)
    }
}

/// All digits before the point, and `precision` after it.
fn print_fixed<S: Sink>(
    spec: &Spec,
    value: f64,
    decimal: &Decimal,
    precision: usize,
    sink: &mut S,
) -> Result<(), S::Error> {
    let before = usize::try_from(decimal.exponent).unwrap_or(0);
    let leading_zeros = if before == 0 {
        decimal.exponent.unsigned_abs() as usize
    } else {
        0
    }
    .min(precision);
    sink.steps(before as u64 / 8)?;
    let digits = precision - leading_zeros;
    let fraction = decimal.part(before, before.saturating_add(digits));
    let whole = WholeText::new(decimal.part(0, before), before.max(1), spec.flags.has(Flags::GROUP));
    let magnitude = Magnitude {
        prefix: "",
        whole: whole.as_str(),
        point: precision > 0 || spec.flags.has(Flags::ALTERNATE),
        leading_zeros,
        fraction,
        trailing_zeros: digits - fraction.len(),
        exponent: "",
    };
    print_signed(
        spec,
        value.is_sign_negative(),
        spec.flags.has(Flags::ZERO),
        &magnitude,
        sink,
    )
}

/// One digit before the point, `precision` after it, and an exponent of at least two digits.
fn print_scientific<S: Sink>(
    spec: &Spec,
    value: f64,
    decimal: &Decimal,
    precision: usize,
    sink: &mut S,
) -> Result<(), S::Error> {
    let fraction = decimal.part(1, precision.saturating_add(1));
    let exponent = decimal.exponent - 1;
    let letter = if spec.upper { b'E' } else { b'e' };
    let sign = if exponent < 0 { b'-' } else { b'+' };
    let size = exponent.unsigned_abs();
    let digit = |power: u32| b'0' + (size / power % 10) as u8;
    let long = [letter, sign, digit(100), digit(10), digit(1)];
    let short = [letter, sign, digit(10), digit(1)];
    let exponent: &[u8] = if size >= 100 { &long } else { &short };
    let magnitude = Magnitude {
        prefix: "",
        whole: decimal.part(0, 1),
        point: precision > 0 || spec.flags.has(Flags::ALTERNATE),
        leading_zeros: 0,
        fraction,
        trailing_zeros: precision - fraction.len(),
        exponent: std::str::from_utf8(exponent).unwrap_or(""),
    };
    print_signed(
        spec,
        value.is_sign_negative(),
        spec.flags.has(Flags::ZERO),
        &magnitude,
        sink,
    )
}
