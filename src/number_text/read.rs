//! Decimal digits to the nearest DOUBLE, in time that the length of the text bounds.
//!
//! The standard library reads up to 19 digits at once. Of more it may compute all digits of the exact value, hundreds of them, which
//! takes as long as reading ten thousand characters. Those are read by `serde_json`, whose large integers take no longer than the
//! digits do.

/// The most significant digits that the standard library reads at once.
const AT_ONCE: usize = 19;
/// The most significant digits of any value halfway between two doubles: of later ones it counts whether any is not zero.
/// `serde_json` takes two more for exact.
const COUNTED: usize = 767;
/// Beyond these powers of ten there are infinity and zero alone.
const LARGEST: i64 = 400;

/// Digits with an optional point and exponent, without a sign; `None` if the text is not one.
pub(crate) fn read_decimal(text: &str) -> Option<f64> {
    let starts = text.starts_with(|first: char| first.is_ascii_digit() || first == '.');
    if !starts {
        return None;
    }
    if text.len() <= AT_ONCE {
        return text.parse().ok();
    }
    let number = Decimal::of(text)?;
    if number.digits.len() <= AT_ONCE {
        return text.parse().ok();
    }
    match number.exponent.saturating_add(number.digits.len() as i64) {
        power if power > LARGEST => Some(f64::INFINITY),
        power if power < -LARGEST => Some(0.0),
        _ => Some(number.nearest()),
    }
}

/// Significant digits, the first of which is not zero, times a power of ten.
#[derive(Default)]
struct Decimal {
    digits: String,
    exponent: i64,
}

impl Decimal {
    fn of(text: &str) -> Option<Self> {
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, read_exponent(exponent)?),
            None => (text, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        if whole.is_empty() && fraction.is_empty() {
            return None;
        }
        let mut number = Self {
            exponent,
            ..Self::default()
        };
        let mut more = false;
        for (part, after_point) in [(whole, false), (fraction, true)] {
            for digit in part.bytes() {
                if !digit.is_ascii_digit() {
                    return None;
                }
                more |= !number.push(digit, after_point) && digit != b'0';
            }
        }
        if more {
            number.digits.push('1');
            number.exponent = number.exponent.saturating_sub(1);
        }
        Some(number)
    }

    /// Takes the next digit. Gives whether it is among those that are counted, or a zero before them.
    fn push(&mut self, digit: u8, after_point: bool) -> bool {
        let leading = self.digits.is_empty() && digit == b'0';
        let counted = self.digits.len() < COUNTED;
        if counted && !leading {
            self.digits.push(char::from(digit));
        }
        // A digit after the point that is taken moves the power down; one before the point that is not moves it up.
        match (counted, after_point) {
            (true, true) => self.exponent = self.exponent.saturating_sub(1),
            (false, false) => self.exponent = self.exponent.saturating_add(1),
            (true, false) | (false, true) => {}
        }
        counted
    }

    fn nearest(mut self) -> f64 {
        self.digits.push('e');
        self.digits.push_str(itoa::Buffer::new().format(self.exponent));
        // What is refused is too large.
        serde_json::from_str(&self.digits).unwrap_or(f64::INFINITY)
    }
}

/// The digits of an exponent; what does not fit is as good as the largest.
fn read_exponent(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let exponent = digits.parse().unwrap_or(i64::MAX);
    Some(if text.starts_with('-') { -exponent } else { exponent })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The standard library is right as well, and slow.
    fn assert_as_the_standard_library(text: &str) {
        let ours = read_decimal(text).map(f64::to_bits);
        assert_eq!(ours, text.parse().ok().map(f64::to_bits), "{text}");
    }

    #[test]
    fn long_decimals_are_read_to_the_nearest() {
        let zeros = "0".repeat(900);
        let nines = "9".repeat(900);
        for text in [
            "17976931348623156083e289",
            "179769313486231580793728971405301e276",
            "179769313486231580793728971405304e276",
            "89884656743115825324e288",
            "24703282292062327208e-343",
            "24703282292062327209e-343",
            "12351641146031163604e-342",
            "22250738585072011360e-327",
            "9007199254740993.0000000000000",
            "9007199254740993.00000000000000000000001",
            "9007199254740992.99999999999999999999",
            "00000000000000000000000.5",
            "0.00000000000000000000000000000000000000000000000000012345678901234567890123",
            "100000000000000000000000000000",
            "1.",
            "123456789012345678901234567890.",
            ".12345678901234567890123",
            "12345678901234567890123e99999999999999999999",
            "12345678901234567890123e-99999999999999999999",
            "00000000000000000000000e99999999999999999999",
            "1234567890123456789012e",
            "1234567890123456789012e+",
            "1234567890123456789012.3.4",
            "1234567890123456789012x",
            "1234567890123456789012e5.0",
            "..00000000000000000000",
            ".",
            "",
            ".e5",
            "12345678901234567890123inf",
        ] {
            assert_as_the_standard_library(text);
        }
        for text in [
            format!("{nines}.{nines}"),
            format!("1{zeros}e-900"),
            format!("0.{zeros}1e901"),
            format!("{nines}e-590"),
            format!("9007199254740993{zeros}e-900"),
            format!("9007199254740993{zeros}1e-901"),
            format!("9007199254740993.{zeros}{zeros}1"),
            format!("4.{nines}e-324"),
            format!("2.{nines}{zeros}7e-324"),
        ] {
            assert_as_the_standard_library(&text);
        }
    }

    #[test]
    fn random_long_decimals_are_read_to_the_nearest() {
        let mut state = 7_u64;
        let mut draw = |most: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % most
        };
        for _ in 0..20_000 {
            let value = f64::from_bits(draw(1 << 31) << 32 | draw(1 << 31)).abs();
            // The exact digits of a value, of one halfway to the next, and those next to them.
            let mut text = format!("{:.*e}", 18 + draw(60) as usize, value);
            let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
            text = format!("{mantissa}{}e{exponent}", draw(1_000));
            if value.is_finite() {
                assert_as_the_standard_library(&text);
            }
        }
    }
}
