//! Constants: their bits, and the instructions that hold one.

use crate::check::typed::{Expr, Kind};
use crate::machine::heap::{NULL_HANDLE, Text};
use crate::types::Type;

/// The bits of a constant of a known type.
pub(super) fn constant_bits(expr: Expr) -> Option<u64> {
    match expr.kind {
        Kind::Null => Some(NULL_HANDLE),
        Kind::Boolean(value) => Some(u64::from(value)),
        Kind::Long(value) => Some(value as u64),
        Kind::Double(value) => Some(value.to_bits()),
        Kind::Text(text) => Some(Text::constant(text.number()).bits()),
        _ => None,
    }
    .filter(|_| expr.ty != Type::Any)
}
