//! What each step of the definitions took: its parameters, its transitions, the iterations of loops.

use std::sync::Arc;

use serde::Serialize;

use super::compiled::{StepId, WorkflowId};
use super::state::RunId;
use super::unfold::Unfolding;
use crate::limits::Usage;
use crate::params::meter::{Meter, Stop};

/// The usage of a step of a definition, over all its runs.
///
/// ```
/// use selvedge::Map;
/// use selvedge::workflow::{Blueprint, Unfolding, Workflow};
/// let text = r#"{"workflow": {"id": "w", "steps": [{"step": {"id": "load", "type": "sql"}}]}}"#;
/// let blueprint = Blueprint::builder(Workflow::from_json(text)?).build(&selvedge::Engine::default())?;
/// let unfolding = Unfolding::start(&blueprint, &Map::new())?;
/// let load = &unfolding.usage_by_step()[0];
/// assert_eq!((&*load.workflow, &*load.step, load.begun), ("w", "load", 1));
/// assert!(load.usage.steps > 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct StepUsage {
    /// The id of its workflow.
    pub workflow: Arc<str>,
    /// Its id.
    pub step: Arc<str>,
    /// The number of runs that began.
    pub begun: u64,
    /// Steps, and bytes charged cumulatively.
    pub usage: Usage,
}

impl Unfolding {
    /// Returns the usage of each step that an event was about since this unfolding was started or restored, in the order of the
    /// definitions. Evaluating the workflow's own parameters, and finding what can be decided, belongs to no step.
    ///
    /// ```
    /// use selvedge::Map;
    /// use selvedge::workflow::{Answers, Blueprint, Unfolding, Workflow};
    /// let text = r#"{"workflow": {"id": "w", "steps": [{"foreach": {"id": "days",
    ///     "params": {"loop_params": {"type": "MAP", "value": {"day": {"type": "LONG_ARRAY", "value": [1, 2, 3]}}}},
    ///     "steps": [{"step": {"id": "load", "type": "sql", "params": {"n": {"type": "LONG", "expression": "day * 2"}}}}]}}]}}"#;
    /// let blueprint = Blueprint::builder(Workflow::from_json(text)?).build(&selvedge::Engine::default())?;
    /// let mut unfolding = Unfolding::start(&blueprint, &Map::new())?;
    /// unfolding.walk(&Answers::default(), None)?;
    /// let begun = unfolding.usage_by_step().into_iter().map(|of| (of.step.to_string(), of.begun));
    /// assert!(begun.eq([("days".to_owned(), 1), ("load".to_owned(), 3)]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn usage_by_step(&self) -> Vec<StepUsage> {
        let of_step = |(&(workflow, step), &(begun, usage)): (&(WorkflowId, StepId), &(u64, Usage))| {
            let workflow = self.blueprint.inner.workflows.get(workflow)?;
            Some(StepUsage {
                workflow: Arc::clone(&workflow.definition.id),
                step: Arc::clone(&workflow.steps.get(step)?.definition.id),
                begun,
                usage,
            })
        };
        self.spent.iter().filter_map(of_step).collect()
    }

    /// Does something for a run, and notes what that takes.
    pub(super) fn spend<T>(
        &mut self,
        at: RunId,
        meter: &mut Meter,
        work: impl FnOnce(&mut Self, &mut Meter) -> T,
    ) -> T {
        let before = meter.used();
        let done = work(self, meter);
        let after = meter.used();
        if let Ok((_, of)) = self.spent_on(at) {
            of.steps += after.steps.saturating_sub(before.steps);
            of.memory += after.memory.saturating_sub(before.memory);
        }
        done
    }

    /// As [`spend`](Self::spend), where a run begins.
    pub(super) fn spend_on_beginning(
        &mut self,
        at: RunId,
        meter: &mut Meter,
        work: impl FnOnce(&mut Self, &mut Meter) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        self.spend(at, meter, work)?;
        if let Ok((begun, _)) = self.spent_on(at) {
            *begun += 1;
        }
        Ok(())
    }

    fn spent_on(&mut self, at: RunId) -> Result<&mut (u64, Usage), Stop> {
        let frame = self.frame(at.frame)?;
        let workflow = frame.workflow;
        let step = self.blueprint.inner.body(frame)?.step(at.step);
        let step = step.ok_or(super::compiled::MISSING)?;
        Ok(self.spent.entry((workflow, step)).or_default())
    }
}
