//! The unfolding of a workflow: a state machine without any input or output.

use std::collections::VecDeque;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::blueprint::{Blueprint, Compiled, CompiledStep, LOOP_INDEX, LOOP_PARAMS};
use super::builder::BlueprintBuilder;
use super::definition::Workflow;
use super::judge;
use super::product::Grid;
use super::state::{Run, State, Status};
use super::view::View;
use crate::diagnostic::quote;
use crate::engine::Engine;
use crate::params::{Occasion, Problem};
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
/// unfolding.complete("load", Status::Succeeded, &Map::from_iter([("rows", 7)])).map_err(|_| "?")?;
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
///
/// ```
/// use selvedge::workflow::{Blueprint, Saved, Status, Unfolding, Workflow};
/// use selvedge::{Engine, Map};
/// let text = r#"{"workflow": {"id": "w", "steps": [{"step": {"id": "load", "type": "sql"}}]}}"#;
/// let blueprint = Blueprint::builder(Workflow::from_json(text).map_err(|_| "?")?).build(&Engine::default());
/// let unfolding = Unfolding::start(&blueprint.map_err(|_| "?")?, &Map::new()).map_err(|_| "?")?;
/// let json = serde_json::to_string(&unfolding.save())?;
///
/// let saved: Saved = serde_json::from_str(&json)?;
/// let mut resumed = Unfolding::resume(saved, &Engine::default(), |builder| builder).map_err(|_| "?")?;
/// resumed.complete("load", Status::Succeeded, &Map::new())?;
/// assert!(resumed.ready().is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
///
/// ```
/// use selvedge::Map;
/// use selvedge::workflow::{Blueprint, Unfolding, Workflow};
/// let text = r#"{"workflow": {"id": "w", "steps": [
///     {"step": {"id": "load", "type": "sql", "params": {"rows": {"value": 7}}}}]}}"#;
/// let workflow = Workflow::from_json(text).map_err(|_| "?")?;
/// let blueprint = Blueprint::builder(workflow).build(&selvedge::Engine::default()).map_err(|_| "?")?;
/// let load = &Unfolding::start(&blueprint, &Map::new()).map_err(|_| "?")?.ready()[0];
/// assert_eq!((&*load.path, &*load.type_name, load.parameters.get("rows")), ("load", "sql", Some(&7.into())));
/// # Ok::<(), &str>(())
/// ```
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
///
/// ```
/// use selvedge::workflow::{Progressing, Status};
/// assert_eq!(serde_json::to_string(&Progressing::Running)?, r#""running""#);
/// let failed = serde_json::to_string(&Progressing::Ended(Status::Failed))?;
/// assert_eq!(failed, r#"{"ended":"failed"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Progressing {
    /// Steps are to run.
    Running,
    /// Everything has ended.
    Ended(Status),
}

