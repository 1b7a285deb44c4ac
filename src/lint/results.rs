//! Values that go nowhere: a last `if` whose branches are expressions gives nothing back, and a date that is moved stays.

use std::collections::HashSet;

use super::{Findings, LintName, Subject};
use crate::check::typed::{self, Kind, TypedTree};
use crate::library;
use crate::library::declaration::Receiver;
use crate::source::Span;
use crate::syntax::ast::{self, ExprKind, StatementId, StatementKind, StepKind};
use crate::types::Type;

/// The longest statement that is repeated in a help, in bytes.
const MAX_WRITTEN: usize = 60;

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

/// New texts and dates that nothing takes: `date.plusDays(1);` moves nothing.
pub(super) fn unused(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let tree = &subject.checked.tree;
    let said: HashSet<Span> = findings.places(LintName::ValueDropped).collect();
    for statement in &tree.statements {
        let value = match statement.kind {
            typed::StatementKind::Expression(value) => value,
            typed::StatementKind::Loop {
                update: Some(update), ..
            } => update,
            _ => continue,
        };
        let expr = tree.expr(value);
        let Some((receiver, ty)) = new_value(tree, expr.kind).filter(|_| !said.contains(&expr.span)) else {
            continue;
        };
        let (what, example) = match ty {
            Type::String => ("text", "text = text.trim();"),
            _ => ("date", "date = date.plusDays(1);"),
        };
        let (name, whole) = (
            tree.expr(receiver).span.of(subject.source),
            expr.span.of(subject.source),
        );
        let is_name = name.chars().all(|next| next.is_alphanumeric() || next == '_') && !name.is_empty();
        let help = match is_name && whole.len() <= MAX_WRITTEN && !whole.contains(['\n', '\r', '`']) {
            true => format!("assign it: `{name} = {whole};`"),
            false => format!("assign it, such as `{example}`"),
        };
        let message = format!("a {what} never changes: the new {what} is dropped");
        findings.warn(LintName::ValueDropped, expr.span, message, |warning| {
            warning.with_label("goes nowhere").with_help(help)
        });
    }
}

/// Of a method of a text or date that gives another one: what it is called on, and the type.
fn new_value(tree: &TypedTree, kind: Kind) -> Option<(typed::ExprId, Type)> {
    let (functions, arguments) = match &kind {
        Kind::Call { function, arguments } => (std::slice::from_ref(function), *arguments),
        Kind::DynamicCall {
            candidates, arguments, ..
        } => (tree.candidates(*candidates), *arguments),
        _ => return None,
    };
    let mut types = functions.iter().map(|&id| {
        let function = library::function(id)?;
        match function.receiver {
            Receiver::Instance(ty @ (Type::String | Type::DateTime)) if function.result == ty => Some(ty),
            _ => None,
        }
    });
    let first = types.next()??;
    let receiver = tree.expr_list(arguments).first()?;
    types.all(|ty| ty == Some(first)).then_some((*receiver, first))
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
