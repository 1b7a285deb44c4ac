//! The class `Arrays`.

use super::declaration::{Accepts, Function, Parameter, fails, gives};
use crate::library::bound::Bound;
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::native::native;
use crate::types::Type;

const ARRAYS: Accepts = Accepts::OneOf(&[
    Type::BooleanArray,
    Type::LongArray,
    Type::DoubleArray,
    Type::StringArray,
    Type::List,
]);

/// The functions of `Arrays`.
pub(crate) const FUNCTIONS: &[Function] = &[Function::of_class("Arrays", "asList", Type::Any, native!(as_list, Any))
    .bounded(Bound::Same)
    .takes(&[Parameter::accepting("array", ARRAYS, "an array or list")])
    .about(
        "The array itself: lists and arrays are one here.",
        &[
            gives("Arrays.asList(new int[]{1, 2})", "[1, 2]"),
            fails("Arrays.asList(1)", "E404"),
        ],
    )];

fn as_list(_: &mut Context<'_>, array: Any) -> Result<Any, Fault> {
    Ok(array)
}
