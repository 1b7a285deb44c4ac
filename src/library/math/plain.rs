//! What SEL has of `Math`.

use crate::effect::Effect;
use crate::library::bound::Bound;
use crate::library::declaration::{Accepts, Cost, Function, Parameter, fails, gives, something};
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::native::native;
use crate::types::Type;

/// The functions.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::of_class("Math", "min", Type::Long, native!(min, i64, i64))
        .bounded(Bound::Smaller)
        .takes(&[
            Parameter::of("a", Type::Long, "one number"),
            Parameter::of("b", Type::Long, "the other"),
        ])
        .about(
            "The smaller of two LONG.",
            &[gives("Math.min(3, -2)", "-2"), fails("Math.min('a', 2)", "E404")],
        ),
    Function::of_class("Math", "max", Type::Long, native!(max, i64, i64))
        .bounded(Bound::Larger)
        .takes(&[
            Parameter::of("a", Type::Long, "one number"),
            Parameter::of("b", Type::Long, "the other"),
        ])
        .about(
            "The larger of two LONG.",
            &[gives("Math.max(3, -2)", "3"), fails("Math.max(1, 'a')", "E404")],
        ),
    Function::of_class("Math", "pow", Type::Double, native!(pow, f64, f64))
        .bounded(Bound::Fixed)
        .takes(&[
            Parameter::accepting("base", Accepts::Number, "the base"),
            Parameter::accepting("exponent", Accepts::Number, "the exponent"),
        ])
        .costs(Cost::fixed(8))
        .about(
            "The base to the power of the exponent, as `java.lang.Math.pow`, within a unit in the last place.",
            &[
                gives("Math.pow(2, 10)", "1024.0"),
                gives("Math.pow(2, 1024)", "\"Infinity\""),
            ],
        ),
    Function::of_class("Math", "random", Type::Double, native!(random))
        .bounded(Bound::Fixed)
        .reads(Effect::Randomness)
        .about(
            "A random DOUBLE from 0.0 up to, but without, 1.0, of the stream whose seed the host gives.",
            &[something("Math.random()")],
        ),
];

fn min(_: &mut Context<'_>, a: i64, b: i64) -> Result<i64, Fault> {
    Ok(a.min(b))
}

fn max(_: &mut Context<'_>, a: i64, b: i64) -> Result<i64, Fault> {
    Ok(a.max(b))
}

fn pow(_: &mut Context<'_>, base: f64, exponent: f64) -> Result<f64, Fault> {
    // Java differs from IEEE 754's pow in two cases: 1 to the power of NaN, and 1 or -1 to an infinity, are NaN.
    if base.abs() == 1.0 && !exponent.is_finite() {
        return Ok(f64::NAN);
    }
    Ok(base.powf(exponent))
}

fn random(context: &mut Context<'_>) -> Result<f64, Fault> {
    // 53 bits fill a DOUBLE's significand.
    let bits = context.next_random()? >> 11;
    Ok(bits as f64 / (1_u64 << 53) as f64)
}
