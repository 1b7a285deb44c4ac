//! Texts that are declared without a value, and joined to before they have one.

use super::{Findings, LintName, Subject};
use crate::check::typed::{ExprId, Kind, VariableId};
use crate::diagnostic::{quote, write_code};
use crate::operator::{Arithmetic, Operation};
use crate::types::Type;

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
