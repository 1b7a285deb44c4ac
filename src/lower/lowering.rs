//! The state of lowering one program.

use super::emit::{Emitter, Label};
use super::refusal::{Refused, stopped};
use super::shape::{Sets, Shape};
use super::wide::Register;
use crate::check::typed::{ExprId, TypedTree, VariableId};
use crate::host::HostFunction;
use crate::work::is_stopped;

/// Where `continue` and `break` of a loop go.
#[derive(Clone, Copy, Debug)]
pub(super) struct LoopLabels {
    pub(super) next: Label,
    pub(super) end: Label,
}

/// Lowers one program.
pub(super) struct Lowering<'t> {
    pub(super) tree: &'t TypedTree,
    pub(super) emit: Emitter,
    /// The register of each variable; the first of its pair for an `ANY`.
    pub(super) variables: Vec<Register>,
    /// The shape of each expression.
    pub(super) shapes: Vec<Shape>,
    /// What sets each variable.
    pub(super) sets: Vec<Sets>,
    /// The arrays whose lengths are in registers, in the loops that are open.
    pub(super) lengths: Vec<(VariableId, Register)>,
    /// The expression on a left edge that was lowered ahead of what it stands in, and where its value is.
    pub(super) ready: Option<(ExprId, Register)>,
    pub(super) loops: Vec<LoopLabels>,
    /// How many loops what is being lowered runs in.
    pub(super) open_loops: usize,
    /// Where the element is that the nearest enclosing update read.
    pub(super) hole: Option<Register>,
    pub(super) host_functions: &'t [HostFunction],
    pub(super) loop_iterations: Option<u64>,
    pub(super) traced: bool,
    pub(super) counted: bool,
}

impl Lowering<'_> {
    /// Whether evaluating an expression sets a variable.
    pub(super) fn assigns(&self, id: ExprId) -> bool {
        self.shapes.get(id.index()).is_none_or(|shape| shape.assigns)
    }

    /// Whether evaluating an expression asks an array for its length.
    pub(super) fn asks_length(&self, id: ExprId) -> bool {
        self.shapes.get(id.index()).is_none_or(|shape| shape.asks_length)
    }

    /// Stops the walk where the host stops the compilation; nobody reads what it gives then.
    pub(super) fn go_on(&self) -> Result<(), Refused> {
        match is_stopped() {
            false => Ok(()),
            true => Err(stopped(self.emit.span())),
        }
    }

    pub(super) fn program(&mut self) -> Result<(), Refused> {
        let tree = self.tree;
        for variable in &tree.variables {
            let register = self.emit.allocate(variable.ty)?;
            self.variables.push(register);
        }
        for (index, variable) in tree.variables.iter().enumerate() {
            self.initial_value(self.variables[index], variable);
        }
        for &statement in tree.statement_list(tree.root) {
            self.statement(statement)?;
        }
        self.emit.return_void();
        Ok(())
    }
}
