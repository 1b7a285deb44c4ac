//! What an unfolding decides by expressions: parameters, transitions, whether a loop goes on; and what it says of them.

use std::sync::Arc;

use super::blueprint::Blueprint;
use super::compile::{CONDITION, condition_set};
use super::definition::{Step, StepKind, When};
use super::desk::with_view;
use super::explain::{self, Ask};
use super::limits::UnfoldLimits;
use super::state::{Run, State, Why};
use super::unfold::{Unfolding, grid_of, loop_params, with_index};
use super::view::View;
use crate::diagnostic::Code;
use crate::params::convert::convert;
use crate::params::plan::Plan;
use crate::params::read::error;
use crate::params::{Body, Occasion, ParameterSet, Problem, Report, Scope};
use crate::syntax::ParseLimits;
use crate::value::{Map, Value};

/// Evaluates a step's parameters.
pub(super) fn evaluate(unfolding: &Unfolding, frame: usize, place: usize, plan: &Plan) -> Report {
    let view = unfolding.view(frame, place);
    let scope = view.scope(plan, None);
    with_view(view, || plan.evaluate(&scope))
}

/// For each transition of a step that has ended, why it is not taken.
///
/// # Errors
///
/// A condition that could not be evaluated.
pub(super) fn transitions(
    unfolding: &Unfolding,
    frame: usize,
    place: usize,
    values: &Arc<Map>,
) -> Result<Vec<Option<Why>>, String> {
    let Some(step) = unfolding.step(frame, place) else {
        return Ok(Vec::new());
    };
    let mut refused = Vec::with_capacity(step.conditions.len());
    let mut held: Option<&str> = None;
    for (transition, plan) in step.definition.transitions.iter().zip(&step.conditions) {
        let line = transition.place.map(|place| place.line);
        let id = Arc::clone(&step.definition.id);
        refused.push(match (&transition.when, plan) {
            (When::If(source), Some(plan)) => {
                let view = unfolding.view(frame, place);
                match truth(&view, plan, Some(values))? {
                    true => {
                        held = held.or(Some(source));
                        None
                    }
                    false => Some(Why::Condition {
                        step: id,
                        condition: explain::cut(source),
                        line,
                        decided: decided(&view, source, plan, values),
                    }),
                }
            }
            (When::Otherwise, _) => held.map(|condition| Why::NotOtherwise {
                step: id,
                line,
                condition: explain::cut(condition),
            }),
            (When::Always | When::If(_), _) => None,
        });
    }
    Ok(refused)
}

/// The truth of a condition.
fn truth(view: &View, plan: &Plan, own: Option<&Arc<Map>>) -> Result<bool, String> {
    let scope = view.scope(plan, own.map(Arc::clone));
    truth_in(view, plan, &scope)
}

fn truth_in(view: &View, plan: &Plan, scope: &Scope) -> Result<bool, String> {
    let report = with_view(view.clone(), || plan.evaluate(scope));
    match (report.value(CONDITION), report.error()) {
        (Some(Value::Boolean(truth)), _) => Ok(*truth),
        (_, Some(error)) => Err(error.to_string()),
        (_, None) => Err("the condition gives no BOOLEAN".to_owned()),
    }
}

/// The operands that made a condition false.
fn decided(view: &View, source: &str, plan: &Plan, own: &Arc<Map>) -> Vec<explain::Operand> {
    let limits = view.inner.engine.limits();
    let limits = ParseLimits {
        source_length: limits.source_length as usize,
        nesting: limits.nesting as usize,
    };
    let scope = view.scope(plan, Some(Arc::clone(own)));
    explain::decided(source, false, &limits, &mut Witness { view, scope: &scope })
}

/// Answers for the parts of a condition.
struct Witness<'w> {
    view: &'w View,
    scope: &'w Scope,
}

impl Ask for Witness<'_> {
    fn truth(&mut self, part: &str) -> Option<bool> {
        let plan = condition_set(part, None)
            .plan(&self.view.inner.engine, self.scope)
            .ok()?;
        truth_in(self.view, &plan, self.scope).ok()
    }

    fn values(&mut self, part: &str) -> Vec<(String, String)> {
        let Ok(references) = self.view.inner.engine.references(part) else {
            return Vec::new();
        };
        let names = references.names.iter().take(4);
        let shown = names.map(|reference| {
            use crate::params::Found;
            let shown = match self.scope.find(&reference.name) {
                Found::Value(value) => explain::cut(&serde_json::to_string(value).unwrap_or_default()),
                Found::Skipped { .. } => "of a skipped step".to_owned(),
                _ => "absent".to_owned(),
            };
            (reference.name.to_string(), shown)
        });
        shown.collect()
    }
}

