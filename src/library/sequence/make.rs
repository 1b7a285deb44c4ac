//! New arrays and lists of values, of a given kind or of the one that the values make.

use crate::diagnostic::{Code, Message};
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::NULL_HANDLE;
use crate::types::{Elements, Stored, Type};

/// The values that are looked at for one charge.
const BLOCK_VALUES: usize = 1024;

/// Room for so many values, charged.
pub(crate) fn with_capacity(context: &mut Context<'_>, count: usize) -> Result<Vec<Any>, Fault> {
    let bytes = count * size_of::<Any>();
    context.meter.charge_memory(bytes as u64)?;
    context.meter.record_reserved(bytes);
    Ok(Vec::with_capacity(count))
}

/// A value as an element of a kind; `None` if it cannot be one. A LONG becomes a DOUBLE, a null one of a STRING_ARRAY.
pub(super) fn element_of(elements: Elements, value: Any) -> Option<Any> {
    match (elements, value.ty.stored()) {
        (Elements::Mixed, _)
        | (Elements::Longs, Stored::Long)
        | (Elements::Doubles, Stored::Double)
        | (Elements::Booleans, Stored::Boolean)
        | (Elements::Texts, Stored::Text) => Some(value),
        (Elements::Doubles, Stored::Long) => value.number().map(Any::double),
        (Elements::Texts, Stored::Null) => Some(Any::new(Type::String, NULL_HANDLE)),
        (Elements::Longs | Elements::Doubles | Elements::Booleans | Elements::Texts, _) => None,
    }
}

/// The same, or an error.
pub(super) fn fitted(elements: Elements, value: Any) -> Result<Any, Fault> {
    element_of(elements, value).ok_or_else(|| {
        let message = Message::from("a ").words(elements.array().name()).words(" takes no ");
        Fault::new(Code::InvalidArgument, message.words(value.kind_name()))
    })
}

/// The array of values of one kind, of numbers with a DOUBLE among them, or else a LIST.
pub(crate) fn gathered(context: &mut Context<'_>, mut values: Vec<Any>) -> Result<Any, Fault> {
    let mut kind = None;
    for block in values.chunks(BLOCK_VALUES) {
        context.meter.charge_steps(block.len() as u64)?;
        kind = block.iter().fold(kind, |kind, value| Some(joined(kind, *value)));
    }
    let kind = kind.unwrap_or(Elements::Mixed);
    if kind == Elements::Doubles {
        for block in values.chunks_mut(BLOCK_VALUES) {
            context.meter.charge_steps(block.len() as u64)?;
            let doubled = |value: &mut Any| *value = element_of(kind, *value).unwrap_or(*value);
            block.iter_mut().for_each(doubled);
        }
    }
    match kind {
        Elements::Mixed => context.heap.list_of_values(&mut context.meter, values),
        kind => context.heap.array_of_values(&mut context.meter, kind, &values),
    }
}

/// The kind of array that holds what one of a kind holds, and a value.
fn joined(kind: Option<Elements>, value: Any) -> Elements {
    let own = match value.ty.stored() {
        Stored::Long => Elements::Longs,
        Stored::Double => Elements::Doubles,
        Stored::Boolean => Elements::Booleans,
        Stored::Text => Elements::Texts,
        Stored::Null | Stored::Elements(_) | Stored::Map | Stored::Object | Stored::Unknown | Stored::Nothing => {
            Elements::Mixed
        }
    };
    match (kind, own) {
        (None, own) => own,
        (Some(kind), own) if kind == own => own,
        (Some(Elements::Longs | Elements::Doubles), Elements::Longs | Elements::Doubles) => Elements::Doubles,
        (Some(_), _) => Elements::Mixed,
    }
}
