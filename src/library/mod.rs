//! The library: one file a class, each function's signature, cost, documentation and body in one place.

mod arrays;
mod boolean;
pub(crate) mod bound;
pub(crate) mod capability;
mod data;
#[cfg(feature = "datetime")]
mod date;
pub(crate) mod declaration;
mod double;
mod english;
pub(crate) mod java;
#[cfg(feature = "datetime")]
pub(crate) mod joda;
mod kind;
mod long;
pub(crate) mod map;
mod math;
pub(crate) mod number;
pub(crate) mod reference;
pub(crate) mod sequence;
pub(crate) mod string;
pub(crate) mod syntax;
mod system;
mod uuid;

use std::sync::LazyLock;

use capability::{Capability, SwitchedOff};
use declaration::{Function, Receiver};

use crate::dialect::Dialect;
use crate::machine::native::Native;
use crate::types::Type;

/// A function of the library, by its place in [`functions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct FunctionId(pub(crate) u16);

/// Tables of functions, and the capability that all of them need.
type Part = (Option<Capability>, &'static [&'static [Function]]);

/// The classes' tables, in the order of the reference page.
const PARTS: &[Part] = &[
    (None, string::FUNCTIONS),
    (None, &[long::FUNCTIONS, double::FUNCTIONS, boolean::FUNCTIONS]),
    (None, &[arrays::FUNCTIONS]),
    (None, sequence::FUNCTIONS),
    (None, map::FUNCTIONS),
    (None, math::FUNCTIONS),
    (None, &[kind::FUNCTIONS]),
    (None, data::FUNCTIONS),
    (None, &[system::FUNCTIONS, uuid::FUNCTIONS, syntax::FUNCTIONS]),
    #[cfg(feature = "datetime")]
    (Some(Capability::Dates), date::FUNCTIONS),
];

/// Every function with the capability that its class needs.
fn all() -> impl Iterator<Item = (&'static Function, Option<Capability>)> {
    PARTS.iter().flat_map(|&(capability, tables)| {
        let functions = tables.iter().copied().flatten();
        functions.map(move |function| (function, capability))
    })
}

/// Every function with its id.
pub(crate) fn functions() -> impl Iterator<Item = (FunctionId, &'static Function)> {
    all()
        .enumerate()
        .map(|(index, (function, _))| (FunctionId(index as u16), function))
}

/// The functions by their places and by their names, so that nothing is searched for while a program is compiled.
struct Index {
    functions: Vec<(&'static Function, Option<Capability>)>,
    /// In the order of names, and of places among those of a name.
    by_name: Vec<(&'static str, FunctionId)>,
    /// Those of SEL, in order.
    classes: Vec<&'static str>,
    /// All others, in order.
    classes_beyond_sel: Vec<&'static str>,
    /// For each byte, whether a class begins with it.
    class_begins: [bool; 256],
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut by_name: Vec<_> = functions().map(|(id, function)| (function.name, id)).collect();
    by_name.sort_unstable();
    let mut classes: Vec<_> = class_names(Dialect::Sel).collect();
    classes.sort_unstable();
    let mut classes_beyond_sel: Vec<_> = class_names(Dialect::Selvedge)
        .filter(|class| classes.binary_search(class).is_err())
        .collect();
    classes_beyond_sel.sort_unstable();
    let begins = |byte: usize| {
        classes
            .iter()
            .any(|class| class.bytes().next() == u8::try_from(byte).ok())
    };
    let class_begins = std::array::from_fn(begins);
    Index {
        functions: all().collect(),
        by_name,
        class_begins,
        classes,
        classes_beyond_sel,
    }
});

/// The function with an id that [`functions`] gave.
pub(crate) fn function(id: FunctionId) -> Option<&'static Function> {
    Some(INDEX.functions.get(usize::from(id.0))?.0)
}

/// The functions of a name in a dialect, of whatever receiver.
fn named(dialect: Dialect, name: &str) -> impl Iterator<Item = (FunctionId, &'static Function)> {
    let start = INDEX.by_name.partition_point(|(other, _)| *other < name);
    let named = INDEX
        .by_name
        .iter()
        .skip(start)
        .take_while(move |(other, _)| *other == name);
    let functions = named.filter_map(|&(_, id)| Some((id, function(id)?)));
    functions.filter(move |(_, function)| function.is_of(dialect))
}

/// The functions reached as `receiver` and `name`: the overloads, in order of preference.
pub(crate) fn overloads(
    dialect: Dialect,
    receiver: Receiver,
    name: &str,
) -> impl Iterator<Item = (FunctionId, &'static Function)> {
    named(dialect, name).filter(move |(_, function)| function.receiver == receiver)
}

