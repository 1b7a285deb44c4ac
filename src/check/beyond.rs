//! What goes beyond SEL, where that is the dialect.

use super::options::{Helps, Options};
use super::passes;
use crate::diagnostic::{Code, Diagnostic};
use crate::dialect::Dialect;
use crate::syntax::ast;

/// Marks the errors of a program in SEL that it does not have in Selvedge.
pub(super) fn mark(source: &str, tree: &ast::Tree, options: &Options<'_>, errors: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let whole = Options {
        dialect: Dialect::Selvedge,
        helps: Helps::Without,
        ..*options
    };
    let left = passes::check(source, tree, &whole).err().unwrap_or_default();
    let stays = |error: &Diagnostic| {
        let mut left = left.iter().filter(|left| left.is_error());
        left.any(|left| left.span.holds(error.span) || error.span.holds(left.span))
    };
    let error = |error: Diagnostic| match error.is_error() && !stays(&error) {
        true => marked(error),
        false => error,
    };
    errors.into_iter().map(error).collect()
}

/// What of a program that Selvedge accepts SEL refuses.
pub(crate) fn beyond_sel(source: &str, tree: &ast::Tree, options: &Options<'_>) -> Vec<Diagnostic> {
    let sel = Options {
        dialect: Dialect::Sel,
        ..*options
    };
    let errors = passes::check(source, tree, &sel).err().unwrap_or_default();
    errors.into_iter().filter(Diagnostic::is_error).map(marked).collect()
}

/// An error that a program has in SEL alone.
fn marked(mut error: Diagnostic) -> Diagnostic {
    if error.code != Code::BeyondSel {
        error.code = Code::BeyondSel;
        error.message.push_str(", in SEL");
    }
    error
}
