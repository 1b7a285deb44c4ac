//! The values of what a workflow and its steps say beside their parameters, where they are.

use std::sync::Arc;

use super::attribute::{Attribute, Sees};
use super::calls;
use super::compiled::{Compiled, MISSING};
use super::decide;
use super::policy;
use super::state::{ROOT, Run, RunId};
use super::unfold::Unfolding;
use crate::diagnostic::{Code, quote};
use crate::host::{HostCall, Interrupt};
use crate::params::meter::{Meter, Stop};
use crate::params::plan::Plan;
use crate::params::problem::{error, key_path};
use crate::params::{Problem, Report, Scope};
use crate::value::{Map, Value};

impl Unfolding {
    /// Evaluates the keys of a step other than its parameters: `timeout`, `retry_policy`, `alerting`, `notes` and `signal_dependencies`
    /// once it is ready, and `signal_outputs` once it ran. For the workflow itself, with an empty path: `timeout`, `alerting` and `notes`.
    /// Lists are lists.
    ///
    /// # Errors
    ///
    /// A path of no step that began, and what goes wrong in evaluating.
    ///
    /// ```
    /// use selvedge::Map;
    /// use selvedge::workflow::{Blueprint, Unfolding, Workflow};
    /// let text = r#"{"workflow": {"id": "w", "params": {"minutes": {"value": 20}}, "timeout": "2 h", "steps": [
    ///     {"step": {"id": "load", "type": "sql", "timeout": "${minutes} min"}}]}}"#;
    /// let workflow = Workflow::from_json(text)?;
    /// let blueprint = Blueprint::builder(workflow).build(&selvedge::Engine::default())?;
    /// let unfolding = Unfolding::start(&blueprint, &Map::new())?;
    /// assert_eq!(unfolding.attributes("load")?.get("timeout"), Some(&"20 min".into()));
    /// assert_eq!(unfolding.attributes("")?.get("timeout"), Some(&"2 h".into()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn attributes(&self, path: &str) -> Result<Map, Problem> {
        self.attributes_with(path, &Interrupt::new())
    }

    /// As [`attributes`](Self::attributes), until it is interrupted.
    ///
    /// # Errors
    ///
    /// As [`attributes`](Self::attributes); or what stopped it.
    ///
    /// ```
    /// use selvedge::workflow::{Blueprint, Unfolding, Workflow};
    /// use selvedge::{Interrupt, Map};
    /// let text = r#"{"workflow": {"id": "w", "timeout": "2 h", "steps": []}}"#;
    /// let blueprint = Blueprint::builder(Workflow::from_json(text)?).build(&selvedge::Engine::default())?;
    /// let unfolding = Unfolding::start(&blueprint, &Map::new())?;
    /// assert_eq!(unfolding.attributes_with("", &Interrupt::new())?.len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn attributes_with(&self, path: &str, interrupt: &Interrupt) -> Result<Map, Problem> {
        let mut meter = self.blueprint.limits().meter(interrupt);
        meter.steps(path.len() as u64).map_err(Stop::problem)?;
        if path.is_empty() {
            return self.of_workflow(&mut meter);
        }
        match self.find(path) {
            Some(at) => self.of_step(at, &mut meter),
            None => {
                let message = format!("unknown step {}", quote(path));
                Err(error("", None, Code::UnknownStep, message))
            }
        }
    }

    fn of_workflow(&self, meter: &mut Meter) -> Result<Map, Problem> {
        let compiled: &Compiled = self.compiled(ROOT).map_err(Stop::problem)?;
        let values = &self.frame(ROOT).map_err(Stop::problem)?.values;
        let mut found = Map::new();
        for (attribute, plan) in compiled.definition.attributes.iter().zip(&compiled.attributes) {
            // What starts a workflow is decided before it runs.
            if attribute.sees != Sees::Around {
                continue;
            }
            let mut scope = Scope::new().with_values(Arc::clone(values));
            let signals = &self.blueprint.inner.signals;
            signals.add(&mut scope, plan, meter).map_err(Stop::problem)?;
            let report = plan.evaluate_in(&scope, HostCall::default(), meter);
            add(&mut found, attribute, value_of(attribute, &report, meter)?);
        }
        Ok(found)
    }

    /// One of a step's attributes that see what is around it.
    pub(super) fn attribute(&self, at: RunId, key: &str, meter: &mut Meter) -> Result<Option<Value>, Problem> {
        let step = self.step(at).map_err(Stop::problem)?;
        let mut attributes = step.definition.attributes.iter().zip(&step.attributes);
        let Some((attribute, plan)) = attributes.find(|(attribute, _)| &*attribute.key == key) else {
            return Ok(None);
        };
        self.value_at(at, (attribute, plan), None, meter)
    }

    /// The value of one of a step's attributes, with the step's own parameters where it sees them.
    fn value_at(
        &self,
        at: RunId,
        (attribute, plan): (&Attribute, &Plan),
        own: Option<&Arc<Map>>,
        meter: &mut Meter,
    ) -> Result<Option<Value>, Problem> {
        let view = self.view(at);
        let scope = view.scope(plan, own, meter).map_err(Stop::problem)?;
        let report = calls::evaluate(plan, &scope, view, meter);
        value_of(attribute, &report, meter)
    }

    fn of_step(&self, at: RunId, meter: &mut Meter) -> Result<Map, Problem> {
        let step = self.step(at).map_err(Stop::problem)?;
        let (own, has_ended) = match self.run(at).map_err(Stop::problem)? {
            Run::Waiting | Run::Skipped | Run::Blocked => return Ok(Map::new()),
            Run::Ready { values, .. } | Run::Open { values, .. } => (values, false),
            Run::Ended { values, status, .. } => (values, status.continues()),
        };
        let mut found = Map::new();
        for (attribute, plan) in step.definition.attributes.iter().zip(&step.attributes) {
            let is_of_end = attribute.sees == Sees::OwnParameters;
            if is_of_end && !has_ended {
                continue;
            }
            let value = self.value_at(at, (attribute, plan), is_of_end.then_some(own), meter)?;
            add(&mut found, attribute, value);
        }
        Ok(found)
    }

    /// Evaluates the signal triggers of a workflow before it starts: the condition, deduplication key and parameters of each, in order. The
    /// blueprint's orchestrator answers for the signals.
    ///
    /// # Errors
    ///
    /// What goes wrong in evaluating.
    ///
    /// ```
    /// use selvedge::params::Orchestrator;
    /// use selvedge::workflow::{Blueprint, Unfolding, Workflow};
    /// use selvedge::{Engine, HostError, Value};
    /// struct Landed;
    /// impl Orchestrator for Landed {
    ///     fn get_from_signal(&self, _: Option<&str>, parameter: &str) -> Result<Value, HostError> {
    ///         Ok(parameter.into())
    ///     }
    /// }
    /// let text = r#"{"workflow": {"id": "w", "signal_triggers": [
    ///     {"definitions": {"landed": {}}, "condition": "landed__day == 'day'"}], "steps": []}}"#;
    /// let builder = Blueprint::builder(Workflow::from_json(text)?).orchestrator(Landed);
    /// let triggers = Unfolding::triggers(&builder.build(&Engine::default())?)?;
    /// assert_eq!(triggers[0].get("condition"), Some(&true.into()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn triggers(blueprint: &super::Blueprint) -> Result<Vec<Map>, Problem> {
        Self::triggers_with(blueprint, &Interrupt::new())
    }

    /// As [`triggers`](Self::triggers), until it is interrupted.
    ///
    /// # Errors
    ///
    /// As [`triggers`](Self::triggers); or what stopped it.
    ///
    /// ```
    /// use selvedge::workflow::{Blueprint, Unfolding, Workflow};
    /// use selvedge::{Engine, Interrupt};
    /// let workflow = Workflow::from_json(r#"{"workflow": {"id": "w", "steps": []}}"#)?;
    /// let blueprint = Blueprint::builder(workflow).build(&Engine::default())?;
    /// assert!(Unfolding::triggers_with(&blueprint, &Interrupt::new())?.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn triggers_with(blueprint: &super::Blueprint, interrupt: &Interrupt) -> Result<Vec<Map>, Problem> {
        let mut meter = blueprint.limits().meter(interrupt);
        let compiled = blueprint.inner.workflows.first().ok_or_else(decide::no_definition)?;
        let mut found = Vec::new();
        for (attribute, plan) in compiled.definition.attributes.iter().zip(&compiled.attributes) {
            if attribute.sees == Sees::Signals {
                found.push(trigger(blueprint, attribute, plan, &mut meter)?);
            }
        }
        Ok(found)
    }
}

