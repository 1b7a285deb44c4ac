//! What a blueprint is made of: the workflow, its subworkflows, the signals, and who answers what a definition cannot.

use std::collections::HashMap;
use std::sync::Arc;

use super::blueprint::{Blueprint, Compiler, Inner, Signals};
use super::definition::Workflow;
use super::desk;
use super::limits::UnfoldLimits;
use crate::diagnostic::{Code, quote};
use crate::engine::Engine;
use crate::params::read::error;
use crate::params::{Orchestrator, ParameterSet, Problem, Unanswered};
use crate::schema::Schema;

/// Builds a [`Blueprint`].
///
/// ```
/// use selvedge::Engine;
/// use selvedge::workflow::{Blueprint, UnfoldLimits, Workflow};
/// let text = r#"{"workflow": {"id": "w", "steps": [{"step": {"id": "load", "type": "sql"}}]}}"#;
/// let workflow = Workflow::from_json(text).map_err(|_| "?")?;
/// let limits = UnfoldLimits { runs: 50, ..UnfoldLimits::default() };
/// let blueprint = Blueprint::builder(workflow).limits(limits).build(&Engine::default()).map_err(|_| "?")?;
/// assert_eq!(blueprint.limits().runs, 50);
/// # Ok::<(), &str>(())
/// ```
pub struct BlueprintBuilder {
    workflow: Workflow,
    subworkflows: Vec<Workflow>,
    orchestrator: Arc<dyn Orchestrator>,
    signals: Vec<(Arc<str>, Arc<Schema>)>,
    limits: UnfoldLimits,
}

impl BlueprintBuilder {
    pub(super) fn new(workflow: Workflow) -> Self {
        Self {
            workflow,
            subworkflows: Vec::new(),
            orchestrator: Arc::new(Unanswered),
            signals: Vec::new(),
            limits: UnfoldLimits::default(),
        }
    }

    /// With a workflow that subworkflow steps may name; it is unfolded inside of them. A subworkflow step that names another
    /// is one step, which the orchestrator runs.
    ///
    /// ```
    /// use selvedge::{Engine, Map};
    /// use selvedge::workflow::{Blueprint, Unfolding, Workflow};
    /// let outer = r#"{"workflow": {"id": "outer", "steps": [
    ///     {"subworkflow": {"id": "run", "params": {"subworkflow_id": {"value": "inner"}}}}]}}"#;
    /// let inner = r#"{"workflow": {"id": "inner", "steps": [{"step": {"id": "load", "type": "sql"}}]}}"#;
    /// let [outer, inner] = [outer, inner].map(|text| Workflow::from_json(text).map_err(|_| "?"));
    /// let blueprint = Blueprint::builder(outer?).subworkflow(inner?).build(&Engine::default()).map_err(|_| "?")?;
    /// let unfolding = Unfolding::start(&blueprint, &Map::new()).map_err(|_| "?")?;
    /// assert_eq!(unfolding.ready()[0].path, "run[0]/load");
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn subworkflow(mut self, workflow: Workflow) -> Self {
        self.subworkflows.push(workflow);
        self
    }

    /// With answers to what the unfolding itself does not know: signals, the run, unique ids.
    ///
    /// ```
    /// use selvedge::params::Orchestrator;
    /// use selvedge::workflow::{Blueprint, Unfolding, Workflow};
    /// use selvedge::{Engine, HostError, Map, Value};
    ///
    /// struct Counter;
    /// impl Orchestrator for Counter {
    ///     fn next_unique_id(&self) -> Result<Value, HostError> {
    ///         Ok("id-1".into())
    ///     }
    /// }
    ///
    /// let text = r#"{"workflow": {"id": "w", "steps": [
    ///     {"step": {"id": "load", "type": "sql", "params": {"id": {"expression": "params.nextUniqueId()"}}}}]}}"#;
    /// let workflow = Workflow::from_json(text).map_err(|_| "?")?;
    /// let blueprint = Blueprint::builder(workflow).orchestrator(Counter).build(&Engine::default()).map_err(|_| "?")?;
    /// let ready = Unfolding::start(&blueprint, &Map::new()).map_err(|_| "?")?.ready();
    /// assert_eq!(ready[0].parameters.get("id"), Some(&"id-1".into()));
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn orchestrator(mut self, orchestrator: impl Orchestrator + 'static) -> Self {
        self.orchestrator = Arc::new(orchestrator);
        self
    }

