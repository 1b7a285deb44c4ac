//! `java.lang.StrictMath`, which names the algorithms of fdlibm as its definition: every platform gives the same bits.
//!
//! The operations of each formula stand in the order in which fdlibm rounds them, with its coefficients.

const LN2_HIGH: f64 = 6.931_471_803_691_238e-1;
const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;
const EXPONENT_BITS: u32 = 52;
const BIAS: i64 = 1023;
/// The fraction's part of a double's upper half.
const FRACTION_HIGH: i64 = 0x000f_ffff;

/// The upper half of a double's bits.
fn high(x: f64) -> i64 {
    (x.to_bits() as i64) >> 32
}

/// The same with another upper half.
fn with_high(x: f64, high: i64) -> f64 {
    f64::from_bits((x.to_bits() & 0xffff_ffff) | ((high as u64) << 32))
}

/// A polynomial with the coefficients in rising order.
fn polynomial<const N: usize>(x: f64, coefficients: [f64; N]) -> f64 {
    let mut rest = coefficients.into_iter().rev();
    let last = rest.next().unwrap_or_default();
    rest.fold(last, |sum, coefficient| coefficient + x * sum)
}

/// `StrictMath.exp`: `x` is taken as `k ln 2 + r`, and `e^r` approximated.
pub(crate) fn exp(x: f64) -> f64 {
    const LARGEST: f64 = 709.782_712_893_384;
    const LEAST: f64 = -745.133_219_101_941_1;
    let magnitude = high(x) & 0x7fff_ffff;
    if x.is_nan() {
        return x;
    }
    if x > LARGEST {
        return f64::INFINITY;
    }
    if x < LEAST {
        return 0.0;
    }
    let negative = x.is_sign_negative();
    let (k, rest_high, rest_low) = match magnitude {
        // Up to half of ln 2.
        ..=0x3fd6_2e42 => (0, x, 0.0),
        // Up to one and a half.
        0x3fd6_2e43..0x3ff0_a2b2 if negative => (-1, x + LN2_HIGH, -LN2_LOW),
        0x3fd6_2e43..0x3ff0_a2b2 => (1, x - LN2_HIGH, LN2_LOW),
        _ => {
            let half = if negative { -0.5 } else { 0.5 };
            let k = (std::f64::consts::LOG2_E * x + half) as i64;
            (k, x - k as f64 * LN2_HIGH, k as f64 * LN2_LOW)
        }
    };
    // Below 2^-28.
    if magnitude < 0x3e30_0000 {
        return 1.0 + x;
    }
    let r = if k == 0 { x } else { rest_high - rest_low };
    let square = r * r;
    let coefficients = [
        1.666_666_666_666_660_2e-1,
        -2.777_777_777_701_559_3e-3,
        6.613_756_321_437_934e-5,
        -1.653_390_220_546_525_2e-6,
        4.138_136_797_057_238_5e-8,
    ];
    let c = r - square * polynomial(square, coefficients);
    if k == 0 {
        return 1.0 - ((r * c) / (c - 2.0) - r);
    }
    let y = 1.0 - ((rest_low - (r * c) / (2.0 - c)) - rest_high);
    let scaled = |by: i64| f64::from_bits(y.to_bits().wrapping_add((by << EXPONENT_BITS) as u64));
    match k >= -1021 {
        true => scaled(k),
        // The result has fewer bits than others: it is rounded once, at the end.
        false => scaled(k + 1000) * f64::from_bits(((BIAS - 1000) as u64) << EXPONENT_BITS),
    }
}

/// A positive number, multiplied by 2^54 where it is subnormal, and the exponent that it had.
fn normal(x: f64) -> (f64, i64) {
    let (x, k) = match x < f64::MIN_POSITIVE {
        true => (x * 18_014_398_509_481_984.0, -54),
        false => (x, 0),
    };
    (x, k + (high(x) >> 20) - BIAS)
}

/// A positive number as `2^k (1 + f)`, `1 + f` from the square root of a half up to that of two; with the fraction's upper half.
fn reduced(x: f64) -> (i64, f64, i64) {
    let (x, k) = normal(x);
    let fraction = high(x) & FRACTION_HIGH;
    let above = (fraction + 0x9_5f64) & 0x10_0000;
    let k = k + (above >> 20);
    (k, with_high(x, fraction | (above ^ 0x3ff0_0000)) - 1.0, fraction)
}

