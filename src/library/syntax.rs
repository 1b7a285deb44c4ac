//! What expressions beyond SEL call that are not calls themselves: literals of lists and maps, `x in xs`, `m.name`.

use super::declaration::{Accepts, Cost, Function, Parameter};
use crate::diagnostic::{Code, Message, closest, quote};
use crate::library::bound::{Bound, SyntaxBound};
use crate::library::sequence::gathered;
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::{NULL_HANDLE, Text};
use crate::machine::native::{Handle, Rest, native};
use crate::machine::unread::Pace;
use crate::types::Type;

/// The forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Syntax {
    /// `[a, b]` of more than one kind.
    List,
    /// `[a, b]` whose kind only the run knows.
    ArrayOrList,
    /// `{a: 1}`
    Map,
    /// `x in xs`, `k in m`
    In,
    /// `m.name`
    Entry,
    /// `m?.name`
    MaybeEntry,
    /// Whether `m?.name` finds no entry.
    Lacks,
    /// `xs == ys`
    Same,
}

impl Syntax {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::List => "[…]",
            Self::ArrayOrList => "[…?]",
            Self::Map => "{…}",
            Self::In => "in",
            Self::Entry => "m.key",
            Self::MaybeEntry => "m?.key",
            Self::Lacks => "!in",
            Self::Same => "==",
        }
    }
}

/// Charged for each entry of a map literal, beside its room and what its key charges.
pub(crate) const ENTRY_STEPS: u64 = 8;
/// The most keys that are looked at for one that was meant, and the most bytes of each.
const KEYS_COMPARED: usize = 16;
const KEY_BYTES: usize = 64;
/// Charged for each of them.
const NEAR_KEY_STEPS: u64 = 128;
/// What the error of a key that is not there charges at most.
pub(crate) const ABSENT_KEY_STEPS: u64 = (NEAR_KEY_STEPS + KEY_BYTES as u64) * (KEYS_COMPARED as u64 + 1);
/// The most keys that the error names where none is near.
const KEYS_NAMED: usize = 5;

const LISTS: Accepts = Accepts::OneOf(&[
    Type::BooleanArray,
    Type::LongArray,
    Type::DoubleArray,
    Type::StringArray,
    Type::List,
]);
const ANYTHING: Accepts = Accepts::Anything;
const KEY: Parameter = Parameter::of("key", Type::String, "the key");
const MAP: Parameter = Parameter::of("map", Type::Map, "the map");

