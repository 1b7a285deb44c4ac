//! The state of an unfolding as data: frames, runs, what is still to be decided, and why what was skipped was skipped.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::compiled::{BodyId, StepId, StepIndex, WorkflowId};
use super::explain::Operand;
use super::failure::Failure;

use super::column::{Block, BlockId};
use super::iterations;
use super::retry::Retries;
use super::slots::Slots;
use super::status::Status;
use crate::arena::Id;
use crate::diagnostic::quote;
use crate::limits::Usage;
use crate::value::Map;

/// A run of a list of steps.
pub(super) type FrameId = Id<Frame>;

/// The iterations of a loop, or the run of a subworkflow.
pub(super) type Iterations = iterations::Iterations<Frame>;

/// By the steps of the definitions, the runs begun and what all that was done for them took.
pub(super) type Spent = BTreeMap<(WorkflowId, StepId), (u64, Usage)>;

/// The first: the run of the blueprint's own workflow.
pub(super) const ROOT: FrameId = Id::new(0);

/// A run of a step: the frame it is in, and which of its list it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(super) struct RunId {
    pub(super) frame: FrameId,
    pub(super) step: StepIndex,
}

impl RunId {
    pub(super) const fn new(frame: FrameId, step: StepIndex) -> Self {
        Self { frame, step }
    }
}

/// The reason why a transition was not taken.
///
/// ```
/// use selvedge::Map;
/// use selvedge::workflow::{Answers, Blueprint, Unfolding, Why, Workflow};
/// let text = r#"{"workflow": {"id": "w", "steps": [
///     {"step": {"id": "a", "type": "x", "transition": {"successors": {"b": "true"}}}},
///     {"step": {"id": "b", "type": "x"}}]}}"#;
/// let workflow = Workflow::from_json(text)?;
/// let blueprint = Blueprint::builder(workflow).build(&selvedge::Engine::default())?;
/// let mut unfolding = Unfolding::start(&blueprint, &Map::new())?;
/// let failed = Map::from_iter([("a", Map::from_iter([("status", "failed")]))]);
/// unfolding.walk(&Answers::from_map(&failed)?, None)?;
/// assert_eq!(unfolding.tree().step("b").ok_or("no such step")?.because(), [Why::FromFailed { step: "a".into() }]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "why")]
#[non_exhaustive]
pub enum Why {
    /// The step it comes from was skipped.
    FromSkipped {
        /// The step.
        step: Arc<str>,
    },
    /// The step it comes from failed.
    FromFailed {
        /// The step.
        step: Arc<str>,
    },
    /// It is an `ON FAILURE`, and the step it comes from did not fail.
    FromSucceeded {
        /// The step.
        step: Arc<str>,
    },
    /// The step it comes from was stopped.
    FromStopped {
        /// The step.
        step: Arc<str>,
    },
    /// A step failed that stops all around it.
    Stopped {
        /// That step.
        step: Arc<str>,
    },
    /// Its condition was false.
    Condition {
        /// The step it comes from.
        step: Arc<str>,
        /// The condition.
        condition: String,
        /// The line of the file the condition begins at.
        line: Option<u32>,
        /// The operands that decided.
        decided: Vec<Operand>,
    },
    /// It is an `OTHERWISE`, and a condition before it was true.
    NotOtherwise {
        /// The step it comes from.
        step: Arc<str>,
        /// The line of the file.
        line: Option<u32>,
        /// The condition that was true.
        condition: String,
    },
}

/// The state of an unfolding.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct State {
    pub(super) frames: Slots<Frame>,
    /// What is kept of iterations that are not kept whole.
    #[serde(default)]
    pub(super) blocks: Slots<Block>,
    /// Runs and iterations begun.
    pub(super) runs: u64,
    /// Characters of all parameters as JSON.
    pub(super) size: u64,
    /// Bytes of the heap that it keeps.
    #[serde(default)]
    pub(super) kept: u64,
    /// The first and the last of the frames that are open.
    #[serde(skip)]
    pub(super) open: Neighbours,
    /// What is to be decided before it waits for the orchestrator again. Empty but where a call was stopped.
    #[serde(default)]
    pub(super) pending: VecDeque<Task>,
    /// Frames that are to be stopped before that, the last first. Empty but where a call was stopped.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) stopping: Vec<FrameId>,
    /// Frames that nothing refers to any more, which the next event lets go.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) gone: Vec<FrameId>,
}

