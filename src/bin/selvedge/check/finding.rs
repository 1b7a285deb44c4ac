//! What a check says: diagnostics whose spans lie in the file, and the file they lie in.

use std::path::PathBuf;

use selvedge::Span;
use selvedge::diagnostic::Diagnostic;

use super::files::Target;

/// A diagnostic of a file.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    /// Its spans are bytes of the file.
    pub(crate) diagnostic: Diagnostic,
    /// Where in the document, such as `workflow.steps[0].params.day`; empty where the file is one expression.
    pub(crate) path: String,
    /// What its suggestion comes to, where it can be taken.
    pub(crate) change: Option<Change>,
}

/// A change of a text in a file: what the text is to say after it is written over in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    /// Where the text begins in the file.
    pub(crate) text_start: usize,
    /// What of the text is replaced.
    pub(crate) span: Span,
    pub(crate) replacement: String,
}

/// A file that was checked.
#[derive(Debug, Default)]
pub(crate) struct Checked {
    /// What to call it, with `/` between its parts.
    pub(crate) name: String,
    /// Where it was read from; none for standard input.
    pub(crate) source: Option<PathBuf>,
    pub(crate) text: String,
    pub(crate) expressions: usize,
    pub(crate) findings: Vec<Finding>,
    /// How many of them are errors, while they are found.
    errors: usize,
}

/// The most errors, and the most warnings, that are told of one file.
const MAX_FINDINGS: usize = 100_000;

impl Checked {
    /// Nothing yet.
    pub(crate) fn of(target: &Target) -> Self {
        Self {
            name: target.name.clone(),
            source: target.path.clone(),
            ..Self::default()
        }
    }

    /// Adds what was found, as far as it is told: of the first error or warning beyond that, only that there are more.
    pub(crate) fn extend(&mut self, found: impl IntoIterator<Item = Finding>) {
        for mut finding in found {
            let is_error = finding.diagnostic.is_error();
            let (kept, what) = match is_error {
                true => (self.errors, "errors"),
                false => (self.findings.len() - self.errors, "warnings"),
            };
            if kept > MAX_FINDINGS {
                continue;
            }
            if kept == MAX_FINDINGS {
                let message = format!("more {what} of this file are not shown: there are {MAX_FINDINGS} before");
                let (code, span) = (finding.diagnostic.code, finding.diagnostic.span);
                finding = Finding::of(match is_error {
                    true => Diagnostic::error(code, span, message),
                    false => Diagnostic::warning(code, span, message),
                });
            }
            self.errors += usize::from(is_error);
            self.findings.push(finding);
        }
    }

    /// Takes what was found away again where it is gone: there is room for as much.
    pub(crate) fn remove(&mut self, is_gone: impl Fn(&Finding) -> bool) {
        self.findings.retain(|finding| !is_gone(finding));
        let errors = self.findings.iter().filter(|finding| finding.diagnostic.is_error());
        self.errors = errors.count();
    }
}

impl Finding {
    /// A diagnostic of the file as a whole or of a file that is one expression.
    pub(crate) fn of(diagnostic: Diagnostic) -> Self {
        let change = Change::of(&diagnostic, 0);
        Self {
            diagnostic,
            path: String::new(),
            change,
        }
    }
}

impl Change {
    /// What the suggestion of a diagnostic changes, whose spans are those of a text that begins at a place.
    pub(crate) fn of(diagnostic: &Diagnostic, text_start: usize) -> Option<Self> {
        let suggestion = diagnostic.suggestion.as_ref()?;
        Some(Self {
            text_start,
            span: suggestion.span,
            replacement: suggestion.replacement.clone(),
        })
    }
}
