//! The unfolding of a workflow: a state machine without any input or output.

use std::collections::VecDeque;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::blueprint::{Blueprint, BlueprintBuilder, Compiled, CompiledStep, LOOP_INDEX, LOOP_PARAMS};
use super::definition::{StepKind, Workflow};
use super::judge;
use super::product::Grid;
use super::state::{Frame, Progress, Run, State, Status};
use super::view::View;
use crate::diagnostic::quote;
use crate::engine::Engine;
use crate::params::{Occasion, Problem, Scope, evaluate::json_chars};
use crate::value::{Map, Value};

/// A workflow being unfolded, step by step.
///
/// It does nothing by itself: [`ready`](Self::ready) says which steps are to run now, with their parameters, and the
/// orchestrator tells it what came of each with [`complete`](Self::complete). The same answers give the same unfolding,
/// whatever the order they come in within what runs at the same time. [`save`](Self::save) gives it as data at any point, and
/// [`resume`](Self::resume) goes on with it, in another process too.
///
/// ```
/// use selvedge::workflow::{Blueprint, Progressing, Status, Unfolding, Workflow};
/// use selvedge::{Engine, Map};
///
/// let text = r#"{"workflow": {"id": "w", "params": {"day": {"value": 20260101}}, "steps": [
///     {"step": {"id": "load", "type": "sql", "params": {"rows": {"type": "LONG", "value": 0}},
///               "transition": {"successors": {"publish": "rows > 0", "alert": "rows == 0"}}}},
///     {"step": {"id": "publish", "type": "copy", "params": {"note": {"value": "$load__rows rows of $day"}}}},
///     {"step": {"id": "alert", "type": "mail"}}
/// ]}}"#;
/// let workflow = Workflow::from_json(text).map_err(|_| "?")?;
/// let blueprint = Blueprint::builder(workflow).build(&Engine::default()).map_err(|_| "?")?;
/// let mut unfolding = Unfolding::start(&blueprint, &Map::new()).map_err(|_| "?")?;
///
/// assert_eq!(unfolding.ready()[0].path, "load");
/// unfolding.complete("load", Status::Succeeded, &Map::from_iter([("rows", 7.into())])).map_err(|_| "?")?;
///
/// let ready = unfolding.ready();
/// assert_eq!(ready.len(), 1);
/// assert_eq!(ready[0].parameters.get("note").and_then(|note| note.as_str()), Some("7 rows of 20260101"));
/// unfolding.complete("publish", Status::Succeeded, &Map::new()).map_err(|_| "?")?;
/// assert_eq!(unfolding.progress(), Progressing::Ended(Status::Succeeded));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug)]
pub struct Unfolding {
    pub(super) blueprint: Blueprint,
    pub(super) state: Arc<State>,
}

/// An unfolding as data, with the definitions it belongs to.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Saved {
    definitions: Vec<Definitions>,
    limits: super::UnfoldLimits,
    state: State,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Definitions {
    yaml: bool,
    text: Arc<str>,
}

/// A step that is to run now.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ready {
    /// Where it is in the unfolding, such as `backfill[3]/load`: what [`Unfolding::complete`] takes.
    pub path: String,
    /// Its id.
    pub id: String,
    /// Its type, `subworkflow` for one whose workflow was not given.
    #[serde(rename = "type")]
    pub type_name: String,
    /// Its parameters.
    pub parameters: Map,
}

/// How far an unfolding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Progressing {
    /// Steps are to run.
    Running,
    /// Everything has ended.
    Ended(Status),
}

/// Why a step was not completed; nothing was changed.
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum CompleteError {
    /// There is no such step in the unfolding.
    #[error("{0} is no step of the unfolding")]
    NoSuchStep(String),
    /// The step is not to run now: it waits, runs steps of its own, or has ended.
    #[error("the step {path} cannot be completed: {state}")]
    NotReady {
        /// Its path, quoted.
        path: String,
        /// What it is instead.
        state: &'static str,
    },
    /// Outputs that the step's parameters do not allow.
    #[error("the outputs of the step do not fit: {}", .0.first().map_or_else(String::new, ToString::to_string))]
    Outputs(Vec<Problem>),
}

