//! How an unfolding goes on by itself between two answers: what has been decided leads to what can be decided next.
//!
//! Each task is done whole or not at all: where the call is stopped, the task stays first among those pending, and the next call
//! begins with it.

use std::sync::Arc;

use super::compiled::{CompiledStep, Incoming, OUTERMOST, WorkflowId};
use super::decide::{self, Halt};
use super::definition::{FailureMode, StepKind};
use super::failure::Failure;
use super::state::{Frame, FrameId, Inside, Neighbours, Run, RunId, Status, Task, frame_bytes, values_bytes};
use super::unfold::{Opening, Unfolding};
use crate::diagnostic::Code;
use crate::params::Occasion;
use crate::params::meter::{Meter, NAME_STEPS, Stop};
use crate::params::text::json_chars;
use crate::value::{Map, Value};

/// Steps for a task, a frame and a run in it.
const TASK_STEPS: u64 = 20;
const FRAME_STEPS: u64 = 60;
const RUN_STEPS: u64 = 4;

/// How a run ends.
pub(super) struct Ending {
    pub(super) status: Status,
    pub(super) values: Arc<Map>,
    /// What went wrong before it could run.
    pub(super) failure: Option<Arc<Failure>>,
}

impl Ending {
    fn failed(values: Arc<Map>, failure: Arc<Failure>) -> Self {
        Self {
            status: Status::Failed,
            values,
            failure: Some(failure),
        }
    }
}

impl Unfolding {
    /// Begins a run of a list of steps; none where there is no room for it.
    pub(super) fn open_frame(
        &mut self,
        Opening { workflow, body, values }: Opening,
        parent: Option<RunId>,
        iteration: u64,
        depth: u64,
    ) -> Option<FrameId> {
        let inner = Arc::clone(&self.blueprint.inner);
        let compiled = inner.workflows.get(workflow);
        let body_of = compiled.and_then(|compiled| compiled.bodies.get(body));
        let (count, transitions) = body_of.map_or((0, 0), |body| (body.steps.len(), body.transitions));
        let frame = frame_bytes(count, transitions);
        let (values, true) = self.kept(values) else {
            return None;
        };
        if !self.keep(frame) {
            self.state_mut().release(values_bytes(&values));
            return None;
        }
        let state = self.state_mut();
        state.runs += 1 + count as u64;
        let id = state.push_frame(Frame {
            workflow,
            body,
            parent,
            iteration,
            depth,
            values,
            runs: (0..count).map(|_| Run::Waiting).collect(),
            open: count,
            failed: false,
            stopped_by: None,
            queued: false,
            neighbours: Neighbours::default(),
        });
        match count {
            0 => state.pending.push_back(Task::Ended(id)),
            _ => state.queue(id),
        }
        Some(id)
    }

    /// Goes on until nothing more can be decided without the orchestrator, or the call is stopped.
    pub(super) fn run_pending(&mut self, meter: &mut Meter) -> Result<(), Stop> {
        while let Some(task) = self.state.pending.front().copied() {
            meter.steps(TASK_STEPS)?;
            match task {
                Task::Decide(frame) => self.decide_all(frame, meter)?,
                Task::Ended(frame) => self.frame_ended(frame, meter)?,
                Task::Continue(at) => self.continue_step(at, meter)?,
            }
            self.state_mut().pending.pop_front();
        }
        Ok(())
    }

    /// Does what follows at once, and first of all in the next call where this one is stopped.
    fn continue_now(&mut self, at: RunId, meter: &mut Meter) -> Result<(), Stop> {
        self.state_mut().pending.push_front(Task::Continue(at));
        self.continue_step(at, meter)?;
        self.state_mut().pending.pop_front();
        Ok(())
    }

    /// Decides the waiting steps of a frame, in an order in which each comes after what leads to it.
    fn decide_all(&mut self, frame: FrameId, meter: &mut Meter) -> Result<(), Stop> {
        let inner = Arc::clone(&self.blueprint.inner);
        let body = inner.body(self.frame(frame)?)?;
        for &step in &body.order {
            let at = RunId::new(frame, step);
            meter.steps(RUN_STEPS)?;
            if matches!(self.run(at)?, Run::Waiting) {
                let incoming = body.incoming(step);
                meter.steps(incoming.len() as u64 * RUN_STEPS)?;
                self.decide(at, incoming, meter)?;
            }
        }
        self.frame_mut(frame)?.queued = false;
        Ok(())
    }