/// A part of what calls with a lambda are made of, by its name.
pub(crate) fn inside(name: &str) -> Option<(FunctionId, &'static Function)> {
    named(Dialect::Selvedge, name).find(|(_, function)| function.receiver == Receiver::Inside)
}

/// The functions that an expression of a form of its own is made of, in order of preference.
pub(crate) fn of_syntax(syntax: syntax::Syntax) -> impl Iterator<Item = FunctionId> {
    overloads(Dialect::Selvedge, Receiver::Inside, syntax.name()).map(|(id, _)| id)
}

/// The capability that a function needs, beside what it reads of the host.
pub(crate) fn capability_of(id: FunctionId) -> Option<Capability> {
    let &(function, of_class) = INDEX.functions.get(usize::from(id.0))?;
    function.capability.or(of_class)
}

/// The first capability that is off and that a function needs.
pub(crate) fn switched_off(id: FunctionId, off: SwitchedOff) -> Option<Capability> {
    let needed = capability_of(id).filter(|&capability| off.has(capability));
    needed.or_else(|| off.stops_effects(function(id)?.effects))
}

/// Whether a function belongs to the date classes.
pub(crate) fn is_date_class(id: FunctionId) -> bool {
    capability_of(id) == Some(Capability::Dates)
}

/// Whether a name is a class of SEL: it can then be neither a variable nor a parameter.
pub(crate) fn is_class(name: &str) -> bool {
    let index = &*INDEX;
    let begins = |first: &u8| index.class_begins.get(*first as usize) == Some(&true);
    name.as_bytes().first().is_some_and(begins) && index.classes.binary_search(&name).is_ok()
}

/// What makes a value of the type from a host's text, for parameters of types that have no host value of their own.
#[cfg(feature = "datetime")]
pub(crate) fn from_text(ty: Type) -> Option<Native> {
    (ty == Type::DateTime).then_some(Native {
        body: date::OF_HOST,
        method: None,
        skipped: 0,
    })
}

/// No type of values is read from a text without dates.
#[cfg(not(feature = "datetime"))]
pub(crate) const fn from_text(_: Type) -> Option<Native> {
    None
}

/// Whether a name is a class that SEL does not have. It counts only before `.member`, where nothing else has that name.
pub(crate) fn is_class_beyond_sel(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase()) && INDEX.classes_beyond_sel.binary_search(&name).is_ok()
}

/// Of functions that a call may mean, those that SEL has where it has the first, else all.
pub(crate) fn of_the_first<'f>(
    functions: impl Iterator<Item = &'f Function> + Clone,
) -> impl Iterator<Item = &'f Function> {
    let all = functions.clone().next().is_none_or(|first| first.beyond_sel);
    functions.filter(move |function| all || !function.beyond_sel)
}

/// The functions that a call may mean and the run chooses among, with the steps that each charges once it is chosen: those that SEL
/// has not, where it has the first, whose steps alone are charged before.
pub(crate) fn choices(ids: &[FunctionId]) -> impl Iterator<Item = (&'static Function, u32)> + Clone {
    let functions = ids.iter().filter_map(|&id| function(id));
    let first_is_of_sel = functions.clone().next().is_some_and(|first| !first.beyond_sel);
    functions.map(move |function| match first_is_of_sel && function.beyond_sel {
        true => (function, function.cost.steps),
        false => (function, 0),
    })
}

/// The functions of a dialect.
pub(crate) fn functions_of(dialect: Dialect) -> impl Iterator<Item = &'static Function> {
    let functions = functions().map(|(_, function)| function);
    functions.filter(move |function| function.is_of(dialect))
}

/// The same, in the order of their names.
pub(crate) fn functions_by_name(dialect: Dialect) -> impl Iterator<Item = &'static Function> {
    let functions = INDEX.by_name.iter().filter_map(|&(_, id)| function(id));
    functions.filter(move |function| function.is_of(dialect))
}

/// The names of all classes, for suggestions.
pub(crate) fn class_names(dialect: Dialect) -> impl Iterator<Item = &'static str> {
    let classes = functions_of(dialect).filter_map(|function| match function.receiver {
        Receiver::Static(class) | Receiver::Constructor(class) | Receiver::Constant(class) => Some(class),
        Receiver::Instance(_) | Receiver::OneOf(_) | Receiver::Inside | Receiver::Through { .. } => None,
    });
    classes.chain(Type::SOURCE_NAMES.iter().copied())
}

