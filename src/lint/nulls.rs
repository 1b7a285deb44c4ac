//! Null that is joined to a text: of texts that are declared without a value, and joined to before they have one, and of functions that
//! say so by their names.

use super::subject::is_repeated;
use super::{Findings, LintName, Subject};
use crate::check::typed::{ExprId, Kind, TypedTree, VariableId};
use crate::diagnostic::{quote, write_code};
use crate::library;
use crate::operator::{Arithmetic, Operation};
use crate::types::Type;
use crate::work::{Work, items};

/// The longest code that is repeated in a help, in bytes.
const MAX_REPEATED: usize = 60;

/// STRING variables that no place sets to anything but their own text with more behind it.
pub(super) fn joined(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let tree = &subject.checked.tree;
    for (id, variable) in tree.variables.entries() {
        if variable.ty != Type::String || variable.parameter.is_some() {
            continue;
        }
        let sets = subject.facts.variable(id).map_or(&[][..], |facts| &facts.sets);
        let value = |&set: &ExprId| match tree.expr(set).kind {
            Kind::Set { value, .. } | Kind::Reassign { value, .. } => Some((set, value)),
            _ => None,
        };
        let is_null = |value: ExprId| tree.expr(value).kind == Kind::Null;
        let values = || sets.iter().filter_map(value);
        let is_declared = values().any(|(_, value)| is_null(value));
        let is_own = |value| is_null(value) || joins(subject, id, value);
        if !is_declared || !values().all(|(_, value)| is_own(value)) {
            continue;
        }
        let Some((set, _)) = values().find(|(_, value)| !is_null(*value)) else {
            continue;
        };
        let name = &variable.name;
        findings.warn(
            LintName::NullJoined,
            tree.expr(set).span,
            format!("{} is null here, and its text `null` is joined to", quote(name)),
            |warning| {
                let help = write_code(&format!("String {name} = '';"));
                warning.with_label("no value is set before").with_help(help)
            },
        );
    }
}

/// `text.toLongOrNull() + 1`: where there is no number, that is the text `null1`.
pub(super) fn added(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let tree = &subject.checked.tree;
    for expr in items(Work::Linted, &tree.exprs) {
        let operands = match expr.kind {
            Kind::Concat(parts) => tree.expr_list(parts).to_vec(),
            Kind::Dynamic {
                operator: Operation::Arithmetic(Arithmetic::Add),
                left,
                right,
                ..
            } => vec![left, right],
            _ => continue,
        };
        for operand in operands {
            let Some(name) = or_null(tree, operand) else {
                continue;
            };
            let span = tree.expr(operand).span;
            findings.warn(
                LintName::NullJoined,
                span,
                format!("{} may give null here, whose text is joined", quote(name)),
                |warning| {
                    let code = span.of(subject.source);
                    let code = if is_repeated(code, MAX_REPEATED) { code } else { "x" };
                    let help = write_code(&format!("({code} ?? {})", otherwise(name)));
                    warning.with_label("null where there is none").with_help(help)
                },
            );
        }
    }
}

/// The function that gives a value, where its name says that it may be null.
fn or_null(tree: &TypedTree, value: ExprId) -> Option<&'static str> {
    let Kind::Call { function, .. } = tree.checked(value) else {
        return None;
    };
    let name = library::function(function)?.name;
    name.ends_with("OrNull").then_some(name)
}

/// What stands for a value that is not there.
fn otherwise(function: &str) -> &'static str {
    match function {
        "toLongOrNull" => "0",
        "toDoubleOrNull" => "0.0",
        "toBooleanOrNull" => "false",
        _ => "''",
    }
}

/// Whether a value is the text of a variable with something behind it.
fn joins(subject: &Subject<'_>, variable: VariableId, value: ExprId) -> bool {
    let tree = &subject.checked.tree;
    let first = match tree.checked(value) {
        Kind::Concat(parts) => tree.expr_list(parts).first().copied(),
        Kind::Dynamic {
            operator: Operation::Arithmetic(Arithmetic::Add),
            left,
            ..
        } => Some(left),
        _ => None,
    };
    first.is_some_and(|first| tree.checked(first).read_variable() == Some(variable))
}