impl Unfolding {
    /// Starts with values for the workflow's parameters.
    ///
    /// # Errors
    ///
    /// Values that are not allowed or do not fit, and what goes wrong in evaluating the workflow's parameters.
    pub fn start(blueprint: &Blueprint, params: &Map) -> Result<Self, Vec<Problem>> {
        let mut unfolding = Self {
            blueprint: blueprint.clone(),
            state: Arc::new(State::default()),
        };
        let values = unfolding.workflow_values(0, params)?;
        let mut pending = VecDeque::new();
        unfolding.open_frame((0, 0), None, 0, 0, values, &mut pending);
        unfolding.settle(&mut pending);
        Ok(unfolding)
    }

    /// The unfolding as data.
    pub fn save(&self) -> Saved {
        let definitions = self.blueprint.inner.workflows.iter().map(|workflow| Definitions {
            yaml: workflow.definition.is_yaml,
            text: Arc::clone(&workflow.definition.text),
        });
        Saved {
            definitions: definitions.collect(),
            limits: *self.blueprint.limits(),
            state: (*self.state).clone(),
        }
    }

    /// Goes on with an unfolding that was saved. `complete` may add to the builder what is no data, such as the orchestrator.
    ///
    /// # Errors
    ///
    /// Where the definitions cannot be read or checked again.
    pub fn resume(
        saved: Saved,
        engine: &Engine,
        complete: impl FnOnce(BlueprintBuilder) -> BlueprintBuilder,
    ) -> Result<Self, Vec<Problem>> {
        let mut builder = None;
        for Definitions { yaml, text } in &saved.definitions {
            let workflow = match yaml {
                #[cfg(feature = "yaml")]
                true => Workflow::from_yaml(text)?,
                _ => Workflow::from_json(text)?,
            };
            builder = Some(match builder {
                None => Blueprint::builder(workflow),
                Some(builder) => BlueprintBuilder::subworkflow(builder, workflow),
            });
        }
        let Some(builder) = builder else {
            return Err(vec![judge::no_definition()]);
        };
        let blueprint = complete(builder.limits(saved.limits)).build(engine)?;
        judge::fits(&blueprint, &saved.state)?;
        Ok(Self {
            blueprint,
            state: Arc::new(saved.state),
        })
    }

    /// The steps that are to run now. What was given before is given again, until it is completed.
    pub fn ready(&self) -> Vec<Ready> {
        let mut ready = Vec::new();
        for (index, frame) in self.state.frames.iter().enumerate().filter(|(_, frame)| frame.open > 0) {
            for (place, run) in frame.runs.iter().enumerate() {
                if let (Run::Ready { values }, Some(step)) = (run, self.step(index, place)) {
                    ready.push(Ready {
                        path: self.path(index, place),
                        id: step.definition.id().to_owned(),
                        type_name: step.definition.type_name().to_owned(),
                        parameters: (**values).clone(),
                    });
                }
            }
        }
        ready
    }

    /// How far it is.
    pub fn progress(&self) -> Progressing {
        match self.state.frames.first() {
            Some(frame) if frame.open == 0 && frame.failed => Progressing::Ended(Status::Failed),
            Some(frame) if frame.open > 0 => Progressing::Running,
            _ => Progressing::Ended(Status::Succeeded),
        }
    }

