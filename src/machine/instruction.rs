//! The instruction set: typed operations on registers of 64 bits.
//!
//! `R` is the width of a register's number: a byte where a program needs at most 256 registers, so that indexing the register
//! file needs no bounds check, else 16 bits. A value of a known type takes one register; an `ANY` takes two in a row, its
//! bits and its type. In the comments `d` is the destination and "pair" an `ANY`.
//!
//! Typed instructions test nothing: the checker proved their operands' types. Constants and jumps are fused into the
//! instructions that loops are made of, and the charge of a loop's iteration into the jump back.

use super::operations::{CheckKind, Operator};
use crate::types::Type;

/// Declares the instructions, and the function that renumbers their registers. `reg` marks a register.
macro_rules! instructions {
    ($($(#[$doc:meta])* $name:ident { $($field:ident : $kind:tt),* $(,)? })*) => {
        /// One instruction.
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub(crate) enum Instruction<R> {
            $($(#[$doc])* $name { $($field: instructions!(@type $kind)),* },)*
        }

        impl<R> Instruction<R> {
            /// The same instruction with each register's number mapped; none where one has no image.
            pub(crate) fn map_registers<S>(self, map: impl Fn(R) -> Option<S>) -> Option<Instruction<S>> {
                Some(match self {
                    $(Self::$name { $($field),* } => Instruction::$name {
                        $($field: instructions!(@map $kind map $field)),*
                    },)*
                })
            }

            /// Where the instruction may jump to.
            pub(crate) fn target_mut(&mut self) -> Option<&mut u32> {
                match self {
                    $(Self::$name { $($field),* } => instructions!(@target $($kind $field)*),)*
                }
            }
        }
    };
    (@type reg) => { R };
    (@type target) => { u32 };
    (@type $other:ty) => { $other };
    (@map reg $map:ident $field:ident) => { $map($field)? };
    (@map $other:tt $map:ident $field:ident) => { $field };
    (@target) => { None };
    (@target target $field:ident $($rest:tt)*) => {{ $(let _ = &$rest;)* Some($field) }};
    (@target $other:tt $field:ident $($rest:tt)*) => {{ let _ = $field; instructions!(@target $($rest)*) }};
}

instructions! {
    /// d = a
    Move { d: reg, a: reg }
    /// pair d = pair a
    MovePair { d: reg, a: reg }
    /// d = bits
    Load { d: reg, bits: u64 }
    /// pair d = bits of the type
    LoadPair { d: reg, bits: u64, ty: Type }
    /// pair d = a, which is of the type
    Box { d: reg, a: reg, ty: Type }

    /// d = a + b on LONG, wrapping
    LongAdd { d: reg, a: reg, b: reg }
    /// d = a - b on LONG, wrapping
    LongSubtract { d: reg, a: reg, b: reg }
    /// d = a * b on LONG, wrapping
    LongMultiply { d: reg, a: reg, b: reg }
    /// d = a / b on LONG; fails on zero
    LongDivide { d: reg, a: reg, b: reg }
    /// d = a % b on LONG; fails on zero
    LongRemainder { d: reg, a: reg, b: reg }
    /// d = -a on LONG, wrapping
    LongNegate { d: reg, a: reg }
    /// d = a + constant
    LongAddConstant { d: reg, a: reg, constant: i64 }
    /// d = a * constant
    LongMultiplyConstant { d: reg, a: reg, constant: i64 }
    /// d = a / constant, which is not zero
    LongDivideConstant { d: reg, a: reg, constant: i64 }
    /// d = a % constant, which is not zero
    LongRemainderConstant { d: reg, a: reg, constant: i64 }

    /// d = a + b on DOUBLE
    DoubleAdd { d: reg, a: reg, b: reg }
    /// d = a - b on DOUBLE
    DoubleSubtract { d: reg, a: reg, b: reg }
    /// d = a * b on DOUBLE
    DoubleMultiply { d: reg, a: reg, b: reg }
    /// d = a / b on DOUBLE
    DoubleDivide { d: reg, a: reg, b: reg }
    /// d = a % b on DOUBLE
    DoubleRemainder { d: reg, a: reg, b: reg }
    /// d = -a on DOUBLE
    DoubleNegate { d: reg, a: reg }
    /// d = LONG a as DOUBLE
    LongToDouble { d: reg, a: reg }

    /// d = a == b on LONG or BOOLEAN
    LongEqual { d: reg, a: reg, b: reg }
    /// d = a != b on LONG or BOOLEAN
    LongNotEqual { d: reg, a: reg, b: reg }
    /// d = a < b on LONG
    LongLess { d: reg, a: reg, b: reg }
    /// d = a <= b on LONG
    LongLessEqual { d: reg, a: reg, b: reg }
    /// d = a == b on DOUBLE
    DoubleEqual { d: reg, a: reg, b: reg }
    /// d = a != b on DOUBLE
    DoubleNotEqual { d: reg, a: reg, b: reg }
    /// d = a < b on DOUBLE
    DoubleLess { d: reg, a: reg, b: reg }
    /// d = a <= b on DOUBLE
    DoubleLessEqual { d: reg, a: reg, b: reg }
    /// d = a == b on STRING; charged by their length
    TextEqual { d: reg, a: reg, b: reg }
    /// d = !a
    Not { d: reg, a: reg }

    /// Goes on at the target.
    Jump { to: target }
    /// Jumps where a holds.
    JumpIf { a: reg, to: target }
    /// Jumps where a does not hold.
    JumpUnless { a: reg, to: target }
    /// Jumps where a == b on LONG or BOOLEAN.
    JumpLongEqual { a: reg, b: reg, to: target }
    /// Jumps where a != b on LONG or BOOLEAN.
    JumpLongNotEqual { a: reg, b: reg, to: target }
    /// Jumps where a < b on LONG.
    JumpLongLess { a: reg, b: reg, to: target }
    /// Jumps where a <= b on LONG.
    JumpLongLessEqual { a: reg, b: reg, to: target }
    /// Jumps where a == constant.
    JumpLongEqualConstant { a: reg, constant: i32, to: target }
    /// Jumps where a != constant.
    JumpLongNotEqualConstant { a: reg, constant: i32, to: target }
    /// Jumps where a < constant.
    JumpLongLessConstant { a: reg, constant: i32, to: target }
    /// Jumps where a <= constant.
    JumpLongLessEqualConstant { a: reg, constant: i32, to: target }
    /// Jumps where a > constant.
    JumpLongGreaterConstant { a: reg, constant: i32, to: target }
    /// Jumps where a >= constant.
    JumpLongGreaterEqualConstant { a: reg, constant: i32, to: target }
    /// Jumps where a < b on DOUBLE.
    JumpDoubleLess { a: reg, b: reg, to: target }
    /// Jumps unless a < b on DOUBLE, which differs from a >= b for NaN.
    JumpUnlessDoubleLess { a: reg, b: reg, to: target }
    /// Jumps where a <= b on DOUBLE.
    JumpDoubleLessEqual { a: reg, b: reg, to: target }
    /// Jumps unless a <= b on DOUBLE.
    JumpUnlessDoubleLessEqual { a: reg, b: reg, to: target }
    /// Jumps where a == b on STRING.
    JumpTextEqual { a: reg, b: reg, to: target }
    /// Jumps where a != b on STRING.
    JumpTextNotEqual { a: reg, b: reg, to: target }

    /// Charges the steps of a region.
    Charge { steps: u32 }
    /// Charges the steps of an iteration and jumps back where a < b on LONG.
    LoopLongLess { a: reg, b: reg, steps: u32, to: target }
    /// Charges the steps of an iteration and jumps back where a < constant.
    LoopLongLessConstant { a: reg, constant: i32, steps: u32, to: target }
    /// a += by, then as LoopLongLess.
    StepLoopLongLess { a: reg, by: i16, b: reg, steps: u32, to: target }
    /// a += by, then as LoopLongLessConstant.
    StepLoopLongLessConstant { a: reg, by: i16, constant: i32, steps: u32, to: target }
    /// a += step, a register, then as LoopLongLess.
    AddLoopLongLess { a: reg, step: reg, b: reg, steps: u32, to: target }
    /// Jumps back, charging the steps of an iteration.
    LoopAlways { steps: u32, to: target }
    /// Counts an iteration in register a and fails past the loop iteration limit.
    CountIteration { a: reg }

    /// d = a[i] of a LONG_ARRAY
    LongElement { d: reg, a: reg, i: reg }
    /// d = a[i] of a DOUBLE_ARRAY
    DoubleElement { d: reg, a: reg, i: reg }
    /// d = a[i] of a BOOLEAN_ARRAY
    BooleanElement { d: reg, a: reg, i: reg }
    /// d = a[i] of a STRING_ARRAY
    TextElement { d: reg, a: reg, i: reg }
    /// a[i] = v of a LONG_ARRAY
    SetLongElement { a: reg, i: reg, v: reg }
    /// a[i] = v of a DOUBLE_ARRAY
    SetDoubleElement { a: reg, i: reg, v: reg }
    /// a[i] = v of a BOOLEAN_ARRAY
    SetBooleanElement { a: reg, i: reg, v: reg }
    /// a[i] = v of a STRING_ARRAY
    SetTextElement { a: reg, i: reg, v: reg }
    /// d = the length of a LONG_ARRAY
    LongLength { d: reg, a: reg }
    /// d = the length of an array or list of the type
    Length { d: reg, a: reg, ty: Type }
    /// d = a new array of the type with a elements
    NewArray { d: reg, a: reg, ty: Type }
    /// d = a new array of the type with the elements in `count` registers from `base`
    ArrayLiteral { d: reg, base: reg, count: u16, ty: Type }

    /// pair d = pair a operator pair b, by the language's table
    Binary { d: reg, a: reg, b: reg, operator: Operator }
    /// pair d = -pair a
    Negate { d: reg, a: reg }
    /// pair d = +pair a
    Plus { d: reg, a: reg }
    /// d = pair a, which must be of the type
    Check { d: reg, a: reg, ty: Type, kind: CheckKind }
    /// pair d = pair a, the variable's, which must be set
    ReadSet { d: reg, a: reg, variable: u32 }
    /// pair d = pair a, or null where it is unset
    ReadOrNull { d: reg, a: reg }
    /// pair d = pair a, which must be of the type that d holds, if it holds one
    Reassign { d: reg, a: reg }
    /// pair d = pair a [pair i]
    DynamicElement { d: reg, a: reg, i: reg }
    /// pair a [pair i] = pair v
    DynamicSetElement { a: reg, i: reg, v: reg }
    /// d = pair a .length
    DynamicLength { d: reg, a: reg }
    /// pair d = pair a, or its text where it is no scalar
    Printable { d: reg, a: reg }
    /// d = the texts of the parts from `base`, joined; `parts` says their types
    Concat { d: reg, base: reg, parts: u32 }

    /// pair d = the parameter, or unset
    Input { d: reg, parameter: u32 }
    /// pair d = the parameter, which must be given
    RequiredInput { d: reg, parameter: u32 }
    /// d = the parameter, which must be of the type
    TypedInput { d: reg, parameter: u32, ty: Type }
    /// pair d = the parameter named by STRING a
    InputNamed { d: reg, a: reg }
    /// d = whether there is a parameter named by STRING a
    HasInput { d: reg, a: reg }
    /// d = a library function of the arguments from `base`
    Call { d: reg, base: reg, native: u32 }
    /// pair d = a library function of the arguments from `base`
    CallPair { d: reg, base: reg, native: u32 }
    /// pair d = the first candidate of the site that takes the pairs from `base`
    DynamicCall { d: reg, base: reg, site: u32 }
    /// pair d = a host function of the pairs from `base`
    HostCall { d: reg, base: reg, site: u32 }

    /// Ends with a, of the type.
    Return { a: reg, ty: Type }
    /// Ends with pair a.
    ReturnPair { a: reg }
    /// Ends without a value.
    ReturnVoid {}
    /// Ends with the message in STRING a.
    Throw { a: reg }
}
