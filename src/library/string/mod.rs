//! The class `String` and the methods of STRING values. Positions and lengths count UTF-16 units, as in Java.

mod charged;
mod edges;
mod find;
mod format;
mod join;
mod look;
mod methods;
mod pattern;
mod read;

use super::declaration::Function;
#[cfg(feature = "data")]
pub(crate) use charged::ChargedText;
pub(crate) use find::Whole;
pub(crate) use join::join_array;

/// The functions of `String`, in parts.
pub(crate) const FUNCTIONS: &[&[Function]] = &[
    methods::FUNCTIONS,
    look::FUNCTIONS,
    edges::FUNCTIONS,
    read::FUNCTIONS,
    pattern::FUNCTIONS,
    find::FUNCTIONS,
    format::FUNCTIONS,
    join::FUNCTIONS,
];
