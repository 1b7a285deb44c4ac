//! What is written down of a run: instructions between the others, in code that is lowered to be traced. They take no register and
//! charge nothing, so a traced run uses what the run without a trace uses.

use super::emit::Label;
use super::lowering::Lowering;
use super::wide::Register;
use crate::check::typed::{ExprId, Kind, VariableId};
use crate::machine::code::TraceSite;
use crate::machine::instruction::Instruction as I;
use crate::types::Type;

impl Lowering<'_> {
    fn trace(&mut self, site: TraceSite, a: Register, i: Register) {
        let index = self.emit.trace_sites.len() as u32;
        self.emit.trace_sites.push(site);
        self.emit.trace_spans.push(self.emit.span());
        self.emit.push(I::Trace { a, i, site: index });
    }

    /// A statement begins.
    pub(super) fn trace_statement(&mut self) {
        if self.counted {
            self.trace(TraceSite::Statement, 0, 0);
        }
    }

    /// A variable was set to a value. Its place is what is lowered, up to the value: a declaration in the head of a loop has only its
    /// type as its own.
    pub(super) fn trace_variable(&mut self, variable: VariableId, value: ExprId) {
        // One without a name is none of the program's own.
        if self.traced && !self.tree.variable(variable).is_hidden() {
            let span = self.emit.span();
            self.emit.at(span.to(self.tree.expr(value).span));
            let ty = self.tree.variable(variable).ty;
            let a = self.variables[variable.index()];
            let variable = variable.number();
            self.trace(TraceSite::Variable { variable, ty }, a, a);
            self.emit.at(span);
        }
    }

    /// An element was set: its array, and the registers and types of its index and of its value.
    pub(super) fn trace_element(&mut self, array: ExprId, index: (Register, Type), value: (Register, Type)) {
        if self.traced {
            let array = match self.tree.expr(array).kind {
                Kind::Variable(variable) | Kind::MaybeUnset { variable, .. } => {
                    (*self.tree.variable(variable).name).into()
                }
                Kind::Parameter(parameter) => (*self.tree.parameter(parameter).name).into(),
                _ => Box::default(),
            };
            let site = TraceSite::Element {
                array,
                index: index.1,
                ty: value.1,
            };
            self.trace(site, value.0, index.0);
        }
    }

    /// A condition held, or did not.
    pub(super) fn trace_branch(&mut self, condition: ExprId, held: bool) {
        if self.traced {
            let span = self.emit.at(self.tree.expr(condition).span);
            self.trace(TraceSite::Branch(held), 0, 0);
            self.emit.at(span);
        }
    }

    /// Where a loop goes whose condition does not hold: to its end, or to where that is traced.
    pub(super) fn left(&mut self, end: Label) -> Label {
        if self.traced { self.emit.label() } else { end }
    }

    /// Traces the result of a loop's test at the end of an iteration, which jumped to `round` where it held, and goes on to the next
    /// one or out.
    pub(super) fn trace_ends(&mut self, condition: ExprId, (round, next): (Label, Label), left: Label) {
        self.emit.jump(left);
        self.emit.place(round);
        self.trace_branch(condition, true);
        self.emit.jump(next);
        self.emit.place(left);
        self.trace_branch(condition, false);
    }
}
