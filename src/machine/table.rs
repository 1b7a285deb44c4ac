//! What each instruction does, one entry each, of a kind that [`super::handler`] makes a handler of.

use super::any::Any;
use super::code::{Code, Exit, Handler, Node, Run};
use super::context::Context;
use super::double;
use super::fault::Fault;
use super::handler::{Flow, after, after_test, astray, handler, leave_to_charge};
use super::heap::{Text, TextElement};
use super::input::Input;
use super::instruction::Instruction;
use super::operations;
use super::reads::{iterations_fault, missing_fault, typed_input, unset_fault};
use super::registers::Registers;
use crate::operator::{Arithmetic, Operation};
use crate::types::Type;
use crate::work::{Work, count};

fn call(code: &Code, context: &mut Context<'_>, native: u32, bits: &[u64]) -> Result<Any, Fault> {
    match code.natives.get(native as usize) {
        Some(site) => site.native.call(context, bits.get(..site.width).unwrap_or(bits)),
        None => Err(Fault::internal("a call's function exists")),
    }
}

fn text_of(bits: u64) -> Result<Text, Fault> {
    Text::from_bits(bits).ok_or_else(|| Fault::null("the STRING"))
}

#[inline(always)]
fn long<R: Registers>(registers: &R, register: R::Number) -> i64 {
    registers.get(register) as i64
}

#[inline(always)]
fn double<R: Registers>(registers: &R, register: R::Number) -> f64 {
    f64::from_bits(registers.get(register))
}

/// Adds to a register and gives the sum.
#[inline(always)]
fn step<R: Registers>(registers: &mut R, register: R::Number, by: i16) -> i64 {
    let next = long(registers, register).wrapping_add(i64::from(by));
    registers.set(register, next as u64);
    next
}

/// `left % 2^bits`, with the dividend's sign.
#[inline(always)]
const fn remainder_of_power(left: i64, bits: u8) -> i64 {
    left.wrapping_sub(quotient_of_power(left, bits) << bits)
}

/// `left / 2^bits`, rounded towards zero; `bits` is 1 to 62.
#[inline(always)]
const fn quotient_of_power(left: i64, bits: u8) -> i64 {
    // What is below zero is rounded down by the shift, so it is raised before it.
    let raise = ((left >> 63) as u64) >> (64 - bits);
    left.wrapping_add(raise as i64) >> bits
}

/// Declares the handlers, one for each instruction.
macro_rules! handlers {
    ($($variant:ident { $($field:ident),* } $kind:ident($($body:tt)*))*) => {
        /// The handler of an instruction.
        pub(super) fn handler_of<R: Registers>(instruction: &Instruction<R::Number>) -> Handler<R> {
            match instruction {
                $(Instruction::$variant { .. } => {
                    #[allow(non_snake_case, reason = "named as the instruction, for who reads a profile")]
                    fn $variant<R: Registers>(
                        code: &[Node<R>],
                        pc: usize,
                        registers: &mut R,
                        run: &mut Run<'_, '_>,
                        fuel: i64,
                    ) -> Exit {
                        handler!($kind, (code pc registers run fuel), $variant { $($field)* }, $($body)*)
                    }
                    $variant::<R>
                })*
            }
        }
    };
}

