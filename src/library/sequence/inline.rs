//! What calls with a lambda are made of, beside the loop: functions that no program can name.

use super::distinct::distinct_by;
use super::make::{fitted, gathered, with_capacity};
use super::order::{check_ordered, order};
use super::receiver::array_of;
use crate::diagnostic::{Code, Message};
use crate::library::bound::{Bound, InlineBound, MapBound};
use crate::library::declaration::{Accepts, Cost, Function, Parameter};
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::Text;
use crate::machine::native::{Handle, NativeBody, native};
use crate::machine::unread::Pace;
use crate::types::{Elements, Type};
use std::cmp::Ordering;

const LIST: Parameter = Parameter::of("list", Type::List, "a list to be filled");
const MAP: Parameter = Parameter::of("map", Type::Map, "a map");
const ANY: Parameter = Parameter::accepting("value", Accepts::Anything, "a value");

const ACCEPTED: Parameter = Parameter::of("accepted", Type::Long, "the types that fit, a bit for each");
const SHAPE: Parameter = Parameter::of("shape", Type::String, "the shape, and where it is read");

const fn part(name: &'static str, result: Type, body: NativeBody, bound: Bound) -> Function {
    Function::inside(name, result, body).bounded(bound)
}

const fn inline(name: &'static str, result: Type, body: NativeBody, bound: InlineBound) -> Function {
    part(name, result, body, Bound::Inline(bound))
}

/// The functions.
pub(super) const FUNCTIONS: &[Function] = &[
    part("walked", Type::Any, native!(walked, Any), Bound::Same).takes(&[ANY]),
    part("shaped", Type::Any, native!(shaped, Any, i64, Text), Bound::Same)
        .takes(&[ANY, ACCEPTED, SHAPE])
        .costs(Cost::fixed(0)),
    part("map walked", Type::Map, native!(map_walked, Any), Bound::Same).takes(&[ANY]),
    part("map", Type::Map, native!(map), Bound::NewMap).costs(Cost::fixed(8)),
    part("keys", Type::StringArray, native!(keys, Handle), Bound::Keys).takes(&[MAP]),
    inline("list", Type::List, native!(list), InlineBound::List),
    inline("push", Type::Boolean, native!(push, Handle, Any), InlineBound::Push).takes(&[LIST, ANY]),
    inline(
        "push all",
        Type::Boolean,
        native!(push_all, Handle, Any),
        InlineBound::PushAll,
    )
    .takes(&[LIST, ANY]),
    inline(
        "gathered",
        Type::Any,
        native!(gathered_list, Handle),
        InlineBound::Gathered,
    )
    .takes(&[LIST]),
    inline(
        "gathered like",
        Type::Any,
        native!(gathered_like, Handle, Any),
        InlineBound::Gathered,
    )
    .takes(&[LIST, ANY]),
    part(
        "values",
        Type::List,
        native!(values, Handle),
        Bound::Map(MapBound::Values),
    )
    .takes(&[MAP]),
    inline("put", Type::Boolean, native!(put, Handle, Any, Any), InlineBound::Put)
        .takes(&[MAP, ANY, ANY])
        .costs(Cost::fixed(10)),
    inline(
        "group",
        Type::Boolean,
        native!(group, Handle, Any, Any),
        InlineBound::Group,
    )
    .takes(&[MAP, ANY, ANY])
    .costs(Cost::fixed(12)),
    inline(
        "grouped",
        Type::Map,
        native!(grouped, Handle, Any),
        InlineBound::Grouped,
    )
    .takes(&[MAP, ANY]),
    inline(
        "sorted by",
        Type::Any,
        native!(sorted_by, Any, Handle),
        InlineBound::SortedBy,
    )
    .takes(&[ANY, LIST])
    .costs(Cost::fixed(16)),
    inline(
        "sorted descending by",
        Type::Any,
        native!(sorted_descending_by, Any, Handle),
        InlineBound::SortedBy,
    )
    .takes(&[ANY, LIST])
    .costs(Cost::fixed(16)),
    inline(
        "distinct by",
        Type::Any,
        native!(distinct_by, Any, Handle),
        InlineBound::DistinctBy,
    )
    .takes(&[ANY, LIST])
    .costs(Cost::fixed(12)),
    inline("min by", Type::Any, native!(min_by, Any, Handle), InlineBound::LeastBy).takes(&[ANY, LIST]),
    inline("max by", Type::Any, native!(max_by, Any, Handle), InlineBound::LeastBy).takes(&[ANY, LIST]),
];

/// The array or list itself, or an error.
fn walked(_: &mut Context<'_>, value: Any) -> Result<Any, Fault> {
    match value.ty.element() {
        Some(_) => Ok(value),
        None => Err(not_walked("an array or LIST", value)),
    }
}

