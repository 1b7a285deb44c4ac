//! Runs code: calls the handler of the instruction that is next, again whenever the handlers have returned for more steps. It never
//! recurses, and all state is in the registers and the context.

use super::any::Any;
use super::code::{Code, Exit, Instructions, Left, Node, Run};
use super::context::Context;
use super::fault::Fault;
use super::meter::BURST_STEPS;
use super::registers::{Narrow, Registers, Wide};
use super::stopped::{Stopped, paused, stopped};
use super::table::handler_of;

/// Runs a program to its end.
pub(crate) fn run<'p>(code: &'p Code, context: &mut Context<'p>) -> Result<Any, Box<Stopped>> {
    begin(code, context)?;
    match &code.instructions {
        Instructions::Narrow(used, nodes) => {
            Narrow::with(*used, |registers| execute(code, nodes, context, registers, 0))
        }
        Instructions::Wide(size, nodes) => execute(code, nodes, context, &mut Wide::new(*size), 0),
    }
}

/// Charges what a program takes before its first instruction.
pub(super) fn begin(code: &Code, context: &mut Context<'_>) -> Result<(), Box<Stopped>> {
    let at_start = |fault| stopped(fault, 0);
    context.meter.charge_steps(u64::from(code.steps)).map_err(at_start)?;
    context.meter.charge_memory(code.register_bytes()).map_err(at_start)
}

/// Runs code from an instruction on: to its value, to a fault, or to the end of the slice.
pub(super) fn execute<'p, R: Registers>(
    code: &'p Code,
    nodes: &[Node<R>],
    context: &mut Context<'p>,
    registers: &mut R,
    from: usize,
) -> Result<Any, Box<Stopped>> {
    let mut at = from;
    let left = Left::default();
    let mut run = Run { code, context, left };
    loop {
        let Some(node) = nodes.get(at) else {
            return Err(stopped(Fault::internal("code ends with a return"), at));
        };
        let handler = handler_of(&node.instruction);
        let burst = run.context.meter.take_burst(BURST_STEPS);
        let exit = handler(nodes, at, registers, &mut run, burst);
        let left = &mut run.left;
        match exit {
            Exit::Burst => {
                let charged = run.context.meter.charge_steps(u64::from(left.steps));
                charged.map_err(|fault| stopped(fault, left.at))?;
                at = left.to;
                if run.context.meter.is_slice_over() {
                    return Err(paused(at));
                }
            }
            Exit::Slice => return Err(paused(left.to)),
            Exit::Value => return Ok(left.value),
            Exit::Fault => {
                let fault = left.fault.take();
                return Err(stopped(
                    fault.unwrap_or_else(|| Fault::internal("a fault is kept")),
                    left.at,
                ));
            }
        }
    }
}
