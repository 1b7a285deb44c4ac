//! The loop that runs code. It is the one long function of the crate: a match over the instruction set, each arm a line
//! or a call. It never recurses, and all state is in the registers and the context.
//!
//! Fuel, the steps left before the next look at the clock, is kept in a local variable while typed instructions run, because
//! a store to the context on each iteration would cost as much as the iteration itself. It is written back before anything
//! that could charge, and read again after.

use super::any::Any;
use super::code::{Code, Instructions};
use super::context::Context;
use super::double;
use super::fault::Fault;
use super::heap::{Text, TextElement};
use super::input::Input;
use super::instruction::Instruction;
use super::operations::{self, Operator};
use super::reads::{iterations_fault, missing_fault, typed_input, unset_fault};
use super::registers::{Narrow, Registers, Wide};
use super::stopped::{Stopped, paused, stopped};
use super::tight::{self, Counter, Halt};
use crate::types::Type;
use crate::work::{Work, count};

/// Runs a program to its end.
pub(crate) fn run<'p>(code: &'p Code, context: &mut Context<'p>) -> Result<Any, Box<Stopped>> {
    begin(code, context)?;
    match &code.instructions {
        Instructions::Narrow(used, instructions) => {
            Narrow::with(*used, |registers| execute(code, instructions, context, registers, 0))
        }
        Instructions::Wide(size, instructions) => {
            let mut registers = Wide(vec![0; usize::from(*size)]);
            execute(code, instructions, context, &mut registers, 0)
        }
    }
}

/// Charges what a program takes before its first instruction.
pub(super) fn begin(code: &Code, context: &mut Context<'_>) -> Result<(), Box<Stopped>> {
    let at_start = |fault| stopped(fault, 0);
    context.meter.charge_steps(u64::from(code.steps)).map_err(at_start)?;
    context.meter.charge_memory(code.register_bytes()).map_err(at_start)
}

