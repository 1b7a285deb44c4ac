//! What arrays, maps and lists hold: one bound for all of them, whichever way they are reached. And what it costs to copy
//! values in, out, and into text.

use super::number::{Number, Shape};
use super::spent::Spent;
use super::{Facts, Walk};
use crate::check::typed::{Kind, ParameterId, TypedTree};
use crate::types::Type;

/// What all containers of an evaluation hold at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Heap {
    /// The most bytes of a text or elements of an array that a container holds.
    stored: u64,
    /// Entries that are put into maps, all maps together.
    puts: u64,
    /// Whether a container may be put into a container, so that values may be reached on many ways.
    nests: bool,
    /// The most values inside of one input.
    values: u64,
    /// The most entries of an input's map.
    entries: u64,
    /// What no size passes.
    most: u64,
    /// The most entries that a map of the program may have.
    most_entries: u64,
    /// Whether the program sets elements of arrays, so that arrays of the host are copied.
    writes: bool,
}

impl Heap {
    pub(super) fn of_inputs(tree: &TypedTree, facts: &Facts<'_>) -> Self {
        let limits = facts.limits;
        let most_of = |of: fn(&super::Size) -> u64| facts.sizes.all().map(|size| of(&size)).max().unwrap_or(0);
        let constants = tree.texts.iter().map(|text| text.len() as u64).max().unwrap_or(0);
        let (length, widest) = (most_of(|size| size.length), most_of(|size| size.widest));
        let made = limits.string_length.max(limits.array_length).max(limits.map_entries);
        let writes = |kind: Kind| {
            matches!(
                kind,
                Kind::SetElement { .. }
                    | Kind::DynamicSetElement { .. }
                    | Kind::UpdateElement { .. }
                    | Kind::DynamicUpdateElement { .. }
            )
        };
        Self {
            stored: widest,
            puts: 0,
            nests: false,
            values: most_of(|size| size.values),
            entries: length.max(widest),
            most: made.max(constants).max(length).max(widest).max(128),
            most_entries: limits.map_entries,
            writes: tree.exprs.iter().any(|expr| writes(expr.kind)),
        }
    }

    /// The same with the worst in every container.
    pub(super) fn at_worst(self) -> Self {
        Self {
            stored: self.most,
            puts: self.most_entries,
            nests: true,
            ..self
        }
    }

    /// Whether this is no more than the other.
    pub(super) fn is_within(&self, other: &Self) -> bool {
        self.stored <= other.stored && self.puts <= other.puts && self.nests <= other.nests
    }

    /// The same without what was put, for a walk that counts it.
    pub(super) fn without_puts(self) -> Self {
        Self { puts: 0, ..self }
    }
}

