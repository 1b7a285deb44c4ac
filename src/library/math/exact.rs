//! Arithmetic on LONG that fails where `+`, `-` and `*` wrap.

use crate::diagnostic::{Code, Message};
use crate::library::bound::{Bound, MathBound};
use crate::library::declaration::{Function, Parameter, fails, gives};
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::native::native;
use crate::types::Type;

const TERMS: &[Parameter] = &[
    Parameter::of("a", Type::Long, "one number"),
    Parameter::of("b", Type::Long, "the other"),
];

/// The functions.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::of_class("Math", "addExact", Type::Long, native!(add, i64, i64))
        .bounded(Bound::Math(MathBound::Sum))
        .beyond_sel()
        .takes(TERMS)
        .about(
            "The sum of two LONG; an error where it does not fit into 64 bits.",
            &[
                gives("Math.addExact(2, 3)", "5"),
                fails("Math.addExact(9223372036854775807, 1)", "E506"),
            ],
        ),
    Function::of_class("Math", "subtractExact", Type::Long, native!(subtract, i64, i64))
        .bounded(Bound::Math(MathBound::Difference))
        .beyond_sel()
        .takes(TERMS)
        .about(
            "The difference of two LONG; an error where it does not fit into 64 bits.",
            &[
                gives("Math.subtractExact(2, 3)", "-1"),
                fails("Math.subtractExact(-2, 9223372036854775807)", "E506"),
            ],
        ),
    Function::of_class("Math", "multiplyExact", Type::Long, native!(multiply, i64, i64))
        .bounded(Bound::Math(MathBound::Product))
        .beyond_sel()
        .takes(TERMS)
        .about(
            "The product of two LONG; an error where it does not fit into 64 bits.",
            &[
                gives("Math.multiplyExact(6, 7)", "42"),
                fails("Math.multiplyExact(4611686018427387904, 2)", "E506"),
            ],
        ),
];

fn add(_: &mut Context<'_>, a: i64, b: i64) -> Result<i64, Fault> {
    a.checked_add(b).ok_or_else(|| overflow(a, " + ", b))
}

fn subtract(_: &mut Context<'_>, a: i64, b: i64) -> Result<i64, Fault> {
    a.checked_sub(b).ok_or_else(|| overflow(a, " - ", b))
}

fn multiply(_: &mut Context<'_>, a: i64, b: i64) -> Result<i64, Fault> {
    a.checked_mul(b).ok_or_else(|| overflow(a, " * ", b))
}

#[cold]
fn overflow(a: i64, operator: &'static str, b: i64) -> Fault {
    let message = Message::of_value(a).words(operator).value(b);
    Fault::new(Code::InvalidArgument, message.words(" does not fit into a LONG"))
}
