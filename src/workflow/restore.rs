//! A state that was saved, made what it was.

use std::sync::Arc;

use super::blueprint::Blueprint;
use super::compiled::OUTERMOST;
use super::failure::Failure;
use super::held;
use super::inner::Inner;
use super::state::{Frame, Refused, Run, State, Task};
use crate::params::ParameterSet;
use crate::params::convert::retyped;
use crate::value::Map;
use crate::work::visit;

/// Gives values back what data does not tell: the type of an empty array, and the numbers that JSON writes as texts.
pub(super) fn restore(blueprint: &Blueprint, state: &mut State) {
    for task in &state.pending {
        if let Task::Decide(frame) = task
            && let Some(frame) = state.frames.get_mut(*frame)
        {
            frame.queued = true;
        }
    }
    state.frames.each_mut(|frame| {
        restore_frame(&blueprint.inner, frame);
        // What was stopped gives no unfolding.
        visit(1 + frame.runs.len())
    });
}

/// As [`restore`], of one frame.
pub(super) fn restore_frame(inner: &Inner, frame: &mut Frame) {
    if let (Ok(body), true) = (inner.body(frame), frame.open > 0) {
        frame.await_all(body);
    }
    let Some(compiled) = inner.workflows.get(frame.workflow) else {
        return;
    };
    if frame.body == OUTERMOST {
        typed(&compiled.definition.params, &mut frame.values);
    }
    let Some(body) = compiled.bodies.get(frame.body) else {
        return;
    };
    for (run, step) in frame.runs.iter_mut().zip(&body.steps) {
        if let (Some(values), Some(step)) = (run.values_mut(), compiled.steps.get(*step)) {
            typed(&step.definition.params, values);
        }
    }
}

/// The bytes that a state keeps.
pub(super) fn kept(blueprint: &Blueprint, state: &State) -> u64 {
    let of_frame = |frame: &Frame| held::of_frame(&blueprint.inner, frame);
    state.frames.iter().map(of_frame).fold(0, u64::saturating_add)
}

/// Lets a state share what is one for all, and gives back what it reserved and does not use.
pub(super) fn compact(blueprint: &Blueprint, state: &mut State) {
    state.frames.each_mut(|frame| {
        compact_frame(&blueprint.inner, frame);
        true
    });
}

/// As [`compact`], of one frame.
pub(super) fn compact_frame(inner: &Inner, frame: &mut Frame) {
    let share = |failure: &mut Option<Arc<Failure>>| {
        if failure.as_ref() == Some(&inner.full) {
            *failure = Some(Arc::clone(&inner.full));
        }
    };
    let values_of = |values: &mut Arc<Map>| match values.is_empty() {
        true => *values = Arc::clone(&inner.empty),
        false => Arc::make_mut(values).compact(),
    };
    values_of(&mut frame.values);
    frame.runs.shrink_to_fit();
    for run in &mut frame.runs {
        if let Some(values) = run.values_mut() {
            values_of(values);
        }
        match run {
            Run::Waiting | Run::Ready { .. } | Run::Skipped | Run::Blocked => {}
            Run::Open { inside, .. } => share(&mut inside.failure),
            Run::Ended { failure, refused, .. } => {
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

fn typed(set: &ParameterSet, values: &mut Arc<Map>) {
    for (name, definition) in set.iter() {
        let value = values.get(name).zip(definition.declared_type());
        if let Some(value) = value.and_then(|(value, declared)| retyped(value, declared)) {
            Arc::make_mut(values).insert(name, value);
        }
    }
}
