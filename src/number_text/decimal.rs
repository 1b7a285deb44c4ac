//! The shortest decimal digits that name a double, on the stack.

/// The most significant digits the shortest decimal of a double has.
pub(crate) const MAX_DIGITS: usize = 17;

/// The smallest double, 4.9406564584124654E-324, in units of 10^-340.
const SMALLEST: u64 = 49_406_564_584_124_654;

/// A finite double's magnitude as `0.d₁d₂…dₙ × 10^exponent`, with the fewest digits that read back as the same double.
///
/// Zero is the one digit `0` with exponent 1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Decimal {
    digits: [u8; MAX_DIGITS],
    length: usize,
    /// Where the decimal point stands, counted from before the first digit.
    pub(crate) exponent: i32,
}

impl Decimal {
    /// The shortest decimal of a finite value's magnitude; NaN and infinities give zero.
    pub(crate) fn shortest(value: f64) -> Self {
        let mut decimal = Self {
            digits: [b'0'; MAX_DIGITS],
            length: 0,
            exponent: 0,
        };
        if !value.is_finite() || value == 0.0 {
            decimal.length = 1;
            decimal.exponent = 1;
            return decimal;
        }
        let mut buffer = zmij::Buffer::new();
        decimal.read(buffer.format_finite(value.abs()));
        if decimal.length == 1 {
            decimal.prefer_two_digits(value.abs().to_bits());
        }
        decimal
    }

    /// `Double.toString` prefers, where one digit would do, the nearest two: 4.9E-324 and not 5E-324. Only where doubles are
    /// further apart than two digits are is there a difference: for the first hundred, `bits` times the smallest.
    fn prefer_two_digits(&mut self, bits: u64) {
        if bits >= 100 {
            return;
        }
        // In units of 10^-340.
        let magnitude = bits * SMALLEST;
        let places = magnitude.checked_ilog10().unwrap_or_default();
        let second = 10_u64.pow(places.saturating_sub(1));
        let digits = (magnitude + second / 2) / second;
        if (digits * second).abs_diff(magnitude) < SMALLEST / 2 && digits < 100 {
            self.digits[0] = b'0' + (digits / 10) as u8;
            self.digits[1] = b'0' + (digits % 10) as u8;
            self.length = if digits.is_multiple_of(10) { 1 } else { 2 };
            self.exponent = places as i32 + 1 - 340;
        }
    }

    /// Takes the digits of a positive number's text: digits, an optional fraction, an optional exponent.
    fn read(&mut self, text: &str) {
        let (mantissa, power) = text.split_once('e').unwrap_or((text, "0"));
        let mut point = 0;
        let mut in_fraction = false;
        for byte in mantissa.bytes() {
            match byte {
                b'.' => in_fraction = true,
                b'0' if self.length == 0 => point -= i32::from(in_fraction),
                _ => {
                    point += i32::from(!in_fraction);
                    if let Some(slot) = self.digits.get_mut(self.length) {
                        *slot = byte;
                        self.length += 1;
                    }
                }
            }
        }
        self.exponent = point + power.parse::<i32>().unwrap_or(0);
        while self.length > 1 && self.digits.get(self.length - 1) == Some(&b'0') {
            self.length -= 1;
        }
    }

    /// The significant digits, without zeros at the end.
    pub(crate) fn digits(&self) -> &str {
        std::str::from_utf8(self.digits.get(..self.length).unwrap_or(b"0")).unwrap_or("0")
    }

    /// The digits from `from` up to, but without, `to`, as far as there are any.
    pub(crate) fn part(&self, from: usize, to: usize) -> &str {
        let to = to.min(self.length);
        self.digits().get(from.min(to)..to).unwrap_or("")
    }

    /// Rounds to `count` significant digits, halves away from zero.
    ///
    /// A count of zero decides between nothing and one unit above the first digit.
    pub(crate) fn round_to(&mut self, count: usize) {
        if count >= self.length {
            return;
        }
        let up = self.digits.get(count).is_some_and(|&digit| digit >= b'5');
        self.length = count;
        if up {
            self.increment();
        }
        while self.length > 0 && self.digits.get(self.length - 1) == Some(&b'0') {
            self.length -= 1;
        }
        if self.length == 0 {
            // All digits are gone: the value is zero at this precision.
            self.digits = [b'0'; MAX_DIGITS];
            self.length = 1;
        }
    }

    /// Adds one to the last digit, carrying as far as it goes.
    fn increment(&mut self) {
        while let Some(last) = self.length.checked_sub(1) {
            match self.digits.get_mut(last) {
                Some(digit) if *digit < b'9' => {
                    *digit += 1;
                    return;
                }
                _ => self.length = last,
            }
        }
        self.digits = [b'0'; MAX_DIGITS];
        self.digits[0] = b'1';
        self.length = 1;
        self.exponent += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn the_smallest_have_the_nearest_two_digits_that_read_back() {
        for bits in 1..5_000 {
            let value = f64::from_bits(bits);
            let shortest = format!("{value:e}");
            let two = format!("{value:.1e}");
            let is_one_digit = !shortest.contains('.');
            let reads_back = two.parse() == Ok(value);
            let expected = if is_one_digit && reads_back { two } else { shortest };
            let (digits, exponent) = expected.split_once('e').unwrap();
            let digits = digits.replace('.', "");
            let decimal = Decimal::shortest(value);
            assert_eq!(decimal.digits(), digits.trim_end_matches('0'), "{value:e}");
            assert_eq!(decimal.exponent, exponent.parse::<i32>().unwrap() + 1, "{value:e}");
        }
    }

    #[test]
    fn rounding_is_half_up_on_the_shortest_digits() {
        for (value, count, digits, exponent) in [
            (0.15, 1, "2", 0),
            (0.25, 1, "3", 0),
            (1.005, 3, "101", 1),
            (9.99, 2, "1", 2),
            (9.99, 3, "999", 1),
            (0.5, 0, "1", 1),
            (0.4, 0, "0", 0),
            (9.6, 0, "1", 2),
            (123.0, 2, "12", 3),
            (1e300, 5, "1", 301),
            (5e-324, 5, "49", -323),
            (0.0, 3, "0", 1),
        ] {
            let mut decimal = Decimal::shortest(value);
            decimal.round_to(count);
            assert_eq!(
                (decimal.digits(), decimal.exponent),
                (digits, exponent),
                "{value} to {count}"
            );
        }
    }
}
