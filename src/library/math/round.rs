//! Rounding.

use crate::library::bound::{Bound, MathBound};
use crate::library::declaration::{Accepts, Cost, Function, Parameter, fails, gives};
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::native::native;
use crate::number_text::{double_to_long, round_decimal};
use crate::types::Type;

const NUMBER: Parameter = Parameter::accepting("x", Accepts::Number, "the number");

/// The functions.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::of_class("Math", "floor", Type::Double, native!(floor, f64))
        .bounded(Bound::Math(MathBound::Number))
        .beyond_sel()
        .takes(&[NUMBER])
        .about(
            "The largest whole number that is not above, as a DOUBLE: `.longValue()` makes a LONG of it.",
            &[gives("Math.floor(-2.5)", "-3.0"), gives("Math.floor(2)", "2.0")],
        ),
    Function::of_class("Math", "ceil", Type::Double, native!(ceil, f64))
        .bounded(Bound::Math(MathBound::Number))
        .beyond_sel()
        .takes(&[NUMBER])
        .about(
            "The least whole number that is not below, as a DOUBLE.",
            &[gives("Math.ceil(2.1)", "3.0"), gives("Math.ceil(-0.5)", "-0.0")],
        ),
    Function::of_class("Math", "round", Type::Long, native!(round_long, i64))
        .bounded(Bound::Same)
        .beyond_sel()
        .takes(&[Parameter::of("x", Type::Long, "the number")])
        .about("The number itself.", &[gives("Math.round(5)", "5")]),
    Function::of_class("Math", "round", Type::Long, native!(round, f64))
        .bounded(Bound::Math(MathBound::Number))
        .beyond_sel()
        .takes(&[Parameter::of("x", Type::Double, "the number")])
        .about(
            "The nearest LONG, the upper one where two are as near, as `java.lang.Math.round`; 0 of NaN, and beyond the range its end.",
            &[gives("Math.round(2.5)", "3"), gives("Math.round(-2.5)", "-2"), fails("Math.round('2')", "E404")],
        ),
    Function::of_class("Math", "round", Type::Double, native!(round_to, f64, i64))
        .bounded(Bound::Math(MathBound::Number))
        .beyond_sel()
        .takes(&[
            NUMBER,
            Parameter::of("digits", Type::Long, "how many digits stay after the point; a negative number rounds before it"),
        ])
        .costs(Cost::fixed(24))
        .about(
            "The number's decimal text rounded to so many digits, halves away from 0, as a DOUBLE.",
            &[
                gives("Math.round(2.675, 2)", "2.68"),
                gives("Math.round(-2.5, 0)", "-3.0"),
                gives("Math.round(1250, -2)", "1300.0"),
            ],
        ),
];

fn floor(_: &mut Context<'_>, x: f64) -> Result<f64, Fault> {
    Ok(x.floor())
}

fn ceil(_: &mut Context<'_>, x: f64) -> Result<f64, Fault> {
    Ok(x.ceil())
}

fn round_long(_: &mut Context<'_>, x: i64) -> Result<i64, Fault> {
    Ok(x)
}

fn round(_: &mut Context<'_>, x: f64) -> Result<i64, Fault> {
    let floor = x.floor();
    // Of large numbers, which have no fraction, there is nothing to add to.
    Ok(double_to_long(if x - floor >= 0.5 { floor + 1.0 } else { floor }))
}

fn round_to(_: &mut Context<'_>, x: f64, digits: i64) -> Result<f64, Fault> {
    Ok(round_decimal(x, digits))
}
