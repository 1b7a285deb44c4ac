//! Walks an unfolding to its end with answers that are known: for trying a definition out, without running anything.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::complete::{CompleteError, Input, stopped};
use super::event::Event;
use super::failure::StepError;
use super::state::{Noted, Run, RunId};
use super::status::Status;
use super::unfold::Unfolding;
use crate::diagnostic::{Code, escape, quote};
use crate::host::{Interrupt, Interrupted};
use crate::params::meter::{Meter, Stop};
use crate::value::{Map, Value};
use crate::work::visit;

/// The outcome of a step.
///
/// ```
/// use selvedge::workflow::{Answer, Status};
/// let answer: Answer = serde_json::from_str(r#"{"outputs": {"rows": 5}}"#)?;
/// assert_eq!((answer.status, answer.outputs.get("rows")), (Status::Succeeded, Some(&5.into())));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Answer {
    /// Its status.
    #[serde(default = "succeeded")]
    pub status: Status,
    /// Its outputs.
    #[serde(default)]
    pub outputs: Map,
    /// Its error, if it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<StepError>,
}

const fn succeeded() -> Status {
    Status::Succeeded
}

impl Answer {
    /// An outcome with a status and outputs.
    ///
    /// ```
    /// use selvedge::Map;
    /// use selvedge::workflow::{Answer, Status};
    /// let answer = Answer::new(Status::Failed, Map::new());
    /// assert_eq!(serde_json::to_value(&answer)?, serde_json::json!({"status": "failed", "outputs": {}}));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn new(status: Status, outputs: Map) -> Self {
        Self {
            status,
            outputs,
            error: None,
        }
    }
}

impl Answer {
    /// The event that the step at a path ended so.
    ///
    /// ```
    /// use selvedge::workflow::{Answer, Event, Status};
    /// assert_eq!(Answer::default().event("load"), Event::ended("load", Status::Succeeded, selvedge::Map::new()));
    /// ```
    pub fn event(self, step: impl Into<String>) -> Event {
        Event::Ended {
            step: step.into(),
            status: self.status,
            outputs: self.outputs,
            error: self.error,
        }
    }
}

impl Default for Answer {
    fn default() -> Self {
        Self::new(Status::Succeeded, Map::new())
    }
}

/// Outcomes by step: by the path of one run, or by the id of all runs of a step.
///
/// ```
/// use selvedge::workflow::{Answers, Status};
/// let json = r#"{"load": {"rows": 5}, "days[2]/load": {"status": "failed"}}"#;
/// let answers = Answers::from_map(&serde_json::from_str(json)?)?;
/// // What a path says comes before what an id says; of others success is assumed.
/// assert_eq!(answers.answer("days[2]/load", "load").status, Status::Failed);
/// assert_eq!(answers.answer("days[3]/load", "load").outputs.get("rows"), Some(&5.into()));
/// assert_eq!(answers.answer("audit", "audit").status, Status::Succeeded);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers {
    by_name: HashMap<String, Answer>,
}