/// The value itself where it is of one of the types that fit the shape it is read as, or an error.
fn shaped(context: &mut Context<'_>, value: Any, accepted: i64, shape: Text) -> Result<Any, Fault> {
    let ty = if value.is_null() { Type::Null } else { value.ty };
    if accepted >> ty as u32 & 1 == 1 {
        return Ok(value);
    }
    let Context { heap, meter, .. } = context;
    let shape = heap.texts.unread(shape).whole(meter, Pace::Copy)?;
    let (wanted, path) = shape.split_once('\n').unwrap_or((shape, "the value"));
    let message = Message::default()
        .name(path)
        .words(": expected ")
        .name(wanted)
        .words(", found ");
    Err(Fault::new(Code::ShapeMismatch, message.words(value.kind_name())))
}

fn map_walked(_: &mut Context<'_>, value: Any) -> Result<Any, Fault> {
    match value.ty == Type::Map && !value.is_null() {
        true => Ok(value),
        false => Err(not_walked("a MAP", value)),
    }
}

fn not_walked(wanted: &'static str, found: Any) -> Fault {
    let message = Message::from("expected ")
        .words(wanted)
        .words(" before the method, found ");
    Fault::new(Code::TypeMismatch, message.words(found.kind_name()))
}

fn map(context: &mut Context<'_>) -> Result<Any, Fault> {
    Ok(Any::new(Type::Map, context.heap.new_map(&mut context.meter)?))
}

fn keys(context: &mut Context<'_>, map: Handle) -> Result<Any, Fault> {
    crate::library::map::keys(context, map)
}

fn list(context: &mut Context<'_>) -> Result<Any, Fault> {
    Ok(Any::new(Type::List, context.heap.new_list(&mut context.meter)?))
}

fn push(context: &mut Context<'_>, list: Handle, value: Any) -> Result<bool, Fault> {
    context.heap.push_to_list(&mut context.meter, list.0, value)?;
    Ok(true)
}

fn push_all(context: &mut Context<'_>, list: Handle, values: Any) -> Result<bool, Fault> {
    if values.ty.element().is_none() {
        let message = Message::from("expected an array or LIST of the lambda, found ");
        return Err(Fault::new(Code::TypeMismatch, message.words(values.kind_name())));
    }
    for value in context.heap.values(&mut context.meter, values)? {
        context.meter.charge_steps(1)?;
        context.heap.push_to_list(&mut context.meter, list.0, value)?;
    }
    Ok(true)
}

/// What a list that was filled holds.
fn filled(context: &mut Context<'_>, list: Handle) -> Result<Vec<Any>, Fault> {
    context.heap.values(&mut context.meter, Any::new(Type::List, list.0))
}

fn gathered_list(context: &mut Context<'_>, list: Handle) -> Result<Any, Fault> {
    let values = filled(context, list)?;
    gathered(context, values)
}

/// An array of the kind of another.
fn gathered_like(context: &mut Context<'_>, list: Handle, like: Any) -> Result<Any, Fault> {
    let (elements, _) = array_of(context, like)?;
    if elements == Elements::Mixed {
        return Ok(Any::new(Type::List, list.0));
    }
    let mut values = filled(context, list)?;
    for value in &mut values {
        context.meter.charge_steps(1)?;
        *value = fitted(elements, *value)?;
    }
    context.heap.array_of_values(&mut context.meter, elements, &values)
}

/// The values of a map as they are.
fn values(context: &mut Context<'_>, map: Handle) -> Result<Any, Fault> {
    let values = crate::library::map::all_values(context, map)?;
    context
        .heap
        .array_of_values(&mut context.meter, Elements::Mixed, &values)
}

/// A key that a lambda gave.
fn key_of(value: Any) -> Result<Text, Fault> {
    match Text::from_bits(value.bits) {
        Some(text) if value.ty == Type::String => Ok(text),
        _ => {
            if value.is_null() {
                return Err(Fault::null("the key that the lambda gives"));
            }
            let message = Message::from("expected a STRING as the key, found ").words(value.ty.name());
            let fault = Fault::new(Code::TypeMismatch, message);
            Err(fault.with_help(Code::TypeMismatch, "make a text of it, `'' + key`"))
        }
    }
}

fn put(context: &mut Context<'_>, map: Handle, key: Any, value: Any) -> Result<bool, Fault> {
    let key = key_of(key)?;
    context.heap.map_put(&mut context.meter, map.0, key, value)?;
    Ok(true)
}

fn group(context: &mut Context<'_>, map: Handle, key: Any, value: Any) -> Result<bool, Fault> {
    let key = key_of(key)?;
    let Context { heap, meter, .. } = context;
    let list = match heap.map_get(meter, map.0, key)? {
        Some(list) => list,
        None => {
            let list = Any::new(Type::List, heap.new_list(meter)?);
            heap.map_put(meter, map.0, key, list)?;
            list
        }
    };
    heap.push_to_list(meter, list.bits, value)?;
    Ok(true)
}

