//! The signals that expressions may read by name: their types before a run, and their values in it.

use std::sync::Arc;

use foldhash::fast::RandomState;
use indexmap::IndexMap;

use crate::params::Orchestrator;
use crate::params::meter::{Meter, NAME_STEPS, Stop};
use crate::params::plan::Plan;
use crate::params::scope::{Scope, splits};
use crate::schema::Schema;
use crate::value::Map;

/// The signals whose parameters expressions may read by name, and who knows their values.
#[derive(Clone)]
pub(super) struct Signals {
    pub(super) types: Vec<(Arc<str>, Arc<Schema>)>,
    pub(super) orchestrator: Arc<dyn Orchestrator>,
}

impl Signals {
    /// The same orchestrator, asked for signals of these names.
    pub(super) fn with_names(&self, names: &[Arc<str>]) -> Self {
        let open = Arc::new(Schema::open());
        Self {
            types: names.iter().map(|name| (Arc::clone(name), Arc::clone(&open))).collect(),
            orchestrator: Arc::clone(&self.orchestrator),
        }
    }

    /// A scope with the types of all signals.
    pub(super) fn declared(&self) -> Scope {
        self.declare(Scope::new())
    }

    /// The same beside what a scope has.
    pub(super) fn declare(&self, scope: Scope) -> Scope {
        let types = self.types.iter();
        types.fold(scope, |scope, (name, types)| {
            scope.with_signal_types(name, Arc::clone(types))
        })
    }

    /// Adds to a scope what the orchestrator says of the signals that a plan names. What it does not know is absent.
    pub(super) fn add(&self, scope: &mut Scope, plan: &Plan, meter: &mut Meter) -> Result<(), Stop> {
        if self.types.is_empty() {
            return Ok(());
        }
        let names: usize = plan.outer_names().map(|name| 8 + name.len()).sum();
        meter.steps((4 * names + self.types.len() * 16) as u64)?;
        let known = self.types.iter().map(|(name, _)| (&**name, Map::new()));
        let mut known: IndexMap<&str, Map, RandomState> = known.collect();
        for name in plan.outer_names().collect::<Vec<_>>() {
            for (signal, parameter) in splits(name) {
                meter.steps(NAME_STEPS + signal.len() as u64 / 4)?;
                if let Some(values) = known.get_mut(signal)
                    && let Ok(value) = self.orchestrator.get_from_signal(Some(signal), parameter)
                {
                    // It is the host's, and was made already.
                    meter.steps(NAME_STEPS)?;
                    values.insert(parameter, value);
                }
            }
        }
        for (signal, values) in known {
            scope.set_signal(signal, values);
        }
        Ok(())
    }
}

impl std::fmt::Debug for Signals {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_list()
            .entries(self.types.iter().map(|(name, _)| name))
            .finish()
    }
}
