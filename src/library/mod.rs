//! The library: one file a class, each function's signature, cost, documentation and body in one place.

mod arrays;
mod boolean;
pub(crate) mod declaration;
mod double;
pub(crate) mod java;
#[cfg(feature = "datetime")]
#[expect(dead_code, unused_imports, reason = "bound to the library's declarations next")]
pub(crate) mod joda;
mod long;
mod map;
mod math;
mod string;
mod system;

use declaration::{Function, Receiver};

use crate::machine::native::Native;
use crate::types::Type;

/// A function of the library, by its place in [`functions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct FunctionId(pub(crate) u16);

/// The classes' tables, in the order of the reference page.
const CLASSES: &[&[&[Function]]] = &[
    string::FUNCTIONS,
    &[long::FUNCTIONS],
    &[double::FUNCTIONS],
    &[boolean::FUNCTIONS],
    &[arrays::FUNCTIONS],
    &[map::FUNCTIONS],
    &[math::FUNCTIONS],
    &[system::FUNCTIONS],
];

/// Every function with its id.
pub(crate) fn functions() -> impl Iterator<Item = (FunctionId, &'static Function)> {
    let all = CLASSES.iter().copied().flatten().copied().flatten();
    all.enumerate()
        .map(|(index, function)| (FunctionId(index as u16), function))
}

/// The function with an id that [`functions`] gave.
pub(crate) fn function(id: FunctionId) -> Option<&'static Function> {
    let mut index = usize::from(id.0);
    for class in CLASSES.iter().copied().flatten() {
        match class.get(index) {
            Some(function) => return Some(function),
            None => index -= class.len(),
        }
    }
    None
}

/// The functions reached as `receiver` and `name`: the overloads, in order of preference.
pub(crate) fn overloads(receiver: Receiver, name: &str) -> impl Iterator<Item = (FunctionId, &'static Function)> {
    functions().filter(move |(_, function)| function.receiver == receiver && function.name == name)
}

/// Whether a name is a class of the language: it can then be neither a variable nor a parameter.
pub(crate) fn is_class(name: &str) -> bool {
    let named = |function: &Function| match function.receiver {
        Receiver::Static(class) | Receiver::Constructor(class) | Receiver::Constant(class) => class == name,
        Receiver::Instance(_) => false,
    };
    Type::from_source_name(name).is_some() || functions().any(|(_, function)| named(function))
}

/// The constructor that makes a value of the type from a host's text, for parameters of types that have no host value of
/// their own.
pub(crate) fn from_text(ty: Type) -> Option<Native> {
    let class = match ty {
        Type::DateTime => "DateTime",
        _ => return None,
    };
    let from_text = |function: &&Function| matches!(function.parameters, [text] if text.accepts.takes(Type::String));
    let mut constructors = overloads(Receiver::Constructor(class), class).map(|(_, function)| function);
    constructors.find(from_text).map(Function::native)
}
