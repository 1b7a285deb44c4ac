//! Roots, powers of e and logarithms, as `java.lang.StrictMath` gives them on every machine; and two constants.

use crate::library::bound::{Bound, MathBound};
use crate::library::declaration::{Accepts, Cost, Function, Parameter, fails, gives};
use crate::library::java::strict_math;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::native::native;
use crate::types::Type;

const NUMBER: &[Parameter] = &[Parameter::accepting("x", Accepts::Number, "the number")];
const COST: Cost = Cost::fixed(8);

/// The functions.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::of_class("Math", "sqrt", Type::Double, native!(sqrt, f64))
        .bounded(Bound::Math(MathBound::Number))
        .beyond_sel()
        .takes(NUMBER)
        .costs(COST)
        .about(
            "The square root, as `java.lang.StrictMath.sqrt`; NaN of a negative number.",
            &[
                gives("Math.sqrt(2)", "1.4142135623730951"),
                gives("Math.sqrt(-1)", "\"NaN\""),
            ],
        ),
    Function::of_class("Math", "exp", Type::Double, native!(exp, f64))
        .bounded(Bound::Math(MathBound::Number))
        .beyond_sel()
        .takes(NUMBER)
        .costs(COST)
        .about(
            "e to the power of the number, as `java.lang.StrictMath.exp`.",
            &[
                gives("Math.exp(1)", "2.7182818284590455"),
                gives("Math.exp(1000)", "\"Infinity\""),
            ],
        ),
    Function::of_class("Math", "log", Type::Double, native!(log, f64))
        .bounded(Bound::Math(MathBound::Number))
        .beyond_sel()
        .takes(NUMBER)
        .costs(COST)
        .about(
            "The natural logarithm, as `java.lang.StrictMath.log`: -Infinity of 0, NaN of a negative number.",
            &[
                gives("Math.log(10)", "2.302585092994046"),
                fails("Math.log('e')", "E404"),
            ],
        ),
    Function::of_class("Math", "log10", Type::Double, native!(log10, f64))
        .bounded(Bound::Math(MathBound::Number))
        .beyond_sel()
        .takes(NUMBER)
        .costs(COST)
        .about(
            "The logarithm to base 10, as `java.lang.StrictMath.log10`.",
            &[gives("Math.log10(0.001)", "-3.0")],
        ),
    Function::constant("Math", "PI", Type::Double, native!(pi))
        .bounded(Bound::Math(MathBound::Number))
        .beyond_sel()
        .about("The DOUBLE nearest to π.", &[gives("Math.PI", "3.141592653589793")]),
    Function::constant("Math", "E", Type::Double, native!(e))
        .bounded(Bound::Math(MathBound::Number))
        .beyond_sel()
        .about("The DOUBLE nearest to e.", &[gives("Math.E", "2.718281828459045")]),
];

fn sqrt(_: &mut Context<'_>, x: f64) -> Result<f64, Fault> {
    Ok(x.sqrt())
}

fn exp(_: &mut Context<'_>, x: f64) -> Result<f64, Fault> {
    Ok(strict_math::exp(x))
}

fn log(_: &mut Context<'_>, x: f64) -> Result<f64, Fault> {
    Ok(strict_math::log(x))
}

fn log10(_: &mut Context<'_>, x: f64) -> Result<f64, Fault> {
    Ok(strict_math::log10(x))
}

fn pi(_: &mut Context<'_>) -> Result<f64, Fault> {
    Ok(std::f64::consts::PI)
}

fn e(_: &mut Context<'_>) -> Result<f64, Fault> {
    Ok(std::f64::consts::E)
}
