//! Stops what is open beside a step, or inside one, whose failure is to end it all at once: frame by frame, those that are still to
//! be stopped before all else that is to be decided.

use std::sync::Arc;

use super::compiled::StepIndex;
use super::decide;
use super::held;
use super::state::{FrameId, Iterations, Noted, Run, RunId, Task};
use super::status::Status;
use super::unfold::Unfolding;
use crate::params::meter::{Meter, Stop};

/// Steps for a run that is looked at, and stopped.
const STOP_STEPS: u64 = 8;

impl Unfolding {
    /// Charges for stopping the runs of a frame.
    pub(super) fn charge_stop_in(&self, id: FrameId, meter: &mut Meter) -> Result<(), Stop> {
        let frame = self.frame(id)?;
        meter.steps(STOP_STEPS * (1 + frame.runs.len() as u64))?;
        frame
            .each_run()
            .try_for_each(|(step, _)| self.charge_stop_inside(RunId::new(id, step), meter))
    }

    /// Charges for finding what is open inside a run.
    pub(super) fn charge_stop_inside(&self, at: RunId, meter: &mut Meter) -> Result<(), Stop> {
        match self.run(at)? {
            Run::Open { inside, .. } => charge_frames(inside.iterations.frames.len(), meter),
            Run::Waiting | Run::Ready { .. } | Run::Ended { .. } | Run::Skipped | Run::Blocked => Ok(()),
        }
    }

    /// The frames inside a run that are open, and not stopped yet.
    fn open_inside(&self, at: RunId) -> Vec<FrameId> {
        let Ok(Run::Open { inside, .. }) = self.run(at) else {
            return Vec::new();
        };
        let is_open = |id: &FrameId| self.frame(*id).is_ok_and(|frame| frame.open > 0 && !frame.halted);
        let frames = &inside.iterations.frames;
        frames.iter().copied().filter(is_open).collect()
    }

    /// Stops what is open beside a run, and lets nothing more begin there but what runs in any case. What is inside it is stopped
    /// next.
    pub(super) fn stop_beside(&mut self, at: RunId) -> Result<(), Stop> {
        let frame = self.frame_mut(at.frame)?;
        (frame.halted, frame.stopped_by) = (true, Some(at.step));
        let inside = self.stop_runs(at.frame, Some(at.step))?;
        self.state_mut().stopping.extend(inside);
        Ok(())
    }

    /// Lets all that is open be stopped next.
    pub(super) fn cancel(&mut self, meter: &mut Meter) -> Result<(), Stop> {
        charge_frames(self.state.frames.len(), meter)?;
        let open = self.state.open_frames();
        let open: Vec<FrameId> = open.filter(|(_, frame)| !frame.halted).map(|(id, _)| id).collect();
        self.state_mut().stopping.extend(open.into_iter().rev());
        Ok(())
    }

    /// Lets all frames inside a run be stopped next.
    pub(super) fn stop_inside(&mut self, at: RunId) {
        let inside = self.open_inside(at);
        self.state_mut().stopping.extend(inside);
    }

    /// Stops what is still to be stopped, the last first. Where the call is stopped the rest stays.
    pub(super) fn stop_pending(&mut self, meter: &mut Meter) -> Result<(), Stop> {
        while let Some(id) = self.state.stopping.last().copied() {
            self.charge_stop_in(id, meter)?;
            self.state_mut().stopping.pop();
            if self.frame(id)?.halted {
                continue;
            }
            let inside = self.stop_runs(id, None)?;
            self.state_mut().stopping.extend(inside);
            let frame = self.frame_mut(id)?;
            (frame.halted, frame.failed) = (true, true);
            let has_ended = frame.open == 0;
            let state = self.state_mut();
            state.queue(id);
            if has_ended {
                state.unlink(id);
                state.pending.push_back(Task::Ended(id));
            }
        }
        Ok(())
    }

    /// Ends the runs of a frame but for one, and gives the frames inside them that are open. What waits is decided later, and a
    /// loop ends once what is inside it has.
    fn stop_runs(&mut self, id: FrameId, but: Option<StepIndex>) -> Result<Vec<FrameId>, Stop> {
        let runs = self.frame(id)?.runs.len();
        let mut inside = Vec::new();
        for step in (0..runs).map(StepIndex::new).filter(|step| Some(*step) != but) {
            let at = RunId::new(id, step);
            inside.extend(self.open_inside(at));
            match self.run_mut(at)? {
                Run::Open { inside, .. } => {
                    inside.halted = true;
                    if inside.open == 0 {
                        self.state_mut().pending.push_back(Task::Continue(at));
                    }
                }
                Run::Ready { values, .. } => {
                    let values = Arc::clone(values);
                    let retries = held::of_retries(self.run(at)?);
                    self.state_mut().release(retries);
                    let refused = decide::after_failure(self.step(at)?, false);
                    let ended = Run::Ended {
                        status: Status::Stopped,
                        values,
                        refused,
                        failure: None,
                        iterations: Iterations::default(),
                    };
                    self.set_run(at, ended)?;
                    self.note(at, Noted::Stopped);
                    self.lead_on(at)?;
                    let frame = self.frame_mut(id)?;
                    frame.open = frame.open.saturating_sub(1);
                }
                Run::Waiting | Run::Ended { .. } | Run::Skipped | Run::Blocked => {}
            }
        }
        Ok(inside)
    }
}

/// Charges for finding those that are open among some frames, and noting them.
fn charge_frames(count: usize, meter: &mut Meter) -> Result<(), Stop> {
    meter.steps(STOP_STEPS * count as u64)?;
    meter.bytes((3 * count * size_of::<FrameId>()) as u64)
}
