//! Constants: their bits, and the instructions that hold one.

use super::wide::{Register, Wide};
use crate::check::typed::{Expr, Kind};
use crate::machine::heap::{NULL_HANDLE, Text};
use crate::machine::instruction::Instruction as I;
use crate::operator::Arithmetic;
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

/// The instruction that applies an operator to a register and a constant, where there is one.
pub(super) fn constant_arithmetic(operator: Arithmetic, constant: i64) -> Option<fn(Register, Register, i64) -> Wide> {
    let is_power = constant > 1 && constant.count_ones() == 1;
    match operator {
        Arithmetic::Add => Some(|d, a, constant| I::LongAddConstant { d, a, constant }),
        Arithmetic::Subtract => Some(|d, a, constant| I::LongAddConstant {
            d,
            a,
            constant: constant.wrapping_neg(),
        }),
        Arithmetic::Multiply => Some(|d, a, constant| I::LongMultiplyConstant { d, a, constant }),
        Arithmetic::Divide if is_power => Some(|d, a, constant| I::LongDividePower {
            d,
            a,
            bits: constant.trailing_zeros() as u8,
        }),
        Arithmetic::Remainder if is_power => Some(|d, a, constant| I::LongRemainderPower {
            d,
            a,
            bits: constant.trailing_zeros() as u8,
        }),
        Arithmetic::Divide if constant != 0 => Some(|d, a, constant| I::LongDivideConstant { d, a, constant }),
        Arithmetic::Remainder if constant != 0 => Some(|d, a, constant| I::LongRemainderConstant { d, a, constant }),
        Arithmetic::Divide | Arithmetic::Remainder => None,
    }
}
