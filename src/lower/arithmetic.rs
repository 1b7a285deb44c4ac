//! The instructions of operators that calculate.

use super::wide::{Register, Wide};
use crate::machine::instruction::Instruction as I;
use crate::operator::Arithmetic;

/// The instruction of two LONGs.
pub(super) fn longs(operator: Arithmetic, d: Register, a: Register, b: Register) -> Wide {
    match operator {
        Arithmetic::Add => I::LongAdd { d, a, b },
        Arithmetic::Subtract => I::LongSubtract { d, a, b },
        Arithmetic::Multiply => I::LongMultiply { d, a, b },
        Arithmetic::Divide => I::LongDivide { d, a, b },
        Arithmetic::Remainder => I::LongRemainder { d, a, b },
    }
}

/// The instruction of two DOUBLEs.
pub(super) fn doubles(operator: Arithmetic, d: Register, a: Register, b: Register) -> Wide {
    match operator {
        Arithmetic::Add => I::DoubleAdd { d, a, b },
        Arithmetic::Subtract => I::DoubleSubtract { d, a, b },
        Arithmetic::Multiply => I::DoubleMultiply { d, a, b },
        Arithmetic::Divide => I::DoubleDivide { d, a, b },
        Arithmetic::Remainder => I::DoubleRemainder { d, a, b },
    }
}

/// The instruction of a LONG and a constant, where there is one.
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