/// How many iterations a foreach has.
pub(super) fn grid(values: &Map, limits: &UnfoldLimits) -> Result<u64, String> {
    let grid = grid_of(values)?;
    match grid.count() {
        Some(count) if count <= limits.iterations => Ok(count),
        Some(count) => Err(format!(
            "the loop would run {count} times, and {} are allowed",
            limits.iterations
        )),
        None => Err(format!(
            "the loop would run more than 2^64 times, and {} are allowed",
            limits.iterations
        )),
    }
}

/// The values of an iteration of a foreach.
pub(super) fn iteration(values: &Map, iteration: u64) -> Result<Arc<Map>, String> {
    Ok(with_index(grid_of(values)?.at(iteration), iteration))
}

/// The values of the next iteration of a while; none where its condition is false.
pub(super) fn repeat(
    unfolding: &Unfolding,
    frame: usize,
    place: usize,
    values: &Arc<Map>,
    iteration: u64,
) -> Result<Option<Arc<Map>>, String> {
    let Some(plan) = unfolding.step(frame, place).and_then(|step| step.repeat.as_ref()) else {
        return Ok(None);
    };
    let next = with_index(loop_params(values).cloned().unwrap_or_default(), iteration);
    let view = unfolding.view(frame, place);
    let mut own = (**values).clone();
    for (name, value) in next.iter() {
        own.insert(name, value.clone());
    }
    if !truth(&view, plan, Some(&Arc::new(own)))? {
        return Ok(None);
    }
    let most = unfolding.blueprint.limits().iterations;
    match iteration < most {
        true => Ok(Some(next)),
        false => Err(format!("the loop would run more than {most} times")),
    }
}

/// The parameters of a step once a frame inside of it has ended, where they change: a while's loop parameters take what the
/// steps inside have under their names, and so do the parameters of a subworkflow's step.
pub(super) fn feeds(unfolding: &Unfolding, frame: usize, place: usize, inside: usize) -> Option<Map> {
    let step = unfolding.step(frame, place)?;
    let Some(Run::Open { values, .. }) = unfolding.run(frame, place) else {
        return None;
    };
    let ended = unfolding.state.frames.get(inside)?;
    let finished = ended.runs.iter().filter_map(|run| match run {
        Run::Ended { values, status, .. } if status.goes_on() => Some(values),
        _ => None,
    });
    let mut changed = (**values).clone();
    match step.definition.kind {
        StepKind::While { .. } => {
            let mut loop_values = loop_params(values)?.clone();
            take(&mut loop_values, finished, |_| true);
            changed.insert(super::compile::LOOP_PARAMS, Value::Map(loop_values));
        }
        StepKind::Subworkflow => {
            let params = &step.definition.params;
            let may = |name: &str| {
                let definition = params.get(name);
                !name.starts_with(SUBWORKFLOW) && definition.is_some_and(|known| known.mode().allows(Occasion::Output))
            };
            take(&mut changed, finished, may);
        }
        StepKind::Foreach { .. } | StepKind::Plain { .. } => return None,
    }
    Some(changed)
}

/// The prefix of a subworkflow step's own parameters, which are no inputs.
const SUBWORKFLOW: &str = "subworkflow_";

/// Takes over what the runs have under the names of `values`, the last in the list of steps winning. A value of another type is
/// converted where it can be, and else left.
fn take<'v>(values: &mut Map, runs: impl Iterator<Item = &'v Arc<Map>>, may: impl Fn(&str) -> bool) {
    let names: Vec<String> = values.keys().filter(|name| may(name)).map(str::to_owned).collect();
    for run in runs {
        for name in &names {
            let (Some(new), Some(old)) = (run.get(name), values.get_mut(name)) else {
                continue;
            };
            let fitting = match crate::params::ParamType::of_type(old.type_of()) {
                Some(ty) => convert(new.clone(), ty).ok().map(|(value, _)| value),
                None => Some(new.clone()),
            };
            if let Some(fitting) = fitting {
                *old = fitting;
            }
        }
    }
}

