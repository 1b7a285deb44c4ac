//! Conditions and comparisons that are decided before the run.

use std::collections::HashSet;

use super::calls;
use super::constants::Constant;
use super::{Findings, LintName, Subject};
use crate::check::typed::{Expr, ExprId, Kind, StatementKind, TypedTree};
use crate::diagnostic::quote;
use crate::number_text::parse_double;
use crate::operator::{Comparison, Operation};
use crate::source::Span;
use crate::syntax::ast::{self, ExprKind, Literal};
use crate::types::Type;
use crate::work::{Work, items};

/// Conditions that literals decide. That a loop's condition always holds is the matter of the lint of endless loops.
pub(super) fn constant(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let tree = &subject.checked.tree;
    let arms = tree.if_arms.iter().map(|arm| arm.condition);
    let alternatives = tree.conditional_arms.iter().map(|arm| arm.condition);
    let mut places: Vec<ExprId> = arms.chain(alternatives).collect();
    let mut is_loop = HashSet::new();
    for statement in &tree.statements {
        if let StatementKind::Loop {
            condition: Some(condition),
            ..
        } = statement.kind
        {
            places.push(condition);
            is_loop.insert(condition);
        }
    }
    let is_logical = |expr: &Expr| matches!(expr.kind, Kind::Logical { .. });
    places.extend(
        tree.exprs
            .entries()
            .filter(|(_, expr)| is_logical(expr))
            .map(|(id, _)| id),
    );
    places.sort_unstable();
    places.dedup();
    let of_lambdas = lambda_bodies(subject.ast);
    // From the end of the arena, where the whole stands before its parts: what is inside one that is told of is not told of.
    let mut reported = u32::MAX;
    for &condition in places.iter().rev() {
        let Some(holds) = subject.constants.boolean(condition) else {
            continue;
        };
        if condition.number() >= reported {
            continue;
        }
        reported = subject.facts.start(condition);
        if !(holds && is_loop.contains(&condition)) {
            let is_test = of_lambdas.contains(&tree.expr(condition).span);
            warn_constant(findings, tree.expr(condition), holds, is_test);
        }
    }
}

/// The tests that lambdas are: where each of their bodies stands.
fn lambda_bodies(tree: &ast::Tree) -> HashSet<Span> {
    let body = |expr: &ast::Expr| match expr.kind {
        ExprKind::Lambda { body, .. } => Some(tree.expr(body).span),
        _ => None,
    };
    items(Work::Linted, &tree.exprs).filter_map(body).collect()
}

fn warn_constant(findings: &mut Findings<'_>, condition: Expr, holds: bool, is_test: bool) {
    let (name, message, label) = match holds {
        true => (
            LintName::ConditionAlwaysTrue,
            "the condition always holds",
            "this is always true",
        ),
        false => (
            LintName::ConditionAlwaysFalse,
            "the condition never holds",
            "this is always false",
        ),
    };
    let help = match is_test {
        true => "a test of elements reads the element, such as `x -> x > 0`",
        false => "remove the condition with the part that never runs, or compare with a parameter",
    };
    findings.warn(name, condition.span, message, |warning| {
        warning.with_label(label).with_help(help)
    });
}

/// Conditions that assign.
pub(super) fn assigned(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let tree = subject.ast;
    let loops = tree.statements.iter().filter_map(|statement| match statement.kind {
        ast::StatementKind::While { condition, .. } => Some(condition),
        ast::StatementKind::For { condition, .. } => condition,
        _ => None,
    });
    let arms = tree.ifs.iter().map(|arm| arm.condition);
    let alternatives = tree.conditionals.iter().map(|arm| arm.condition);
    for condition in loops.chain(arms).chain(alternatives) {
        let expr = tree.expr(condition);
        let Some((name, value)) = expr.kind.set() else {
            continue;
        };
        let name = tree.name(name);
        let help = match tree.expr(value).kind {
            ExprKind::Literal(Literal::Boolean(true)) => format!("write {} alone", quote(name)),
            ExprKind::Literal(Literal::Boolean(false)) => format!("write {}", quote(&format!("!{name}"))),
            _ => "compare with `==`; to assign, do so in a statement before".to_owned(),
        };
        let message = format!("`=` assigns to {}, and the condition is what was assigned", quote(name));
        findings.warn(LintName::AssignmentCondition, expr.span, message, |warning| {
            warning.with_label("not a comparison").with_help(help)
        });
    }
}

