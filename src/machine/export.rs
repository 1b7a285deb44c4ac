//! The result of an evaluation as a host's value: sized and charged before it is made.

use super::any::Any;
use super::array_store::copied;
use super::context::Context;
use super::fault::Fault;
use super::heap::Text;
use super::meter::Meter;
use crate::diagnostic::{Code, Message};
use crate::types::{Elements, Stored, Type};
use crate::value::{Map, Value};

/// What an element of a list or map takes beside its own bytes, in a host's value.
const ELEMENT_BYTES: usize = 96;
/// Charged for each element of a STRING_ARRAY that leaves, beside its bytes: it is allocated by itself, and dropped by itself.
pub(crate) const EXPORTED_TEXT_STEPS: u64 = 12;
/// What a map takes beside its entries, in a host's value.
const MAP_BYTES: usize = 256;

/// What has been exported so far.
#[derive(Debug, Default)]
struct Exported {
    bytes: u64,
}

impl Context<'_> {
    /// The value as the host gets it.
    #[inline]
    pub(crate) fn export(&mut self, value: Any) -> Result<Value, Fault> {
        self.export_nested(&mut Exported::default(), value, 0)
    }

    fn export_nested(&mut self, exported: &mut Exported, value: Any, depth: u64) -> Result<Value, Fault> {
        if value.is_null() {
            return Ok(Value::Null);
        }
        Ok(match value.ty.stored() {
            Stored::Long => Value::Long(value.as_long()),
            Stored::Double => Value::Double(value.as_double()),
            Stored::Boolean => Value::Boolean(value.as_boolean()),
            Stored::Text => Value::String(self.export_text(exported, value.bits)?.unwrap_or_default()),
            Stored::Elements(Elements::Longs) => Value::LongArray(export_elements(
                exported,
                &mut self.meter,
                self.heap.longs.get(value.bits),
            )?),
            Stored::Elements(Elements::Doubles) => Value::DoubleArray(export_elements(
                exported,
                &mut self.meter,
                self.heap.doubles.get(value.bits),
            )?),
            Stored::Elements(Elements::Booleans) => Value::BooleanArray(export_elements(
                exported,
                &mut self.meter,
                self.heap.booleans.get(value.bits),
            )?),
            Stored::Elements(Elements::Texts) => self.export_texts(exported, value.bits)?,
            Stored::Elements(Elements::Mixed) => self.export_list(exported, value.bits, depth + 1)?,
            Stored::Map => self.export_map(exported, value.bits, depth + 1)?,
            Stored::Object if value.ty == Type::DateTime => {
                let text = self.heap.object_text(&mut self.meter, value.bits)?;
                self.charge_export(exported, text.len())?;
                Value::String(text)
            }
            Stored::Unknown | Stored::Nothing | Stored::Null | Stored::Object => {
                let message = Message::from("a ").words(value.ty.name());
                let fault = Fault::new(Code::NoHostValue, message.words(" cannot leave the program"));
                return Err(fault.with_help(Code::NoHostValue, "return its text or number"));
            }
        })
    }

    fn export_text(&mut self, exported: &mut Exported, bits: u64) -> Result<Option<String>, Fault> {
        let Some(text) = Text::from_bits(bits) else {
            return Ok(None);
        };
        self.charge_export(exported, self.text(text).len())?;
        Ok(Some(self.text(text).to_owned()))
    }

    fn export_texts(&mut self, exported: &mut Exported, bits: u64) -> Result<Value, Fault> {
        let length = self.heap.text_arrays.get(bits).len();
        exported.charge_memory(&mut self.meter, length * size_of::<Option<String>>())?;
        let mut texts = Vec::with_capacity(length);
        for index in 0..length {
            self.meter.charge_steps(EXPORTED_TEXT_STEPS)?;
            let element = self.heap.text_arrays.element(bits, index as i64)?;
            texts.push(self.export_text(exported, element.bits())?);
        }
        Ok(Value::StringArray(texts))
    }

    fn export_list(&mut self, exported: &mut Exported, bits: u64, depth: u64) -> Result<Value, Fault> {
        self.meter.check_value_nesting(depth)?;
        let list = Any::new(Type::List, bits);
        let length = self.heap.length(list).unwrap_or(0);
        exported.charge_memory(&mut self.meter, length * ELEMENT_BYTES)?;
        let mut values = Vec::with_capacity(length);
        for index in 0..length {
            self.meter.charge_work(ELEMENT_BYTES)?;
            if let Some(element) = self.heap.element(&mut self.meter, list, index as i64) {
                values.push(self.export_nested(exported, element?, depth)?);
            }
        }
        Ok(Value::List(values.into()))
    }

    fn export_map(&mut self, exported: &mut Exported, bits: u64, depth: u64) -> Result<Value, Fault> {
        self.meter.check_value_nesting(depth)?;
        self.heap.own_map(&mut self.meter, bits)?;
        self.charge_export(exported, MAP_BYTES)?;
        let mut map = Map::new();
        let mut index = 0;
        while let Some((key, value)) = self.heap.map_entry(bits, index) {
            self.charge_export(exported, 2 * ELEMENT_BYTES)?;
            let key = self.export_text(exported, key.bits())?.unwrap_or_default();
            let value = self.export_nested(exported, value, depth)?;
            map.insert(key, value);
            index += 1;
        }
        Ok(Value::Map(map))
    }

    /// Checks the result's size so far against the limit, and charges steps and memory, before more of it is made.
    fn charge_export(&mut self, exported: &mut Exported, bytes: usize) -> Result<(), Fault> {
        exported.charge_memory(&mut self.meter, bytes)?;
        self.meter.charge_copy(bytes)
    }
}

impl Exported {
    fn charge_memory(&mut self, meter: &mut Meter, bytes: usize) -> Result<(), Fault> {
        self.bytes = self.bytes.saturating_add(bytes as u64);
        meter.check_result_size(self.bytes)?;
        meter.charge_memory(bytes as u64)
    }
}

/// The elements of an array, charged before they are made.
fn export_elements<T: Copy>(exported: &mut Exported, meter: &mut Meter, elements: &[T]) -> Result<Vec<T>, Fault> {
    exported.charge_memory(meter, size_of_val(elements))?;
    copied(meter, elements)
}
