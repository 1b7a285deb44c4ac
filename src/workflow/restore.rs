//! A state that was saved, held against its definitions and made what it was.

use std::sync::Arc;

use super::blueprint::Blueprint;
use super::compiled::OUTERMOST;
use super::failure::Failure;
use super::state::{Frame, FrameId, Inside, Refused, Run, RunId, State, Task, frame_bytes, shared_bytes, values_bytes};
use crate::diagnostic::Code;
use crate::params::convert::convert;
use crate::params::problem::error;
use crate::params::{DefinitionError, ParameterSet};
use crate::value::Map;
use crate::work::visit;

/// Holds a state against the definitions it is to go on with: every index must lie within them.
pub(super) fn fits(blueprint: &Blueprint, state: &State) -> Result<(), DefinitionError> {
    let end = state.frames.next();
    let is_run = |at: RunId| {
        state
            .frames
            .get(at.frame)
            .is_some_and(|frame| frame.run(at.step).is_some())
    };
    let fits = !state.frames.is_empty()
        && state.frames.entries().all(|(id, frame)| {
            let body = blueprint.inner.body(frame);
            // A frame comes after the one it belongs to, so that walking up ends.
            let parent = frame.parent.is_none_or(|at| at.frame < id && is_run(at));
            let comes_after = |frames: &[FrameId]| frames.iter().all(|frame| *frame > id && *frame < end);
            let inside = frame.runs.iter().all(|run| match run {
                Run::Open { inside, .. } => comes_after(&inside.frames),
                Run::Ended { frames, .. } => comes_after(frames),
                Run::Waiting | Run::Ready { .. } | Run::Skipped | Run::Blocked => true,
            });
            body.is_ok_and(|body| body.steps.len() == frame.runs.len()) && parent && inside
        })
        && state.pending.iter().all(|task| match *task {
            Task::Decide(frame) | Task::Ended(frame) => frame < end,
            Task::Continue(at) => is_run(at),
        })
        && state.stopping.iter().all(|frame| *frame < end);
    match fits {
        true => Ok(()),
        false => Err(error(
            "",
            None,
            Code::WorkflowShape,
            "the saved state does not belong to the definitions",
        )
        .into()),
    }
}

/// Gives values back what data does not tell: the type of an empty array, and the numbers that JSON writes as texts.
pub(super) fn restore(blueprint: &Blueprint, state: &mut State) {
    for task in &state.pending {
        if let Task::Decide(frame) = task
            && let Some(frame) = state.frames.get_mut(*frame)
        {
            frame.queued = true;
        }
    }
    for frame in &mut state.frames {
        // What was stopped gives no unfolding.
        if !visit(1 + frame.runs.len()) {
            return;
        }
        if let (Ok(body), true) = (blueprint.inner.body(frame), frame.open > 0) {
            frame.await_all(body);
        }
        let Some(compiled) = blueprint.inner.workflows.get(frame.workflow) else {
            continue;
        };
        if frame.body == OUTERMOST {
            typed(&compiled.definition.params, &mut frame.values);
        }
        let Some(body) = compiled.bodies.get(frame.body) else {
            continue;
        };
        for (run, step) in frame.runs.iter_mut().zip(&body.steps) {
            let step = compiled.steps.get(*step);
            if let (Run::Ready { values, .. } | Run::Open { values, .. } | Run::Ended { values, .. }, Some(step)) =
                (run, step)
            {
                typed(&step.definition.params, values);
            }
        }
    }
}

/// The bytes that a state keeps.
pub(super) fn kept(blueprint: &Blueprint, state: &State) -> u64 {
    let of_values = |values: &Arc<Map>| values_bytes(values);
    let full = &blueprint.inner.full;
    // The failure that says that there is no room is one for all.
    let of_failure = |failure: &Option<Arc<Failure>>| match failure {
        Some(failure) if failure != full => shared_bytes(failure.held()),
        _ => 0,
    };
    let of_run = |run: &Run| match run {
        Run::Waiting | Run::Skipped | Run::Blocked => 0,
        Run::Ready { values, .. } => of_values(values),
        Run::Open { values, inside } => of_values(values) + of_failure(&inside.failure),
        Run::Ended {
            values,
            refused,
            failure,
            ..
        } => of_values(values) + of_failure(failure) + refused.iter().flatten().map(Refused::held).sum::<u64>(),
    };
    let of_frame = |frame: &Frame| {
        let body = blueprint.inner.body(frame);
        let table = frame_bytes(frame.runs.len(), body.map_or(0, |body| body.transitions));
        table + of_values(&frame.values) + frame.runs.iter().map(of_run).sum::<u64>()
    };
    state.frames.iter().map(of_frame).sum()
}

/// Lets a state share what is one for all, and gives back what it reserved and does not use.
pub(super) fn compact(blueprint: &Blueprint, state: &mut State) {
    let inner = &blueprint.inner;
    let share = |failure: &mut Option<Arc<Failure>>| {
        if failure.as_ref() == Some(&inner.full) {
            *failure = Some(Arc::clone(&inner.full));
        }
    };
    let values_of = |values: &mut Arc<Map>| match values.is_empty() {
        true => *values = Arc::clone(&inner.empty),
        false => Arc::make_mut(values).compact(),
    };
    for frame in &mut state.frames {
        values_of(&mut frame.values);
        frame.runs.shrink_to_fit();
        for run in &mut frame.runs {
            match run {
                Run::Waiting | Run::Skipped | Run::Blocked => {}
                Run::Ready { values, .. } => values_of(values),
                Run::Open {
                    values,
                    inside: Inside { failure, .. },
                } => {
                    values_of(values);
                    share(failure);
                }
                Run::Ended {
                    values,
                    failure,
                    refused,
                    ..
                } => {
                    values_of(values);
                    share(failure);
                    refused.shrink_to_fit();
                    for refused in refused.iter_mut().flatten() {
                        if matches!(refused, Refused::Condition(decided) if decided.is_empty()) {
                            *refused = Refused::Condition(Arc::clone(&inner.undecided));
                        }
                    }
                }
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