/// What the forms call.
pub(crate) const FUNCTIONS: &[Function] = &[
    Function::inside(Syntax::List.name(), Type::List, native!(list, Rest<'_>))
        .bounded(Bound::Syntax(SyntaxBound::List))
        .takes_any_number(&[Parameter::accepting("element", ANYTHING, "an element")])
        .costs(Cost::fixed(8).and("a step for each element, and the list's memory")),
    Function::inside(Syntax::ArrayOrList.name(), Type::Any, native!(list, Rest<'_>))
        .bounded(Bound::Syntax(SyntaxBound::List))
        .takes_any_number(&[Parameter::accepting("element", ANYTHING, "an element")])
        .costs(Cost::fixed(8).and("a step for each element, and the array's memory")),
    Function::inside(Syntax::Map.name(), Type::Map, native!(map, Rest<'_>))
        .bounded(Bound::Syntax(SyntaxBound::Map))
        .takes_any_number(&[Parameter::accepting("entry", ANYTHING, "a key or its value")])
        .costs(Cost::fixed(8).and("8 steps for each entry, a step for each 16 bytes of its key, and the map's memory")),
    Function::inside(Syntax::In.name(), Type::Boolean, native!(in_list, Any, Any))
        .bounded(Bound::Syntax(SyntaxBound::InList))
        .takes(&[
            Parameter::accepting("value", ANYTHING, "what is looked for"),
            Parameter::accepting("list", LISTS, "an array or list"),
        ])
        .costs(Cost::fixed(4).and("a step for each 16 bytes of numbers, 4 for each other element, and its comparison")),
    Function::inside(Syntax::In.name(), Type::Boolean, native!(in_map, Text, Handle))
        .bounded(Bound::Syntax(SyntaxBound::InMap))
        .takes(&[KEY, MAP])
        .costs(Cost::fixed(6).and("a step for each 16 bytes of the key")),
    Function::inside(Syntax::Same.name(), Type::Boolean, native!(same, Any, Any))
        .bounded(Bound::Syntax(SyntaxBound::Same))
        .takes(&[
            Parameter::accepting("value", ANYTHING, "a value"),
            Parameter::accepting("other", ANYTHING, "what it is compared with"),
        ])
        .costs(Cost::fixed(4).and("4 steps for each two values that are compared, and their texts")),
    Function::inside(Syntax::Entry.name(), Type::Any, native!(entry, Any, Text))
        .bounded(Bound::Syntax(SyntaxBound::Entry))
        .takes(&[Parameter::accepting("map", ANYTHING, "the map"), KEY])
        .costs(Cost::fixed(6).and("a step for each 16 bytes of the key, and 1 for a value of a host's map")),
    Function::inside(Syntax::MaybeEntry.name(), Type::Any, native!(maybe_entry, Any, Text))
        .bounded(Bound::Syntax(SyntaxBound::MaybeEntry))
        .takes(&[Parameter::accepting("map", ANYTHING, "the map"), KEY])
        .costs(Cost::fixed(6).and("a step for each 16 bytes of the key, and 1 for a value of a host's map")),
    Function::inside(Syntax::Lacks.name(), Type::Boolean, native!(lacks, Text, Any))
        .bounded(Bound::Syntax(SyntaxBound::InMap))
        .takes(&[KEY, Parameter::accepting("map", ANYTHING, "the map")])
        .costs(Cost::fixed(6).and("a step for each 16 bytes of the key")),
];

fn list(context: &mut Context<'_>, elements: Rest<'_>) -> Result<Any, Fault> {
    let elements = elements.iter();
    context
        .meter
        .charge_memory(elements.len() as u64 * size_of::<Any>() as u64)?;
    gathered(context, elements.collect())
}

/// Keys and values in turn; a later equal key wins at the first one's place.
fn map(context: &mut Context<'_>, entries: Rest<'_>) -> Result<Any, Fault> {
    let Context { heap, meter, .. } = context;
    let map = heap.new_map(meter)?;
    let mut entries = entries.iter();
    while let (Some(key), Some(value)) = (entries.next(), entries.next()) {
        meter.charge_steps(ENTRY_STEPS)?;
        let key = Text::from_bits(key.bits).ok_or_else(|| Fault::null("a key of the map"))?;
        heap.map_put(meter, map, key, value)?;
    }
    Ok(Any::new(Type::Map, map))
}

fn in_list(context: &mut Context<'_>, value: Any, list: Any) -> Result<bool, Fault> {
    Ok(context.place_of(list, value)?.is_some())
}

fn same(context: &mut Context<'_>, value: Any, other: Any) -> Result<bool, Fault> {
    context.same(value, other)
}

fn in_map(context: &mut Context<'_>, key: Text, map: Handle) -> Result<bool, Fault> {
    match map.0 {
        NULL_HANDLE => Err(Fault::null("the MAP behind `in`")),
        map => context.heap.map_contains(&mut context.meter, map, key),
    }
}

fn entry(context: &mut Context<'_>, map: Any, key: Text) -> Result<Any, Fault> {
    if map.is_null() {
        let fault = Fault::null("the MAP that an entry is read of");
        return Err(fault.with_help(Code::NullValue, "where it may be null, write `m?.key`"));
    }
    match found(context, map, key)? {
        Some(value) => Ok(value),
        None => Err(absent(context, map.bits, key)),
    }
}

fn maybe_entry(context: &mut Context<'_>, map: Any, key: Text) -> Result<Any, Fault> {
    Ok(found(context, map, key)?.unwrap_or(Any::NULL))
}

/// What is not a map is left to the entry that is read next.
fn lacks(context: &mut Context<'_>, key: Text, map: Any) -> Result<bool, Fault> {
    match map.ty {
        Type::Map => Ok(!context.heap.map_contains(&mut context.meter, map.bits, key)?),
        _ => Ok(false),
    }
}

fn found(context: &mut Context<'_>, map: Any, key: Text) -> Result<Option<Any>, Fault> {
    match map.ty {
        Type::Map => context.heap.map_get(&mut context.meter, map.bits, key),
        ty => {
            let message = Message::from("expected MAP to read an entry of, found ").words(ty.name());
            Err(Fault::new(Code::TypeMismatch, message))
        }
    }
}

/// The error of a key that a map has not, with those that it has.
#[cold]
fn absent(context: &mut Context<'_>, map: u64, key: Text) -> Fault {
    match said(context, map, key) {
        Ok(message) => {
            let help = "where it may be absent, write `m?.key`, which gives null";
            Fault::new(Code::AbsentKey, message).with_help(Code::AbsentKey, help)
        }
        Err(fault) => fault,
    }
}

fn said(context: &mut Context<'_>, map: u64, key: Text) -> Result<Message, Fault> {
    let Context { heap, meter, .. } = context;
    let wanted = heap
        .texts
        .unread(key)
        .beginning(KEY_BYTES, meter, Pace::Look)?
        .to_owned();
    let message = Message::from("the MAP has no key ").quoted(&wanted);
    let mut keys = Vec::with_capacity(KEYS_COMPARED);
    for index in 0..heap.map_len(map).min(KEYS_COMPARED) {
        meter.charge_steps(NEAR_KEY_STEPS)?;
        if let Some(key) = heap.map_key(map, index) {
            let end = (0..=KEY_BYTES.min(key.len()))
                .rev()
                .find(|&at| key.is_char_boundary(at));
            keys.push(key.get(..end.unwrap_or(0)).unwrap_or(""));
        }
    }
    // What is said of the keys is a value, so that a message without values does not depend on them.
    Ok(message.words(": ").value(match closest(&wanted, keys.iter().copied()) {
        Some(near) => format!("did you mean {}?", quote(near)),
        None if keys.is_empty() => "it is empty".to_owned(),
        None => {
            let named: Vec<String> = keys.iter().take(KEYS_NAMED).map(|key| quote(key)).collect();
            let more = if heap.map_len(map) > KEYS_NAMED { ", …" } else { "" };
            format!("it has {}{more}", named.join(", "))
        }
    }))
}
