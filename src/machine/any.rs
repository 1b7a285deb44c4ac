//! A value of the machine that carries its type, and the plain 64 bits a register holds.

use super::text::{NULL_HANDLE, Text};
use crate::types::{Stored, Type};

/// A value with its type: what an `ANY` expression gives.
///
/// The type is never `ANY`. `VOID` marks a variable that was never set. The bits are those of the type: a LONG's own, a DOUBLE's
/// IEEE 754 bits, 0 or 1 for a BOOLEAN, and for the rest a handle into the heap or [`NULL_HANDLE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Any {
    pub(crate) ty: Type,
    pub(crate) bits: u64,
}

impl Default for Any {
    fn default() -> Self {
        Self::UNSET
    }
}

impl Any {
    /// The null without a type.
    pub(crate) const NULL: Self = Self {
        ty: Type::Null,
        bits: NULL_HANDLE,
    };
    /// What a variable holds before it is set.
    pub(crate) const UNSET: Self = Self {
        ty: Type::Void,
        bits: NULL_HANDLE,
    };

    pub(crate) const fn new(ty: Type, bits: u64) -> Self {
        Self { ty, bits }
    }

    pub(crate) const fn boolean(value: bool) -> Self {
        Self::new(Type::Boolean, value as u64)
    }

    pub(crate) const fn long(value: i64) -> Self {
        Self::new(Type::Long, value as u64)
    }

    pub(crate) const fn double(value: f64) -> Self {
        Self::new(Type::Double, value.to_bits())
    }

    pub(crate) const fn text(text: Text) -> Self {
        Self::new(Type::String, text.bits())
    }

    pub(crate) const fn as_long(self) -> i64 {
        self.bits as i64
    }

    pub(crate) const fn as_double(self) -> f64 {
        f64::from_bits(self.bits)
    }

    pub(crate) const fn as_boolean(self) -> bool {
        self.bits != 0
    }

    /// Whether it is `null`, of whatever type.
    pub(crate) const fn is_null(self) -> bool {
        !matches!(self.ty, Type::Boolean | Type::Long | Type::Double) && self.bits == NULL_HANDLE
    }

    /// The name of its type, or `null`.
    pub(crate) const fn kind_name(self) -> &'static str {
        match self.is_null() {
            true => "null",
            false => self.ty.name(),
        }
    }

    /// A LONG or DOUBLE as a float.
    pub(crate) const fn number(self) -> Option<f64> {
        match self.ty.stored() {
            Stored::Long => Some(self.as_long() as f64),
            Stored::Double => Some(self.as_double()),
            Stored::Unknown
            | Stored::Nothing
            | Stored::Null
            | Stored::Boolean
            | Stored::Text
            | Stored::Elements(_)
            | Stored::Map
            | Stored::Object => None,
        }
    }

    /// The type as the bits of a register.
    pub(crate) const fn type_bits(self) -> u64 {
        self.ty as u64
    }

    /// The value from two registers: its bits and its type's.
    pub(crate) fn from_registers(bits: u64, type_bits: u64) -> Self {
        // INVARIANT: the second register of a pair only ever holds what `type_bits` gave.
        let ty = Type::ALL.get(type_bits as usize).copied().unwrap_or(Type::Void);
        Self { ty, bits }
    }
}
