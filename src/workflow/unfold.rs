//! The unfolding of a workflow: a state machine without any input or output.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::blueprint::Blueprint;
use super::compile::{LOOP_INDEX, LOOP_PARAMS};
use super::compiled::{BodyId, Compiled, CompiledStep, MAIN, MISSING, OUTERMOST, WorkflowId};
use super::product::Grid;
use super::state::{Frame, FrameId, Noted, ROOT, Run, RunId, Spent, State, lost_message};
use super::status::Status;
use super::view::View;
use crate::diagnostic::{Code, Message};
use crate::host::Interrupt;
use crate::limits::Usage;
use crate::params::meter::{Meter, Stop};
use crate::params::problem::error;
use crate::params::{DefinitionError, Occasion, Problem};
use crate::value::{Map, Value};

/// A frame to be opened.
pub(super) struct Opening {
    pub(super) workflow: WorkflowId,
    pub(super) body: BodyId,
    pub(super) values: Map,
}

/// A workflow being unfolded, step by step.
///
/// It does nothing by itself: [`ready`](Self::ready) says which steps are to run now, with their parameters, and the
/// orchestrator tells it the outcome of each with [`complete`](Self::complete). The same answers give the same unfolding,
/// whatever the order they come in within what runs at the same time. [`save`](Self::save) gives it as data at any point, and
/// [`resume`](Self::resume) goes on with it, in another process too.
///
/// ```
/// use selvedge::workflow::{Blueprint, Progress, Status, Unfolding, Workflow};
/// use selvedge::{Engine, Map};
///
/// let text = r#"{"workflow": {"id": "w", "params": {"day": {"value": 20260101}}, "steps": [
///     {"step": {"id": "load", "type": "sql", "params": {"rows": {"type": "LONG", "value": 0}},
///               "transition": {"successors": {"publish": "rows > 0", "alert": "rows == 0"}}}},
///     {"step": {"id": "publish", "type": "copy", "params": {"note": {"value": "$load__rows rows of $day"}}}},
///     {"step": {"id": "alert", "type": "mail"}}
/// ]}}"#;
/// let workflow = Workflow::from_json(text)?;
/// let blueprint = Blueprint::builder(workflow).build(&Engine::default())?;
/// let mut unfolding = Unfolding::start(&blueprint, &Map::new())?;
///
/// assert_eq!(unfolding.ready()[0].path, "load");
/// unfolding.complete("load", Status::Succeeded, &Map::from_iter([("rows", 7)]))?;
///
/// let ready = unfolding.ready();
/// assert_eq!(ready.len(), 1);
/// assert_eq!(ready[0].parameters.get("note").and_then(|note| note.as_str()), Some("7 rows of 20260101"));
/// unfolding.complete("publish", Status::Succeeded, &Map::new())?;
/// assert_eq!(unfolding.progress(), Progress::Ended(Status::Succeeded));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Unfolding {
    pub(super) blueprint: Blueprint,
    pub(super) state: Arc<State>,
    /// What the last call used.
    pub(super) usage: Usage,
    pub(super) spent: Spent,
    /// The outcome of runs since commands were asked for; `None` if they are not.
    pub(super) log: Option<Vec<(RunId, Noted)>>,
}

/// A step that is to run now.
///
/// ```
/// use selvedge::Map;
/// use selvedge::workflow::{Blueprint, Unfolding, Workflow};
/// let text = r#"{"workflow": {"id": "w", "steps": [
///     {"step": {"id": "load", "type": "sql", "params": {"rows": {"value": 7}}}}]}}"#;
/// let workflow = Workflow::from_json(text)?;
/// let blueprint = Blueprint::builder(workflow).build(&selvedge::Engine::default())?;
/// let load = &Unfolding::start(&blueprint, &Map::new())?.ready()[0];
/// assert_eq!((&*load.path, &*load.type_name, load.parameters.get("rows")), ("load", "sql", Some(&7.into())));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Ready {
    /// Its path in the unfolding, such as `backfill[3]/load`, for [`Unfolding::complete`].
    pub path: String,
    /// Its id.
    pub id: String,
    /// Its type; `subworkflow` for one whose workflow is not available.
    #[serde(rename = "type")]
    pub type_name: String,
    /// Its parameters, shared with the unfolding.
    pub parameters: Arc<Map>,
    /// Whether it has started, by [`Event::Started`](super::Event::Started).
    #[serde(default, skip_serializing_if = "super::state::is_false")]
    pub started: bool,
    /// The number of failed attempts, by [`Event::AttemptFailed`](super::Event::AttemptFailed).
    #[serde(default, skip_serializing_if = "is_zero")]
    pub attempt: u64,
    /// The delay of this attempt after the failed one, in seconds.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub delay_seconds: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
const fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// The progress of an unfolding.
///
/// ```
/// use selvedge::workflow::{Progress, Status};
/// assert_eq!(serde_json::to_string(&Progress::Running)?, r#""running""#);
/// let failed = serde_json::to_string(&Progress::Ended(Status::Failed))?;
/// assert_eq!(failed, r#"{"ended":"failed"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Progress {
    /// Steps are to run.
    Running,
    /// Everything has ended.
    Ended(Status),
}

impl Unfolding {
    /// Starts with values for the workflow's parameters.
    ///
    /// # Errors
    ///
    /// Values that are not allowed or do not fit, and what goes wrong in evaluating the workflow's parameters.
    ///
    /// ```
    /// use selvedge::Map;
    /// use selvedge::workflow::{Blueprint, Unfolding, Workflow};
    /// let text = r#"{"workflow": {"id": "w", "params": {"part": {"type": "LONG", "value": 1}}, "steps": [
    ///     {"step": {"id": "load", "type": "sql", "params": {"next": {"expression": "part + 1"}}}}]}}"#;
    /// let workflow = Workflow::from_json(text)?;
    /// let blueprint = Blueprint::builder(workflow).build(&selvedge::Engine::default())?;
    /// let unfolding = Unfolding::start(&blueprint, &Map::from_iter([("part", 20)]))?;
    /// assert_eq!(unfolding.ready()[0].parameters.get("next"), Some(&21.into()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn start(blueprint: &Blueprint, params: &Map) -> Result<Self, DefinitionError> {
        Self::start_with(blueprint, params, &Interrupt::new())
    }

    /// As [`start`](Self::start), until it is interrupted.
    ///
    /// # Errors
    ///
    /// As [`start`](Self::start); or what stopped it. To keep what was done until then, take [`begin`](Self::begin).
    ///
    /// ```
    /// use selvedge::workflow::{Blueprint, Unfolding, Workflow};
    /// use selvedge::{CancelToken, Engine, Interrupt, Map};
    /// let text = r#"{"workflow": {"id": "w", "steps": [{"step": {"id": "load", "type": "sql"}}]}}"#;
    /// let workflow = Workflow::from_json(text)?;
    /// let blueprint = Blueprint::builder(workflow).build(&Engine::default())?;
    /// let token = CancelToken::new();
    /// token.cancel();
    /// let stopped = Unfolding::start_with(&blueprint, &Map::new(), &Interrupt::new().cancel(token)).unwrap_err();
    /// assert_eq!(stopped.problems()[0].code().text(), "E609");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn start_with(blueprint: &Blueprint, params: &Map, interrupt: &Interrupt) -> Result<Self, DefinitionError> {
        Self::started(blueprint, params, Occasion::Start, interrupt, None)
    }

    /// Evaluates the workflow's parameters with these values, and nothing else: [`settle`](Self::settle) continues.
    ///
    /// # Errors
    ///
    /// As [`start_with`](Self::start_with).
    ///
    /// ```
    /// use selvedge::workflow::{Blueprint, Unfolding, Workflow};
    /// use selvedge::{Engine, Interrupt, Map};
    /// let text = r#"{"workflow": {"id": "w", "steps": [{"step": {"id": "load", "type": "sql"}}]}}"#;
    /// let workflow = Workflow::from_json(text)?;
    /// let blueprint = Blueprint::builder(workflow).build(&Engine::default())?;
    /// let mut unfolding = Unfolding::begin(&blueprint, &Map::new(), &Interrupt::new())?;
    /// assert!(!unfolding.is_settled() && unfolding.ready().is_empty());
    /// unfolding.settle(&Interrupt::new())?;
    /// assert!(unfolding.is_settled() && unfolding.ready().len() == 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn begin(blueprint: &Blueprint, params: &Map, interrupt: &Interrupt) -> Result<Self, DefinitionError> {
        let mut meter = blueprint.limits().meter(interrupt);
        Self::begun(blueprint, params, Occasion::Start, &mut meter, None)
    }

    /// Completes an interrupted call.
    ///
    /// # Errors
    ///
    /// What stopped it again. What it did until then is kept, and another call goes on from there.
    ///
    /// ```
    /// use selvedge::workflow::{Blueprint, UnfoldLimits, Unfolding, Workflow};
    /// use selvedge::{Engine, Interrupt, Map};
    /// let text = r#"{"workflow": {"id": "w", "steps": [{"while": {"id": "l", "condition": "loop_index < 100",
    ///     "steps": [{"while": {"id": "none", "condition": "false", "steps": [{"step": {"id": "x", "type": "t"}}]}}]}}]}}"#;
    /// let workflow = Workflow::from_json(text)?;
    /// let few = UnfoldLimits::default().steps(20_000);
    /// let blueprint = Blueprint::builder(workflow).limits(few).build(&Engine::default())?;
    /// let mut unfolding = Unfolding::begin(&blueprint, &Map::new(), &Interrupt::new())?;
    /// let mut calls = 1;
    /// while let Err(problem) = unfolding.settle(&Interrupt::new()) {
    ///     assert_eq!(problem.code().text(), "E722");
    ///     calls += 1;
    /// }
    /// assert!(calls > 1 && unfolding.is_settled());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn settle(&mut self, interrupt: &Interrupt) -> Result<(), Problem> {
        let mut meter = self.blueprint.limits().meter(interrupt);
        let settled = self.run_pending(&mut meter);
        self.usage = meter.used();
        if let Some(key) = self.lost_piece() {
            return Err(error("", None, Code::WorkflowShape, lost_message(&key)));
        }
        settled.map_err(Stop::problem)
    }

    /// The usage of the last call that could change it: steps, and bytes charged cumulatively.
    ///
    /// ```
    /// use selvedge::Map;
    /// use selvedge::workflow::{Blueprint, Unfolding, Workflow};
    /// let text = r#"{"workflow": {"id": "w", "steps": [{"step": {"id": "load", "type": "sql"}}]}}"#;
    /// let workflow = Workflow::from_json(text)?;
    /// let blueprint = Blueprint::builder(workflow).build(&selvedge::Engine::default())?;
    /// let unfolding = Unfolding::start(&blueprint, &Map::new())?;
    /// assert!((1..1_000).contains(&unfolding.usage().steps));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn usage(&self) -> Usage {
        self.usage
    }

    /// The bytes of heap that it keeps, as counted by [`UnfoldLimits::kept`](super::UnfoldLimits::kept).
    ///
    /// ```
    /// use selvedge::Map;
    /// use selvedge::workflow::{Blueprint, Unfolding, Workflow};
    /// let text = r#"{"workflow": {"id": "w", "steps": [{"step": {"id": "load", "type": "sql"}}]}}"#;
    /// let workflow = Workflow::from_json(text)?;
    /// let blueprint = Blueprint::builder(workflow).build(&selvedge::Engine::default())?;
    /// let unfolding = Unfolding::start(&blueprint, &Map::new())?;
    /// assert!((100..2_000).contains(&unfolding.kept_bytes()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn kept_bytes(&self) -> u64 {
        self.state.kept
    }

    /// Whether nothing is left to [`settle`](Self::settle). It is false only after an interrupted call.
    pub fn is_settled(&self) -> bool {
        self.state.pending.is_empty() && self.state.stopping.is_empty()
    }

    /// Restarts, with values for the workflow's parameters, as far as their modes allow it.
    ///
    /// # Errors
    ///
    /// As [`start`](Self::start).
    ///
    /// ```
    /// use selvedge::Map;
    /// use selvedge::workflow::{Blueprint, Unfolding, Workflow};
    /// let text = r#"{"workflow": {"id": "w", "steps": [],
    ///     "params": {"day": {"type": "LONG", "value": 1, "mode": "MUTABLE_ON_START"}}}}"#;
    /// let workflow = Workflow::from_json(text)?;
    /// let blueprint = Blueprint::builder(workflow).build(&selvedge::Engine::default())?;
    /// let day = Map::from_iter([("day", 2)]);
    /// assert!(Unfolding::start(&blueprint, &day).is_ok());
    /// assert_eq!(Unfolding::restart(&blueprint, &day).unwrap_err().problems()[0].code().text(), "E720");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn restart(blueprint: &Blueprint, params: &Map) -> Result<Self, DefinitionError> {
        Self::restart_with(blueprint, params, &Interrupt::new())
    }

    /// As [`restart`](Self::restart), until it is interrupted.
    ///
    /// # Errors
    ///
    /// As [`restart`](Self::restart); or what stopped it.
    ///
    /// ```
    /// use selvedge::workflow::{Blueprint, Unfolding, Workflow};
    /// use selvedge::{CancelToken, Engine, Interrupt, Map};
    /// let workflow = Workflow::from_json(r#"{"workflow": {"id": "w", "steps": []}}"#)?;
    /// let blueprint = Blueprint::builder(workflow).build(&Engine::default())?;
    /// let token = CancelToken::new();
    /// token.cancel();
    /// let stopped = Unfolding::restart_with(&blueprint, &Map::new(), &Interrupt::new().cancel(token)).unwrap_err();
    /// assert_eq!(stopped.problems()[0].code().text(), "E609");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn restart_with(blueprint: &Blueprint, params: &Map, interrupt: &Interrupt) -> Result<Self, DefinitionError> {
        Self::started(blueprint, params, Occasion::Restart, interrupt, None)
    }

    pub(super) fn started(
        blueprint: &Blueprint,
        params: &Map,
        occasion: Occasion,
        interrupt: &Interrupt,
        log: Option<Vec<(RunId, Noted)>>,
    ) -> Result<Self, DefinitionError> {
        let mut meter = blueprint.limits().meter(interrupt);
        let mut unfolding = Self::begun(blueprint, params, occasion, &mut meter, log)?;
        let settled = unfolding.run_pending(&mut meter);
        unfolding.usage = meter.used();
        settled?;
        Ok(unfolding)
    }

    fn begun(
        blueprint: &Blueprint,
        params: &Map,
        occasion: Occasion,
        meter: &mut Meter,
        log: Option<Vec<(RunId, Noted)>>,
    ) -> Result<Self, DefinitionError> {
        let mut unfolding = Self {
            blueprint: blueprint.clone(),
            state: Arc::new(State::default()),
            usage: Usage::default(),
            spent: Spent::default(),
            log,
        };
        blueprint.inner.known(params)?;
        let started = blueprint.inner.start(MAIN, params, occasion, meter)?;
        let size = started.size;
        let opening = Opening {
            workflow: MAIN,
            body: OUTERMOST,
            values: started.values,
        };
        if unfolding.open_frame(opening, None, 0, 0).is_none() {
            let message = blueprint.inner.full.message();
            return Err(error("", None, Code::WorkflowSize, message).into());
        }
        unfolding.state_mut().add_size(size);
        unfolding.usage = meter.used();
        Ok(unfolding)
    }

    /// Returns the steps that are ready to run, each until it is completed.
    pub fn ready(&self) -> Vec<Ready> {
        self.each_ready().collect()
    }

    /// As [`ready`](Self::ready), as an iterator, in constant memory.
    ///
    /// ```
    /// use selvedge::Map;
    /// use selvedge::workflow::{Blueprint, Unfolding, Workflow};
    /// let text = r#"{"workflow": {"id": "w", "steps": [{"step": {"id": "load", "type": "sql"}}]}}"#;
    /// let workflow = Workflow::from_json(text)?;
    /// let blueprint = Blueprint::builder(workflow).build(&selvedge::Engine::default())?;
    /// let unfolding = Unfolding::start(&blueprint, &Map::new())?;
    /// assert!(unfolding.each_ready().map(|step| step.path).eq(["load"]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn each_ready(&self) -> impl Iterator<Item = Ready> {
        self.ready_runs().filter_map(|at| self.ready_at(at))
    }

    /// A step that is to run now.
    pub(super) fn ready_at(&self, at: RunId) -> Option<Ready> {
        let Run::Ready {
            values,
            started,
            retries,
        } = self.run(at).ok()?
        else {
            return None;
        };
        let step = &self.step(at).ok()?.definition;
        Some(Ready {
            path: self.path(at),
            id: step.id().to_owned(),
            type_name: step.type_name().to_owned(),
            parameters: Arc::clone(values),
            started: *started,
            attempt: retries.as_ref().map_or(0, |retries| retries.attempt()),
            delay_seconds: retries.as_ref().map_or(0, |retries| retries.delay_seconds),
        })
    }

    /// The steps that are to run now, with their parameters.
    pub(super) fn ready_runs(&self) -> impl Iterator<Item = RunId> {
        self.state.open_frames().flat_map(|(id, frame)| {
            frame.each_run().filter_map(move |(step, run)| match run {
                Run::Ready { .. } => Some(RunId::new(id, step)),
                Run::Waiting | Run::Open { .. } | Run::Ended { .. } | Run::Skipped | Run::Blocked => None,
            })
        })
    }

    /// Its progress; running if a piece is [lost](Self::lost_piece).
    pub fn progress(&self) -> Progress {
        let is_open = self.state.open_frames().next().is_some();
        match self.state.frames.first() {
            _ if is_open || self.state.lost().is_some() => Progress::Running,
            None => Progress::Running,
            Some(frame) if frame.halted && frame.stopped_by.is_none() => Progress::Ended(Status::Stopped),
            Some(frame) if frame.failed => Progress::Ended(Status::Failed),
            _ => Progress::Ended(Status::Succeeded),
        }
    }

    // Looking.

    pub(super) fn frame(&self, id: FrameId) -> Result<&Frame, Stop> {
        self.state.frames.get(id).ok_or(MISSING)
    }

    pub(super) fn run(&self, at: RunId) -> Result<&Run, Stop> {
        self.frame(at.frame)?.run(at.step).ok_or(MISSING)
    }

    pub(super) fn compiled(&self, frame: FrameId) -> Result<&Compiled, Stop> {
        let workflow = self.frame(frame)?.workflow;
        self.blueprint.inner.workflows.get(workflow).ok_or(MISSING)
    }

    pub(super) fn step(&self, at: RunId) -> Result<&CompiledStep, Stop> {
        self.blueprint.inner.step(self.frame(at.frame)?, at.step)
    }

    pub(super) fn view(&self, at: RunId) -> View {
        View {
            inner: Arc::clone(&self.blueprint.inner),
            state: Arc::clone(&self.state),
            at,
        }
    }

    /// Where a step is in the unfolding.
    pub(super) fn path(&self, at: RunId) -> String {
        let mut parts = Vec::new();
        let mut at = Some(at);
        let mut iteration = None;
        while let Some(run) = at {
            let id = self.step(run).map_or("", |step| step.definition.id());
            parts.push(match iteration {
                Some(iteration) => format!("{id}[{iteration}]"),
                None => id.to_owned(),
            });
            let Ok(frame) = self.frame(run.frame) else {
                break;
            };
            iteration = Some(frame.iteration);
            at = self.state.around(frame);
        }
        parts.reverse();
        parts.join("/")
    }

    /// The run of a path.
    pub(super) fn find(&self, path: &str) -> Option<RunId> {
        let mut frame = ROOT;
        let mut parts = path.split('/').peekable();
        loop {
            let part = parts.next()?;
            let last = parts.peek().is_none();
            let (id, iteration) = match part.strip_suffix(']').and_then(|part| part.rsplit_once('[')) {
                Some((id, iteration)) if !last => (id, iteration.parse::<u64>().ok()?),
                _ if last => (part, 0),
                _ => return None,
            };
            let compiled = self.compiled(frame).ok()?;
            let step = compiled.steps.get(*compiled.by_id.get(id)?)?;
            if step.body != self.frame(frame).ok()?.body {
                return None;
            }
            let at = RunId::new(frame, step.index);
            if last {
                return Some(at);
            }
            frame = match self.run(at).ok()? {
                Run::Open { inside, .. } => inside.iterations.frame(iteration)?,
                Run::Ended { iterations, .. } => iterations.frame(iteration)?,
                Run::Waiting | Run::Ready { .. } | Run::Skipped | Run::Blocked => return None,
            };
        }
    }
}

/// What a loop puts into an iteration beside its parameters.
pub(super) fn with_index(mut values: Map, iteration: u64) -> Map {
    values.insert(LOOP_INDEX, Value::Long(iteration as i64));
    values
}

/// The loop parameters of a step.
pub(super) fn loop_params(values: &Map) -> Option<&Map> {
    values.get(LOOP_PARAMS).and_then(Value::as_map)
}

/// The grid of a foreach's parameters.
pub(super) fn grid_of(values: &Map) -> Result<Grid<'_>, Message> {
    let axes = loop_params(values).ok_or_else(|| Message::from("the loop has no `loop_params`"))?;
    Grid::new(axes).map_err(|(name, ty)| {
        let message = Message::from("expected an array for the loop parameter ").name(name);
        message.words(", found ").words(ty.name())
    })
}
