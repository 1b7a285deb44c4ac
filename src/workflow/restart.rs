//! Runs steps again that ended: they and all that they lead to wait anew, and what is around them goes on.

use std::sync::Arc;

use super::advance::RUN_STEPS;
use super::column::BLOCK;
use super::compile::{LOOP_INDEX, LOOP_PARAMS};
use super::compiled::StepIndex;
use super::complete::{CompleteError, stopped};
use super::decide;
use super::definition::StepKind;
use super::held;
use super::state::{FrameId, Inside, Noted, Run, RunId, values_bytes};
use super::unfold::Unfolding;
use crate::params::meter::{Meter, Stop};
use crate::value::{Map, Value};

/// One list of steps that goes on.
struct Level {
    frame: FrameId,
    /// The steps that wait again.
    again: Vec<StepIndex>,
    /// The loop or subworkflow around it.
    around: Option<RunId>,
    /// Whether that had ended, and is open again.
    reopens: bool,
}

impl Unfolding {
    /// Lets a step that ended run again.
    pub(super) fn restart_run(&mut self, at: RunId, meter: &mut Meter) -> Result<(), CompleteError> {
        match self.run(at).map_err(stopped)? {
            Run::Ended { .. } => {}
            Run::Waiting => return self.not_ready(at, "it is waiting for its predecessors"),
            Run::Ready { .. } | Run::Open { .. } => return self.not_ready(at, "it has not ended"),
            Run::Skipped | Run::Blocked => {
                return self.not_ready(at, "it was skipped and its predecessors are to run again");
            }
        }
        let levels = self.levels(at, meter)?;
        for level in levels {
            self.go_on(level).map_err(stopped)?;
        }
        Ok(())
    }

    /// The lists of steps that go on, the innermost first. Nothing is changed yet.
    fn levels(&self, at: RunId, meter: &mut Meter) -> Result<Vec<Level>, CompleteError> {
        let mut levels = Vec::new();
        let mut from = at;
        loop {
            let mut again = self.after(from, meter)?;
            if from == at {
                let inside = self.run(at).map_err(stopped)?.inside();
                self.has_ended_inside(at, inside, meter)?;
                again.push(at.step);
            }
            let around = self.state.around(self.frame(from.frame).map_err(stopped)?);
            let around = around.filter(|around| self.waits_for(*around));
            let reopens = around.is_some_and(|around| matches!(self.run(around), Ok(Run::Ended { .. })));
            if let Some(around) = around {
                self.is_last(from.frame, around)?;
                self.charge_again(from.frame, around, meter)?;
            }
            levels.push(Level {
                frame: from.frame,
                again,
                around,
                reopens,
            });
            match around {
                Some(around) if reopens => from = around,
                _ => {
                    self.charge_around(from.frame, meter).map_err(stopped)?;
                    return Ok(levels);
                }
            }
        }
    }

    /// Charges for looking at all that is around a frame.
    fn charge_around(&self, frame: FrameId, meter: &mut Meter) -> Result<(), Stop> {
        let mut at = Some(frame);
        while let Some(id) = at {
            let frame = self.frame(id)?;
            meter.steps(RUN_STEPS * (1 + frame.runs.len() as u64))?;
            at = self.state.around(frame).map(|around| around.frame);
        }
        Ok(())
    }

    /// Whether a step waits for what is inside it.
    fn waits_for(&self, at: RunId) -> bool {
        let kind = self.step(at).map(|step| &step.definition.kind);
        !matches!(kind, Ok(StepKind::Subworkflow { sync: false, .. }))
    }

    /// Refuses a run in an iteration of a while after which another runs.
    fn is_last(&self, frame: FrameId, around: RunId) -> Result<(), CompleteError> {
        let Ok(Run::Open { inside, .. }) = self.run(around) else {
            return Ok(());
        };
        let is_open = self.frame(frame).is_ok_and(|frame| frame.open > 0);
        match self.is_while(around).map_err(stopped)? && inside.open > 0 && !is_open {
            true => self.not_ready(around, "a later iteration of it is running"),
            false => Ok(()),
        }
    }

