//! What parameters are before their definitions: the system's, by the type of the step, and those of job templates.

use std::sync::Arc;

use indexmap::IndexMap;
use serde_json::Value as Json;

use super::definition::{Step, StepKind, Workflow};
use super::hash::Hash;
use crate::diagnostic::Code;
use crate::params::document::{self, Document, Kind};
use crate::params::meter::{Meter, Stop};
use crate::params::problem::error;
use crate::params::problem::key_path;
use crate::params::read::{self, Style};
use crate::params::{DefinitionError, Occasion, ParameterSet, Problem, bounded};
use crate::source::Position;

/// Default parameters of all workflows and steps, or of those of a type. Definitions override them.
///
/// A step has those of all steps, then those of its type, then those of its job template, then its own.
///
/// ```
/// use selvedge::workflow::{Blueprint, Defaults, Unfolding, Workflow};
/// use selvedge::{Engine, Map};
/// let defaults = Defaults::from_json(r#"{"http": {
///     "method": {"type": "STRING", "value": "GET", "internal_mode": "PROVIDED"},
///     "url": {"type": "STRING", "internal_mode": "REQUIRED"}}}"#)?;
/// let text = r#"{"workflow": {"id": "w", "steps": [
///     {"step": {"id": "ask", "type": "http", "params": {"url": {"value": "https://example.org"}}}}]}}"#;
/// let builder = Blueprint::builder(Workflow::from_json(text)?).defaults(defaults);
/// let ready = Unfolding::start(&builder.build(&Engine::default())?, &Map::new())?.ready();
/// assert_eq!(ready[0].parameters.get("method"), Some(&"GET".into()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Defaults {
    workflow: ParameterSet,
    steps: ParameterSet,
    types: IndexMap<String, ParameterSet>,
    templates: IndexMap<String, Template>,
}

/// A job template: the type of the steps that run it, and its parameters.
#[derive(Clone, Debug)]
struct Template {
    step_type: String,
    params: ParameterSet,
}

/// How often a set is copied while others are laid over it.
const LAID_COPIES: u64 = 4;

impl Defaults {
    /// No defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a JSON object: sets of definitions under `workflow`, under `step` for all steps, and under the types of steps.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it as data, each with its place.
    ///
    /// ```
    /// use selvedge::workflow::Defaults;
    /// assert!(Defaults::from_json(r#"{"step": {"owner": {"value": "ops"}}}"#).is_ok());
    /// assert!(Defaults::from_json(r#"{"step": {"owner": 7}}"#).is_err());
    /// ```
    pub fn from_json(text: &str) -> Result<Self, DefinitionError> {
        Self::of_document(document::read_json(text)?, Style::Full)
    }

    /// As [`from_json`](Self::from_json), in YAML and its shorthand.
    ///
    /// # Errors
    ///
    /// As [`from_json`](Self::from_json).
    ///
    /// ```
    /// use selvedge::workflow::Defaults;
    /// assert!(Defaults::from_yaml("workflow: {region: eu}\nhttp: {method: GET}\n").is_ok());
    /// ```
    #[cfg(feature = "yaml")]
    pub fn from_yaml(text: &str) -> Result<Self, DefinitionError> {
        Self::of_document(document::read_yaml(text)?, Style::Shorthand)
    }

    fn of_document(read: Document, style: Style) -> Result<Self, DefinitionError> {
        let mut problems = read.problems;
        let mut defaults = Self::new();
        let (place, what) = (read.root.place, read.root.what());
        let Kind::Map(entries) = read.root.kind else {
            let message = format!("expected a map from step types to definitions, found {what}");
            return Err(error("", place, Code::DefinitionShape, message).into());
        };
        for (key, entry) in entries {
            let set = read::set(entry.node, &key_path("", &key), style, &mut problems);
            defaults.add(&key, set);
        }
        DefinitionError::unless_empty(problems, defaults)
    }

    fn add(&mut self, key: &str, set: ParameterSet) {
        match key {
            "workflow" => self.workflow = set,
            "step" => self.steps = set,
            ty => {
                self.types.insert(ty.to_ascii_lowercase(), set);
            }
        }
    }

