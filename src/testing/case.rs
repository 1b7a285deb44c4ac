//! A test: what it is of, what it is given, and what it expects.

use std::sync::Arc;

use super::kind::Kind;
use super::layer::{Layer, Subject};
use super::reader::Placed;
use super::wanted::Wanted;
use crate::source::Position;

/// One test, or one row of a test's table.
///
/// ```
/// use selvedge::Interrupt;
/// use selvedge::testing::{Kind, Suite};
/// let text = r#"{"tests": [{"name": "sum", "expression": "1 + 2", "expect": {"value": 3}}]}"#;
/// let suite = Suite::from_json(text, &Interrupt::new())?;
/// let test = suite.tests().first().ok_or("none")?;
/// assert_eq!((test.name(), test.kind()), ("sum", Kind::Expression));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Test {
    pub(super) name: String,
    pub(super) path: String,
    pub(super) place: Option<Position>,
    /// What is tested, where a file or the test itself says it.
    pub(super) subject: Placed<Subject>,
    /// What is given, later ones over earlier ones.
    pub(super) layers: Vec<Arc<Layer>>,
    /// What is expected, later ones over earlier ones.
    pub(super) wanted: Vec<Arc<Vec<Wanted>>>,
}

impl Test {
    /// Its name, unique in its file; that of a row has a number.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The kind of the test.
    pub fn kind(&self) -> Kind {
        self.subject.value.kind()
    }

    /// Its position in the file.
    pub fn position(&self) -> Option<Position> {
        self.place
    }

    /// The file under test, as the fixture names it; `None` if the fixture contains the expression.
    pub fn file(&self) -> Option<&str> {
        match &self.subject.value {
            Subject::Expression(_) => None,
            Subject::Program(path) | Subject::Parameters(path) | Subject::Workflow(path) => Some(path),
        }
    }

    /// Its path in the file, such as `tests[2]`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is expected, each thing once.
    pub(super) fn wanted(&self) -> impl Iterator<Item = &Wanted> {
        let layers = self.wanted.iter().enumerate();
        layers.flat_map(move |(level, layer)| {
            let over = self.wanted.get(level + 1..).unwrap_or_default();
            let is_over = move |wanted: &&Wanted| {
                over.iter()
                    .any(|layer| layer.iter().any(|other| other.key == wanted.key))
            };
            layer.iter().filter(move |wanted| !is_over(wanted))
        })
    }
}
