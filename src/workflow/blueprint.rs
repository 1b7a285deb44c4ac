//! What a host holds of a workflow and those inside it, checked before anything runs, and what builds it.

use std::collections::HashMap;
use std::sync::Arc;

#[cfg(feature = "project")]
use super::beside::Beside;
use super::calls;
use super::compile::Compiler;
use super::defaults::Defaults;
use super::definition::Workflow;
use super::explain::CONDITION;
use super::failure::Failure;
use super::hash::Hash;
use super::inherit::{inherited, known};
use super::inner::Inner;
use super::limits::UnfoldLimits;
use super::paths;
use super::reach;
use super::signals::Signals;
use crate::arena::Arena;
use crate::diagnostic::{Code, quote};
use crate::engine::Engine;
use crate::host::Interrupt;
use crate::params::bounded;
use crate::params::known::KnownWorkflows;
use crate::params::meter::{Meter, Stop};
use crate::params::problem::error;
use crate::params::{DefinitionError, Orchestrator, ParameterSet, Problem, Unanswered};
use crate::schema::Schema;
use crate::value::Map;

/// Steps for an engine of its own, whose functions read what has run.
const BUILD_STEPS: u64 = 300;

/// A workflow and the subworkflows it may run, checked and ready to be unfolded any number of times.
///
/// ```
/// use selvedge::workflow::{Blueprint, Workflow};
/// let text = r#"{"workflow": {"id": "w", "steps": [
///     {"step": {"id": "a", "type": "x", "transition": {"successors": {"b": "rows > 0"}}}},
///     {"step": {"id": "b", "type": "x"}}
/// ]}}"#;
/// let workflow = Workflow::from_json(text)?;
/// let refused = Blueprint::builder(workflow).build(&selvedge::Engine::default()).unwrap_err();
/// assert_eq!(refused.problems()[0].message(), "unknown name `rows`");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Blueprint {
    pub(super) inner: Arc<Inner>,
}

/// Bytes of a definition's text that are hashed, and at last dropped with what was read of them, for a step.
const HASHED_BYTES: u64 = 2;

/// Builds a [`Blueprint`].
///
/// ```
/// use selvedge::Engine;
/// use selvedge::workflow::{Blueprint, UnfoldLimits, Workflow};
/// let text = r#"{"workflow": {"id": "w", "steps": [{"step": {"id": "load", "type": "sql"}}]}}"#;
/// let workflow = Workflow::from_json(text)?;
/// let limits = UnfoldLimits::default().runs(50);
/// let blueprint = Blueprint::builder(workflow).limits(limits).build(&Engine::default())?;
/// assert_eq!(blueprint.limits().runs, 50);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct BlueprintBuilder {
    workflow: Workflow,
    subworkflows: Vec<Workflow>,
    orchestrator: Arc<dyn Orchestrator>,
    signals: Vec<(Arc<str>, Arc<Schema>)>,
    surroundings: Option<Arc<Schema>>,
    defaults: Defaults,
    /// The workflows that its steps may ask, where they are not those that are given.
    known: Option<Arc<KnownWorkflows>>,
    limits: UnfoldLimits,
}

impl Blueprint {
    /// Starts to build the blueprint of a workflow.
    pub fn builder(workflow: Workflow) -> BlueprintBuilder {
        BlueprintBuilder {
            workflow,
            subworkflows: Vec::new(),
            orchestrator: Arc::new(Unanswered),
            signals: Vec::new(),
            surroundings: None,
            defaults: Defaults::new(),
            known: None,
            limits: UnfoldLimits::default(),
        }
    }

    /// The workflow.
    pub fn workflow(&self) -> Option<&Workflow> {
        self.inner.workflows.first().map(|workflow| &workflow.definition)
    }

    /// The warnings about the definition.
    pub fn warnings(&self) -> &[Problem] {
        &self.inner.warnings
    }

