//! What is known of the steps of a workflow where its definitions are checked: what calls of `params` may ask of them.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::fast::RandomState;

use super::definition::{Body, ParameterSet};

/// The steps of a workflow, those inside loops among them, and those of the workflows that may run inside.
#[derive(Debug, Default)]
pub(crate) struct Known {
    pub(crate) steps: HashMap<Arc<str>, KnownStep, RandomState>,
    pub(crate) workflows: Arc<KnownWorkflows>,
    /// Whether the workflow's own parameters are checked, before which no step runs.
    pub(crate) of_workflow: bool,
    /// What calls of `params.getFromForeach` ask for: each argument where it is constant.
    pub(crate) gathered: Mutex<HashSet<Gathered>>,
}

/// What is asked of the iterations of a loop: the loop, a step inside it, and a parameter of that; none for any.
pub(crate) type Gathered = [Option<Box<str>>; 3];

impl Known {
    /// Notes what a call asks of a loop.
    pub(crate) fn gather(&self, asked: Gathered) {
        let mut gathered = self.gathered.lock().unwrap_or_else(PoisonError::into_inner);
        gathered.insert(asked);
    }

    /// Whether a step is a loop over a parameter of this name.
    pub(crate) fn is_of_loop(&self, step: &str, name: &str) -> bool {
        let step = self.steps.get(step);
        let ran_over = step.and_then(|step| step.params.get("loop_params"));
        matches!(ran_over.map(|ran_over| &ran_over.body), Some(Body::Members(members)) if members.get(name).is_some())
    }
}

/// By workflow and step, the parameters of each step that is in no loop.
pub(crate) type KnownWorkflows = HashMap<Arc<str>, HashMap<Arc<str>, Arc<ParameterSet>, RandomState>, RandomState>;

/// A step.
#[derive(Debug)]
pub(crate) struct KnownStep {
    pub(crate) kind: KnownKind,
    /// Its type, for messages.
    pub(crate) type_name: Arc<str>,
    /// The loop it stands in.
    pub(crate) parent: Option<Arc<str>>,
    pub(crate) params: Arc<ParameterSet>,
}

/// What a step does, as far as calls ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum KnownKind {
    /// Its steps run once for each element.
    Foreach,
    /// It runs a workflow; of this id, where that is known.
    Subworkflow(Option<Arc<str>>),
    /// Anything else.
    Other,
}
