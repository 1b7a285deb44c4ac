//! How an unfolding goes on by itself between two answers: what has been decided leads to what can be decided next.

use std::collections::VecDeque;
use std::sync::Arc;

use super::definition::StepKind;
use super::judge;
use super::state::{Frame, Progress, Run, State, Status, Why};
use super::unfold::Unfolding;
use crate::params::meter::Meter;
use crate::params::text::json_chars;
use crate::params::{Occasion, Problem};
use crate::value::{Map, Value};

impl Unfolding {
    pub(super) fn state_mut(&mut self) -> &mut State {
        Arc::make_mut(&mut self.state)
    }

    pub(super) fn set_run(&mut self, frame: usize, place: usize, run: Run) {
        if let Some(slot) = self
            .state_mut()
            .frames
            .get_mut(frame)
            .and_then(|frame| frame.runs.get_mut(place))
        {
            *slot = run;
        }
    }

    /// A workflow's parameters with the values given.
    pub(super) fn workflow_values(
        &mut self,
        workflow: usize,
        given: &Map,
        occasion: Occasion,
    ) -> Result<Arc<Map>, Vec<Problem>> {
        let inner = Arc::clone(&self.blueprint.inner);
        let Some(compiled) = inner.workflows.get(workflow) else {
            return Err(vec![judge::no_definition()]);
        };
        let mut set = compiled.definition.params.clone();
        set.set_values(given, occasion)?;
        let report = inner.signals.evaluate(&inner.engine, &set)?;
        self.state_mut().size += report.size();
        Ok(Arc::new(report.values()))
    }

    /// A step's parameters with its outputs in their places.
    pub(super) fn with_outputs(
        &self,
        frame: usize,
        place: usize,
        values: &Map,
        outputs: &Map,
    ) -> Result<Map, Vec<Problem>> {
        let Some(step) = self.step(frame, place) else {
            return Ok(values.clone());
        };
        let mut changed = values.clone();
        for (name, value) in judge::outputs(
            &step.definition,
            outputs,
            self.blueprint.inner.engine.settings().quote_values,
        )? {
            changed.insert(name, value);
        }
        Ok(changed)
    }

    /// Begins a run of a list of steps.
    pub(super) fn open_frame(
        &mut self,
        (workflow, body): (usize, usize),
        parent: Option<(usize, usize)>,
        iteration: u64,
        depth: u64,
        values: Arc<Map>,
        pending: &mut VecDeque<usize>,
    ) -> usize {
        let inner = Arc::clone(&self.blueprint.inner);
        let compiled = inner.workflows.get(workflow);
        let count = compiled
            .and_then(|compiled| compiled.bodies.get(body))
            .map_or(0, |body| body.steps.len());
        let state = self.state_mut();
        let index = state.frames.len();
        state.runs += 1 + count as u64;
        state.frames.push(Frame {
            workflow,
            body,
            parent,
            iteration,
            depth,
            values,
            runs: (0..count).map(|_| Run::Waiting).collect(),
            open: count,
            failed: false,
        });
        pending.push_back(index);
        index
    }

    /// Goes on until nothing more can be decided without the orchestrator.
    pub(super) fn settle(&mut self, pending: &mut VecDeque<usize>) {
        while let Some(frame) = pending.pop_front() {
            let order = self.body_order(frame);
            for place in order {
                if matches!(self.run(frame, place), Some(Run::Waiting)) {
                    self.decide(frame, place, pending);
                }
            }
            let ended = self.state.frames.get(frame).is_some_and(|frame| frame.open == 0);
            if ended && let Some(parent) = self.state.frames.get(frame).and_then(|frame| frame.parent) {
                self.advance(parent, frame, pending);
            }
        }
    }

    pub(super) fn body_order(&self, frame: usize) -> Vec<usize> {
        let body = self.state.frames.get(frame).map(|frame| frame.body);
        let body = body.and_then(|body| self.compiled(frame)?.bodies.get(body));
        body.map(|body| body.order.clone()).unwrap_or_default()
    }

    /// Runs or skips a step, once all that leads to it has ended.
    pub(super) fn decide(&mut self, frame: usize, place: usize, pending: &mut VecDeque<usize>) {
        let incoming = {
            let Some(body) = self.state.frames.get(frame).map(|frame| frame.body) else {
                return;
            };
            let body = self.compiled(frame).and_then(|compiled| compiled.bodies.get(body));
            body.and_then(|body| body.incoming.get(place).cloned())
                .unwrap_or_default()
        };
        let mut because = Vec::new();
        let mut led_to = incoming.is_empty();
        for (from, transition) in incoming {
            let id = |unfolding: &Self| unfolding.step(frame, from).map(|step| Arc::clone(&step.definition.id));
            match self.run(frame, from) {
                Some(Run::Ended { refused, .. }) => match refused.get(transition) {
                    Some(None) => led_to = true,
                    Some(Some(why)) => because.push(why.clone()),
                    None => because.extend(id(self).map(|step| Why::FromFailed { step })),
                },
                Some(Run::Skipped { .. }) => {
                    because.extend(id(self).map(|step| Why::FromSkipped { step }));
                }
                _ => return,
            }
        }
        if led_to {
            self.begin(frame, place, pending);
        } else {
            self.set_run(frame, place, Run::Skipped { because });
            self.close(frame, false);
        }
    }

