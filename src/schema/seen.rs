//! The shape of values that were seen, all at one place.

use std::sync::Arc;

use indexmap::IndexMap;

use crate::shape::{Key, MAX_DEPTH, MAX_PARTS, Shape, Shapes};
use crate::types::Type;
use crate::value::Value;
use crate::work::visit;

/// A value, or one of a type of which no more is to be known.
#[derive(Clone, Copy)]
enum Seen<'v> {
    Of(Type),
    Value(&'v Value),
}

impl Seen<'_> {
    fn ty(self) -> Type {
        match self {
            Self::Of(ty) => ty,
            Self::Value(value) => value.type_of(),
        }
    }
}

/// The shape that all the values fit; `any` for null alone, and `list` and `map` for what is empty.
pub(super) fn shape_of<'v>(values: impl IntoIterator<Item = &'v Value>, shapes: &mut Shapes) -> Shape {
    let values: Vec<Seen<'v>> = values.into_iter().map(Seen::Value).collect();
    Reader { shapes, parts: 0 }.of(&values, 0)
}

struct Reader<'s> {
    shapes: &'s mut Shapes,
    parts: usize,
}

impl Reader<'_> {
    // Within the depth that is allowed.
    fn of(&mut self, seen: &[Seen<'_>], depth: usize) -> Shape {
        self.parts += 1;
        let values: Vec<Seen<'_>> = seen.iter().copied().filter(|value| value.ty() != Type::Null).collect();
        if !visit(1) || values.is_empty() || depth > MAX_DEPTH - 2 || self.parts > MAX_PARTS / 2 {
            return self.shapes.any();
        }
        let all = |fits: &dyn Fn(Type) -> bool| values.iter().all(|value| fits(value.ty()));
        let first = values.first().map_or(Type::Any, |value| value.ty());
        let shape = if all(&|ty| ty == Type::Map) {
            self.map(&values, depth)
        } else if all(&|ty| ty.element().is_some()) {
            let elements: Vec<Seen<'_>> = values.iter().flat_map(|value| elements(*value)).collect();
            let element = self.of(&elements, depth + 1);
            self.shapes.list(element)
        } else if all(&|ty| ty == first) {
            self.shapes.of(first)
        } else if all(&Type::is_number) {
            self.shapes.of(Type::Double)
        } else {
            self.shapes.any()
        };
        match values.len() < seen.len() {
            true => self.shapes.nullable(shape),
            false => shape,
        }
    }

    /// A key that is missing somewhere may be null.
    fn map(&mut self, values: &[Seen<'_>], depth: usize) -> Shape {
        let mut keys = IndexMap::<&str, Vec<Seen<'_>>>::new();
        let maps = values.iter().filter_map(|value| match value {
            Seen::Value(Value::Map(map)) => Some(map),
            Seen::Value(_) | Seen::Of(_) => None,
        });
        for map in maps {
            for (key, value) in map.iter().take_while(|_| visit(1)) {
                keys.entry(key).or_default().push(Seen::Value(value));
            }
        }
        if keys.is_empty() || self.parts + keys.len() > MAX_PARTS / 2 {
            return self.shapes.of(Type::Map);
        }
        let held = keys.into_iter().map(|(name, held)| {
            let shape = self.of(&held, depth + 1);
            Key {
                name: Arc::from(name),
                shape: match held.len() < values.len() {
                    true => self.shapes.nullable(shape),
                    false => shape,
                },
            }
        });
        let keys = held.collect();
        self.shapes.map(keys, None)
    }
}

fn elements(list: Seen<'_>) -> Vec<Seen<'_>> {
    let of = |ty: Type, any: bool| if any { vec![Seen::Of(ty)] } else { Vec::new() };
    match list {
        Seen::Value(Value::List(list)) => list.iter().take_while(|_| visit(1)).map(Seen::Value).collect(),
        Seen::Value(Value::LongArray(array)) => of(Type::Long, !array.is_empty()),
        Seen::Value(Value::DoubleArray(array)) => of(Type::Double, !array.is_empty()),
        Seen::Value(Value::BooleanArray(array)) => of(Type::Boolean, !array.is_empty()),
        Seen::Value(Value::StringArray(array)) => {
            let mut seen = of(Type::String, array.iter().any(Option::is_some));
            seen.extend(of(Type::Null, array.iter().any(Option::is_none)));
            seen
        }
        Seen::Value(_) | Seen::Of(_) => Vec::new(),
    }
}
