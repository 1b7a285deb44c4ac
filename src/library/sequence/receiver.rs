//! What the methods of arrays are called on.

use crate::diagnostic::{Code, Message};
use crate::library::declaration::Accepts;
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::types::{Elements, Type};

/// What has elements.
pub(super) const ARRAYS: &[Type] = &[
    Type::LongArray,
    Type::DoubleArray,
    Type::BooleanArray,
    Type::StringArray,
    Type::List,
];
/// The same, as an argument.
pub(super) const ANY_ARRAY: Accepts = Accepts::OneOf(ARRAYS);

/// What an array is made of, and how many elements it has.
pub(super) fn array_of(context: &Context<'_>, array: Any) -> Result<(Elements, usize), Fault> {
    match Elements::of(array.ty) {
        Some(elements) => Ok((elements, context.heap.length_of(elements, array.bits))),
        None => Err(Fault::internal("a method of arrays is called on one")),
    }
}

/// An element that a function cannot take, at its place: what it takes, and what to do, where it is not null.
pub(super) fn unfit(takes: &'static str, found: Any, at: usize, otherwise: &'static str) -> Fault {
    let help = match found.is_null() {
        true => "give nulls a value first, `x ?? 0`",
        false => otherwise,
    };
    let message = Message::from(takes).words(", found ").words(found.kind_name());
    let message = message.words(" at index ").value(at);
    Fault::new(Code::InvalidArgument, message).with_help(Code::InvalidArgument, help)
}