/// What every logarithm gives where there is no number, or no finite one.
fn logarithm_without(x: f64) -> Option<f64> {
    match x {
        _ if x == 0.0 => Some(f64::NEG_INFINITY),
        _ if x.is_nan() || x < 0.0 => Some(f64::NAN),
        _ if x.is_infinite() => Some(x),
        _ => None,
    }
}

/// `StrictMath.log`: of `2^k (1 + f)` it is `k ln 2 + log(1 + f)`, the latter approximated in `f / (2 + f)`.
pub(crate) fn log(x: f64) -> f64 {
    if let Some(known) = logarithm_without(x) {
        return known;
    }
    let (k, f, fraction) = reduced(x);
    let power = k as f64;
    let joined = |rest: f64| match k {
        0 => f - rest,
        _ => power * LN2_HIGH - ((rest - power * LN2_LOW) - f),
    };
    // `f` is within 2^-20.
    if (FRACTION_HIGH & (2 + fraction)) < 3 {
        return match f {
            0.0 if k == 0 => 0.0,
            0.0 => power * LN2_HIGH + power * LN2_LOW,
            f => joined(f * f * (0.5 - 0.333_333_333_333_333_3 * f)),
        };
    }
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let even = w * polynomial(
        w,
        [
            3.999_999_999_940_942e-1,
            2.222_219_843_214_978_4e-1,
            1.531_383_769_920_937_3e-1,
        ],
    );
    let odd = z * polynomial(
        w,
        [
            6.666_666_666_666_735e-1,
            2.857_142_874_366_239e-1,
            1.818_357_216_161_805e-1,
            1.479_819_860_511_658_6e-1,
        ],
    );
    let sum = odd + even;
    if (fraction - 0x6_147a) | (0x6_b851 - fraction) > 0 {
        let half = 0.5 * f * f;
        return match k {
            0 => f - (half - s * (half + sum)),
            _ => power * LN2_HIGH - ((half - (s * (half + sum) + power * LN2_LOW)) - f),
        };
    }
    joined(s * (f - sum))
}

/// `StrictMath.log10`.
pub(crate) fn log10(x: f64) -> f64 {
    const LOG10_2_HIGH: f64 = 3.010_299_956_636_117_7e-1;
    const LOG10_2_LOW: f64 = 3.694_239_077_158_931e-13;
    if let Some(known) = logarithm_without(x) {
        return known;
    }
    let (x, k) = normal(x);
    let below = i64::from(k < 0);
    let x = with_high(x, (high(x) & FRACTION_HIGH) | ((BIAS - below) << 20));
    let power = (k + below) as f64;
    let z = power * LOG10_2_LOW + std::f64::consts::LOG10_E * log(x);
    z + power * LOG10_2_HIGH
}

#[cfg(test)]
mod tests {
    use super::{exp, log, log10};

    /// A number of any size, of the size that people use, or near to 1.
    fn draw(state: &mut u64) -> f64 {
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        let bits = *state;
        let unit = (bits >> 11) as f64 / (1_u64 << 53) as f64;
        match bits % 5 {
            0 => f64::from_bits(bits),
            1 => unit * 1500.0 - 750.0,
            2 => 0.5 + unit,
            3 => f64::from_bits(bits & (u64::MAX >> 1)),
            _ => (bits >> 43) as f64 / 1000.0,
        }
    }

    /// The bits of a million results are those of Java's, by the sums that `tests/extensions/StrictMathSums.java` prints.
    #[test]
    fn a_million_results_have_the_bits_of_javas() {
        type Function = fn(f64) -> f64;
        let functions: [(Function, u64); 3] = [
            (exp, 0xc04e_d60a_0252_0722),
            (log, 0x30fc_2637_d7d4_a66a),
            (log10, 0x95fd_204c_3982_387a),
        ];
        for (function, java) in functions {
            let (mut state, mut sum) = (19_u64, 0xcbf2_9ce4_8422_2325_u64);
            for _ in 0..1_000_000 {
                let given = function(draw(&mut state));
                let bits = if given.is_nan() {
                    f64::NAN.to_bits()
                } else {
                    given.to_bits()
                };
                sum = (sum ^ bits).wrapping_mul(0x0100_0000_01b3);
            }
            assert_eq!(sum, java, "{sum:#x}");
        }
    }
}