    /// Runs or skips a step, once all that leads to it has ended.
    fn decide(&mut self, at: RunId, incoming: &[Incoming], meter: &mut Meter) -> Result<(), Stop> {
        let mut led_to = incoming.is_empty();
        for &Incoming { from, transition } in incoming {
            match self.run(RunId::new(at.frame, from))? {
                Run::Ended { refused, .. } => led_to |= matches!(refused.get(transition), Some(None)),
                Run::Skipped => {}
                Run::Waiting | Run::Ready { .. } | Run::Open { .. } => return Ok(()),
            }
        }
        if led_to {
            return self.begin_step(at, meter);
        }
        self.set_run(at, Run::Skipped)?;
        self.close(at.frame, false)
    }

    /// One run of a frame has ended.
    fn close(&mut self, id: FrameId, failed: bool) -> Result<(), Stop> {
        let frame = self.frame_mut(id)?;
        frame.open = frame.open.saturating_sub(1);
        frame.failed |= failed;
        if frame.open == 0 {
            let state = self.state_mut();
            state.unlink(id);
            state.pending.push_back(Task::Ended(id));
        }
        Ok(())
    }

    /// Begins a step: its parameters are evaluated, and a loop or subworkflow opens.
    fn begin_step(&mut self, at: RunId, meter: &mut Meter) -> Result<(), Stop> {
        let inner = Arc::clone(&self.blueprint.inner);
        let step = inner.step(self.frame(at.frame)?, at.step)?;
        let report = decide::evaluate(self, at, &step.plan, meter)?;
        let error = report.error().map(|error| Failure::of(error, report.failed()));
        let size = report.size();
        let values = report.into_values();
        meter.steps(values.len() as u64 * 3 * NAME_STEPS)?;
        let over = self.state.size.saturating_add(size) > inner.limits.size;
        if error.is_none() {
            self.state_mut().size += size;
        }
        let (values, fits) = self.kept(values);
        let failure = match error {
            Some(error) => Some(self.keep_failure(error)),
            None if over => {
                let message = format!(
                    "all parameters together take more than {} characters",
                    inner.limits.size
                );
                Some(self.keep_failure(Failure::of_step(&step.definition, Code::WorkflowSize, message)))
            }
            None if !fits => Some(Arc::clone(&inner.full)),
            None => None,
        };
        if let Some(failure) = failure {
            return self.end(at, Ending::failed(values, failure), meter);
        }
        let opens = match &step.definition.kind {
            StepKind::Plain { .. } => false,
            StepKind::Foreach { .. } | StepKind::While { .. } => true,
            StepKind::Subworkflow => subworkflow_of(&values, &inner.by_id).is_some(),
        };
        if !opens {
            return self.set_run(at, Run::Ready { values });
        }
        let inside = self.inside_of(at.frame, step, &values)?;
        self.set_run(at, Run::Open { values, inside })?;
        self.continue_now(at, meter)
    }

    /// What is inside of a step that opens: how many iterations there will be, or what stops it.
    fn inside_of(&mut self, frame: FrameId, step: &CompiledStep, values: &Map) -> Result<Inside, Stop> {
        let depth = self.frame(frame)?.depth + 1;
        let most = self.blueprint.limits().most_depth();
        let mut inside = Inside::default();
        let (code, message) = if depth > most {
            let message = format!("loops and subworkflows nest deeper than {most} levels");
            (Code::WorkflowSize, message)
        } else if let StepKind::Foreach { .. } = step.definition.kind {
            match decide::grid(values, self.blueprint.limits()) {
                Ok(total) => {
                    inside.total = total;
                    return Ok(inside);
                }
                Err(message) => {
                    let quote_values = self.blueprint.inner.engine.settings().quote_values;
                    (Code::LoopParameter, message.text(Code::LoopParameter, quote_values))
                }
            }
        } else {
            return Ok(inside);
        };
        inside.failure = Some(self.keep_failure(Failure::of_step(&step.definition, code, message)));
        Ok(inside)
    }

    /// Begins the next iterations of a loop, or the steps of a subworkflow, or ends it.
    fn continue_step(&mut self, at: RunId, meter: &mut Meter) -> Result<(), Stop> {
        loop {
            meter.steps(FRAME_STEPS)?;
            let Run::Open { values, inside } = self.run(at)? else {
                return Ok(());
            };
            let (values, begun, open) = (Arc::clone(values), inside.frames.len() as u64, inside.open);
            let stopped = inside.failed || inside.failure.is_some();
            let next = match stopped {
                true => Ok(None),
                false => self.next_of(at, inside, &values, meter),
            };
            let opened = match next {
                Ok(Some(next)) => self.open_next(at, begun, next, meter)?,
                Ok(None) if open == 0 => return self.finish_open(at, meter),
                Ok(None) => return Ok(()),
                Err(Halt::Stop(stop)) => return Err(stop),
                Err(Halt::Failure(failure)) => Err(self.keep_failure(*failure)),
            };
            self.inside_mut(at, |inside| match opened {
                Ok(frame) => {
                    inside.frames.push(frame);
                    inside.open += 1;
                }
                Err(failure) => inside.failure = Some(failure),
            })?;
        }
    }

