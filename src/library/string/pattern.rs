//! STRING methods that take a regular expression.

use crate::library::declaration::Function;

/// The methods.
pub(super) const FUNCTIONS: &[Function] = &[];
