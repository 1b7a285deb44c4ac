//! Definitions that are read as far as they can be.

use super::error::DefinitionError;
use super::problem::Problem;

/// Definitions as far as they can be read, and their problems: for tools that continue with the rest of a document, such as `selvedge
/// check`. An unreadable definition has no value, but its type if that is declared.
///
/// ```
/// use selvedge::Interrupt;
/// use selvedge::params::ParameterSet;
/// let text = r#"{"params": {"rows": {"type": "LONG", "valeu": 3}, "day": {"value": 1}}}"#;
/// let sets = ParameterSet::recover_within_json(text, &[&["params"]], &Interrupt::new());
/// assert_eq!(sets[0].problems[0].help(), Some("did you mean `value`?"));
/// assert_eq!(sets[0].definitions.as_ref().map(ParameterSet::len), Some(2));
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Recovered<T> {
    /// The definitions that can be read; `None` if the document has none.
    pub definitions: Option<T>,
    /// All problems, each with its place.
    pub problems: Vec<Problem>,
}

impl<T> Recovered<T> {
    /// What was read, with problems of which there may be none.
    pub(crate) const fn new(definitions: T, problems: Vec<Problem>) -> Self {
        Self {
            definitions: Some(definitions),
            problems,
        }
    }

    /// Where nothing can be read.
    pub(crate) const fn none(problems: Vec<Problem>) -> Self {
        Self {
            definitions: None,
            problems,
        }
    }

    /// The definitions, where nothing is wrong.
    pub(crate) fn whole(self) -> Result<T, DefinitionError> {
        match self.definitions {
            Some(definitions) => DefinitionError::unless_empty(self.problems, definitions),
            None => Err(DefinitionError::of(self.problems)),
        }
    }
}

impl<T> From<Problem> for Recovered<T> {
    fn from(problem: Problem) -> Self {
        Self::none(vec![problem])
    }
}
