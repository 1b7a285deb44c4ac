//! The start of a value's text, for traces: bounded, and read from the heap without changing or charging anything.

use super::any::Any;
use super::heap::{Heap, ListObject, MapObject, Text, TextElement};
use super::scratch::boolean_text;
use crate::diagnostic::escape_within;
use crate::number_text;
use crate::types::{Elements, Stored};
use crate::value::Value;

/// Containers inside so many others are shown as `…`.
const MAX_DEPTH: usize = 4;

/// A value: the evaluation's own, or inside one that is still the host's.
#[derive(Clone, Copy)]
enum Part<'v> {
    Own(Any),
    Host(&'v Value),
    Text(Option<&'v str>),
}

/// Text of at most about so many bytes.
struct Preview<'h> {
    heap: &'h Heap<'h>,
    out: String,
    most: usize,
}

impl Heap<'_> {
    /// The value's text, texts in quotes and escaped, of at most so many bytes and `…` where there is more.
    pub(crate) fn preview(&self, value: Any, most: usize) -> String {
        let mut preview = Preview {
            heap: self,
            out: String::new(),
            most,
        };
        preview.show(Part::Own(value), 0);
        let mut out = preview.out;
        if out.len() > most {
            let cut = (0..=most).rev().find(|at| out.is_char_boundary(*at));
            out.truncate(cut.unwrap_or_default());
            out.push('…');
        }
        out
    }
}

impl Preview<'_> {
    fn show(&mut self, part: Part<'_>, depth: usize) {
        match part {
            Part::Text(None) | Part::Host(Value::Null) => self.out.push_str("null"),
            Part::Text(Some(text)) => self.text(text),
            Part::Own(value) => self.own(value, depth),
            Part::Host(value) => self.host(value, depth),
        }
    }

    fn own(&mut self, value: Any, depth: usize) {
        let heap = self.heap;
        let bits = value.bits;
        match value.ty.stored() {
            _ if value.is_null() => self.out.push_str("null"),
            Stored::Long => self.long(value.as_long()),
            Stored::Double => number_text::push_double(&mut self.out, value.as_double()),
            Stored::Boolean => self.out.push_str(boolean_text(value.as_boolean())),
            Stored::Text => self.show(Part::Text(text_of(heap, bits)), depth),
            Stored::Elements(Elements::Longs) => self.all(
                heap.longs.get(bits).iter().map(|long| Part::Own(Any::long(*long))),
                depth,
            ),
            Stored::Elements(Elements::Doubles) => {
                let elements = heap.doubles.get(bits).iter();
                self.all(elements.map(|double| Part::Own(Any::double(*double))), depth);
            }
            Stored::Elements(Elements::Booleans) => {
                let elements = heap.booleans.get(bits).iter();
                self.all(elements.map(|boolean| Part::Own(Any::boolean(*boolean))), depth);
            }
            Stored::Elements(Elements::Texts) => {
                let elements: &[TextElement] = heap.text_arrays.get(bits);
                self.all(
                    elements.iter().map(|text| Part::Text(text_of(heap, text.bits()))),
                    depth,
                );
            }
            Stored::Elements(Elements::Mixed) => match heap.lists.get(bits as usize) {
                Some(ListObject::Owned(values)) => self.all(values.iter().map(|value| Part::Own(*value)), depth),
                Some(ListObject::Borrowed(values)) => self.all(values.iter().map(Part::Host), depth),
                None => {}
            },
            Stored::Map => match heap.maps.get(bits as usize) {
                Some(MapObject::Owned(map)) => {
                    let entries = (0..map.len()).filter_map(|index| map.entry(index));
                    self.entries(
                        entries.map(|(key, value)| (heap.texts.get(key), Part::Own(value))),
                        depth,
                    );
                }
                Some(MapObject::Borrowed(map)) => {
                    self.entries(map.iter().map(|(key, value)| (key, Part::Host(value))), depth);
                }
                None => {}
            },
            Stored::Unknown | Stored::Nothing | Stored::Null | Stored::Object => match heap.object(bits) {
                Some(object) => self.out.push_str(&object.text()),
                None => self.out.push_str(value.ty.name()),
            },
        }
    }

    fn host(&mut self, value: &Value, depth: usize) {
        match value {
            Value::Null => self.out.push_str("null"),
            Value::Boolean(boolean) => self.out.push_str(boolean_text(*boolean)),
            Value::Long(long) => self.long(*long),
            Value::Double(double) => number_text::push_double(&mut self.out, *double),
            Value::String(text) => self.text(text),
            Value::LongArray(longs) => self.all(longs.iter().map(|long| Part::Own(Any::long(*long))), depth),
            Value::DoubleArray(doubles) => {
                self.all(doubles.iter().map(|double| Part::Own(Any::double(*double))), depth);
            }
            Value::BooleanArray(booleans) => {
                self.all(booleans.iter().map(|boolean| Part::Own(Any::boolean(*boolean))), depth);
            }
            Value::StringArray(texts) => self.all(texts.iter().map(|text| Part::Text(text.as_deref())), depth),
            Value::List(values) => self.all(values.iter().map(Part::Host), depth),
            Value::Map(map) => self.entries(map.iter().map(|(key, value)| (key, Part::Host(value))), depth),
        }
    }

    fn long(&mut self, long: i64) {
        self.out.push_str(number_text::LongText::new().of(long));
    }

    fn text(&mut self, text: &str) {
        self.out.push('\'');
        let remaining = self.most.saturating_sub(self.out.len());
        escape_within(&mut self.out, text, usize::MAX, remaining);
        self.out.push('\'');
    }

    fn all<'v>(&mut self, elements: impl Iterator<Item = Part<'v>>, depth: usize) {
        let entries = elements.map(|element| (None, element));
        self.container(['[', ']'], entries, depth);
    }

    fn entries<'v>(&mut self, entries: impl Iterator<Item = (&'v str, Part<'v>)>, depth: usize) {
        let entries = entries.map(|(key, value)| (Some(key), value));
        self.container(['{', '}'], entries, depth);
    }

    /// As far as there is room.
    fn container<'v>(
        &mut self,
        [open, close]: [char; 2],
        entries: impl Iterator<Item = (Option<&'v str>, Part<'v>)>,
        depth: usize,
    ) {
        self.out.push(open);
        for (index, (key, value)) in entries.enumerate() {
            if index > 0 {
                self.out.push_str(", ");
            }
            if depth >= MAX_DEPTH || self.out.len() >= self.most {
                self.out.push('…');
                break;
            }
            if let Some(key) = key {
                self.text(key);
                self.out.push('=');
            }
            self.show(value, depth + 1);
        }
        self.out.push(close);
    }
}

fn text_of<'h>(heap: &'h Heap<'_>, bits: u64) -> Option<&'h str> {
    Text::from_bits(bits).map(|text| heap.texts.get(text))
}