    /// Checks the path or id of a step, as [`Answers`](super::Answers) and [`Unfolding::walk`](super::Unfolding::walk) accept it.
    ///
    /// # Errors
    ///
    /// What is not a step of the workflow, nor of one that may run inside, with what may have been meant.
    ///
    /// ```
    /// use selvedge::workflow::{Blueprint, Workflow};
    /// let text = r#"{"workflow": {"id": "w", "steps": [{"step": {"id": "load", "type": "sql"}}]}}"#;
    /// let blueprint = Blueprint::builder(Workflow::from_json(text)?).build(&selvedge::Engine::default())?;
    /// assert!(blueprint.find_step("load").is_ok());
    /// assert_eq!(blueprint.find_step("laod").unwrap_err().help(), Some("did you mean `load`?"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn find_step(&self, path: &str) -> Result<(), Problem> {
        paths::find(&self.inner, path)
    }

    /// A hash of the definitions, their defaults, the types of ambient parameters and the limits. Saved states belong to it.
    ///
    /// ```
    /// use selvedge::Engine;
    /// use selvedge::workflow::{Blueprint, Workflow};
    /// let blueprint = |id| {
    ///     let text = format!(r#"{{"workflow": {{"id": "{id}", "steps": []}}}}"#);
    ///     Blueprint::builder(Workflow::from_json(&text)?).build(&Engine::default())
    /// };
    /// assert_eq!(blueprint("a")?.hash(), blueprint("a")?.hash());
    /// assert_ne!(blueprint("a")?.hash(), blueprint("b")?.hash());
    /// # Ok::<(), selvedge::params::DefinitionError>(())
    /// ```
    pub fn hash(&self) -> &str {
        &self.inner.hash
    }

    /// The limits of unfolding it.
    pub fn limits(&self) -> &UnfoldLimits {
        &self.inner.limits
    }
}

