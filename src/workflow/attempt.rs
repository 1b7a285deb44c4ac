//! What an orchestrator decides of one step: another attempt, that it is passed over, that it is stopped.

use super::advance::Ending;
use super::complete::{CompleteError, stopped};
use super::failure::{Failure, StepError};
use super::retry::{Cause, Retries};
use super::state::{Noted, Run, RunId, Task};
use super::status::Status;
use super::unfold::Unfolding;
use crate::params::meter::{Meter, Stop};
use crate::value::{Map, Value};

impl Unfolding {
    /// An attempt of a step failed: the next waits, or the step ends.
    pub(super) fn fail_attempt(
        &mut self,
        at: RunId,
        cause: Cause,
        error: Option<&StepError>,
        meter: &mut Meter,
    ) -> Result<(), CompleteError> {
        let values = self.ready_values(at)?;
        let policy = self.attribute(at, "retry_policy", meter);
        meter.check().map_err(stopped)?;
        let none = Map::new();
        let policy = match policy {
            Ok(policy) => policy,
            Err(problem) => {
                let ending = Ending {
                    status: Status::InternallyFailed,
                    values,
                    failure: Some(self.keep_failure(Failure::of(&problem, None))),
                };
                return self.end(at, ending, meter).map_err(stopped);
            }
        };
        let policy = policy.as_ref().and_then(Value::as_map).unwrap_or(&none);
        let Run::Ready { retries, .. } = self.run(at).map_err(stopped)? else {
            return Ok(());
        };
        let (is_first, before) = (retries.is_none(), retries.as_deref().cloned().unwrap_or_default());
        let Some(after) = before.after(cause, policy) else {
            return self.end_run(at, (status_after(cause), &none, error), meter);
        };
        if is_first && !self.keep(size_of::<Retries>() as u64) {
            return self.end_run(at, (status_after(cause), &none, error), meter);
        }
        if let Run::Ready { retries, started, .. } = self.run_mut(at).map_err(stopped)? {
            (*retries, *started) = (Some(Box::new(after)), false);
        }
        self.note(at, Noted::Ready);
        Ok(())
    }

    /// Whether a step is to be passed over.
    pub(super) fn is_passed(&self, at: RunId) -> bool {
        self.frame(at.frame).is_ok_and(|frame| frame.passed.contains(&at.step))
    }

    /// Lets a step be passed over: now, once its turn comes, or once what is inside it was stopped.
    pub(super) fn pass_over(&mut self, at: RunId, meter: &mut Meter) -> Result<(), CompleteError> {
        match self.run(at).map_err(stopped)? {
            Run::Ready { .. } => return self.end_run(at, (Status::Skipped, &Map::new(), None), meter),
            Run::Waiting => {}
            Run::Open { .. } => self.halt_inside(at, meter).map_err(stopped)?,
            Run::Ended { status, .. } if status.fails() => self.restart_run(at, meter)?,
            Run::Ended { .. } => return self.not_ready(at, "it has ended"),
            Run::Skipped | Run::Blocked => return self.not_ready(at, "it was skipped"),
        }
        let frame = self.frame_mut(at.frame).map_err(stopped)?;
        if !frame.passed.contains(&at.step) {
            frame.passed.push(at.step);
        }
        Ok(())
    }

    /// Stops a step, and what is inside it.
    pub(super) fn cancel_run(&mut self, at: RunId, meter: &mut Meter) -> Result<(), CompleteError> {
        match self.run(at).map_err(stopped)? {
            Run::Open { .. } => self.halt_inside(at, meter).map_err(stopped),
            _ => {
                self.ready_values(at)?;
                self.end_run(at, (Status::Stopped, &Map::new(), None), meter)
            }
        }
    }

    /// Lets nothing more begin inside a step, and what is open there be stopped next.
    fn halt_inside(&mut self, at: RunId, meter: &mut Meter) -> Result<(), Stop> {
        self.charge_stop_inside(at, meter)?;
        self.stop_inside(at);
        if let Run::Open { inside, .. } = self.run_mut(at)? {
            inside.halted = true;
            if inside.open == 0 {
                self.state_mut().pending.push_back(Task::Continue(at));
            }
        }
        Ok(())
    }
}

/// How a step ends that is not tried again.
const fn status_after(cause: Cause) -> Status {
    match cause {
        Cause::Error | Cause::Platform => Status::Failed,
        Cause::Timeout => Status::TimedOut,
    }
}
