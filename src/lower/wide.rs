//! Registers and instructions while a program is lowered, before it is known how many registers it needs.

use crate::machine::instruction::Instruction;
use crate::types::Type;

/// A register while a program is lowered.
pub(crate) type Register = u16;

/// An instruction while a program is lowered.
pub(super) type Wide = Instruction<Register>;

/// How many registers a value of the type takes.
pub(super) const fn width(ty: Type) -> u16 {
    match ty {
        Type::Any => 2,
        _ => 1,
    }
}
