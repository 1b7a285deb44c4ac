//! What a check says: diagnostics whose spans lie in the file, and the file they lie in.

use selvedge::diagnostic::Diagnostic;

/// A diagnostic of a file.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    /// Its spans are bytes of the file.
    pub(crate) diagnostic: Diagnostic,
    /// Where in the document, such as `workflow.steps[0].params.day`; empty where the file is one expression.
    pub(crate) path: String,
}

/// A file that was checked.
#[derive(Debug, Default)]
pub(crate) struct Checked {
    /// What to call it, with `/` between its parts.
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) expressions: usize,
    pub(crate) findings: Vec<Finding>,
}

impl Finding {
    /// A diagnostic of the file as a whole or of a file that is one expression.
    pub(crate) fn of(diagnostic: Diagnostic) -> Self {
        Self {
            diagnostic,
            path: String::new(),
        }
    }
}
