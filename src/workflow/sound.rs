//! Whether a state that was saved is one that an unfolding can come to: what reads it relies on that, and the data may be anybody's.

use super::blueprint::Blueprint;
use super::state::{FrameId, Inside, Run, RunId, State};
use crate::diagnostic::Code;
use crate::params::DefinitionError;
use crate::params::problem::error;

/// Holds the frames of a state, whose indexes fit, against their shape and the limits.
///
/// # Errors
///
/// A frame that does not belong to the step that names it, that two name, or that is deeper than may be. The bytes of a state are not
/// held to the limit: what was shared is not in data, and who reads the data has paid for it.
pub(super) fn is_sound(blueprint: &Blueprint, state: &State) -> Result<(), DefinitionError> {
    let limits = blueprint.limits();
    let wrong = |message: String| Err(error("", None, Code::WorkflowShape, message).into());
    if !is_tree(state) {
        return wrong("the frames of the saved state do not form a tree".to_owned());
    }
    let depths = state.frames.iter().map(|frame| frame.depth).max();
    if depths.is_some_and(|depth| depth > limits.most_depth()) {
        return wrong(format!("the saved state is deeper than {} levels", limits.most_depth()));
    }
    Ok(())
}

/// Whether each frame is a level below the one it belongs to, and each that a step names belongs to that step alone.
fn is_tree(state: &State) -> bool {
    let mut named = vec![false; state.frames.len()];
    let mut is_own = |at: RunId, id: FrameId| {
        let is_first = named
            .get_mut(id.index())
            .is_some_and(|named| !std::mem::replace(named, true));
        is_first && state.frames.get(id).is_some_and(|frame| frame.parent == Some(at))
    };
    state.frames.entries().all(|(id, frame)| {
        let depth = match frame.parent {
            Some(at) => state.frames.get(at.frame).and_then(|outer| outer.depth.checked_add(1)),
            None => Some(0),
        };
        let mut steps = frame.runs.iter().enumerate().map(|(index, run)| match run {
            Run::Open {
                inside: Inside { frames, .. },
                ..
            }
            | Run::Ended { frames, .. } => (index, &frames[..]),
            Run::Waiting | Run::Ready { .. } | Run::Skipped | Run::Blocked => (index, &[][..]),
        });
        let is_whole = steps.all(|(index, frames)| {
            let at = RunId::new(id, super::compiled::StepIndex::new(index));
            frames.iter().all(|frame| is_own(at, *frame))
        });
        is_whole && depth == Some(frame.depth)
    })
}
