//! What a blueprint holds, shared by its clones and its unfoldings.

use std::collections::HashMap;
use std::sync::Arc;

use super::compiled::{Body, Compiled, CompiledStep, MISSING, StepIndex, WorkflowId};
use super::explain::Operand;
use super::failure::Failure;
use super::limits::UnfoldLimits;
use super::signals::Signals;
use super::state::Frame;
use crate::arena::Arena;
use crate::engine::Engine;
use crate::params::Problem;
use crate::params::meter::Stop;
use crate::schema::Schema;
use crate::value::Map;

/// What a blueprint holds.
#[derive(Debug)]
pub(super) struct Inner {
    pub(super) engine: Engine,
    pub(super) workflows: Arena<Compiled>,
    pub(super) by_id: HashMap<Arc<str>, WorkflowId>,
    pub(super) limits: UnfoldLimits,
    /// The hash of the definitions, of what they are laid over, of what is around them, and of the limits.
    pub(super) hash: Arc<str>,
    pub(super) signals: Signals,
    /// Parameters around the workflow's own, which whoever starts it gives.
    pub(super) surroundings: Option<Arc<Schema>>,
    pub(super) warnings: Vec<Problem>,
    /// What is shared where there is no room for anything of its own: no values, the failure that says so, no operands.
    pub(super) empty: Arc<Map>,
    pub(super) full: Arc<Failure>,
    pub(super) undecided: Arc<[Operand]>,
    /// What the steps inside a while see of its condition, which is true where they run.
    pub(super) in_while: Arc<Map>,
}

impl Inner {
    /// The list of steps that a frame runs.
    pub(super) fn body(&self, frame: &Frame) -> Result<&Body, Stop> {
        let compiled = self.workflows.get(frame.workflow);
        compiled
            .and_then(|compiled| compiled.bodies.get(frame.body))
            .ok_or(MISSING)
    }

    /// One of the steps that a frame runs.
    pub(super) fn step(&self, frame: &Frame, step: StepIndex) -> Result<&CompiledStep, Stop> {
        let compiled = self.workflows.get(frame.workflow).ok_or(MISSING)?;
        let id = self.body(frame)?.step(step);
        id.and_then(|id| compiled.steps.get(id)).ok_or(MISSING)
    }
}
