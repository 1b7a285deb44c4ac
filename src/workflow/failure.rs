//! Why a step failed by the unfolding's own doing, as data: where in the definition, and what to say of it.

use std::fmt;

use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};

use super::definition::Step;
use crate::diagnostic::{Code, escape, escape_within};
use crate::params::Problem;
use crate::params::problem::{serialize_place, write_place};
use crate::source::Position;

/// The most bytes that are shown of what was said where a step ran.
const MAX_SAID_BYTES: usize = 1_024;

/// What an unfolding keeps of a failure; the step it is of is known by where it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Failure {
    code: Code,
    message: Box<str>,
    path: Box<str>,
    position: Option<Position>,
    in_expression: Option<Position>,
    parameter: Option<Box<str>>,
    help: Option<Box<str>>,
    /// The code that whoever ran the step gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    own_code: Option<Box<str>>,
}

/// The error of a step as its runner reports it: a message and an optional code.
///
/// ```
/// use selvedge::workflow::StepError;
/// let error: StepError = serde_json::from_str(r#"{"code": "OOM", "message": "the container was killed"}"#)?;
/// assert_eq!(error, StepError::new("the container was killed").with_code("OOM"));
/// assert_eq!(serde_json::from_str::<StepError>(r#""killed""#)?, StepError::new("killed"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Said")]
#[non_exhaustive]
pub struct StepError {
    /// The runner's code of the error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The message.
    pub message: String,
}

/// How an error is written: the message alone, or with a code.
#[derive(Deserialize)]
#[serde(untagged)]
enum Said {
    Message(String),
    Whole {
        #[serde(default)]
        code: Option<String>,
        message: String,
    },
}

impl From<Said> for StepError {
    fn from(said: Said) -> Self {
        let (code, message) = match said {
            Said::Message(message) => (None, message),
            Said::Whole { code, message } => (code, message),
        };
        Self { code, message }
    }
}

impl StepError {
    /// An error without a code.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            code: None,
            message: message.into(),
        }
    }

    /// Sets the code.
    #[must_use]
    pub fn with_code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }
}

impl Failure {
    /// What whoever ran a step says of its failure.
    pub(super) fn given(step: &Step, error: &StepError) -> Self {
        Self {
            own_code: error.code.as_deref().map(Into::into),
            ..Self::of_step(step, Code::StepFailed, error.message.as_str())
        }
    }

    /// A failure of a step as a whole.
    pub(super) fn of_step(step: &Step, code: Code, message: impl Into<Box<str>>) -> Self {
        Self::at(&step.path, step.place, code, message)
    }

    /// A failure of a place in the definition.
    pub(super) fn at(path: &str, position: Option<Position>, code: Code, message: impl Into<Box<str>>) -> Self {
        Self {
            code,
            message: message.into(),
            path: path.into(),
            position,
            in_expression: None,
            parameter: None,
            help: None,
            own_code: None,
        }
    }

    /// A problem of an evaluation; of a parameter, where it is one's.
    pub(super) fn of(problem: &Problem, parameter: Option<&str>) -> Self {
        Self {
            in_expression: problem.position_in_expression(),
            parameter: parameter.map(Into::into),
            help: problem.help().map(Into::into),
            ..Self::at(problem.path(), problem.position(), problem.code(), problem.message())
        }
    }

    /// The code, such as `E503`.
    pub(super) const fn code(&self) -> Code {
        self.code
    }

    /// Its code as text: whoever ran the step may have one of their own.
    pub(super) fn code_text(&self) -> &str {
        self.own_code.as_deref().unwrap_or_else(|| self.code.text())
    }

    /// One line, without the place.
    pub(super) fn message(&self) -> &str {
        &self.message
    }

    /// The bytes of the heap that it holds, and its own.
    pub(super) fn held(&self) -> u64 {
        let optional =
            [&self.parameter, &self.help, &self.own_code].map(|text| text.as_ref().map_or(0, |text| text.len()));
        (size_of::<Self>() + self.message.len() + self.path.len() + optional.iter().sum::<usize>()) as u64
    }
}

