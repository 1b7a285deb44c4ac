//! Buffers that a thread keeps from one compilation to the next, so that a short program is compiled with few allocations.

use std::cell::Cell;
use std::thread::LocalKey;

use hashbrown::HashTable;

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

    /// Keeps the buffers for the next compilation if they are small.
    fn recycle(mut self: Box<Self>) {
        if self.empty() <= MAX_BYTES {
            let _ = Self::place().try_with(|place| place.set(Some(self)));
        }
    }
}

/// What is emptied and used again.
pub(crate) trait Buffer {
    /// Empties it, and gives how many bytes of the heap it takes.
    fn emptied(&mut self) -> usize;
}

impl<T> Buffer for Vec<T> {
    fn emptied(&mut self) -> usize {
        self.clear();
        self.capacity() * size_of::<T>()
    }
}

impl<T> Buffer for HashTable<T> {
    fn emptied(&mut self) -> usize {
        self.clear();
        self.allocation_size()
    }
}

impl<S: Spare> Buffer for Box<S> {
    fn emptied(&mut self) -> usize {
        self.empty()
    }
}

/// Lets a thread keep a struct of buffers. All of its fields are named: its buffers, and behind them what is set anew.
macro_rules! spare {
    ($type:ident { $($buffer:ident),+ $(; $($field:ident = $value:expr),+)? $(,)? }) => {
        impl $crate::spare::Spare for $type {
            fn place() -> &'static std::thread::LocalKey<$crate::spare::Place<Self>> {
                thread_local!(static KEPT: $crate::spare::Place<$type> = const { std::cell::Cell::new(None) });
                &KEPT
            }

            fn empty(&mut self) -> usize {
                let Self { $($buffer,)+ $($($field,)+)? } = self;
                $($(*$field = $value;)+)?
                0 $(+ $crate::spare::Buffer::emptied($buffer))+
            }
        }
    };
}

pub(crate) use spare;
