//! The workflows that are known beside one that is checked: what its steps may ask of those that they run, and what steps of others which run
//! it give it.

use std::collections::HashMap;
use std::sync::Arc;

use super::defaults::Defaults;
use super::definition::Workflow;
use super::inherit::{Names, known, names_given, with_names};
use super::limits::UnfoldLimits;
use crate::host::Interrupt;
use crate::params::known::KnownWorkflows;
use crate::params::meter::{Meter, Stop};
use crate::schema::Schema;

/// The workflows by their ids; of an id that two have there is none.
#[derive(Debug, Default)]
pub(crate) struct Beside {
    pub(super) known: Arc<KnownWorkflows>,
    /// What the steps that run a workflow have around them.
    given: HashMap<Arc<str>, Names>,
}

impl Beside {
    /// Some workflows, laid over defaults; `None` if that is stopped.
    pub(crate) fn of(workflows: &[Workflow], defaults: &Defaults, interrupt: &Interrupt) -> Self {
        let mut meter = UnfoldLimits::default().meter(interrupt);
        Self::within(workflows, defaults, &mut meter).unwrap_or_default()
    }

    fn within(workflows: &[Workflow], defaults: &Defaults, meter: &mut Meter) -> Result<Self, Stop> {
        let mut times: HashMap<&str, usize> = HashMap::new();
        for workflow in workflows {
            *times.entry(workflow.id()).or_default() += 1;
        }
        let is_one = |workflow: &&Workflow| times.get(workflow.id()) == Some(&1);
        let mut laid: Vec<Workflow> = workflows.iter().filter(is_one).cloned().collect();
        for workflow in &mut laid {
            // What is wrong with it is told where it is checked.
            defaults.apply(workflow, meter)?;
        }
        let given = names_given(&laid, &Schema::new(), false, meter)?;
        let ids = laid.iter().map(|workflow| Arc::clone(&workflow.id));
        Ok(Self {
            given: ids.zip(given).collect(),
            known: Arc::new(known(&laid)),
        })
    }

    /// The parameters around a workflow, with what steps that run it have.
    pub(super) fn around(&self, id: &str, around: Option<Arc<Schema>>) -> Option<Arc<Schema>> {
        match self.given.get(id).filter(|names| !names.is_empty()) {
            Some(names) => {
                let around = around.map_or_else(Schema::new, Arc::unwrap_or_clone);
                Some(Arc::new(with_names(around, names)))
            }
            None => around,
        }
    }
}