    /// With a signal whose parameters, of these types, expressions may read as `signal__parameter`. The orchestrator is asked for
    /// their values, as `params.getFromSignal` does.
    ///
    /// ```
    /// use selvedge::workflow::{Blueprint, Workflow};
    /// use selvedge::{Engine, Schema, Type};
    /// let text = r#"{"workflow": {"id": "w", "steps": [
    ///     {"step": {"id": "load", "type": "sql", "params": {"next": {"expression": "ready__day + 1"}}}}]}}"#;
    /// let builder = Blueprint::builder(Workflow::from_json(text).map_err(|_| "?")?);
    /// let builder = builder.signal("ready", Schema::new().with("day", Type::Long));
    /// assert!(builder.build(&Engine::default()).is_ok());
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn signal(mut self, name: &str, types: Schema) -> Self {
        self.signals.push((name.into(), Arc::new(types)));
        self
    }

    /// With other limits.
    #[must_use]
    pub fn limits(mut self, limits: UnfoldLimits) -> Self {
        self.limits = limits;
        self
    }

    /// Checks everything without unfolding it, the workflow's own parameters changed to these: what the author should know, though
    /// it was accepted.
    ///
    /// # Errors
    ///
    /// As [`BlueprintBuilder::build`].
    ///
    /// ```
    /// use selvedge::Engine;
    /// use selvedge::params::{Definition, ParameterSet};
    /// use selvedge::workflow::{Blueprint, Workflow};
    /// let text = r#"{"workflow": {"id": "w", "params": {"day": {"value": 1}}, "steps": []}}"#;
    /// let builder = Blueprint::builder(Workflow::from_json(text).map_err(|_| "?")?);
    /// let changed = ParameterSet::new().with("day", Definition::expression("tomorow"));
    /// assert_eq!(builder.check(changed, &Engine::default()).unwrap_err()[0].path(), "workflow.params.day");
    /// # Ok::<(), &str>(())
    /// ```
    pub fn check(mut self, params: ParameterSet, engine: &Engine) -> Result<Vec<Problem>, Vec<Problem>> {
        self.workflow.params = params;
        Ok(self.build(engine)?.warnings().to_vec())
    }

    /// Checks everything.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with any of the definitions: circles of steps, names, types, expressions.
    ///
    /// ```
    /// use selvedge::workflow::{Blueprint, Workflow};
    /// let text = r#"{"workflow": {"id": "w", "steps": [
    ///     {"step": {"id": "a", "type": "x", "transition": {"successors": {"b": "true"}}}},
    ///     {"step": {"id": "b", "type": "x", "transition": {"successors": {"a": "true"}}}}]}}"#;
    /// let workflow = Workflow::from_json(text).map_err(|_| "?")?;
    /// let problems = Blueprint::builder(workflow).build(&selvedge::Engine::default()).unwrap_err();
    /// assert_eq!(problems[0].code().text(), "E732");
    /// # Ok::<(), &str>(())
    /// ```
    pub fn build(self, engine: &Engine) -> Result<Blueprint, Vec<Problem>> {
        let signals = Signals {
            types: self.signals,
            orchestrator: Arc::clone(&self.orchestrator),
        };
        let functions = desk::functions(engine.settings().host_functions.clone(), self.orchestrator);
        let engine = engine.with_host_functions(functions);
        let mut problems = Vec::new();
        let mut workflows = Vec::new();
        let mut by_id = HashMap::new();
        for workflow in std::iter::once(self.workflow).chain(self.subworkflows) {
            let id = workflow.id.clone();
            let compiled = Compiler::new(&engine, &mut problems, signals.declared()).workflow(workflow);
            if by_id.insert(id, workflows.len()).is_some() {
                let message = format!("the workflow {} is given twice", quote(&compiled.definition.id));
                problems.push(error("", None, Code::DuplicateKey, message));
            }
            workflows.push(compiled);
        }
        let (errors, warnings): (Vec<_>, Vec<_>) = problems.into_iter().partition(Problem::is_error);
        match errors.is_empty() {
            true => Ok(Blueprint {
                inner: Arc::new(Inner {
                    engine,
                    workflows,
                    by_id,
                    limits: self.limits,
                    signals,
                    warnings,
                }),
            }),
            false => Err(errors.into_iter().chain(warnings).collect()),
        }
    }
}

impl std::fmt::Debug for BlueprintBuilder {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "BlueprintBuilder({})", self.workflow.id)
    }
}
