//! How an instruction's handler is made, by the kind of instruction. A handler ends with a call of the next instruction's: threaded
//! code. The processor learns what follows each instruction by itself, and nothing is decoded but what the instruction has.
//!
//! A call as a function's last act becomes a jump at every level of optimisation but the lowest. It need not: a run hands out its
//! steps in bursts and leaves the handlers at the end of each and between two blocks of the code, which bounds the stack
//! whatever the compiler makes of the calls.
//!
//! What may fail or charge is done by a function apart, which gives what follows and the steps left: a value in memory that lives
//! when the next handler is called would keep the call from being a jump.

use super::code::{Exit, Run};
use super::fault::Fault;

/// Leaves the handlers where the burst does not cover the steps that were taken from it: `fuel` is what is left of it, below 0.
#[cold]
#[inline(never)]
pub(super) fn leave_to_charge(run: &mut Run<'_, '_>, fuel: i64, steps: u32, at: usize, to: usize) -> Exit {
    run.context.meter.refund_burst(fuel + i64::from(steps));
    (run.left.at, run.left.to, run.left.steps) = (at, to, steps);
    // Were the result known here, a handler would have to give it after this call, which then were no jump.
    std::hint::black_box(Exit::Burst)
}

/// Leaves the handlers where code is not what lowering makes.
#[cold]
#[inline(never)]
pub(super) fn astray(run: &mut Run<'_, '_>, pc: usize) -> Exit {
    run.left.at = pc;
    run.left.fault = Some(Fault::internal("code ends with a return"));
    std::hint::black_box(Exit::Fault)
}

/// What follows a step that was done apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    Next,
    Target,
    Leave(Exit),
}

/// What follows a step, and what it has of the burst. A call may have used up a slice and more.
pub(super) fn after(run: &mut Run<'_, '_>, pc: usize, fuel: i64, step: Result<(), Fault>) -> (Flow, i64) {
    match step {
        Ok(()) if run.context.meter.is_slice_over() => {
            run.left.to = pc + 1;
            (Flow::Leave(Exit::Slice), 0)
        }
        Ok(()) => (Flow::Next, run.context.meter.take_burst(fuel)),
        Err(fault) => failed(run, pc, fault),
    }
}

/// What follows a test.
pub(super) fn after_test(run: &mut Run<'_, '_>, pc: usize, fuel: i64, test: Result<bool, Fault>) -> (Flow, i64) {
    match test {
        Ok(true) => (Flow::Target, run.context.meter.take_burst(fuel)),
        Ok(false) => (Flow::Next, run.context.meter.take_burst(fuel)),
        Err(fault) => failed(run, pc, fault),
    }
}

#[cold]
fn failed(run: &mut Run<'_, '_>, pc: usize, fault: Fault) -> (Flow, i64) {
    run.left.at = pc;
    run.left.fault = Some(fault);
    (Flow::Leave(Exit::Fault), 0)
}

