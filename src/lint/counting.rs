//! Loops that count: away from their end, or further than a budget allows.

use super::{Findings, LintName, Subject};
use crate::check::typed::{ExprId, Kind, Steps, VariableId};
use crate::diagnostic::quote;
use crate::library;
use crate::operator::{Arithmetic, Comparison};
use crate::types::Type;

/// A loop that nothing in its body leaves: its condition, the expressions inside it, and what an iteration costs.
pub(super) struct Counted {
    pub(super) condition: ExprId,
    pub(super) first: u32,
    pub(super) end: u32,
    pub(super) iteration_steps: Steps,
}

/// How a variable is compared with the end of its loop.
struct Test {
    variable: VariableId,
    bound: ExprId,
    /// Whether the loop goes on while the variable is below its end.
    below: bool,
    /// Whether it also goes on where they are the same.
    or_equal: bool,
}

/// Says of a loop whether its variable moves away from its end, or is too far from it.
pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings<'_>, counted: &Counted) {
    let tree = &subject.checked.tree;
    let inside = (counted.first, counted.end);
    let Some(test) = test(subject, counted.condition, inside) else {
        return;
    };
    let Some(step) = step(subject, test.variable, inside) else {
        return;
    };
    if !stays(subject, test.bound, inside) {
        return;
    }
    let span = tree.expr(counted.condition).span;
    let name = quote(&tree.variable(test.variable).name);
    if let Some(start) = start(subject, &test, counted.first)
        && subject
            .constants
            .long(test.bound)
            .is_some_and(|bound| !test.holds(start, bound))
    {
        let message = format!("the loop never runs: {name} starts at {start}");
        findings.warn(LintName::ConditionAlwaysFalse, span, message, |warning| {
            warning
                .with_label("this is always false")
                .with_help("reverse the comparison, or remove the loop")
        });
        return;
    }
    if step == 0 || (step > 0) != test.below {
        let message =
            format!("{name} moves away from the end of its loop: once entered, it ends only when a budget does");
        findings.warn(LintName::EndlessLoop, span, message, |warning| {
            let label = format!("each iteration adds {step} to {name}");
            warning
                .with_label(label)
                .with_help("reverse the comparison or the step")
        });
        return;
    }
    let Some(times) = times(subject, &test, step, counted.first) else {
        return;
    };
    let steps = times.saturating_mul(i128::from(counted.iteration_steps.max(1)));
    if steps > i128::from(subject.steps) {
        let message = format!(
            "the loop runs {times} times, which takes {steps} steps, and the budget is {}",
            subject.steps
        );
        findings.warn(LintName::EndlessLoop, span, message, |warning| {
            warning.with_help("count less far, or raise the budget of steps")
        });
    }
}

/// The test of a condition such as `i < n`, whichever way around it is written.
fn test(subject: &Subject<'_>, condition: ExprId, (first, end): (u32, u32)) -> Option<Test> {
    let tree = &subject.checked.tree;
    let Kind::Compare { operator, left, right } = tree.expr(condition).kind else {
        return None;
    };
    let (below, or_equal) = match operator {
        Comparison::Less => (true, false),
        Comparison::LessEqual => (true, true),
        Comparison::Greater => (false, false),
        Comparison::GreaterEqual => (false, true),
        _ => return None,
    };
    let variable = |id| match tree.expr(id).kind {
        Kind::Variable(variable) if tree.expr(id).ty == Type::Long => {
            let facts = subject.facts.variable(variable)?;
            facts.is_set_within(first, end).then_some(variable)
        }
        _ => None,
    };
    let of = |variable, bound, below| Test {
        variable,
        bound,
        below,
        or_equal,
    };
    match (variable(left), variable(right)) {
        (Some(variable), None) => Some(of(variable, right, below)),
        (None, Some(variable)) => Some(of(variable, left, !below)),
        // Where the loop sets both, neither is the end.
        _ => None,
    }
}

