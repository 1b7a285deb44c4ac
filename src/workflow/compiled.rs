//! A workflow's definition once it is checked: its lists of steps, and what names them. Each number is of its own type.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;
use serde::{Deserialize, Serialize};

use super::definition::{Step, Workflow};
use super::explain::Condition;
use crate::arena::{Arena, Id};
use crate::params::meter::Stop;
use crate::params::plan::Plan;

/// One of a blueprint's workflows.
pub(super) type WorkflowId = Id<Compiled>;
/// A list of steps of a workflow.
pub(super) type BodyId = Id<Body>;
/// A step of a workflow.
pub(super) type StepId = Id<CompiledStep>;

/// The first of each: the blueprint's own workflow, and the steps of a workflow that are in no loop.
pub(super) const MAIN: WorkflowId = Id::new(0);
pub(super) const OUTERMOST: BodyId = Id::new(0);

/// What stops a call whose state names what is not there.
pub(super) const MISSING: Stop = Stop::Bug("the unfolding refers to an unknown step or frame");

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

/// One workflow, checked.
#[derive(Debug)]
pub(super) struct Compiled {
    pub(super) definition: Workflow,
    pub(super) bodies: Arena<Body>,
    pub(super) steps: Arena<CompiledStep>,
    pub(super) by_id: HashMap<Arc<str>, StepId, RandomState>,
    /// The bytes that its parameters' definitions hold, and how many parts they have.
    pub(super) params_held: (u64, u64),
    /// The plan of its parameters, where it starts as it was checked: no parameters are around it then.
    pub(super) plan: Option<Plan>,
    /// For each attribute, its plan.
    pub(super) attributes: Vec<Plan>,
}

/// One step, checked.
#[derive(Debug)]
pub(super) struct CompiledStep {
    pub(super) definition: Step,
    /// The list it stands in, and which of its steps it is.
    pub(super) body: BodyId,
    pub(super) index: StepIndex,
    /// The list inside it, where it is a loop.
    pub(super) inner: Option<BodyId>,
    pub(super) plan: Plan,
    /// For each transition, its condition.
    pub(super) conditions: Vec<Option<Box<Condition>>>,
    /// For each transition, whether what runs where the step fails leads there as well.
    pub(super) handled: Vec<bool>,
    /// The condition of a while.
    pub(super) repeat: Option<Plan>,
    /// For each attribute, its plan.
    pub(super) attributes: Vec<Plan>,
    /// What is asked of the iterations of a loop, once they ended.
    pub(super) gathered: Vec<Gathers>,
}

/// A step inside a loop of which something is asked after the loop's end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Gathers {
    /// Which of the loop's steps it is.
    pub(super) step: StepIndex,
    /// The parameter; `None` if it may be any.
    pub(super) name: Option<Arc<str>>,
}

/// A list of steps: a workflow's, or a loop's.
#[derive(Clone, Debug, Default)]
pub(super) struct Body {
    /// The loop it belongs to.
    pub(super) parent: Option<StepId>,
    /// Its steps among all of the workflow.
    pub(super) steps: Vec<StepId>,
    /// For each step, the transitions that lead to it.
    pub(super) incoming: Vec<Vec<Incoming>>,
    /// The steps in an order in which each comes after what leads to it.
    pub(super) order: Vec<StepIndex>,
    /// Which run before which.
    pub(super) ancestors: Arc<Ancestors>,
    /// For each step, those that its transitions lead to.
    pub(super) outgoing: Vec<Vec<StepIndex>>,
    /// The transitions of all its steps.
    pub(super) transitions: usize,
}

impl Body {
    /// The transitions that lead to a step.
    pub(super) fn incoming(&self, step: StepIndex) -> &[Incoming] {
        self.incoming.get(step.get()).map_or(&[], Vec::as_slice)
    }

    /// The steps that a step's transitions lead to.
    pub(super) fn outgoing(&self, step: StepIndex) -> &[StepIndex] {
        self.outgoing.get(step.get()).map_or(&[], Vec::as_slice)
    }

    /// A step of the list, among all of the workflow.
    pub(super) fn step(&self, step: StepIndex) -> Option<StepId> {
        self.steps.get(step.get()).copied()
    }
}

/// A transition, from where it leads to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Incoming {
    pub(super) from: StepIndex,
    /// Which of the step's transitions it is.
    pub(super) transition: usize,
}

/// For each step of a list, a bit for each that runs before it.
#[derive(Clone, Debug, Default)]
pub(super) struct Ancestors {
    rows: Vec<Vec<u64>>,
}

impl Ancestors {
    pub(super) fn new(incoming: &[Vec<Incoming>], order: &[StepIndex]) -> Self {
        let words = incoming.len().div_ceil(64);
        let mut rows = vec![Vec::new(); incoming.len()];
        for &step in order {
            let mut row = vec![0_u64; words];
            for Incoming { from, .. } in incoming.get(step.get()).into_iter().flatten() {
                let from = from.get();
                for (word, before) in row.iter_mut().zip(rows.get(from).into_iter().flatten()) {
                    *word |= before;
                }
                if let Some(word) = row.get_mut(from / 64) {
                    *word |= 1 << (from % 64);
                }
            }
            if let Some(known) = rows.get_mut(step.get()) {
                *known = row;
            }
        }
        Self { rows }
    }

    /// Whether a step runs before another.
    pub(super) fn leads(&self, from: StepIndex, to: StepIndex) -> bool {
        let (from, to) = (from.get(), to.get());
        let word = self.rows.get(to).and_then(|row| row.get(from / 64));
        word.is_some_and(|word| word >> (from % 64) & 1 == 1)
    }
}
