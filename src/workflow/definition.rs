//! A workflow's definition as data: steps, what leads from one to the next, and their parameters.

use std::sync::Arc;

use serde_json::Value as Json;

use super::attribute::Attribute;
use crate::params::{Body, Definition, ParameterSet};
use crate::source::Position;

/// A workflow's definition and its text. Cheap to clone.
///
/// ```
/// use selvedge::workflow::Workflow;
/// let text = r#"{"workflow": {"id": "etl", "steps": [
///     {"step": {"id": "extract", "type": "spark", "transition": {"successors": {"load": "true"}}}},
///     {"step": {"id": "load", "type": "sql"}}
/// ]}}"#;
/// let workflow = Workflow::from_json(text)?;
/// assert_eq!(workflow.id(), "etl");
/// assert_eq!(workflow.steps()[0].transitions()[0].to(), "load");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Workflow {
    pub(super) id: Arc<str>,
    pub(super) params: Arc<ParameterSet>,
    pub(super) steps: Arc<[Step]>,
    pub(super) attributes: Arc<[Attribute]>,
    pub(super) extra: Arc<serde_json::Map<String, Json>>,
    pub(super) text: Arc<str>,
    pub(super) is_yaml: bool,
}

/// A step of a workflow. Cheap to clone.
///
/// ```
/// use selvedge::workflow::Workflow;
/// let text = r#"{"workflow": {"id": "w", "steps": [
///     {"step": {"id": "load", "type": "sql", "params": {"rows": {"value": 7}}, "owner": "ops"}}]}}"#;
/// let workflow = Workflow::from_json(text)?;
/// let load = &workflow.steps()[0];
/// assert_eq!((load.id(), load.type_name(), load.params().len()), ("load", "sql", 1));
/// assert_eq!(load.extra("owner"), Some(&"ops".into()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Step {
    pub(super) id: Arc<str>,
    pub(super) kind: StepKind,
    pub(super) params: Arc<ParameterSet>,
    pub(super) transitions: Arc<Vec<Transition>>,
    pub(super) failure_mode: FailureMode,
    pub(super) attributes: Arc<[Attribute]>,
    pub(super) extra: Arc<serde_json::Map<String, Json>>,
    pub(super) path: Arc<str>,
    pub(super) place: Option<Position>,
}

/// The effect of a step's failure on the enclosing loop or workflow.
///
/// ```
/// use selvedge::workflow::{FailureMode, Workflow};
/// let text = r#"{"workflow": {"id": "w", "steps": [
///     {"step": {"id": "load", "type": "sql", "failure_mode": "ignore_failure"}}]}}"#;
/// assert_eq!(Workflow::from_json(text)?.steps()[0].failure_mode(), FailureMode::IgnoreFailure);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FailureMode {
    /// What is open beside it ends; then the loop or workflow around it fails.
    #[default]
    FailAfterRunning,
    /// What is open beside it is stopped, and the loop or workflow around it fails.
    FailImmediately,
    /// It ends [`CompletedWithError`](super::Status::CompletedWithError), and what comes after it runs. What goes wrong before it
    /// could run is no such failure.
    IgnoreFailure,
}

impl FailureMode {
    /// Every mode.
    pub const ALL: &'static [Self] = &[Self::FailAfterRunning, Self::FailImmediately, Self::IgnoreFailure];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::FailAfterRunning => "FAIL_AFTER_RUNNING",
            Self::FailImmediately => "FAIL_IMMEDIATELY",
            Self::IgnoreFailure => "IGNORE_FAILURE",
        }
    }

    /// The mode of a name, in either case.
    pub fn from_name(name: &str) -> Option<Self> {
        let mut all = Self::ALL.iter().copied();
        all.find(|mode| mode.name().eq_ignore_ascii_case(name))
    }
}

/// What a step does.
///
/// ```
/// use selvedge::workflow::{StepKind, Workflow};
/// let text = r#"{"workflow": {"id": "w", "steps": [{"foreach": {"id": "days", "concurrency": 5,
///     "params": {"loop_params": {"type": "MAP", "value": {"day": {"type": "LONG_ARRAY", "value": [1, 2]}}}},
///     "steps": [{"step": {"id": "load", "type": "sql"}}]}}]}}"#;
/// let workflow = Workflow::from_json(text)?;
/// let days = &workflow.steps()[0];
/// assert!(matches!(days.kind(), StepKind::Foreach { concurrency: Some(5), .. }));
/// assert_eq!(days.inner()[0].id(), "load");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum StepKind {
    /// It runs as a whole, by whatever its type means to the orchestrator.
    Plain {
        /// The type, such as `spark`.
        ty: Arc<str>,
    },
    /// Its steps run once for each combination of its loop parameters.
    Foreach {
        /// The steps.
        steps: Arc<[Step]>,
        /// How many iterations may run at a time; `None` if only the limits say.
        concurrency: Option<u64>,
    },
    /// Its steps run while a condition holds.
    While {
        /// The steps.
        steps: Arc<[Step]>,
        /// The condition.
        condition: Arc<str>,
        /// Where the condition begins in the file.
        place: Option<Position>,
    },
    /// Another workflow runs, which its parameter `subworkflow_id` names.
    Subworkflow {
        /// Whether the step ends with that workflow, rather than as soon as it has begun.
        sync: bool,
        /// Whether the workflow gets the step's own parameters alone, and not those around it.
        explicit_params: bool,
    },
}

