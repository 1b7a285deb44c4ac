//! What a check says: diagnostics whose spans lie in the file, and the file they lie in.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// A diagnostic of a file.
///
/// ```
/// use selvedge::project::{Checker, File, Project};
/// use selvedge::platform::Platform;
/// let checker = Checker::new(Project::new(Platform::new()))?;
/// let checked = checker.check(File::new("daily.yaml", "params:\n  '!day<long>': tomorow + 1\n"));
/// let finding = &checked.findings[0];
/// assert_eq!(finding.diagnostic.span.of(&checked.text), "tomorow");
/// assert_eq!(finding.path, "day");
/// # Ok::<(), selvedge::params::DefinitionError>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Finding {
    /// The diagnostic. Its spans are bytes of the file.
    pub diagnostic: Diagnostic,
    /// The path in the document, such as `workflow.steps[0].params.day`; empty if the file is a program.
    pub path: String,
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

/// A checked file.
///
/// ```
/// use selvedge::project::{Checker, File, Project};
/// use selvedge::platform::Platform;
/// let checker = Checker::new(Project::new(Platform::new()))?;
/// let checked = checker.check(File::new("total.sel", "1 + 2"));
/// assert_eq!((checked.expressions, checked.findings.len()), (1, 0));
/// # Ok::<(), selvedge::params::DefinitionError>(())
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct CheckedFile {
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
    /// The number of its expressions, and of texts that refer to parameters.
    pub expressions: usize,
    /// The findings, in the order of the text: at most 100,000 errors and as many warnings.
    pub findings: Vec<Finding>,
    /// How many of them are errors, while they are found.
    errors: usize,
}

/// The most errors, and the most warnings, that are reported for one file.
const MAX_FINDINGS: usize = 100_000;

impl CheckedFile {
    /// Nothing yet.
    pub(super) fn of(name: String, text: String) -> Self {
        Self {
            name,
            text,
            ..Self::default()
        }
    }

    /// A file with findings from elsewhere, such as failed tests, to be reported like those of a check.
    ///
    /// ```
    /// use selvedge::project::CheckedFile;
    /// let checked = CheckedFile::new("daily.test.yaml", "tests: []\n", Vec::new());
    /// assert!(!checked.has_errors());
    /// ```
    pub fn new(name: impl Into<String>, text: impl Into<String>, findings: Vec<Finding>) -> Self {
        let mut file = Self::of(name.into(), text.into());
        file.extend(findings);
        file
    }

    /// A file that could not be read, with the reason.
    ///
    /// ```
    /// use selvedge::project::CheckedFile;
    /// assert!(CheckedFile::unreadable("daily.yaml", "the file is not UTF-8 text").has_errors());
    /// ```
    pub fn unreadable(name: impl Into<String>, why: impl Into<String>) -> Self {
        let diagnostic = Diagnostic::error(Code::DocumentSyntax, Span::default(), why);
        Self::new(name, "", vec![Finding::of(diagnostic)])
    }

    /// Whether any finding is an error.
    ///
    /// ```
    /// use selvedge::project::{Checker, File, Project};
    /// use selvedge::platform::Platform;
    /// let checker = Checker::new(Project::new(Platform::new()))?;
    /// assert!(checker.check(File::new("total.sel", "1 +")).has_errors());
    /// # Ok::<(), selvedge::params::DefinitionError>(())
    /// ```
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.diagnostic.is_error())
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
                let message = format!("too many {what} in this file: only the first {MAX_FINDINGS} are shown");
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
    /// A finding without a path in the document.
    ///
    /// ```
    /// use selvedge::Span;
    /// use selvedge::diagnostic::{Code, Diagnostic};
    /// use selvedge::project::Finding;
    /// let finding = Finding::new(Diagnostic::error(Code::DocumentSyntax, Span::default(), "the file cannot be read"));
    /// assert_eq!(finding.path, "");
    /// ```
    pub fn new(diagnostic: Diagnostic) -> Self {
        Self::of(diagnostic)
    }

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