impl Answers {
    /// Reads outcomes from a map: each is a map with `status` and `outputs`, or only outputs.
    ///
    /// # Errors
    ///
    /// The first step whose answer is neither.
    ///
    /// ```
    /// use selvedge::workflow::Answers;
    /// let json = r#"{"load": {"rows": 5}, "check[2]/audit": {"status": "failed"}}"#;
    /// assert!(Answers::from_map(&serde_json::from_str(json)?).is_ok());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn from_map(map: &Map) -> Result<Self, AnswerError> {
        let mut by_name = HashMap::new();
        for (name, value) in map {
            let wrong = || AnswerError::of_step(name);
            let Value::Map(fields) = value else {
                return Err(wrong());
            };
            // The outputs of a step are copied at once.
            if !visit(1 + fields.len()) {
                break;
            }
            let answer = match is_whole(fields) {
                true => {
                    let unknown =
                        |status: &&Value| status.as_str().is_none_or(|name| Status::from_name(name).is_none());
                    if let Some(status) = fields.get("status").filter(unknown) {
                        return Err(AnswerError::of_status(name, status));
                    }
                    value.deserialize().map_err(|_| wrong())?
                }
                false => Answer::new(Status::Succeeded, fields.clone()),
            };
            by_name.insert(name.to_owned(), answer);
        }
        Ok(Self { by_name })
    }

    /// As [`from_map`](Self::from_map), until it is interrupted.
    ///
    /// # Errors
    ///
    /// As [`from_map`](Self::from_map); or what stopped it.
    ///
    /// ```
    /// use selvedge::diagnostic::Code;
    /// use selvedge::workflow::Answers;
    /// use selvedge::{CancelToken, Interrupt};
    /// let (map, token) = (serde_json::from_str(r#"{"load": {"rows": 5}}"#)?, CancelToken::new());
    /// let interrupt = Interrupt::new().cancel(token.clone());
    /// assert!(Answers::from_map_with(&map, &interrupt).is_ok());
    ///
    /// token.cancel();
    /// let stopped = Answers::from_map_with(&map, &interrupt).unwrap_err();
    /// assert_eq!(stopped.stopped_by(), Some(Code::Cancelled));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn from_map_with(map: &Map, interrupt: &Interrupt) -> Result<Self, AnswerError> {
        interrupt.watch(|| Self::from_map(map)).map_err(AnswerError::stopped)?
    }

    /// Returns the outcome of a step; success without outputs by default.
    pub fn answer(&self, path: &str, id: &str) -> Answer {
        self.find(path, id).cloned().unwrap_or_default()
    }

    fn find(&self, path: &str, id: &str) -> Option<&Answer> {
        self.by_name.get(path).or_else(|| self.by_name.get(id))
    }
}

/// Whether a map says how a step ended, rather than its outputs alone.
fn is_whole(fields: &Map) -> bool {
    let is_key = |key: &str| matches!(key, "status" | "outputs" | "error");
    fields.keys().all(is_key) && (fields.contains_key("status") || fields.contains_key("outputs"))
}

/// An outcome that is neither outputs nor a status with outputs, or an interrupt.
///
/// ```
/// use selvedge::workflow::Answers;
/// let refused = Answers::from_map(&serde_json::from_str(r#"{"load": 5}"#)?).unwrap_err();
/// assert_eq!(refused.to_string(), "`load`: expected outputs, or a status with outputs");
/// assert_eq!(refused.step(), "load");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{why}")]
pub struct AnswerError {
    step: String,
    why: String,
    stopped_by: Option<Code>,
}

impl AnswerError {
    fn of_step(step: &str) -> Self {
        Self {
            step: step.to_owned(),
            why: format!("{}: expected outputs, or a status with outputs", quote(step)),
            stopped_by: None,
        }
    }

    fn of_status(step: &str, status: &Value) -> Self {
        let all = Status::names();
        Self {
            step: step.to_owned(),
            why: match status.as_str() {
                Some(status) => format!(
                    "{}: unknown status {}, expected one of {all}",
                    quote(step),
                    quote(status)
                ),
                None => format!("{}: expected a status, one of {all}", quote(step)),
            },
            stopped_by: None,
        }
    }

    fn stopped(by: Interrupted) -> Self {
        let stop = Stop::Interrupted(by).diagnostic(true);
        Self {
            step: String::new(),
            why: stop.message,
            stopped_by: Some(stop.code),
        }
    }

    /// The step, as the map names it; empty after an interrupt.
    pub fn step(&self) -> &str {
        &self.step
    }

    /// What stopped the reading, [`Code::Deadline`] or [`Code::Cancelled`]; `None` if an answer is wrong.
    pub fn stopped_by(&self) -> Option<Code> {
        self.stopped_by
    }
}

/// The error that ended a walk, with its step.
///
/// ```
/// use selvedge::Map;
/// use selvedge::workflow::{Answers, Blueprint, CompleteError, Unfolding, Workflow};
/// let text = r#"{"workflow": {"id": "w", "steps": [{"step": {"id": "load", "type": "sql"}}]}}"#;
/// let blueprint = Blueprint::builder(Workflow::from_json(text)?).build(&selvedge::Engine::default())?;
/// let answers = Answers::from_map(&serde_json::from_str(r#"{"load": {"rows": 5}}"#)?)?;
/// let refused = Unfolding::start(&blueprint, &Map::new())?.walk(&answers, None).unwrap_err();
/// assert_eq!(refused.path(), "load");
/// assert!(matches!(refused.error(), CompleteError::Outputs(_)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Error)]
#[error("{}{error}", at(.path))]
pub struct WalkError {
    path: String,
    error: CompleteError,
}