    /// Charges for opening what is around a frame again, whose frames are counted, and whose values a while copies.
    fn charge_again(&self, frame: FrameId, around: RunId, meter: &mut Meter) -> Result<(), CompleteError> {
        let run = self.run(around).map_err(stopped)?;
        let (Some(values), Some(iterations)) = (run.values(), run.iterations()) else {
            return Ok(());
        };
        meter.steps(RUN_STEPS * run.inside().len() as u64).map_err(stopped)?;
        if !self.is_while(around).map_err(stopped)? {
            return Ok(());
        }
        let from = self.frame(frame).map_err(stopped)?;
        meter.copy(from.values.held()).map_err(stopped)?;
        meter.copy(values.held()).map_err(stopped)?;
        meter.steps(iterations.blocks() * BLOCK).map_err(stopped)?;
        let later = iterations.numbered().filter(|(number, _)| *number > from.iteration);
        let later: Vec<FrameId> = later.map(|(_, frame)| frame).collect();
        self.has_ended_inside(around, &later, meter)
    }

    /// Refuses to let go of what still runs inside a step.
    fn has_ended_inside(&self, at: RunId, frames: &[FrameId], meter: &mut Meter) -> Result<(), CompleteError> {
        match self.may_go(frames, meter).map_err(stopped)? {
            true => Ok(()),
            false => self.not_ready(at, "a subworkflow inside of it has not ended"),
        }
    }

    fn is_while(&self, at: RunId) -> Result<bool, Stop> {
        Ok(matches!(self.step(at)?.definition.kind, StepKind::While { .. }))
    }

    /// The steps beside a run that it leads to, however far, and that do not wait already; none of them may run.
    fn after(&self, at: RunId, meter: &mut Meter) -> Result<Vec<StepIndex>, CompleteError> {
        let inner = &self.blueprint.inner;
        let frame = self.frame(at.frame).map_err(stopped)?;
        let body = inner.body(frame).map_err(stopped)?;
        meter.steps(RUN_STEPS * frame.runs.len() as u64).map_err(stopped)?;
        let mut after = Vec::new();
        for (step, run) in frame.each_run() {
            if !body.ancestors.leads(at.step, step) {
                continue;
            }
            match run {
                Run::Ready { .. } | Run::Open { .. } => {
                    let runs = RunId::new(at.frame, step);
                    return self.not_ready(runs, "it is running and one of its predecessors is to run again");
                }
                Run::Ended { .. } | Run::Skipped | Run::Blocked => {
                    self.has_ended_inside(RunId::new(at.frame, step), run.inside(), meter)?;
                    after.push(step);
                }
                Run::Waiting => {}
            }
        }
        Ok(after)
    }

    /// Lets a list of steps go on.
    fn go_on(&mut self, level: Level) -> Result<(), Stop> {
        let inner = Arc::clone(&self.blueprint.inner);
        let Level {
            frame: id,
            again,
            around,
            reopens,
        } = level;
        for step in &again {
            self.reset(RunId::new(id, *step))?;
        }
        let was_open = self.frame(id)?.open > 0;
        let fails = self.has_failed(id)?;
        let frame = self.frame_mut(id)?;
        frame.open = frame.runs.iter().filter(|run| !run.has_ended()).count();
        (frame.failed, frame.halted, frame.stopped_by) = (fails, false, None);
        frame.await_all(inner.body(frame)?);
        if !was_open {
            self.state_mut().link(id);
        }
        self.state_mut().queue(id);
        let Some(around) = around else { return Ok(()) };
        if reopens {
            self.reopen(around)?;
            self.note(around, Noted::Opened);
        }
        if !was_open {
            self.begin_again(around, id)?;
            self.count_open(around)?;
        }
        self.without_halt(around)
    }

    /// Whether what ended in a frame fails it.
    fn has_failed(&self, id: FrameId) -> Result<bool, Stop> {
        let fails = |(step, run): (StepIndex, &Run)| match run {
            Run::Ended { status, .. } => self
                .step(RunId::new(id, step))
                .is_ok_and(|step| status.fails_around(step.definition.handles_failure())),
            _ => false,
        };
        Ok(self.frame(id)?.each_run().any(fails))
    }