/// The values of what starts a workflow.
fn trigger(
    blueprint: &super::Blueprint,
    attribute: &Attribute,
    plan: &Plan,
    meter: &mut Meter,
) -> Result<Map, Problem> {
    let signals = blueprint.inner.signals.with_names(&attribute.signals);
    let mut scope = Scope::new();
    signals.add(&mut scope, plan, meter).map_err(Stop::problem)?;
    let report = plan.evaluate_in(&scope, HostCall::default(), meter);
    match value_of(attribute, &report, meter)? {
        Some(Value::Map(map)) => Ok(map),
        _ => Err(MISSING.problem()),
    }
}

/// The value of an attribute; `None` if it is left out.
fn value_of(attribute: &Attribute, report: &Report, meter: &mut Meter) -> Result<Option<Value>, Problem> {
    meter.check().map_err(Stop::problem)?;
    if let Some(error) = report.error() {
        return Err(error.clone());
    }
    let Some(value) = report.value(&attribute.key) else {
        return Ok(None);
    };
    meter.copy(value.held()).map_err(Stop::problem)?;
    // Texts that were not known where the definition was read.
    if let "timeout" | "retry_policy" = &*attribute.key
        && let Some((keys, why)) = policy::wrong(&attribute.key, &serde_json::to_value(value).unwrap_or_default()).pop()
    {
        let path = keys
            .iter()
            .fold(attribute.path.to_string(), |path, key| key_path(&path, key));
        return Err(error(&path, attribute.definition.position(), Code::WorkflowShape, why));
    }
    Ok(Some(value.clone()))
}

/// Adds the value of an attribute: to the list of those under its key, where they are listed.
fn add(found: &mut Map, attribute: &Attribute, value: Option<Value>) {
    let Some(value) = value else { return };
    match (attribute.is_listed, found.get_mut(&attribute.key)) {
        (false, _) => {
            found.insert(&*attribute.key, value);
        }
        (true, Some(Value::List(list))) => list.push(value),
        (true, _) => {
            found.insert(&*attribute.key, Value::from(vec![value]));
        }
    }
}
