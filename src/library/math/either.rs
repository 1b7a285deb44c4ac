//! Functions that give LONG of LONG, and DOUBLE where one of the numbers is a DOUBLE.

use std::fmt::Display;

use crate::diagnostic::{Code, Message};
use crate::library::bound::{Bound, MathBound};
use crate::library::declaration::{Accepts, Cost, Function, Parameter, fails, gives};
use crate::machine::context::Context;
use crate::machine::double::remainder;
use crate::machine::fault::Fault;
use crate::machine::native::native;
use crate::machine::operations::division_fault;
use crate::number_text::push_double;
use crate::types::Type;

const fn long(name: &'static str, about: &'static str) -> Parameter {
    Parameter::of(name, Type::Long, about)
}

const fn number(name: &'static str, about: &'static str) -> Parameter {
    Parameter::accepting(name, Accepts::Number, about)
}

/// A remainder of DOUBLE takes longer the further apart the numbers are.
const REMAINDER: Cost = Cost::fixed(8).and("a step for each 8 binary places that the numbers are apart");

/// The functions.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::of_class("Math", "min", Type::Double, native!(min, f64, f64))
        .bounded(Bound::Math(MathBound::Number))
        .beyond_sel()
        .takes(&[number("a", "one number"), number("b", "the other")])
        .about(
            "The smaller of two numbers of which one is a DOUBLE, as `java.lang.Math.min`: -0.0 is below 0.0, and NaN stays.",
            &[gives("Math.min(2.5, 2)", "2.0"), gives("Math.min(0.0, -0.0)", "-0.0"), fails("Math.min(1.5, 'a')", "E404")],
        ),
    Function::of_class("Math", "max", Type::Double, native!(max, f64, f64))
        .bounded(Bound::Math(MathBound::Number))
        .beyond_sel()
        .takes(&[number("a", "one number"), number("b", "the other")])
        .about(
            "The larger of two numbers of which one is a DOUBLE, as `java.lang.Math.max`.",
            &[gives("Math.max(2.5, 3)", "3.0"), fails("Math.max(1.5, true)", "E404")],
        ),
    Function::of_class("Math", "abs", Type::Long, native!(abs_long, i64))
        .bounded(Bound::Math(MathBound::Absolute))
        .beyond_sel()
        .takes(&[long("x", "the number")])
        .about(
            "The number without its sign; the least LONG stays what it is, as in Java.",
            &[gives("Math.abs(-3)", "3"), fails("Math.abs('a')", "E404")],
        ),
    Function::of_class("Math", "abs", Type::Double, native!(abs, f64))
        .bounded(Bound::Math(MathBound::Number))
        .beyond_sel()
        .takes(&[Parameter::of("x", Type::Double, "the number")])
        .about("The number without its sign.", &[gives("Math.abs(-2.5)", "2.5")]),
    Function::of_class("Math", "sign", Type::Long, native!(sign_long, i64))
        .bounded(Bound::Math(MathBound::Within(-1, 1)))
        .beyond_sel()
        .takes(&[long("x", "the number")])
        .about(
            "-1, 0 or 1 as the number is below, at or above 0, as `Long.signum`.",
            &[gives("Math.sign(-3)", "-1"), gives("Math.sign(0)", "0")],
        ),
    Function::of_class("Math", "sign", Type::Double, native!(sign, f64))
        .bounded(Bound::Math(MathBound::Number))
        .beyond_sel()
        .takes(&[Parameter::of("x", Type::Double, "the number")])
        .about(
            "-1.0, the zero itself or 1.0 as the number is below, at or above 0, as `Math.signum`; NaN of NaN.",
            &[gives("Math.sign(0.1)", "1.0")],
        ),
    Function::of_class("Math", "floorDiv", Type::Long, native!(floor_div_long, i64, i64))
        .bounded(Bound::Math(MathBound::FloorQuotient))
        .beyond_sel()
        .takes(&[long("a", "the dividend"), long("b", "the divisor")])
        .about(
            "The quotient rounded down, where `/` rounds towards 0.",
            &[gives("Math.floorDiv(-7, 2)", "-4"), fails("Math.floorDiv(1, 0)", "E503")],
        ),
    Function::of_class("Math", "floorDiv", Type::Double, native!(floor_div, f64, f64))
        .bounded(Bound::Math(MathBound::DoubleRemainder))
        .beyond_sel()
        .takes(&[number("a", "the dividend"), number("b", "the divisor")])
        .costs(REMAINDER)
        .about(
            "The exact quotient rounded down, as Python's `//`; of a division by 0.0 what `/` gives.",
            &[gives("Math.floorDiv(-7.5, 2)", "-4.0"), gives("Math.floorDiv(1, 0.1)", "9.0")],
        ),
    Function::of_class("Math", "floorMod", Type::Long, native!(floor_mod_long, i64, i64))
        .bounded(Bound::Math(MathBound::FloorRemainder))
        .beyond_sel()
        .takes(&[long("a", "the dividend"), long("b", "the divisor")])
        .about(
            "What is left by `Math.floorDiv`: it has the divisor's sign, where that of `%` is the dividend's.",
            &[gives("Math.floorMod(-7, 3)", "2"), fails("Math.floorMod(1, 0)", "E503")],
        ),
    Function::of_class("Math", "floorMod", Type::Double, native!(floor_mod, f64, f64))
        .bounded(Bound::Math(MathBound::DoubleRemainder))
        .beyond_sel()
        .takes(&[number("a", "the dividend"), number("b", "the divisor")])
        .costs(REMAINDER)
        .about(
            "What is left by `Math.floorDiv`, with the divisor's sign, as Python's `%`; NaN of a division by 0.0.",
            &[gives("Math.floorMod(-0.5, 2)", "1.5")],
        ),
    Function::of_class("Math", "clamp", Type::Long, native!(clamp_long, i64, i64, i64))
        .bounded(Bound::Math(MathBound::Clamped))
        .beyond_sel()
        .takes(&[long("x", "the number"), long("low", "the least"), long("high", "the largest")])
        .about(
            "The number, or the end that it is beyond.",
            &[gives("Math.clamp(12, 0, 10)", "10"), gives("Math.clamp(-1, 0, 10)", "0"), fails("Math.clamp(1, 5, 2)", "E506")],
        ),
    Function::of_class("Math", "clamp", Type::Double, native!(clamp, f64, f64, f64))
        .bounded(Bound::Math(MathBound::Number))
        .beyond_sel()
        .takes(&[number("x", "the number"), number("low", "the least"), number("high", "the largest")])
        .about(
            "The number, or the end that it is beyond, as `java.lang.Math.clamp`; NaN of NaN.",
            &[gives("Math.clamp(1.5, 0, 1)", "1.0"), fails("Math.clamp(1, 0.5, 0.1)", "E506")],
        ),
];

