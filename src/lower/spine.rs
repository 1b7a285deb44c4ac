//! Chains without recursion: what stands on the left edge of an expression is lowered from the bottom up, so that a chain of
//! thousands of operators or calls takes no more stack than one, and two registers.

use super::lowering::Lowering;
use super::refusal::Refused;
use super::shape::left;
use super::wide::{Register, width};
use crate::check::typed::ExprId;
use crate::work::{Work, count};

/// Left edges up to this depth are lowered by recursion. Brackets multiply it: each level may hold one such edge.
const RECURSIVE_DEPTH: u32 = 2;

impl Lowering<'_> {
    /// The register of an expression that was lowered ahead; it is read once.
    pub(super) fn take_ready(&mut self, id: ExprId) -> Option<Register> {
        self.ready
            .take_if(|(ready, _)| *ready == id)
            .map(|(_, register)| register)
    }

    /// Whether an expression was lowered ahead.
    pub(super) fn is_ready(&self, id: ExprId) -> bool {
        self.ready.is_some_and(|(ready, _)| ready == id)
    }

    /// Lowers the left edge below an expression, from the bottom up, where it is long. Its uppermost part is ready then.
    pub(super) fn lower_spine(&mut self, id: ExprId) -> Result<(), Refused> {
        if self.depth_of(id) <= RECURSIVE_DEPTH || self.is_ready(id) {
            return Ok(());
        }
        let mut edge = Vec::new();
        let mut next = left(self.tree.expr(id).kind, self.tree);
        while let Some(below) = next.filter(|&below| self.depth_of(below) > 0 && !self.is_ready(below)) {
            count(Work::Lowered, 1);
            edge.push(below);
            next = left(self.tree.expr(below).kind, self.tree);
        }
        // One register for each width: a chain may change between values whose type is known and those whose is not.
        let mut registers = [None; 2];
        for &part in edge.iter().rev() {
            let ty = self.tree.expr(part).ty;
            let place = &mut registers[usize::from(width(ty) - 1)];
            let register = match *place {
                Some(register) => register,
                None => *place.insert(self.emit.allocate(ty)?),
            };
            self.value_into(part, register)?;
            self.ready = Some((part, register));
        }
        Ok(())
    }

    fn depth_of(&self, id: ExprId) -> u32 {
        self.shapes.get(id.index()).map_or(0, |shape| shape.left_depth)
    }
}