/// The problem of a step that failed before it could run, or could not continue.
///
/// As data it has `code`, `kind`, `step`, `message`, `path`, and where they are known `parameter`, `line` and `column` in the file,
/// `expression` with the `line` and `column` inside it, and `help`.
///
/// ```
/// use selvedge::Map;
/// use selvedge::workflow::{Blueprint, Unfolding, Workflow};
/// let text = r#"{"workflow": {"id": "w", "steps": [
///     {"step": {"id": "load", "type": "sql", "params": {"n": {"value": 0}, "share": {"expression": "100 / n"}}}}]}}"#;
/// let blueprint = Blueprint::builder(Workflow::from_json(text)?).build(&selvedge::Engine::default())?;
/// let unfolding = Unfolding::start(&blueprint, &Map::new())?;
/// let problem = unfolding.tree().step("load").and_then(|load| load.problem()).ok_or("it did not fail")?;
/// assert_eq!((problem.code().text(), problem.step(), problem.parameter()), ("E503", "load", Some("share")));
/// assert_eq!(problem.position().map(|position| position.line), Some(2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepProblem<'u> {
    pub(super) step: &'u str,
    pub(super) failure: &'u Failure,
    /// Whether its text may quote values.
    pub(super) quote_values: bool,
}

impl<'u> StepProblem<'u> {
    /// The code, such as `E503`.
    pub fn code(&self) -> Code {
        self.failure.code
    }

    /// The code that the step's runner reported, if any.
    pub fn own_code(&self) -> Option<&'u str> {
        self.failure.own_code.as_deref()
    }

    /// The id of the step.
    pub fn step(&self) -> &'u str {
        self.step
    }

    /// The parameter whose evaluation failed, if any.
    pub fn parameter(&self) -> Option<&'u str> {
        self.failure.parameter.as_deref()
    }

    /// One line: lower case, no final period, the author's words in backticks. Of a step that failed where it ran, what was said there, as
    /// it was said; shown, the problem has it on one bounded line, or not at all where the engine quotes no values.
    pub fn message(&self) -> &'u str {
        &self.failure.message
    }

    /// What to do about it.
    pub fn help(&self) -> Option<&'u str> {
        self.failure.help.as_deref()
    }

    /// The path in the definition, such as `workflow.steps[0].step.params.day`; may be empty.
    pub fn path(&self) -> &'u str {
        &self.failure.path
    }

    /// The position of the faulty value in the file.
    pub fn position(&self) -> Option<Position> {
        self.failure.position
    }

    /// The position in the expression, if it is in one.
    pub fn position_in_expression(&self) -> Option<Position> {
        self.failure.in_expression
    }
}

impl fmt::Display for StepProblem<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Failure {
            message,
            path,
            position,
            in_expression,
            ..
        } = self.failure;
        // What went wrong where it ran is of no place in the definition.
        if self.code() != Code::StepFailed {
            write_place(formatter, path, *position, *in_expression)?;
            return write!(formatter, "{message} [{}]", self.failure.code_text());
        }
        if !self.quote_values {
            return write!(formatter, "the step failed [{}]", self.code().text());
        }
        let mut text = String::new();
        escape_within(&mut text, message, usize::MAX, MAX_SAID_BYTES);
        let code = self.own_code().map(escape);
        write!(
            formatter,
            "{text} [{}]",
            code.as_deref().unwrap_or_else(|| self.code().text())
        )
    }
}

impl Serialize for StepProblem<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("code", self.failure.code_text())?;
        map.serialize_entry("kind", &self.code().kind())?;
        map.serialize_entry("step", self.step())?;
        if let Some(parameter) = self.parameter() {
            map.serialize_entry("parameter", parameter)?;
        }
        map.serialize_entry("message", self.message())?;
        map.serialize_entry("path", self.path())?;
        serialize_place(&mut map, self.position(), self.position_in_expression(), self.help())?;
        map.end()
    }
}
