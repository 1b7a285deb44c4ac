//! Date ints, which are numbers such as 20240131, taken for days, for milliseconds or for years.
//!
//! What counts as a date int comes from a function that gives one, or is a LONG that is named as one. A name is not a proof; so these
//! lints say what is likely, and nothing that a run must keep.

use std::collections::HashSet;

use super::calls::{self, Call};
use super::constants::Constant;
use super::date_ints::{
    gives_date_int, gives_date_ints, gives_date_text, is_date_name, looks_like_date, takes_date_ints,
};
use super::held;
use super::moved::{MAX_DAYS, moved_by, moved_help, shown, written};
use super::{Findings, LintName, Subject};
use crate::check::typed::{Expr, ExprId, Kind, VariableId};
use crate::dialect::Dialect;
use crate::operator::{Arithmetic, Operation};
use crate::types::Type;
use crate::work::{Work, count, items};

/// How many variables are followed to the only value that each has.
const MAX_FOLLOWED: usize = 4;
/// How many places that set a variable are looked at, each time.
const MAX_SETS: usize = 32;
/// The most parts of a joined text that are looked at.
const MAX_PARTS: usize = 8;

/// Days added to date ints, and date ints subtracted from each other.
pub(super) fn arithmetic(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    if !findings.wants(LintName::DateIntArithmetic) {
        return;
    }
    let tree = &subject.checked.tree;
    let mut moved = vec![false; tree.exprs.len()];
    for (_, call) in calls::likely(subject).filter(|(_, call)| takes_date_ints(call)) {
        for (name, argument) in call.arguments() {
            if let ("date" | "from" | "to", Some(flag)) = (name, moved.get_mut(argument.index())) {
                *flag = true;
            }
        }
    }
    let walked = walked_dates(subject);
    for (expr, is_date) in tree.exprs.iter().zip(moved) {
        let (operator, left, right) = match expr.kind {
            // `days[0] += 1`
            Kind::UpdateElement { value, .. } | Kind::DynamicUpdateElement { value, .. } => {
                updated(subject, findings, expr, value);
                continue;
            }
            Kind::Arithmetic { operator, left, right } if expr.ty == Type::Long => (operator, left, right),
            // Of what a map holds only the run knows the type.
            Kind::Dynamic {
                operator: Operation::Arithmetic(operator),
                left,
                right,
                ..
            } => (operator, left, right),
            _ => continue,
        };
        let is_moved = |date: ExprId, days: ExprId| {
            let is_leaf = !matches!(tree.expr(date).kind, Kind::Arithmetic { .. });
            let by_days = subject
                .constants
                .long(days)
                .is_some_and(|days| (1..=MAX_DAYS).contains(&days.unsigned_abs()));
            let is_walked = || {
                let variable = tree.checked(date).read_variable();
                variable.is_some_and(|variable| walked.contains(&variable))
            };
            let is_literal = matches!(tree.expr(date).kind, Kind::Long(value) if looks_like_date(value));
            by_days && ((is_date && is_leaf) || is_date_int(subject, date, 0) || is_walked() || is_literal)
        };
        // A number alone may count anything.
        let apart = || {
            let (of_left, of_right) = (is_date_int(subject, left, 0), is_date_int(subject, right, 0));
            (of_left && (of_right || is_date_number(subject, right))) || (of_right && is_date_number(subject, left))
        };
        match operator {
            Arithmetic::Add if is_moved(left, right) || is_moved(right, left) => {}
            Arithmetic::Subtract if is_moved(left, right) => {}
            Arithmetic::Subtract if apart() => {
                let (from, to) = (written(subject, right, "a"), written(subject, left, "b"));
                let date = |day| format!("new DateTime(Util.dateIntToTs({day}))");
                let help = match subject.dialect {
                    Dialect::Selvedge => format!("write `Util.daysBetween({from}, {to})`"),
                    Dialect::Sel => format!("write `Days.daysBetween({}, {}).getDays()`", date(from), date(to)),
                };
                findings.warn(
                    LintName::DateIntArithmetic,
                    expr.span,
                    "the difference of two date ints is not a number of days",
                    |warning| warning.with_label("20240301 - 20240229 is 72").with_help(help),
                );
                continue;
            }
            _ => continue,
        }
        let (date, days) = moved_by(subject, operator, left, right);
        let label = shown(days);
        let help = moved_help(subject, expr.span.of(subject.source), date, days);
        findings.warn(
            LintName::DateIntArithmetic,
            expr.span,
            "a date int is moved as a number, which leaves the month at its end",
            |warning| warning.with_label(label).with_help(help),
        );
    }
}

