//! What is made of a program's constants before it runs.

use std::any::Any as StdAny;
use std::fmt;
use std::sync::Arc;

/// Something that a library function made from a constant argument at compile time, such as a regular expression.
#[derive(Clone)]
pub(crate) struct Prepared {
    value: Arc<dyn StdAny + Send + Sync>,
    held_bytes: usize,
    made_bytes: usize,
}

impl Prepared {
    /// What was made, and the bytes it holds at most.
    pub(crate) fn new<T: StdAny + Send + Sync>(value: T, held_bytes: usize) -> Self {
        Self {
            value: Arc::new(value),
            held_bytes,
            made_bytes: held_bytes,
        }
    }

    /// What was made while the program runs, charged by what made it.
    pub(super) fn charged<T: StdAny + Send + Sync>(value: Arc<T>) -> Self {
        Self {
            value,
            held_bytes: 0,
            made_bytes: 0,
        }
    }

    /// The same, where making it took more than it holds.
    pub(crate) fn made_within(mut self, bytes: usize) -> Self {
        self.made_bytes = bytes;
        self
    }

    /// The value, where it is of this type.
    pub(crate) fn downcast<T: StdAny + Send + Sync>(&self) -> Option<Arc<T>> {
        Arc::clone(&self.value).downcast().ok()
    }

    /// The bytes it holds at most.
    pub(crate) const fn held_bytes(&self) -> usize {
        self.held_bytes
    }

    /// The bytes that making it took at most, which stand for the time as well.
    pub(crate) const fn made_bytes(&self) -> usize {
        self.made_bytes
    }
}

impl fmt::Debug for Prepared {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Prepared")
    }
}

/// A constant of the program that was prepared: its index among the program's strings, and what was made of it.
pub(crate) type PreparedConstant = (u32, Prepared);