    /// One run of a frame has ended.
    pub(super) fn close(&mut self, frame: usize, failed: bool) {
        if let Some(frame) = self.state_mut().frames.get_mut(frame) {
            frame.open = frame.open.saturating_sub(1);
            frame.failed |= failed;
        }
    }

    /// Begins a step: its parameters are evaluated, and a loop or subworkflow opens.
    pub(super) fn begin(&mut self, frame: usize, place: usize, pending: &mut VecDeque<usize>) {
        let inner = Arc::clone(&self.blueprint.inner);
        let Some((workflow, step)) = self.state.frames.get(frame).and_then(|at| {
            let compiled = inner.workflows.get(at.workflow)?;
            let index = compiled.bodies.get(at.body)?.steps.get(place)?;
            Some((at.workflow, compiled.steps.get(*index)?))
        }) else {
            return;
        };
        let report = judge::evaluate(self, frame, place, &step.plan);
        let values = Arc::new(report.values());
        if let Some(error) = report.error() {
            let problem = error.to_string();
            return self.end(frame, place, Status::Failed, values, Some(problem), Vec::new(), pending);
        }
        self.state_mut().size += report.size();
        let over = self.state.size > inner.limits.size;
        if over {
            let problem = format!(
                "all parameters together take more than {} characters",
                inner.limits.size
            );
            return self.end(frame, place, Status::Failed, values, Some(problem), Vec::new(), pending);
        }
        let target = match &step.definition.kind {
            StepKind::Plain { .. } => None,
            StepKind::Foreach { .. } | StepKind::While { .. } => Some(step.inner.map(|body| (workflow, body))),
            StepKind::Subworkflow => {
                let id = values.get("subworkflow_id").and_then(Value::as_str);
                id.and_then(|id| inner.by_id.get(id))
                    .map(|workflow| Some((*workflow, 0)))
            }
        };
        let Some(target) = target else {
            self.set_run(frame, place, Run::Ready { values });
            return;
        };
        let depth = self.state.frames.get(frame).map_or(0, |frame| frame.depth) + 1;
        let mut progress = Progress::default();
        if depth > inner.limits.depth {
            progress.problem = Some(format!(
                "loops and subworkflows nest deeper than {} levels",
                inner.limits.depth
            ));
        } else if let StepKind::Foreach { .. } = step.definition.kind {
            match judge::grid(&values, &inner.limits) {
                Ok(total) => progress.total = total,
                Err(problem) => progress.problem = Some(problem),
            }
        }
        let stops = target.is_none() || progress.problem.is_some();
        self.set_run(frame, place, Run::Open { values, progress });
        match stops {
            true => self.finish_open(frame, place, pending),
            false => self.go_on(frame, place, pending),
        }
    }