/// Something to be decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Task {
    /// Which of a frame's waiting steps can begin or are skipped.
    Decide(FrameId),
    /// A frame has ended: the step it belongs to goes on.
    Ended(FrameId),
    /// The next iterations of a step, or its end.
    Continue(RunId),
}

/// A frame's neighbours among those that are open, in the order in which they were opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Neighbours {
    pub(super) before: Option<FrameId>,
    pub(super) after: Option<FrameId>,
}

impl State {
    /// Counts the characters of more parameters.
    pub(super) fn add_size(&mut self, size: u64) {
        self.size = self.size.saturating_add(size);
    }

    /// Adds a frame, as the last of those that are open.
    pub(super) fn push_frame(&mut self, frame: Frame) -> FrameId {
        let id = self.frames.push(frame);
        self.link(id);
        id
    }

    /// Makes a frame the last of those that are open, unless it has ended.
    pub(super) fn link(&mut self, id: FrameId) {
        let last = self.open.before;
        let own = Some(id);
        let Some(frame) = self.frames.get_mut(id).filter(|frame| frame.open > 0) else {
            return;
        };
        frame.neighbours = Neighbours {
            before: last,
            after: None,
        };
        self.after(last, own);
        self.open.before = own;
    }

    /// Lets the waiting steps of a frame be decided, unless they are to be already.
    pub(super) fn queue(&mut self, id: FrameId) {
        if let Some(frame) = self.frames.get_mut(id)
            && !frame.queued
        {
            frame.queued = true;
            self.pending.push_back(Task::Decide(id));
        }
    }

    /// Takes a frame that has ended from those that are open.
    pub(super) fn unlink(&mut self, id: FrameId) {
        let Some(frame) = self.frames.get_mut(id) else {
            return;
        };
        let Neighbours { before, after } = std::mem::take(&mut frame.neighbours);
        self.after(before, after);
        match after.and_then(|after| self.frames.get_mut(after)) {
            Some(next) => next.neighbours.before = before,
            None => self.open.before = before,
        }
    }

    /// Lets a frame, or the head of the list, be followed by another.
    fn after(&mut self, frame: Option<FrameId>, after: Option<FrameId>) {
        match frame.and_then(|frame| self.frames.get_mut(frame)) {
            Some(frame) => frame.neighbours.after = after,
            None => self.open.after = after,
        }
    }

    /// Finds the frames that are open, after it was read.
    pub(super) fn link_all(&mut self) {
        self.open = Neighbours::default();
        let all: Vec<FrameId> = self.frames.entries().map(|(id, _)| id).collect();
        for id in all {
            self.link(id);
        }
    }

    /// The frames that are open.
    pub(super) fn open_frames(&self) -> impl Iterator<Item = (FrameId, &Frame)> {
        let at = |id: Option<FrameId>| Some((id?, self.frames.get(id?)?));
        let open = std::iter::successors(at(self.open.after), move |(_, frame)| at(frame.neighbours.after));
        // What was stored may be anything, and this ends.
        open.take(self.frames.len())
    }

    /// A frame inside a run; `None` if what was stored is another.
    pub(super) fn inner(&self, at: RunId, (iteration, id): (u64, FrameId)) -> Option<&Frame> {
        let frame = self.frames.get(id)?;
        let is_own = frame.parent == Some(at) && frame.iteration == iteration;
        if !is_own {
            self.frames.lose(id);
        }
        is_own.then_some(frame)
    }

    /// The key of a piece that was asked for, and is missing or not what was stored.
    pub(super) fn lost(&self) -> Option<String> {
        let frame = self.frames.lost().map(frame_key);
        frame.or_else(|| self.blocks.lost().map(block_key))
    }

    /// The step that a frame belongs to; one less deep, so that walking up ends whatever was stored.
    pub(super) fn around(&self, frame: &Frame) -> Option<RunId> {
        let around = |at: &RunId| {
            self.frames
                .get(at.frame)
                .is_some_and(|around| around.depth < frame.depth)
        };
        frame.parent.filter(around)
    }

