//! What reading a type finds out, and how it is stopped.

use std::cell::Cell;
use std::fmt;

use serde::de;

use crate::types::Type;

/// What a reading found out.
#[derive(Default)]
pub(super) struct Trace {
    /// The fields of the struct at the root.
    pub(super) fields: Cell<Option<&'static [&'static str]>>,
    /// What was asked for that the language has not.
    pub(super) found: Cell<Option<&'static str>>,
    pub(super) ty: Cell<Option<Type>>,
    /// Which variant of an enum is read, and how many there are.
    pub(super) variant: usize,
    pub(super) variants: Cell<usize>,
}

/// Stops a reading: nothing went wrong.
#[derive(Debug)]
pub(super) struct Stop;

impl fmt::Display for Stop {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the type is known")
    }
}

impl std::error::Error for Stop {}

impl de::Error for Stop {
    fn custom<T: fmt::Display>(_message: T) -> Self {
        Self
    }
}
