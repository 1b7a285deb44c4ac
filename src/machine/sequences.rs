//! Whole arrays and lists: their elements as values, parts of them, and new ones of values.

use std::ops::Range;

use super::any::Any;
use super::array_store::{ARRAY_OVERHEAD_BYTES, charge_new_array, copied};
use super::fault::Fault;
use super::heap::{Heap, ListObject};
use super::meter::Meter;
use crate::types::{Elements, Type};

/// The elements that are taken out for one charge.
const BLOCK_ELEMENTS: usize = 1024;

impl Heap<'_> {
    /// The elements of an array or list as values: a step and their room for each.
    pub(crate) fn values(&mut self, meter: &mut Meter, array: Any) -> Result<Vec<Any>, Fault> {
        let Some(elements) = Elements::of(array.ty) else {
            return Err(Fault::internal("only arrays and lists have elements"));
        };
        if elements == Elements::Mixed {
            self.own_list(meter, array.bits)?;
        }
        let length = self.length_of(elements, array.bits);
        let bytes = length * size_of::<Any>();
        meter.check_steps(length as u64)?;
        meter.charge_memory(bytes as u64)?;
        meter.record_reserved(bytes);
        let mut values = Vec::with_capacity(length);
        while values.len() < length {
            let to = length.min(values.len() + BLOCK_ELEMENTS);
            meter.charge_steps((to - values.len()) as u64)?;
            let block = values.len()..to;
            values.extend(block.filter_map(|index| self.own_value(elements, array.bits, index)));
        }
        Ok(values)
    }

    /// One element of an array, or of a list that is the evaluation's own.
    fn own_value(&self, elements: Elements, bits: u64, index: usize) -> Option<Any> {
        match elements {
            Elements::Longs => self.longs.get(bits).get(index).copied().map(Any::long),
            Elements::Doubles => self.doubles.get(bits).get(index).copied().map(Any::double),
            Elements::Booleans => self.booleans.get(bits).get(index).copied().map(Any::boolean),
            Elements::Texts => {
                let element = self.text_arrays.get(bits).get(index);
                element.map(|element| Any::new(Type::String, element.bits()))
            }
            Elements::Mixed => self.own_elements(bits).get(index).copied(),
        }
    }

    /// The elements of a list that is the evaluation's own.
    fn own_elements(&self, bits: u64) -> &[Any] {
        match self.lists.get(bits as usize) {
            Some(ListObject::Owned(values)) => values,
            Some(ListObject::Borrowed(_)) | None => &[],
        }
    }

    /// A new array or list of the elements in a range that lies inside.
    pub(crate) fn elements_in(
        &mut self,
        meter: &mut Meter,
        (elements, bits): (Elements, u64),
        range: Range<usize>,
    ) -> Result<u64, Fault> {
        match elements {
            Elements::Longs => self.longs.part(meter, bits, range),
            Elements::Doubles => self.doubles.part(meter, bits, range),
            Elements::Booleans => self.booleans.part(meter, bits, range),
            Elements::Texts => self.text_arrays.part(meter, bits, range),
            Elements::Mixed => {
                self.own_list(meter, bits)?;
                let part = self.own_elements(bits).get(range).unwrap_or_default();
                meter.charge_memory(ARRAY_OVERHEAD_BYTES + size_of_val(part) as u64)?;
                let part = copied(meter, part)?;
                meter.record_reserved(part.capacity() * size_of::<Any>());
                Ok(self.adopt_list(meter, part))
            }
        }
    }

    /// A new array or list of values, which are of the element type.
    pub(crate) fn array_of_values(
        &mut self,
        meter: &mut Meter,
        elements: Elements,
        values: &[Any],
    ) -> Result<Any, Fault> {
        let bits = match elements {
            Elements::Longs | Elements::Doubles | Elements::Booleans | Elements::Texts => {
                self.array_of(meter, elements, values.iter().map(|value| value.bits))?
            }
            Elements::Mixed => {
                charge_new_array::<Any>(meter, values.len())?;
                return Ok(self.kept_list(meter, values.to_vec()));
            }
        };
        Ok(Any::new(elements.array(), bits))
    }

    /// A LIST of values.
    pub(crate) fn list_of_values(&mut self, meter: &mut Meter, values: Vec<Any>) -> Result<Any, Fault> {
        charge_new_array::<Any>(meter, values.len())?;
        Ok(self.kept_list(meter, values))
    }

    fn kept_list(&mut self, meter: &mut Meter, values: Vec<Any>) -> Any {
        meter.record_reserved(values.capacity() * size_of::<Any>());
        Any::new(Type::List, self.adopt_list(meter, values))
    }
}
