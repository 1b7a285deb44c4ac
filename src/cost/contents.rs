//! What the containers of a walk hold, and what printing and handing out values takes.

use super::heap::{Contents, MAX_ORIGINS, Origin};
use super::number::{Number, Shape};
use super::sizes::Size;
use super::spent::{DOUBLE_TEXT, Spent};
use super::walk::Walk;
use crate::check::typed::{ExprId, ParameterId};
use crate::machine::export::EXPORTED_TEXT_STEPS;
use crate::machine::heap::{LIST_READ_STEPS, OBJECT_TEXT_STEPS};
use crate::types::{Elements, Stored, Type};

/// The most steps of reading a date from its text.
#[cfg(feature = "datetime")]
const DATE_TEXT_STEPS: u64 = crate::library::joda::ISO_STEPS;
#[cfg(not(feature = "datetime"))]
const DATE_TEXT_STEPS: u64 = 0;

impl Walk<'_> {
    /// The size of a shape, at most.
    pub(super) fn size_of(&self, shape: Shape) -> u64 {
        shape.size.most().min(self.heap.most)
    }

    /// A container that is made here, of a size.
    pub(super) fn made(&mut self, at: ExprId, size: Number) -> Shape {
        let bit = self.heap.bit(Origin::Made(at));
        Shape::sized(size).of(bit)
    }

    /// What a host function gave here, of a size.
    pub(super) fn reply_of(&mut self, at: ExprId, size: Size) -> Shape {
        let bit = self.heap.bit(Origin::Made(at));
        for contents in self.heap.of_mut(bit) {
            contents.stored = contents.stored.max(size.widest);
            contents.values = contents.values.max(size.values);
            contents.entries = contents.entries.max(size.length).max(size.widest);
        }
        Shape::sized(Number::at_most(size.length)).of(bit)
    }

    /// The most entries of a map.
    pub(super) fn entries(&self, from: u64) -> u64 {
        let before = &self.heap_before;
        let entries = before.of(from).map(|contents| {
            let all = contents.entries.saturating_add(contents.puts);
            all.min(contents.entries.max(before.most_entries))
        });
        entries.max().unwrap_or(0)
    }

    /// What is read from a container.
    pub(super) fn stored(&self, from: u64) -> Shape {
        let nests = self.heap_before.of(from).any(|contents| contents.nests);
        Shape {
            long: Number::ANY,
            size: Number::at_most(self.stored_bytes(from)),
            // What is inside an input belongs to it.
            from: if nests { u64::MAX } else { from },
        }
    }

    /// The bytes of the widest text in a container.
    pub(super) fn stored_bytes(&self, from: u64) -> u64 {
        let stored = self.heap_before.of(from).map(|contents| contents.stored);
        stored.max().unwrap_or(0)
    }

    /// Notes that a value is put into a container.
    pub(super) fn store(&mut self, into: u64, shape: Shape) {
        if self.probing {
            return;
        }
        let size = self.size_of(shape);
        for contents in self.heap.of_mut(into) {
            contents.stored = contents.stored.max(size);
            contents.nests |= shape.from != 0;
        }
    }

    /// Notes that an entry is put into a map, as often as what is walked runs.
    pub(super) fn put(&mut self, into: u64) {
        self.put_many(into, 1, self.heap.most_entries);
    }

    /// Notes that so many values are put into a container that holds so many at most, as often as what is walked runs.
    pub(super) fn put_many(&mut self, into: u64, count: u64, most: u64) {
        if self.probing {
            return;
        }
        let count = self.times.saturating_mul(count);
        for contents in self.heap.of_mut(into) {
            contents.puts = contents.puts.saturating_add(count).min(most);
        }
    }

    /// A parameter's value, and what it costs to take it in.
    pub(super) fn parameter(&mut self, id: ParameterId) -> Shape {
        let parameter = self.tree.parameter(id);
        let size = self.facts.sizes.get(&parameter.name);
        let (least, most) = size.range();
        let is_container = match parameter.ty {
            Type::Any => size.values > 0 || size.is_list(),
            ty => ty == Type::Map || ty.element().is_some(),
        };
        let origin = match id.index() < MAX_ORIGINS / 2 {
            true => Origin::Parameter(id),
            false => Origin::Others,
        };
        let bit = self.heap.bit(origin);
        // A date is read from a text, whatever is said of its size.
        if !size.is_scalar() || parameter.ty == Type::DateTime {
            self.take_in(parameter.ty, size.length, size.values, is_container);
        }
        Shape {
            long: Number::range(i128::from(least), i128::from(most)),
            size: Number::at_most(size.length),
            from: if is_container { bit } else { 0 },
        }
    }

    /// Any parameter, by a name that is computed.
    pub(super) fn any_parameter(&mut self) -> Shape {
        let size = self.facts.sizes.largest();
        self.take_in(Type::Any, size.length, size.values, true);
        Shape {
            long: Number::ANY,
            size: Number::at_most(size.length),
            from: u64::MAX,
        }
    }

    /// Charges what it costs to take a host's value in: at once, and when what is inside it is looked at.
    pub(super) fn take_in(&mut self, ty: Type, length: u64, values: u64, is_container: bool) {
        let texts = Spent {
            steps: length.saturating_mul(2).saturating_add(length / 4).saturating_add(6),
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
            steps: values.saturating_mul(24).saturating_add(8),
            bytes: values.saturating_mul(inner),
        };
        let opened = if values == 0 { Spent::steps(8) } else { opened };
        self.charge(match ty.stored() {
            Stored::Long | Stored::Double | Stored::Boolean => Spent::default(),
            Stored::Text => Spent::bytes(64),
            // A date is read from its text.
            Stored::Object => Spent {
                steps: (length / 16).saturating_add(16 + DATE_TEXT_STEPS),
                bytes: 256,
            },
            Stored::Elements(Elements::Longs | Elements::Doubles | Elements::Booleans) => Spent::bytes(64).plus(copied),
            Stored::Elements(Elements::Texts) => texts.plus(copied),
            Stored::Map => Spent::bytes(256).plus(opened),
            Stored::Elements(Elements::Mixed) => Spent::bytes(64).plus(opened),
            Stored::Unknown | Stored::Nothing | Stored::Null if !is_container => Spent::bytes(64),
            Stored::Unknown | Stored::Nothing | Stored::Null => Spent::bytes(256).plus(texts).plus(copied).plus(opened),
        });
    }

    /// The most values that a printed or exported value of a type has inside; all that there is room for where containers
    /// hold containers.
    fn inside(&self, ty: Type, shape: Shape, limit: u64) -> u64 {
        let own = self.size_of(shape);
        match ty.stored() {
            _ if shape.from == 0 => 0,
            Stored::Map | Stored::Elements(Elements::Mixed) | Stored::Unknown => {
                let before = &self.heap_before;
                if before.of(shape.from).any(|contents| contents.nests) {
                    return limit;
                }
                let of = |contents: &Contents| contents.values.saturating_add(contents.puts);
                let values = before.of(shape.from).map(of).max().unwrap_or(0);
                let own = if ty == Type::Map { 0 } else { own };
                values.saturating_add(own).min(limit)
            }
            Stored::Elements(Elements::Longs | Elements::Doubles | Elements::Booleans | Elements::Texts)
            | Stored::Nothing
            | Stored::Null
            | Stored::Boolean
            | Stored::Long
            | Stored::Double
            | Stored::Text
            | Stored::Object => own,
        }
    }

    /// The bytes of a value's text, and what it costs to make that of what is not a scalar.
    pub(super) fn printed(&self, ty: Type, shape: Shape) -> (u64, Spent) {
        let limit = self.facts.limits.string_length;
        let own = self.size_of(shape);
        let stored = self.stored_bytes(shape.from);
        let (inside, each) = match ty.stored() {
            Stored::Long => return (digits(shape.long), Spent::default()),
            Stored::Double => return (26, DOUBLE_TEXT),
            Stored::Boolean => return (5, Spent::default()),
            Stored::Null | Stored::Nothing => return (4, Spent::default()),
            Stored::Text => return (own.max(4), Spent::default()),
            Stored::Unknown if shape.from == 0 && !self.heap.objects => return (own.max(26), DOUBLE_TEXT),
            Stored::Elements(Elements::Longs | Elements::Doubles | Elements::Booleans) => {
                (self.inside(ty, shape, limit), 28)
            }
            Stored::Elements(Elements::Texts) => (self.inside(ty, shape, limit), stored.max(4).saturating_add(2)),
            Stored::Elements(Elements::Mixed) | Stored::Map | Stored::Unknown | Stored::Object => {
                let scalar = if self.heap.objects { 128 } else { 26 };
                let each = stored.max(scalar).saturating_add(stored).saturating_add(5);
                (self.inside(ty, shape, limit.saturating_mul(2)), each)
            }
        };
        let alone = if self.heap.objects { 132 } else { 4 };
        let doubles = match ty {
            Type::LongArray | Type::BooleanArray | Type::StringArray => 0,
            _ => inside.saturating_add(1),
        };
        let text = inside.saturating_mul(each).saturating_add(alone).min(limit);
        let spent = Spent {
            steps: inside
                .saturating_mul(22)
                .saturating_add(32)
                .saturating_add(text / 8)
                .saturating_add(self.object_texts(inside.saturating_add(1)))
                .saturating_add(DOUBLE_TEXT.times(doubles).steps),
            bytes: text
                .saturating_mul(3)
                .saturating_add(64)
                .saturating_add(inside.saturating_mul(64)),
        };
        let scalar = if ty == Type::Any { own.max(26) } else { 4 };
        (text.max(scalar), spent)
    }

    /// What it costs to give a value to the host.
    pub(super) fn exported(&self, ty: Type, shape: Shape) -> Spent {
        let limit = self.facts.limits.result_size;
        let own = self.size_of(shape);
        let stored = self.stored_bytes(shape.from);
        let mut looked_at = 0;
        let bytes = match ty.stored() {
            Stored::Long | Stored::Double | Stored::Boolean | Stored::Null | Stored::Nothing => 0,
            Stored::Text | Stored::Elements(Elements::Booleans) => own,
            Stored::Elements(Elements::Longs | Elements::Doubles) => own.saturating_mul(8),
            Stored::Elements(Elements::Texts) => own.saturating_mul(stored.saturating_add(24)),
            Stored::Object => 128,
            Stored::Unknown if shape.from == 0 => own.max(if self.heap.objects { 128 } else { 0 }),
            Stored::Unknown | Stored::Map | Stored::Elements(Elements::Mixed) => {
                // Each value takes 96 bytes of the result's size at least.
                let inside = self.inside(ty, shape, limit / 96 + 1);
                looked_at = inside;
                let each = stored.saturating_mul(2).saturating_add(192 + 256);
                let own = if ty == Type::Any { own } else { 0 };
                inside
                    .saturating_mul(each)
                    .saturating_add(256 + 128)
                    .saturating_add(own)
            }
        };
        let bytes = bytes.min(limit);
        let is_object = ty.stored() == Stored::Object;
        let holds_any = matches!(ty, Type::Any | Type::Map | Type::List);
        let objects = match holds_any {
            true => self.object_texts(looked_at.saturating_add(1)),
            false => u64::from(is_object) * OBJECT_TEXT_STEPS,
        };
        // An element of a STRING_ARRAY takes 24 bytes of the result's size at least.
        let may_hold_texts = holds_any && shape.from != 0 && self.heap.text_arrays;
        let elements = match ty == Type::StringArray {
            true => own,
            false => u64::from(may_hold_texts) * (bytes / 24),
        };
        Spent {
            steps: (bytes / 16)
                .saturating_add(objects)
                .saturating_add(looked_at.saturating_mul(LIST_READ_STEPS))
                .saturating_add(elements.saturating_mul(EXPORTED_TEXT_STEPS)),
            bytes: bytes.saturating_add(looked_at.saturating_mul(64)),
        }
    }

    /// The steps of printing so many values, where they may be objects.
    fn object_texts(&self, values: u64) -> u64 {
        match self.heap.objects {
            true => values.saturating_mul(OBJECT_TEXT_STEPS),
            false => 0,
        }
    }
}

/// The most characters of an integer of a range.
fn digits(number: Number) -> u64 {
    let (low, high) = number.known().unwrap_or((i128::from(i64::MIN), i128::from(i64::MAX)));
    low.to_string().len().max(high.to_string().len()) as u64
}
