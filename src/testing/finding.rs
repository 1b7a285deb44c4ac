//! What tests fail by, and what is wrong with fixtures, as findings of the fixture's text.

use super::case::Test;
use super::verdict::{Failure, Verdict};
use crate::diagnostic::{Code, Diagnostic, escape};
use crate::params::{DefinitionError, Problem};
use crate::project::{Finding, tree};
use crate::source::{LineIndex, Position, Span};

/// The most characters of a value that stands behind the place of what was wanted.
const MAX_LABEL_CHARS: usize = 60;

/// The text of a fixture, for the places of findings.
///
/// ```
/// use selvedge::Interrupt;
/// use selvedge::testing::{FixtureText, Suite};
/// let text = "expression: 1 + 1\ntests:\n- expect: {vaule: 2}\n";
/// let refused = Suite::from_yaml(text, &Interrupt::new()).unwrap_err();
/// let finding = &FixtureText::yaml(text).problems(&refused)[0];
/// assert_eq!(finding.diagnostic.span.of(text), "v");
/// ```
#[derive(Debug)]
pub struct FixtureText<'t> {
    lines: LineIndex<'t>,
    /// The texts, numbers and words in it: where each begins and ends.
    scalars: Vec<(usize, usize)>,
}

impl<'t> FixtureText<'t> {
    /// A text in YAML.
    pub fn yaml(text: &'t str) -> Self {
        Self::new(text, false)
    }

    /// A text in JSON.
    pub fn json(text: &'t str) -> Self {
        Self::new(text, true)
    }

    fn new(text: &'t str, is_json: bool) -> Self {
        let leaves = tree::leaves(text, is_json).unwrap_or_default();
        let places = leaves
            .iter()
            .map(|leaf| (leaf.scalar.place.start, leaf.scalar.place.end));
        let mut scalars: Vec<(usize, usize)> = places.collect();
        scalars.sort_unstable();
        Self {
            lines: LineIndex::new(text),
            scalars,
        }
    }

    /// Returns the problems of a fixture, each at its place.
    pub fn problems(&self, refused: &DefinitionError) -> Vec<Finding> {
        refused.problems().iter().map(|problem| self.problem(problem)).collect()
    }

    /// Returns the failures of a test, each at the place of its expectation.
    pub fn failures(&self, test: &Test, verdict: &Verdict) -> Vec<Finding> {
        let failures = verdict.failures.iter();
        failures.map(|failure| self.failure(test, failure)).collect()
    }

    fn problem(&self, problem: &Problem) -> Finding {
        let diagnostic = Diagnostic::error(problem.code(), self.span(problem.position()), problem.message());
        Finding {
            path: problem.path().to_owned(),
            ..Finding::of(helped(diagnostic, problem.help()))
        }
    }

    fn failure(&self, test: &Test, failure: &Failure) -> Finding {
        let message = format!("{}: {}", escape(test.name()), failure.message);
        let mut diagnostic = Diagnostic::error(Code::TestFailed, self.span(failure.position), message);
        if let [difference] = &failure.differences[..]
            && difference.path.is_empty()
            && let found = difference.found.as_deref().unwrap_or("nothing")
            && found.chars().count() <= MAX_LABEL_CHARS
        {
            diagnostic = diagnostic.with_label(format!("found {found}"));
        }
        Finding {
            path: failure.path.clone(),
            ..Finding::of(helped(diagnostic, failure.help.as_deref()))
        }
    }

    /// What stands at a place: a text, number or word whole, of anything else its first character.
    fn span(&self, place: Option<Position>) -> Span {
        let Some(place) = place else { return Span::default() };
        let start = self.lines.offset(place);
        let at = self
            .scalars
            .binary_search_by_key(&(start as usize), |(start, _)| *start);
        let end = at
            .ok()
            .and_then(|at| self.scalars.get(at))
            .map_or(0, |(_, end)| *end as u32);
        Span::new(start, end.max(start + 1))
    }
}

fn helped(diagnostic: Diagnostic, help: Option<&str>) -> Diagnostic {
    match help {
        Some(help) => diagnostic.with_help(help),
        None => diagnostic,
    }
}