    /// Tells what came of a step: how it ended, and its outputs, which take the place of its parameters.
    ///
    /// # Errors
    ///
    /// Where it is not a step that is to run now, or the outputs are not allowed; then nothing is changed.
    pub fn complete(&mut self, path: &str, status: Status, outputs: &Map) -> Result<(), CompleteError> {
        let (frame, place) = self.find(path).ok_or_else(|| CompleteError::NoSuchStep(quote(path)))?;
        let not_ready = |state| {
            let path = quote(path);
            Err(CompleteError::NotReady { path, state })
        };
        let values = match self.run(frame, place) {
            Some(Run::Ready { values }) => Arc::clone(values),
            Some(Run::Open { .. }) => return not_ready("it ends with the steps inside of it"),
            Some(Run::Ended { .. }) => return not_ready("it has ended"),
            Some(Run::Skipped { .. }) => return not_ready("it was skipped"),
            Some(Run::Waiting) => return not_ready("it waits for the steps before it"),
            None => return Err(CompleteError::NoSuchStep(quote(path))),
        };
        let values = match outputs.is_empty() {
            true => values,
            false => Arc::new(
                self.with_outputs(frame, place, &values, outputs)
                    .map_err(CompleteError::Outputs)?,
            ),
        };
        let mut pending = VecDeque::new();
        self.end(frame, place, status, values, None, Vec::new(), &mut pending);
        self.settle(&mut pending);
        Ok(())
    }

    // Looking.

    pub(super) fn run(&self, frame: usize, place: usize) -> Option<&Run> {
        self.state.frames.get(frame)?.runs.get(place)
    }

    pub(super) fn compiled(&self, frame: usize) -> Option<&Compiled> {
        self.blueprint
            .inner
            .workflows
            .get(self.state.frames.get(frame)?.workflow)
    }

    pub(super) fn step(&self, frame: usize, place: usize) -> Option<&CompiledStep> {
        let compiled = self.compiled(frame)?;
        let body = compiled.bodies.get(self.state.frames.get(frame)?.body)?;
        compiled.steps.get(*body.steps.get(place)?)
    }

    pub(super) fn view(&self, frame: usize, place: usize) -> View {
        View {
            inner: Arc::clone(&self.blueprint.inner),
            state: Arc::clone(&self.state),
            frame,
            place,
        }
    }

    /// Where a step is in the unfolding.
    pub(super) fn path(&self, frame: usize, place: usize) -> String {
        let mut parts = Vec::new();
        let mut at = Some((frame, place));
        let mut iteration = None;
        while let Some((frame, place)) = at {
            let id = self.step(frame, place).map_or("", |step| step.definition.id());
            parts.push(match iteration {
                Some(iteration) => format!("{id}[{iteration}]"),
                None => id.to_owned(),
            });
            let Some(frame) = self.state.frames.get(frame) else {
                break;
            };
            iteration = Some(frame.iteration);
            at = frame.parent;
        }
        parts.reverse();
        parts.join("/")
    }

    /// The frame and place of a path.
    fn find(&self, path: &str) -> Option<(usize, usize)> {
        let mut frame = 0;
        let mut parts = path.split('/').peekable();
        loop {
            let part = parts.next()?;
            let last = parts.peek().is_none();
            let (id, iteration) = match part.strip_suffix(']').and_then(|part| part.rsplit_once('[')) {
                Some((id, iteration)) if !last => (id, iteration.parse::<usize>().ok()?),
                _ if last => (part, 0),
                _ => return None,
            };
            let compiled = self.compiled(frame)?;
            let step = compiled.steps.get(*compiled.by_id.get(id)?)?;
            if step.body != self.state.frames.get(frame)?.body {
                return None;
            }
            if last {
                return Some((frame, step.place));
            }
            frame = match self.run(frame, step.place)? {
                Run::Open { progress, .. } => *progress.frames.get(iteration)?,
                Run::Ended { frames, .. } => *frames.get(iteration)?,
                _ => return None,
            };
        }
    }

    // Changing.

    fn state_mut(&mut self) -> &mut State {
        Arc::make_mut(&mut self.state)
    }

