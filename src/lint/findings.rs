//! What the lints found.

use serde::Serialize;

use super::name::LintName;
use super::set::LintSet;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::Brackets;
use crate::work::is_stopped;

/// The finding of a lint.
///
/// ```
/// use selvedge::lint::{LintName, LintSet};
/// use selvedge::{Engine, Schema};
/// let program = Engine::default().compile("if (1 > 2) { return 1; } return 2;", &Schema::new())?;
/// let lints = program.lints(LintSet::default());
/// assert_eq!(lints[0].name, LintName::ConditionAlwaysFalse);
/// assert!(!lints[0].diagnostic.is_error());
/// # Ok::<(), selvedge::CompileError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Lint {
    /// The lint's stable name.
    pub name: LintName,
    /// A warning with code, place, message, help, and a suggestion if one is safe to apply.
    #[serde(flatten)]
    pub diagnostic: Diagnostic,
}

/// What was found so far.
pub(super) struct Findings<'f> {
    source: &'f str,
    /// The source's brackets, found when a place is first widened.
    brackets: Option<Brackets>,
    wanted: LintSet,
    lints: Vec<Lint>,
}

impl<'f> Findings<'f> {
    pub(super) const fn new(source: &'f str, wanted: LintSet) -> Self {
        Self {
            source,
            brackets: None,
            wanted,
            lints: Vec::new(),
        }
    }

    /// What was found, in the order of the source.
    pub(super) fn into_lints(mut self) -> Vec<Lint> {
        let place = |lint: &Lint| (lint.diagnostic.span, lint.name);
        self.lints.sort_by_key(place);
        self.lints.dedup_by_key(|lint| place(lint));
        self.lints
    }

    /// The places of what a lint has said.
    pub(super) fn places(&self, name: LintName) -> impl Iterator<Item = Span> {
        let said = self.lints.iter().filter(move |lint| lint.name == name);
        said.map(|lint| lint.diagnostic.span)
    }

    pub(super) fn wants(&self, name: LintName) -> bool {
        self.wanted.contains(name)
    }

    /// Adds a warning, where its lint is looked for; `detail` adds label, help and suggestion.
    pub(super) fn warn(
        &mut self,
        name: LintName,
        span: Span,
        message: impl Into<String>,
        detail: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        if self.wants(name) && !is_stopped() {
            let brackets = self.brackets.get_or_insert_with(|| Brackets::of(self.source));
            let span = brackets.widen(span);
            let diagnostic = detail(Diagnostic::warning(name.code(), span, message));
            self.lints.push(Lint { name, diagnostic });
        }
    }
}
