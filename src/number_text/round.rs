//! A double rounded at a place of its decimal text.

use super::decimal::Decimal;

/// The double nearest to a value's decimal text with so many digits after the point, halves away from zero; before the point where
/// the number is negative. The sign stays, also of a zero.
pub(crate) fn round_decimal(value: f64, digits: i64) -> f64 {
    let mut decimal = Decimal::shortest(value);
    let kept = digits.saturating_add(i64::from(decimal.exponent));
    let all = decimal.digits().len() as i64;
    if !value.is_finite() || kept >= all {
        return value;
    }
    let Ok(kept) = usize::try_from(kept) else {
        return 0.0_f64.copysign(value);
    };
    decimal.round_to(kept);
    let rounded = decimal.digits();
    let text = format!("{rounded}e{}", i64::from(decimal.exponent) - rounded.len() as i64);
    text.parse().unwrap_or(value).copysign(value)
}

#[cfg(test)]
mod tests {
    use super::round_decimal;

    #[test]
    fn the_decimal_text_is_what_is_rounded() {
        for (value, digits, rounded) in [
            (2.675, 2, 2.68),
            (1.005, 2, 1.01),
            (-2.5, 0, -3.0),
            (0.5, 0, 1.0),
            (1250.0, -2, 1300.0),
            (49.9, -2, 0.0),
            (1e300, 5, 1e300),
            (123.456, i64::MAX, 123.456),
            (123.456, i64::MIN, 0.0),
        ] {
            assert_eq!(round_decimal(value, digits), rounded, "{value} at {digits}");
        }
        assert!(round_decimal(-0.04, 1).is_sign_negative());
        assert!(round_decimal(f64::NAN, 2).is_nan());
        assert_eq!(round_decimal(f64::MAX, -308), f64::INFINITY);
    }
}
