//! What an unfolding decides by expressions: parameters, transitions, whether a loop goes on; and what it says of them.

use std::sync::Arc;

use super::calls;
use super::compile::LOOP_PARAMS;
use super::compiled::CompiledStep;
use super::definition::{Step, StepKind, When};
use super::explain::{self, CONDITION, Condition};
use super::failure::Failure;
use super::limits::UnfoldLimits;
use super::state::{FrameId, Refused, Run, RunId};
use super::unfold::{Unfolding, grid_of, loop_params, with_index};
use super::view::View;
use crate::diagnostic::{Code, Message};
use crate::params::convert::{conversion_cost, convert};
use crate::params::meter::{Meter, NAME_STEPS, Stop};
use crate::params::plan::Plan;
use crate::params::problem::error;
use crate::params::text::json_start;
use crate::params::{DefinitionError, Found, Problem, Report, Scope};
use crate::value::{Map, Value};

/// Evaluates a step's parameters. Where the call is stopped, the meter says so.
pub(super) fn evaluate(unfolding: &Unfolding, at: RunId, plan: &Plan, meter: &mut Meter) -> Result<Report, Stop> {
    let view = unfolding.view(at);
    let scope = view.scope(plan, None, meter)?;
    let report = calls::evaluate(plan, &scope, view, meter);
    meter.check()?;
    Ok(report)
}

/// Why an unfolding does not go on as it should.
pub(super) enum Halt {
    /// The call is stopped.
    Stop(Stop),
    /// The step fails.
    Failure(Box<Failure>),
}

impl Halt {
    /// What a step runs was refused.
    pub(super) fn refused(step: &Step, error: &DefinitionError) -> Self {
        match error.problems().first() {
            Some(problem) => Failure::of(problem, None).into(),
            None => Failure::of_step(step, Code::WorkflowShape, "the workflow was refused").into(),
        }
    }
}

impl From<Stop> for Halt {
    fn from(stop: Stop) -> Self {
        Self::Stop(stop)
    }
}

impl From<Failure> for Halt {
    fn from(failure: Failure) -> Self {
        Self::Failure(Box::new(failure))
    }
}

/// For each transition of a step that has ended, why it is not taken.
pub(super) fn transitions(
    unfolding: &Unfolding,
    at: RunId,
    values: &Arc<Map>,
    is_failure: bool,
    meter: &mut Meter,
) -> Result<Vec<Option<Refused>>, Halt> {
    let step = unfolding.step(at)?;
    meter.steps(step.conditions.len() as u64 * NAME_STEPS)?;
    let mut refused = Vec::with_capacity(step.conditions.len());
    let mut held: Option<usize> = None;
    for (index, (transition, condition)) in step.definition.transitions.iter().zip(&step.conditions).enumerate() {
        refused.push(match (&transition.when, condition) {
            (When::If(_), Some(condition)) => {
                let view = unfolding.view(at);
                match truth(&view, &condition.plan, Some(values), meter)? {
                    true => {
                        held = held.or(Some(index));
                        None
                    }
                    false => Some(Refused::Condition(decided(&view, condition, values, meter)?.into())),
                }
            }
            (When::Otherwise, _) => held.map(Refused::Held),
            (When::OnFailure, _) if !is_failure => Some(Refused::Succeeded),
            (When::Always | When::If(_) | When::OnFailure | When::InAnyCase, _) => None,
        });
    }
    Ok(refused)
}

/// For each transition of a step that failed or was stopped, why it is not taken.
pub(super) fn after_failure(step: &CompiledStep, is_failure: bool) -> Vec<Option<Refused>> {
    let transitions = step.definition.transitions.iter().zip(&step.handled);
    let refused = transitions.map(|(transition, handled)| match transition.when {
        When::InAnyCase => None,
        When::OnFailure if is_failure => None,
        When::OnFailure => Some(Refused::Handled),
        When::Always | When::If(_) | When::Otherwise if is_failure && *handled => Some(Refused::Handled),
        When::Always | When::If(_) | When::Otherwise => Some(Refused::Failed),
    });
    refused.collect()
}

/// The truth of a condition.
fn truth(view: &View, plan: &Plan, own: Option<&Arc<Map>>, meter: &mut Meter) -> Result<bool, Halt> {
    let scope = view.scope(plan, own, meter)?;
    truth_in(view, plan, &scope, meter)
}

