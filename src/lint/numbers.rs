//! Numbers that a program's own text shows to be wrong: zeros that lead, zeros that divide, indexes out of range.

use super::calls::Call;
use super::constants::{Constant, array_length};
use super::{Findings, LintName, Subject};
use crate::check::typed::{ExprId, Kind, StatementKind, TypedTree};
use crate::check::{INDEX_HELP, leading_zero_warning, unquoted_dates};
use crate::library::declaration::{Accepts, Receiver};
use crate::operator::Arithmetic;
use crate::source::Span;
use crate::syntax::ast::{ExprKind, Literal};
use crate::types::Type;
use crate::work::{Work, items};

/// Integer literals that start with 0.
pub(super) fn leading_zeros(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let tree = subject.ast;
    let chains = items(Work::Linted, &tree.exprs).filter_map(|expr| match expr.kind {
        ExprKind::Chain { first, links } => Some((first, tree.links(links))),
        _ => None,
    });
    let dates = chains.flat_map(|(first, links)| unquoted_dates(tree, first, links));
    let mut dates: Vec<Span> = dates.map(|date| date.span).collect();
    dates.sort_unstable();
    let is_of_date = |span: Span| {
        let behind = dates.partition_point(|date| date.start <= span.start);
        let before = behind.checked_sub(1).and_then(|index| dates.get(index));
        before.is_some_and(|date| span.end <= date.end)
    };
    for expr in items(Work::Linted, &tree.exprs) {
        if let ExprKind::Literal(Literal::Long {
            value,
            leading_zero: true,
        }) = expr.kind
            && !is_of_date(expr.span)
        {
            let warning = leading_zero_warning(value, expr.span);
            findings.warn(
                LintName::LeadingZeroLiteral,
                warning.span,
                warning.message.clone(),
                |_| warning,
            );
        }
    }
}

/// A LONG divided by zero.
pub(super) fn divisions(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let tree = &subject.checked.tree;
    for expr in items(Work::Linted, &tree.exprs) {
        let Kind::Arithmetic {
            operator: operator @ (Arithmetic::Divide | Arithmetic::Remainder),
            right,
            ..
        } = expr.kind
        else {
            continue;
        };
        if expr.ty != Type::Long || known_long(subject, right) != Some(0) {
            continue;
        }
        let divisor = tree.expr(right).span;
        let message = format!("`{}` by zero always fails", operator.text());
        findings.warn(LintName::DivisionByZero, divisor, message, |warning| {
            warning
                .with_label("this is 0")
                .with_help("divide by something else, or test the divisor first; by `0.0` it gives Infinity or NaN")
        });
    }
}

/// Quotients of LONG that become DOUBLE after their fraction is lost. Those of constants that divide evenly lose none.
pub(super) fn lost_fractions(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let tree = &subject.checked.tree;
    let given = tree.statements.iter().filter_map(|statement| match statement.kind {
        StatementKind::Return(value) if subject.gives_double => Some(value),
        _ => None,
    });
    let taken = items(Work::Linted, &tree.exprs).flat_map(|expr| taken_as_double(subject, expr.kind));
    // What is never equal for its fraction was told.
    let reported: Vec<Span> = findings.places(LintName::ComparisonDecidedByTypes).collect();
    let is_reported = |span: Span| reported.iter().any(|reported| reported.holds(span));
    for quotient in given.chain(taken) {
        if tree.expr(quotient).ty != Type::Long {
            continue;
        }
        let Kind::Arithmetic {
            operator: Arithmetic::Divide,
            left,
            right,
        } = tree.expr(quotient).kind
        else {
            continue;
        };
        let known = known_long(subject, left).zip(known_long(subject, right));
        let is_whole = known.is_some_and(|(left, right)| right == 0 || left % right == 0);
        if is_whole || is_reported(tree.expr(quotient).span) {
            continue;
        }
        let message = "LONG is divided by LONG, which drops the fraction, before it becomes a DOUBLE";
        findings.warn(
            LintName::IntegerDivision,
            tree.expr(quotient).span,
            message,
            |warning| {
                warning
                    .with_label("7 / 2 is 3")
                    .with_help("divide a DOUBLE, such as `a * 1.0 / b`")
            },
        );
    }
}