/// The variables that walk from a date to a date, whatever their names: `for (int i = 20240130; i < 20240203; i += 1)`.
fn walked_dates(subject: &Subject<'_>) -> HashSet<VariableId> {
    let tree = &subject.checked.tree;
    let compared = items(Work::Linted, &tree.exprs).filter_map(|expr| match expr.kind {
        Kind::Compare { left, right, .. }
        | Kind::Dynamic {
            operator: Operation::Comparison(_),
            left,
            right,
            ..
        } => Some([(left, right), (right, left)]),
        _ => None,
    });
    let walked = compared.flatten().filter_map(|(walked, end)| {
        let variable = tree.checked(walked).read_variable()?;
        let start = only_value(subject, variable, 0)?;
        let is_end = is_date_number(subject, end) || is_date_int(subject, end, 0);
        (is_date_number(subject, start) && is_end).then_some(variable)
    });
    walked.collect()
}

/// An element that is a date int, moved by days where it stands.
fn updated(subject: &Subject<'_>, findings: &mut Findings<'_>, update: &Expr, value: ExprId) {
    let tree = &subject.checked.tree;
    let (Kind::UpdateElement { array, .. } | Kind::DynamicUpdateElement { array, .. }) = update.kind else {
        return;
    };
    let Some((operator, left, right)) = calculated(tree.expr(value).kind) else {
        return;
    };
    let of_hole =
        matches!(tree.checked(left), Kind::Hole) && matches!(operator, Arithmetic::Add | Arithmetic::Subtract);
    let known = subject
        .constants
        .long(right)
        .filter(|days| (1..=MAX_DAYS).contains(&days.unsigned_abs()));
    let Some(days) = known.filter(|_| of_hole && is_date_ints(subject, array, 0)) else {
        return;
    };
    let days = if operator == Arithmetic::Subtract { -days } else { days };
    let help = moved_help(subject, update.span.of(subject.source), left, days);
    findings.warn(
        LintName::DateIntArithmetic,
        update.span,
        "a date int is moved as a number, which leaves the month at its end",
        |warning| warning.with_label(shown(days)).with_help(help),
    );
}

/// The operator and operands of a calculation.
const fn calculated(kind: Kind) -> Option<(Arithmetic, ExprId, ExprId)> {
    match kind {
        Kind::Arithmetic { operator, left, right }
        | Kind::Dynamic {
            operator: Operation::Arithmetic(operator),
            left,
            right,
            ..
        } => Some((operator, left, right)),
        _ => None,
    }
}

/// Days joined to the text of a date, which adds nothing: `Util.incrementDateInt(day, 1) + 1`.
pub(super) fn joined(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let tree = &subject.checked.tree;
    for expr in items(Work::Linted, &tree.exprs) {
        let (date, days) = match expr.kind {
            Kind::Concat(parts) => match *tree.expr_list(parts) {
                [date, days] => (date, days),
                _ => continue,
            },
            Kind::Dynamic {
                operator: Operation::Arithmetic(Arithmetic::Add),
                left,
                right,
                ..
            } => (left, right),
            _ => continue,
        };
        let known = subject
            .constants
            .long(days)
            .filter(|days| (1..=MAX_DAYS).contains(&days.unsigned_abs()));
        let Some(count) = known.filter(|_| subject.constants.get(date).is_none() && is_date_text(subject, date, 0))
        else {
            continue;
        };
        let date = written(subject, date, "day");
        let help = format!("write `Util.incrementDateInt({date}, {count})`");
        findings.warn(
            LintName::DateIntArithmetic,
            expr.span,
            "a number is joined to the text of a date, and moves nothing",
            |warning| {
                warning
                    .with_label(format!("'20240131' + {count} is '20240131{count}'"))
                    .with_help(help)
            },
        );
    }
}