/// The map of groups, each of the kind of an array.
fn grouped(context: &mut Context<'_>, map: Handle, like: Any) -> Result<Any, Fault> {
    for at in 0..context.heap.map_len(map.0) {
        context.meter.charge_steps(2)?;
        if let Some((key, list)) = context.heap.map_entry(map.0, at) {
            let group = gathered_like(context, Handle(list.bits), like)?;
            context.heap.map_put(&mut context.meter, map.0, key, group)?;
        }
    }
    Ok(Any::new(Type::Map, map.0))
}

fn sorted_by(context: &mut Context<'_>, array: Any, keys: Handle) -> Result<Any, Fault> {
    in_order_by(context, array, keys, |order| order)
}

fn sorted_descending_by(context: &mut Context<'_>, array: Any, keys: Handle) -> Result<Any, Fault> {
    in_order_by(context, array, keys, Ordering::reverse)
}

fn in_order_by<'p>(
    context: &mut Context<'p>,
    array: Any,
    keys: Handle,
    by: fn(Ordering) -> Ordering,
) -> Result<Any, Fault> {
    let (elements, length) = array_of(context, array)?;
    let keys = filled(context, keys)?;
    let columns = columns(context, &keys)?;
    let mut places = with_capacity(context, length)?;
    places.extend((0..length).map(|place| Any::long(place as i64)));
    let compare = |context: &mut Context<'p>, one: Any, other: Any| {
        let mut compared = Ordering::Equal;
        for column in &columns {
            context.meter.charge_steps(1)?;
            let key = |place: Any| column.get(place.as_long() as usize).copied().unwrap_or(Any::NULL);
            compared = order(context, key(one), key(other))?;
            if compared != Ordering::Equal {
                break;
            }
        }
        Ok(by(compared))
    };
    let places = super::order::merge_sorted(context, places, compare)?;
    let values = context.heap.values(&mut context.meter, array)?;
    let mut sorted = with_capacity(context, length)?;
    for place in places {
        context.meter.charge_steps(1)?;
        sorted.extend(values.get(place.as_long() as usize).copied());
    }
    context.heap.array_of_values(&mut context.meter, elements, &sorted)
}

/// The steps that a column of keys takes however short it is.
const A_COLUMN: u64 = 8;

/// Keys by what is compared first, second and so on: themselves, or the elements of lists of one length. Each is in order.
fn columns(context: &mut Context<'_>, keys: &[Any]) -> Result<Vec<Vec<Any>>, Fault> {
    let widths = keys.first().and_then(|key| context.heap.length(*key));
    let Some(width) = widths else {
        check_ordered(context, keys)?;
        let mut column = with_capacity(context, keys.len())?;
        column.extend_from_slice(keys);
        return Ok(vec![column]);
    };
    let mut rows = Vec::new();
    for key in keys {
        context.meter.charge_memory(64)?;
        let row = match context.heap.length(*key) == Some(width) {
            true => context.heap.values(&mut context.meter, *key)?,
            false => {
                let message = Message::from("keys that are lists are of one length, here ").value(width);
                return Err(Fault::new(Code::InvalidArgument, message));
            }
        };
        rows.push(row);
    }
    let mut columns = Vec::new();
    for at in 0..width {
        context.meter.charge_steps(A_COLUMN)?;
        context.meter.charge_memory(64)?;
        let mut column = with_capacity(context, keys.len())?;
        for row in &rows {
            context.meter.charge_steps(1)?;
            column.extend(row.get(at).copied());
        }
        check_ordered(context, &column)?;
        columns.push(column);
    }
    Ok(columns)
}

fn min_by(context: &mut Context<'_>, array: Any, keys: Handle) -> Result<Any, Fault> {
    extreme_by(context, array, keys, Ordering::Less)
}

fn max_by(context: &mut Context<'_>, array: Any, keys: Handle) -> Result<Any, Fault> {
    extreme_by(context, array, keys, Ordering::Greater)
}

fn extreme_by(context: &mut Context<'_>, array: Any, keys: Handle, side: Ordering) -> Result<Any, Fault> {
    let keys = filled(context, keys)?;
    check_ordered(context, &keys)?;
    let mut best: Option<(usize, Any)> = None;
    for (at, &key) in keys.iter().enumerate() {
        context.meter.charge_steps(1)?;
        let is_better = match best {
            None => true,
            Some((_, before)) => order(context, key, before)? == side,
        };
        if is_better {
            best = Some((at, key));
        }
    }
    super::parts::element(context, array, best.map(|(at, _)| at))
}