impl Walk<'_> {
    /// The size of a shape, at most.
    pub(super) fn size_of(&self, shape: Shape) -> u64 {
        let most = self.heap.most;
        match shape.size.known() {
            Some((_, high)) => u64::try_from(high).unwrap_or(0).min(most),
            None => most,
        }
    }

    /// The entries of any map.
    pub(super) fn entries(&self) -> u64 {
        let before = &self.heap_before;
        before
            .entries
            .saturating_add(before.puts)
            .min(before.entries.max(before.most_entries))
    }

    /// What is read from a container.
    pub(super) fn stored(&self) -> Shape {
        Shape {
            long: Number::ANY,
            size: Number::at_most(self.heap_before.stored),
        }
    }

    /// The bytes of the widest text in a container.
    pub(super) fn stored_bytes(&self) -> u64 {
        self.heap_before.stored
    }

    /// Notes that a value is put into a container.
    pub(super) fn store(&mut self, ty: Type, shape: Shape) {
        if self.probing {
            return;
        }
        self.heap.stored = self.heap.stored.max(self.size_of(shape));
        self.heap.nests |= ty == Type::Any || ty == Type::Map || ty.element().is_some();
    }

    /// Notes that an entry is put into a map, as often as what is walked runs.
    pub(super) fn put(&mut self) {
        if !self.probing {
            let heap = &mut self.heap;
            heap.puts = heap.puts.saturating_add(self.times).min(heap.most_entries);
        }
    }

    /// The size that work on a value is charged by.
    pub(super) fn measure(&self, ty: Type, shape: Shape) -> u64 {
        let size = self.size_of(shape);
        match ty {
            Type::String => size,
            Type::Map => self.entries().saturating_mul(16),
            Type::Any => size.saturating_mul(8).max(self.entries().saturating_mul(16)),
            ty if ty.element().is_some() => size.saturating_mul(8),
            _ => 0,
        }
    }

    /// A parameter's value, and what it costs to take it in.
    pub(super) fn parameter(&mut self, id: ParameterId) -> Shape {
        let parameter = self.tree.parameter(id);
        let size = self.facts.sizes.get(&parameter.name);
        let (least, most) = size.range();
        let shape = Shape {
            long: Number::range(i128::from(least), i128::from(most)),
            size: Number::at_most(size.length),
        };
        self.take_in(parameter.ty, size.length, size.values);
        shape
    }

    /// Charges what it costs to take a host's value in: at once, and when what is inside of it is looked at.
    pub(super) fn take_in(&mut self, ty: Type, length: u64, values: u64) {
        let texts = Spent {
            steps: length.saturating_add(length / 4),
            bytes: length.saturating_mul(68).saturating_add(64),
        };
        let copied = match self.heap.writes {
            true => Spent {
                steps: length / 2,
                bytes: length.saturating_mul(8),
            },
            false => Spent::default(),
        };
        let inner = if self.heap.writes { 540 } else { 532 };
        let opened = Spent {
            steps: values.saturating_mul(16).saturating_add(8),
            bytes: values.saturating_mul(inner),
        };
        let opened = if values == 0 { Spent::steps(8) } else { opened };
        self.charge(match ty {
            Type::Long | Type::Double | Type::Boolean => Spent::default(),
            Type::String => Spent::bytes(64),
            // A date is read from its text.
            Type::DateTime => Spent {
                steps: length,
                bytes: 256,
            },
            Type::LongArray | Type::DoubleArray | Type::BooleanArray => Spent::bytes(64).plus(copied),
            Type::StringArray => texts.plus(copied),
            Type::Map => Spent::bytes(256).plus(opened),
            Type::List => Spent::bytes(64).plus(opened),
            _ => Spent::bytes(256).plus(texts).plus(copied).plus(opened),
        });
    }

    /// The most values that a printed or exported value of a type has inside; all that a text has room for where containers
    /// hold containers.
    fn inside(&self, ty: Type, shape: Shape, room: u64) -> u64 {
        match ty {
            Type::Map | Type::List | Type::Any => {
                let flat = self.heap_before.values.saturating_add(self.entries());
                let flat = flat.saturating_add(self.size_of(shape));
                if self.heap_before.nests { room } else { flat.min(room) }
            }
            _ => self.size_of(shape),
        }
    }

    /// The bytes of a value's text, and what it costs to make that of what is no scalar.
    pub(super) fn printed(&self, ty: Type, shape: Shape) -> (u64, Spent) {
        let room = self.facts.limits.string_length;
        match ty {
            Type::Long => return (digits(shape.long), Spent::default()),
            Type::Double => return (26, Spent::default()),
            Type::Boolean => return (5, Spent::default()),
            Type::Null | Type::Void => return (4, Spent::default()),
            Type::String => return (self.size_of(shape).max(4), Spent::default()),
            _ => {}
        }
        let is_container = matches!(ty, Type::Any | Type::Map) || ty.element().is_some();
        let (inside, each) = match (is_container, ty) {
            (false, _) => (0, 0),
            (_, Type::LongArray | Type::DoubleArray | Type::BooleanArray) => (self.inside(ty, shape, room), 28),
            (_, Type::StringArray) => (self.inside(ty, shape, room), self.stored_bytes().max(4) + 2),
            _ => {
                let widest = self.stored_bytes().max(128).saturating_mul(2);
                (self.inside(ty, shape, room.saturating_mul(2)), widest.saturating_add(5))
            }
        };
        let text = inside.saturating_mul(each).saturating_add(132).min(room);
        let text = if ty == Type::Any {
            text.max(self.size_of(shape))
        } else {
            text
        };
        let spent = Spent {
            steps: inside.saturating_mul(4).saturating_add(8).saturating_add(text / 8),
            bytes: text
                .saturating_mul(3)
                .saturating_add(64)
                .saturating_add(inside.saturating_mul(64)),
        };
        (text.max(4), spent)
    }

    /// What it costs to give a value to the host.
    pub(super) fn exported(&self, ty: Type, shape: Shape) -> Spent {
        let room = self.facts.limits.result_size;
        let size = self.size_of(shape);
        let stored = self.stored_bytes();
        let mut looked_at = 0;
        let bytes = match ty {
            Type::Long | Type::Double | Type::Boolean | Type::Null | Type::Void => 0,
            Type::String | Type::BooleanArray => size,
            Type::LongArray | Type::DoubleArray => size.saturating_mul(8),
            Type::StringArray => size.saturating_mul(stored.saturating_add(24)),
            Type::DateTime => 128,
            _ => {
                let inside = self.inside(ty, shape, room);
                looked_at = inside;
                let each = stored.saturating_mul(2).saturating_add(192 + 256);
                let own = if ty == Type::Any { size } else { 0 };
                inside
                    .saturating_mul(each)
                    .saturating_add(256 + 128)
                    .saturating_add(own)
            }
        };
        let bytes = bytes.min(room);
        Spent {
            steps: bytes / 16,
            bytes: bytes.saturating_add(looked_at.saturating_mul(64)),
        }
    }
}

/// The most characters of an integer of a range.
fn digits(number: Number) -> u64 {
    let (low, high) = number.known().unwrap_or((i128::from(i64::MIN), i128::from(i64::MAX)));
    low.to_string().len().max(high.to_string().len()) as u64
}
