//! Frames that nothing refers to any more: who lets them go pays for all that is inside them, and they stay until commands have told of
//! them.

use std::sync::Arc;

use super::advance::RUN_STEPS;
use super::held;
use super::state::FrameId;
use super::unfold::Unfolding;
use crate::host::Interrupt;
use crate::params::meter::{Budget, Meter, Stop};

/// Charged for letting a frame go, and each of its runs; and how many bytes are given back for a step.
const GO_STEPS: u64 = 8;
const GO_BYTES: u64 = 64;
/// The steps that are done where nothing stops them.
const AT_ONCE: u64 = 4_096;

impl Unfolding {
    /// Charges for letting frames go, with those inside them, and says whether they may: a subworkflow that runs on its own may still be
    /// open in one that has ended.
    pub(super) fn may_go(&self, frames: &[FrameId], meter: &mut Meter) -> Result<bool, Stop> {
        let mut left = frames.to_vec();
        while let Some(frame) = left.pop().and_then(|id| self.frame(id).ok()) {
            meter.steps(RUN_STEPS * (1 + frame.runs.len() as u64))?;
            if frame.open > 0 {
                return Ok(false);
            }
            for run in &frame.runs {
                left.extend(run.inside());
            }
        }
        Ok(true)
    }

    /// Lets the frames go that nothing refers to any more, unless commands are to be told of what is in them, or something is still to be
    /// decided. Where the budget ends before them, the next call goes on.
    pub(super) fn let_go(&mut self, meter: &mut Meter) {
        let is_reported = self.log.as_ref().is_none_or(Vec::is_empty);
        if self.state.gone.is_empty() || !is_reported || !self.is_settled() {
            return;
        }
        let inner = Arc::clone(&self.blueprint.inner);
        let state = self.state_mut();
        while let Some(&id) = state.gone.last() {
            let Some(frame) = state.frames.get(id) else {
                state.gone.pop();
                continue;
            };
            let held = held::of_frame(&inner, frame);
            let steps = GO_STEPS * (1 + frame.runs.len() as u64) + held / GO_BYTES;
            if meter.steps(steps).is_err() {
                return;
            }
            state.gone.pop();
            state.release(held);
            for run in state.frames.remove(id).iter().flat_map(|frame| &frame.runs) {
                state.abandon(run);
            }
        }
    }

    /// The same with no more than half of what a call may take, as the event to come is to have its own.
    pub(super) fn let_go_before(&mut self, meter: &mut Meter) {
        let steps = self.blueprint.limits().steps / 2;
        meter.within(Budget { steps, ..Budget::NONE }, |meter| self.let_go(meter));
    }

    /// The same with as much as is done between two looks.
    pub(super) fn let_a_few_go(&mut self) {
        let steps = AT_ONCE;
        self.let_go(&mut Meter::new(
            Budget { steps, ..Budget::NONE },
            None,
            &Interrupt::new(),
        ));
    }
}