/// The functions reached as `value.name(…)` on values of a type, or of any type where none is given.
pub(crate) fn methods(dialect: Dialect, ty: Option<Type>, name: &str) -> impl Iterator<Item = FunctionId> {
    named(dialect, name)
        .filter(move |(_, function)| function.receiver.is_method_of(ty))
        .map(|(id, _)| id)
}

/// The constants reached as `value.name` on values of a type, or of any type where none is given.
pub(crate) fn constants_through(dialect: Dialect, ty: Option<Type>, name: &str) -> impl Iterator<Item = FunctionId> {
    let reached = move |receiver| match receiver {
        Receiver::Through { on, constant: true, .. } => ty.is_none_or(|ty| ty == on),
        Receiver::Through { constant: false, .. }
        | Receiver::Instance(_)
        | Receiver::OneOf(_)
        | Receiver::Inside
        | Receiver::Static(_)
        | Receiver::Constructor(_)
        | Receiver::Constant(_) => false,
    };
    named(dialect, name)
        .filter(move |(_, function)| reached(function.receiver))
        .map(|(id, _)| id)
}

/// The class that a name stands for: `Integer` is `Long`, `HashMap` is `Map`.
pub(crate) fn canonical_class(name: &str) -> &str {
    match name {
        "Integer" => "Long",
        "Float" => "Double",
        "HashMap" | "LinkedHashMap" => "Map",
        other => other,
    }
}

/// The constant `Class.name`.
pub(crate) fn constant(dialect: Dialect, class: &str, name: &str) -> Option<FunctionId> {
    let is_it = |function: &Function| matches!(function.receiver, Receiver::Constant(of) if of == class);
    named(dialect, name)
        .find(|(_, function)| is_it(function))
        .map(|(id, _)| id)
}

/// The static functions `Class.name`, in order of preference.
pub(crate) fn statics(dialect: Dialect, class: &str, name: &str) -> impl Iterator<Item = FunctionId> {
    let is_it = move |function: &Function| matches!(function.receiver, Receiver::Static(of) if of == class);
    named(dialect, name)
        .filter(move |(_, function)| is_it(function))
        .map(|(id, _)| id)
}

/// The constructors of a class, in order of preference. They go by its name.
pub(crate) fn constructors(dialect: Dialect, class: &str) -> impl Iterator<Item = FunctionId> {
    let is_it = move |function: &Function| matches!(function.receiver, Receiver::Constructor(of) if of == class);
    named(dialect, class)
        .filter(move |(_, function)| is_it(function))
        .map(|(id, _)| id)
}

/// The names of a class's constants.
pub(crate) fn constants(dialect: Dialect, class: &str) -> impl Iterator<Item = &'static str> {
    let of_class = move |function: &Function| matches!(function.receiver, Receiver::Constant(of) if of == class);
    functions_of(dialect)
        .filter(move |function| of_class(function))
        .map(|function| function.name)
}

/// The names of the methods of a type's own values.
pub(crate) fn method_names(dialect: Dialect, ty: Type) -> impl Iterator<Item = &'static str> {
    let is_own = move |receiver| match receiver {
        Receiver::Instance(on) => on == ty,
        Receiver::OneOf(types) => types.contains(&ty),
        Receiver::Inside
        | Receiver::Static(_)
        | Receiver::Constructor(_)
        | Receiver::Constant(_)
        | Receiver::Through { .. } => false,
    };
    functions_by_name(dialect)
        .filter(move |function| is_own(function.receiver))
        .map(|function| function.name)
}

/// The names of a class's static functions.
pub(crate) fn static_members(dialect: Dialect, class: &str) -> impl Iterator<Item = &'static str> {
    let of_class = move |function: &Function| matches!(function.receiver, Receiver::Static(of) if of == class);
    functions_of(dialect)
        .filter(move |function| of_class(function))
        .map(|function| function.name)
}

/// The classes that have a constructor.
pub(crate) fn constructed_classes(dialect: Dialect) -> impl Iterator<Item = &'static str> {
    functions_of(dialect).filter_map(|function| match function.receiver {
        Receiver::Constructor(class) => Some(class),
        Receiver::Static(_)
        | Receiver::Constant(_)
        | Receiver::Instance(_)
        | Receiver::OneOf(_)
        | Receiver::Inside
        | Receiver::Through { .. } => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_is_known_as_one() {
        assert!(class_names(Dialect::Sel).count() > 10);
        assert!(class_names(Dialect::Sel).all(is_class));
        assert!(!is_class("Maths") && !is_class("math"));
    }
}