/// Comparisons that the operands' types decide.
pub(super) fn decided_by_types(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let tree = &subject.checked.tree;
    for expr in items(Work::Linted, &tree.exprs) {
        let Kind::Dynamic {
            operator: Operation::Comparison(operator),
            left,
            right,
            ..
        } = expr.kind
        else {
            continue;
        };
        let (left, right) = (tree.expr(left), tree.expr(right));
        let Some(holds) = decided(tree, operator, left, right) else {
            continue;
        };
        if let Some((value, written, help)) = asked_for_null(tree, operator, right) {
            let message = format!("what stands before `{written}` is never null: it is a {}", right.ty);
            findings.warn(LintName::ComparisonDecidedByTypes, value.span, message, |warning| {
                warning.with_label("never null").with_help(help)
            });
            continue;
        }
        let message = format!(
            "`{}` of {} and {} is always {holds}",
            operator.text(),
            left.ty,
            right.ty
        );
        let never_null = [left, right].into_iter().find(|operand| is_never_null(tree, *operand));
        let help = match (operator, never_null) {
            _ if is_number_and_word(tree, left, right) => {
                "a number equals a text only where it is written so".to_owned()
            }
            (Comparison::Less | Comparison::Greater, _) => {
                "null is neither less nor greater than anything; compare with a value".to_owned()
            }
            (_, Some(operand)) if operand.ty == Type::String => {
                "this text is never null; remove the comparison".to_owned()
            }
            (_, Some(operand)) => format!("a {} is never null; remove the comparison", operand.ty),
            (_, None) => "both sides are null; compare with a value".to_owned(),
        };
        findings.warn(LintName::ComparisonDecidedByTypes, expr.span, message, |warning| {
            warning.with_label(format!("always {holds}")).with_help(help)
        });
    }
}

/// The value that `??` or `?.` asks of whether it is null, how that is written, and what to do where it never is.
fn asked_for_null(tree: &TypedTree, operator: Comparison, asked: Expr) -> Option<(Expr, &'static str, &'static str)> {
    let Kind::Set { variable, value } = asked.kind else {
        return None;
    };
    let (written, help) = match operator {
        Comparison::NotEqual => ("??", "remove what stands behind it"),
        _ => ("?.", "write `.` alone, or without it an index in brackets"),
    };
    tree.variable(variable)
        .is_hidden()
        .then(|| (tree.expr(value), written, help))
}

/// Comparisons of a LONG with a number that has a fraction, and `.equals` of a text with what is not a text: never equal.
pub(super) fn never_equal(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let tree = &subject.checked.tree;
    for expr in items(Work::Linted, &tree.exprs) {
        if let Kind::Compare {
            operator: operator @ (Comparison::Equal | Comparison::NotEqual),
            left,
            right,
        } = expr.kind
            && (is_fraction_of_long(subject, left, right) || is_fraction_of_long(subject, right, left))
        {
            let holds = operator == Comparison::NotEqual;
            let message = format!(
                "`{}` of a LONG and a number with a fraction is always {holds}",
                operator.text()
            );
            findings.warn(LintName::ComparisonDecidedByTypes, expr.span, message, |warning| {
                warning
                    .with_label(format!("always {holds}"))
                    .with_help("a quotient of LONG has no fraction: divide a DOUBLE, such as `a * 1.0 / b`")
            });
        }
    }
    for (expr, call) in calls::all(subject).filter(|(_, call)| call.function.name == "equals") {
        let other = call.arguments().next().map(|(_, other)| tree.expr(other).ty);
        // What only the run finds to be a text may be something else, which has no `equals`.
        let known = |receiver: &ExprId| !matches!(tree.expr(*receiver).kind, Kind::Check { .. });
        let receiver = call.receiver().filter(known).map(|receiver| tree.expr(receiver).ty);
        let (Some(receiver), Some(other)) = (receiver, other) else {
            continue;
        };
        if matches!(other, Type::Any | Type::Null) || receiver == other {
            continue;
        }
        let message = format!("`equals` of {receiver} and {other} is always false");
        findings.warn(LintName::ComparisonDecidedByTypes, expr.span, message, |warning| {
            warning.with_label("always false").with_help(
                "compare with a text, such as `text == '5'`, or read the number, `Long.parseLong(text) == 5`",
            )
        });
    }
}

