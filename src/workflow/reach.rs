//! Finds the steps that never run: no transition that leads to them can be taken, whatever the parameters are.

use super::compile::LOOP_PARAMS;
use super::compiled::{Body, Compiled, CompiledStep, Incoming};
use super::definition::{StepKind, When};
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::params::meter::{Meter, Stop};
use crate::params::{Body as Value, Problem};
use crate::source::Span;

/// Steps for a step or transition that is looked at.
const LOOK_STEPS: u64 = 4;

/// What a condition is without a look at any parameter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Truth {
    Always,
    Never,
    Open,
}

/// The steps of a workflow that never run; of those behind them nothing is said.
pub(super) fn unreachable(compiled: &Compiled, meter: &mut Meter) -> Result<Vec<Problem>, Stop> {
    let mut found = Vec::new();
    for (_, body) in compiled.bodies.entries() {
        of_list(compiled, body, &mut found, meter)?;
    }
    for (_, step) in compiled.steps.entries() {
        meter.steps(LOOK_STEPS)?;
        found.extend(no_iteration(step));
    }
    Ok(found)
}

fn of_list(compiled: &Compiled, body: &Body, found: &mut Vec<Problem>, meter: &mut Meter) -> Result<(), Stop> {
    let mut runs = vec![true; body.steps.len()];
    for at in &body.order {
        let incoming = body.incoming(*at);
        meter.steps(LOOK_STEPS * (1 + incoming.len() as u64))?;
        let is_taken = |Incoming { from, transition }: &Incoming| {
            let from_runs = runs.get(from.get()) == Some(&true);
            let step = body.step(*from).and_then(|id| compiled.steps.get(id));
            step.is_some_and(|step| may_be_taken(step, *transition, from_runs))
        };
        if incoming.is_empty() || incoming.iter().any(is_taken) {
            continue;
        }
        if let Some(runs) = runs.get_mut(at.get()) {
            *runs = false;
        }
        let from_runs = |incoming: &Incoming| runs.get(incoming.from.get()) == Some(&true);
        let step = body.step(*at).and_then(|id| compiled.steps.get(id));
        // Of those behind it it is known.
        if let (Some(step), true) = (step, incoming.iter().any(from_runs)) {
            found.push(warning(step, incoming.len()));
        }
    }
    Ok(())
}

/// Whether a transition may be taken, where its step runs or never does.
fn may_be_taken(step: &CompiledStep, transition: usize, runs: bool) -> bool {
    let transitions = &step.definition.transitions;
    let Some(way) = transitions.get(transition) else {
        return true;
    };
    match &way.when {
        When::InAnyCase => true,
        _ if !runs => false,
        When::If(condition) => truth(condition) != Truth::Never,
        When::Otherwise => !transitions.iter().any(|other| match &other.when {
            When::If(condition) => truth(condition) == Truth::Always,
            _ => false,
        }),
        When::Always | When::OnFailure => true,
    }
}

/// What a condition is that is a literal, within parentheses and behind `!` as well.
fn truth(condition: &str) -> Truth {
    let (mut text, mut negated) = (condition.trim().trim_end_matches(';').trim_end(), false);
    loop {
        if let Some(rest) = text.strip_prefix('!') {
            (text, negated) = (rest.trim_start(), !negated);
        } else if let Some(inner) = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) {
            text = inner.trim();
        } else {
            break;
        }
    }
    match (text, negated) {
        ("true", false) | ("false", true) => Truth::Always,
        ("false", false) | ("true", true) => Truth::Never,
        _ => Truth::Open,
    }
}

fn warning(step: &CompiledStep, incoming: usize) -> Problem {
    let id = quote(step.definition.id());
    let (code, message) = match incoming {
        1 => (
            Code::UnreachableStep,
            format!("the step {id} never runs: the transition that leads to it is never taken"),
        ),
        _ => (
            Code::JoinNeverRuns,
            format!("the step {id} never runs: none of the {incoming} transitions that lead to it is ever taken"),
        ),
    };
    at(step, code, message, "change a condition, or remove the step")
}

/// A loop that has no iterations.
fn no_iteration(step: &CompiledStep) -> Option<Problem> {
    let inside = step.definition.inner().first()?;
    let (why, help) = match &step.definition.kind {
        StepKind::While { condition, .. } if truth(condition) == Truth::Never => (
            "its condition is false".to_owned(),
            "change the condition, or remove it",
        ),
        StepKind::Foreach { .. } => {
            let Value::Members(members) = step.definition.params.get(LOOP_PARAMS)?.body() else {
                return None;
            };
            let is_empty =
                |value: &Value| matches!(value, Value::Literal(serde_json::Value::Array(list)) if list.is_empty());
            let (name, _) = members.iter().find(|(_, member)| is_empty(member.body()))?;
            let why = format!("its parameter {} is an empty list", quote(name));
            (why, "change what it runs over, or remove it")
        }
        _ => return None,
    };
    let message = format!(
        "the steps inside of {}, such as {}, never run: {why}",
        quote(step.definition.id()),
        quote(inside.id())
    );
    Some(at(step, Code::UnreachableStep, message, help))
}

fn at(step: &CompiledStep, code: Code, message: String, help: &str) -> Problem {
    let warning = Diagnostic::warning(code, Span::default(), message).with_help(help);
    Problem::at(&*step.definition.path, step.definition.place, warning)
}