    fn set_run(&mut self, frame: usize, place: usize, run: Run) {
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
    fn workflow_values(&mut self, workflow: usize, given: &Map) -> Result<Arc<Map>, Vec<Problem>> {
        let inner = Arc::clone(&self.blueprint.inner);
        let Some(compiled) = inner.workflows.get(workflow) else {
            return Err(vec![judge::no_definition()]);
        };
        let mut set = compiled.definition.params.clone();
        set.set_values(given, Occasion::Start)?;
        let plan = set.plan_at(&inner.engine, &Scope::new(), "workflow.params")?;
        let report = plan.evaluate(&Scope::new());
        match report.error() {
            Some(error) => Err(vec![error.clone()]),
            None => {
                self.state_mut().size += report.size();
                Ok(Arc::new(report.values()))
            }
        }
    }

    /// A step's parameters with its outputs in their places.
    fn with_outputs(&self, frame: usize, place: usize, values: &Map, outputs: &Map) -> Result<Map, Vec<Problem>> {
        let Some(step) = self.step(frame, place) else {
            return Ok(values.clone());
        };
        let mut changed = values.clone();
        for (name, value) in judge::outputs(&step.definition, outputs)? {
            changed.insert(name, value);
        }
        Ok(changed)
    }

    /// Begins a run of a list of steps.
    fn open_frame(
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
    fn settle(&mut self, pending: &mut VecDeque<usize>) {
        while let Some(frame) = pending.pop_front() {
            let order = self.body_order(frame);
            for place in order {
                if matches!(self.run(frame, place), Some(Run::Waiting)) {
                    self.decide(frame, place, pending);
                }
            }
            let ended = self.state.frames.get(frame).is_some_and(|frame| frame.open == 0);
            if ended {
                if let Some(parent) = self.state.frames.get(frame).and_then(|frame| frame.parent) {
                    self.advance(parent, frame, pending);
                }
            }
        }
    }

    fn body_order(&self, frame: usize) -> Vec<usize> {
        let body = self.state.frames.get(frame).map(|frame| frame.body);
        let body = body.and_then(|body| self.compiled(frame)?.bodies.get(body));
        body.map(|body| body.order.clone()).unwrap_or_default()
    }

    /// Runs or skips a step, once all that leads to it has ended.
    fn decide(&mut self, frame: usize, place: usize, pending: &mut VecDeque<usize>) {
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
                    None => because.extend(id(self).map(|step| super::Why::FromFailed { step })),
                },
                Some(Run::Skipped { .. }) => {
                    because.extend(id(self).map(|step| super::Why::FromSkipped { step }));
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
    fn close(&mut self, frame: usize, failed: bool) {
        if let Some(frame) = self.state_mut().frames.get_mut(frame) {
            frame.open = frame.open.saturating_sub(1);
            frame.failed |= failed;
        }
    }

    /// Begins a step: its parameters are evaluated, and a loop or subworkflow opens.
    fn begin(&mut self, frame: usize, place: usize, pending: &mut VecDeque<usize>) {
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
    fn go_on(&mut self, frame: usize, place: usize, pending: &mut VecDeque<usize>) {
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
                            let started = self.workflow_values(workflow, &given);
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

    fn progress_mut(&mut self, frame: usize, place: usize, change: impl FnOnce(&mut Progress)) {
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
    fn advance(&mut self, (frame, place): (usize, usize), inside: usize, pending: &mut VecDeque<usize>) {
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
    fn finish_open(&mut self, frame: usize, place: usize, pending: &mut VecDeque<usize>) {
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
    fn end(
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
        self.state_mut().size += values.values().map(json_chars).sum::<u64>();
        self.close(frame, failed);
        pending.push_back(frame);
    }
}

/// What a loop puts into an iteration beside its parameters.
pub(super) fn with_index(mut values: Map, iteration: u64) -> Arc<Map> {
    values.insert(LOOP_INDEX, Value::Long(iteration as i64));
    Arc::new(values)
}

/// The loop parameters of a step.
pub(super) fn loop_params(values: &Map) -> Option<&Map> {
    values.get(LOOP_PARAMS).and_then(Value::as_map)
}

/// The grid of a foreach's parameters.
pub(super) fn grid_of(values: &Map) -> Result<Grid<'_>, String> {
    let axes = loop_params(values).ok_or("the loop has no `loop_params`")?;
    Grid::new(axes).map_err(|(name, ty)| format!("the loop parameter {} is {ty}, and an array is needed", quote(name)))
}
