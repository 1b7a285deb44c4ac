//! What is right by the language and likely not what was meant, told to a host that asks.

use super::error::CompileError;
use super::program::{Inner, Program};
use super::settings::Settings;
use crate::check::{self, Checked};
use crate::cost::{self, CostBound, InputSizes};
use crate::diagnostic::Diagnostic;
use crate::lint::{self, Lint, LintName, LintSet};
use crate::schema::Schema;
use crate::source::Span;
use crate::syntax::{self, ast::Tree};

/// Adds what the engine's lints find to a program's warnings.
pub(super) fn add(source: &str, tree: &Tree, checked: &mut Checked, schema: &Schema, settings: &Settings) {
    // The checker itself warns of these.
    let wanted = settings
        .wanted_lints()
        .without(LintName::LeadingZeroLiteral)
        .without(LintName::UnquotedDate);
    if wanted == LintSet::none() {
        return;
    }
    let program = lint::Program {
        source,
        ast: tree,
        checked,
    };
    let found = find(program, schema, settings, wanted, false);
    checked.warnings.extend(found.into_iter().map(|lint| lint.diagnostic));
    checked.warnings.sort_by_key(|warning| warning.span);
}

/// What the lints say of a program, and where they are to, the bound of its cost.
fn find(
    program: lint::Program<'_>,
    schema: &Schema,
    settings: &Settings,
    wanted: LintSet,
    gives_double: bool,
) -> Vec<Lint> {
    let context = lint::Context {
        dialect: settings.dialect,
        schema,
        host_functions: &settings.host_functions,
        steps: settings.limits.steps,
        gives_double,
    };
    let mut found = lint::lint(program, context, wanted);
    if wanted.contains(LintName::CostAboveBudget) {
        found.extend(cost_above_budget(program.checked, settings));
        found.sort_by_key(|lint| lint.diagnostic.span);
    }
    if wanted.contains(LintName::BeyondSel) {
        found.extend(beyond_sel(program, schema, settings));
        found.sort_by_key(|lint| lint.diagnostic.span);
    }
    found
}

fn beyond_sel(program: lint::Program<'_>, schema: &Schema, settings: &Settings) -> impl Iterator<Item = Lint> {
    let errors = check::beyond_sel(program.source, program.ast, &settings.check_options(schema));
    errors.into_iter().map(|error| {
        let name = LintName::BeyondSel;
        let mut diagnostic = Diagnostic::warning(name.code(), error.span, error.message);
        diagnostic.help = error.help;
        Lint { name, diagnostic }
    })
}

fn cost_above_budget(checked: &Checked, settings: &Settings) -> Option<Lint> {
    let name = LintName::CostAboveBudget;
    let facts = cost::Facts {
        sizes: &InputSizes::new(),
        limits: &settings.limits,
        functions: &settings.host_functions,
    };
    let warning = |span, message: String| Diagnostic::warning(name.code(), span, message);
    let whole = || {
        checked
            .tree
            .exprs
            .iter()
            .map(|expr| expr.span)
            .reduce(Span::to)
            .unwrap_or_default()
    };
    let diagnostic = match cost::bound(&checked.tree, &facts) {
        CostBound::Bounded { steps, .. } if steps > settings.limits.steps => {
            let message = format!("it may take {steps} steps, and the budget is {}", settings.limits.steps);
            warning(whole(), message)
        }
        CostBound::Bounded { bytes, .. } if bytes > settings.limits.memory => {
            let message = format!(
                "it may take {bytes} bytes, and the budget is {}",
                settings.limits.memory
            );
            warning(whole(), message)
        }
        CostBound::Bounded { .. } => return None,
        CostBound::Unbounded { span, reason } => {
            warning(span, "what it may take has no bound that is known".to_owned()).with_label(reason)
        }
    };
    let diagnostic = diagnostic.with_help("bound what it loops over, or let the budget stop it");
    Some(Lint { name, diagnostic })
}

impl Program {
    /// Runs the given lints: warnings about valid code that is probably a mistake. They read the source again, which takes about as long as
    /// compiling, and cost nothing unless requested.
    ///
    /// ```
    /// use selvedge::{Engine, Schema, Type};
    /// use selvedge::lint::LintSet;
    /// let program = Engine::default().compile("n == null ? 1 : n", &Schema::new().with("n", Type::Long))?;
    /// let lints = program.lints(LintSet::default());
    /// assert_eq!(lints[0].diagnostic.message, "`==` of LONG and NULL is always false");
    /// # Ok::<(), selvedge::CompileError>(())
    /// ```
    pub fn lints(&self, wanted: LintSet) -> Vec<Lint> {
        let Inner {
            settings,
            source,
            schema,
            ..
        } = self.inner();
        // It compiled with these settings, so it does again.
        of_source(settings, source, schema, wanted, false).unwrap_or_default()
    }
}

/// The lints of a source that is read and checked anew.
pub(super) fn of_source(
    settings: &Settings,
    source: &str,
    schema: &Schema,
    wanted: LintSet,
    gives_double: bool,
) -> Result<Vec<Lint>, CompileError> {
    let refused = |diagnostics: Vec<Diagnostic>| CompileError::new(diagnostics, source);
    let tree = syntax::parse(source, &settings.parse_limits()).map_err(|diagnostic| refused(vec![diagnostic]))?;
    let checked = check::check(source, &tree, &settings.check_options(schema)).map_err(refused)?;
    let program = lint::Program {
        source,
        ast: &tree,
        checked: &checked,
    };
    Ok(find(program, schema, settings, wanted, gives_double))
}
