//! Dropping, copying, comparing and measuring values of any depth, with work lists in place of the host's stack.

use std::slice;

use indexmap::map;

use super::data::{List, Map, Value};

/// What a value itself takes, in bytes, by [`Value::size_bytes`].
const VALUE_BYTES: usize = 32;

/// What an entry of a map takes besides its value and the bytes of its key: hash, index and the key's header.
const ENTRY_BYTES: usize = 48;

/// What a text takes besides its bytes when it stands in an array.
const TEXT_BYTES: usize = 24;

impl Value {
    /// Whether dropping it would drop further values.
    fn has_children(&self) -> bool {
        match self {
            Self::List(list) => !list.is_empty(),
            Self::Map(map) => !map.is_empty(),
            Self::Null
            | Self::Boolean(_)
            | Self::Long(_)
            | Self::Double(_)
            | Self::String(_)
            | Self::BooleanArray(_)
            | Self::LongArray(_)
            | Self::DoubleArray(_)
            | Self::StringArray(_) => false,
        }
    }

    /// Estimates the heap bytes of the value, including the value itself; the same on every platform.
    ///
    /// Spare capacity is not counted. Takes time in proportion to the number of texts, lists and maps.
    ///
    /// ```
    /// use selvedge::Value;
    /// assert_eq!(Value::Null.size_bytes(), 32);
    /// assert_eq!(Value::from(vec![1, 2, 3]).size_bytes(), 32 + 3 * 8);
    /// ```
    pub fn size_bytes(&self) -> usize {
        let mut total = 0_usize;
        let mut pending = vec![self];
        while let Some(value) = pending.pop() {
            let own = match value {
                Self::Null | Self::Boolean(_) | Self::Long(_) | Self::Double(_) => 0,
                Self::String(text) => text.len(),
                Self::BooleanArray(array) => array.len(),
                Self::LongArray(array) => array.len().saturating_mul(8),
                Self::DoubleArray(array) => array.len().saturating_mul(8),
                Self::StringArray(array) => array
                    .iter()
                    .map(|text| TEXT_BYTES.saturating_add(text.as_ref().map_or(0, String::len)))
                    .fold(0, usize::saturating_add),
                Self::List(list) => {
                    pending.extend(list.iter());
                    0
                }
                Self::Map(map) => {
                    pending.extend(map.values());
                    map.keys()
                        .map(|key| ENTRY_BYTES.saturating_add(key.len()))
                        .fold(0, usize::saturating_add)
                }
            };
            total = total.saturating_add(VALUE_BYTES).saturating_add(own);
        }
        total
    }
}

/// Drops values without recursion: each container gives up its children before it goes.
pub(super) fn dismantle(values: impl Iterator<Item = Value>) {
    let mut pending: Vec<Value> = values.filter(Value::has_children).collect();
    while let Some(value) = pending.pop() {
        match value {
            Value::List(list) => pending.extend(list.into_iter().filter(Value::has_children)),
            Value::Map(map) => pending.extend(map.into_iter().map(|(_, child)| child).filter(Value::has_children)),
            // INVARIANT: only containers have children; whatever else came here drops by itself.
            _ => {}
        }
    }
}

/// Whether two values are equal: the same type, and the same content.
pub(super) fn equal_lists(left: &List, right: &List) -> bool {
    let mut pending = Vec::new();
    push_items(left, right, &mut pending) && equal_pairs(pending)
}

/// Whether two maps hold equal entries, in whatever order.
pub(super) fn equal_maps(left: &Map, right: &Map) -> bool {
    let mut pending = Vec::new();
    push_entries(left, right, &mut pending) && equal_pairs(pending)
}

fn equal_pairs<'a>(mut pending: Vec<(&'a Value, &'a Value)>) -> bool {
    while let Some(pair) = pending.pop() {
        let equal = match pair {
            (Value::List(left), Value::List(right)) => push_items(left, right, &mut pending),
            (Value::Map(left), Value::Map(right)) => push_entries(left, right, &mut pending),
            (left, right) => left == right,
        };
        if !equal {
            return false;
        }
    }
    true
}

fn push_items<'a>(left: &'a List, right: &'a List, pending: &mut Vec<(&'a Value, &'a Value)>) -> bool {
    pending.extend(left.iter().zip(right.iter()));
    left.len() == right.len()
}

fn push_entries<'a>(left: &'a Map, right: &'a Map, pending: &mut Vec<(&'a Value, &'a Value)>) -> bool {
    left.len() == right.len()
        && left
            .iter()
            .all(|(key, value)| right.get(key).map(|other| pending.push((value, other))).is_some())
}

/// A copy of a list.
pub(super) fn copy_list(list: &List) -> List {
    let mut copied = List::default();
    copy_into(Copying::List(list.iter(), Vec::new()), |value| {
        if let Value::List(list) = value {
            copied = list;
        }
    });
    copied
}

/// A copy of a map.
pub(super) fn copy_map(map: &Map) -> Map {
    let mut copied = Map::default();
    copy_into(Copying::Map(map.entries.iter(), "", Map::default()), |value| {
        if let Value::Map(map) = value {
            copied = map;
        }
    });
    copied
}

/// A container being copied: what is left of it, and what is there already.
enum Copying<'a> {
    List(slice::Iter<'a, Value>, Vec<Value>),
    /// The middle is the key of the entry being copied.
    Map(map::Iter<'a, String, Value>, &'a str, Map),
}

impl<'a> Copying<'a> {
    fn next_child(&mut self) -> Option<&'a Value> {
        match self {
            Self::List(source, _) => source.next(),
            Self::Map(source, current, _) => {
                let (key, value) = source.next()?;
                *current = key;
                Some(value)
            }
        }
    }

    fn add(&mut self, child: Value) {
        match self {
            Self::List(_, copied) => copied.push(child),
            Self::Map(_, key, copied) => {
                copied.insert(*key, child);
            }
        }
    }

    fn finish(self) -> Value {
        match self {
            Self::List(_, copied) => Value::List(copied.into()),
            Self::Map(_, _, copied) => Value::Map(copied),
        }
    }
}

fn copy_into(outermost: Copying<'_>, give: impl FnOnce(Value)) {
    let mut stack = Vec::new();
    let mut current = outermost;
    loop {
        match current.next_child() {
            Some(Value::List(list)) => {
                let inner = Copying::List(list.iter(), Vec::with_capacity(list.len()));
                stack.push(std::mem::replace(&mut current, inner));
            }
            Some(Value::Map(map)) => {
                let inner = Copying::Map(map.entries.iter(), "", Map::default());
                stack.push(std::mem::replace(&mut current, inner));
            }
            Some(scalar) => current.add(scalar.clone()),
            None => {
                let finished = current.finish();
                let Some(outer) = stack.pop() else {
                    return give(finished);
                };
                current = outer;
                current.add(finished);
            }
        }
    }
}
