//! Everything that one evaluation makes, held together and dropped whole: maps that contain themselves leak nothing.

use std::any::Any as StdAny;
use std::fmt;
use std::sync::Arc;

use super::any::Any;
use super::array_store::{ARRAY_OVERHEAD_BYTES, ArrayStore, charge_new_array, index_fault};
use super::fault::Fault;
use super::input::Input;
use super::map_store::{MAP_OVERHEAD_BYTES, OwnedMap};
use super::meter::Meter;
pub(crate) use super::text::{NULL_HANDLE, Text};
pub(crate) use super::text_store::TextStore;
pub(crate) use super::text_store::grow_by_half;
use crate::types::{Elements, Type};
use crate::value::{Map, Value};

/// Charged for each library object: it is allocated by itself, and dropped with its kind.
const OBJECT_STEPS: u64 = 16;
/// Charged for each text of a library object: a date is taken apart for it, and its zone's offset looked up.
pub(crate) const OBJECT_TEXT_STEPS: u64 = 32;
/// Charged for each library object beside what it holds.
const OBJECT_OVERHEAD_BYTES: u64 = 128;
/// Charged for each element of a list that is made the evaluation's own.
const LIST_ELEMENT_BYTES: u64 = 16;
/// Charged for each element of such a list: a map inside it gets a place of its own.
const LIST_ELEMENT_STEPS: u64 = 4;
/// Charged for each element that is read of a list, beside the access: what it is has to be found out.
pub(crate) const LIST_READ_STEPS: u64 = 4;
/// Charged for a value that is taken out of a host's map, beside the access: what it is has to be found out.
const HOST_ENTRY_STEPS: u64 = 1;
/// Charged for each entry of a host's map that is made the evaluation's own: its key is hashed and entered.
const MAP_ENTRY_STEPS: u64 = 8;
/// Charged for each key of a map that goes into an array.
pub(crate) const KEY_STEPS: u64 = 1;
/// Charged for each entry of a map that one is taken out of: those behind it move up, in the map and in its index.
pub(crate) const REMOVED_STEPS: u64 = 2;
/// The entries that one such charge is for, at most.
const REMOVED_BLOCK: u64 = 1024;
/// Charged for each STRING_ARRAY of a host: it is an array of the evaluation's own.
const TEXT_ARRAY_STEPS: u64 = 6;
/// Charged for each of its elements: it is entered among the evaluation's texts.
const TEXT_ELEMENT_STEPS: u64 = 2;

/// An element of a STRING_ARRAY: a string's handle, or null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TextElement(u32);

impl TextElement {
    pub(crate) const NULL: Self = Self(NULL_HANDLE as u32);

    /// From the bits of a register of type STRING.
    pub(crate) const fn from_bits(bits: u64) -> Self {
        Self(bits as u32)
    }

    /// The bits of a register of type STRING.
    pub(crate) const fn bits(self) -> u64 {
        self.0 as u64
    }
}

/// A value that the library defines and the machine only carries: a date, a zone, an identifier. What it holds on the heap is
/// charged where it is made.
pub(crate) trait Object: Send + Sync + fmt::Debug {
    /// Its type.
    fn ty(&self) -> Type;

    /// Its text, as concatenation prints it; at most 128 bytes, and at most [`OBJECT_TEXT_STEPS`] of work. Evaluations get it by
    /// [`Heap::object_text`], which charges for it.
    fn text(&self) -> String;

    /// For the library, which knows its classes.
    #[cfg_attr(
        not(feature = "datetime"),
        expect(dead_code, reason = "only the date classes have methods on themselves")
    )]
    fn as_any(&self) -> &dyn StdAny;
}

/// A map: the host's until it is changed or a value inside it is taken out.
#[derive(Clone, Debug)]
pub(super) enum MapObject<'p> {
    Borrowed(&'p Map),
    Owned(OwnedMap),
}

/// A list: the host's until a value inside it is taken out.
#[derive(Clone, Debug)]
pub(super) enum ListObject<'p> {
    Borrowed(&'p [Value]),
    Owned(Vec<Any>),
}

/// All values of one evaluation.
#[derive(Clone, Debug)]
pub(crate) struct Heap<'p> {
    pub(crate) texts: TextStore<'p>,
    pub(crate) longs: ArrayStore<'p, i64>,
    pub(crate) doubles: ArrayStore<'p, f64>,
    pub(crate) booleans: ArrayStore<'p, bool>,
    pub(crate) text_arrays: ArrayStore<'p, TextElement>,
    pub(super) maps: Vec<MapObject<'p>>,
    pub(super) lists: Vec<ListObject<'p>>,
    objects: Vec<Arc<dyn Object>>,
}

