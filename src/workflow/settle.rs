//! How an unfolding goes on by itself between two answers: what has been decided leads to what can be decided next.
//!
//! Each task is done whole or not at all: where the call is stopped, the task stays first among those pending, and the next call
//! begins with it.

use std::sync::Arc;

use super::compile::CompiledStep;
use super::definition::StepKind;
use super::failure::Failure;
use super::judge::{self, Halt};
use super::state::{Frame, Neighbours, Progress, Run, Status, Task, frame_bytes, values_bytes};
use super::unfold::Unfolding;
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

/// A frame to be opened.
struct Next {
    workflow: usize,
    body: usize,
    values: Map,
}

impl Unfolding {
    /// Begins a run of a list of steps; false where there is no room for it.
    pub(super) fn open_frame(
        &mut self,
        (workflow, body): (usize, usize),
        parent: Option<(usize, usize)>,
        iteration: u64,
        depth: u64,
        values: Map,
    ) -> Option<usize> {
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
        let index = state.frames.len();
        state.runs += 1 + count as u64;
        state.push_frame(Frame {
            workflow,
            body,
            parent,
            iteration,
            depth,
            values,
            runs: (0..count).map(|_| Run::Waiting).collect(),
            open: count,
            failed: false,
            queued: false,
            neighbours: Neighbours::default(),
        });
        match count {
            0 => state.pending.push_back(Task::Ended(index)),
            _ => self.queue(index),
        }
        Some(index)
    }

    /// Lets the waiting steps of a frame be decided, unless they are to be already.
    fn queue(&mut self, frame: usize) {
        let state = self.state_mut();
        if let Some(at) = state.frames.get_mut(frame)
            && !at.queued
        {
            at.queued = true;
            state.pending.push_back(Task::Decide(frame));
        }
    }

    /// Goes on until nothing more can be decided without the orchestrator, or the call is stopped.
    pub(super) fn run_pending(&mut self, meter: &mut Meter) -> Result<(), Stop> {
        while let Some(task) = self.state.pending.front().copied() {
            meter.steps(TASK_STEPS)?;
            match task {
                Task::Decide(frame) => self.decide_all(frame, meter)?,
                Task::Ended(frame) => self.advance(frame, meter)?,
                Task::GoOn(frame, place) => self.go_on(frame, place, meter)?,
            }
            self.state_mut().pending.pop_front();
        }
        Ok(())
    }

    /// Does what follows at once, and first of all in the next call where this one is stopped.
    fn go_on_now(&mut self, frame: usize, place: usize, meter: &mut Meter) -> Result<(), Stop> {
        self.state_mut().pending.push_front(Task::GoOn(frame, place));
        self.go_on(frame, place, meter)?;
        self.state_mut().pending.pop_front();
        Ok(())
    }

    /// Decides the waiting steps of a frame, in an order in which each comes after what leads to it.
    fn decide_all(&mut self, frame: usize, meter: &mut Meter) -> Result<(), Stop> {
        let inner = Arc::clone(&self.blueprint.inner);
        let at = self.state.frames.get(frame);
        let body = at.and_then(|at| inner.workflows.get(at.workflow)?.bodies.get(at.body));
        for &place in body.into_iter().flat_map(|body| &body.order) {
            meter.steps(RUN_STEPS)?;
            if matches!(self.run(frame, place), Some(Run::Waiting)) {
                let incoming = body
                    .and_then(|body| body.incoming.get(place))
                    .map_or(&[][..], Vec::as_slice);
                meter.steps(incoming.len() as u64 * RUN_STEPS)?;
                self.decide(frame, place, incoming, meter)?;
            }
        }
        if let Some(at) = self.state_mut().frames.get_mut(frame) {
            at.queued = false;
        }
        Ok(())
    }