impl StepKind {
    /// The keys of steps. `step` and `job` are synonyms.
    pub const NAMES: [&str; 5] = ["step", "job", "foreach", "while", "subworkflow"];
}

/// A transition from one step to the next.
///
/// ```
/// use selvedge::workflow::{When, Workflow};
/// let text = r#"{"workflow": {"id": "w", "steps": [
///     {"step": {"id": "a", "type": "x", "transition": {"successors": {"b": "rows > 0"}}}},
///     {"step": {"id": "b", "type": "x"}}]}}"#;
/// let workflow = Workflow::from_json(text)?;
/// let transition = &workflow.steps()[0].transitions()[0];
/// assert_eq!((transition.to(), transition.when()), ("b", &When::If("rows > 0".into())));
/// assert_eq!(transition.position().map(|position| position.line), Some(2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Transition {
    pub(super) to: Arc<str>,
    pub(super) when: When,
    pub(super) place: Option<Position>,
}

/// When a transition is taken.
///
/// ```
/// use selvedge::workflow::{When, Workflow};
/// let text = r#"{"workflow": {"id": "w", "steps": [
///     {"step": {"id": "a", "type": "x", "transition": {"successors": {"b": "true"}}}},
///     {"step": {"id": "b", "type": "x"}}]}}"#;
/// let workflow = Workflow::from_json(text)?;
/// assert_eq!(workflow.steps()[0].transitions()[0].when(), &When::Always);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum When {
    /// Whenever the step succeeded.
    Always,
    /// Where the expression is true.
    If(Box<str>),
    /// Where no condition of the step's other transitions is true.
    Otherwise,
    /// Where the step failed; the failure is handled then, and fails nothing around it.
    OnFailure,
    /// However the step ended.
    InAnyCase,
}

impl Workflow {
    /// Its id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its parameters.
    pub fn params(&self) -> &ParameterSet {
        &self.params
    }

    /// Its steps, in order.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The ids of the workflows that its steps run, each once, as far as they are constant.
    ///
    /// ```
    /// use selvedge::workflow::Workflow;
    /// let text = r#"{"workflow": {"id": "w", "steps": [
    ///     {"subworkflow": {"id": "run", "params": {"subworkflow_id": {"value": "daily"}}}},
    ///     {"step": {"id": "load", "type": "sql"}}]}}"#;
    /// assert_eq!(Workflow::from_json(text)?.subworkflows(), ["daily"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn subworkflows(&self) -> Vec<&str> {
        let (mut found, mut left) = (Vec::new(), vec![self.steps()]);
        while let Some(steps) = left.pop() {
            for step in steps {
                left.push(step.inner());
                if let StepKind::Subworkflow { .. } = step.kind {
                    found.extend(step.known_subworkflow());
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Its other keys that may hold expressions: `timeout`, `alerting`, `notes`, `signal_triggers`.
    pub fn attributes(&self) -> &[Attribute] {
        &self.attributes
    }

    /// The value of a key that has no meaning for the unfolding, such as `tags`.
    pub fn extra(&self, key: &str) -> Option<&Json> {
        self.extra.get(key)
    }

    /// The text it was read from.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl Step {
    /// Its id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its kind.
    pub fn kind(&self) -> &StepKind {
        &self.kind
    }

    /// Its parameters.
    pub fn params(&self) -> &ParameterSet {
        &self.params
    }

    /// Its transitions.
    pub fn transitions(&self) -> &[Transition] {
        &self.transitions
    }

    /// Its failure mode.
    pub fn failure_mode(&self) -> FailureMode {
        self.failure_mode
    }

    /// Its other keys that may hold expressions: `timeout`, `retry_policy`, `alerting`, `notes`, `signal_dependencies`, `signal_outputs`.
    pub fn attributes(&self) -> &[Attribute] {
        &self.attributes
    }

    /// The workflow that it runs, where the definition says which.
    pub(super) fn known_subworkflow(&self) -> Option<&str> {
        match self.params.get("subworkflow_id").map(Definition::body) {
            Some(Body::Literal(Json::String(id))) if !id.contains('$') => Some(id),
            _ => None,
        }
    }

    /// Whether something runs where it fails.
    pub(super) fn handles_failure(&self) -> bool {
        self.transitions
            .iter()
            .any(|transition| transition.when == When::OnFailure)
    }

    /// The value of a key that has no meaning for the unfolding, such as `tags`.
    pub fn extra(&self, key: &str) -> Option<&Json> {
        self.extra.get(key)
    }

    /// Its position in the file.
    pub fn position(&self) -> Option<Position> {
        self.place
    }

    /// The steps of a loop.
    pub fn inner(&self) -> &[Self] {
        match &self.kind {
            StepKind::Foreach { steps, .. } | StepKind::While { steps, .. } => steps,
            StepKind::Plain { .. } | StepKind::Subworkflow { .. } => &[],
        }
    }

    /// Its type: that of a plain step, or `foreach`, `while` or `subworkflow`.
    pub fn type_name(&self) -> &str {
        match &self.kind {
            StepKind::Plain { ty } => ty,
            StepKind::Foreach { .. } => "foreach",
            StepKind::While { .. } => "while",
            StepKind::Subworkflow { .. } => "subworkflow",
        }
    }
}

impl Transition {
    /// The step it leads to.
    pub fn to(&self) -> &str {
        &self.to
    }

    /// When it is taken.
    pub fn when(&self) -> &When {
        &self.when
    }

    /// The position of its condition, or of itself, in the file.
    pub fn position(&self) -> Option<Position> {
        self.place
    }
}
