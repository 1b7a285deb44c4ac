//! Parameters of the schema that the program does not read, or cannot read by their names.

use std::collections::HashSet;

use super::{Findings, LintName, Subject};
use crate::check::typed::Kind;
use crate::diagnostic::quote;
use crate::library;
use crate::source::Span;
use crate::syntax::ast::ExprKind;
use crate::work::{Work, items};

/// Parameters that the program does not read. One that makes names as it runs may read any.
pub(super) fn unused(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let tree = &subject.checked.tree;
    let reads_any = |kind| matches!(kind, Kind::ParameterNamed(_) | Kind::HasParameter(_));
    if !findings.wants(LintName::UnusedParameter) || tree.exprs.iter().any(|expr| reads_any(expr.kind)) {
        return;
    }
    let read: HashSet<&str> = tree.parameters.iter().map(|parameter| &*parameter.name).collect();
    for name in subject.schema.names().filter(|name| !read.contains(name)) {
        let message = format!("the parameter {} is not read", quote(name));
        findings.warn(LintName::UnusedParameter, Span::default(), message, |warning| {
            warning
                .with_label("in this program")
                .with_help("read it, or remove it from the schema")
        });
    }
}

/// Parameters named as a class, where the program says the name: it means the class.
pub(super) fn shadowed(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let ast = subject.ast;
    let is_shadowed = |name: &str| {
        subject.schema.declares(name) && (library::is_class(name) || subject.host_functions.is_namespace(name))
    };
    let shadowed: Vec<bool> = ast.names.iter().map(|name| is_shadowed(name)).collect();
    for expr in items(Work::Linted, &ast.exprs) {
        let ExprKind::Name(symbol) = expr.kind else {
            continue;
        };
        let name = ast.name(symbol);
        if shadowed.get(symbol.index()) == Some(&true) {
            let shown = quote(name);
            let message = format!("{shown} is the class here, not the parameter of that name");
            findings.warn(LintName::ShadowedClassName, expr.span, message, |warning| {
                warning.with_label("the class").with_help(format!(
                    "read the parameter with {}, or give it another name",
                    quote(&format!("params['{name}']"))
                ))
            });
        }
    }
}