/// The operands of an expression that it takes as DOUBLE.
fn taken_as_double(subject: &Subject<'_>, kind: Kind) -> Vec<ExprId> {
    if let Kind::ToDouble(value) = kind {
        return vec![value];
    }
    let Some(call) = Call::of(subject, kind) else {
        return Vec::new();
    };
    let of_double = matches!(
        call.function.receiver,
        Receiver::Static("Double") | Receiver::Constructor("Double")
    );
    let takes = |index: usize| of_double || call.function.accepts_at(index) == Accepts::Number;
    let arguments = call.arguments().enumerate().filter(|(index, _)| takes(*index));
    arguments.map(|(_, (_, argument))| argument).collect()
}

/// Indexes outside what they index.
pub(super) fn indexes(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let tree = &subject.checked.tree;
    for expr in items(Work::Linted, &tree.exprs) {
        match expr.kind {
            Kind::Element { array, index }
            | Kind::SetElement { array, index, .. }
            | Kind::UpdateElement { array, index, .. }
            | Kind::DynamicElement { value: array, index }
            | Kind::DynamicSetElement { array, index, .. }
            | Kind::DynamicUpdateElement { array, index, .. } => {
                if let Some(at) = known_long(subject, index) {
                    check_index(subject, findings, array, at, tree.expr(index).span);
                }
            }
            Kind::NewArray(length) => {
                if let Some(length_value) = known_long(subject, length).filter(|&length| length < 0) {
                    let message = format!("an array cannot have {length_value} elements");
                    findings.warn(LintName::IndexOutOfRange, tree.expr(length).span, message, |warning| {
                        warning.with_label("less than 0").with_help("a length is 0 or more")
                    });
                }
            }
            _ => {}
        }
    }
}

fn check_index(subject: &Subject<'_>, findings: &mut Findings<'_>, array: ExprId, at: i64, span: Span) {
    let length = known_length(subject, array);
    if at >= 0 && length.is_none_or(|length| at < length) {
        return;
    }
    let message = format!("the index {at} is always out of range");
    let help = match length {
        Some(0) => "the array has no elements".to_owned(),
        Some(1) => "the array has one element, `xs[0]`".to_owned(),
        Some(length) => format!("the array has {length} elements, from index 0 to {}", length - 1),
        None => INDEX_HELP.to_owned(),
    };
    findings.warn(LintName::IndexOutOfRange, span, message, |warning| {
        let label = if at < 0 { "less than 0" } else { "beyond the end" };
        warning.with_label(label).with_help(help)
    });
}

/// The value of an expression: by literals, or a variable that is never anything else.
fn known_long(subject: &Subject<'_>, id: ExprId) -> Option<i64> {
    let known = subject.constants.get(id).or_else(|| {
        let value = only_value(subject, id)?;
        subject.constants.get(value)
    })?;
    match known {
        Constant::Long(value) => Some(value),
        _ => None,
    }
}

/// The length of an array: as it is made, or of a variable that never holds another.
fn known_length(subject: &Subject<'_>, id: ExprId) -> Option<i64> {
    let length = |id| {
        let made = array_length(&subject.checked.tree, &subject.constants, id);
        made.or_else(|| split_into_one(subject, id))
    };
    length(id).or_else(|| length(only_value(subject, id)?))
}

/// The length of what `split(pattern, 1)` gives: the whole text, as one part.
fn split_into_one(subject: &Subject<'_>, id: ExprId) -> Option<i64> {
    let call = Call::of(subject, subject.checked.tree.expr(id).kind)?;
    let (_, limit) = call.arguments().nth(1).filter(|_| call.function.name == "split")?;
    known_long(subject, limit).filter(|limit| *limit == 1)
}

fn only_value(subject: &Subject<'_>, id: ExprId) -> Option<ExprId> {
    let tree: &TypedTree = &subject.checked.tree;
    match tree.expr(id).kind {
        Kind::Variable(variable) => subject.facts.only_value(tree, variable),
        _ => None,
    }
}
