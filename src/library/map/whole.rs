//! All entries of a map: as arrays, in another map, and taken out. SEL has none of it.

use super::entry::{KEY, check_not_null};
use crate::library::bound::{Bound, MapBound};
use crate::library::declaration::{Cost, Function, Parameter, fails, gives};
use crate::library::sequence::{gathered, pair, with_capacity};
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::Text;
use crate::machine::native::{Handle, native};
use crate::types::{Elements, Type};

const OTHER: Parameter = Parameter::of("other", Type::Map, "another map");
const MERGE: Cost =
    Cost::fixed(10).and("4 steps for each entry, 8 for each that is new, 16 for each map that is made, a step for each 16 bytes of a key, and the new map's memory");

/// The functions.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::method(Type::Map, "isEmpty", Type::Boolean, native!(is_empty, Handle))
        .bounded(Bound::Fixed)
        .beyond_sel()
        .about("Whether there are no entries.", &[gives("new Map().isEmpty()", "true"), fails("Map m; return m.isEmpty();", "E505")]),
    Function::method(Type::Map, "values", Type::Any, native!(values, Handle))
        .bounded(Bound::Map(MapBound::Values))
        .beyond_sel()
        .costs(Cost::fixed(10).and("3 steps for each value, and 48 bytes"))
        .about(
            "The values, in the order of their keys: an array where they are of one kind, DOUBLEs where they are numbers, else a LIST.",
            &[
                gives("m = new Map(); m.put('b', 1); m.put('a', 2); return m.values();", "[1, 2]"),
                fails("Map m; return m.values();", "E505"),
            ],
        ),
    Function::method(Type::Map, "entries", Type::List, native!(entries, Handle))
        .bounded(Bound::Map(MapBound::Entries))
        .beyond_sel()
        .costs(Cost::fixed(10).and("15 steps for each entry, and 560 bytes"))
        .about(
            "Maps of `key` and `value`, one for each entry, in order.",
            &[
                gives("m = new Map(); m.put('b', 1); return m.entries();", r#"[{"key": "b", "value": 1}]"#),
                fails("Map m; return m.entries();", "E505"),
            ],
        ),
    Function::method(Type::Map, "remove", Type::Any, native!(remove, Handle, Text))
        .bounded(Bound::Map(MapBound::Remove))
        .beyond_sel()
        .takes(&[KEY])
        .costs(Cost::fixed(10).and("a step for each 16 bytes of the key, and 2 for each entry of the map"))
        .about(
            "Takes an entry out, and gives the value it had; null where there is none.",
            &[
                gives("m = new Map(); m.put('a', 1); m.remove('a'); return m;", "{}"),
                gives("new Map().remove('a')", "null"),
                fails("Map m; return m.remove('a');", "E505"),
            ],
        ),
    Function::method(Type::Map, "putAll", Type::Map, native!(put_all, Handle, Handle))
        .bounded(Bound::Map(MapBound::PutAll))
        .beyond_sel()
        .takes(&[OTHER])
        .costs(MERGE)
        .about(
            "Sets the entries of another map, and gives the map itself.",
            &[
                gives("m = new Map(); n = new Map(); n.put('a', 1); m.putAll(n); return m;", r#"{"a": 1}"#),
                fails("Map m; return new Map().putAll(m);", "E505"),
            ],
        ),
    Function::method(Type::Map, "merge", Type::Map, native!(merge, Handle, Handle))
        .bounded(Bound::Map(MapBound::Merged))
        .beyond_sel()
        .takes(&[OTHER])
        .costs(MERGE)
        .about(
            "A new map of the entries of both; where both have a key, at its first place with the other's value.",
            &[
                gives("m = new Map(); m.put('a', 1); n = new Map(); n.put('a', 2); return m.merge(n);", r#"{"a": 2}"#),
                fails("Map m; return new Map().merge(m);", "E505"),
            ],
        ),
    Function::method(Type::Map, "mergeDeep", Type::Map, native!(merge_deep, Handle, Handle))
        .bounded(Bound::Map(MapBound::Merged))
        .beyond_sel()
        .takes(&[OTHER])
        .costs(MERGE)
        .about(
            "The same, where maps that both have at a key are merged in turn, as deep as values may be nested. A map that only one of them has is the same map in the new one.",
            &[
                gives(
                    "a = Json.parse('{\"k\": {\"x\": 1}}'); b = Json.parse('{\"k\": {\"y\": 2}}'); return a.mergeDeep(b);",
                    r#"{"k": {"x": 1, "y": 2}}"#,
                ),
                fails("m = new Map(); m.put('m', m); return m.mergeDeep(m);", "E610"),
            ],
        ),
];

/// The steps of each entry that is read, beside what is done with it.
pub(crate) const ENTRY_STEPS: u64 = 1;
/// The steps of setting an entry in a map that is filled from another, and those beside where it is new: the map grows.
pub(crate) const SET_STEPS: u64 = 3;
pub(crate) const NEW_ENTRY_STEPS: u64 = 8;
/// The steps of a map that is made of others.
pub(crate) const MADE_STEPS: u64 = 16;

fn is_empty(context: &mut Context<'_>, map: Handle) -> Result<bool, Fault> {
    check_not_null(map)?;
    Ok(context.heap.map_len(map.0) == 0)
}

/// Makes a map's entries ready to be read one by one, and gives their number.
fn opened(context: &mut Context<'_>, map: Handle) -> Result<usize, Fault> {
    check_not_null(map)?;
    context.heap.own_map(&mut context.meter, map.0)?;
    Ok(context.heap.map_len(map.0))
}

/// The entry at a place of a map that is open.
fn entry(context: &mut Context<'_>, map: Handle, at: usize) -> Result<(Text, Any), Fault> {
    context.meter.charge_steps(ENTRY_STEPS)?;
    let entry = context.heap.map_entry(map.0, at);
    entry.ok_or_else(|| Fault::internal("a map has as many entries as it says"))
}

fn values(context: &mut Context<'_>, map: Handle) -> Result<Any, Fault> {
    let values = all_values(context, map)?;
    gathered(context, values)
}

/// The values, in order.
pub(crate) fn all_values(context: &mut Context<'_>, map: Handle) -> Result<Vec<Any>, Fault> {
    let count = opened(context, map)?;
    let mut values = with_capacity(context, count)?;
    for at in 0..count {
        values.push(entry(context, map, at)?.1);
    }
    Ok(values)
}

fn entries(context: &mut Context<'_>, map: Handle) -> Result<Any, Fault> {
    let count = opened(context, map)?;
    let names = [context.new_text("key")?, context.new_text("value")?];
    let mut entries = with_capacity(context, count)?;
    for at in 0..count {
        let (key, value) = entry(context, map, at)?;
        entries.push(pair(context, names, [Any::text(key), value])?);
    }
    context
        .heap
        .array_of_values(&mut context.meter, Elements::Mixed, &entries)
}

fn remove(context: &mut Context<'_>, map: Handle, key: Text) -> Result<Any, Fault> {
    opened(context, map)?;
    let removed = context.heap.map_remove(&mut context.meter, map.0, key)?;
    Ok(removed.unwrap_or(Any::NULL))
}

fn put_all(context: &mut Context<'_>, map: Handle, other: Handle) -> Result<Any, Fault> {
    check_not_null(map)?;
    let count = opened(context, other)?;
    for at in 0..count {
        let (key, value) = entry(context, other, at)?;
        set(context, map, key, value)?;
    }
    Ok(Any::new(Type::Map, map.0))
}

/// Sets an entry of a map that is filled from another.
fn set(context: &mut Context<'_>, map: Handle, key: Text, value: Any) -> Result<(), Fault> {
    context.meter.charge_steps(SET_STEPS)?;
    match context.heap.map_put(&mut context.meter, map.0, key, value)? {
        Some(_) => Ok(()),
        None => context.meter.charge_steps(NEW_ENTRY_STEPS),
    }
}

/// A new map of the entries of another.
fn copy(context: &mut Context<'_>, map: Handle) -> Result<Handle, Fault> {
    check_not_null(map)?;
    context.meter.charge_steps(MADE_STEPS)?;
    let copy = Handle(context.heap.new_map(&mut context.meter)?);
    put_all(context, copy, map)?;
    Ok(copy)
}

fn merge(context: &mut Context<'_>, map: Handle, other: Handle) -> Result<Any, Fault> {
    let merged = copy(context, map)?;
    put_all(context, merged, other)
}

fn merge_deep(context: &mut Context<'_>, map: Handle, other: Handle) -> Result<Any, Fault> {
    merged_at(context, map, other, 1)
}

/// Two maps as one, at so many levels.
fn merged_at(context: &mut Context<'_>, map: Handle, other: Handle, depth: u64) -> Result<Any, Fault> {
    context.meter.check_value_nesting(depth)?;
    let merged = copy(context, map)?;
    let count = opened(context, other)?;
    for at in 0..count {
        let (key, mut value) = entry(context, other, at)?;
        context.meter.charge_steps(SET_STEPS)?;
        let own = context.heap.map_get(&mut context.meter, merged.0, key)?;
        let is_map = |value: Any| value.ty == Type::Map && !value.is_null();
        if let Some(own) = own.filter(|&own| is_map(own) && is_map(value)) {
            value = merged_at(context, Handle(own.bits), Handle(value.bits), depth + 1)?;
        }
        set(context, merged, key, value)?;
    }
    Ok(Any::new(Type::Map, merged.0))
}