    /// The next frame of a step; none where it waits for those that are open, or has ended.
    fn next_of(
        &self,
        at: RunId,
        inside: &Inside,
        values: &Arc<Map>,
        meter: &mut Meter,
    ) -> Result<Option<Opening>, Halt> {
        let inner = &self.blueprint.inner;
        let (workflow, step) = (self.frame(at.frame)?.workflow, self.step(at)?);
        let (begun, open) = (inside.frames.len() as u64, inside.open);
        let opening = |values| step.inner.map(|body| Opening { workflow, body, values });
        match &step.definition.kind {
            StepKind::Foreach { .. } | StepKind::While { .. } if step.inner.is_none() => Ok(None),
            StepKind::Foreach { concurrency, .. } => {
                let most = concurrency.unwrap_or(inner.limits.concurrency);
                match begun < inside.total && open < most {
                    true => decide::iteration(&step.definition, values, begun, meter).map(opening),
                    false => Ok(None),
                }
            }
            StepKind::While { .. } if open > 0 => Ok(None),
            StepKind::While { .. } => Ok(decide::repeat(self, at, values, begun, meter)?.and_then(opening)),
            StepKind::Subworkflow if begun == 0 => {
                let Some(workflow) = subworkflow_of(values, &inner.by_id) else {
                    return Ok(None);
                };
                meter.copy(values.held())?;
                let given = decide::subworkflow_values(values);
                let started = inner.start(workflow, &given, Occasion::Start, meter);
                meter.check()?;
                let started = started.map_err(|refused| Halt::refused(&step.definition, &refused))?;
                Ok(Some(Opening {
                    workflow,
                    body: OUTERMOST,
                    values: started.into_values(),
                }))
            }
            StepKind::Subworkflow | StepKind::Plain { .. } => Ok(None),
        }
    }

    /// Opens the next frame of a step; what keeps it from being opened instead.
    fn open_next(
        &mut self,
        at: RunId,
        begun: u64,
        next: Opening,
        meter: &mut Meter,
    ) -> Result<Result<FrameId, Arc<Failure>>, Stop> {
        let inner = Arc::clone(&self.blueprint.inner);
        let most = inner.limits.runs;
        if self.state.runs >= most {
            let message = format!("the unfolding would have more than {most} runs");
            let failure = Failure::of_step(&self.step(at)?.definition, Code::WorkflowSize, message);
            return Ok(Err(self.keep_failure(failure)));
        }
        let compiled = inner.workflows.get(next.workflow);
        let body = compiled.and_then(|compiled| compiled.bodies.get(next.body));
        let (_, parts) = next.values.held();
        let runs = body.map_or(0, |body| body.steps.len()) as u64;
        meter.steps(parts * 2 + runs * RUN_STEPS)?;
        // A workflow's own parameters; an iteration's are those of its step.
        let size = match next.body == OUTERMOST {
            true => sizes(&next.values, meter)?,
            false => 0,
        };
        let depth = self.frame(at.frame)?.depth + 1;
        let opened = self.open_frame(next, Some(at), begun, depth);
        if opened.is_some() {
            self.state_mut().size += size;
        }
        Ok(opened.ok_or_else(|| Arc::clone(&inner.full)))
    }

    fn inside_mut(&mut self, at: RunId, change: impl FnOnce(&mut Inside)) -> Result<(), Stop> {
        if let Run::Open { inside, .. } = self.run_mut(at)? {
            change(inside);
        }
        Ok(())
    }

    /// A frame inside of a step has ended.
    fn frame_ended(&mut self, ended: FrameId, meter: &mut Meter) -> Result<(), Stop> {
        let frame = self.frame(ended)?;
        let (failed, Some(at)) = (frame.failed, frame.parent) else {
            return Ok(());
        };
        meter.steps(frame.runs.len() as u64 * RUN_STEPS)?;
        let stops = failed && self.step(at)?.definition.failure_mode == FailureMode::FailImmediately;
        if stops {
            self.charge_stop(at, meter)?;
        }
        let fed = match decide::feeds(self, at, ended, meter)? {
            Some(values) => {
                let size = sizes(&values, meter)?;
                Some((values, size))
            }
            None => None,
        };
        let failure = match fed {
            Some((values, size)) => self.replace_values(at, values, size)?,
            None => None,
        };
        self.inside_mut(at, |inside| {
            inside.open = inside.open.saturating_sub(1);
            inside.failed |= failed;
            if let Some(failure) = failure {
                inside.failure.get_or_insert(failure);
            }
        })?;
        if stops {
            self.stop_inside(at)?;
        }
        // The frame is done; what is left of the task is that its step goes on.
        if let Some(task) = self.state_mut().pending.front_mut() {
            *task = Task::Continue(at);
        }
        self.continue_step(at, meter)
    }

