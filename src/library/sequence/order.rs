//! The order of numbers and of texts: sorting, the least and the greatest.

use std::cmp::Ordering;

use super::make::with_capacity;
use super::parts::element;
use super::receiver::{array_of, unfit};
use crate::library::bound::{Bound, SequenceBound};
use crate::library::declaration::{Cost, Follows, Function, fails, gives};
use crate::library::java::text;
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::Text;
use crate::machine::native::native;
use crate::types::{Stored, Type};

/// What to know where elements of several kinds are put in order.
const ORDER: &str = "values of one kind have an order";
/// What may have an order.
const ORDERED: &[Type] = &[Type::LongArray, Type::DoubleArray, Type::StringArray, Type::List];

const SORT: Cost = Cost::fixed(12).and(
    "3 steps for each element, one for each time that their number can be halved, what comparing texts takes, and 32 bytes for each beside the result",
);
const SEEK: Cost = Cost::fixed(4).and("2 steps for each element, 4 more in a LIST, and what comparing texts takes");

/// The functions.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::of_any(ORDERED, "sorted", Type::Any, native!(sorted, Any))
        .bounded(Bound::Sequence(SequenceBound::Sorted))
        .gives(Follows::Receiver)
        .costs(SORT)
        .about(
            "The elements from the least to the greatest: numbers, or texts by their UTF-16 units. Equal ones keep their order.",
            &[
                gives("new int[]{3, -1, 2}.sorted()", "[-1, 2, 3]"),
                gives("'b,a'.split(',').sorted()", r#"["a", "b"]"#),
                fails("new String[2].sorted()", "E506"),
            ],
        ),
    Function::of_any(ORDERED, "sortedDescending", Type::Any, native!(sorted_descending, Any))
        .bounded(Bound::Sequence(SequenceBound::Sorted))
        .gives(Follows::Receiver)
        .costs(SORT)
        .about(
            "The elements from the greatest to the least. Equal ones keep their order.",
            &[gives("new int[]{3, -1, 2}.sortedDescending()", "[3, 2, -1]"), fails("new String[2].sortedDescending()", "E506")],
        ),
    Function::of_any(ORDERED, "min", Type::Any, native!(min, Any))
        .bounded(Bound::Sequence(SequenceBound::Least))
        .gives(Follows::ElementOrNull)
        .costs(SEEK)
        .about(
            "The least element, the first of equal ones; null where there is none. A NaN is the greatest number.",
            &[
                gives("new int[]{3, -1, 2}.min()", "-1"),
                gives("new int[0].min()", "null"),
                fails("new String[2].min()", "E506"),
            ],
        ),
    Function::of_any(ORDERED, "max", Type::Any, native!(max, Any))
        .bounded(Bound::Sequence(SequenceBound::Least))
        .gives(Follows::ElementOrNull)
        .costs(SEEK)
        .about(
            "The greatest element, the first of equal ones; null where there is none. A NaN is the greatest number.",
            &[
                gives("new int[]{3, -1, 2}.max()", "3"),
                gives("'b,a'.split(',').max()", r#""b""#),
                fails("new String[2].max()", "E506"),
            ],
        ),
];

/// Checks that values have an order among each other: numbers, or texts.
pub(super) fn check_ordered(context: &mut Context<'_>, values: &[Any]) -> Result<(), Fault> {
    let mut first = None;
    for (at, value) in values.iter().enumerate() {
        context.meter.charge_steps(1)?;
        first = Some(kept_kind(first, *value, at)?);
    }
    Ok(())
}

/// What a value is ordered among: numbers or texts, which it must be as those before it are.
fn kept_kind(before: Option<Stored>, value: Any, at: usize) -> Result<Stored, Fault> {
    let kind = match value.ty.stored() {
        Stored::Long | Stored::Double => Some(Stored::Long),
        Stored::Text if !value.is_null() => Some(Stored::Text),
        Stored::Text
        | Stored::Null
        | Stored::Boolean
        | Stored::Elements(_)
        | Stored::Map
        | Stored::Object
        | Stored::Unknown
        | Stored::Nothing => None,
    };
    match (before, kind) {
        (None, None) => Err(unfit("numbers or texts are put in order", value, at, ORDER)),
        (Some(Stored::Text), kind) if kind != Some(Stored::Text) => {
            Err(unfit("texts are put in order among texts", value, at, ORDER))
        }
        (Some(_), kind) if kind != before => Err(unfit("numbers are put in order among numbers", value, at, ORDER)),
        (_, Some(kind)) => Ok(kind),
        (Some(before), None) => Ok(before),
    }
}

/// The order of two values that [`check_ordered`] has seen.
pub(super) fn order(context: &mut Context<'_>, left: Any, right: Any) -> Result<Ordering, Fault> {
    match (left.ty, right.ty) {
        (Type::Long, Type::Long) => Ok(left.as_long().cmp(&right.as_long())),
        (Type::Double, Type::Double) => Ok(compare_doubles(left.as_double(), right.as_double())),
        (Type::Long, Type::Double) => Ok(long_and_double(left.as_long(), right.as_double())),
        (Type::Double, Type::Long) => Ok(long_and_double(right.as_long(), left.as_double()).reverse()),
        _ => match (Text::from_bits(left.bits), Text::from_bits(right.bits)) {
            (Some(left), Some(right)) => {
                let Context { heap, meter, .. } = context;
                let order = text::compare(heap.texts.unread(left), heap.texts.unread(right), meter)?;
                Ok(order.cmp(&0))
            }
            _ => Err(Fault::internal("only numbers and texts are compared")),
        },
    }
}

/// `Double.compare`.
fn compare_doubles(left: f64, right: f64) -> Ordering {
    match (left.is_nan(), right.is_nan()) {
        (true, true) => Ordering::Equal,
        (true, false) => Ordering::Greater,
        (false, true) => Ordering::Less,
        (false, false) => left.total_cmp(&right),
    }
}

/// The order of a LONG and a DOUBLE, exactly.
fn long_and_double(long: i64, double: f64) -> Ordering {
    /// 2^63
    const BEYOND: f64 = 9_223_372_036_854_775_808.0;
    if double.is_nan() || double >= BEYOND {
        return Ordering::Less;
    }
    if double < -BEYOND {
        return Ordering::Greater;
    }
    let whole = double.trunc();
    // A zero has a sign.
    let rest = if whole == 0.0 { double } else { double - whole };
    let of_whole = long.cmp(&(whole as i64));
    of_whole.then_with(|| compare_doubles(0.0, rest))
}

fn sorted(context: &mut Context<'_>, array: Any) -> Result<Any, Fault> {
    in_order(context, array, |order| order)
}

fn sorted_descending(context: &mut Context<'_>, array: Any) -> Result<Any, Fault> {
    in_order(context, array, Ordering::reverse)
}

fn in_order<'p>(context: &mut Context<'p>, array: Any, by: fn(Ordering) -> Ordering) -> Result<Any, Fault> {
    let (elements, _) = array_of(context, array)?;
    let values = context.heap.values(&mut context.meter, array)?;
    check_ordered(context, &values)?;
    let compare = |context: &mut Context<'p>, one: Any, other: Any| order(context, one, other).map(by);
    let values = merge_sorted(context, values, compare)?;
    context.heap.array_of_values(&mut context.meter, elements, &values)
}