    /// Begins the next iterations of a loop, or the steps of a subworkflow, or ends it.
    pub(super) fn go_on(&mut self, frame: usize, place: usize, pending: &mut VecDeque<usize>) {
        let inner = Arc::clone(&self.blueprint.inner);
        loop {
            let Some(step) = self.step(frame, place) else { return };
            let (kind, body) = (step.definition.kind.clone(), step.inner);
            let Some(Run::Open { values, progress }) = self.run(frame, place) else {
                return;
            };
            let (values, begun, open) = (Arc::clone(values), progress.frames.len() as u64, progress.open);
            let (total, stopped) = (progress.total, progress.failed || progress.problem.is_some());
            let Some(at) = self.state.frames.get(frame) else { return };
            let (workflow, depth) = (at.workflow, at.depth + 1);
            let next = match &kind {
                _ if stopped => Ok(None),
                StepKind::Foreach { concurrency, .. } => {
                    let most = concurrency.unwrap_or(inner.limits.concurrency);
                    match begun < total && open < most {
                        true => {
                            judge::iteration(&values, begun).map(|values| Some((workflow, body.unwrap_or(0), values)))
                        }
                        false => Ok(None),
                    }
                }
                StepKind::While { .. } if open > 0 => Ok(None),
                StepKind::While { .. } => {
                    let next = judge::repeat(self, frame, place, &values, begun);
                    next.map(|next| next.map(|values| (workflow, body.unwrap_or(0), values)))
                }
                StepKind::Subworkflow if begun == 0 => {
                    let id = values.get("subworkflow_id").and_then(Value::as_str);
                    match id.and_then(|id| inner.by_id.get(id)) {
                        Some(&workflow) => {
                            let given = judge::subworkflow_values(&values);
                            let started = self.workflow_values(workflow, &given, Occasion::Start);
                            started
                                .map(|values| Some((workflow, 0, values)))
                                .map_err(|problems| problems.first().map_or_else(String::new, ToString::to_string))
                        }
                        None => Ok(None),
                    }
                }
                StepKind::Subworkflow | StepKind::Plain { .. } => Ok(None),
            };
            let over = self.state.runs >= inner.limits.runs;
            let next = match next {
                Ok(Some(_)) if over => Err(format!("the unfolding would have more than {} runs", inner.limits.runs)),
                next => next,
            };
            match next {
                Ok(Some((workflow, body, values))) => {
                    let parent = Some((frame, place));
                    let index = self.open_frame((workflow, body), parent, begun, depth, values, pending);
                    self.progress_mut(frame, place, |progress| {
                        progress.frames.push(index);
                        progress.open += 1;
                    });
                }
                Ok(None) if open == 0 => return self.finish_open(frame, place, pending),
                Ok(None) => return,
                Err(problem) => self.progress_mut(frame, place, |progress| progress.problem = Some(problem)),
            }
        }
    }

    pub(super) fn progress_mut(&mut self, frame: usize, place: usize, change: impl FnOnce(&mut Progress)) {
        let run = self
            .state_mut()
            .frames
            .get_mut(frame)
            .and_then(|frame| frame.runs.get_mut(place));
        if let Some(Run::Open { progress, .. }) = run {
            change(progress);
        }
    }

    /// A frame inside of a step has ended.
    pub(super) fn advance(&mut self, (frame, place): (usize, usize), inside: usize, pending: &mut VecDeque<usize>) {
        let failed = self.state.frames.get(inside).is_some_and(|inside| inside.failed);
        let feeds = judge::feeds(self, frame, place, inside);
        if let Some(Run::Open { values, progress }) = self
            .state_mut()
            .frames
            .get_mut(frame)
            .and_then(|frame| frame.runs.get_mut(place))
        {
            progress.open = progress.open.saturating_sub(1);
            progress.failed |= failed;
            if let Some(feeds) = feeds {
                *values = Arc::new(feeds);
            }
        }
        self.go_on(frame, place, pending);
    }

    /// Ends a step whose own steps have ended.
    pub(super) fn finish_open(&mut self, frame: usize, place: usize, pending: &mut VecDeque<usize>) {
        let Some(Run::Open { values, progress }) = self.run(frame, place) else {
            return;
        };
        let (values, frames, problem) = (Arc::clone(values), progress.frames.clone(), progress.problem.clone());
        let status = match progress.failed || problem.is_some() {
            true => Status::Failed,
            false => Status::Succeeded,
        };
        self.end(frame, place, status, values, problem, frames, pending);
    }

    /// Ends a step, and looks at what it leads to.
    #[expect(clippy::too_many_arguments, reason = "they are the fields of what it makes")]
    pub(super) fn end(
        &mut self,
        frame: usize,
        place: usize,
        status: Status,
        values: Arc<Map>,
        problem: Option<String>,
        frames: Vec<usize>,
        pending: &mut VecDeque<usize>,
    ) {
        let before = self.run(frame, place).map(Run::has_ended);
        if before != Some(false) {
            return;
        }
        let ended = |refused, problem| Run::Ended {
            status,
            values: Arc::clone(&values),
            refused,
            problem,
            frames: frames.clone(),
        };
        // A condition may ask for the step's own parameters by its name.
        self.set_run(frame, place, ended(Vec::new(), problem.clone()));
        let judged = match status.goes_on() {
            true => judge::transitions(self, frame, place, &values),
            false => Ok(Vec::new()),
        };
        let failed = match judged {
            Ok(refused) => {
                self.set_run(frame, place, ended(refused, problem));
                status == Status::Failed
            }
            Err(problem) => {
                let run = Run::Ended {
                    status: Status::Failed,
                    values: Arc::clone(&values),
                    refused: Vec::new(),
                    problem: Some(problem),
                    frames,
                };
                self.set_run(frame, place, run);
                true
            }
        };
        let mut meter = Meter::unlimited();
        let chars = values.values().map(|value| json_chars(value, &mut meter).unwrap_or(0));
        self.state_mut().size += chars.sum::<u64>();
        self.close(frame, failed);
        pending.push_back(frame);
    }
}
