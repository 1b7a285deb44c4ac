//! The class `Math`.

mod double;
mod either;
mod exact;
mod plain;
mod round;

use super::declaration::Function;

/// The functions of `Math`, in parts.
pub(crate) const FUNCTIONS: &[&[Function]] = &[
    plain::FUNCTIONS,
    either::FUNCTIONS,
    round::FUNCTIONS,
    double::FUNCTIONS,
    exact::FUNCTIONS,
];