fn truth_in(view: &View, plan: &Plan, scope: &Scope, meter: &mut Meter) -> Result<bool, Halt> {
    let report = calls::evaluate(plan, scope, view.clone(), meter);
    meter.check()?;
    match (report.value(CONDITION), report.error()) {
        (Some(Value::Boolean(truth)), _) => Ok(*truth),
        (_, Some(error)) => Err(Failure::of(error, None).into()),
        (_, None) => {
            let (path, place) = plan.items.first().map_or(("", None), |item| (&*item.path, item.place));
            Err(Failure::at(path, place, Code::ConversionFailed, "expected a BOOLEAN condition").into())
        }
    }
}

/// Steps and bytes to say which parts of a condition made it false, beside what the parts take to evaluate.
const DECIDED_STEPS: u64 = 1_000;
const DECIDED_BYTES: u64 = 8 * 1024;

/// The operands that made a condition false.
fn decided(
    view: &View,
    condition: &Condition,
    own: &Arc<Map>,
    meter: &mut Meter,
) -> Result<Vec<explain::Operand>, Stop> {
    meter.steps(DECIDED_STEPS)?;
    meter.bytes(DECIDED_BYTES)?;
    let scope = view.scope(&condition.plan, Some(own), meter)?;
    let which = match condition.explanation.which() {
        None => -1,
        Some(plan) => {
            let report = calls::evaluate(plan, &scope, view.clone(), meter);
            meter.check()?;
            report.value(CONDITION).and_then(Value::as_long).unwrap_or_default()
        }
    };
    let quote_values = view.inner.engine.settings().quote_values;
    condition.explanation.operands(which, |name| {
        meter.steps(NAME_STEPS + name.len() as u64 / 4)?;
        Ok(match scope.find(name) {
            Found::Value(_) if !quote_values => "…".to_owned(),
            Found::Value(value) => explain::cut(&json_start(value)),
            Found::Skipped { .. } => "of a skipped step".to_owned(),
            _ => "absent".to_owned(),
        })
    })
}

/// How many iterations a foreach has.
pub(super) fn grid(values: &Map, limits: &UnfoldLimits) -> Result<u64, Message> {
    let grid = grid_of(values)?;
    let too_many = |message: Message| {
        message
            .words(" times, and ")
            .limit(limits.iterations)
            .words(" are allowed")
    };
    match grid.count() {
        Some(count) if count <= limits.iterations => Ok(count),
        Some(count) => Err(too_many(Message::from("the loop would run ").value(count))),
        None => Err(too_many("the loop would run more than 2^64".into())),
    }
}

/// The values of an iteration of a foreach.
pub(super) fn iteration(step: &Step, values: &Map, iteration: u64, meter: &mut Meter) -> Result<Map, Halt> {
    let axes = loop_params(values).map_or(0, Map::len) as u64;
    meter.steps(axes * 4 * NAME_STEPS)?;
    // That it is a grid was seen when the loop began.
    let values = grid_of(values).map_err(|why| {
        let code = Code::LoopParameter;
        Failure::of_step(step, code, why.text(code, false))
    })?;
    let values = with_index(values.at(iteration), iteration);
    meter.copy(values.held())?;
    Ok(values)
}

/// The values of the next iteration of a while; `None` if its condition is false.
pub(super) fn repeat(
    unfolding: &Unfolding,
    at: RunId,
    values: &Arc<Map>,
    iteration: u64,
    meter: &mut Meter,
) -> Result<Option<Map>, Halt> {
    let step = unfolding.step(at)?;
    let Some(plan) = &step.repeat else { return Ok(None) };
    let next = match loop_params(values) {
        Some(next) => {
            meter.copy(next.held())?;
            next.clone()
        }
        None => Map::new(),
    };
    let next = Arc::new(with_index(next, iteration));
    let view = unfolding.view(at);
    let scope = Scope::new().with_values(Arc::clone(&next));
    let scope = scope.around(&view.scope(plan, Some(values), meter)?);
    let holds = truth_in(&view, plan, &scope, meter)?;
    // So that the values are held by nothing else, and need not be copied.
    drop(scope);
    if !holds {
        return Ok(None);
    }
    let most = unfolding.blueprint.limits().iterations;
    match iteration < most {
        true => Ok(Some(Arc::unwrap_or_clone(next))),
        false => {
            let message = format!("the loop would run more than {most} times");
            Err(Failure::of_step(&step.definition, Code::LoopParameter, message).into())
        }
    }
}