    /// Lets a run wait again.
    fn reset(&mut self, at: RunId) -> Result<(), Stop> {
        let run = std::mem::replace(self.run_mut(at)?, Run::Waiting);
        let bytes = held::of_run(&self.blueprint.inner, &run);
        let state = self.state_mut();
        state.release(bytes);
        state.abandon(&run);
        self.frame_mut(at.frame)?.passed.retain(|step| *step != at.step);
        self.note(at, Noted::Reset);
        Ok(())
    }

    /// Opens a step again that had ended.
    fn reopen(&mut self, at: RunId) -> Result<(), Stop> {
        let inner = Arc::clone(&self.blueprint.inner);
        let bytes = held::of_run(&inner, self.run(at)?);
        let Run::Ended { values, iterations, .. } = std::mem::replace(self.run_mut(at)?, Run::Waiting) else {
            return Ok(());
        };
        let total = match self.step(at)?.definition.kind {
            // So many there were.
            StepKind::Foreach { .. } => decide::grid(&values, &inner.limits).unwrap_or(iterations.begun),
            _ => 0,
        };
        let inside = Inside {
            iterations,
            total,
            ..Inside::default()
        };
        self.frame_mut(at.frame)?.passed.retain(|step| *step != at.step);
        self.set_run(at, Run::Open { values, inside })?;
        self.release_since(at, bytes)
    }

    /// Gives back the bytes that a run held before, and does not any more.
    fn release_since(&mut self, at: RunId, before: u64) -> Result<(), Stop> {
        let after = held::of_run(&self.blueprint.inner, self.run(at)?);
        self.state_mut().release(before.saturating_sub(after));
        Ok(())
    }

    /// Counts the frames inside a step that are open, and whether another failed.
    fn count_open(&mut self, at: RunId) -> Result<(), Stop> {
        let Run::Open { inside, .. } = self.run(at)? else {
            return Ok(());
        };
        let frames = inside.iterations.frames.iter().filter_map(|id| self.frame(*id).ok());
        let (mut open, mut failed) = (0, false);
        for frame in frames {
            match frame.open > 0 {
                true => open += 1,
                false => failed |= frame.failed,
            }
        }
        let before = held::of_run(&self.blueprint.inner, self.run(at)?);
        if let Run::Open { inside, .. } = self.run_mut(at)? {
            (inside.open, inside.failed, inside.halted, inside.failure) = (open, failed, false, None);
        }
        self.release_since(at, before)
    }

    /// Lets a while go on from an iteration: those after it are gone, and its parameters are what they were.
    fn begin_again(&mut self, at: RunId, from: FrameId) -> Result<(), Stop> {
        if !self.is_while(at)? {
            return Ok(());
        }
        let (iteration, values) = (self.frame(from)?.iteration, Arc::clone(&self.frame(from)?.values));
        let Run::Open { values: own, .. } = self.run(at)? else {
            return Ok(());
        };
        let mut params = (*values).clone();
        params.remove(LOOP_INDEX);
        let mut own: Map = (**own).clone();
        own.insert(LOOP_PARAMS, Value::Map(params));
        own.compact();
        let own = Arc::new(own);
        let after = values_bytes(&own);
        let Run::Open { values, inside } = self.run_mut(at)? else {
            return Ok(());
        };
        let later = inside.iterations.truncate(iteration);
        let before = std::mem::replace(values, own);
        let state = self.state_mut();
        state.gone.extend(later);
        state.truncate_columns(at, iteration + 1);
        state.release(values_bytes(&before));
        // They were kept before.
        state.kept = state.kept.saturating_add(after);
        Ok(())
    }

    /// Lets steps begin again in what is around a run.
    fn without_halt(&mut self, at: RunId) -> Result<(), Stop> {
        let mut at = Some(at);
        while let Some(run) = at {
            if let Run::Open { inside, .. } = self.run_mut(run)? {
                inside.halted = false;
            }
            // One that was stopped failed by that.
            let fails = match self.frame(run.frame)?.halted {
                true => self.has_failed(run.frame)?,
                false => self.frame(run.frame)?.failed,
            };
            let frame = self.frame_mut(run.frame)?;
            (frame.failed, frame.halted, frame.stopped_by) = (fails, false, None);
            let frame = self.frame(run.frame)?;
            at = self.state.around(frame);
        }
        Ok(())
    }
}
