//! Elements that are the same as a value by what they hold: whether there is one, and where the first is.

use super::receiver::ARRAYS;
use crate::library::bound::{Bound, SequenceBound};
use crate::library::declaration::{Accepts, Cost, Function, Parameter, gives};
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::native::native;
use crate::types::Type;

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
];

fn contains(context: &mut Context<'_>, array: Any, value: Any) -> Result<bool, Fault> {
    Ok(context.place_of(array, value)?.is_some())
}

fn index_of(context: &mut Context<'_>, array: Any, value: Any) -> Result<i64, Fault> {
    Ok(context.place_of(array, value)?.map_or(-1, |place| place as i64))
}