    /// Ends a step whose own steps have ended.
    fn finish_open(&mut self, at: RunId, meter: &mut Meter) -> Result<(), Stop> {
        let Run::Open { values, inside } = self.run(at)? else {
            return Ok(());
        };
        let ending = Ending {
            status: match inside.failed || inside.failure.is_some() {
                true => Status::Failed,
                false => Status::Succeeded,
            },
            values: Arc::clone(values),
            failure: inside.failure.clone(),
        };
        self.end(at, ending, meter)
    }

    /// Ends a step, and looks at what it leads to. Where the call is stopped the step is as it was.
    pub(super) fn end(&mut self, at: RunId, ending: Ending, meter: &mut Meter) -> Result<(), Stop> {
        if self.run(at)?.has_ended() {
            return Ok(());
        }
        let Ending {
            status,
            values,
            failure,
        } = ending;
        let step = Arc::clone(&self.blueprint.inner);
        let step = &step.step(self.frame(at.frame)?, at.step)?.definition;
        let is_handled = step.handles_failure();
        // What goes wrong before it could run is no failure of its own.
        let (status, stops) = match (status, step.failure_mode) {
            (Status::Failed, FailureMode::IgnoreFailure) if failure.is_none() => (Status::CompletedWithError, false),
            (Status::Failed, FailureMode::FailImmediately) => (status, failure.is_none() && !is_handled),
            (status, _) => (status, false),
        };
        if stops {
            self.charge_stop_beside(at, meter)?;
        }
        let mut before = std::mem::replace(self.run_mut(at)?, Run::Waiting);
        let frames = match &mut before {
            Run::Open { inside, .. } => std::mem::take(&mut inside.frames),
            _ => Vec::new(),
        };
        // A condition may ask for the step's own parameters by its name.
        let ended = Run::Ended {
            status,
            values: Arc::clone(&values),
            refused: Vec::new(),
            failure,
            frames,
        };
        self.set_run(at, ended)?;
        let decided = match status.continues() {
            true => decide::transitions(self, at, &values, status == Status::CompletedWithError, meter),
            false => Ok(decide::after_failure(step, status == Status::Failed)),
        };
        let failed = match decided {
            Ok(mut refused) => {
                for refused in refused.iter_mut().flatten() {
                    self.keep_refused(refused);
                }
                if let Run::Ended { refused: kept, .. } = self.run_mut(at)? {
                    *kept = refused;
                }
                status.fails() && !(status == Status::Failed && is_handled)
            }
            Err(Halt::Failure(found)) => {
                let found = self.keep_failure(*found);
                let after = decide::after_failure(step, true);
                if let Run::Ended {
                    status,
                    failure,
                    refused,
                    ..
                } = self.run_mut(at)?
                {
                    *status = Status::Failed;
                    *failure = Some(found);
                    *refused = after;
                }
                !is_handled
            }
            Err(Halt::Stop(stop)) => {
                if let (Run::Ended { frames, .. }, Run::Open { inside, .. }) = (self.run_mut(at)?, &mut before) {
                    inside.frames = std::mem::take(frames);
                }
                self.set_run(at, before)?;
                return Err(stop);
            }
        };
        if stops {
            self.stop_beside(at)?;
        }
        self.close(at.frame, failed)?;
        self.state_mut().queue(at.frame);
        Ok(())
    }
}

/// How many characters values take as JSON.
pub(super) fn sizes(values: &Map, meter: &mut Meter) -> Result<u64, Stop> {
    let mut size = 0;
    for value in values.values() {
        size += json_chars(value, meter)?;
    }
    Ok(size)
}

/// The workflow that a step's parameters name, where it was given.
fn subworkflow_of(values: &Map, by_id: &std::collections::HashMap<Arc<str>, WorkflowId>) -> Option<WorkflowId> {
    let id = values.get("subworkflow_id").and_then(Value::as_str);
    id.and_then(|id| by_id.get(id)).copied()
}
