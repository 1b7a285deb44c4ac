//! What a DOUBLE costs where it is not a few machine instructions: its text, and its remainder. Both are charged here alone.

use super::fault::Fault;
use super::meter::Meter;
use crate::number_text;

/// Charged for each text of a DOUBLE: the fewest digits that read back as it are sought.
pub(crate) const DOUBLE_TEXT_STEPS: u64 = 12;
/// Charged for each remainder.
const REMAINDER_STEPS: u64 = 1;
/// The bits of a quotient that are found in a step.
const QUOTIENT_BITS: u64 = 8;
/// The most steps of a remainder: the largest number by the smallest.
pub(crate) const MAX_REMAINDER_STEPS: u64 = REMAINDER_STEPS + 2_098 / QUOTIENT_BITS;

/// Appends a DOUBLE's text, which is charged first.
pub(crate) fn push_double(meter: &mut Meter, out: &mut String, value: f64) -> Result<(), Fault> {
    meter.charge_steps(DOUBLE_TEXT_STEPS)?;
    number_text::push_double(out, value);
    Ok(())
}

/// `%` on DOUBLE. The quotient's bits are found one after the other, and charged first: as many as the exponents are apart.
#[inline]
pub(crate) fn remainder(meter: &mut Meter, left: f64, right: f64) -> Result<f64, Fault> {
    let bits = highest_bit(left).saturating_sub(highest_bit(right));
    meter.charge_steps(REMAINDER_STEPS + u64::from(bits) / QUOTIENT_BITS)?;
    Ok(left % right)
}

/// The place of the highest bit of a magnitude, counted from the smallest number's; 0 for zero.
fn highest_bit(value: f64) -> u32 {
    const MANTISSA_BITS: u32 = 52;
    let magnitude = value.abs().to_bits();
    match (magnitude >> MANTISSA_BITS) as u32 {
        0 => u64::BITS - magnitude.leading_zeros(),
        exponent => exponent + MANTISSA_BITS,
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_REMAINDER_STEPS, QUOTIENT_BITS, REMAINDER_STEPS, highest_bit};

    #[test]
    fn the_highest_bit_moves_by_one_with_each_power_of_two() {
        let mut value = f64::from_bits(1);
        let mut place = 1;
        while value.is_finite() {
            assert_eq!(highest_bit(value), place);
            value *= 2.0;
            place += 1;
        }
        let most = highest_bit(f64::MAX) - highest_bit(0.0);
        assert_eq!(REMAINDER_STEPS + u64::from(most) / QUOTIENT_BITS, MAX_REMAINDER_STEPS);
    }
}
