//! The arrays of one evaluation, of one element type: borrowed from the host until written to, then owned.

use std::borrow::Cow;
use std::ops::Range;

use super::fault::{Fault, INDEX_HELP};
use super::meter::{Meter, steps_of_bytes};
use super::text_store::grow_by_half;
use crate::diagnostic::{Code, Message};

/// Charged for each array beside its elements.
pub(crate) const ARRAY_OVERHEAD_BYTES: u64 = 64;

/// An array without elements, of any element type: what an empty LIST is where an array is needed.
pub(crate) const EMPTY_ARRAY: u64 = super::heap::NULL_HANDLE - 1;

/// The most bytes of elements that are copied for one charge.
const BLOCK_BYTES: usize = 64 * 1024;

/// All arrays of one element type. An array is named by its index, as the bits of a register.
#[derive(Clone, Debug)]
pub(crate) struct ArrayStore<'p, T: Copy>
where
    [T]: ToOwned<Owned = Vec<T>>,
{
    arrays: Vec<Cow<'p, [T]>>,
}

impl<'p, T: Copy> ArrayStore<'p, T>
where
    [T]: ToOwned<Owned = Vec<T>>,
{
    pub(crate) const fn new() -> Self {
        Self { arrays: Vec::new() }
    }

    /// The array's elements.
    #[inline]
    pub(super) fn get(&self, bits: u64) -> &[T] {
        // INVARIANT: bits come only from this store, or are those of the empty array; arrays are never null.
        self.arrays.get(bits as usize).map_or(&[], |array| array)
    }

    /// One element.
    #[inline]
    pub(crate) fn element(&self, bits: u64, index: i64) -> Result<T, Fault> {
        let array = self.get(bits);
        match array.get(index as usize) {
            // A negative index is far beyond any length.
            Some(&element) => Ok(element),
            None => Err(index_fault(index, array.len())),
        }
    }

    /// The place of an element of an array that is the evaluation's own; `None` if [`ArrayStore::set`] has more to do.
    #[inline]
    pub(super) fn own_element(&mut self, bits: u64, index: i64) -> Option<&mut T> {
        match self.arrays.get_mut(bits as usize) {
            // A negative index is far beyond any length.
            Some(Cow::Owned(array)) => array.get_mut(index as usize),
            _ => None,
        }
    }

    /// Sets one element.
    pub(crate) fn set(&mut self, meter: &mut Meter, bits: u64, index: i64, value: T) -> Result<(), Fault> {
        match self.arrays.get_mut(bits as usize) {
            Some(Cow::Owned(array)) => match array.get_mut(index as usize) {
                Some(element) if index >= 0 => {
                    *element = value;
                    Ok(())
                }
                _ => Err(index_fault(index, array.len())),
            },
            Some(Cow::Borrowed(_)) => self.set_borrowed(meter, bits, index, value),
            None => Err(index_fault(index, 0)),
        }
    }

    /// Sets one element of an array that is still the host's: checks the index, copies the array, charged, and sets it.
    #[cold]
    fn set_borrowed(&mut self, meter: &mut Meter, bits: u64, index: i64, value: T) -> Result<(), Fault> {
        self.element(bits, index)?;
        let Some(array) = self.arrays.get_mut(bits as usize) else {
            return Ok(());
        };
        meter.charge_memory(size_of_val(&**array) as u64)?;
        let mut copy = copied(meter, array)?;
        meter.record_reserved(size_of_val(&*copy));
        if let Some(element) = copy.get_mut(index as usize) {
            *element = value;
        }
        *array = Cow::Owned(copy);
        Ok(())
    }

    /// A new array of `length` times the same element.
    pub(crate) fn filled(&mut self, meter: &mut Meter, length: i64, element: T) -> Result<u64, Fault> {
        let Ok(length) = usize::try_from(length) else {
            let message = Message::from("negative array length ").value(length);
            return Err(Fault::new(Code::InvalidArgument, message));
        };
        if length <= BLOCK_BYTES / size_of::<T>() {
            charge_new_array::<T>(meter, length)?;
            return self.push(meter, Cow::Owned(vec![element; length]));
        }
        meter.check_array_length(length as u64)?;
        let bytes = length.saturating_mul(size_of::<T>());
        meter.check_steps(steps_of_bytes(bytes))?;
        meter.charge_memory(ARRAY_OVERHEAD_BYTES)?;
        meter.charge_memory(bytes as u64)?;
        let mut elements = Vec::with_capacity(length);
        while elements.len() < length {
            let more = (length - elements.len()).min(BLOCK_BYTES / size_of::<T>());
            meter.charge_work(more * size_of::<T>())?;
            elements.resize(elements.len() + more, element);
        }
        self.push(meter, Cow::Owned(elements))
    }

    /// A new array of these elements, which [`charge_new_array`] charged before they were made.
    pub(crate) fn adopt(&mut self, meter: &mut Meter, elements: Vec<T>) -> Result<u64, Fault> {
        // INVARIANT: what holds them has room for them alone, as charged.
        debug_assert_eq!(elements.capacity(), elements.len());
        self.push(meter, Cow::Owned(elements))
    }

    /// A new array of a copy of these elements.
    pub(crate) fn copy(&mut self, meter: &mut Meter, elements: &[T]) -> Result<u64, Fault> {
        meter.check_array_length(elements.len() as u64)?;
        meter.charge_memory(ARRAY_OVERHEAD_BYTES + size_of_val(elements) as u64)?;
        let copy = copied(meter, elements)?;
        self.push(meter, Cow::Owned(copy))
    }

    /// A new array of the elements in a range that lies inside.
    pub(super) fn part(&mut self, meter: &mut Meter, bits: u64, range: Range<usize>) -> Result<u64, Fault> {
        let part = self.get(bits).get(range).unwrap_or_default();
        meter.charge_memory(ARRAY_OVERHEAD_BYTES + size_of_val(part) as u64)?;
        let part = copied(meter, part)?;
        self.push(meter, Cow::Owned(part))
    }

    /// An array that is the host's until it is written to.
    pub(crate) fn borrow(&mut self, meter: &mut Meter, elements: &'p [T]) -> Result<u64, Fault> {
        meter.charge_memory(ARRAY_OVERHEAD_BYTES)?;
        self.push(meter, Cow::Borrowed(elements))
    }

    fn push(&mut self, meter: &mut Meter, array: Cow<'p, [T]>) -> Result<u64, Fault> {
        if let Cow::Owned(elements) = &array {
            meter.record_reserved(elements.capacity() * size_of::<T>());
        }
        grow_by_half(&mut self.arrays, meter, ARRAY_OVERHEAD_BYTES);
        self.arrays.push(array);
        Ok(self.arrays.len() as u64 - 1)
    }
}