/// Values in order, by merging runs that are twice as long each time: each pass is charged as it goes, all of them are asked for
/// first.
pub(super) fn merge_sorted<'p>(
    context: &mut Context<'p>,
    values: Vec<Any>,
    compare: impl Fn(&mut Context<'p>, Any, Any) -> Result<Ordering, Fault>,
) -> Result<Vec<Any>, Fault> {
    let length = values.len();
    let (mut from, mut to) = (values, with_capacity(context, length)?);
    let passes = u64::from(length.max(1).next_power_of_two().trailing_zeros());
    context.meter.check_steps(passes.saturating_mul(length as u64))?;
    let mut run = 1;
    while run < length {
        to.clear();
        for pair in from.chunks(2 * run) {
            let (mut left, mut right) = pair.split_at(run.min(pair.len()));
            while let (Some((&one, after_one)), Some((&other, after_other))) = (left.split_first(), right.split_first())
            {
                context.meter.charge_steps(1)?;
                if compare(context, one, other)? == Ordering::Greater {
                    to.push(other);
                    right = after_other;
                } else {
                    to.push(one);
                    left = after_one;
                }
            }
            context
                .meter
                .charge_copy((left.len() + right.len()) * size_of::<Any>())?;
            to.extend_from_slice(left);
            to.extend_from_slice(right);
        }
        std::mem::swap(&mut from, &mut to);
        run *= 2;
    }
    Ok(from)
}

fn min(context: &mut Context<'_>, array: Any) -> Result<Any, Fault> {
    extreme(context, array, Ordering::Less)
}

fn max(context: &mut Context<'_>, array: Any) -> Result<Any, Fault> {
    extreme(context, array, Ordering::Greater)
}

/// The steps of each element that is compared with the least or greatest so far.
pub(crate) const LEAST_STEPS: u64 = 2;

/// The first element that is on that side of all others.
fn extreme(context: &mut Context<'_>, array: Any, side: Ordering) -> Result<Any, Fault> {
    let (_, length) = array_of(context, array)?;
    let mut best = element(context, array, None)?;
    let mut kind = None;
    for at in 0..length {
        context.meter.charge_steps(LEAST_STEPS)?;
        let value = element(context, array, Some(at))?;
        kind = Some(kept_kind(kind, value, at)?);
        if at == 0 || order(context, value, best)? == side {
            best = value;
        }
    }
    Ok(best)
}
