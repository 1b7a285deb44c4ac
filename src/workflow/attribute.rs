//! Something that is said of a workflow or a step beside its parameters, as data.

use std::sync::Arc;

use crate::params::Definition;

/// What an attribute's expressions see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Sees {
    /// The parameters around: of the workflow, and of the loops that a step stands in.
    Around,
    /// These, and the steps before.
    StepsBefore,
    /// These, and the step's own parameters after it ran.
    OwnParameters,
    /// The signals of a trigger, and nothing else.
    Signals,
}

/// A key of a workflow or step other than its parameters.
///
/// ```
/// use selvedge::workflow::Workflow;
/// let text = r#"{"workflow": {"id": "w", "timeout": "${minutes} min", "steps": [
///     {"step": {"id": "a", "type": "sql", "retry_policy": {"error_retry_limit": "${tries}"}}}]}}"#;
/// let workflow = Workflow::from_json(text)?;
/// assert_eq!(workflow.attributes()[0].key(), "timeout");
/// assert_eq!(workflow.steps()[0].attributes()[0].key(), "retry_policy");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Attribute {
    pub(super) key: Arc<str>,
    /// Whether it is one of a list.
    pub(super) is_listed: bool,
    pub(super) path: Arc<str>,
    pub(super) sees: Sees,
    /// The signals whose parameters it may read.
    pub(super) signals: Arc<[Arc<str>]>,
    pub(super) definition: Definition,
}

impl Attribute {
    /// The key, such as `timeout`.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The value as the definition of a parameter. A MAP has definitions as members.
    pub fn definition(&self) -> &Definition {
        &self.definition
    }
}
