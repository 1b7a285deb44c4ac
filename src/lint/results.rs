//! Values that go nowhere: a last `if` whose branches are expressions gives nothing back, and a date that is moved stays.

use std::collections::HashSet;

use super::subject::is_repeated;
use super::{Findings, LintName, Subject};
use crate::check::typed::{self, Kind, TypedTree};
use crate::diagnostic::quote;
use crate::library;
use crate::library::declaration::Receiver;
use crate::operator::{Arithmetic, Assignment, Comparison, Operation};
use crate::source::Span;
use crate::syntax::ast::{self, ExprKind, StatementId, StatementKind, StepKind};
use crate::syntax::is_name;
use crate::types::Type;
use crate::work::{Work, items};

/// The longest statement that is repeated in a help, in bytes.
const MAX_WRITTEN: usize = 60;

/// The methods that change the map that they are called on.
const CHANGING: [&str; 3] = ["put", "putAll", "remove"];

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

/// Values that nothing takes: `date.plusDays(1);` moves nothing, `total + 5;` adds nothing.
pub(super) fn unused(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let tree = &subject.checked.tree;
    let said: HashSet<Span> = findings.places(LintName::ValueDropped).collect();
    for statement in &tree.statements {
        let (value, is_update) = match statement.kind {
            typed::StatementKind::Expression(value) => (value, false),
            typed::StatementKind::Loop {
                update: Some(update), ..
            } => (update, true),
            _ => continue,
        };
        let expr = tree.expr(value);
        if said.contains(&expr.span) {
            continue;
        }
        let reported = match new_value(tree, expr.kind) {
            Some((receiver, ty, method)) => Some(of_method(subject, (tree.expr(receiver).span, expr.span), ty, method)),
            // That nothing in a loop moves on, another lint tells.
            None if is_update => None,
            None => computed(subject, expr),
        };
        let Some((message, help)) = reported else {
            continue;
        };
        findings.warn(LintName::ValueDropped, expr.span, message, |warning| {
            warning.with_label("goes nowhere").with_help(help)
        });
    }
}

/// What to say of a new text or date that is dropped.
fn of_method(subject: &Subject<'_>, (receiver, whole): (Span, Span), ty: Type, method: &str) -> (String, String) {
    let (what, example) = match ty {
        Type::String => ("text", "text = text.trim();"),
        Type::List => ("array", "ys = xs.sorted();"),
        Type::Map => ("map", "m = m.merge(n);"),
        _ => ("date", "date = date.plusDays(1);"),
    };
    if matches!(ty, Type::List | Type::Map) {
        let help = format!("take what it gives, such as `{example}`");
        return (
            format!("{} changes nothing: what it gives is dropped", quote(method)),
            help,
        );
    }
    let (name, whole) = (receiver.of(subject.source), whole.of(subject.source));
    let help = match is_name(name) && is_repeated(whole, MAX_WRITTEN) {
        true => format!("assign it: `{name} = {whole};`"),
        false => format!("assign it, such as `{example}`"),
    };
    (format!("a {what} never changes: the new {what} is dropped"), help)
}

/// What to say of a value that is computed and dropped; none of what may do more than give a value.
fn computed(subject: &Subject<'_>, expr: typed::Expr) -> Option<(String, String)> {
    let tree = &subject.checked.tree;
    let dropped = |what: &str| format!("{what} is dropped");
    let written = |id: typed::ExprId| tree.expr(id).span.of(subject.source);
    let assigned = |left: &str, operator: Assignment, right: &str| {
        let fits = is_name(left) && is_repeated(right, MAX_WRITTEN);
        fits.then(|| format!("assign it: `{left} {operator} {right};`"))
    };
    let anything = || "assign it, give it back with `return`, or remove it".to_owned();
    Some(match expr.kind {
        Kind::Arithmetic { operator, left, right } => {
            let help = assigned(written(left), Assignment::Compound(operator), written(right));
            (dropped("the result"), help.unwrap_or_else(anything))
        }
        Kind::Concat(parts) => {
            let parts = tree.expr_list(parts);
            let help = match *parts {
                [text, part] => assigned(written(text), Assignment::Compound(Arithmetic::Add), written(part)),
                _ => None,
            };
            (dropped("the joined text"), help.unwrap_or_else(anything))
        }
        Kind::Compare {
            operator: Comparison::Equal,
            left,
            right,
        } => {
            let help = assigned(written(left), Assignment::Set, written(right));
            (dropped("the comparison"), help.unwrap_or_else(anything))
        }
        Kind::Call { function, .. } if is_computed(function) => (dropped("what the call gives"), anything()),
        // A function of the host may be called for what it does.
        Kind::Each(_) if tree.host_calls.is_empty() => (dropped("what the call gives"), anything()),
        Kind::Compare { .. } | Kind::Logical { .. } | Kind::Not(_) => (dropped("the condition"), anything()),
        Kind::Dynamic {
            operator, left, right, ..
        } => {
            let assigns = match operator {
                Operation::Arithmetic(operator) => Some(Assignment::Compound(operator)),
                Operation::Comparison(Comparison::Equal) => Some(Assignment::Set),
                Operation::Comparison(_) => None,
            };
            let help = assigns.and_then(|operator| assigned(written(left), operator, written(right)));
            (dropped("the result"), help.unwrap_or_else(anything))
        }
        Kind::Variable(_)
        | Kind::Parameter(_)
        | Kind::Long(_)
        | Kind::Double(_)
        | Kind::Boolean(_)
        | Kind::Text(_)
        | Kind::Negate(_)
        | Kind::Element { .. }
        | Kind::Length(_) => (dropped("the value"), anything()),
        _ => return None,
    })
}