/// In Java's order, where -0.0 is below 0.0.
fn least(a: f64, b: f64) -> f64 {
    match (a.is_nan(), b.is_nan()) {
        (true, _) | (_, true) => f64::NAN,
        (false, false) if b.total_cmp(&a).is_lt() => b,
        (false, false) => a,
    }
}

fn largest(a: f64, b: f64) -> f64 {
    match (a.is_nan(), b.is_nan()) {
        (true, _) | (_, true) => f64::NAN,
        (false, false) if a.total_cmp(&b).is_lt() => b,
        (false, false) => a,
    }
}

fn min(_: &mut Context<'_>, a: f64, b: f64) -> Result<f64, Fault> {
    Ok(least(a, b))
}

fn max(_: &mut Context<'_>, a: f64, b: f64) -> Result<f64, Fault> {
    Ok(largest(a, b))
}

fn abs_long(_: &mut Context<'_>, x: i64) -> Result<i64, Fault> {
    Ok(x.wrapping_abs())
}

fn abs(_: &mut Context<'_>, x: f64) -> Result<f64, Fault> {
    Ok(x.abs())
}

fn sign_long(_: &mut Context<'_>, x: i64) -> Result<i64, Fault> {
    Ok(x.signum())
}

fn sign(_: &mut Context<'_>, x: f64) -> Result<f64, Fault> {
    Ok(if x == 0.0 { x } else { x.signum() })
}

fn floor_div_long(_: &mut Context<'_>, a: i64, b: i64) -> Result<i64, Fault> {
    match b {
        0 => Err(division_fault()),
        b => Ok(a.wrapping_div(b) - i64::from(is_rounded_up(a.wrapping_rem(b), b))),
    }
}

fn floor_mod_long(_: &mut Context<'_>, a: i64, b: i64) -> Result<i64, Fault> {
    match b {
        0 => Err(division_fault()),
        b => Ok(match a.wrapping_rem(b) {
            rest if is_rounded_up(rest, b) => rest + b,
            rest => rest,
        }),
    }
}

/// Whether a division by a number other than 0, which leaves a rest, has rounded upwards.
fn is_rounded_up(rest: i64, divisor: i64) -> bool {
    rest != 0 && (rest < 0) != (divisor < 0)
}

fn floor_div(context: &mut Context<'_>, a: f64, b: f64) -> Result<f64, Fault> {
    let rest = remainder(&mut context.meter, a, b)?;
    if b == 0.0 {
        return Ok(a / b);
    }
    // Without what is left over the quotient is an integer, but for the rounding of these two.
    let towards_zero = (a - rest) / b;
    let down = match rest != 0.0 && (rest < 0.0) != (b < 0.0) {
        true => towards_zero - 1.0,
        false => towards_zero,
    };
    Ok(match down {
        0.0 => 0.0_f64.copysign(a / b),
        down if down - down.floor() > 0.5 => down.floor() + 1.0,
        down => down.floor(),
    })
}

fn floor_mod(context: &mut Context<'_>, a: f64, b: f64) -> Result<f64, Fault> {
    Ok(match remainder(&mut context.meter, a, b)? {
        0.0 => 0.0_f64.copysign(b),
        rest if (rest < 0.0) != (b < 0.0) => rest + b,
        rest => rest,
    })
}

const ENDS_HELP: &str = "give the lower end first: `Math.clamp(x, low, high)`";

fn clamp_long(_: &mut Context<'_>, x: i64, low: i64, high: i64) -> Result<i64, Fault> {
    match low <= high {
        true => Ok(x.clamp(low, high)),
        false => Err(swapped_ends(low, high)),
    }
}

fn clamp(_: &mut Context<'_>, x: f64, low: f64, high: f64) -> Result<f64, Fault> {
    if low.is_nan() || high.is_nan() {
        return Err(Fault::new(Code::InvalidArgument, "an end of the range is NaN"));
    }
    match high.total_cmp(&low).is_lt() {
        true => Err(swapped_ends(printed(low), printed(high))),
        false => Ok(least(largest(x, low), high)),
    }
}

fn printed(value: f64) -> String {
    let mut text = String::new();
    push_double(&mut text, value);
    text
}

#[cold]
fn swapped_ends(low: impl Display, high: impl Display) -> Fault {
    let message = Message::from("the low end ").value(low);
    let message = message.words(" is above the high end ").value(high);
    Fault::new(Code::InvalidArgument, message).with_help(Code::InvalidArgument, ENDS_HELP)
}