    /// Lets go of a run that is no more: its frames later, as commands may tell of them yet.
    pub(super) fn abandon(&mut self, run: &Run) {
        if let Some(iterations) = run.iterations() {
            self.drop_columns(iterations);
            self.gone.extend(&iterations.frames);
        }
    }

    /// Adds bytes to what is kept, where the limit allows it.
    pub(super) fn keep(&mut self, bytes: u64, limit: u64) -> bool {
        let kept = self.kept.saturating_add(bytes);
        let fits = kept <= limit;
        if fits {
            self.kept = kept;
        }
        fits
    }

    /// Bytes that are no longer kept.
    pub(super) fn release(&mut self, bytes: u64) {
        self.kept = self.kept.saturating_sub(bytes);
    }
}

/// The key of the piece that holds a frame.
pub(super) fn frame_key(frame: FrameId) -> String {
    format!("frame/{}", frame.number())
}

/// The key of the piece that holds a block.
pub(super) fn block_key(block: BlockId) -> String {
    format!("block/{}", block.number())
}

/// What is told of the key of a piece that is lost.
pub(super) fn lost_message(key: &str) -> String {
    let key = quote(key);
    format!("the piece {key} of the unfolding is missing or corrupt: restore it from a copy")
}

/// The bytes of values that are kept; those that hold nothing are shared.
pub(super) fn values_bytes(values: &Map) -> u64 {
    match values.is_empty() {
        true => 0,
        false => shared_bytes(values.held().0),
    }
}

/// The bytes of what is kept behind a pointer that is shared.
pub(super) const fn shared_bytes(held: u64) -> u64 {
    held + 16
}

/// The bytes of a frame without its values: its place in the table, which grows by doubling and is copied then, its runs with
/// room for what their transitions refuse, its tasks, and its place among those that are to be stopped.
pub(super) const fn frame_bytes(runs: usize, transitions: usize) -> u64 {
    let table = size_of::<Frame>()
        + Slots::<Frame>::BYTES
        + 3 * size_of::<usize>()
        + 6 * size_of::<Task>()
        + 9 * size_of::<FrameId>();
    // What a step waits for, and its place among those that are due, in a queue that grows by doubling.
    let of_run = size_of::<Run>() + size_of::<u32>() + 4 * size_of::<StepIndex>();
    (table + runs * of_run + transitions * size_of::<Option<Refused>>()) as u64
}

/// The outcome of a run, noted for the commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Noted {
    Ready,
    Opened,
    /// What was told of it no longer holds: it waits again.
    Reset,
    Ended,
    Stopped,
    Skipped,
}

/// One run of a list of steps.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Frame {
    pub(super) workflow: WorkflowId,
    pub(super) body: BodyId,
    /// The run of the step it belongs to.
    pub(super) parent: Option<RunId>,
    pub(super) iteration: u64,
    pub(super) depth: u64,
    /// The workflow's parameters, or the iteration's.
    pub(super) values: Arc<Map>,
    pub(super) runs: Vec<Run>,
    /// How many runs have not ended.
    pub(super) open: usize,
    pub(super) failed: bool,
    /// Whether it is stopped: nothing more begins but what runs in any case.
    #[serde(default, skip_serializing_if = "is_false")]
    pub(super) halted: bool,
    /// The step whose failure stopped all others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) stopped_by: Option<StepIndex>,
    /// Whether a task to decide its steps is pending.
    #[serde(skip)]
    pub(super) queued: bool,
    /// For each step, how many transitions lead to it from steps that have not ended.
    #[serde(skip)]
    pub(super) missing: Vec<u32>,
    /// The steps that can be decided: all that leads to them has ended.
    #[serde(skip)]
    pub(super) due: VecDeque<StepIndex>,
    #[serde(skip)]
    pub(super) neighbours: Neighbours,
    /// The values that are pieces of their own, as they were stored: its own, and those of its steps.
    #[serde(skip)]
    pub(super) apart: Vec<(Option<StepIndex>, Arc<Map>)>,
    /// The steps that are to be passed over: they do not run, and their transitions are looked at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) passed: Vec<StepIndex>,
}

impl Frame {
    pub(super) fn run(&self, step: StepIndex) -> Option<&Run> {
        self.runs.get(step.get())
    }