impl<'p> Heap<'p> {
    /// An empty heap; `constants` are the program's strings, `inputs` the parameters bound by slot.
    pub(crate) fn new(constants: &'p [Box<str>], inputs: &'p [Input<'p>]) -> Self {
        Self {
            texts: TextStore::new(constants, inputs),
            longs: ArrayStore::new(),
            doubles: ArrayStore::new(),
            booleans: ArrayStore::new(),
            text_arrays: ArrayStore::new(),
            maps: Vec::new(),
            lists: Vec::new(),
            objects: Vec::new(),
        }
    }

    /// A new array with `length` times the element type's default.
    pub(crate) fn new_array(&mut self, meter: &mut Meter, elements: Elements, length: i64) -> Result<u64, Fault> {
        match elements {
            Elements::Longs => self.longs.filled(meter, length, 0),
            Elements::Doubles => self.doubles.filled(meter, length, 0.0),
            Elements::Booleans => self.booleans.filled(meter, length, false),
            Elements::Texts => self.text_arrays.filled(meter, length, TextElement::NULL),
            Elements::Mixed => Err(Fault::internal("only arrays of scalars can be made")),
        }
    }

    /// A new array of elements of these bits.
    pub(crate) fn array_of(
        &mut self,
        meter: &mut Meter,
        elements: Elements,
        bits: impl ExactSizeIterator<Item = u64>,
    ) -> Result<u64, Fault> {
        let length = bits.len();
        match elements {
            Elements::Longs => {
                charge_new_array::<i64>(meter, length)?;
                self.longs.adopt(meter, bits.map(|bits| bits as i64).collect())
            }
            Elements::Doubles => {
                charge_new_array::<f64>(meter, length)?;
                self.doubles.adopt(meter, bits.map(f64::from_bits).collect())
            }
            Elements::Booleans => {
                charge_new_array::<bool>(meter, length)?;
                self.booleans.adopt(meter, bits.map(|bits| bits != 0).collect())
            }
            Elements::Texts => {
                charge_new_array::<TextElement>(meter, length)?;
                self.text_arrays
                    .adopt(meter, bits.map(TextElement::from_bits).collect())
            }
            Elements::Mixed => Err(Fault::internal("only arrays of scalars are made of bits")),
        }
    }

    /// The number of elements of an array or list.
    #[inline]
    pub(crate) fn length_of(&self, elements: Elements, bits: u64) -> usize {
        match elements {
            Elements::Longs => self.longs.get(bits).len(),
            Elements::Texts => self.text_arrays.get(bits).len(),
            Elements::Doubles => self.doubles.get(bits).len(),
            Elements::Booleans => self.booleans.get(bits).len(),
            Elements::Mixed => match self.lists.get(bits as usize) {
                Some(ListObject::Borrowed(values)) => values.len(),
                Some(ListObject::Owned(values)) => values.len(),
                None => 0,
            },
        }
    }

    /// The number of elements of an array or list; none for other types.
    pub(crate) fn length(&self, array: Any) -> Option<usize> {
        Elements::of(array.ty).map(|elements| self.length_of(elements, array.bits))
    }

    /// One element of an array or list; none for other types.
    pub(crate) fn element(&mut self, meter: &mut Meter, array: Any, index: i64) -> Option<Result<Any, Fault>> {
        Some(match Elements::of(array.ty)? {
            Elements::Longs => self.longs.element(array.bits, index).map(Any::long),
            Elements::Doubles => self.doubles.element(array.bits, index).map(Any::double),
            Elements::Booleans => self.booleans.element(array.bits, index).map(Any::boolean),
            Elements::Texts => {
                let element = self.text_arrays.element(array.bits, index);
                element.map(|element| Any::new(Type::String, element.bits()))
            }
            Elements::Mixed => self.list_element(meter, array.bits, index),
        })
    }

    /// Sets one element of an array; the value is of the element type. A list cannot be changed.
    pub(crate) fn set_element(
        &mut self,
        meter: &mut Meter,
        (elements, bits): (Elements, u64),
        index: i64,
        value: Any,
    ) -> Result<(), Fault> {
        match elements {
            Elements::Longs => self.longs.set(meter, bits, index, value.as_long()),
            Elements::Doubles => self.doubles.set(meter, bits, index, value.as_double()),
            Elements::Booleans => self.booleans.set(meter, bits, index, value.as_boolean()),
            Elements::Texts => self
                .text_arrays
                .set(meter, bits, index, TextElement::from_bits(value.bits)),
            Elements::Mixed => Err(Fault::internal("only elements of arrays are set")),
        }
    }

    fn list_element(&mut self, meter: &mut Meter, bits: u64, index: i64) -> Result<Any, Fault> {
        meter.charge_steps(LIST_READ_STEPS)?;
        let scalar = match self.lists.get(bits as usize) {
            Some(ListObject::Borrowed(values)) => match values.get(index as usize) {
                Some(value) if index >= 0 && is_scalar(value) => value,
                Some(_) if index >= 0 => {
                    self.own_list(meter, bits)?;
                    return self.list_element(meter, bits, index);
                }
                _ => return Err(index_fault(index, values.len())),
            },
            Some(ListObject::Owned(values)) => {
                let found = values.get(index as usize).filter(|_| index >= 0);
                return found.copied().ok_or_else(|| index_fault(index, values.len()));
            }
            None => return Err(Fault::internal("a register of type LIST holds a list")),
        };
        self.import(meter, scalar)
    }

    /// Makes a host's list the evaluation's own, so that the values inside it keep their identity. One level only.
    pub(super) fn own_list(&mut self, meter: &mut Meter, bits: u64) -> Result<(), Fault> {
        let Some(&ListObject::Borrowed(values)) = self.lists.get(bits as usize) else {
            return Ok(());
        };
        meter.charge_memory(values.len() as u64 * LIST_ELEMENT_BYTES)?;
        let mut own = Vec::with_capacity(values.len());
        meter.record_reserved(own.capacity() * size_of::<Any>());
        for value in values {
            meter.charge_steps(LIST_ELEMENT_STEPS)?;
            own.push(self.import(meter, value)?);
        }
        if let Some(list) = self.lists.get_mut(bits as usize) {
            *list = ListObject::Owned(own);
        }
        Ok(())
    }

    /// A new, empty map.
    pub(crate) fn new_map(&mut self, meter: &mut Meter) -> Result<u64, Fault> {
        meter.charge_memory(MAP_OVERHEAD_BYTES)?;
        Ok(self.push_map(meter, MapObject::Owned(OwnedMap::default())))
    }

    /// The number of a map's entries.
    pub(crate) fn map_len(&self, bits: u64) -> usize {
        match self.maps.get(bits as usize) {
            Some(MapObject::Borrowed(map)) => map.len(),
            Some(MapObject::Owned(map)) => map.len(),
            None => 0,
        }
    }

    /// Whether a map has a key.
    pub(crate) fn map_contains(&self, meter: &mut Meter, bits: u64, key: Text) -> Result<bool, Fault> {
        meter.charge_copy(self.texts.length(key))?;
        Ok(match self.maps.get(bits as usize) {
            Some(MapObject::Borrowed(map)) => map.get(self.texts.get(key)).is_some(),
            Some(MapObject::Owned(map)) => map.contains(&self.texts, key),
            None => false,
        })
    }

    /// The value of a key, which is hashed for a charge.
    pub(crate) fn map_get(&mut self, meter: &mut Meter, bits: u64, key: Text) -> Result<Option<Any>, Fault> {
        meter.charge_copy(self.texts.length(key))?;
        match self.maps.get_mut(bits as usize) {
            Some(MapObject::Owned(map)) => Ok(map.get(&self.texts, key)),
            Some(&mut MapObject::Borrowed(map)) => match map.get(self.texts.get(key)) {
                None => Ok(None),
                Some(value) if is_scalar(value) => {
                    meter.charge_steps(HOST_ENTRY_STEPS)?;
                    self.import(meter, value).map(Some)
                }
                Some(_) => {
                    self.own_map(meter, bits)?;
                    match self.maps.get_mut(bits as usize) {
                        Some(MapObject::Owned(map)) => Ok(map.get(&self.texts, key)),
                        _ => Err(Fault::internal("a map that was made the evaluation's own is")),
                    }
                }
            },
            None => Ok(None),
        }
    }

    /// Sets the value of a key, which is hashed for a charge, and gives the old one.
    pub(crate) fn map_put(
        &mut self,
        meter: &mut Meter,
        bits: u64,
        key: Text,
        value: Any,
    ) -> Result<Option<Any>, Fault> {
        meter.charge_copy(self.texts.length(key))?;
        if let Some(MapObject::Owned(map)) = self.maps.get_mut(bits as usize) {
            return map.put(meter, &self.texts, key, value);
        }
        self.own_map(meter, bits)?;
        match self.maps.get_mut(bits as usize) {
            Some(MapObject::Owned(map)) => map.put(meter, &self.texts, key, value),
            _ => Err(Fault::internal("a map that was made the evaluation's own is")),
        }
    }

    /// Takes out the entry of a key, which is hashed for a charge, and gives its value. The map is the evaluation's own.
    pub(crate) fn map_remove(&mut self, meter: &mut Meter, bits: u64, key: Text) -> Result<Option<Any>, Fault> {
        meter.charge_copy(self.texts.length(key))?;
        let Some(MapObject::Owned(map)) = self.maps.get_mut(bits as usize) else {
            return Ok(None);
        };
        let mut left = map.len() as u64;
        while left > 0 {
            let block = left.min(REMOVED_BLOCK);
            meter.charge_steps(block * REMOVED_STEPS)?;
            left -= block;
        }
        Ok(map.remove(&self.texts, key))
    }

    /// The entry at a place in insertion order, of a map that [`Heap::own_map`] made the evaluation's own.
    pub(crate) fn map_entry(&self, bits: u64, index: usize) -> Option<(Text, Any)> {
        match self.maps.get(bits as usize) {
            Some(MapObject::Owned(map)) => map.entry(index),
            _ => None,
        }
    }

    /// The key at a place in insertion order, for the message of an error.
    pub(crate) fn map_key(&self, bits: u64, index: usize) -> Option<&str> {
        match self.maps.get(bits as usize)? {
            MapObject::Owned(map) => map.entry(index).map(|(key, _)| self.texts.get(key)),
            MapObject::Borrowed(map) => map.iter().nth(index).map(|(key, _)| key),
        }
    }

    /// A new array of a map's keys, in insertion order.
    pub(crate) fn map_keys(&mut self, meter: &mut Meter, bits: u64) -> Result<u64, Fault> {
        self.own_map(meter, bits)?;
        let length = self.map_len(bits);
        meter.charge_steps(length as u64 * KEY_STEPS)?;
        charge_new_array::<TextElement>(meter, length)?;
        let key = |index| self.map_entry(bits, index).map(|(key, _)| key);
        let keys = (0..length).map(|index| TextElement::from_bits(Text::option_bits(key(index))));
        let keys: Vec<TextElement> = keys.collect();
        self.text_arrays.adopt(meter, keys)
    }

    /// Makes a host's map the evaluation's own, so that it can be changed and the values inside it keep their
    /// identity. One level only.
    pub(crate) fn own_map(&mut self, meter: &mut Meter, bits: u64) -> Result<(), Fault> {
        let Some(&MapObject::Borrowed(map)) = self.maps.get(bits as usize) else {
            return Ok(());
        };
        meter.charge_steps(8)?;
        let mut own = OwnedMap::default();
        for (key, value) in map {
            meter.charge_steps(MAP_ENTRY_STEPS)?;
            meter.charge_copy(key.len())?;
            let key = self.texts.borrow(meter, key)?;
            let value = self.import(meter, value)?;
            own.put(meter, &self.texts, key, value)?;
        }
        if let Some(place) = self.maps.get_mut(bits as usize) {
            *place = MapObject::Owned(own);
        }
        Ok(())
    }

    /// A host's value as a value of the evaluation. Strings, arrays, lists and maps are borrowed, but for the elements
    /// of a STRING_ARRAY, which are entered one by one.
    pub(crate) fn import(&mut self, meter: &mut Meter, value: &'p Value) -> Result<Any, Fault> {
        Ok(match value {
            Value::Null => Any::NULL,
            Value::Boolean(value) => Any::boolean(*value),
            Value::Long(value) => Any::long(*value),
            Value::Double(value) => Any::double(*value),
            Value::String(text) => Any::text(self.texts.borrow(meter, text)?),
            Value::LongArray(elements) => Any::new(Type::LongArray, self.longs.borrow(meter, elements)?),
            Value::DoubleArray(elements) => Any::new(Type::DoubleArray, self.doubles.borrow(meter, elements)?),
            Value::BooleanArray(elements) => Any::new(Type::BooleanArray, self.booleans.borrow(meter, elements)?),
            Value::StringArray(elements) => {
                let texts = elements.iter().map(|element| element.as_deref());
                Any::new(Type::StringArray, self.import_texts(meter, texts)?)
            }
            Value::List(values) => Any::new(Type::List, self.borrow_list(meter, values)?),
            Value::Map(map) => Any::new(Type::Map, self.borrow_map(meter, map)?),
        })
    }

    /// Takes in a list of the evaluation's own values, which the caller has charged.
    pub(crate) fn adopt_list(&mut self, meter: &mut Meter, values: Vec<Any>) -> u64 {
        grow_by_half(&mut self.lists, meter, ARRAY_OVERHEAD_BYTES);
        self.lists.push(ListObject::Owned(values));
        self.lists.len() as u64 - 1
    }

    /// A STRING_ARRAY of borrowed strings.
    pub(crate) fn import_texts(
        &mut self,
        meter: &mut Meter,
        texts: impl ExactSizeIterator<Item = Option<&'p str>>,
    ) -> Result<u64, Fault> {
        let length = texts.len();
        meter.charge_steps(TEXT_ARRAY_STEPS)?;
        super::array_store::charge_new_array::<TextElement>(meter, length)?;
        let mut elements = Vec::with_capacity(length);
        for text in texts {
            meter.charge_steps(TEXT_ELEMENT_STEPS)?;
            elements.push(match text {
                Some(text) => TextElement::from_bits(self.texts.borrow(meter, text)?.bits()),
                None => TextElement::NULL,
            });
        }
        self.text_arrays.adopt(meter, elements)
    }

    /// A host's map.
    pub(crate) fn borrow_map(&mut self, meter: &mut Meter, map: &'p Map) -> Result<u64, Fault> {
        meter.charge_memory(MAP_OVERHEAD_BYTES)?;
        Ok(self.push_map(meter, MapObject::Borrowed(map)))
    }

    /// A host's list.
    pub(crate) fn borrow_list(&mut self, meter: &mut Meter, values: &'p [Value]) -> Result<u64, Fault> {
        meter.charge_memory(ARRAY_OVERHEAD_BYTES)?;
        grow_by_half(&mut self.lists, meter, ARRAY_OVERHEAD_BYTES);
        self.lists.push(ListObject::Borrowed(values));
        Ok(self.lists.len() as u64 - 1)
    }

    fn push_map(&mut self, meter: &mut Meter, map: MapObject<'p>) -> u64 {
        grow_by_half(&mut self.maps, meter, MAP_OVERHEAD_BYTES);
        self.maps.push(map);
        self.maps.len() as u64 - 1
    }

    /// Takes in an object of the library.
    pub(crate) fn new_object(&mut self, meter: &mut Meter, object: Arc<dyn Object>) -> Result<Any, Fault> {
        meter.charge_steps(OBJECT_STEPS)?;
        meter.charge_memory(OBJECT_OVERHEAD_BYTES)?;
        let ty = object.ty();
        grow_by_half(&mut self.objects, meter, OBJECT_OVERHEAD_BYTES);
        self.objects.push(object);
        Ok(Any::new(ty, self.objects.len() as u64 - 1))
    }

    /// The text of the library's object that a register holds, which is charged first; empty for null.
    pub(crate) fn object_text(&self, meter: &mut Meter, bits: u64) -> Result<String, Fault> {
        meter.charge_steps(OBJECT_TEXT_STEPS)?;
        Ok(self.object(bits).map_or_else(String::new, Object::text))
    }

    /// The library's object that a register holds; none for null.
    pub(crate) fn object(&self, bits: u64) -> Option<&dyn Object> {
        self.objects.get(bits as usize).map(AsRef::as_ref)
    }
}

/// Whether taking the value out of its container makes nothing that could be changed.
fn is_scalar(value: &Value) -> bool {
    match value {
        Value::Null | Value::Boolean(_) | Value::Long(_) | Value::Double(_) | Value::String(_) => true,
        Value::BooleanArray(_)
        | Value::LongArray(_)
        | Value::DoubleArray(_)
        | Value::StringArray(_)
        | Value::List(_)
        | Value::Map(_) => false,
    }
}
