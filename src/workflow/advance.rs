//! How an unfolding goes on by itself between two answers: what has been decided leads to what can be decided next.
//!
//! Each task is done whole or not at all: where the call is stopped, the task stays first among those pending, and the next call
//! begins with it.

use std::collections::VecDeque;
use std::sync::Arc;

use super::compiled::{CompiledStep, OUTERMOST, WorkflowId};
use super::decide::{self, Halt};
use super::definition::{FailureMode, StepKind};
use super::failure::Failure;
use super::held;
use super::state::{
    Frame, FrameId, Inside, Iterations, Neighbours, Noted, Run, RunId, Task, frame_bytes, values_bytes,
};
use super::status::Status;
use super::unfold::{Opening, Unfolding};
use crate::diagnostic::Code;
use crate::params::Occasion;
use crate::params::meter::{Meter, NAME_STEPS, Stop};
use crate::params::text::json_chars;
use crate::value::{Map, Value};

/// Steps for a task, a frame and a run in it.
const TASK_STEPS: u64 = 20;
const FRAME_STEPS: u64 = 60;
pub(super) const RUN_STEPS: u64 = 4;

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
            status: Status::InternallyFailed,
            values,
            failure: Some(failure),
        }
    }
}

impl Unfolding {
    /// Begins a run of a list of steps; `None` if there is no room for it.
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
        state.runs = state.runs.saturating_add(1 + count as u64);
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
            halted: false,
            stopped_by: None,
            queued: false,
            missing: Vec::new(),
            due: VecDeque::new(),
            neighbours: Neighbours::default(),
            apart: Vec::new(),
            passed: Vec::new(),
        });
        match (count, body_of) {
            (0, _) | (_, None) => state.pending.push_back(Task::Ended(id)),
            (_, Some(body)) => {
                if let Some(frame) = state.frames.get_mut(id) {
                    frame.await_all(body);
                }
                state.queue(id);
            }
        }
        Some(id)
    }

    /// Goes on until nothing more can be decided without the orchestrator, or the call is stopped.
    pub(super) fn run_pending(&mut self, meter: &mut Meter) -> Result<(), Stop> {
        self.stop_pending(meter)?;
        while let Some(task) = self.state.pending.front().copied() {
            meter.steps(TASK_STEPS)?;
            match task {
                Task::Decide(frame) => self.decide_all(frame, meter)?,
                Task::Ended(frame) => {
                    if let Some(at) = self.frame(frame)?.parent {
                        self.spend(at, meter, |of, meter| of.frame_ended(at, frame, meter))?;
                    }
                }
                Task::Continue(at) => self.spend(at, meter, |of, meter| of.continue_step(at, meter))?,
            }
            self.state_mut().pending.pop_front();
            self.stop_pending(meter)?;
        }
        self.let_go(meter);
        Ok(())
    }

    /// Does what follows at once, and first of all in the next call where this one is stopped.
    fn continue_now(&mut self, at: RunId, meter: &mut Meter) -> Result<(), Stop> {
        self.state_mut().pending.push_front(Task::Continue(at));
        self.continue_step(at, meter)?;
        self.state_mut().pending.pop_front();
        Ok(())
    }

    /// One run of a frame has ended.
    pub(super) fn close(&mut self, at: RunId, failed: bool) -> Result<(), Stop> {
        self.lead_on(at)?;
        let id = at.frame;
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
    pub(super) fn begin_step(&mut self, at: RunId, meter: &mut Meter) -> Result<(), Stop> {
        let inner = Arc::clone(&self.blueprint.inner);
        let step = inner.step(self.frame(at.frame)?, at.step)?;
        let report = decide::evaluate(self, at, &step.plan, meter)?;
        let error = report.error().map(|error| Failure::of(error, report.failed()));
        let size = report.size();
        let values = report.into_values();
        meter.steps(values.len() as u64 * 3 * NAME_STEPS)?;
        let before = (self.state.size, self.state.kept);
        let over = self.state.size.saturating_add(size) > inner.limits.size;
        if error.is_none() {
            self.state_mut().add_size(size);
        }
        let (values, fits) = self.kept(values);
        if self.is_passed(at) {
            let ending = Ending {
                status: Status::Skipped,
                values,
                failure: None,
            };
            return self.end_at_once(at, ending, before, meter);
        }
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
            return self.end_at_once(at, Ending::failed(values, failure), before, meter);
        }
        let opens = match &step.definition.kind {
            StepKind::Plain { .. } => false,
            StepKind::Foreach { .. } | StepKind::While { .. } => true,
            StepKind::Subworkflow { .. } => subworkflow_of(&values, &inner.by_id).is_some(),
        };
        if !opens {
            let ready = Run::Ready {
                values,
                started: false,
                retries: None,
            };
            self.set_run(at, ready)?;
            self.note(at, Noted::Ready);
            return Ok(());
        }
        let inside = self.inside_of(at.frame, step, &values)?;
        self.set_run(at, Run::Open { values, inside })?;
        self.note(at, Noted::Opened);
        self.continue_now(at, meter)
    }

    /// Ends a step that does not run. Where the call is stopped the size and the bytes kept are what they were `before` it began.
    fn end_at_once(&mut self, at: RunId, ending: Ending, before: (u64, u64), meter: &mut Meter) -> Result<(), Stop> {
        let ended = self.end(at, ending, meter);
        if ended.is_err() {
            let state = self.state_mut();
            (state.size, state.kept) = before;
        }
        ended
    }

    /// What is inside a step that opens: how many iterations there will be, or what stops it.
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
            let (values, begun, open) = (Arc::clone(values), inside.iterations.begun, inside.open);
            let stopped = inside.failed || inside.halted || inside.failure.is_some();
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
                    inside.iterations.push(frame);
                    inside.open += 1;
                }
                Err(failure) => inside.failure = Some(failure),
            })?;
            // Nobody waits for a subworkflow that runs on its own.
            if let StepKind::Subworkflow { sync: false, .. } = self.step(at)?.definition.kind {
                return self.finish_open(at, meter);
            }
        }
    }

    /// The next frame of a step; `None` if it waits for those that are open, or has ended.
    fn next_of(
        &self,
        at: RunId,
        inside: &Inside,
        values: &Arc<Map>,
        meter: &mut Meter,
    ) -> Result<Option<Opening>, Halt> {
        let inner = &self.blueprint.inner;
        let (workflow, step) = (self.frame(at.frame)?.workflow, self.step(at)?);
        let (begun, open) = (inside.iterations.begun, inside.open);
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
            StepKind::Subworkflow { explicit_params, .. } if begun == 0 => {
                let Some(workflow) = subworkflow_of(values, &inner.by_id) else {
                    return Ok(None);
                };
                let around = match explicit_params {
                    true => Vec::new(),
                    false => self.view(at).layers(),
                };
                let given = decide::subworkflow_values(&around, values, meter)?;
                let started = inner.start(workflow, &given, Occasion::Start, meter);
                meter.check()?;
                let started = started.map_err(|refused| Halt::refused(&step.definition, &refused))?;
                Ok(Some(Opening {
                    workflow,
                    body: OUTERMOST,
                    values: started.values,
                }))
            }
            StepKind::Subworkflow { .. } | StepKind::Plain { .. } => Ok(None),
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
            self.state_mut().add_size(size);
        }
        Ok(opened.ok_or_else(|| Arc::clone(&inner.full)))
    }

    fn inside_mut(&mut self, at: RunId, change: impl FnOnce(&mut Inside)) -> Result<(), Stop> {
        if let Run::Open { inside, .. } = self.run_mut(at)? {
            change(inside);
        }
        Ok(())
    }

    /// A frame inside a step has ended.
    fn frame_ended(&mut self, at: RunId, ended: FrameId, meter: &mut Meter) -> Result<(), Stop> {
        let frame = self.frame(ended)?;
        let failed = frame.failed;
        let Run::Open { inside, .. } = self.run(at)? else {
            return Ok(());
        };
        meter.steps(frame.runs.len() as u64 * RUN_STEPS)?;
        let mode = self.step(at)?.definition.failure_mode;
        // What was stopped ends later, and stops nothing again.
        let stops = failed && !inside.failed && mode == FailureMode::FailImmediately;
        if stops {
            self.charge_stop_inside(at, meter)?;
        }
        let fed = match decide::feeds(self, at, ended, meter)? {
            Some(values) => {
                let size = sizes(&values, meter)?;
                Some((values, size))
            }
            None => None,
        };
        let kept = self.kept_of(at, ended, meter)?;
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
            self.stop_inside(at);
        }
        if let Some(kept) = kept {
            self.thin_out(at, ended, kept)?;
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
            status: match &inside.failure {
                _ if self.is_passed(at) => Status::Skipped,
                _ if inside.halted => Status::Stopped,
                Some(failure) if failure.code() == Code::WorkflowSize => Status::InternallyFailed,
                Some(_) => Status::Failed,
                None if inside.failed => Status::Failed,
                None => Status::Succeeded,
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
        let step = step.step(self.frame(at.frame)?, at.step)?;
        let is_handled = step.definition.handles_failure();
        // What else goes wrong is not a failure of its own.
        let (status, stops) = match (status, step.definition.failure_mode) {
            (Status::Failed, FailureMode::IgnoreFailure) => (Status::CompletedWithError, false),
            (Status::Failed, FailureMode::FailImmediately) => (status, !is_handled),
            (status, _) => (status, false),
        };
        if stops {
            self.charge_stop_in(at.frame, meter)?;
        }
        let mut before = std::mem::replace(self.run_mut(at)?, Run::Waiting);
        let iterations = match &mut before {
            Run::Open { inside, .. } => std::mem::take(&mut inside.iterations),
            _ => Iterations::default(),
        };
        // A condition may ask for the step's own parameters by its name.
        let ended = Run::Ended {
            status,
            values: Arc::clone(&values),
            refused: Vec::new(),
            failure,
            iterations,
        };
        self.set_run(at, ended)?;
        let decided = match status.continues() {
            true => decide::transitions(self, at, &values, status == Status::CompletedWithError, meter),
            false => Ok(decide::after_failure(step, status.is_failure())),
        };
        let failed = match decided {
            Ok(mut refused) => {
                for refused in refused.iter_mut().flatten() {
                    self.keep_refused(refused);
                }
                if let Run::Ended { refused: kept, .. } = self.run_mut(at)? {
                    *kept = refused;
                }
                status.fails_around(is_handled)
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
                    *status = Status::InternallyFailed;
                    *failure = Some(found);
                    *refused = after;
                }
                !is_handled
            }
            Err(Halt::Stop(stop)) => {
                if let (Run::Ended { iterations, .. }, Run::Open { inside, .. }) = (self.run_mut(at)?, &mut before) {
                    inside.iterations = std::mem::take(iterations);
                }
                self.set_run(at, before)?;
                return Err(stop);
            }
        };
        self.state_mut().release(held::of_retries(&before));
        self.note(at, Noted::Ended);
        if stops {
            self.stop_beside(at)?;
        }
        self.close(at, failed)
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