/// Date ints given where milliseconds or ISO texts are taken.
pub(super) fn misread(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (_, call) in calls::likely(subject).filter(|(_, call)| crate::library::is_date_class(call.id)) {
        for (name, argument) in call.arguments() {
            let span = subject.checked.tree.expr(argument).span;
            let ty = type_of(subject, argument);
            // Which of them it is, the run may choose.
            let is_only = call.makes_a_date() && matches!(name, "x" | "millis" | "text" | "date");
            let takes_millis = name == "millis" || is_only;
            let is_date = || is_date_int(subject, argument, 0) || is_date_number(subject, argument);
            if takes_millis && ty == Type::Long && is_date() {
                findings.warn(
                    LintName::DateIntAsMillis,
                    span,
                    "a date int is read as milliseconds, which is a morning in January 1970",
                    |warning| {
                        warning.with_label("milliseconds are taken here").with_help(format!(
                            "write `Util.dateIntToTs({})` for it",
                            written(subject, argument, "day")
                        ))
                    },
                );
            }
            if is_only && is_month(subject, argument) {
                findings.warn(
                    LintName::DateIntAsIso,
                    span,
                    "the six digits of a month are read as a year",
                    |warning| {
                        warning
                            .with_label("an ISO text is taken here, such as `2024-01`")
                            .with_help("write `-` between year and month, or read it by a pattern, `DateTimeFormat.forPattern('yyyyMM')`")
                    },
                );
            }
            if is_only && ty == Type::String && is_date_text(subject, argument, 0) {
                findings.warn(
                    LintName::DateIntAsIso,
                    span,
                    "the eight digits of a date are read as a year",
                    |warning| {
                        warning
                            .with_label("an ISO text is taken here, such as `2024-01-31`")
                            .with_help(digits_read(subject, argument))
                    },
                );
            }
        }
    }
}

/// How the digits of a date are read as a date.
fn digits_read(subject: &Subject<'_>, text: ExprId) -> String {
    let text = written(subject, text, "text");
    format!("write `DateTimeFormat.forPattern('yyyyMMdd').parseDateTime({text})`")
}

/// Whether an expression is a number that may be a date int.
fn is_date_number(subject: &Subject<'_>, id: ExprId) -> bool {
    let number = match subject.checked.tree.expr(id).kind {
        Kind::Variable(variable) => only_value(subject, variable, 0).unwrap_or(id),
        _ => id,
    };
    subject.constants.long(number).is_some_and(looks_like_date)
}

/// Whether a value of a type may be a LONG: of one that is named as a date, a text would be joined and a date cannot be added to.
const fn may_be_long(ty: Type) -> bool {
    matches!(ty, Type::Long | Type::Any)
}

/// Whether an expression gives a date int: of a function, or by its name.
fn is_date_int(subject: &Subject<'_>, id: ExprId, followed: usize) -> bool {
    let tree = &subject.checked.tree;
    match tree.checked(id) {
        Kind::Parameter(parameter) => {
            let parameter = tree.parameter(parameter);
            may_be_long(parameter.ty) && is_date_name(&parameter.name)
        }
        Kind::Variable(variable) => {
            let value = only_value(subject, variable, followed);
            let of_value = value.filter(|value| !is_date_number(subject, *value));
            match of_value {
                Some(value) => is_date_int(subject, value, followed + 1),
                None => {
                    let known = tree.variable(variable);
                    may_be_long(known.ty) && is_date_name(&known.name) && !counts(subject, variable)
                }
            }
        }
        Kind::Element { array, .. } | Kind::DynamicElement { value: array, .. } => {
            if is_date_ints(subject, array, followed) {
                return true;
            }
            let values = values_of(subject, id, followed);
            is_dates(subject, array) && are(&values, |value| is_date_number(subject, value))
                || are(&values, |value| is_date_int(subject, value, followed + 2))
        }
        Kind::Plus(value) => is_date_int(subject, value, followed),
        Kind::Call { .. } | Kind::DynamicCall { .. } => {
            let kind = tree.checked(id);
            let Some(call) = Call::likely(subject, kind) else {
                return false;
            };
            let is_named =
                || held::key(subject, kind).is_some_and(is_date_name) && held::held(subject, kind).is_empty();
            if gives_date_int(&call)
                || are_held(subject, id, followed, |value| is_date_int(subject, value, followed + 2))
                || is_named()
            {
                return true;
            }
            let reads = call.is_static("Long", "parseLong") || call.is_static("Long", "valueOf");
            let mut read = call.arguments();
            reads && read.any(|(_, text)| is_date_text(subject, text, followed))
        }
        _ => false,
    }
}

