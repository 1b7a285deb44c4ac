//! Lists that are being filled, as the functions that take a lambda do.

use super::any::Any;
use super::array_store::ARRAY_OVERHEAD_BYTES;
use super::fault::Fault;
use super::heap::{Heap, ListObject, grow_by_half};
use super::meter::Meter;

/// Charged for each value that a list is filled with, beside what it is gathered in.
pub(crate) const GATHERED_BYTES: u64 = 40;

impl Heap<'_> {
    /// A new list, to be filled.
    pub(crate) fn new_list(&mut self, meter: &mut Meter) -> Result<u64, Fault> {
        meter.charge_memory(ARRAY_OVERHEAD_BYTES)?;
        Ok(self.adopt_list(meter, Vec::new()))
    }

    /// Adds a value to a list that [`Heap::new_list`] made and that no program has seen.
    pub(crate) fn push_to_list(&mut self, meter: &mut Meter, bits: u64, value: Any) -> Result<(), Fault> {
        let Some(ListObject::Owned(values)) = self.lists.get_mut(bits as usize) else {
            return Err(Fault::internal("only a list of the evaluation's own is filled"));
        };
        meter.check_array_length(values.len() as u64 + 1)?;
        meter.charge_memory(GATHERED_BYTES)?;
        grow_by_half(values, meter, GATHERED_BYTES);
        values.push(value);
        Ok(())
    }
}
