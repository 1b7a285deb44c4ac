//! Lists of what is wrong, no longer than anyone reads: errors and warnings each have a share, and one more says that there are more.

use super::problem::Problem;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// The most errors, and the most warnings, that are reported for one text.
const MAX_OF_TEXT: usize = 50;
/// The most errors, and the most warnings, that are reported for one document.
const MAX_OF_DOCUMENT: usize = 1_000;

/// What is kept of a list, and what is left out.
struct Share {
    most: usize,
    kept: usize,
    left_out: usize,
    /// The code of the first that is left out.
    code: Option<Code>,
}

impl Share {
    const fn new(most: usize) -> Self {
        Self {
            most,
            kept: 0,
            left_out: 0,
            code: None,
        }
    }

    /// Whether the next is kept.
    fn keeps(&mut self, code: Code) -> bool {
        let keeps = self.kept < self.most;
        match keeps {
            true => self.kept += 1,
            false => {
                self.left_out += 1;
                self.code.get_or_insert(code);
            }
        }
        keeps
    }
}

/// The shares of errors and of warnings, so that neither hides the others.
struct Shares {
    errors: Share,
    warnings: Share,
}

impl Shares {
    const fn new(most: usize) -> Self {
        Self {
            errors: Share::new(most),
            warnings: Share::new(most),
        }
    }

    fn keeps(&mut self, diagnostic: &Diagnostic) -> bool {
        let share = match diagnostic.is_error() {
            true => &mut self.errors,
            false => &mut self.warnings,
        };
        share.keeps(diagnostic.code)
    }

    /// What says that more is wrong, of the code that the first left out has.
    fn more(&self, message: impl Fn(usize, &str) -> String) -> impl Iterator<Item = Diagnostic> {
        let error = self.errors.code.map(|code| {
            let message = message(self.errors.left_out, "error");
            Diagnostic::error(code, Span::default(), message)
        });
        let warning = self.warnings.code.map(|code| {
            let message = message(self.warnings.left_out, "warning");
            Diagnostic::warning(code, Span::default(), message)
        });
        error.into_iter().chain(warning)
    }
}

/// The problems that are reported for one text.
pub(super) fn of_text(diagnostics: impl IntoIterator<Item = Diagnostic>) -> Vec<Diagnostic> {
    let mut shares = Shares::new(MAX_OF_TEXT);
    let kept = diagnostics.into_iter().filter(|diagnostic| shares.keeps(diagnostic));
    let mut kept: Vec<Diagnostic> = kept.collect();
    kept.extend(shares.more(|count, what| match count {
        1 => format!("1 more {what} in this text, not shown"),
        count => format!("{count} more {what}s in this text, not shown"),
    }));
    kept
}

/// What is told of the parts of one document, one after the other: no more of all than of one.
pub(crate) struct OfDocument(Shares);

impl OfDocument {
    pub(super) const fn new() -> Self {
        Self(Shares::new(MAX_OF_DOCUMENT))
    }

    /// Those of the next part that are told; behind the last of each kind, that there are more.
    pub(super) fn keep(&mut self, problems: impl IntoIterator<Item = Problem>) -> Vec<Problem> {
        let before: Vec<bool> = self.more().iter().map(Problem::is_error).collect();
        let kept = problems
            .into_iter()
            .filter(|problem| self.0.keeps(problem.diagnostic()));
        let mut kept: Vec<Problem> = kept.collect();
        let more = self.more().into_iter();
        kept.extend(more.filter(|problem| !before.contains(&problem.is_error())));
        kept
    }

    /// What is told of the next part; that there are more, where none of its problems is told.
    pub(super) fn part(&mut self, problems: Vec<Problem>) -> Vec<Problem> {
        if problems.is_empty() {
            return problems;
        }
        let kept = self.keep(problems);
        match kept.is_empty() {
            true => self.more(),
            false => kept,
        }
    }

    /// Whether errors were left out.
    pub(super) const fn is_full(&self) -> bool {
        self.0.errors.left_out > 0
    }

    /// What says that there are more, where some were left out.
    pub(super) fn more(&self) -> Vec<Problem> {
        let more = self
            .0
            .more(|_, what| format!("too many {what}s: only the first {MAX_OF_DOCUMENT} are shown"));
        more.map(|diagnostic| Problem::at("", None, diagnostic)).collect()
    }
}

/// The problems that are reported for one document. How many more there are is not known: the lists of its parts were bounded too.
pub(super) fn of_document(problems: Vec<Problem>) -> Vec<Problem> {
    if problems.len() <= MAX_OF_DOCUMENT {
        return problems;
    }
    OfDocument::new().keep(problems)
}

/// Adds what is wrong with a part to a document's problems, of which no more than a few times what is told are held.
pub(crate) fn add(problems: &mut Vec<Problem>, more: impl IntoIterator<Item = Problem>) {
    problems.extend(more);
    bound(problems);
}

/// Keeps a document's problems to a few times what is told of them, while it is read.
pub(crate) fn bound(problems: &mut Vec<Problem>) {
    if problems.len() > 4 * MAX_OF_DOCUMENT {
        *problems = of_document(std::mem::take(problems));
    }
}
