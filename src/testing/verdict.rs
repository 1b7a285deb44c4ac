//! The outcome of a test.

use serde::Serialize;
use serde_json::Value as Json;

use crate::limits::Usage;
use crate::source::Position;

/// The most unknown names that are reported for one test: each is compared with those known.
pub(super) const MOST_UNKNOWN: usize = 50;

/// The outcome of a test: it passed if nothing failed.
///
/// ```
/// use selvedge::testing::{Runner, Suite};
/// use selvedge::{Engine, Interrupt};
/// let text = r#"{"expression": "n * 2", "tests": [{"params": {"n": 4}, "expect": {"value": 9}}]}"#;
/// let suite = Suite::from_json(text, &Interrupt::new())?;
/// let runner = Runner::new(Engine::default(), &|path: &str| Err(format!("no file {path}")));
/// let verdict = runner.run(&suite.tests()[0], &Interrupt::new());
/// assert!(!verdict.passed());
/// let failure = &verdict.failures[0];
/// assert_eq!((&*failure.path, &*failure.message), ("tests[0].expect.value", "unexpected value"));
/// assert_eq!(failure.differences[0].found.as_deref(), Some("8"));
/// # Ok::<(), selvedge::params::DefinitionError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Verdict {
    /// The failures.
    pub failures: Vec<Failure>,
    /// The usage of the run.
    pub usage: Usage,
}

impl Verdict {
    /// Whether everything is as expected.
    pub fn passed(&self) -> bool {
        self.failures.is_empty()
    }

    /// One of all that kept a test from running, where something did.
    pub(super) fn unless_empty(failures: Vec<Failure>) -> Result<(), Box<Self>> {
        match failures.is_empty() {
            true => Ok(()),
            false => Err(Box::new(Self {
                failures,
                ..Self::default()
            })),
        }
    }

    /// One that failed before anything ran.
    pub(super) fn of(failure: Failure) -> Self {
        Self {
            failures: vec![failure],
            ..Self::default()
        }
    }
}

/// An unmet expectation, or what kept a test from running.
///
/// ```
/// use selvedge::testing::{Runner, Suite};
/// use selvedge::{Engine, Interrupt};
/// let text = r#"{"program": "sum.sel", "tests": [{"expect": {"value": 9}}]}"#;
/// let suite = Suite::from_json(text, &Interrupt::new())?;
/// let no_files = |path: &str| Err(format!("no file {path}"));
/// let verdict = Runner::new(Engine::default(), &no_files).run(&suite.tests()[0], &Interrupt::new());
/// assert_eq!(verdict.failures[0].message, "no file sum.sel");
/// assert_eq!(verdict.failures[0].position.map(|position| position.column), Some(13));
/// # Ok::<(), selvedge::params::DefinitionError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Failure {
    /// The path in the fixture, such as `tests[2].expect.value`.
    pub path: String,
    /// The position of the expectation in the fixture.
    pub position: Option<Position>,
    /// One line: lower case, no final period.
    pub message: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// The rendered diagnostic, with its source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The differences between the expected and the actual value.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub differences: Vec<Difference>,
    /// The value that `selvedge test --update` writes.
    #[serde(skip)]
    pub snapshot: Option<Json>,
    /// What stands at the place.
    #[serde(skip)]
    pub(super) at: At,
}

/// What stands at the place of a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum At {
    Scalar,
    List,
    Map,
    /// A test without expectations.
    Test,
}

impl Failure {
    /// A failure of a place, to be told more of.
    pub(super) fn new(path: &str, position: Option<Position>, message: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            position,
            message: message.into(),
            help: None,
            detail: None,
            differences: Vec::new(),
            snapshot: None,
            at: At::Scalar,
        }
    }

    pub(super) fn with_help(mut self, help: Option<String>) -> Self {
        self.help = help;
        self
    }

    pub(super) fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    pub(super) fn with_differences(mut self, differences: Vec<Difference>) -> Self {
        self.differences = differences;
        self
    }

    /// With what would have been met, in place of what is wanted.
    pub(super) fn with_snapshot(mut self, snapshot: Json, wanted: &Json) -> Self {
        self.snapshot = Some(snapshot);
        self.at = match wanted {
            Json::Array(_) => At::List,
            Json::Object(_) => At::Map,
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => At::Scalar,
        };
        self
    }
}

/// A place in a value that differs from the expected one; the texts are JSON, truncated if they are long.
///
/// ```
/// use selvedge::testing::{Runner, Suite};
/// use selvedge::{Engine, Interrupt};
/// let text = r#"{"expression": "[1, 2]", "tests": [{"expect": {"value": [1, 3]}}]}"#;
/// let suite = Suite::from_json(text, &Interrupt::new())?;
/// let no_files = |path: &str| Err(format!("no file {path}"));
/// let verdict = Runner::new(Engine::default(), &no_files).run(&suite.tests()[0], &Interrupt::new());
/// let difference = &verdict.failures[0].differences[0];
/// assert_eq!((&*difference.path, difference.wanted.as_deref(), difference.found.as_deref()), ("[1]", Some("3"), Some("2")));
/// # Ok::<(), selvedge::params::DefinitionError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Difference {
    /// The path in the value, such as `rows[2].name`; empty for the whole value.
    pub path: String,
    /// The expected value; `None` if there is none.
    pub wanted: Option<String>,
    /// The actual value; `None` if there is none.
    pub found: Option<String>,
}