/// Assignments of a value with a sign that stands as in an operator: `total =+ 5`.
pub(super) fn swapped(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let tree = subject.ast;
    for expr in items(Work::Linted, &tree.exprs) {
        let Some((name, value)) = expr.kind.set() else {
            continue;
        };
        let value = tree.expr(value);
        let ExprKind::Unary { operator, operand } = value.kind else {
            continue;
        };
        let (sign, signed) = (operator.text(), value.span.of(subject.source));
        let before = subject.source.get(..value.span.start as usize).unwrap_or("");
        let is_spaced = signed.strip_prefix(sign).is_some_and(|rest| rest.starts_with(' '));
        if !before.ends_with(" =") || !(is_spaced || sign == "!") {
            continue;
        }
        let (name, operand) = (tree.name(name), tree.expr(operand).span.of(subject.source));
        let operand = if is_repeated(operand, MAX_WRITTEN) {
            operand
        } else {
            "x"
        };
        let help = match sign {
            "!" => format!("to compare write `{name} != {operand}`; to assign, `{name} = !{operand}`"),
            sign => format!("write `{name} {sign}= {operand}`; or `{name} = {sign}{operand}`"),
        };
        let message = format!("`={sign}` assigns, and the `{sign}` belongs to the value");
        let start = value.span.start;
        let span = Span::new(start - 1, start + sign.len() as u32);
        findings.warn(LintName::SwappedOperator, span, message, |warning| {
            warning.with_label("no operator").with_help(help)
        });
    }
}

/// Of a method that gives another text, date, array or map: what it is called on, the type and its name.
fn new_value(tree: &TypedTree, kind: Kind) -> Option<(typed::ExprId, Type, &'static str)> {
    let (functions, arguments) = match &kind {
        Kind::Call { function, arguments } => (std::slice::from_ref(function), *arguments),
        Kind::DynamicCall {
            candidates, arguments, ..
        } => (tree.candidates(*candidates), *arguments),
        _ => return None,
    };
    let mut types = functions.iter().map(|&id| {
        let function = library::function(id)?;
        let changes = CHANGING.contains(&function.name);
        match function.receiver {
            Receiver::Instance(ty @ (Type::String | Type::DateTime)) if function.result == ty => Some(ty),
            Receiver::Instance(Type::Map) if function.result == Type::Map && !changes => Some(Type::Map),
            Receiver::OneOf(_) => Some(Type::List),
            _ => None,
        }
    });
    let first = types.next()??;
    let receiver = tree.expr_list(arguments).first()?;
    let name = library::function(*functions.first()?)?.name;
    types.all(|ty| ty == Some(first)).then_some((*receiver, first, name))
}

/// Whether a function of a class only computes: what reads a text may be called for its error.
fn is_computed(function: library::FunctionId) -> bool {
    library::function(function).is_some_and(|function| {
        let is_of = matches!(function.receiver, Receiver::Static("Util" | "Math" | "String"));
        is_of && !function.name.starts_with("parse")
    })
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
        | ExprKind::ArrayLiteral { .. }
        | ExprKind::Spliced(_)
        | ExprKind::List(_)
        | ExprKind::Map(_) => true,
        ExprKind::Conditional { .. }
        | ExprKind::Switch { .. }
        | ExprKind::Default(_)
        | ExprKind::Assign { .. }
        | ExprKind::AssignElement { .. }
        | ExprKind::Lambda { .. }
        | ExprKind::BareCall { .. } => false,
        ExprKind::Postfix { base, steps } => {
            let of_host = match tree.expr(base).kind {
                ExprKind::Name(name) => tree.name(name) == "params" || namespaces.contains(tree.name(name)),
                _ => false,
            };
            let changes = |step: &ast::Step| match step.kind {
                StepKind::Call { name, .. } => CHANGING.contains(&tree.name(name)),
                _ => false,
            };
            !of_host && !tree.steps(steps).iter().any(changes)
        }
    }
}