impl WalkError {
    fn new(path: impl Into<String>, error: CompleteError) -> Self {
        let path = path.into();
        Self { path, error }
    }

    /// The path of the step at which it ended; empty if there is none.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The error.
    pub fn error(&self) -> &CompleteError {
        &self.error
    }
}

fn at(path: &str) -> String {
    match path {
        "" => String::new(),
        path => format!("{}: ", escape(path)),
    }
}

impl Unfolding {
    /// Completes ready steps with known outcomes until none is ready, or until the step `until`, a path or id, is ready.
    ///
    /// # Errors
    ///
    /// The path of the step whose answer is not allowed, and why.
    ///
    /// ```
    /// use selvedge::Map;
    /// use selvedge::workflow::{Answers, Blueprint, Progress, Status, Unfolding, Workflow};
    /// let text = r#"{"workflow": {"id": "w", "steps": [
    ///     {"step": {"id": "a", "type": "x", "transition": {"successors": {"b": "true"}}}},
    ///     {"step": {"id": "b", "type": "x"}}]}}"#;
    /// let workflow = Workflow::from_json(text)?;
    /// let blueprint = Blueprint::builder(workflow).build(&selvedge::Engine::default())?;
    /// let mut unfolding = Unfolding::start(&blueprint, &Map::new())?;
    /// unfolding.walk(&Answers::default(), Some("b"))?;
    /// assert_eq!(unfolding.ready()[0].id, "b");
    /// unfolding.walk(&Answers::default(), None)?;
    /// assert_eq!(unfolding.progress(), Progress::Ended(Status::Succeeded));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn walk(&mut self, answers: &Answers, until: Option<&str>) -> Result<(), WalkError> {
        self.walk_with(answers, until, &Interrupt::new())
    }

    /// As [`walk`](Self::walk), until it is interrupted or [`walk_steps`](super::UnfoldLimits::walk_steps) is exhausted: another walk
    /// continues.
    ///
    /// # Errors
    ///
    /// As [`walk`](Self::walk); or the path of the step at which it was stopped, and what stopped it.
    ///
    /// ```
    /// use std::time::Duration;
    /// use selvedge::workflow::{Answers, Blueprint, Unfolding, Workflow};
    /// use selvedge::{Engine, Interrupt, Map};
    /// let text = r#"{"workflow": {"id": "w", "steps": [{"step": {"id": "a", "type": "x"}}]}}"#;
    /// let workflow = Workflow::from_json(text)?;
    /// let blueprint = Blueprint::builder(workflow).build(&Engine::default())?;
    /// let mut unfolding = Unfolding::start(&blueprint, &Map::new())?;
    /// let late = Interrupt::new().timeout(Duration::ZERO);
    /// assert!(unfolding.walk_with(&Answers::default(), None, &late).is_err());
    /// assert!(unfolding.walk_with(&Answers::default(), None, &Interrupt::new()).is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn walk_with(
        &mut self,
        answers: &Answers,
        until: Option<&str>,
        interrupt: &Interrupt,
    ) -> Result<(), WalkError> {
        let mut meter = self.blueprint.limits().walk_meter(interrupt);
        let walked = self.walk_in(answers, until, &mut meter);
        self.usage = meter.used();
        match self.lost_piece() {
            Some(key) => Err(WalkError::new("", CompleteError::LostPiece(key))),
            None => walked,
        }
    }

    fn walk_in(&mut self, answers: &Answers, until: Option<&str>, meter: &mut Meter) -> Result<(), WalkError> {
        let settled = self.run_pending(meter);
        settled.map_err(|stop| WalkError::new("", CompleteError::Unsettled(Box::new(stop.problem()))))?;
        // What the steps of a round make ready is the next round.
        let kept = self.log.take();
        let is_reported = kept.as_ref().is_none_or(Vec::is_empty);
        let walked = self.rounds(answers, until, is_reported, meter);
        self.log = kept;
        walked
    }

    /// `is_told`: no commands are still to tell of frames that nothing refers to any more.
    fn rounds(
        &mut self,
        answers: &Answers,
        until: Option<&str>,
        is_reported: bool,
        meter: &mut Meter,
    ) -> Result<(), WalkError> {
        meter.next_part(0);
        let round = self.first_round(until, meter);
        let mut round = round.map_err(|stop| WalkError::new("", stopped(stop)))?;
        while !round.is_empty() {
            self.log = Some(Vec::new());
            let held = size_of_val(&*round) as u64;
            for at in round {
                meter.next_part(held);
                // One that failed at once stopped those beside it.
                if !matches!(self.run(at), Ok(Run::Ready { .. })) {
                    continue;
                }
                let answered = self.answered(at, answers, meter);
                let completed = match answered {
                    Ok(answer) => {
                        let input = Input::Ended {
                            at,
                            status: answer.status,
                            outputs: &answer.outputs,
                            error: answer.error.as_ref(),
                        };
                        self.take(&input, meter)
                    }
                    Err(stop) => Err(stopped(stop)),
                };
                completed.map_err(|error| WalkError::new(self.path(at), error))?;
            }
            meter.next_part(0);
            let next = self.next_round(until, meter);
            if is_reported {
                self.let_go(meter);
            }
            round = next.map_err(|stop| WalkError::new("", stopped(stop)))?;
        }
        Ok(())
    }

    /// The steps that are to run now; `None` if one of them is what is walked to.
    fn first_round(&self, until: Option<&str>, meter: &mut Meter) -> Result<Vec<RunId>, Stop> {
        for (_, frame) in self.state.open_frames() {
            meter.steps(READY_STEPS + frame.runs.len() as u64)?;
        }
        let count = self.ready_runs().count();
        meter.bytes((count * size_of::<RunId>()) as u64)?;
        self.unless_there(self.ready_runs().collect(), until, meter)
    }

    /// The steps that are to run since the last round, in the order of their places.
    fn next_round(&mut self, until: Option<&str>, meter: &mut Meter) -> Result<Vec<RunId>, Stop> {
        let log = self.log.take().unwrap_or_default();
        let held = log.len() * (size_of::<(RunId, Noted)>() + size_of::<RunId>());
        meter.bytes(2 * held as u64)?;
        meter.steps(log.len() as u64)?;
        let is_ready = |at: &RunId| matches!(self.run(*at), Ok(Run::Ready { .. }));
        let new = log.into_iter().filter(|(_, noted)| *noted == Noted::Ready);
        let mut round: Vec<RunId> = new.map(|(at, _)| at).filter(is_ready).collect();
        round.sort_unstable();
        self.unless_there(round, until, meter)
    }

    /// A round; `None` if one of its steps is what is walked to.
    fn unless_there(&self, round: Vec<RunId>, until: Option<&str>, meter: &mut Meter) -> Result<Vec<RunId>, Stop> {
        let Some(until) = until else { return Ok(round) };
        for at in &round {
            let path = self.path(*at);
            meter.steps(READY_STEPS + path.len() as u64)?;
            if until == self.step(*at)?.definition.id() || until == path {
                return Ok(Vec::new());
            }
        }
        Ok(round)
    }

    /// The answer for a step.
    fn answered(&self, at: RunId, answers: &Answers, meter: &mut Meter) -> Result<Answer, Stop> {
        if answers.by_name.is_empty() {
            return Ok(Answer::default());
        }
        let path = self.path(at);
        meter.steps(READY_STEPS + path.len() as u64)?;
        let Some(answer) = answers.find(&path, self.step(at)?.definition.id()) else {
            return Ok(Answer::default());
        };
        meter.copy(answer.outputs.held())?;
        let said = answer.error.as_ref().map_or(0, |error| error.message.len());
        meter.bytes(said as u64)?;
        Ok(answer.clone())
    }
}

/// Steps for a frame that is looked through, and for a path.
const READY_STEPS: u64 = 40;
