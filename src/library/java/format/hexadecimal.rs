//! The radix forms: `%x` and `%o` of integers, `%a` of doubles.

use super::super::sink::Sink;
use super::number::{Magnitude, print_signed};
use super::spec::{Flags, Spec};

/// The most digits a 64-bit value has in octal.
const MAX_DIGITS: usize = 22;
/// The hexadecimal digits of a double's fraction.
const FRACTION_DIGITS: usize = 13;

/// Digits of a power-of-two radix, written from the end of a buffer.
struct RadixText {
    bytes: [u8; MAX_DIGITS],
    start: usize,
}

impl RadixText {
    /// The value's digits of `bits` bits each, at least `least` of them.
    fn new(mut value: u64, bits: u32, least: usize, upper: bool) -> Self {
        let mut text = Self {
            bytes: [b'0'; MAX_DIGITS],
            start: MAX_DIGITS,
        };
        let alphabet = if upper {
            b"0123456789ABCDEF"
        } else {
            b"0123456789abcdef"
        };
        let mask = (1_u64 << bits) - 1;
        for (count, slot) in text.bytes.iter_mut().rev().enumerate() {
            if value == 0 && count >= least {
                break;
            }
            *slot = alphabet.get((value & mask) as usize).copied().unwrap_or(b'0');
            value >>= bits;
            text.start -= 1;
        }
        text
    }

    fn as_str(&self) -> &str {
        std::str::from_utf8(self.bytes.get(self.start..).unwrap_or(b"0")).unwrap_or("0")
    }
}

/// `%x` of a value's two's complement.
pub(super) fn print_hexadecimal<S: Sink>(spec: &Spec, value: u64, sink: &mut S) -> Result<(), S::Error> {
    let prefix = match (spec.flags.has(Flags::ALTERNATE), spec.upper) {
        (true, true) => "0X",
        (true, false) => "0x",
        (false, _) => "",
    };
    let digits = RadixText::new(value, 4, 1, spec.upper);
    let magnitude = Magnitude::whole(prefix, digits.as_str());
    print_signed(spec, false, spec.flags.has(Flags::ZERO), &magnitude, sink)
}

/// `%o` of a value's two's complement.
pub(super) fn print_octal<S: Sink>(spec: &Spec, value: u64, sink: &mut S) -> Result<(), S::Error> {
    let prefix = if spec.flags.has(Flags::ALTERNATE) { "0" } else { "" };
    let digits = RadixText::new(value, 3, 1, false);
    let magnitude = Magnitude::whole(prefix, digits.as_str());
    print_signed(spec, false, spec.flags.has(Flags::ZERO), &magnitude, sink)
}

/// `%h`: a hash code in hexadecimal, to be printed as a text.
pub(super) fn with_hash_text<R>(hash: i32, print: impl FnOnce(&str) -> R) -> R {
    print(RadixText::new(u64::from(hash as u32), 4, 1, false).as_str())
}

/// A finite double in hexadecimal: its leading digit, 13 digits of fraction and binary exponent.
struct Binary {
    whole: u64,
    fraction: u64,
    exponent: i32,
}

impl Binary {
    /// The exact value, as `Double.toHexString` writes it.
    fn exact(value: f64) -> Self {
        let bits = value.to_bits();
        let fraction = bits & ((1 << 52) - 1);
        match (bits >> 52) as i32 & 0x7ff {
            0 if fraction == 0 => Self {
                whole: 0,
                fraction,
                exponent: 0,
            },
            0 => Self {
                whole: 0,
                fraction,
                exponent: -1022,
            },
            biased => Self {
                whole: 1,
                fraction,
                exponent: biased - 1023,
            },
        }
    }

    /// The value rounded to `digits` digits of fraction, halves to even; subnormal numbers are normalised first.
    fn rounded(value: f64, digits: usize) -> Self {
        let mut binary = Self::exact(value);
        if binary.whole == 0 {
            let shift = binary.fraction.leading_zeros().saturating_sub(11);
            binary.fraction = (binary.fraction << shift) & ((1 << 52) - 1);
            binary.exponent -= shift as i32;
            binary.whole = 1;
        }
        let dropped = 4 * FRACTION_DIGITS.saturating_sub(digits) as u32;
        let unit = 1_u64 << dropped;
        let rest = binary.fraction & (unit - 1);
        let mut significand = (1 << 52) | (binary.fraction - rest);
        if rest > unit / 2 || (rest == unit / 2 && significand & unit != 0) {
            significand += unit;
        }
        if significand >> 53 == 1 {
            // Only zeros are left behind the leading digit.
            significand = 1 << 52;
            binary.exponent += 1;
        }
        binary.fraction = significand & ((1 << 52) - 1);
        binary
    }
}

/// `%a` of a finite double.
pub(super) fn print_binary<S: Sink>(spec: &Spec, value: f64, sink: &mut S) -> Result<(), S::Error> {
    // Java prints one digit where none is asked for, and all that are needed where nothing is said.
    let precision = spec.precision.map(|precision| precision.max(1));
    let binary = match precision {
        Some(digits) if digits < FRACTION_DIGITS && value != 0.0 => Binary::rounded(value, digits),
        _ => Binary::exact(value),
    };
    let digits = RadixText::new(binary.fraction, 4, FRACTION_DIGITS, spec.upper);
    let significant = digits.as_str().trim_end_matches('0').len().max(1);
    let fraction = digits.as_str().get(..significant).unwrap_or("0");
    let mut buffer = itoa::Buffer::new();
    let digits = buffer.format(binary.exponent);
    let mut exponent = [if spec.upper { b'P' } else { b'p' }; 8];
    let length = digits.len() + 1;
    if let Some(target) = exponent.get_mut(1..length) {
        target.copy_from_slice(digits.as_bytes());
    }
    let trailing_zeros = precision.unwrap_or(0).saturating_sub(fraction.len());
    let zero_pad = spec.flags.has(Flags::ZERO);
    // Java pads with zeros before it adds those of the precision, and so passes the width by as many.
    let mut spec = *spec;
    if zero_pad {
        spec.width = spec.width.map(|width| width.saturating_add(trailing_zeros));
    }
    let magnitude = Magnitude {
        prefix: if spec.upper { "0X" } else { "0x" },
        whole: if binary.whole == 0 { "0" } else { "1" },
        point: true,
        leading_zeros: 0,
        fraction,
        trailing_zeros,
        exponent: std::str::from_utf8(exponent.get(..length).unwrap_or(b"p0")).unwrap_or("p0"),
    };
    print_signed(&spec, value.is_sign_negative(), zero_pad, &magnitude, sink)
}