/// Whether all that an element or entry may be is so.
fn are_held(subject: &Subject<'_>, id: ExprId, followed: usize, is_so: impl Fn(ExprId) -> bool) -> bool {
    are(&values_of(subject, id, followed), is_so)
}

/// Whether there are values, and all are so.
fn are(values: &[ExprId], is_so: impl Fn(ExprId) -> bool) -> bool {
    !values.is_empty() && values.iter().copied().all(is_so)
}

/// What an element or entry may be, as far as it is followed.
fn values_of(subject: &Subject<'_>, id: ExprId, followed: usize) -> Vec<ExprId> {
    if followed >= MAX_FOLLOWED {
        return Vec::new();
    }
    let values = held::held(subject, subject.checked.tree.checked(id));
    count(Work::Linted, values.len());
    values
}

/// The type of an expression; of an entry of a map that of all it may be.
fn type_of(subject: &Subject<'_>, id: ExprId) -> Type {
    let tree = &subject.checked.tree;
    let expr = tree.expr(id);
    let values = match (expr.kind, expr.ty) {
        (Kind::Check { .. }, _) | (_, Type::Any) => held::held(subject, tree.checked(id)),
        _ => return expr.ty,
    };
    let mut types = values.into_iter().map(|value| tree.expr(value).ty);
    let first = types.next().unwrap_or(expr.ty);
    if types.all(|ty| ty == first) { first } else { expr.ty }
}

/// Whether an array is named as one of dates.
fn is_dates(subject: &Subject<'_>, array: ExprId) -> bool {
    let tree = &subject.checked.tree;
    match tree.checked(array) {
        Kind::Variable(variable) => {
            let name = &tree.variable(variable).name;
            name.strip_suffix('s').is_some_and(is_date_name)
        }
        _ => false,
    }
}

/// Whether an array is named as one of date ints; of `days` each may be a number of days.
fn names_dates(name: &str, ty: Type) -> bool {
    let one = name
        .strip_suffix('s')
        .filter(|one| ty == Type::LongArray && *one != "day");
    one.is_some_and(is_date_name)
}

/// Whether an expression gives an array of date ints.
fn is_date_ints(subject: &Subject<'_>, id: ExprId, followed: usize) -> bool {
    match subject.checked.tree.checked(id) {
        Kind::Parameter(parameter) => {
            let parameter = subject.checked.tree.parameter(parameter);
            names_dates(&parameter.name, parameter.ty)
        }
        Kind::Variable(variable) => match only_value(subject, variable, followed) {
            Some(value) => is_date_ints(subject, value, followed + 1),
            None => {
                let known = subject.checked.tree.variable(variable);
                known.parameter.is_some() && names_dates(&known.name, known.ty)
            }
        },
        kind => Call::likely(subject, kind).is_some_and(|call| gives_date_ints(&call)),
    }
}

