//! What lints say of definitions, beside what they say of programs.

use super::compile::Engine;
use super::lints;
use crate::diagnostic::Diagnostic;
use crate::lint::{self, LintName, LintSet};
use crate::schema::Schema;

impl Engine {
    /// What is said of an accepted program whose LONG becomes a DOUBLE: that a quotient has lost its fraction before.
    pub(crate) fn lint_as_double(&self, source: &str, schema: &Schema) -> Vec<Diagnostic> {
        let name = LintName::IntegerDivision;
        if !self.settings.wanted_lints().contains(name) {
            return Vec::new();
        }
        let found = lints::of_source(&self.settings, source, schema, LintSet::none().with(name), true);
        found.into_iter().flatten().map(|lint| lint.diagnostic).collect()
    }

    /// What is said of a text of a definition: that a placeholder of Airflow stays in it.
    pub(crate) fn lint_text(&self, text: &str) -> Option<Diagnostic> {
        let name = LintName::TemplateInText;
        let span = lint::of_airflow(text).filter(|_| self.settings.wanted_lints().contains(name))?;
        let message = "a placeholder stays in the text as it is written";
        let warning = Diagnostic::warning(name.code(), span, message);
        Some(warning.with_help("the value of a parameter is put into a text with `${name}`"))
    }
}