/// Elements that are looked for among elements of another kind: none is the same.
pub(super) fn never_contained(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let tree = &subject.checked.tree;
    let looks = |name: &str| matches!(name, "contains" | "indexOf");
    for (expr, call) in calls::all(subject).filter(|(_, call)| looks(call.function.name)) {
        let element = call.receiver().and_then(|receiver| tree.expr(receiver).ty.element());
        let sought = call.arguments().next().map(|(_, sought)| tree.expr(sought).ty);
        let (Some(element), Some(sought)) = (element, sought) else {
            continue;
        };
        let is_number = element.is_number() && sought.is_number();
        let may_be = |ty: Type| matches!(ty, Type::Any | Type::Null) || ty == element;
        if is_number || element == Type::Any || may_be(sought) {
            continue;
        }
        let given = if call.function.name == "contains" {
            "false"
        } else {
            "-1"
        };
        let message = format!("a {sought} is not an element of an array of {element}: this is always {given}");
        let help = match (element, sought) {
            (Type::String, _) => "look for a text, such as `'5'`",
            (_, Type::String) => "look for a number, such as `5`; that of a text is `Long.parseLong(text)`",
            _ => "look for a value of the elements' type",
        };
        findings.warn(LintName::ComparisonDecidedByTypes, expr.span, message, |warning| {
            warning.with_label(format!("always {given}")).with_help(help)
        });
    }
}

/// Whether the first is a LONG taken as a DOUBLE, and the second a constant with a fraction.
fn is_fraction_of_long(subject: &Subject<'_>, long: ExprId, fraction: ExprId) -> bool {
    let is_long = matches!(subject.checked.tree.expr(long).kind, Kind::ToDouble(_));
    let has_fraction =
        |constant| matches!(constant, Constant::Double(value) if value.fract() != 0.0 || value.is_infinite());
    is_long && subject.constants.get(fraction).is_some_and(has_fraction)
}

/// Whether the left side is a number and the right a text that is not one: a number equals the text it is written as.
fn is_number_and_word(tree: &TypedTree, left: Expr, right: Expr) -> bool {
    let number = |operand: Expr| matches!(operand.ty, Type::Long | Type::Double);
    let word = |operand: Expr| match operand.kind {
        Kind::Text(text) => parse_double(tree.text(text)).is_err(),
        _ => false,
    };
    number(left) && word(right)
}

/// What a comparison with null, or of a number with a word, always gives.
fn decided(tree: &TypedTree, operator: Comparison, left: Expr, right: Expr) -> Option<bool> {
    let both_null = left.ty == Type::Null && right.ty == Type::Null;
    let one_null =
        (left.ty == Type::Null && is_never_null(tree, right)) || (right.ty == Type::Null && is_never_null(tree, left));
    match operator {
        Comparison::Less | Comparison::Greater if left.ty == Type::Null => Some(false),
        Comparison::Equal if both_null => Some(true),
        Comparison::NotEqual if both_null => Some(false),
        Comparison::Equal if one_null || is_number_and_word(tree, left, right) => Some(false),
        Comparison::NotEqual if one_null || is_number_and_word(tree, left, right) => Some(true),
        _ => None,
    }
}

fn is_never_null(tree: &TypedTree, operand: Expr) -> bool {
    let is_text = match operand.kind {
        Kind::Text(_) | Kind::Concat(_) => true,
        Kind::Set { value, .. } => matches!(tree.expr(value).kind, Kind::Text(_) | Kind::Concat(_)),
        _ => false,
    };
    is_text || matches!(operand.ty, Type::Long | Type::Double | Type::Boolean)
}
