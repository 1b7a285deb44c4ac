//! What names the parts of an unfolding and of its definitions: each number is of its own type.

use serde::{Deserialize, Serialize};

use super::compile::{Compiled, CompiledStep};
use super::graph::Body;
use super::state::Frame;
use crate::arena::Id;
use crate::params::meter::Stop;

/// One of a blueprint's workflows.
pub(super) type WorkflowId = Id<Compiled>;
/// A list of steps of a workflow.
pub(super) type BodyId = Id<Body>;
/// A step of a workflow.
pub(super) type StepId = Id<CompiledStep>;
/// A run of a list of steps.
pub(super) type FrameId = Id<Frame>;

/// The first of each: the blueprint's own workflow, and the steps of a workflow that are in no loop.
pub(super) const MAIN: WorkflowId = Id::new(0);
pub(super) const OUTERMOST: BodyId = Id::new(0);
pub(super) const ROOT: FrameId = Id::new(0);

/// A step among those of its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct StepIndex(u32);

impl StepIndex {
    pub(super) const fn new(index: usize) -> Self {
        Self(index as u32)
    }

    pub(super) const fn get(self) -> usize {
        self.0 as usize
    }
}

/// A run of a step: the frame it is in, and which of its list it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RunId {
    pub(super) frame: FrameId,
    pub(super) step: StepIndex,
}

impl RunId {
    pub(super) const fn new(frame: FrameId, step: StepIndex) -> Self {
        Self { frame, step }
    }
}

/// What stops a call whose state names what is not there.
pub(super) const MISSING: Stop = Stop::Bug("the unfolding names a step or frame that is not there");
