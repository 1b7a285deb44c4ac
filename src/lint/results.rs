//! Values that go nowhere: a last `if` whose branches are expressions gives nothing back.

use std::collections::HashSet;

use super::{Findings, LintName, Subject};
use crate::syntax::ast::{self, ExprKind, StatementId, StatementKind, StepKind};

/// The expressions that end the branches of a program's last statement, where that is an `if`.
pub(super) fn dropped(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let tree = subject.ast;
    let Some(&last) = tree.statement_list(tree.root).last() else {
        return;
    };
    let namespaces: HashSet<&str> = subject.host_functions.namespaces().into_iter().collect();
    let mut open: Vec<StatementId> = branches(tree, last);
    while let Some(id) = open.pop() {
        let statement = tree.statement(id);
        match statement.kind {
            StatementKind::Block(list) => open.extend(tree.statement_list(list).last()),
            StatementKind::If { .. } => open.extend(branches(tree, id)),
            StatementKind::Expression(value) if is_only_value(tree, value, &namespaces) => {
                findings.warn(
                    LintName::ValueDropped,
                    tree.expr(value).span,
                    "the branch's value is dropped, and the program gives nothing",
                    |warning| {
                        warning
                            .with_label("not given back")
                            .with_help("write `return` before it")
                    },
                );
            }
            _ => {}
        }
    }
}

fn branches(tree: &ast::Tree, id: StatementId) -> Vec<StatementId> {
    match tree.statement(id).kind {
        StatementKind::If { arms, otherwise } => tree.ifs(arms).iter().map(|arm| arm.body).chain(otherwise).collect(),
        _ => Vec::new(),
    }
}

/// Whether an expression does nothing but give a value.
fn is_only_value(tree: &ast::Tree, id: ast::ExprId, namespaces: &HashSet<&str>) -> bool {
    match tree.expr(id).kind {
        ExprKind::Literal(_)
        | ExprKind::Name(_)
        | ExprKind::Unary { .. }
        | ExprKind::Chain { .. }
        | ExprKind::New { .. }
        | ExprKind::NewArray { .. }
        | ExprKind::ArrayLiteral { .. } => true,
        ExprKind::Conditional { .. }
        | ExprKind::Assign { .. }
        | ExprKind::AssignElement { .. }
        | ExprKind::BareCall { .. } => false,
        ExprKind::Postfix { base, steps } => {
            let of_host = match tree.expr(base).kind {
                ExprKind::Name(name) => tree.name(name) == "params" || namespaces.contains(tree.name(name)),
                _ => false,
            };
            let puts = |step: &ast::Step| matches!(step.kind, StepKind::Call { name, .. } if tree.name(name) == "put");
            !of_host && !tree.steps(steps).iter().any(puts)
        }
    }
}
