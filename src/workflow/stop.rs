//! Stops what is open beside a step, or inside of one, whose failure is to end it all at once.

use std::sync::Arc;

use super::compiled::StepIndex;
use super::decide;
use super::state::{FrameId, Noted, Run, RunId, Status, Task};
use super::unfold::Unfolding;
use crate::params::meter::{Meter, Stop};

/// Steps for a run that is looked at, and stopped.
const STOP_STEPS: u64 = 8;

impl Unfolding {
    /// Charges for stopping what is beside a run.
    pub(super) fn charge_stop_beside(&self, at: RunId, meter: &mut Meter) -> Result<(), Stop> {
        self.charge(vec![at.frame], meter)
    }

    /// Charges for stopping what is inside of a run.
    pub(super) fn charge_stop(&self, at: RunId, meter: &mut Meter) -> Result<(), Stop> {
        self.charge(self.open_inside(at), meter)
    }

    fn charge(&self, mut frames: Vec<FrameId>, meter: &mut Meter) -> Result<(), Stop> {
        while let Some(id) = frames.pop() {
            let frame = self.frame(id)?;
            meter.steps(STOP_STEPS * (1 + frame.runs.len() as u64))?;
            for (step, run) in frame.each_run() {
                if let Run::Open { inside, .. } = run {
                    meter.steps(STOP_STEPS * inside.frames.len() as u64)?;
                    frames.extend(self.open_inside(RunId::new(id, step)));
                }
            }
        }
        Ok(())
    }

    /// The frames inside of a run that are open, and not stopped yet.
    fn open_inside(&self, at: RunId) -> Vec<FrameId> {
        let Ok(Run::Open { inside, .. }) = self.run(at) else {
            return Vec::new();
        };
        let is_open = |id: &FrameId| self.frame(*id).is_ok_and(|frame| frame.open > 0 && !frame.halted);
        inside.frames.iter().copied().filter(is_open).collect()
    }

    /// Stops what is open beside a run, and lets nothing more begin there but what runs in any case.
    pub(super) fn stop_beside(&mut self, at: RunId) -> Result<(), Stop> {
        let frame = self.frame_mut(at.frame)?;
        (frame.halted, frame.stopped_by) = (true, Some(at.step));
        let inside = self.stop_runs(at.frame, Some(at.step))?;
        self.stop_frames(inside)
    }

    /// Stops all that is open.
    pub(super) fn cancel(&mut self, meter: &mut Meter) -> Result<(), Stop> {
        let open = self.state.open_frames();
        let open: Vec<FrameId> = open.filter(|(_, frame)| !frame.halted).map(|(id, _)| id).collect();
        meter.steps(STOP_STEPS * open.len() as u64)?;
        self.charge(open.clone(), meter)?;
        for id in open {
            if !self.frame(id)?.halted {
                self.stop_frames(vec![id])?;
            }
        }
        Ok(())
    }

    /// Stops all frames inside of a run.
    pub(super) fn stop_inside(&mut self, at: RunId) -> Result<(), Stop> {
        self.stop_frames(self.open_inside(at))
    }

    fn stop_frames(&mut self, mut frames: Vec<FrameId>) -> Result<(), Stop> {
        while let Some(id) = frames.pop() {
            frames.extend(self.stop_runs(id, None)?);
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

    /// Ends the runs of a frame but for one, and gives the frames inside of them that are open. What waits is decided later, and a
    /// loop ends once what is inside of it has.
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
                    let refused = decide::after_failure(self.step(at)?, false);
                    let ended = Run::Ended {
                        status: Status::Stopped,
                        values,
                        refused,
                        failure: None,
                        frames: Vec::new(),
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