/// Whether an expression gives the eight digits of a date as a text.
fn is_date_text(subject: &Subject<'_>, id: ExprId, followed: usize) -> bool {
    let tree = &subject.checked.tree;
    if let Some(Constant::Text(text)) = subject.constants.get(id) {
        let text = tree.texts.get(text).map_or("", |text| text);
        return text.len() == 8 && text.parse().is_ok_and(looks_like_date);
    }
    match tree.checked(id) {
        Kind::Variable(variable) => {
            only_value(subject, variable, followed).is_some_and(|value| is_date_text(subject, value, followed + 1))
        }
        // `'' + day`
        Kind::Concat(parts) => {
            let is_empty = |part: &ExprId| held::text(subject, *part).is_some_and(|(_, text)| text.is_empty());
            let parts = tree.expr_list(parts);
            count(Work::Linted, parts.len().min(MAX_PARTS));
            if parts.len() > MAX_PARTS {
                return false;
            }
            let mut parts = parts.iter().filter(|part| !is_empty(part));
            let only = parts.next().filter(|_| parts.next().is_none());
            only.is_some_and(|&part| {
                is_date_int(subject, part, followed)
                    || is_date_text(subject, part, followed)
                    || is_date_number(subject, part)
            })
        }
        Kind::Element { .. } | Kind::DynamicElement { .. } => are_held(subject, id, followed, |value| {
            is_date_text(subject, value, followed + 2)
        }),
        kind => Call::likely(subject, kind).is_some_and(|call| {
            if are_held(subject, id, followed, |value| {
                is_date_text(subject, value, followed + 2)
            }) {
                return true;
            }
            let of_number = matches!(call.function.name, "toString" | "valueOf");
            let mut printed = call
                .receiver()
                .into_iter()
                .chain(call.arguments().map(|(_, argument)| argument));
            if of_number
                && call.function.result == Type::String
                && printed.any(|part| is_long_date(subject, part, followed) || is_date_number(subject, part))
            {
                return true;
            }
            let prints = (call.function.name == "toString" && crate::library::is_date_class(call.id))
                || call.is_static("Util", "formatDateInt");
            let mut patterns = call.arguments().map(|(_, pattern)| subject.constants.get(pattern));
            let as_digits = |pattern| match pattern {
                Some(Constant::Text(text)) => tree.texts.get(text).is_some_and(|text| &**text == "yyyyMMdd"),
                _ => false,
            };
            gives_date_text(&call) || (prints && patterns.any(as_digits))
        }),
    }
}

/// Whether a constant is the six digits of a month of the years 1900 to 2100.
fn is_month(subject: &Subject<'_>, id: ExprId) -> bool {
    let Some(Constant::Text(text)) = subject.constants.get(id) else {
        return false;
    };
    let text = subject.checked.tree.texts.get(text).map_or("", |text| text);
    text.len() == 6 && text.parse().is_ok_and(|month: i64| looks_like_date(month * 100 + 1))
}

fn is_long_date(subject: &Subject<'_>, id: ExprId, followed: usize) -> bool {
    subject.checked.tree.expr(id).ty == Type::Long && is_date_int(subject, id, followed)
}

/// The only value that a variable is given, but for those that it makes of its own, as `d += 1` does.
fn only_value(subject: &Subject<'_>, variable: VariableId, followed: usize) -> Option<ExprId> {
    let tree = &subject.checked.tree;
    let sets = &subject.facts.variable(variable)?.sets;
    if followed >= MAX_FOLLOWED || sets.len() > MAX_SETS || tree.variable(variable).parameter.is_some() {
        return None;
    }
    let values = sets.iter().filter_map(|&set| match tree.expr(set).kind {
        Kind::Set { value, .. } | Kind::Reassign { value, .. } => Some(value),
        _ => None,
    });
    let mut others = values.filter(|&value| !is_own_update(subject, variable, value));
    others.next().filter(|_| others.next().is_none())
}

/// Whether a value is that of a variable and a number more or less.
fn is_own_update(subject: &Subject<'_>, variable: VariableId, value: ExprId) -> bool {
    let tree = &subject.checked.tree;
    let Some((operator, left, right)) = calculated(tree.checked(value)) else {
        return false;
    };
    let reads = |side| {
        let inner = match tree.checked(side) {
            Kind::Plus(inner) => tree.checked(inner),
            kind => kind,
        };
        inner.read_variable() == Some(variable)
    };
    let is_number = |side| subject.constants.long(side).is_some();
    matches!(operator, Arithmetic::Add | Arithmetic::Subtract)
        && ((reads(left) && is_number(right)) || (reads(right) && is_number(left)))
}

/// Whether a variable is somewhere set to a number that is not a date, as what counts days is.
fn counts(subject: &Subject<'_>, variable: VariableId) -> bool {
    let tree = &subject.checked.tree;
    let Some(facts) = subject.facts.variable(variable) else {
        return false;
    };
    facts.sets.iter().take(MAX_SETS).any(|&set| match tree.expr(set).kind {
        Kind::Set { value, .. } | Kind::Reassign { value, .. } => subject
            .constants
            .long(value)
            .is_some_and(|value| !looks_like_date(value)),
        _ => false,
    })
}
