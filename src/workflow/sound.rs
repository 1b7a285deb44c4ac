//! Whether a state that was saved is one that an unfolding can come to: what reads it relies on that, and the data may be anybody's.

use std::collections::HashSet;

use super::blueprint::Blueprint;
use super::compiled::StepIndex;
use super::inner::Inner;
use super::state::{Frame, FrameId, Inside, Iterations, ROOT, Run, RunId, State, Task};
use crate::diagnostic::Code;
use crate::params::DefinitionError;
use crate::params::problem::error;

/// Holds a state against the definitions it is to go on with, and the limits.
///
/// # Errors
///
/// An index that is not within the definitions, a frame that does not belong to the step that names it, or that two name, or that is
/// deeper than may be. The bytes of a state are not held to the limit: what was shared is not in data, and who reads the data has paid
/// for it.
pub(super) fn check(blueprint: &Blueprint, state: &State) -> Result<(), DefinitionError> {
    let limits = blueprint.limits();
    let wrong = |message: String| Err(error("", None, Code::WorkflowShape, message).into());
    if !fits(blueprint, state) {
        return wrong("the saved state does not belong to the definitions".to_owned());
    }
    if !is_tree(state) {
        return wrong("the frames of the saved state do not form a tree".to_owned());
    }
    match state.frames.iter().all(|frame| frame.depth <= limits.most_depth()) {
        true => Ok(()),
        false => wrong(format!("the saved state is deeper than {} levels", limits.most_depth())),
    }
}

/// Whether every index lies within the definitions and the state.
fn fits(blueprint: &Blueprint, state: &State) -> bool {
    let end = FrameId::new(state.frames.len() as u32);
    let is_run = |at: RunId| {
        let frame = state.frames.get(at.frame);
        frame.is_some_and(|frame| frame.run(at.step).is_some())
    };
    state.frames.get(ROOT).is_some_and(|root| root.parent.is_none())
        && state.frames.is_sound()
        && state.blocks.is_sound()
        && state
            .frames
            .iter()
            .all(|frame| is_of(&blueprint.inner, frame) && frame.parent.is_none_or(is_run))
        && state.gone.iter().all(|frame| *frame < end && *frame > ROOT)
        && state.pending.iter().all(|task| match *task {
            Task::Decide(frame) | Task::Ended(frame) => frame < end,
            Task::Continue(at) => is_run(at),
        })
        && state.stopping.iter().all(|frame| *frame < end)
}

/// Whether a frame is a run of the steps that it says it is of.
pub(super) fn is_of(inner: &Inner, frame: &Frame) -> bool {
    let limits = &inner.limits;
    let body = inner.body(frame);
    let is_step = |step: &StepIndex| frame.run(*step).is_some();
    let most = limits.iterations.max(1);
    let is_within = |run: &Run| match run {
        Run::Open { inside, .. } => {
            let Inside {
                iterations,
                open,
                total,
                ..
            } = inside;
            *total <= most && *open <= iterations.begun && iterations.is_sound(most)
        }
        Run::Ended { iterations, .. } => iterations.is_sound(most),
        Run::Waiting | Run::Ready { .. } | Run::Skipped | Run::Blocked => true,
    };
    body.is_ok_and(|body| body.steps.len() == frame.runs.len())
        && frame.passed.iter().all(is_step)
        && frame.iteration < most
        && frame.runs.iter().all(is_within)
}

/// Whether each frame is a level below the one it belongs to, and each that a step names belongs to that step alone.
fn is_tree(state: &State) -> bool {
    let mut named = HashSet::new();
    let mut is_own = |at: RunId, (iteration, id): (u64, FrameId)| {
        let is_first = named.insert(id);
        let frame = state.frames.get(id);
        is_first && frame.is_some_and(|frame| frame.parent == Some(at) && frame.iteration == iteration)
    };
    state.frames.entries().all(|(id, frame)| {
        let depth = match frame.parent {
            Some(at) => state.frames.get(at.frame).and_then(|outer| outer.depth.checked_add(1)),
            None => Some(0),
        };
        let is_whole = frame.each_run().all(|(step, run)| {
            let mut inside = run.iterations().into_iter().flat_map(Iterations::numbered);
            inside.all(|frame| is_own(RunId::new(id, step), frame))
        });
        is_whole && depth == Some(frame.depth)
    })
}