/// Why a step was not completed; nothing was changed.
///
/// ```
/// use selvedge::Map;
/// use selvedge::workflow::{Blueprint, Status, Unfolding, Workflow};
/// let text = r#"{"workflow": {"id": "w", "steps": [{"step": {"id": "load", "type": "sql"}}]}}"#;
/// let workflow = Workflow::from_json(text).map_err(|_| "?")?;
/// let blueprint = Blueprint::builder(workflow).build(&selvedge::Engine::default()).map_err(|_| "?")?;
/// let mut unfolding = Unfolding::start(&blueprint, &Map::new()).map_err(|_| "?")?;
/// let mut tell = |path| unfolding.complete(path, Status::Succeeded, &Map::new()).map_err(|error| error.to_string());
/// assert_eq!(tell("lode"), Err("`lode` is no step of the unfolding".to_owned()));
/// assert_eq!(tell("load"), Ok(()));
/// assert_eq!(tell("load"), Err("the step `load` cannot be completed: it has ended".to_owned()));
/// # Ok::<(), &str>(())
/// ```
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
    ///
    /// ```
    /// use selvedge::Map;
    /// use selvedge::workflow::{Blueprint, Unfolding, Workflow};
    /// let text = r#"{"workflow": {"id": "w", "params": {"day": {"type": "LONG", "value": 1}}, "steps": [
    ///     {"step": {"id": "load", "type": "sql", "params": {"next": {"expression": "day + 1"}}}}]}}"#;
    /// let workflow = Workflow::from_json(text).map_err(|_| "?")?;
    /// let blueprint = Blueprint::builder(workflow).build(&selvedge::Engine::default()).map_err(|_| "?")?;
    /// let unfolding = Unfolding::start(&blueprint, &Map::from_iter([("day", 20)])).map_err(|_| "?")?;
    /// assert_eq!(unfolding.ready()[0].parameters.get("next"), Some(&21.into()));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn start(blueprint: &Blueprint, params: &Map) -> Result<Self, Vec<Problem>> {
        Self::begin_at(blueprint, params, Occasion::Start)
    }

    /// Starts once more, with values for the workflow's parameters that their modes allow to change then.
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
    /// let workflow = Workflow::from_json(text).map_err(|_| "?")?;
    /// let blueprint = Blueprint::builder(workflow).build(&selvedge::Engine::default()).map_err(|_| "?")?;
    /// let day = Map::from_iter([("day", 2)]);
    /// assert!(Unfolding::start(&blueprint, &day).is_ok());
    /// assert_eq!(Unfolding::restart(&blueprint, &day).unwrap_err()[0].code().text(), "E720");
    /// # Ok::<(), &str>(())
    /// ```
    pub fn restart(blueprint: &Blueprint, params: &Map) -> Result<Self, Vec<Problem>> {
        Self::begin_at(blueprint, params, Occasion::Restart)
    }

    fn begin_at(blueprint: &Blueprint, params: &Map, occasion: Occasion) -> Result<Self, Vec<Problem>> {
        let mut unfolding = Self {
            blueprint: blueprint.clone(),
            state: Arc::new(State::default()),
        };
        let values = unfolding.workflow_values(0, params, occasion)?;
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
    ///
    /// ```
    /// use selvedge::workflow::{Blueprint, Unfolding, Workflow};
    /// use selvedge::{Engine, Map};
    /// let text = r#"{"workflow": {"id": "w", "steps": [{"step": {"id": "load", "type": "sql"}}]}}"#;
    /// let workflow = Workflow::from_json(text).map_err(|_| "?")?;
    /// let blueprint = Blueprint::builder(workflow).build(&Engine::default()).map_err(|_| "?")?;
    /// let saved = Unfolding::start(&blueprint, &Map::new()).map_err(|_| "?")?.save();
    /// let resumed = Unfolding::resume(saved, &Engine::default(), |builder| builder).map_err(|_| "?")?;
    /// assert_eq!(resumed.ready()[0].path, "load");
    /// # Ok::<(), &str>(())
    /// ```
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
        let mut state = saved.state;
        judge::restore(&blueprint, &mut state);
        Ok(Self {
            blueprint,
            state: Arc::new(state),
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
    ///
    /// ```
    /// use selvedge::Map;
    /// use selvedge::workflow::{Blueprint, Progressing, Status, Unfolding, Workflow};
    /// let text = r#"{"workflow": {"id": "w", "steps": [{"step": {"id": "load", "type": "sql"}}]}}"#;
    /// let workflow = Workflow::from_json(text).map_err(|_| "?")?;
    /// let blueprint = Blueprint::builder(workflow).build(&selvedge::Engine::default()).map_err(|_| "?")?;
    /// let mut unfolding = Unfolding::start(&blueprint, &Map::new()).map_err(|_| "?")?;
    /// unfolding.complete("load", Status::Failed, &Map::new()).map_err(|_| "?")?;
    /// assert_eq!(unfolding.progress(), Progressing::Ended(Status::Failed));
    /// # Ok::<(), &str>(())
    /// ```
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
