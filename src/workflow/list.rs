//! The steps of a list while they are checked: what each sees of those that run before it, without a copy for each.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use foldhash::fast::RandomState;

use super::compiled::{Ancestors, StepIndex};
use super::definition::Step;
use crate::params::scope::{Earlier, StepState};
use crate::schema::Schema;

/// The steps of a list, and what is known of each once it is checked.
#[derive(Debug)]
pub(super) struct List {
    indexes: HashMap<Arc<str>, StepIndex, RandomState>,
    known: Vec<OnceLock<StepState>>,
    ancestors: Arc<Ancestors>,
}

/// What a step sees of its list: those that run before it, or itself.
#[derive(Debug)]
struct Seen {
    list: Arc<List>,
    by: StepIndex,
    is_own: bool,
}

impl List {
    pub(super) fn new(steps: &[Step], ancestors: Arc<Ancestors>) -> Self {
        let indexes = steps.iter().enumerate();
        Self {
            indexes: indexes
                .map(|(index, step)| (Arc::clone(&step.id), StepIndex::new(index)))
                .collect(),
            known: steps.iter().map(|_| OnceLock::new()).collect(),
            ancestors,
        }
    }

    /// Where a step stands.
    pub(super) fn index(&self, id: &str) -> Option<StepIndex> {
        self.indexes.get(id).copied()
    }

    /// Those that run before a step.
    pub(super) fn before(list: &Arc<Self>, step: StepIndex) -> Arc<dyn Earlier> {
        let list = Arc::clone(list);
        Arc::new(Seen {
            list,
            by: step,
            is_own: false,
        })
    }

    /// A step itself, now that it is checked.
    pub(super) fn own(list: &Arc<Self>, step: StepIndex, schema: &Arc<Schema>) -> Arc<dyn Earlier> {
        if let Some(known) = list.known.get(step.get()) {
            // It is checked once.
            let _ = known.set(StepState::Declared(Arc::clone(schema)));
        }
        let list = Arc::clone(list);
        Arc::new(Seen {
            list,
            by: step,
            is_own: true,
        })
    }
}

impl Earlier for Seen {
    fn step(&self, id: &str) -> Option<&StepState> {
        let list = &*self.list;
        let step = list.index(id)?;
        let is_seen = match self.is_own {
            true => step == self.by,
            false => list.ancestors.leads(step, self.by),
        };
        list.known.get(step.get()).filter(|_| is_seen)?.get()
    }
}
