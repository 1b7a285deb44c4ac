//! Lints of a source: read and checked anew, so that compiling pays nothing for them.

use super::{CompileError, Engine, Settings};
use crate::check;
use crate::diagnostic::Diagnostic;
use crate::lint::{self, Lint, LintSet};
use crate::schema::Schema;
use crate::syntax;

impl Engine {
    /// What is right by the language and likely not what was meant, by the lints that are on by default, in the order of the
    /// source.
    ///
    /// The program is read anew, so compiling pays nothing for lints. They include what
    /// [`Program::warnings`](crate::Program::warnings) says.
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
        find(&self.settings, source, schema, wanted)
    }
}

pub(super) fn find(
    settings: &Settings,
    source: &str,
    schema: &Schema,
    wanted: LintSet,
) -> Result<Vec<Lint>, CompileError> {
    let refused = |diagnostics: Vec<Diagnostic>| CompileError::new(diagnostics, source);
    let tree = syntax::parse(source, &settings.parse_limits()).map_err(|diagnostic| refused(vec![diagnostic]))?;
    let checked = check::check(&tree, &settings.check_options(schema)).map_err(refused)?;
    Ok(lint::lint(
        source,
        &tree,
        &checked,
        schema,
        &settings.host_functions,
        wanted,
    ))
}
