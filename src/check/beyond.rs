//! What goes beyond SEL, where that is the dialect.

use super::options::Options;
use super::passes;
use crate::diagnostic::{Code, Diagnostic};
use crate::dialect::Dialect;
use crate::syntax::ast;

/// Marks the errors of a program in SEL that it does not have in Selvedge.
pub(super) fn mark(source: &str, tree: &ast::Tree, options: &Options<'_>, errors: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let whole = Options {
        dialect: Dialect::Selvedge,
        ..*options
    };
    let left = passes::check(source, tree, &whole).err().unwrap_or_default();
    let stays = |error: &Diagnostic| {
        let mut left = left.iter().filter(|left| left.is_error());
        error.code == Code::BeyondSel || left.any(|left| left.span.holds(error.span) || error.span.holds(left.span))
    };
    let marked = |mut error: Diagnostic| {
        if error.is_error() && !stays(&error) {
            error.code = Code::BeyondSel;
            error.message.push_str(", in SEL");
        }
        error
    };
    errors.into_iter().map(marked).collect()
}

/// What of a program that Selvedge accepts SEL refuses.
pub(crate) fn beyond_sel(source: &str, tree: &ast::Tree, options: &Options<'_>) -> Vec<Diagnostic> {
    let sel = Options {
        dialect: Dialect::Sel,
        ..*options
    };
    let errors = passes::check(source, tree, &sel).err().unwrap_or_default();
    let mut errors = mark(source, tree, &sel, errors);
    errors.retain(|error| error.code == Code::BeyondSel);
    errors
}
