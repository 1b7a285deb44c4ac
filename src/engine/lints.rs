//! What is right by the language and likely not what was meant, told to a host that asks.

use super::{CompileError, Engine, Settings};
use crate::check::{self, Checked};
use crate::diagnostic::Diagnostic;
use crate::lint::{self, Lint, LintName, LintSet};
use crate::schema::Schema;
use crate::syntax::{self, ast::Tree};

/// Adds what the engine's lints find to a program's warnings.
pub(super) fn add(tree: &Tree, checked: &mut Checked, schema: &Schema, settings: &Settings) {
    // The checker itself warns of leading zeros.
    let wanted = settings.lints.without(LintName::LeadingZeroLiteral);
    if wanted == LintSet::none() {
        return;
    }
    let found = lint::lint(tree, checked, schema, wanted);
    checked.warnings.extend(found.into_iter().map(|lint| lint.diagnostic));
    checked.warnings.sort_by_key(|warning| warning.span);
}

impl Engine {
    /// What is right by the language and likely not what was meant, by the lints that are on by default.
    ///
    /// The program is read anew, so compiling pays nothing for lints. They include what [`Program::warnings`] says.
    ///
    /// # Errors
    ///
    /// As [`Engine::compile`]: a program that is refused has errors, and no lints.
    ///
    /// ```
    /// use selvedge::{Engine, Schema, lint::LintName};
    /// let lints = Engine::default().lint("total = 7; return 10 / 0;", &Schema::new())?;
    /// let names: Vec<LintName> = lints.iter().map(|lint| lint.name).collect();
    /// assert_eq!(names, [LintName::UnusedVariable, LintName::DivisionByZero]);
    /// assert_eq!(lints[1].diagnostic.message, "`/` by zero always fails");
    /// # Ok::<(), selvedge::CompileError>(())
    /// ```
    pub fn lint(&self, source: &str, schema: &Schema) -> Result<Vec<Lint>, CompileError> {
        self.lint_for(source, schema, LintSet::default())
    }

    /// As [`Engine::lint`], with the lints of a host's choice.
    ///
    /// # Errors
    ///
    /// As [`Engine::compile`].
    ///
    /// ```
    /// use selvedge::{Engine, Schema};
    /// use selvedge::lint::{LintName, LintSet};
    /// let wanted = LintSet::default().with(LintName::Nondeterministic);
    /// let lints = Engine::default().lint_for("Math.random() < 0.1", &Schema::new(), wanted)?;
    /// assert_eq!(lints[0].name.text(), "nondeterministic");
    /// # Ok::<(), selvedge::CompileError>(())
    /// ```
    pub fn lint_for(&self, source: &str, schema: &Schema, wanted: LintSet) -> Result<Vec<Lint>, CompileError> {
        let (tree, checked) = self.check(source, schema)?;
        Ok(lint::lint(&tree, &checked, schema, wanted))
    }

    fn check(&self, source: &str, schema: &Schema) -> Result<(Tree, Checked), CompileError> {
        let settings = &self.settings;
        let refused = |diagnostics: Vec<Diagnostic>| CompileError::new(diagnostics, source);
        let tree = syntax::parse(source, &settings.parse_limits()).map_err(|diagnostic| refused(vec![diagnostic]))?;
        let checked = check::check(&tree, &settings.check_options(schema)).map_err(refused)?;
        Ok((tree, checked))
    }
}
