//! The class `String` and the methods of STRING values. Positions and lengths count UTF-16 units, as in Java.

mod charged;
mod format;
mod join;
mod methods;
mod pattern;

use super::declaration::Function;

/// The functions of `String`, in parts.
pub(crate) const FUNCTIONS: &[&[Function]] = &[
    methods::FUNCTIONS,
    pattern::FUNCTIONS,
    format::FUNCTIONS,
    join::FUNCTIONS,
];