    /// Runs or skips a step, once all that leads to it has ended.
    fn decide(
        &mut self,
        frame: usize,
        place: usize,
        incoming: &[(usize, usize)],
        meter: &mut Meter,
    ) -> Result<(), Stop> {
        let mut led_to = incoming.is_empty();
        for &(from, transition) in incoming {
            match self.run(frame, from) {
                Some(Run::Ended { refused, .. }) => led_to |= matches!(refused.get(transition), Some(None)),
                Some(Run::Skipped) => {}
                _ => return Ok(()),
            }
        }
        if led_to {
            return self.begin_step(frame, place, meter);
        }
        self.set_run(frame, place, Run::Skipped);
        self.close(frame, false);
        Ok(())
    }

    /// One run of a frame has ended.
    fn close(&mut self, frame: usize, failed: bool) {
        let state = self.state_mut();
        if let Some(at) = state.frames.get_mut(frame) {
            at.open = at.open.saturating_sub(1);
            at.failed |= failed;
            if at.open == 0 {
                state.unlink(frame);
                state.pending.push_back(Task::Ended(frame));
            }
        }
    }

    /// Begins a step: its parameters are evaluated, and a loop or subworkflow opens.
    fn begin_step(&mut self, frame: usize, place: usize, meter: &mut Meter) -> Result<(), Stop> {
        let inner = Arc::clone(&self.blueprint.inner);
        let Some(step) = self.state.frames.get(frame).and_then(|at| {
            let compiled = inner.workflows.get(at.workflow)?;
            compiled.steps.get(*compiled.bodies.get(at.body)?.steps.get(place)?)
        }) else {
            return Ok(());
        };
        let report = judge::evaluate(self, frame, place, &step.plan, meter)?;
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
            return self.end(frame, place, Ending::failed(values, failure), meter);
        }
        let opens = match &step.definition.kind {
            StepKind::Plain { .. } => false,
            StepKind::Foreach { .. } | StepKind::While { .. } => true,
            StepKind::Subworkflow => subworkflow_of(&values, &inner.by_id).is_some(),
        };
        if !opens {
            self.set_run(frame, place, Run::Ready { values });
            return Ok(());
        }
        let progress = self.progress_of(frame, step, &values);
        self.set_run(frame, place, Run::Open { values, progress });
        self.go_on_now(frame, place, meter)
    }

    /// How far a step that opens is: how many iterations there will be, or what stops it.
    fn progress_of(&mut self, frame: usize, step: &CompiledStep, values: &Map) -> Progress {
        let depth = self.state.frames.get(frame).map_or(0, |frame| frame.depth) + 1;
        let most = self.blueprint.limits().most_depth();
        let mut progress = Progress::default();
        let (code, message) = if depth > most {
            let message = format!("loops and subworkflows nest deeper than {most} levels");
            (Code::WorkflowSize, message)
        } else if let StepKind::Foreach { .. } = step.definition.kind {
            match judge::grid(values, self.blueprint.limits()) {
                Ok(total) => {
                    progress.total = total;
                    return progress;
                }
                Err(message) => {
                    let quote_values = self.blueprint.inner.engine.settings().quote_values;
                    (Code::LoopParameter, message.text(Code::LoopParameter, quote_values))
                }
            }
        } else {
            return progress;
        };
        progress.failure = Some(self.keep_failure(Failure::of_step(&step.definition, code, message)));
        progress
    }

    /// Begins the next iterations of a loop, or the steps of a subworkflow, or ends it.
    fn go_on(&mut self, frame: usize, place: usize, meter: &mut Meter) -> Result<(), Stop> {
        loop {
            meter.steps(FRAME_STEPS)?;
            let Some(Run::Open { values, progress }) = self.run(frame, place) else {
                return Ok(());
            };
            let (values, begun, open) = (Arc::clone(values), progress.frames.len() as u64, progress.open);
            let stopped = progress.failed || progress.failure.is_some();
            let next = match stopped {
                true => Ok(None),
                false => self.next_of(frame, place, &values, meter),
            };
            let opened = match next {
                Ok(Some(next)) => self.open_next(frame, place, begun, next, meter)?,
                Ok(None) if open == 0 => return self.finish_open(frame, place, meter),
                Ok(None) => return Ok(()),
                Err(Halt::Stop(stop)) => return Err(stop),
                Err(Halt::Failure(failure)) => Err(self.keep_failure(*failure)),
            };
            self.progress_mut(frame, place, |progress| match opened {
                Ok(index) => {
                    progress.frames.push(index);
                    progress.open += 1;
                }
                Err(failure) => progress.failure = Some(failure),
            });
        }
    }

    /// The next frame of a step; none where it waits for those that are open, or has ended.
    fn next_of(&self, frame: usize, place: usize, values: &Arc<Map>, meter: &mut Meter) -> Result<Option<Next>, Halt> {
        let inner = &self.blueprint.inner;
        let (Some(at), Some(step), Some(Run::Open { progress, .. })) = (
            self.state.frames.get(frame),
            self.step(frame, place),
            self.run(frame, place),
        ) else {
            return Ok(None);
        };
        let (begun, open) = (progress.frames.len() as u64, progress.open);
        let inside = |values| {
            step.inner.map(|body| Next {
                workflow: at.workflow,
                body,
                values,
            })
        };
        match &step.definition.kind {
            StepKind::Foreach { .. } | StepKind::While { .. } if step.inner.is_none() => Ok(None),
            StepKind::Foreach { concurrency, .. } => {
                let most = concurrency.unwrap_or(inner.limits.concurrency);
                match begun < progress.total && open < most {
                    true => judge::iteration(&step.definition, values, begun, meter).map(inside),
                    false => Ok(None),
                }
            }
            StepKind::While { .. } if open > 0 => Ok(None),
            StepKind::While { .. } => Ok(judge::repeat(self, frame, place, values, begun, meter)?.and_then(inside)),
            StepKind::Subworkflow if begun == 0 => {
                let Some(workflow) = subworkflow_of(values, &inner.by_id) else {
                    return Ok(None);
                };
                meter.copy(values.held())?;
                let given = judge::subworkflow_values(values);
                let started = inner.start(workflow, &given, Occasion::Start, meter);
                meter.check()?;
                let started = started.map_err(|refused| Halt::refused(&step.definition, &refused))?;
                let values = started.into_values();
                Ok(Some(Next {
                    workflow,
                    body: 0,
                    values,
                }))
            }
            StepKind::Subworkflow | StepKind::Plain { .. } => Ok(None),
        }
    }

    /// Opens the next frame of a step; what keeps it from being opened instead.
    fn open_next(
        &mut self,
        frame: usize,
        place: usize,
        begun: u64,
        next: Next,
        meter: &mut Meter,
    ) -> Result<Result<usize, Arc<Failure>>, Stop> {
        let inner = Arc::clone(&self.blueprint.inner);
        let most = inner.limits.runs;
        if self.state.runs >= most {
            let message = format!("the unfolding would have more than {most} runs");
            let failure = match self.step(frame, place) {
                Some(step) => Failure::of_step(&step.definition, Code::WorkflowSize, message),
                None => Failure::at("", None, Code::WorkflowSize, message),
            };
            return Ok(Err(self.keep_failure(failure)));
        }
        let compiled = inner.workflows.get(next.workflow);
        let body = compiled.and_then(|compiled| compiled.bodies.get(next.body));
        let (_, parts) = next.values.held();
        let runs = body.map_or(0, |body| body.steps.len()) as u64;
        meter.steps(parts * 2 + runs * RUN_STEPS)?;
        let size: u64 = match next.body {
            // A workflow's own parameters; an iteration's are those of its step.
            0 => sizes(&next.values, meter)?,
            _ => 0,
        };
        let depth = self.state.frames.get(frame).map_or(0, |at| at.depth) + 1;
        let at = (next.workflow, next.body);
        let opened = self.open_frame(at, Some((frame, place)), begun, depth, next.values);
        if opened.is_some() {
            self.state_mut().size += size;
        }
        Ok(opened.ok_or_else(|| Arc::clone(&inner.full)))
    }

    fn progress_mut(&mut self, frame: usize, place: usize, change: impl FnOnce(&mut Progress)) {
        if let Some(Run::Open { progress, .. }) = self.run_mut(frame, place) {
            change(progress);
        }
    }

    /// A frame inside of a step has ended.
    fn advance(&mut self, inside: usize, meter: &mut Meter) -> Result<(), Stop> {
        let Some(ended) = self.state.frames.get(inside) else {
            return Ok(());
        };
        let (failed, Some((frame, place))) = (ended.failed, ended.parent) else {
            return Ok(());
        };
        meter.steps(ended.runs.len() as u64 * RUN_STEPS)?;
        let fed = match judge::feeds(self, frame, place, inside, meter)? {
            Some(values) => {
                let size = sizes(&values, meter)?;
                Some((values, size))
            }
            None => None,
        };
        let failure = match fed {
            Some((values, size)) => self.replace_values(frame, place, values, size),
            None => None,
        };
        self.progress_mut(frame, place, |progress| {
            progress.open = progress.open.saturating_sub(1);
            progress.failed |= failed;
            if let Some(failure) = failure {
                progress.failure.get_or_insert(failure);
            }
        });
        // The frame is done; what is left of the task is that its step goes on.
        if let Some(task) = self.state_mut().pending.front_mut() {
            *task = Task::GoOn(frame, place);
        }
        self.go_on(frame, place, meter)
    }

    /// Ends a step whose own steps have ended.
    fn finish_open(&mut self, frame: usize, place: usize, meter: &mut Meter) -> Result<(), Stop> {
        let Some(Run::Open { values, progress }) = self.run(frame, place) else {
            return Ok(());
        };
        let ending = Ending {
            status: match progress.failed || progress.failure.is_some() {
                true => Status::Failed,
                false => Status::Succeeded,
            },
            values: Arc::clone(values),
            failure: progress.failure.clone(),
        };
        self.end(frame, place, ending, meter)
    }

    /// Ends a step, and looks at what it leads to. Where the call is stopped the step is as it was.
    pub(super) fn end(&mut self, frame: usize, place: usize, ending: Ending, meter: &mut Meter) -> Result<(), Stop> {
        let Some(run) = self.run_mut(frame, place).filter(|run| !run.has_ended()) else {
            return Ok(());
        };
        let mut before = std::mem::replace(run, Run::Waiting);
        let frames = match &mut before {
            Run::Open { progress, .. } => std::mem::take(&mut progress.frames),
            _ => Vec::new(),
        };
        let Ending {
            status,
            values,
            failure,
        } = ending;
        // A condition may ask for the step's own parameters by its name.
        let ended = Run::Ended {
            status,
            values: Arc::clone(&values),
            refused: Vec::new(),
            failure,
            frames,
        };
        self.set_run(frame, place, ended);
        let judged = match status.goes_on() {
            true => judge::transitions(self, frame, place, &values, meter),
            false => Ok(Vec::new()),
        };
        let failed = match judged {
            Ok(mut refused) => {
                for refused in refused.iter_mut().flatten() {
                    self.keep_refused(refused);
                }
                if let Some(Run::Ended { refused: place, .. }) = self.run_mut(frame, place) {
                    *place = refused;
                }
                status == Status::Failed
            }
            Err(Halt::Failure(found)) => {
                let found = self.keep_failure(*found);
                if let Some(Run::Ended { status, failure, .. }) = self.run_mut(frame, place) {
                    *status = Status::Failed;
                    *failure = Some(found);
                }
                true
            }
            Err(Halt::Stop(stop)) => {
                if let (Some(Run::Ended { frames, .. }), Run::Open { progress, .. }) =
                    (self.run_mut(frame, place), &mut before)
                {
                    progress.frames = std::mem::take(frames);
                }
                self.set_run(frame, place, before);
                return Err(stop);
            }
        };
        self.close(frame, failed);
        self.queue(frame);
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
fn subworkflow_of(values: &Map, by_id: &std::collections::HashMap<Arc<str>, usize>) -> Option<usize> {
    let id = values.get("subworkflow_id").and_then(Value::as_str);
    id.and_then(|id| by_id.get(id)).copied()
}
