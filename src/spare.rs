//! Buffers that a thread keeps from one compilation to the next, so that a short program is compiled with few allocations.

use std::cell::Cell;
use std::thread::LocalKey;

/// The most bytes that a thread keeps of each kind of buffers; larger ones are freed.
const MAX_BYTES: usize = 16 * 1024;

/// Where a thread keeps buffers.
pub(crate) type Place<T> = Cell<Option<Box<T>>>;

/// Buffers to be used again.
pub(crate) trait Spare: Default + 'static {
    /// Where a thread keeps them.
    fn place() -> &'static LocalKey<Place<Self>>;

    /// Empties them, and gives how many bytes of the heap they take.
    fn empty(&mut self) -> usize;

    /// Empty buffers: those that the thread keeps, if there are any.
    fn spare() -> Box<Self> {
        // A thread that is ending has none.
        let kept = Self::place().try_with(Cell::take).ok().flatten();
        kept.unwrap_or_default()
    }

    /// Keeps the buffers for the next that asks, where they are small.
    fn give_back(mut self: Box<Self>) {
        if self.empty() <= MAX_BYTES {
            let _ = Self::place().try_with(|place| place.set(Some(self)));
        }
    }
}

/// Empties a buffer, and gives how many bytes of the heap it takes.
pub(crate) fn emptied<T>(buffer: &mut Vec<T>) -> usize {
    buffer.clear();
    buffer.capacity() * size_of::<T>()
}