/// A copy of elements, made and charged block by block. The caller has charged its memory.
pub(crate) fn copied<T: Copy>(meter: &mut Meter, elements: &[T]) -> Result<Vec<T>, Fault> {
    let mut copy = Vec::with_capacity(elements.len());
    for block in elements.chunks(BLOCK_BYTES / size_of::<T>()) {
        meter.charge_work(size_of_val(block))?;
        copy.extend_from_slice(block);
    }
    Ok(copy)
}

/// Checks and charges a new array, before it is made.
pub(crate) fn charge_new_array<T>(meter: &mut Meter, length: usize) -> Result<(), Fault> {
    meter.check_array_length(length as u64)?;
    meter.charge_memory(ARRAY_OVERHEAD_BYTES)?;
    let bytes = length.saturating_mul(size_of::<T>());
    meter.charge_work(bytes)?;
    meter.charge_memory(bytes as u64)
}

/// The fault of an index outside an array.
#[cold]
pub(crate) fn index_fault(index: i64, length: usize) -> Fault {
    let message = Message::from("index ")
        .value(index)
        .words(" is out of range: the array ");
    let message = match length.checked_sub(1) {
        None => message.words("is empty"),
        Some(last) => message
            .words("has ")
            .value(length)
            .words(" elements, from 0 to ")
            .value(last),
    };
    Fault::new(Code::IndexOutOfRange, message).with_help(Code::IndexOutOfRange, INDEX_HELP)
}