/// What a subworkflow's step gives to the workflow it runs.
pub(super) fn subworkflow_values(values: &Map) -> Map {
    let inputs = values.iter().filter(|(name, _)| !name.starts_with(SUBWORKFLOW));
    inputs.map(|(name, value)| (name, value.clone())).collect()
}

/// A step's outputs as the types of its parameters.
pub(super) fn outputs(step: &Step, outputs: &Map, quote_values: bool) -> Result<Vec<(String, Value)>, Vec<Problem>> {
    let mut set = step.params.clone();
    set.lay_values(outputs, Occasion::Output, quote_values)?;
    let mut converted = Vec::with_capacity(outputs.len());
    for (name, value) in outputs {
        let definition = step.params.get(name);
        let declared = definition.and_then(crate::params::Definition::declared_type);
        let is_map = matches!(definition.map(crate::params::Definition::body), Some(Body::Members(_)));
        let value = match declared {
            Some(ty) if !is_map => convert(value.clone(), ty).map(|(value, _)| value).map_err(|why| {
                vec![error(
                    name,
                    None,
                    Code::ConversionFailed,
                    why.text(Code::ConversionFailed, quote_values),
                )]
            })?,
            _ => value.clone(),
        };
        converted.push((name.to_owned(), value));
    }
    Ok(converted)
}

/// The problem of an unfolding that was saved without its definition.
pub(super) fn no_definition() -> Problem {
    error("", None, Code::WorkflowShape, "there is no workflow definition")
}

/// Holds a state against the definitions it is to go on with: every index must lie within them.
pub(super) fn fits(blueprint: &Blueprint, state: &State) -> Result<(), Vec<Problem>> {
    let frames = state.frames.len();
    let fits = !state.frames.is_empty()
        && state.frames.iter().enumerate().all(|(index, frame)| {
            let body = blueprint
                .inner
                .workflows
                .get(frame.workflow)
                .and_then(|workflow| workflow.bodies.get(frame.body));
            // A frame comes after the one it belongs to, so that walking up ends.
            let parent = frame.parent.is_none_or(|(parent, place)| {
                parent < index && state.frames.get(parent).is_some_and(|parent| place < parent.runs.len())
            });
            let inside = frame.runs.iter().all(|run| match run {
                Run::Open { progress, .. } => progress.frames.iter().all(|frame| *frame > index && *frame < frames),
                Run::Ended { frames: inside, .. } => inside.iter().all(|frame| *frame > index && *frame < frames),
                Run::Waiting | Run::Ready { .. } | Run::Skipped { .. } => true,
            });
            body.is_some_and(|body| body.steps.len() == frame.runs.len()) && parent && inside
        });
    match fits {
        true => Ok(()),
        false => Err(vec![error(
            "",
            None,
            Code::WorkflowShape,
            "the saved state does not belong to the definitions",
        )]),
    }
}

/// Gives values back what data does not tell: the type of an empty array, and the numbers that JSON writes as texts.
pub(super) fn restore(blueprint: &Blueprint, state: &mut State) {
    for frame in &mut state.frames {
        let Some(compiled) = blueprint.inner.workflows.get(frame.workflow) else {
            continue;
        };
        if frame.body == 0 {
            typed(&compiled.definition.params, &mut frame.values);
        }
        let Some(body) = compiled.bodies.get(frame.body) else {
            continue;
        };
        for (run, step) in frame.runs.iter_mut().zip(&body.steps) {
            let step = compiled.steps.get(*step);
            if let (Run::Ready { values } | Run::Open { values, .. } | Run::Ended { values, .. }, Some(step)) =
                (run, step)
            {
                typed(&step.definition.params, values);
            }
        }
    }
}

fn typed(set: &ParameterSet, values: &mut Arc<Map>) {
    for (name, definition) in set.iter() {
        let declared = definition.declared_type();
        let wrong = values
            .get(name)
            .zip(declared)
            .filter(|(value, declared)| !value.is_null() && value.type_of() != declared.in_language());
        let Some((value, declared)) = wrong else { continue };
        if let Ok((value, _)) = convert(value.clone(), declared) {
            Arc::make_mut(values).insert(name, value);
        }
    }
}