#[expect(
    clippy::too_many_lines,
    reason = "the dispatch loop has one arm for each instruction"
)]
pub(super) fn execute<'p, R: Registers>(
    code: &'p Code,
    instructions: &[Instruction<R::Number>],
    context: &mut Context<'p>,
    registers: &mut R,
    from: usize,
) -> Result<Any, Box<Stopped>> {
    use Instruction as I;
    let mut pc = from;
    let mut fuel = context.meter.fuel;

    // Stops with a fault at the instruction that was just fetched.
    macro_rules! stop {
        ($fault:expr) => {{
            context.meter.fuel = fuel;
            return Err(stopped($fault, pc - 1));
        }};
    }
    // The value of something that charges nothing.
    macro_rules! pure {
        ($result:expr) => {
            match $result {
                Ok(value) => value,
                Err(fault) => stop!(fault),
            }
        };
    }
    // The value of something that may charge.
    macro_rules! charged {
        ($result:expr) => {{
            context.meter.fuel = fuel;
            let result = $result;
            fuel = context.meter.fuel;
            pure!(result)
        }};
    }
    // Leaves with everything in its place, to go on at an instruction in another slice.
    macro_rules! pause_at {
        ($instruction:expr) => {{
            context.meter.fuel = fuel;
            return Err(paused($instruction));
        }};
    }
    // Charges, and goes on at an instruction.
    macro_rules! charge_to {
        ($steps:expr, $to:expr) => {{
            let steps = i64::from($steps);
            fuel -= steps;
            if fuel < 0 {
                fuel += steps;
                charged!(context.meter.refuel(steps as u64));
                if context.meter.is_slice_over() {
                    pause_at!($to as usize);
                }
            }
            pc = $to as usize;
        }};
    }
    // A loop without dispatch goes on with the next iteration, which is charged for, where it is run again.
    macro_rules! tight {
        ($loop:expr) => {{
            let halt = charged!($loop);
            if halt == Halt::Fuel {
                pause_at!(pc - 1);
            }
            halt
        }};
    }
    // After a call, which may have used up a slice and more.
    macro_rules! set_called {
        ($set:ident, $d:expr, $value:expr) => {{
            registers.$set($d, $value);
            if context.meter.is_slice_over() {
                pause_at!(pc);
            }
        }};
    }
    macro_rules! long {
        ($register:expr) => {
            registers.get($register) as i64
        };
    }
    macro_rules! double {
        ($register:expr) => {
            f64::from_bits(registers.get($register))
        };
    }
    // Setting an element charges only where the array is still the host's and has to be copied first.
    macro_rules! set_element {
        ($store:ident, $array:ident, $index:ident, $value:expr) => {{
            let (array, index, value) = (registers.get($array), long!($index), $value);
            match context.heap.$store.own_element(array, index) {
                Some(element) => *element = value,
                None => charged!(context.heap.$store.set(&mut context.meter, array, index, value)),
            }
        }};
    }
    // The counter of a loop that runs without dispatch.
    macro_rules! counter {
        ($register:ident, $by:expr, $limit:expr, $steps:ident) => {
            Counter {
                register: $register,
                by: i64::from($by),
                limit: $limit,
                steps: $steps,
            }
        };
    }
    macro_rules! jump_if {
        ($condition:expr, $to:expr) => {
            if $condition {
                pc = $to as usize;
            }
        };
    }

    loop {
        let Some(instruction) = instructions.get(pc) else {
            context.meter.fuel = fuel;
            return Err(stopped(Fault::internal("code ends with a return"), pc));
        };
        pc += 1;
        count(Work::Executed, 1);
        #[cfg(any(test, feature = "oracle"))]
        super::coverage::ran(|| instruction.cell(|&pair| registers.pair(pair).ty));
        match *instruction {
            I::Move { d, a } => registers.set(d, registers.get(a)),
            I::MovePair { d, a } => registers.set_pair(d, registers.pair(a)),
            I::Load { d, bits } => registers.set(d, bits),
            I::LoadPair { d, bits, ty } => registers.set_pair(d, Any::new(ty, bits)),
            I::Box { d, a, ty } => registers.set_pair(d, Any::new(ty, registers.get(a))),

            I::LongAdd { d, a, b } => registers.set(d, registers.get(a).wrapping_add(registers.get(b))),
            I::LongSubtract { d, a, b } => registers.set(d, registers.get(a).wrapping_sub(registers.get(b))),
            I::LongMultiply { d, a, b } => registers.set(d, registers.get(a).wrapping_mul(registers.get(b))),
            I::LongDivide { d, a, b } => registers.set(d, pure!(operations::divide(long!(a), long!(b))) as u64),
            I::LongRemainder { d, a, b } => registers.set(d, pure!(operations::remainder(long!(a), long!(b))) as u64),
            I::LongNegate { d, a } => registers.set(d, registers.get(a).wrapping_neg()),
            I::LongAddConstant { d, a, constant } => registers.set(d, registers.get(a).wrapping_add(constant as u64)),
            I::LongMultiplyConstant { d, a, constant } => {
                registers.set(d, registers.get(a).wrapping_mul(constant as u64));
            }
            I::LongDivideConstant { d, a, constant } => {
                registers.set(d, pure!(operations::divide(long!(a), constant)) as u64);
            }
            I::LongRemainderConstant { d, a, constant } => {
                registers.set(d, pure!(operations::remainder(long!(a), constant)) as u64);
            }

            I::DoubleAdd { d, a, b } => registers.set(d, (double!(a) + double!(b)).to_bits()),
            I::DoubleSubtract { d, a, b } => registers.set(d, (double!(a) - double!(b)).to_bits()),
            I::DoubleMultiply { d, a, b } => registers.set(d, (double!(a) * double!(b)).to_bits()),
            I::DoubleDivide { d, a, b } => registers.set(d, (double!(a) / double!(b)).to_bits()),
            I::DoubleRemainder { d, a, b } => {
                let value = charged!(double::remainder(&mut context.meter, double!(a), double!(b)));
                registers.set(d, value.to_bits());
            }
            I::DoubleNegate { d, a } => registers.set(d, (-double!(a)).to_bits()),
            I::LongToDouble { d, a } => registers.set(d, (long!(a) as f64).to_bits()),

            I::LongEqual { d, a, b } => registers.set(d, u64::from(registers.get(a) == registers.get(b))),
            I::LongNotEqual { d, a, b } => registers.set(d, u64::from(registers.get(a) != registers.get(b))),
            I::LongLess { d, a, b } => registers.set(d, u64::from(long!(a) < long!(b))),
            I::LongLessEqual { d, a, b } => registers.set(d, u64::from(long!(a) <= long!(b))),
            I::DoubleEqual { d, a, b } => registers.set(d, u64::from(double!(a) == double!(b))),
            I::DoubleNotEqual { d, a, b } => registers.set(d, u64::from(double!(a) != double!(b))),
            I::DoubleLess { d, a, b } => registers.set(d, u64::from(double!(a) < double!(b))),
            I::DoubleLessEqual { d, a, b } => registers.set(d, u64::from(double!(a) <= double!(b))),
            I::TextEqual { d, a, b } => {
                let equal = charged!(context.texts_equal(registers.get(a), registers.get(b)));
                registers.set(d, u64::from(equal));
            }
            I::Not { d, a } => registers.set(d, registers.get(a) ^ 1),

            I::Jump { to } => pc = to as usize,
            I::JumpIf { a, to } => jump_if!(registers.get(a) != 0, to),
            I::JumpUnless { a, to } => jump_if!(registers.get(a) == 0, to),
            I::JumpLongEqual { a, b, to } => jump_if!(registers.get(a) == registers.get(b), to),
            I::JumpLongNotEqual { a, b, to } => jump_if!(registers.get(a) != registers.get(b), to),
            I::JumpLongLess { a, b, to } => jump_if!(long!(a) < long!(b), to),
            I::JumpLongLessEqual { a, b, to } => jump_if!(long!(a) <= long!(b), to),
            I::JumpLongEqualConstant { a, constant, to } => jump_if!(long!(a) == i64::from(constant), to),
            I::JumpLongNotEqualConstant { a, constant, to } => jump_if!(long!(a) != i64::from(constant), to),
            I::JumpLongLessConstant { a, constant, to } => jump_if!(long!(a) < i64::from(constant), to),
            I::JumpLongLessEqualConstant { a, constant, to } => jump_if!(long!(a) <= i64::from(constant), to),
            I::JumpLongGreaterConstant { a, constant, to } => jump_if!(long!(a) > i64::from(constant), to),
            I::JumpLongGreaterEqualConstant { a, constant, to } => jump_if!(long!(a) >= i64::from(constant), to),
            I::JumpDoubleLess { a, b, to } => jump_if!(double!(a) < double!(b), to),
            I::JumpUnlessDoubleLess { a, b, to } => {
                let less = double!(a) < double!(b);
                jump_if!(!less, to);
            }
            I::JumpDoubleLessEqual { a, b, to } => jump_if!(double!(a) <= double!(b), to),
            I::JumpUnlessDoubleLessEqual { a, b, to } => {
                let less_equal = double!(a) <= double!(b);
                jump_if!(!less_equal, to);
            }
            I::JumpTextEqual { a, b, to } => {
                jump_if!(charged!(context.texts_equal(registers.get(a), registers.get(b))), to);
            }
            I::JumpTextNotEqual { a, b, to } => {
                jump_if!(!charged!(context.texts_equal(registers.get(a), registers.get(b))), to);
            }

            I::Charge { steps } => charge_to!(steps, pc),
            I::LoopLongLess { a, b, steps, to } => {
                if long!(a) < long!(b) {
                    charge_to!(steps, to);
                }
            }
            I::LoopLongLessConstant { a, constant, steps, to } => {
                if long!(a) < i64::from(constant) {
                    charge_to!(steps, to);
                }
            }
            I::StepLoopLongLess { a, by, b, steps, to } => {
                let next = long!(a).wrapping_add(i64::from(by));
                registers.set(a, next as u64);
                if next < long!(b) {
                    charge_to!(steps, to);
                }
            }
            I::StepLoopLongLessConstant {
                a,
                by,
                constant,
                steps,
                to,
            } => {
                let next = long!(a).wrapping_add(i64::from(by));
                registers.set(a, next as u64);
                if next < i64::from(constant) {
                    charge_to!(steps, to);
                }
            }
            I::AddLoopLongLess { a, step, b, steps, to } => {
                let next = long!(a).wrapping_add(long!(step));
                registers.set(a, next as u64);
                if next < long!(b) {
                    charge_to!(steps, to);
                }
            }
            I::StepLoopLongLessLength {
                a,
                t,
                array,
                elements,
                by,
                steps,
                to,
            } => {
                let next = long!(a).wrapping_add(i64::from(by));
                let length = context.heap.length_of(elements, registers.get(array));
                registers.set(a, next as u64);
                registers.set(t, length as u64);
                if next < length as i64 {
                    charge_to!(steps, to);
                }
            }
            I::CountLoop {
                d,
                constant,
                a,
                by,
                b,
                steps,
            } => {
                let counter = counter!(a, by, long!(b), steps);
                tight!(tight::count_loop(registers, &mut context.meter, d, constant, counter));
            }
            I::SumLoop { d, t, a, i, by, steps } => {
                let length = context.heap.longs.get(registers.get(a)).len();
                let counter = counter!(i, by, length as i64, steps);
                tight!(tight::sum_loop(registers, context, (d, t), a, counter));
            }
            I::MarkLoop {
                a,
                i,
                v,
                step,
                b,
                steps,
            } => {
                let counter = counter!(i, long!(step), long!(b), steps);
                tight!(tight::mark_loop(registers, context, a, v, counter));
            }
            I::SkipLoop {
                t,
                a,
                i,
                b,
                skipped,
                by,
                steps,
                to,
            } => {
                let counter = counter!(i, by, long!(b), steps);
                let halt = tight!(tight::skip_loop(registers, context, t, a, skipped, counter));
                jump_if!(halt == Halt::Done, to);
            }
            I::LoopAlways { steps, to } => charge_to!(steps, to),
            I::CountIteration { a } => {
                let count = registers.get(a) + 1;
                registers.set(a, count);
                let limit = code.loop_iterations.unwrap_or(u64::MAX);
                if count > limit {
                    stop!(iterations_fault(limit));
                }
            }

            I::LongElement { d, a, i } => {
                let element = pure!(context.heap.longs.element(registers.get(a), long!(i)));
                registers.set(d, element as u64);
            }
            I::DoubleElement { d, a, i } => {
                let element = pure!(context.heap.doubles.element(registers.get(a), long!(i)));
                registers.set(d, element.to_bits());
            }
            I::BooleanElement { d, a, i } => {
                let element = pure!(context.heap.booleans.element(registers.get(a), long!(i)));
                registers.set(d, u64::from(element));
            }
            I::TextElement { d, a, i } => {
                let element = pure!(context.heap.text_arrays.element(registers.get(a), long!(i)));
                registers.set(d, element.bits());
            }
            I::AddLongElement { d, t, a, i } => {
                let element = pure!(context.heap.longs.element(registers.get(a), long!(i)));
                registers.set(t, element as u64);
                registers.set(d, registers.get(d).wrapping_add(element as u64));
            }
            I::JumpIfElement { t, a, i, to } => {
                let element = pure!(context.heap.booleans.element(registers.get(a), long!(i)));
                registers.set(t, u64::from(element));
                jump_if!(element, to);
            }
            I::JumpUnlessElement { t, a, i, to } => {
                let element = pure!(context.heap.booleans.element(registers.get(a), long!(i)));
                registers.set(t, u64::from(element));
                jump_if!(!element, to);
            }
            I::SetLongElement { a, i, v } => set_element!(longs, a, i, long!(v)),
            I::SetDoubleElement { a, i, v } => set_element!(doubles, a, i, double!(v)),
            I::SetBooleanElement { a, i, v } => set_element!(booleans, a, i, registers.get(v) != 0),
            I::SetTextElement { a, i, v } => set_element!(text_arrays, a, i, TextElement::from_bits(registers.get(v))),
            I::LongLength { d, a } => registers.set(d, context.heap.longs.get(registers.get(a)).len() as u64),
            I::Length { d, a, elements } => {
                registers.set(d, context.heap.length_of(elements, registers.get(a)) as u64);
            }
            I::NewArray { d, a, elements } => {
                let array = charged!(context.heap.new_array(&mut context.meter, elements, long!(a)));
                registers.set(d, array);
            }
            I::ArrayLiteral {
                d,
                base,
                count,
                elements,
            } => {
                let array = charged!(context.array_literal(elements, registers.run(base, usize::from(count))));
                registers.set(d, array);
            }

            I::Binary {
                d,
                a,
                b,
                operator,
                compound,
            } => {
                let (left, right) = (registers.pair(a), registers.pair(b));
                // What loops over maps and lists do most.
                let value = match (operator, left.ty, right.ty) {
                    (Operator::Add, Type::Long, Type::Long) => Any::long(left.as_long().wrapping_add(right.as_long())),
                    _ if compound => charged!(context.combine(operator, left, right)),
                    _ => charged!(context.binary(operator, left, right)),
                };
                registers.set_pair(d, value);
            }
            I::Negate { d, a } => registers.set_pair(d, pure!(context.negate(registers.pair(a)))),
            I::Plus { d, a } => registers.set_pair(d, pure!(context.plus(registers.pair(a)))),
            I::Check { d, a, ty, kind } => registers.set(d, pure!(context.check(registers.pair(a), ty, kind))),
            I::ReadSet { d, a, variable } => {
                let value = registers.pair(a);
                if value.ty == Type::Void {
                    stop!(unset_fault(
                        code.variables.get(variable as usize).map_or("", |name| name)
                    ));
                }
                registers.set_pair(d, value);
            }
            I::ReadOrNull { d, a } => {
                let value = registers.pair(a);
                registers.set_pair(d, if value.ty == Type::Void { Any::NULL } else { value });
            }
            I::Reassign { d, a } => {
                let value = pure!(context.reassign(registers.pair(d), registers.pair(a)));
                registers.set_pair(d, value);
            }
            I::DynamicElement { d, a, i } => {
                let element = charged!(context.element(registers.pair(a), registers.pair(i)));
                registers.set_pair(d, element);
            }
            I::DynamicSetElement { a, i, v } => {
                charged!(context.set_element(registers.pair(a), registers.pair(i), registers.pair(v)));
            }
            I::DynamicLength { d, a } => registers.set(d, pure!(context.length(registers.pair(a))) as u64),
            I::Printable { d, a } => {
                let value = charged!(context.printable(registers.pair(a)));
                registers.set_pair(d, value);
            }
            I::Concat { d, parts } => {
                let parts = code.concats.get(parts as usize).map_or(&[][..], |parts| parts);
                let text = charged!(context.concat_parts(registers, parts));
                registers.set(d, text.bits());
            }

            I::Input { d, parameter } => registers.set_pair(d, charged!(context.parameter(parameter))),
            I::RequiredInput { d, parameter } => {
                let value = charged!(context.parameter(parameter));
                if value.ty == Type::Void {
                    stop!(missing_fault(code, parameter));
                }
                registers.set_pair(d, value);
            }
            I::TypedInput { d, parameter, ty } => {
                let bits = match (context.heap.texts.input(parameter), ty) {
                    (Input::Long(value), Type::Long) => value as u64,
                    (Input::Double(value), Type::Double) => value.to_bits(),
                    (Input::Boolean(value), Type::Boolean) => u64::from(value),
                    _ => charged!(typed_input(context, code, parameter, ty)),
                };
                registers.set(d, bits);
            }
            I::InputNamed { d, a } => {
                let name = pure!(text_of(registers.get(a)));
                let value = charged!(context.input_named(name));
                registers.set_pair(d, value);
            }
            I::HasInput { d, a } => {
                let name = pure!(text_of(registers.get(a)));
                registers.set(d, u64::from(charged!(context.has_input(name))));
            }
            I::Call { d, base, native } => {
                let value = charged!(call(code, context, native, registers.run(base, usize::MAX)));
                set_called!(set, d, value.bits);
            }
            I::CallPair { d, base, native } => {
                let value = charged!(call(code, context, native, registers.run(base, usize::MAX)));
                set_called!(set_pair, d, value);
            }
            I::DynamicCall { d, base, site } => {
                let Some(site) = code.dynamic_sites.get(site as usize) else {
                    stop!(Fault::internal("a dynamic call's site exists"));
                };
                let value = charged!(context.call_dynamic(site, registers.run(base, 2 * site.arguments)));
                set_called!(set_pair, d, value);
            }
            I::HostCall { d, base, site } => {
                let Some(site) = code.host_sites.get(site as usize) else {
                    stop!(Fault::internal("a host call's site exists"));
                };
                let bits = registers.run(base, 2 * site.arguments);
                let value = charged!(context.call_host_function(&site.function, bits));
                set_called!(set_pair, d, value);
            }

            I::Trace { a, i, site } => context.trace(code, pc - 1, site, registers.pair(a), registers.pair(i)),

            I::Return { a, ty } => {
                context.meter.fuel = fuel;
                return Ok(Any::new(ty, registers.get(a)));
            }
            I::ReturnPair { a } => {
                context.meter.fuel = fuel;
                return Ok(registers.pair(a));
            }
            I::ReturnVoid {} => {
                context.meter.fuel = fuel;
                return Ok(Any::UNSET);
            }
            I::Throw { a } => {
                let message = pure!(text_of(registers.get(a)));
                charged!(Err::<(), Fault>(context.thrown(message)));
            }
        }
    }
}

fn call<'p>(code: &'p Code, context: &mut Context<'p>, native: u32, bits: &[u64]) -> Result<Any, Fault> {
    match code.natives.get(native as usize) {
        Some(site) => site.native.call(context, bits.get(..site.width).unwrap_or(bits)),
        None => Err(Fault::internal("a call's function exists")),
    }
}

fn text_of(bits: u64) -> Result<Text, Fault> {
    Text::from_bits(bits).ok_or_else(|| Fault::null("the STRING"))
}