/// By how much the one place in a loop that sets a variable moves it.
fn step(subject: &Subject<'_>, variable: VariableId, (first, end): (u32, u32)) -> Option<i64> {
    let tree = &subject.checked.tree;
    let [only] = subject.facts.variable(variable)?.sets_within(first, end) else {
        return None;
    };
    let Kind::Set { value, .. } = tree.expr(*only).kind else {
        return None;
    };
    let Kind::Arithmetic { operator, left, right } = tree.expr(value).kind else {
        return None;
    };
    if tree.expr(left).kind != Kind::Variable(variable) {
        return None;
    }
    let by = subject.constants.long(right)?;
    match operator {
        Arithmetic::Add => Some(by),
        Arithmetic::Subtract => by.checked_neg(),
        _ => None,
    }
}

impl Test {
    /// Whether the loop goes on with these values of its variable and its end.
    const fn holds(&self, value: i64, bound: i64) -> bool {
        (self.or_equal && value == bound) || (self.below && value < bound) || (!self.below && value > bound)
    }
}

/// The constant that a loop's variable starts from, where nothing else sets it before.
fn start(subject: &Subject<'_>, test: &Test, first: u32) -> Option<i64> {
    let tree = &subject.checked.tree;
    if tree.variable(test.variable).parameter.is_some() {
        return None;
    }
    let [start, _] = subject.facts.variable(test.variable)?.sets.as_slice() else {
        return None;
    };
    let Kind::Set { value, .. } = tree.expr(*start).kind else {
        return None;
    };
    if start.number() >= first {
        return None;
    }
    subject.constants.long(value)
}

/// How often a loop runs whose variable starts from a constant and counts to one.
fn times(subject: &Subject<'_>, test: &Test, step: i64, first: u32) -> Option<i128> {
    let (start, bound) = (start(subject, test, first)?, subject.constants.long(test.bound)?);
    let distance = match test.below {
        true => i128::from(bound) - i128::from(start),
        false => i128::from(start) - i128::from(bound),
    };
    let distance = distance + i128::from(test.or_equal);
    let step = i128::from(step).abs();
    (distance > 0).then(|| (distance + step - 1) / step)
}

/// Whether an expression comes to the same in each iteration of a loop, given as a range of the arena: it reads variables that
/// the loop does not set, and nothing else that may change.
pub(super) fn stays(subject: &Subject<'_>, condition: ExprId, (first, end): (u32, u32)) -> bool {
    let tree = &subject.checked.tree;
    let from = subject.facts.start(condition) as usize;
    let mut parts = tree.exprs.iter().take(condition.index() + 1).skip(from);
    parts.all(|part| match part.kind {
        Kind::Variable(variable) => {
            let facts = subject.facts.variable(variable);
            facts.is_some_and(|facts| !facts.is_set_within(first, end))
        }
        Kind::Null
        | Kind::Boolean(_)
        | Kind::Long(_)
        | Kind::Double(_)
        | Kind::Text(_)
        | Kind::Parameter(_)
        | Kind::ToDouble(_)
        | Kind::Check { .. }
        | Kind::Not(_)
        | Kind::Negate(_)
        | Kind::Plus(_)
        | Kind::Arithmetic { .. }
        | Kind::Compare { .. }
        | Kind::Dynamic { .. }
        | Kind::Concat(_)
        | Kind::Logical { .. }
        | Kind::Conditional { .. }
        | Kind::Length(_) => true,
        Kind::Call { function, arguments } => {
            let pure = library::function(function).is_some_and(|function| function.effects.is_empty());
            pure && tree
                .expr_list(arguments)
                .iter()
                .all(|&argument| is_plain(tree.expr(argument).ty))
        }
        _ => false,
    })
}

/// Whether values of the type never change.
const fn is_plain(ty: Type) -> bool {
    matches!(
        ty,
        Type::Null | Type::Boolean | Type::Long | Type::Double | Type::String
    )
}
