//! What numbers come to: their sum and their mean.

use super::parts::element;
use super::receiver::{array_of, unfit};
use crate::library::bound::{Bound, SequenceBound};
use crate::library::declaration::{Cost, Follows, Function, fails, gives};
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::native::native;
use crate::types::Type;

/// What may hold numbers.
const NUMBERS: &[Type] = &[Type::LongArray, Type::DoubleArray, Type::List];

const COST: Cost = Cost::fixed(4).and("a step for each element, 4 more in a LIST");

/// The functions.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::of_any(NUMBERS, "sum", Type::Any, native!(sum, Any))
        .bounded(Bound::Sequence(SequenceBound::Sum))
        .gives(Follows::Element)
        .costs(COST)
        .about(
            "The sum, from the first to the last: a LONG of LONGs, which wraps as `+` does, else a DOUBLE; 0 or 0.0 where there are no elements.",
            &[
                gives("new int[]{1, 2, 3}.sum()", "6"),
                gives("new double[]{0.5, 0.25}.sum()", "0.75"),
                fails("Json.parse('[1, null]').sum()", "E506"),
            ],
        ),
    Function::of_any(NUMBERS, "average", Type::Any, native!(average, Any))
        .bounded(Bound::Sequence(SequenceBound::Sum))
        .costs(COST)
        .about(
            "The mean, a DOUBLE; null where there are no elements. LONGs are added without overflow.",
            &[
                gives("new int[]{1, 2}.average()", "1.5"),
                gives("new int[0].average()", "null"),
                fails("Json.parse('[1, null]').average()", "E506"),
            ],
        ),
];

fn sum(context: &mut Context<'_>, array: Any) -> Result<Any, Fault> {
    let (_, length) = array_of(context, array)?;
    let mut sum = match array.ty {
        Type::DoubleArray => Any::double(0.0),
        _ => Any::long(0),
    };
    for at in 0..length {
        let value = number(context, array, at)?;
        sum = match (sum.ty, value.ty) {
            (Type::Long, Type::Long) => Any::long(sum.as_long().wrapping_add(value.as_long())),
            _ => Any::double(sum.number().unwrap_or_default() + value.number().unwrap_or_default()),
        };
    }
    Ok(sum)
}

fn average(context: &mut Context<'_>, array: Any) -> Result<Any, Fault> {
    let (_, length) = array_of(context, array)?;
    if length == 0 {
        return Ok(Any::NULL);
    }
    let (mut whole, mut sum) = (0_i128, None);
    for at in 0..length {
        let value = number(context, array, at)?;
        match (sum, value.ty) {
            (None, Type::Long) => whole += i128::from(value.as_long()),
            (before, _) => {
                let before = before.unwrap_or(whole as f64);
                sum = Some(before + value.number().unwrap_or_default());
            }
        }
    }
    Ok(Any::double(sum.unwrap_or(whole as f64) / length as f64))
}

fn number(context: &mut Context<'_>, array: Any, at: usize) -> Result<Any, Fault> {
    context.meter.charge_steps(1)?;
    let value = element(context, array, Some(at))?;
    match value.ty.is_number() {
        true => Ok(value),
        false => Err(unfit(
            "only numbers are added",
            value,
            at,
            "add up a number of each, `xs.map(x -> x.get('n')).sum()`",
        )),
    }
}