impl BlueprintBuilder {
    /// Adds a workflow that subworkflow steps may refer to, and that unfolds inside them. The orchestrator runs subworkflow steps that
    /// refer to other workflows.
    ///
    /// ```
    /// use selvedge::{Engine, Map};
    /// use selvedge::workflow::{Blueprint, Unfolding, Workflow};
    /// let outer = r#"{"workflow": {"id": "outer", "steps": [
    ///     {"subworkflow": {"id": "run", "params": {"subworkflow_id": {"value": "inner"}}}}]}}"#;
    /// let inner = r#"{"workflow": {"id": "inner", "steps": [{"step": {"id": "load", "type": "sql"}}]}}"#;
    /// let [outer, inner] = [outer, inner].map(|text| Workflow::from_json(text));
    /// let blueprint = Blueprint::builder(outer?).subworkflow(inner?).build(&Engine::default())?;
    /// let unfolding = Unfolding::start(&blueprint, &Map::new())?;
    /// assert_eq!(unfolding.ready()[0].path, "run[0]/load");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn subworkflow(mut self, workflow: Workflow) -> Self {
        self.subworkflows.push(workflow);
        self
    }

    /// Sets the orchestrator, which answers for signals, the run and unique ids.
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
    /// let workflow = Workflow::from_json(text)?;
    /// let blueprint = Blueprint::builder(workflow).orchestrator(Counter).build(&Engine::default())?;
    /// let ready = Unfolding::start(&blueprint, &Map::new())?.ready();
    /// assert_eq!(ready[0].parameters.get("id"), Some(&"id-1".into()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn orchestrator(mut self, orchestrator: impl Orchestrator + 'static) -> Self {
        self.orchestrator = Arc::new(orchestrator);
        self
    }

    /// Adds a signal with parameters of these types, which expressions may read as `signal__parameter`. The orchestrator provides their
    /// values, as for `params.getFromSignal`.
    ///
    /// ```
    /// use selvedge::workflow::{Blueprint, Workflow};
    /// use selvedge::{Engine, Schema, Type};
    /// let text = r#"{"workflow": {"id": "w", "steps": [
    ///     {"step": {"id": "load", "type": "sql", "params": {"next": {"expression": "ready__part + 1"}}}}]}}"#;
    /// let builder = Blueprint::builder(Workflow::from_json(text)?);
    /// let builder = builder.signal("ready", Schema::new().with("part", Type::Long));
    /// assert!(builder.build(&Engine::default()).is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn signal(mut self, name: &str, types: Schema) -> Self {
        self.signals.push((name.into(), Arc::new(types)));
        self
    }

    /// Adds ambient parameters of these types, such as the time of the run. [`Unfolding::start`](super::Unfolding::start) accepts their
    /// values along with those of the workflow's own parameters.
    ///
    /// ```
    /// use selvedge::workflow::{Blueprint, Workflow};
    /// use selvedge::{Engine, Schema, Type};
    /// let text = r#"{"workflow": {"id": "daily", "params": {
    ///     "day": {"type": "LONG", "expression": "Util.tsToDateInt(RUN_TS)"}
    /// }, "steps": [{"step": {"id": "load", "type": "spark"}}]}}"#;
    /// let workflow = Workflow::from_json(text)?;
    /// assert!(Blueprint::builder(workflow.clone()).build(&Engine::default()).is_err());
    /// let types = Schema::new().with("RUN_TS", Type::Long);
    /// assert!(Blueprint::builder(workflow).surroundings(types).build(&Engine::default()).is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn surroundings(mut self, types: Schema) -> Self {
        self.surroundings = Some(Arc::new(types));
        self
    }

    /// With workflows that are known beside it, and are not checked.
    #[cfg(feature = "project")]
    pub(crate) fn beside(mut self, beside: &Beside) -> Self {
        self.surroundings = beside.around(self.workflow.id(), self.surroundings);
        self.known = Some(Arc::clone(&beside.known)).filter(|known| !known.is_empty());
        self
    }

    /// Sets the default parameters: of all workflows and steps, of types of steps, of job templates.
    ///
    /// ```
    /// use selvedge::params::{Definition, InternalMode, ParamType, ParameterSet};
    /// use selvedge::workflow::{Blueprint, Defaults, Workflow};
    /// let image = Definition::missing(InternalMode::Required).with_type(ParamType::String);
    /// let defaults = Defaults::new().with_type("kubernetes", ParameterSet::new().with("image", image));
    /// let text = r#"{"workflow": {"id": "w", "steps": [{"step": {"id": "run", "type": "kubernetes"}}]}}"#;
    /// let builder = Blueprint::builder(Workflow::from_json(text)?).defaults(defaults);
    /// let refused = builder.build(&selvedge::Engine::default()).unwrap_err();
    /// assert_eq!(refused.problems()[0].message(), "`image` is required and has no value");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn defaults(mut self, defaults: Defaults) -> Self {
        self.defaults = defaults;
        self
    }

    /// Sets the limits.
    #[must_use]
    pub fn limits(mut self, limits: UnfoldLimits) -> Self {
        self.limits = limits;
        self
    }

    /// Checks everything, with the workflow's own parameters replaced by these, and returns the warnings.
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
    /// let builder = Blueprint::builder(Workflow::from_json(text)?);
    /// let changed = ParameterSet::new().with("day", Definition::expression("tomorow"));
    /// assert_eq!(builder.check(changed, &Engine::default()).unwrap_err().problems()[0].path(), "workflow.params.day");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn check(self, params: ParameterSet, engine: &Engine) -> Result<Vec<Problem>, DefinitionError> {
        self.check_with(params, engine, &Interrupt::new())
    }

    /// As [`check`](Self::check), until it is interrupted.
    ///
    /// # Errors
    ///
    /// As [`check`](Self::check); or what stopped it.
    ///
    /// ```
    /// use std::time::Duration;
    /// use selvedge::params::ParameterSet;
    /// use selvedge::workflow::{Blueprint, Workflow};
    /// use selvedge::{Engine, Interrupt};
    /// let text = r#"{"workflow": {"id": "w", "steps": [{"step": {"id": "load", "type": "sql"}}]}}"#;
    /// let builder = Blueprint::builder(Workflow::from_json(text)?);
    /// let late = Interrupt::new().timeout(Duration::ZERO);
    /// let refused = builder.check_with(ParameterSet::new(), &Engine::default(), &late).unwrap_err();
    /// assert_eq!(refused.problems()[0].code().text(), "E608");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn check_with(
        mut self,
        params: ParameterSet,
        engine: &Engine,
        interrupt: &Interrupt,
    ) -> Result<Vec<Problem>, DefinitionError> {
        self.workflow.params = Arc::new(params);
        Ok(self.build_with(engine, interrupt)?.warnings().to_vec())
    }

    /// The hash of all that the blueprint is made of.
    fn hash(&self, meter: &mut Meter) -> Result<Hash, Stop> {
        let mut hash = Hash::new();
        for workflow in std::iter::once(&self.workflow).chain(&self.subworkflows) {
            meter.steps(workflow.text.len() as u64 / HASHED_BYTES)?;
            hash.add(&(workflow.is_yaml, &workflow.text));
        }
        self.defaults.add_to(&mut hash, meter)?;
        hash.add(&self.surroundings);
        hash.add(&self.signals);
        hash.add(&self.limits);
        Ok(hash)
    }

    /// Checks everything and returns the blueprint.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with any of the definitions: cycles of steps, names, types, expressions.
    ///
    /// ```
    /// use selvedge::workflow::{Blueprint, Workflow};
    /// let text = r#"{"workflow": {"id": "w", "steps": [
    ///     {"step": {"id": "a", "type": "x", "transition": {"successors": {"b": "true"}}}},
    ///     {"step": {"id": "b", "type": "x", "transition": {"successors": {"a": "true"}}}}]}}"#;
    /// let workflow = Workflow::from_json(text)?;
    /// let refused = Blueprint::builder(workflow).build(&selvedge::Engine::default()).unwrap_err();
    /// assert_eq!(refused.problems()[0].code().text(), "E732");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn build(self, engine: &Engine) -> Result<Blueprint, DefinitionError> {
        self.build_with(engine, &Interrupt::new())
    }

    /// As [`build`](Self::build), until it is interrupted.
    ///
    /// # Errors
    ///
    /// As [`build`](Self::build); or what stopped it.
    ///
    /// ```
    /// use std::time::Duration;
    /// use selvedge::workflow::{Blueprint, Workflow};
    /// use selvedge::{Engine, Interrupt};
    /// let text = r#"{"workflow": {"id": "w", "params": {"day": {"expression": "1 + 1"}}, "steps": []}}"#;
    /// let builder = Blueprint::builder(Workflow::from_json(text)?);
    /// let refused = builder.build_with(&Engine::default(), &Interrupt::new().timeout(Duration::ZERO)).unwrap_err();
    /// assert_eq!(refused.problems()[0].code().text(), "E608");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn build_with(self, engine: &Engine, interrupt: &Interrupt) -> Result<Blueprint, DefinitionError> {
        let mut meter = self.limits.meter(interrupt);
        let hash: Arc<str> = self.hash(&mut meter)?.text().into();
        let signals = Signals {
            types: self.signals,
            orchestrator: Arc::clone(&self.orchestrator),
        };
        meter.steps(BUILD_STEPS)?;
        let functions = calls::functions(engine.settings().host_functions.clone(), self.orchestrator);
        let engine = engine.with_host_functions(functions);
        let mut problems = Vec::new();
        let mut workflows = Arena::default();
        let mut by_id = HashMap::new();
        let mut definitions: Vec<Workflow> = std::iter::once(self.workflow).chain(self.subworkflows).collect();
        for (index, workflow) in definitions.iter_mut().enumerate() {
            let mut found = self.defaults.apply(workflow, &mut meter)?;
            of_workflow(&mut found, index, &workflow.id);
            bounded::add(&mut problems, found);
        }
        let known = self.known.unwrap_or_else(|| Arc::new(known(&definitions)));
        let inherited = inherited(&definitions, self.surroundings.as_ref(), &mut meter)?;
        for (workflow, around) in definitions.into_iter().zip(inherited) {
            let id = Arc::clone(&workflow.id);
            let mut found = Vec::new();
            let compiled = Compiler::new(
                &engine,
                &mut found,
                (&mut meter, self.limits.definition_steps),
                signals.declared(),
                Arc::clone(&known),
            )
            .workflow(workflow, around.as_ref(), self.surroundings.is_none());
            // Where something is wrong not all steps are there.
            if !found.iter().any(|problem| problem.diagnostic().is_error()) {
                found.extend(reach::unreachable(&compiled, &mut meter)?);
            }
            of_workflow(&mut found, workflows.len(), &id);
            bounded::add(&mut problems, found);
            if by_id.insert(id, workflows.next()).is_some() {
                let message = format!("duplicate workflow {}", quote(&compiled.definition.id));
                problems.push(error("", None, Code::DuplicateKey, message));
            }
            workflows.push(compiled);
            meter.check()?;
        }
        let full = format!("the unfolding would keep more than {} bytes", self.limits.kept);
        let reporter = engine.clone();
        DefinitionError::unless_errors(problems, &reporter, |warnings| Blueprint {
            inner: Arc::new(Inner {
                engine,
                workflows,
                by_id,
                limits: self.limits,
                hash,
                signals,
                surroundings: self.surroundings,
                warnings,
                empty: Arc::new(Map::new()),
                full: Arc::new(Failure::at("", None, Code::WorkflowSize, full)),
                undecided: Arc::new([]),
                in_while: Arc::new(Map::from_iter([(CONDITION, true)])),
            }),
        })
    }
}

/// Says of problems which workflow they are in, unless it is the first.
fn of_workflow(problems: &mut [Problem], index: usize, id: &Arc<str>) {
    if index > 0 {
        for problem in problems {
            problem.set_workflow(id);
        }
    }
}

impl std::fmt::Debug for BlueprintBuilder {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "BlueprintBuilder({})", self.workflow.id)
    }
}
