//! Instructions made ready to run: each with the handlers of those that may follow it.

use super::code::{Exit, Handler, Node, Run};
use super::handler::leave_to_charge;
use super::instruction::Instruction;
use super::registers::Registers;
use super::table::handler_of;

/// How many instructions a block has. The handlers are left between two blocks: without a charge in between, only so many run
/// before that.
const BLOCK: usize = 256;

/// Instructions that are made to nodes, each with the handlers of those that may follow it.
pub(crate) struct Thread<R: Registers>(Vec<Node<R>>);

impl<R: Registers> Thread<R> {
    /// One without instructions, with room for so many.
    pub(crate) fn with_capacity(count: usize) -> Self {
        Self(Vec::with_capacity(count))
    }

    /// Appends an instruction.
    pub(crate) fn push(&mut self, instruction: Instruction<R::Number>) {
        let handler: Handler<R> = match self.0.len().is_multiple_of(BLOCK) {
            true => breathe,
            false => handler_of(&instruction),
        };
        if let Some(before) = self.0.last_mut() {
            before.next = handler;
        }
        self.0.push(Node {
            next: breathe,
            target: breathe,
            instruction,
        });
    }

    /// The nodes, with the handlers that they jump to.
    pub(crate) fn tie(self) -> Vec<Node<R>> {
        let mut nodes = self.0;
        for place in 0..nodes.len() {
            let target = nodes.get(place).and_then(|node| node.instruction.target());
            if let Some(to) = target.map(|target| target as usize)
                && to / BLOCK == place / BLOCK
                && let Some(handler) = nodes.get(to).map(|node| handler_of(&node.instruction))
                && let Some(node) = nodes.get_mut(place)
            {
                node.target = handler;
            }
        }
        nodes
    }
}

/// Leaves the handlers, to go on with the same instruction.
fn breathe<R: Registers>(_: &[Node<R>], pc: usize, _: &mut R, run: &mut Run<'_, '_>, fuel: i64) -> Exit {
    leave_to_charge(run, fuel, 0, pc, pc)
}