handlers! {
    Move { a } set(|r| r.get(a))
    MovePair { d, a } plain(|r| r.set_pair(d, r.pair(a)))
    Load { bits } set(|_r| bits)
    LoadPair { d, bits, ty } plain(|r| r.set_pair(d, Any::new(ty, bits)))
    Box { d, a, ty } plain(|r| r.set_pair(d, Any::new(ty, r.get(a))))

    LongAdd { a, b } set(|r| r.get(a).wrapping_add(r.get(b)))
    LongSubtract { a, b } set(|r| r.get(a).wrapping_sub(r.get(b)))
    LongMultiply { a, b } set(|r| r.get(a).wrapping_mul(r.get(b)))
    LongDivide { a, b } quick_set(
        |r, _c| Arithmetic::Divide.longs(long(r, a), long(r, b)).map(|value| value as u64),
        |_r, _c, _k, _at| Err(operations::division_fault())
    )
    LongRemainder { a, b } quick_set(
        |r, _c| Arithmetic::Remainder.longs(long(r, a), long(r, b)).map(|value| value as u64),
        |_r, _c, _k, _at| Err(operations::division_fault())
    )
    LongNegate { a } set(|r| r.get(a).wrapping_neg())
    LongAddConstant { a, constant } set(|r| r.get(a).wrapping_add(constant as u64))
    LongMultiplyConstant { a, constant } set(|r| r.get(a).wrapping_mul(constant as u64))
    LongDivideConstant { a, constant } quick_set(
        |r, _c| Arithmetic::Divide.longs(long(r, a), constant).map(|value| value as u64),
        |_r, _c, _k, _at| Err(operations::division_fault())
    )
    LongRemainderConstant { a, constant } quick_set(
        |r, _c| Arithmetic::Remainder.longs(long(r, a), constant).map(|value| value as u64),
        |_r, _c, _k, _at| Err(operations::division_fault())
    )
    LongDividePower { a, bits } set(|r| quotient_of_power(long(r, a), bits) as u64)
    LongRemainderPower { a, bits } set(|r| remainder_of_power(long(r, a), bits) as u64)

    DoubleAdd { a, b } set(|r| (double(r, a) + double(r, b)).to_bits())
    DoubleSubtract { a, b } set(|r| (double(r, a) - double(r, b)).to_bits())
    DoubleMultiply { a, b } set(|r| (double(r, a) * double(r, b)).to_bits())
    DoubleDivide { a, b } set(|r| (double(r, a) / double(r, b)).to_bits())
    DoubleRemainder { a, b } apart_set(|r, c, _k, _at| {
        let value = double::remainder(&mut c.meter, double(r, a), double(r, b))?;
        Ok(value.to_bits())
    })
    DoubleNegate { a } set(|r| (-double(r, a)).to_bits())
    LongToDouble { a } set(|r| (long(r, a) as f64).to_bits())

    LongEqual { a, b } set(|r| u64::from(r.get(a) == r.get(b)))
    LongNotEqual { a, b } set(|r| u64::from(r.get(a) != r.get(b)))
    LongLess { a, b } set(|r| u64::from(long(r, a) < long(r, b)))
    LongLessEqual { a, b } set(|r| u64::from(long(r, a) <= long(r, b)))
    DoubleEqual { a, b } set(|r| u64::from(double(r, a) == double(r, b)))
    DoubleNotEqual { a, b } set(|r| u64::from(double(r, a) != double(r, b)))
    DoubleLess { a, b } set(|r| u64::from(double(r, a) < double(r, b)))
    DoubleLessEqual { a, b } set(|r| u64::from(double(r, a) <= double(r, b)))
    TextEqual { a, b } apart_set(|r, c, _k, _at| {
        let equal = c.texts_equal(r.get(a), r.get(b))?;
        Ok(u64::from(equal))
    })
    Not { a } set(|r| r.get(a) ^ 1)

    Charge { steps } charge()
    Jump { to, steps } jump_always()
    JumpIf { a } jump(|r| r.get(a) != 0)
    JumpUnless { a } jump(|r| r.get(a) == 0)
    JumpLongEqual { a, b } jump(|r| r.get(a) == r.get(b))
    JumpLongNotEqual { a, b } jump(|r| r.get(a) != r.get(b))
    JumpLongLess { a, b } jump(|r| long(r, a) < long(r, b))
    JumpLongLessEqual { a, b } jump(|r| long(r, a) <= long(r, b))
    JumpLongEqualConstant { a, constant } jump(|r| long(r, a) == i64::from(constant))
    JumpLongNotEqualConstant { a, constant } jump(|r| long(r, a) != i64::from(constant))
    JumpLongLessConstant { a, constant } jump(|r| long(r, a) < i64::from(constant))
    JumpLongLessEqualConstant { a, constant } jump(|r| long(r, a) <= i64::from(constant))
    JumpLongGreaterConstant { a, constant } jump(|r| long(r, a) > i64::from(constant))
    JumpLongGreaterEqualConstant { a, constant } jump(|r| long(r, a) >= i64::from(constant))
    StepJumpLongLess { a, by, b } jump(|r| step(r, a, by) < long(r, b))
    StepJumpLongLessEqual { a, by, b } jump(|r| step(r, a, by) <= long(r, b))
    StepJumpLongGreater { a, by, b } jump(|r| step(r, a, by) > long(r, b))
    StepJumpLongGreaterEqual { a, by, b } jump(|r| step(r, a, by) >= long(r, b))
    StepJumpLongLessConstant { a, by, constant } jump(|r| step(r, a, by) < i64::from(constant))
    StepJumpLongGreaterConstant { a, by, constant } jump(|r| step(r, a, by) > i64::from(constant))
    JumpDoubleLess { a, b } jump(|r| double(r, a) < double(r, b))
    JumpDoubleLessEqual { a, b } jump(|r| double(r, a) <= double(r, b))
    JumpUnlessDoubleLess { a, b } jump(|r| {
        let less = double(r, a) < double(r, b);
        !less
    })
    JumpUnlessDoubleLessEqual { a, b } jump(|r| {
        let less_equal = double(r, a) <= double(r, b);
        !less_equal
    })
    JumpTextEqual { a, b } jump_apart(|r, c, _k, _at| c.texts_equal(r.get(a), r.get(b)))
    JumpTextNotEqual { a, b } jump_apart(|r, c, _k, _at| Ok(!c.texts_equal(r.get(a), r.get(b))?))
    CountIteration { a, limit } quick(
        |r, _c| {
            let count = r.get(a) + 1;
            r.set(a, count);
            (count <= limit).then_some(())
        },
        |_r, _c, _k, _at| Err(iterations_fault(limit))
    )

    LongElement { a, i } quick_set(
        |r, c| c.heap.longs.get(r.get(a)).get(r.get(i) as usize).map(|&element| element as u64),
        |r, c, _k, _at| c.heap.longs.element(r.get(a), long(r, i)).map(|element| element as u64)
    )
    DoubleElement { a, i } quick_set(
        |r, c| c.heap.doubles.get(r.get(a)).get(r.get(i) as usize).map(|element| element.to_bits()),
        |r, c, _k, _at| c.heap.doubles.element(r.get(a), long(r, i)).map(f64::to_bits)
    )
    BooleanElement { a, i } quick_set(
        |r, c| c.heap.booleans.get(r.get(a)).get(r.get(i) as usize).map(|&element| u64::from(element)),
        |r, c, _k, _at| c.heap.booleans.element(r.get(a), long(r, i)).map(u64::from)
    )
    TextElement { a, i } quick_set(
        |r, c| c.heap.text_arrays.get(r.get(a)).get(r.get(i) as usize).map(|element| element.bits()),
        |r, c, _k, _at| c.heap.text_arrays.element(r.get(a), long(r, i)).map(TextElement::bits)
    )
    SetLongElement { a, i, v } quick(
        |r, c| c.heap.longs.own_element(r.get(a), long(r, i)).map(|element| *element = long(r, v)),
        |r, c, _k, _at| c.heap.longs.set(&mut c.meter, r.get(a), long(r, i), long(r, v))
    )
    SetDoubleElement { a, i, v } quick(
        |r, c| c.heap.doubles.own_element(r.get(a), long(r, i)).map(|element| *element = double(r, v)),
        |r, c, _k, _at| c.heap.doubles.set(&mut c.meter, r.get(a), long(r, i), double(r, v))
    )
    SetBooleanElement { a, i, v } quick(
        |r, c| c.heap.booleans.own_element(r.get(a), long(r, i)).map(|element| *element = r.get(v) != 0),
        |r, c, _k, _at| c.heap.booleans.set(&mut c.meter, r.get(a), long(r, i), r.get(v) != 0)
    )
    SetTextElement { a, i, v } quick(
        |r, c| c.heap.text_arrays.own_element(r.get(a), long(r, i)).map(|element| *element = TextElement::from_bits(r.get(v))),
        |r, c, _k, _at| c.heap.text_arrays.set(&mut c.meter, r.get(a), long(r, i), TextElement::from_bits(r.get(v)))
    )
    Length { a, elements } set(|r, c| c.heap.length_of(elements, r.get(a)) as u64)
    NewArray { a, elements } apart_set(|r, c, _k, _at| c.heap.new_array(&mut c.meter, elements, long(r, a)))
    ArrayLiteral { base, count, elements } apart_set(|r, c, _k, _at| c.array_literal(elements, r.run(base, usize::from(count))))

    Binary { d, a, b, operator, compound } quick(
        // What loops over maps and lists do most.
        |r, _c| match (operator, r.pair(a), r.pair(b)) {
            (Operation::Arithmetic(Arithmetic::Add), Any { ty: Type::Long, bits: left }, Any { ty: Type::Long, bits: right }) => {
                r.set_pair(d, Any::new(Type::Long, left.wrapping_add(right)));
                Some(())
            }
            _ => None,
        },
        |r, c, _k, _at| {
            let (left, right) = (r.pair(a), r.pair(b));
            let value = match compound {
                true => c.combine(operator, left, right)?,
                false => c.binary(operator, left, right)?,
            };
            r.set_pair(d, value);
            Ok(())
        }
    )
    Negate { a } apart_pair(|r, c, _k, _at| c.negate(r.pair(a)))
    Plus { a } apart_pair(|r, c, _k, _at| c.plus(r.pair(a)))
    Check { a, ty, kind } quick_set(
        |r, _c| {
            let value = r.pair(a);
            (value.ty == ty).then_some(value.bits)
        },
        |r, c, _k, _at| c.check(r.pair(a), ty, kind)
    )
    ReadSet { d, a, variable } quick(
        |r, _c| {
            let value = r.pair(a);
            (value.ty != Type::Void).then(|| r.set_pair(d, value))
        },
        |_r, _c, k, _at| Err(unset_fault(k.variables.get(variable as usize).map_or("", |name| name)))
    )
    ReadOrNull { d, a } plain(|r| {
        let value = r.pair(a);
        r.set_pair(d, if value.ty == Type::Void { Any::NULL } else { value });
    })
    Reassign { d, a } quick(
        |r, _c| {
            let (old, value) = (r.pair(d), r.pair(a));
            let is_same = value.ty == old.ty && !matches!(value.ty, Type::Null | Type::Void);
            is_same.then(|| r.set_pair(d, value))
        },
        |r, c, _k, _at| {
            r.set_pair(d, c.reassign(r.pair(d), r.pair(a))?);
            Ok(())
        }
    )
    DynamicElement { a, i } apart_pair(|r, c, _k, _at| c.element(r.pair(a), r.pair(i)))
    DynamicSetElement { a, i, v } apart(|r, c, _k, _at| c.set_element(r.pair(a), r.pair(i), r.pair(v)))
    DynamicLength { a } apart_set(|r, c, _k, _at| Ok(c.length(r.pair(a))? as u64))
    Printable { a } apart_pair(|r, c, _k, _at| c.printable(r.pair(a)))
    Concat { parts } apart_set(|r, c, k, _at| {
        let parts = k.concats.get(parts as usize).map_or(&[][..], |parts| parts);
        let text = c.concat_parts(r, parts)?;
        Ok(text.bits())
    })

    Input { parameter } apart_pair(|r, c, _k, _at| c.parameter(parameter))
    RequiredInput { parameter } apart_pair(|r, c, k, _at| {
        let value = c.parameter(parameter)?;
        if value.ty == Type::Void {
            return Err(missing_fault(k, parameter));
        }
        Ok(value)
    })
    TypedInput { parameter, ty } quick_set(
        |_r, c| match (c.heap.texts.input(parameter), ty) {
            (Input::Long(value), Type::Long) => Some(value as u64),
            (Input::Double(value), Type::Double) => Some(value.to_bits()),
            (Input::Boolean(value), Type::Boolean) => Some(u64::from(value)),
            _ => None,
        },
        |r, c, k, _at| typed_input(c, k, parameter, ty)
    )
    InputNamed { a } apart_pair(|r, c, _k, _at| c.input_named(Text::from_bits(r.get(a))))
    HasInput { a } apart_set(|r, c, _k, _at| {
        let has = c.has_input(Text::from_bits(r.get(a)))?;
        Ok(u64::from(has))
    })
    Call { base, native } apart_set(|r, c, k, _at| {
        let value = call(k, c, native, r.run(base, usize::MAX))?;
        Ok(value.bits)
    })
    CallPair { base, native } apart_pair(|r, c, k, _at| call(k, c, native, r.run(base, usize::MAX)))
    DynamicCall { base, site } apart_pair(|r, c, k, _at| {
        let site = k.dynamic_sites.get(site as usize);
        let site = site.ok_or_else(|| Fault::internal("a dynamic call's site exists"))?;
        c.call_dynamic(site, r.run(base, 2 * site.arguments))
    })
    CheckTaken { a, ty, base, site, count } quick(
        |r, _c| (r.pair(a).ty == ty).then_some(()),
        |r, c, k, _at| {
            let site = k.dynamic_sites.get(site as usize);
            let site = site.ok_or_else(|| Fault::internal("a dynamic call's site exists"))?;
            c.check_taken(site, r.run(base, 2 * count as usize))
        }
    )
    HostCall { base, site } apart_pair(|r, c, k, _at| {
        let site = k.host_sites.get(site as usize);
        let site = site.ok_or_else(|| Fault::internal("a host call's site exists"))?;
        c.call_host_function(&site.function, r.run(base, 2 * site.arguments))
    })

    Trace { a, i, site } apart(|r, c, k, at| {
        c.trace(k, at, site, r.pair(a), r.pair(i));
        Ok(())
    })

    Return { a, ty } value(|r| Any::new(ty, r.get(a)))
    ReturnPair { a } value(|r| r.pair(a))
    ReturnVoid {} value(|_r| Any::UNSET)
    Throw { a } apart(|r, c, _k, _at| Err(c.thrown(text_of(r.get(a))?)))
}