/// The body of a handler, by the kind of its entry in the table. An operand is read where it is used: few registers of the processor
/// are left beside the arguments.
macro_rules! handler {
    // Sets register `d`; neither fails nor charges.
    (set, $args:tt, $variant:ident { $($field:ident)* }, |$r:ident $(, $c:ident)?| $value:expr) => {
        handler!(@at $args, $variant { $($field)* } { d }, |code, pc, registers, run, fuel, node| {
            let value = {
                let $r = &*registers;
                $(let $c = &*run.context;)?
                $value
            };
            registers.set(*d, value);
            (node.next)(code, pc + 1, registers, run, fuel)
        })
    };
    // Neither fails nor charges.
    (plain, $args:tt, $variant:ident $fields:tt, |$r:ident| $do:expr) => {
        handler!(@at $args, $variant $fields {}, |code, pc, registers, run, fuel, node| {
            let $r = &mut *registers;
            $do;
            (node.next)(code, pc + 1, registers, run, fuel)
        })
    };
    // Jumps where a test that neither fails nor charges holds; charges on either way.
    (jump, $args:tt, $variant:ident { $($field:ident)* }, |$r:ident| $test:expr) => {
        handler!(@at $args, $variant { $($field)* } { to }, |code, pc, registers, run, fuel, node| {
            let holds = {
                let $r = &mut *registers;
                $test
            };
            if holds {
                handler!(@charge to.taken, target to.to as usize, (code pc registers run fuel node))
            } else {
                handler!(@charge to.through, next pc + 1, (code pc registers run fuel node))
            }
        })
    };
    // Charges, and goes on with the next instruction.
    (charge, $args:tt, $variant:ident { steps },) => {
        handler!(@at $args, $variant { steps } {}, |code, pc, registers, run, fuel, node| {
            handler!(@charge steps, next pc + 1, (code pc registers run fuel node))
        })
    };
    // Charges, and jumps.
    (jump_always, $args:tt, $variant:ident { to steps },) => {
        handler!(@at $args, $variant { to steps } {}, |code, pc, registers, run, fuel, node| {
            handler!(@charge steps, target to as usize, (code pc registers run fuel node))
        })
    };
    // Sets register `d`. May fail or charge, but for what is given first, where that gives a value.
    (quick_set, $args:tt, $variant:ident { $($field:ident)* }, |$r:ident, $c:ident| $quick:expr, $($slow:tt)*) => {
        handler!(@at $args, $variant { $($field)* } { d }, |code, pc, registers, run, fuel, node| {
            let value = {
                let ($r, $c) = (&*registers, &*run.context);
                $quick
            };
            let Some(value) = value else {
                return handler!(@slow set d (code pc registers run fuel), $variant { $($field)* d }, $($slow)*);
            };
            registers.set(*d, value);
            (node.next)(code, pc + 1, registers, run, fuel)
        })
    };
    // May fail or charge, but for what is given first, where that is done.
    (quick, $args:tt, $variant:ident $fields:tt, |$r:ident, $c:ident| $quick:expr, $($slow:tt)*) => {
        handler!(@at $args, $variant $fields {}, |code, pc, registers, run, fuel, node| {
            let done = {
                let ($r, $c) = (&mut *registers, &mut *run.context);
                $quick
            };
            if done.is_none() {
                return handler!(@slow done _d (code pc registers run fuel), $variant $fields, $($slow)*);
            }
            (node.next)(code, pc + 1, registers, run, fuel)
        })
    };
    // May fail or charge.
    (apart, $args:tt, $variant:ident $fields:tt, $($slow:tt)*) => {
        handler!(@at $args, $variant $fields {}, |code, pc, registers, run, fuel, node| {
            handler!(@apart after done _d (code pc registers run fuel node), $variant $fields, () $($slow)*)
        })
    };
    // Sets register `d`. May fail or charge.
    (apart_set, $args:tt, $variant:ident { $($field:ident)* }, $($slow:tt)*) => {
        handler!(@at $args, $variant { $($field)* d } {}, |code, pc, registers, run, fuel, node| {
            handler!(@apart after set d (code pc registers run fuel node), $variant { $($field)* d }, () $($slow)*)
        })
    };
    // Sets pair `d`. May fail or charge.
    (apart_pair, $args:tt, $variant:ident { $($field:ident)* }, $($slow:tt)*) => {
        handler!(@at $args, $variant { $($field)* d } {}, |code, pc, registers, run, fuel, node| {
            handler!(@apart after set_pair d (code pc registers run fuel node), $variant { $($field)* d }, () $($slow)*)
        })
    };
    // Jumps where a test holds that may fail or charge.
    (jump_apart, $args:tt, $variant:ident { $($field:ident)* }, $($slow:tt)*) => {
        handler!(@at $args, $variant { $($field)* to } {}, |code, pc, registers, run, fuel, node| {
            handler!(@apart after_test test _d (code pc registers run fuel node), $variant { $($field)* to }, (to) $($slow)*)
        })
    };
    // Ends with a value.
    (value, $args:tt, $variant:ident $fields:tt, |$r:ident| $value:expr) => {
        handler!(@at $args, $variant $fields {}, |code, pc, registers, run, fuel, node| {
            let $r = &*registers;
            run.left.value = $value;
            run.context.meter.refund_burst(fuel);
            Exit::Value
        })
    };

    // The instruction and its operands.
    (@at ($code:ident $pc:ident $registers:ident $run:ident $fuel:ident), $variant:ident $fields:tt $late:tt,
     |$c:ident, $p:ident, $r:ident, $u:ident, $f:ident, $node:ident| $do:expr) => {{
        let Some($node) = $code.get($pc) else { return astray($run, $pc) };
        handler!(@operands $node, $variant $fields $late, return astray($run, $pc));
        count(Work::Executed, 1);
        #[cfg(any(test, feature = "oracle"))]
        super::coverage::ran(|| $node.instruction.cell(|&pair| $registers.pair(pair).ty));
        #[allow(unused_variables, reason = "the last instruction of a run needs neither code nor place")]
        let ($c, $p, $r, $u, $f) = ($code, $pc, $registers, $run, $fuel);
        $do
    }};
    (@operands $node:ident, $variant:ident { $($field:ident)* } { $($late:ident)* }, $else:expr) => {
        #[allow(unused_variables, reason = "an operand may serve only what is done apart, or only the handler")]
        let Instruction::$variant { $($field,)* $(ref $late,)* } = $node.instruction else { $else };
    };
    // Charges steps, and goes on with the next instruction or the target.
    (@charge $steps:expr, $way:ident $to:expr,
     ($code:ident $pc:ident $registers:ident $run:ident $fuel:ident $node:ident)) => {{
        let left = $fuel - i64::from($steps);
        if left < 0 {
            return leave_to_charge($run, left, $steps.into(), $pc, $to);
        }
        ($node.$way)($code, $to, $registers, $run, left)
    }};
    // The handler of what is not done at once. Only where a handler calls nothing else does it save no registers.
    (@slow $keep:ident $d:ident ($code:ident $pc:ident $registers:ident $run:ident $fuel:ident), $variant:ident $fields:tt, $($slow:tt)*) => {{
        #[cold]
        #[inline(never)]
        fn slow<R: Registers>(
            code: &[Node<R>],
            pc: usize,
            registers: &mut R,
            run: &mut Run<'_, '_>,
            fuel: i64,
        ) -> Exit {
            let Some(node) = code.get(pc) else { return astray(run, pc) };
            handler!(@apart after $keep $d (code pc registers run fuel node), $variant $fields, () $($slow)*)
        }
        slow($code, $pc, $registers, $run, $fuel)
    }};
    // A step done apart, and what follows it.
    (@apart $after:ident $keep:ident $d:ident ($code:ident $pc:ident $registers:ident $run:ident $fuel:ident $node:ident), $variant:ident $fields:tt,
     ($($to:ident)?) |$r:ident, $c:ident, $k:ident, $at:ident| $do:expr) => {{
        #[inline(never)]
        fn apart<R: Registers>(node: &Node<R>, $at: usize, $r: &mut R, run: &mut Run<'_, '_>, fuel: i64) -> (Flow, i64) {
            handler!(@operands node, $variant $fields {}, return (Flow::Leave(astray(run, $at)), 0));
            run.context.meter.refund_burst(fuel);
            let $k = run.code;
            let mut step = || -> Result<_, Fault> {
                let $c = &mut *run.context;
                $do
            };
            let step = step();
            let done = handler!(@$keep $r $d step);
            $after(run, $at, fuel, done)
        }
        let (flow, fuel) = apart($node, $pc, $registers, $run, $fuel);
        match flow {
            Flow::Next => ($node.next)($code, $pc + 1, $registers, $run, fuel),
            Flow::Target => ($node.target)($code, handler!(@to $pc $($to)?), $registers, $run, fuel),
            Flow::Leave(exit) => exit,
        }
    }};
    (@done $r:ident $d:ident $step:ident) => { $step };
    (@test $r:ident $d:ident $step:ident) => { $step };
    (@set $r:ident $d:ident $step:ident) => { $step.map(|value: u64| $r.set($d, value)) };
    (@set_pair $r:ident $d:ident $step:ident) => { $step.map(|value: Any| $r.set_pair($d, value)) };
    (@to $pc:ident) => { $pc };
    (@to $pc:ident $to:ident) => { $to as usize };
}

pub(super) use handler;
