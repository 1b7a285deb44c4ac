//! The error of whatever reads, checks or changes definitions: everything that is wrong with them.

use std::fmt;

use serde::Serialize;
use thiserror::Error;

use super::bounded::{self, OfDocument};
use super::meter::Stop;
use super::problem::Problem;
use crate::engine::Engine;

/// Refused definitions: all problems, or the interrupt.
///
/// `Display` gives the first error in one line; [`report`](Self::report) gives all problems with their lines. As data it is a
/// list of problems, each with its `line` and `column` where they are known.
///
/// ```
/// use selvedge::params::ParameterSet;
/// let refused = ParameterSet::from_json("{\n  \"2nd\": {\"value\": 1},\n  \"day\": {\"type\": \"DATE\", \"value\": 1}\n}").unwrap_err();
/// assert!(refused.to_string().ends_with("[E711], and one more"));
/// assert_eq!(refused.problems()[1].to_string(), "day.type at 3:19: unknown parameter type `DATE` [E710]");
/// assert!(refused.report("job.json").contains("\n --> job.json:3:19: day.type\n"));
/// assert_eq!(serde_json::json!(refused)[1]["line"], 3);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize)]
#[serde(transparent)]
pub struct DefinitionError {
    /// At least one.
    problems: Vec<Problem>,
}

impl DefinitionError {
    /// Of at least one problem.
    pub(crate) fn of(problems: Vec<Problem>) -> Self {
        Self {
            problems: bounded::of_document(problems),
        }
    }

    /// The value, where nothing is wrong.
    pub(crate) fn unless_empty<T>(problems: Vec<Problem>, value: T) -> Result<T, Self> {
        match problems.is_empty() {
            true => Ok(value),
            false => Err(Self::of(problems)),
        }
    }

    /// The value and the warnings, where no problem is an error by the engine's levels.
    pub(crate) fn unless_errors<T>(
        problems: Vec<Problem>,
        engine: &Engine,
        accepted: impl FnOnce(Vec<Problem>) -> T,
    ) -> Result<T, Self> {
        let levels = &engine.settings().levels;
        let problems = problems
            .into_iter()
            .filter_map(|problem| problem.with(|diagnostic| levels.apply(diagnostic)));
        let problems = bounded::of_document(problems.collect());
        let (errors, warnings): (Vec<_>, Vec<_>) = problems.into_iter().partition(Problem::is_error);
        match errors.is_empty() {
            true => Ok(accepted(warnings)),
            false => Err(Self {
                problems: errors.into_iter().chain(warnings).collect(),
            }),
        }
    }

    /// The result as one of several of a document: none where no more of what is wrong in that is told, but that there is more.
    pub(crate) fn among<T>(document: &mut OfDocument, result: Result<T, Self>) -> Result<T, Self> {
        result.map_err(|refused| Self {
            problems: document.part(refused.problems),
        })
    }

    /// What is wrong, errors before warnings, in the order of the definitions. There is at least one. Of one text at most 50 errors
    /// and 50 warnings are told, of a document 1,000; where there are more, one that comes after them says so.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// All problems as text, each with its place; `file` names the document.
    ///
    /// ```
    /// use selvedge::params::{Definition, ParameterSet, Scope};
    /// let set = ParameterSet::new().with("n", Definition::expression("rows + 1"));
    /// let refused = set.plan(&selvedge::Engine::default(), &Scope::new()).unwrap_err();
    /// assert!(refused.report("job.yaml").contains("\n --> job.yaml: n:1:1\n"));
    /// ```
    pub fn report(&self, file: &str) -> String {
        let rendered = self.problems.iter().map(|problem| problem.render(file));
        rendered.collect::<Vec<_>>().join("\n")
    }
}

impl fmt::Display for DefinitionError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(first) = self.problems.first() {
            write!(formatter, "{first}")?;
        }
        match self.problems.len() {
            0 | 1 => Ok(()),
            2 => formatter.write_str(", and one more"),
            count => write!(formatter, ", and {} more", count - 1),
        }
    }
}

impl From<Problem> for DefinitionError {
    fn from(problem: Problem) -> Self {
        Self {
            problems: vec![problem],
        }
    }
}

impl From<Stop> for DefinitionError {
    fn from(stop: Stop) -> Self {
        stop.problem().into()
    }
}

/// The problems, for whoever goes on with them.
impl From<DefinitionError> for Vec<Problem> {
    fn from(error: DefinitionError) -> Self {
        error.problems
    }
}

impl IntoIterator for DefinitionError {
    type Item = Problem;
    type IntoIter = std::vec::IntoIter<Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.problems.into_iter()
    }
}
