//! Elements that are the same by what they hold: whether there is one, where the first is, and each of them once.

use super::make::room;
use super::receiver::{ARRAYS, array_of};
use crate::library::bound::{Bound, SequenceBound};
use crate::library::declaration::{Accepts, Cost, Follows, Function, Parameter, gives};
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::Text;
use crate::machine::native::native;
use crate::types::{Elements, Type};

const VALUE: Parameter = Parameter::accepting("value", Accepts::Anything, "any value");
const SEEK: Cost = Cost::fixed(6)
    .and("a step for each 2 numbers, 8 for each other element, and what comparing texts and values inside takes");

/// The functions.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::of_any(ARRAYS, "contains", Type::Boolean, native!(contains, Any, Any))
        .bounded(Bound::Sequence(SequenceBound::Sought))
        .takes(&[VALUE])
        .costs(SEEK)
        .about(
            "Whether an element is the same as a value by what it holds: numbers exactly, arrays, lists and maps by their content.",
            &[gives("new int[]{1, 2}.contains(2)", "true"), gives("'a,b'.split(',').contains('c')", "false")],
        ),
    Function::of_any(ARRAYS, "indexOf", Type::Long, native!(index_of, Any, Any))
        .bounded(Bound::Sequence(SequenceBound::Sought))
        .takes(&[VALUE])
        .costs(SEEK)
        .about(
            "The first index whose element is the same as a value; -1 where there is none.",
            &[gives("new int[]{1, 2}.indexOf(2)", "1"), gives("new int[]{1, 2}.indexOf('2')", "-1")],
        ),
    Function::of_any(ARRAYS, "distinct", Type::Any, native!(distinct, Any))
        .bounded(Bound::Sequence(SequenceBound::Distinct))
        .gives(Follows::Receiver)
        .costs(Cost::fixed(12).and("20 steps and 200 bytes for each text, and what hashing it takes; of other elements, what looking each up among those before takes; and the result's memory"))
        .about(
            "Each element once, at the place of the first that is the same by what it holds.",
            &[gives("new int[]{2, 1, 2}.distinct()", "[2, 1]"), gives("Json.parse('[1, \"1\", 1.0]').distinct()", r#"[1, "1"]"#)],
        ),
];

fn contains(context: &mut Context<'_>, array: Any, value: Any) -> Result<bool, Fault> {
    Ok(context.place_of(array, value)?.is_some())
}

fn index_of(context: &mut Context<'_>, array: Any, value: Any) -> Result<i64, Fault> {
    Ok(context.place_of(array, value)?.map_or(-1, |place| place as i64))
}

fn distinct(context: &mut Context<'_>, array: Any) -> Result<Any, Fault> {
    let (elements, _) = array_of(context, array)?;
    let values = context.heap.values(&mut context.meter, array)?;
    let kept = match elements {
        Elements::Texts => distinct_texts(context, values)?,
        Elements::Longs | Elements::Doubles | Elements::Booleans | Elements::Mixed => distinct_values(context, values)?,
    };
    context.heap.array_of_values(&mut context.meter, elements, &kept)
}

/// Each text once, and null.
fn distinct_texts(context: &mut Context<'_>, values: Vec<Any>) -> Result<Vec<Any>, Fault> {
    let seen = context.heap.new_map(&mut context.meter)?;
    let mut kept = room(context, values.len())?;
    let mut is_null_seen = false;
    for value in values {
        context.meter.charge_steps(DISTINCT_STEPS)?;
        let is_new = match Text::from_bits(value.bits) {
            Some(text) => {
                let length = context.heap.map_len(seen);
                context.heap.map_put(&mut context.meter, seen, text, Any::NULL)?;
                context.heap.map_len(seen) > length
            }
            None => !std::mem::replace(&mut is_null_seen, true),
        };
        if is_new {
            kept.push(value);
        }
    }
    Ok(kept)
}

/// Each value once, looked up among those before it.
fn distinct_values(context: &mut Context<'_>, values: Vec<Any>) -> Result<Vec<Any>, Fault> {
    let mut kept: Vec<Any> = room(context, values.len())?;
    for value in values {
        let mut is_new = true;
        for &before in &kept {
            if context.same(before, value)? {
                is_new = false;
                break;
            }
        }
        if is_new {
            kept.push(value);
        }
    }
    Ok(kept)
}

/// The steps of each text that is kept once.
pub(crate) const DISTINCT_STEPS: u64 = 12;
