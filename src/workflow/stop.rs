//! Stops what is open beside a step, or inside of one, whose failure is to end it all at once.

use std::sync::Arc;

use super::compiled::StepIndex;
use super::state::{FrameId, Run, RunId, Status};
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

    /// The frames inside of a run that are open.
    fn open_inside(&self, at: RunId) -> Vec<FrameId> {
        let Ok(Run::Open { inside, .. }) = self.run(at) else {
            return Vec::new();
        };
        let is_open = |id: &FrameId| self.frame(*id).is_ok_and(|frame| frame.open > 0);
        inside.frames.iter().copied().filter(is_open).collect()
    }

    /// Stops what is open beside a run, and lets nothing more begin there.
    pub(super) fn stop_beside(&mut self, at: RunId) -> Result<(), Stop> {
        self.frame_mut(at.frame)?.stopped_by = Some(at.step);
        let inside = self.stop_runs(at.frame, Some(at.step))?;
        self.stop_frames(inside)
    }

    /// Stops all frames inside of a run.
    pub(super) fn stop_inside(&mut self, at: RunId) -> Result<(), Stop> {
        let frames = self.open_inside(at);
        self.stop_frames(frames)?;
        if let Run::Open { inside, .. } = self.run_mut(at)? {
            inside.open = 0;
        }
        Ok(())
    }

    fn stop_frames(&mut self, mut frames: Vec<FrameId>) -> Result<(), Stop> {
        while let Some(id) = frames.pop() {
            frames.extend(self.stop_runs(id, None)?);
            self.frame_mut(id)?.failed = true;
            self.state_mut().unlink(id);
        }
        Ok(())
    }

    /// Ends the runs of a frame but for one, and gives the frames inside of them that are open.
    fn stop_runs(&mut self, id: FrameId, but: Option<StepIndex>) -> Result<Vec<FrameId>, Stop> {
        let runs = self.frame(id)?.runs.len();
        let mut inside = Vec::new();
        for step in (0..runs).map(StepIndex::new).filter(|step| Some(*step) != but) {
            let at = RunId::new(id, step);
            inside.extend(self.open_inside(at));
            let run = self.run_mut(at)?;
            let (values, frames) = match run {
                Run::Ended { .. } | Run::Skipped => continue,
                Run::Waiting => (None, Vec::new()),
                Run::Ready { values } => (Some(Arc::clone(values)), Vec::new()),
                Run::Open { values, inside } => (Some(Arc::clone(values)), std::mem::take(&mut inside.frames)),
            };
            *run = match values {
                None => Run::Skipped,
                Some(values) => Run::Ended {
                    status: Status::Stopped,
                    values,
                    refused: Vec::new(),
                    failure: None,
                    frames,
                },
            };
            let frame = self.frame_mut(id)?;
            frame.open = frame.open.saturating_sub(1);
        }
        Ok(inside)
    }
}