    /// Sets the parameters of workflows.
    ///
    /// ```
    /// use selvedge::params::{Definition, ParameterSet};
    /// use selvedge::workflow::{Blueprint, Defaults, Unfolding, Workflow};
    /// use selvedge::{Engine, Map};
    /// let set = ParameterSet::new().with("region", Definition::literal("eu"));
    /// let workflow = Workflow::from_json(r#"{"workflow": {"id": "w", "steps": []}}"#)?;
    /// let builder = Blueprint::builder(workflow).defaults(Defaults::new().with_workflow(set));
    /// let unfolding = Unfolding::start(&builder.build(&Engine::default())?, &Map::new())?;
    /// assert_eq!(unfolding.tree().parameters().get("region"), Some(&"eu".into()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_workflow(mut self, set: ParameterSet) -> Self {
        self.workflow = set;
        self
    }

    /// Sets the parameters of all steps.
    ///
    /// ```
    /// use selvedge::params::{Definition, ParameterSet};
    /// use selvedge::workflow::Defaults;
    /// let defaults = Defaults::new().with_steps(ParameterSet::new().with("owner", Definition::literal("ops")));
    /// ```
    #[must_use]
    pub fn with_steps(mut self, set: ParameterSet) -> Self {
        self.steps = set;
        self
    }

    /// Sets the parameters of the steps of a type, in either case.
    ///
    /// ```
    /// use selvedge::params::{Definition, ParameterSet};
    /// use selvedge::workflow::Defaults;
    /// let defaults = Defaults::new().with_type("http", ParameterSet::new().with("method", Definition::literal("GET")));
    /// ```
    #[must_use]
    pub fn with_type(mut self, ty: &str, set: ParameterSet) -> Self {
        self.types.insert(ty.to_ascii_lowercase(), set);
        self
    }

    /// Adds the parameters of a job template: of the steps whose `sub_type`, or type, is its name. They also have those of its `step_type`.
    ///
    /// ```
    /// use selvedge::params::{Definition, ParameterSet};
    /// use selvedge::workflow::Defaults;
    /// let set = ParameterSet::new().with("script", Definition::literal("echo hello"));
    /// let defaults = Defaults::new().with_template("shell", "notebook", set);
    /// ```
    #[must_use]
    pub fn with_template(mut self, job_type: &str, step_type: &str, params: ParameterSet) -> Self {
        let step_type = step_type.to_ascii_lowercase();
        let template = Template { step_type, params };
        self.templates.insert(job_type.to_ascii_lowercase(), template);
        self
    }

    /// Adds a job template in JSON: `job_type`, `step_type` and `params`, under the key `definition` or at the top level.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it as data, each with its place.
    ///
    /// ```
    /// use selvedge::workflow::Defaults;
    /// let text = r#"{"definition": {"job_type": "shell", "step_type": "Notebook", "params": {"script": {"value": "ls"}}}}"#;
    /// assert!(Defaults::new().with_template_json(text).is_ok());
    /// ```
    pub fn with_template_json(self, text: &str) -> Result<Self, DefinitionError> {
        self.with_template_of(document::read_json(text)?, Style::Full)
    }

    /// As [`with_template_json`](Self::with_template_json), in YAML and its shorthand.
    ///
    /// # Errors
    ///
    /// As [`with_template_json`](Self::with_template_json).
    ///
    /// ```
    /// use selvedge::workflow::Defaults;
    /// let text = "definition:\n  job_type: shell\n  step_type: Notebook\n  params:\n    script: echo hello\n";
    /// assert!(Defaults::new().with_template_yaml(text).is_ok());
    /// ```
    #[cfg(feature = "yaml")]
    pub fn with_template_yaml(self, text: &str) -> Result<Self, DefinitionError> {
        self.with_template_of(document::read_yaml(text)?, Style::Shorthand)
    }

    fn with_template_of(self, read: Document, style: Style) -> Result<Self, DefinitionError> {
        let (place, mut problems) = (read.root.place, read.problems);
        let wrong = |message: &str| Err(error("", place, Code::DefinitionShape, message).into());
        let Kind::Map(mut entries) = read.root.kind else {
            return wrong("expected a map with `job_type`, `step_type` and `params`");
        };
        let mut path = String::new();
        if let Some(entry) = entries.shift_remove("definition") {
            let Kind::Map(inner) = entry.node.kind else {
                return wrong("expected a map with `job_type`, `step_type` and `params` for `definition`");
            };
            entries = inner;
            path = key_path("", "definition");
        }
        let mut text = |key: &str| entries.shift_remove(key).and_then(|entry| entry.node.scalar_text());
        let (Some(job_type), Some(step_type)) = (text("job_type"), text("step_type")) else {
            return wrong("missing `job_type` or `step_type` of the job template");
        };
        let params = match entries.shift_remove("params") {
            Some(entry) => read::set(entry.node, &key_path(&path, "params"), style, &mut problems),
            None => ParameterSet::new(),
        };
        DefinitionError::unless_empty(problems, self.with_template(&job_type, &step_type, params))
    }

    /// Applies a workflow's parameters to the defaults of workflows.
    ///
    /// # Errors
    ///
    /// Every definition that the modes of the defaults do not allow.
    ///
    /// ```
    /// use selvedge::params::ParameterSet;
    /// use selvedge::workflow::Defaults;
    /// let defaults = Defaults::from_json(r#"{"workflow": {"owner": {"value": "ops", "mode": "CONSTANT"}}}"#)?;
    /// assert_eq!(defaults.under_workflow(&ParameterSet::new())?.len(), 1);
    /// let own = ParameterSet::from_json(r#"{"owner": {"value": "me"}}"#)?;
    /// assert_eq!(defaults.under_workflow(&own).unwrap_err().problems()[0].code().text(), "E720");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn under_workflow(&self, own: &ParameterSet) -> Result<ParameterSet, DefinitionError> {
        if self.workflow.is_empty() {
            return Ok(own.clone());
        }
        let mut laid = self.workflow.clone();
        laid.redefine(own, Occasion::Definition)?;
        Ok(laid)
    }

    /// Adds them to a hash.
    pub(super) fn add_to(&self, hash: &mut Hash, meter: &mut Meter) -> Result<(), Stop> {
        let of_templates = self.templates.values().map(|template| &template.params);
        let sets = [&self.workflow, &self.steps].into_iter().chain(self.types.values());
        for set in sets.chain(of_templates) {
            meter.steps(set.held().0)?;
        }
        hash.add(&(&self.workflow, &self.steps, &self.types));
        for (name, template) in &self.templates {
            hash.add(&(name, &template.step_type, &template.params));
        }
        Ok(())
    }

    /// Lays a workflow's definitions, and those of its steps, over the defaults.
    pub(super) fn apply(&self, workflow: &mut Workflow, meter: &mut Meter) -> Result<Vec<Problem>, Stop> {
        let mut problems = Vec::new();
        let own = Arc::clone(&workflow.params);
        workflow.params = lay(&[&self.workflow], (&own, "workflow.params", None), &mut problems, meter)?;
        if !(self.steps.is_empty() && self.types.is_empty() && self.templates.is_empty()) {
            let steps = workflow.steps.iter().map(|step| self.step(step, &mut problems, meter));
            workflow.steps = steps.collect::<Result<_, Stop>>()?;
        }
        Ok(problems)
    }

    // As deep as loops nest in a definition.
    fn step(&self, step: &Step, problems: &mut Vec<Problem>, meter: &mut Meter) -> Result<Step, Stop> {
        let mut laid = step.clone();
        let ty = step.type_name().to_ascii_lowercase();
        let sub_type = step
            .extra
            .get("sub_type")
            .and_then(Json::as_str)
            .map(str::to_ascii_lowercase);
        let template = self.templates.get(sub_type.as_deref().unwrap_or(&ty));
        let of_type = self.types.get(template.map_or(&*ty, |template| &*template.step_type));
        let bases = [Some(&self.steps), of_type, template.map(|template| &template.params)];
        let bases: Vec<&ParameterSet> = bases.into_iter().flatten().collect();
        let path = key_path(&step.path, "params");
        laid.params = lay(&bases, (&step.params, &path, step.place), problems, meter)?;
        let inner = step.inner().iter().map(|inner| self.step(inner, problems, meter));
        let inner: Arc<[Step]> = inner.collect::<Result<_, Stop>>()?;
        match &mut laid.kind {
            StepKind::Foreach { steps, .. } | StepKind::While { steps, .. } => *steps = inner,
            StepKind::Plain { .. } | StepKind::Subworkflow { .. } => {}
        }
        Ok(laid)
    }
}

/// A set laid over others, each of which was laid over those before it.
fn lay(
    bases: &[&ParameterSet],
    (own, path, place): (&Arc<ParameterSet>, &str, Option<Position>),
    problems: &mut Vec<Problem>,
    meter: &mut Meter,
) -> Result<Arc<ParameterSet>, Stop> {
    if bases.iter().all(|base| base.is_empty()) {
        return Ok(Arc::clone(own));
    }
    for set in bases.iter().copied().chain([&**own]) {
        let (bytes, parts) = set.held();
        meter.copy((LAID_COPIES * bytes, LAID_COPIES * parts))?;
    }
    let mut laid = ParameterSet::new();
    for base in bases {
        if let Err(found) = laid.redefine_at(base, Occasion::System, path) {
            bounded::add(problems, found);
        }
    }
    // Where one cannot be laid, those beside it still are.
    for (name, definition) in own.iter() {
        if let Err(problem) = laid.redefine_one(name, definition, Occasion::Definition, &key_path(path, name)) {
            problems.push(problem);
            laid.insert(name, definition.clone());
        }
    }
    laid.relocate(own, place);
    Ok(Arc::new(laid))
}
