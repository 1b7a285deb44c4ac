//! The instruction set: typed operations on registers of 64 bits.
//!
//! `R` is the width of a register's number: a byte where a program needs at most 256 registers, so that indexing the register
//! file needs no bounds check, else 16 bits. A value of a known type takes one register; an `ANY` takes two in a row, its
//! bits and its type. In the comments `d` is the destination and "pair" an `ANY`.
//!
//! Typed instructions test nothing: the checker proved their operands' types. A comparison and its jump are one instruction, with
//! a small constant, with the step of a counter before it, and with what is charged on either way.

use std::fmt;

#[cfg(any(test, feature = "oracle"))]
use super::cell::{Cell, Domain};
use super::operations::CheckKind;
use crate::operator::Operation;
use crate::types::{Elements, Type};

/// A place in the code: an instruction's index.
pub(crate) type Target = u32;
/// Where a test goes, and what it charges on either way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ways {
    /// Where it jumps to.
    pub(crate) to: Target,
    /// The steps that are charged where it jumps.
    pub(crate) taken: u16,
    /// The steps that are charged where it goes on with the next instruction.
    pub(crate) through: u16,
}

impl Ways {
    /// A jump that charges nothing.
    pub(crate) const fn to(to: Target) -> Self {
        let (taken, through) = (0, 0);
        Self { to, taken, through }
    }
}

impl fmt::Display for Ways {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { to, taken, through } = self;
        write!(f, "{to}")?;
        for (way, steps) in [("taken", taken), ("through", through)] {
            if *steps > 0 {
                write!(f, " {way}={steps}")?;
            }
        }
        Ok(())
    }
}

