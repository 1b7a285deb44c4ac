//! The class `Map`, which is also `HashMap` and `LinkedHashMap`: insertion order is kept.

mod entry;
mod whole;

use super::declaration::Function;
pub(crate) use entry::keys;
pub(crate) use whole::{ENTRY_STEPS, MADE_STEPS, NEW_ENTRY_STEPS, SET_STEPS, all_values};

/// The functions of `Map` and of MAP values, in parts.
pub(crate) const FUNCTIONS: &[&[Function]] = &[entry::FUNCTIONS, whole::FUNCTIONS];