/// The parameters of a step once a frame inside it has ended, where they change: a while's loop parameters take what the
/// steps inside have under their names, and so do the parameters of a subworkflow's step.
pub(super) fn feeds(unfolding: &Unfolding, at: RunId, ended: FrameId, meter: &mut Meter) -> Result<Option<Map>, Stop> {
    let (step, ended) = (unfolding.step(at)?, unfolding.frame(ended)?);
    let Run::Open { values, .. } = unfolding.run(at)? else {
        return Ok(None);
    };
    // In the order in which they may run, so that the one that comes last is taken.
    let order = unfolding.blueprint.inner.body(ended)?.order.iter();
    let finished = order.filter_map(|step| match ended.run(*step) {
        Some(Run::Ended { values, status, .. }) if status.continues() => Some(values),
        _ => None,
    });
    match step.definition.kind {
        StepKind::While { .. } => {
            let Some(loop_values) = loop_params(values) else {
                return Ok(None);
            };
            let Some(taken) = take(loop_values, finished, meter)? else {
                return Ok(None);
            };
            meter.copy(values.held())?;
            let mut changed = (**values).clone();
            changed.insert(LOOP_PARAMS, Value::Map(taken));
            Ok(Some(changed))
        }
        StepKind::Subworkflow { .. } | StepKind::Foreach { .. } | StepKind::Plain { .. } => Ok(None),
    }
}

/// The values with what the runs have under their names, the last in the list of steps winning; `None` if no run has any. A value
/// of another type is converted where it can be, and else left.
fn take<'v>(values: &Map, runs: impl Iterator<Item = &'v Arc<Map>>, meter: &mut Meter) -> Result<Option<Map>, Stop> {
    let mut changed = None;
    for run in runs {
        meter.steps(values.len().min(run.len()) as u64 * 2 * NAME_STEPS)?;
        // The shorter of the two is walked.
        let shared: Vec<&str> = match values.len() < run.len() {
            true => values.keys().filter(|name| run.contains_key(name)).collect(),
            false => run.keys().filter(|name| values.contains_key(name)).collect(),
        };
        for name in shared {
            let Some(new) = run.get(name) else { continue };
            let changed = match &mut changed {
                Some(changed) => changed,
                None => {
                    meter.copy(values.held())?;
                    changed.insert(values.clone())
                }
            };
            let Some(old) = changed.get_mut(name) else { continue };
            let ty = crate::params::ParamType::of_type(old.type_of());
            meter.copy(new.held())?;
            let fitting = match ty {
                Some(ty) => {
                    let cost = conversion_cost(new, ty);
                    meter.steps(cost.steps)?;
                    meter.bytes(cost.memory)?;
                    convert(new.clone(), ty).ok().map(|(value, _)| value)
                }
                None => Some(new.clone()),
            };
            if let Some(fitting) = fitting {
                *old = fitting;
            }
        }
    }
    Ok(changed)
}

/// What says which workflow a subworkflow's step runs, and is not given to it.
const OF_SUBWORKFLOW: [&str; 2] = ["subworkflow_id", "subworkflow_version"];

/// What a subworkflow's step gives to the workflow it runs: what is around it, the innermost first, and its own parameters over that.
pub(super) fn subworkflow_values(around: &[Arc<Map>], own: &Map, meter: &mut Meter) -> Result<Map, Stop> {
    let mut given = Map::new();
    for values in around.iter().rev().map(|values| &**values).chain([own]) {
        meter.steps(values.len() as u64 * NAME_STEPS)?;
        meter.copy(values.held())?;
        let passed = values.iter().filter(|(name, _)| *name != LOOP_PARAMS);
        given.extend(passed.map(|(name, value)| (name, value.clone())));
    }
    for name in OF_SUBWORKFLOW {
        given.remove(name);
    }
    Ok(given)
}

/// The problem of an unfolding that was saved without its definition.
pub(super) fn no_definition() -> Problem {
    error("", None, Code::WorkflowShape, "no workflow definition was given")
}