/// Declares the instructions, the function that renumbers their registers, and the table of what tests must have run. A
/// field of type `R` is a register, one of type `P` the first register of a pair that is read, and a place
/// in the code is a `Target` or with what a test charges on its `Ways`.
macro_rules! instructions {
    ($($(#[$doc:meta])* $name:ident { $($field:ident : $kind:tt),* $(,)? })*) => {
        /// One instruction.
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub(crate) enum Instruction<R, P = R> {
            $($(#[$doc])* $name { $($field: $kind),* },)*
        }

        impl<R> Instruction<R> {
            /// The same instruction with each register's number mapped, and where it may jump to; `None` if a register has no image.
            pub(crate) fn map<S>(
                self,
                register: impl Fn(R) -> Option<S>,
                target: impl Fn(u32) -> u32,
            ) -> Option<Instruction<S>> {
                Some(match self {
                    $(Self::$name { $($field),* } => Instruction::$name {
                        $($field: instructions!(@map $kind register target $field)),*
                    },)*
                })
            }

            /// Returns the instruction's name with what its operands are at this moment.
            #[cfg(any(test, feature = "oracle"))]
            pub(crate) fn cell(&self, pair: impl Fn(&R) -> Type) -> Cell {
                let mut cell = Cell::default();
                match self {
                    $(Self::$name { $($field),* } => {
                        cell.name = stringify!($name);
                        $(instructions!(@note $kind cell pair $field);)*
                    })*
                }
                cell
            }

            /// Writes the instruction as a line of a listing: its name and operands, registers as `r0`.
            pub(crate) fn write(&self, out: &mut impl fmt::Write) -> fmt::Result
            where
                R: fmt::Display,
            {
                match self {
                    $(Self::$name { $($field),* } => {
                        out.write_str(stringify!($name))?;
                        $(
                            write!(out, " {}=", stringify!($field))?;
                            instructions!(@write $kind out $field)?;
                        )*
                    })*
                }
                Ok(())
            }

            /// Where the instruction may jump to.
            #[allow(unused_variables, reason = "of most instructions only one operand is asked for")]
            pub(crate) fn target_mut(&mut self) -> Option<&mut Target> {
                match self {
                    $(Self::$name { $($field),* } => instructions!(@target $($kind $field)*),)*
                }
            }

            /// The ways of a test.
            #[allow(unused_variables, reason = "as above")]
            pub(crate) fn ways_mut(&mut self) -> Option<&mut Ways> {
                match self {
                    $(Self::$name { $($field),* } => instructions!(@ways $($kind $field)*),)*
                }
            }

            /// Where the instruction may jump to.
            #[allow(unused_variables, reason = "of most instructions only one operand is asked for")]
            pub(crate) fn target(mut self) -> Option<Target> {
                self.target_mut().copied()
            }
        }

        /// Every instruction's name, with what each of its noted operands may be.
        #[cfg(any(test, feature = "oracle"))]
        pub(crate) const DOMAINS: &[(&str, &[Option<Domain>])] =
            &[$((stringify!($name), &[$(instructions!(@domain $kind)),*]),)*];
    };
    (@map R $register:ident $target:ident $field:ident) => { $register($field)? };
    (@map P $register:ident $target:ident $field:ident) => { $register($field)? };
    (@map Target $register:ident $target:ident $field:ident) => { $target($field) };
    (@map Ways $register:ident $target:ident $field:ident) => { Ways { to: $target($field.to), ..$field } };
    (@map $other:tt $register:ident $target:ident $field:ident) => { $field };
    (@note P $cell:ident $pair:ident $field:ident) => { $cell.note($pair($field).name()) };
    (@note Type $cell:ident $pair:ident $field:ident) => { $cell.note($field.name()) };
    (@note Elements $cell:ident $pair:ident $field:ident) => { $cell.note($field.array().name()) };
    (@note Operation $cell:ident $pair:ident $field:ident) => { $cell.note($field.text()) };
    (@note $other:tt $cell:ident $pair:ident $field:ident) => { let _ = ($field, &$pair); };
    (@write R $out:ident $field:ident) => { write!($out, "r{}", $field) };
    (@write P $out:ident $field:ident) => { write!($out, "r{}", $field) };
    (@write Elements $out:ident $field:ident) => { $out.write_str($field.array().name()) };
    (@write Operation $out:ident $field:ident) => { write!($out, "`{}`", $field.text()) };
    (@write CheckKind $out:ident $field:ident) => { $out.write_str($field.name()) };
    (@write $other:tt $out:ident $field:ident) => { write!($out, "{}", $field) };
    (@domain P) => { Some(Domain::Types) };
    (@domain Type) => { Some(Domain::Types) };
    (@domain Elements) => { Some(Domain::Arrays) };
    (@domain Operation) => { Some(Domain::Operators) };
    (@domain $other:tt) => { None };
    (@ways) => { None };
    (@ways Ways $ways:ident) => { Some($ways) };
    (@ways $other:tt $field:ident $($rest:tt)*) => { instructions!(@ways $($rest)*) };
    (@target) => { None };
    (@target Target $field:ident $($rest:tt)*) => { Some($field) };
    (@target Ways $ways:ident) => { Some(&mut $ways.to) };
    (@target $other:tt $field:ident $($rest:tt)*) => { instructions!(@target $($rest)*) };
}

instructions! {
    /// d = a
    Move { d: R, a: R }
    /// pair d = pair a
    MovePair { d: R, a: P }
    /// d = bits
    Load { d: R, bits: u64 }
    /// pair d = bits of the type
    LoadPair { d: R, bits: u64, ty: Type }
    /// pair d = a, which is of the type
    Box { d: R, a: R, ty: Type }

    /// d = a + b on LONG, wrapping
    LongAdd { d: R, a: R, b: R }
    /// d = a - b on LONG, wrapping
    LongSubtract { d: R, a: R, b: R }
    /// d = a * b on LONG, wrapping
    LongMultiply { d: R, a: R, b: R }
    /// d = a / b on LONG; fails on zero
    LongDivide { d: R, a: R, b: R }
    /// d = a % b on LONG; fails on zero
    LongRemainder { d: R, a: R, b: R }
    /// d = -a on LONG, wrapping
    LongNegate { d: R, a: R }
    /// d = a + constant
    LongAddConstant { d: R, a: R, constant: i64 }
    /// d = a * constant
    LongMultiplyConstant { d: R, a: R, constant: i64 }
    /// d = a / constant, which is not zero
    LongDivideConstant { d: R, a: R, constant: i64 }
    /// d = a % constant, which is not zero
    LongRemainderConstant { d: R, a: R, constant: i64 }
    /// d = a / 2^bits, rounded towards zero
    LongDividePower { d: R, a: R, bits: u8 }
    /// d = a % 2^bits, with the sign of a
    LongRemainderPower { d: R, a: R, bits: u8 }

    /// d = a + b on DOUBLE
    DoubleAdd { d: R, a: R, b: R }
    /// d = a - b on DOUBLE
    DoubleSubtract { d: R, a: R, b: R }
    /// d = a * b on DOUBLE
    DoubleMultiply { d: R, a: R, b: R }
    /// d = a / b on DOUBLE
    DoubleDivide { d: R, a: R, b: R }
    /// d = a % b on DOUBLE
    DoubleRemainder { d: R, a: R, b: R }
    /// d = -a on DOUBLE
    DoubleNegate { d: R, a: R }
    /// d = LONG a as DOUBLE
    LongToDouble { d: R, a: R }

    /// d = a == b on LONG or BOOLEAN
    LongEqual { d: R, a: R, b: R }
    /// d = a != b on LONG or BOOLEAN
    LongNotEqual { d: R, a: R, b: R }
    /// d = a < b on LONG
    LongLess { d: R, a: R, b: R }
    /// d = a <= b on LONG
    LongLessEqual { d: R, a: R, b: R }
    /// d = a == b on DOUBLE
    DoubleEqual { d: R, a: R, b: R }
    /// d = a != b on DOUBLE
    DoubleNotEqual { d: R, a: R, b: R }
    /// d = a < b on DOUBLE
    DoubleLess { d: R, a: R, b: R }
    /// d = a <= b on DOUBLE
    DoubleLessEqual { d: R, a: R, b: R }
    /// d = a == b on STRING; charged by their length
    TextEqual { d: R, a: R, b: R }
    /// d = !a
    Not { d: R, a: R }

    /// Charges the steps of a region.
    Charge { steps: u32 }
    /// Charges, and goes on at the target.
    Jump { to: Target, steps: u32 }
    /// Jumps where a holds.
    JumpIf { a: R, to: Ways }
    /// Jumps where a does not hold.
    JumpUnless { a: R, to: Ways }
    /// Jumps where a == b on LONG or BOOLEAN.
    JumpLongEqual { a: R, b: R, to: Ways }
    /// Jumps where a != b on LONG or BOOLEAN.
    JumpLongNotEqual { a: R, b: R, to: Ways }
    /// Jumps where a < b on LONG.
    JumpLongLess { a: R, b: R, to: Ways }
    /// Jumps where a <= b on LONG.
    JumpLongLessEqual { a: R, b: R, to: Ways }
    /// Jumps where a == constant.
    JumpLongEqualConstant { a: R, constant: i32, to: Ways }
    /// Jumps where a != constant.
    JumpLongNotEqualConstant { a: R, constant: i32, to: Ways }
    /// Jumps where a < constant.
    JumpLongLessConstant { a: R, constant: i32, to: Ways }
    /// Jumps where a <= constant.
    JumpLongLessEqualConstant { a: R, constant: i32, to: Ways }
    /// Jumps where a > constant.
    JumpLongGreaterConstant { a: R, constant: i32, to: Ways }
    /// Jumps where a >= constant.
    JumpLongGreaterEqualConstant { a: R, constant: i32, to: Ways }
    /// a += by; jumps where a < b on LONG.
    StepJumpLongLess { a: R, by: i16, b: R, to: Ways }
    /// a += by; jumps where a <= b on LONG.
    StepJumpLongLessEqual { a: R, by: i16, b: R, to: Ways }
    /// a += by; jumps where a > b on LONG.
    StepJumpLongGreater { a: R, by: i16, b: R, to: Ways }
    /// a += by; jumps where a >= b on LONG.
    StepJumpLongGreaterEqual { a: R, by: i16, b: R, to: Ways }
    /// a += by; jumps where a < constant.
    StepJumpLongLessConstant { a: R, by: i16, constant: i32, to: Ways }
    /// a += by; jumps where a > constant.
    StepJumpLongGreaterConstant { a: R, by: i16, constant: i32, to: Ways }
    /// Jumps where a < b on DOUBLE.
    JumpDoubleLess { a: R, b: R, to: Ways }
    /// Jumps where a <= b on DOUBLE.
    JumpDoubleLessEqual { a: R, b: R, to: Ways }
    /// Jumps unless a < b on DOUBLE, which differs from a >= b for NaN.
    JumpUnlessDoubleLess { a: R, b: R, to: Ways }
    /// Jumps unless a <= b on DOUBLE.
    JumpUnlessDoubleLessEqual { a: R, b: R, to: Ways }
    /// Jumps where a == b on STRING.
    JumpTextEqual { a: R, b: R, to: Target }
    /// Jumps where a != b on STRING.
    JumpTextNotEqual { a: R, b: R, to: Target }
    /// Counts an iteration in register a and fails past the limit.
    CountIteration { a: R, limit: u64 }

    /// d = a[i] of a LONG_ARRAY
    LongElement { d: R, a: R, i: R }
    /// d = a[i] of a DOUBLE_ARRAY
    DoubleElement { d: R, a: R, i: R }
    /// d = a[i] of a BOOLEAN_ARRAY
    BooleanElement { d: R, a: R, i: R }
    /// d = a[i] of a STRING_ARRAY
    TextElement { d: R, a: R, i: R }
    /// a[i] = v of a LONG_ARRAY
    SetLongElement { a: R, i: R, v: R }
    /// a[i] = v of a DOUBLE_ARRAY
    SetDoubleElement { a: R, i: R, v: R }
    /// a[i] = v of a BOOLEAN_ARRAY
    SetBooleanElement { a: R, i: R, v: R }
    /// a[i] = v of a STRING_ARRAY
    SetTextElement { a: R, i: R, v: R }
    /// d = the length of an array or list
    Length { d: R, a: R, elements: Elements }
    /// d = a new array with a elements
    NewArray { d: R, a: R, elements: Elements }
    /// d = a new array with the elements in `count` registers from `base`
    ArrayLiteral { d: R, base: R, count: u16, elements: Elements }

    /// pair d = pair a operator pair b, by the language's table; of a compound assignment or not
    Binary { d: R, a: P, b: P, operator: Operation, compound: bool }
    /// pair d = -pair a
    Negate { d: R, a: P }
    /// pair d = +pair a
    Plus { d: R, a: P }
    /// d = pair a, which must be of the type
    Check { d: R, a: P, ty: Type, kind: CheckKind }
    /// pair d = pair a, the variable's, which must be set
    ReadSet { d: R, a: P, variable: u32 }
    /// pair d = pair a, or null where it is unset
    ReadOrNull { d: R, a: P }
    /// pair d = pair a, which must be of the type that d holds, if it holds one
    Reassign { d: P, a: P }
    /// pair d = pair a [pair i]
    DynamicElement { d: R, a: P, i: P }
    /// pair a [pair i] = pair v
    DynamicSetElement { a: P, i: R, v: P }
    /// d = pair a .length
    DynamicLength { d: R, a: P }
    /// pair d = pair a, or its text where it is not a scalar
    Printable { d: R, a: P }
    /// d = the texts of the parts, joined; `parts` says where they are
    Concat { d: R, parts: u32 }

    /// pair d = the parameter, or unset
    Input { d: R, parameter: u32 }
    /// pair d = the parameter, which must be given
    RequiredInput { d: R, parameter: u32 }
    /// d = the parameter, which must be of the type
    TypedInput { d: R, parameter: u32, ty: Type }
    /// pair d = the parameter named by STRING a
    InputNamed { d: R, a: R }
    /// d = whether there is a parameter named by STRING a
    HasInput { d: R, a: R }
    /// d = a library function of the arguments from `base`
    Call { d: R, base: R, native: u32 }
    /// pair d = a library function of the arguments from `base`
    CallPair { d: R, base: R, native: u32 }
    /// pair d = the first candidate of the site that takes the pairs from `base`
    DynamicCall { d: R, base: R, site: u32 }
    /// Pair a, the last of the first pairs from `base`, must be of the type or else what a candidate of the site takes together
    /// with those before it
    CheckTaken { a: P, ty: Type, base: R, site: u32, count: u32 }
    /// pair d = a host function of the pairs from `base`
    HostCall { d: R, base: R, site: u32 }

    /// Writes down what was assigned or which way was taken, in code that is lowered to be traced; charges nothing.
    Trace { a: R, i: R, site: u32 }

    /// Ends with a, of the type.
    Return { a: R, ty: Type }
    /// Ends with pair a.
    ReturnPair { a: P }
    /// Ends without a value.
    ReturnVoid {}
    /// Ends with the message in STRING a.
    Throw { a: R }
}