    /// The runs, by the steps they are of.
    pub(super) fn each_run(&self) -> impl Iterator<Item = (StepIndex, &Run)> {
        self.runs
            .iter()
            .enumerate()
            .map(|(step, run)| (StepIndex::new(step), run))
    }
}

/// One run of a step.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Run {
    /// It waits for what leads to it.
    Waiting,
    /// The orchestrator is to run it, or runs it.
    Ready {
        values: Arc<Map>,
        #[serde(default, skip_serializing_if = "is_false")]
        started: bool,
        /// The attempts that failed, where any did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retries: Option<Box<Retries>>,
    },
    /// Its own steps run.
    Open { values: Arc<Map>, inside: Inside },
    /// It ended; for each transition, why it was not taken.
    Ended {
        status: Status,
        values: Arc<Map>,
        refused: Vec<Option<Refused>>,
        /// What went wrong: before or after it ran, or as whoever ran it says.
        failure: Option<Arc<Failure>>,
        iterations: Iterations,
    },
    /// Nothing led to it.
    Skipped,
    /// A step before it failed, was stopped or was kept from running itself.
    Blocked,
}

/// Why a transition of a step that has ended was not taken.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Refused {
    /// Its condition was false; the operands that decided, where there was room to keep them.
    Condition(Arc<[Operand]>),
    /// The condition of the transition of this index was true.
    Held(usize),
    /// The step did not succeed, which keeps the one it leads to from running.
    Failed,
    /// The step did not succeed, which is handled: what else leads there still may.
    Handled,
    /// The step did not fail.
    Succeeded,
}

impl Refused {
    /// The bytes of the heap that it keeps.
    pub(super) fn held(&self) -> u64 {
        match self {
            Self::Condition(decided) if decided.is_empty() => 0,
            Self::Condition(decided) => shared_bytes(decided.iter().map(Operand::held).sum()),
            Self::Held(_) | Self::Failed | Self::Handled | Self::Succeeded => 0,
        }
    }
}

/// How far the steps inside a step are.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Inside {
    /// Those that began.
    pub(super) iterations: Iterations,
    /// How many of them are open.
    pub(super) open: u64,
    /// How many there will be, of a foreach.
    pub(super) total: u64,
    pub(super) failed: bool,
    /// Whether it is stopped: it ends once what runs in any case inside it has.
    #[serde(default, skip_serializing_if = "is_false")]
    pub(super) halted: bool,
    /// What stopped the loop.
    pub(super) failure: Option<Arc<Failure>>,
}

impl Run {
    pub(super) fn has_ended(&self) -> bool {
        matches!(self, Self::Ended { .. } | Self::Skipped | Self::Blocked)
    }

    /// Its values, once it has begun.
    pub(super) fn values(&self) -> Option<&Arc<Map>> {
        match self {
            Self::Ready { values, .. } | Self::Open { values, .. } | Self::Ended { values, .. } => Some(values),
            Self::Waiting | Self::Skipped | Self::Blocked => None,
        }
    }

    /// As [`values`](Self::values), to be changed.
    pub(super) fn values_mut(&mut self) -> Option<&mut Arc<Map>> {
        match self {
            Self::Ready { values, .. } | Self::Open { values, .. } | Self::Ended { values, .. } => Some(values),
            Self::Waiting | Self::Skipped | Self::Blocked => None,
        }
    }

    /// The runs of the steps inside it, where it has any.
    pub(super) fn iterations(&self) -> Option<&Iterations> {
        match self {
            Self::Open { inside, .. } => Some(&inside.iterations),
            Self::Ended { iterations, .. } => Some(iterations),
            Self::Waiting | Self::Ready { .. } | Self::Skipped | Self::Blocked => None,
        }
    }

    /// The frames inside it, with the iterations that they are.
    pub(super) fn numbered(&self) -> impl ExactSizeIterator<Item = (u64, FrameId)> {
        static NONE: Iterations = Iterations::NONE;
        self.iterations().unwrap_or(&NONE).numbered()
    }

    /// The frames inside it.
    pub(super) fn inside(&self) -> &[FrameId] {
        self.iterations().map_or(&[], |iterations| &iterations.frames)
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
pub(super) const fn is_false(flag: &bool) -> bool {
    !*flag
}
