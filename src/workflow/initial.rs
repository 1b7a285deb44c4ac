//! The parameters that a workflow starts with: its own definitions, and the values that whoever starts it gives.

use super::compiled::{Compiled, MAIN, WorkflowId};
use super::decide;
use super::inner::Inner;
use crate::host::HostCall;
use crate::params::meter::{Meter, NAME_STEPS};
use crate::params::plan::Plan;
use crate::params::text::json_chars;
use crate::params::{Definition, DefinitionError, InternalMode, Occasion, ParamType, Report, Scope};
use crate::value::Map;

/// The parameters that a workflow starts with.
pub(super) struct Started {
    pub(super) values: Map,
    /// How many characters they take as JSON.
    pub(super) size: u64,
}

impl From<Report> for Started {
    fn from(report: Report) -> Self {
        Self {
            size: report.size(),
            values: report.into_values(),
        }
    }
}

impl Inner {
    /// Evaluates a workflow's parameters with the values given.
    pub(super) fn start(
        &self,
        workflow: WorkflowId,
        given: &Map,
        occasion: Occasion,
        meter: &mut Meter,
    ) -> Result<Started, DefinitionError> {
        let Some(compiled) = self.workflows.get(workflow) else {
            return Err(decide::no_definition().into());
        };
        let is_new = |name: &str| compiled.definition.params.get(name).is_none();
        match &compiled.plan {
            // What was checked with the definition is what is evaluated.
            Some(plan) if given.is_empty() => Ok(self.evaluate(plan, Scope::new(), meter)?.into()),
            // What a step passes on that the workflow does not define stands beside its own.
            Some(plan) if given.keys().all(is_new) => {
                meter.steps(given.len() as u64 * NAME_STEPS)?;
                meter.copy(given.held())?;
                let report = self.evaluate(plan, Scope::new().with_values(given.clone()), meter)?;
                let mut started = Started::from(report);
                meter.copy(given.held())?;
                for (name, value) in given {
                    started.size += json_chars(value, meter)?;
                    started.values.insert(name, value.clone());
                }
                Ok(started)
            }
            _ => {
                let plan = self.changed(compiled, given, occasion, meter)?;
                Ok(self.evaluate(&plan, Scope::new(), meter)?.into())
            }
        }
    }

    /// The plan of a workflow's parameters, changed to the values given.
    fn changed(
        &self,
        compiled: &Compiled,
        given: &Map,
        occasion: Occasion,
        meter: &mut Meter,
    ) -> Result<Plan, DefinitionError> {
        let (bytes, parts) = compiled.params_held;
        let (given_bytes, given_parts) = given.held();
        // The definitions are copied, changed and copied again, and so are the values.
        let charged = meter.copy((3 * bytes + 6 * given_bytes, 3 * parts + 10 * given_parts));
        charged?;
        let mut set = (*compiled.definition.params).clone();
        let mut scope = self.signals.declared();
        if let Some(around) = &self.surroundings {
            // What is given for them counts among the workflow's own.
            for name in given.keys() {
                let declared = around.declared(name).and_then(ParamType::of_type);
                if let (None, Some(ty)) = (set.get(name), declared) {
                    set.insert(name, Definition::missing(InternalMode::Required).with_type(ty));
                }
            }
            scope = scope.with_types(around.without(|name| set.get(name).is_some()));
        }
        set.lay_values(given, occasion, self.engine.settings().quote_values)?;
        set.plan_in(&self.engine, &scope, "workflow.params", meter)
    }

    /// Refuses values for parameters that the workflow does not have.
    pub(super) fn known(&self, given: &Map) -> Result<(), DefinitionError> {
        let Some(compiled) = self.workflows.get(MAIN) else {
            return Ok(());
        };
        let own = &compiled.definition.params;
        own.knows_beside(given, self.surroundings.as_deref(), "the workflow has no parameter")
    }

    fn evaluate(&self, plan: &Plan, around: Scope, meter: &mut Meter) -> Result<Report, DefinitionError> {
        let mut scope = self.signals.declare(around);
        let added = self.signals.add(&mut scope, plan, meter);
        added?;
        let report = plan.evaluate_in(&scope, HostCall::default(), meter);
        match report.error() {
            Some(error) => Err(error.clone().into()),
            None => Ok(report),
        }
    }
}
