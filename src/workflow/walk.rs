//! Walks an unfolding to its end with answers that are known: for trying a definition out, without running anything.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::complete::{CompleteError, stopped};
use super::state::{Run, RunId, Status};
use super::unfold::Unfolding;
use crate::diagnostic::{Code, escape, quote};
use crate::host::{Interrupt, Interrupted};
use crate::params::meter::{Meter, Stop};
use crate::value::{Map, Value};
use crate::work::visit;

/// What came of a step, to be given to an unfolding.
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
    /// How it ended.
    #[serde(default = "succeeded")]
    pub status: Status,
    /// Its outputs.
    #[serde(default)]
    pub outputs: Map,
}

const fn succeeded() -> Status {
    Status::Succeeded
}

impl Answer {
    /// That a step ended so, with these outputs.
    ///
    /// ```
    /// use selvedge::Map;
    /// use selvedge::workflow::{Answer, Status};
    /// let answer = Answer::new(Status::Failed, Map::new());
    /// assert_eq!(serde_json::to_value(&answer)?, serde_json::json!({"status": "failed", "outputs": {}}));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn new(status: Status, outputs: Map) -> Self {
        Self { status, outputs }
    }
}

impl Default for Answer {
    fn default() -> Self {
        Self::new(Status::Succeeded, Map::new())
    }
}

/// Answers by step: by the path of one run, or by the id of all runs of a step.
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
    /// The answers of a map: each a map with `status` and `outputs`, or else outputs alone.
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
            let whole = !fields.is_empty() && fields.keys().all(|key| key == "status" || key == "outputs");
            let answer = match whole {
                true => value.deserialize().map_err(|_| wrong())?,
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

    /// The answer for a step; success without outputs where none is known.
    pub fn answer(&self, path: &str, id: &str) -> Answer {
        self.find(path, id).cloned().unwrap_or_default()
    }

    fn find(&self, path: &str, id: &str) -> Option<&Answer> {
        self.by_name.get(path).or_else(|| self.by_name.get(id))
    }
}

/// An answer that is neither outputs nor a status with outputs; or what stopped the reading.
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

    fn stopped(by: Interrupted) -> Self {
        let stop = Stop::Interrupted(by).diagnostic(true);
        Self {
            step: String::new(),
            why: stop.message,
            stopped_by: Some(stop.code),
        }
    }

    /// The step, as the answers name it; empty where the reading was stopped.
    pub fn step(&self) -> &str {
        &self.step
    }

    /// What stopped the reading, [`Code::Deadline`] or [`Code::Cancelled`]; none where an answer is wrong.
    pub fn stopped_by(&self) -> Option<Code> {
        self.stopped_by
    }
}

/// Why a walk ended before its end, and at which step.
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

    /// The path of the step at which it ended; empty where it was at none.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Why.
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
    /// Completes what is ready with the answers, until nothing is, or until a step is ready that `until` names by path or id.
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

    /// As [`walk`](Self::walk), until it is interrupted, or has used up [`walk_steps`](super::UnfoldLimits::walk_steps): another walk
    /// goes on where it was.
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
        walked
    }

    fn walk_in(&mut self, answers: &Answers, until: Option<&str>, meter: &mut Meter) -> Result<(), WalkError> {
        let settled = self.run_pending(meter);
        settled.map_err(|stop| WalkError::new("", CompleteError::Unsettled(Box::new(stop.problem()))))?;
        loop {
            meter.next_part(0);
            let round = self.round(until, meter);
            let round = round.map_err(|stop| WalkError::new("", stopped(stop)))?;
            if round.is_empty() {
                return Ok(());
            }
            let held = size_of_val(&*round) as u64;
            for at in round {
                meter.next_part(held);
                // One that failed at once stopped those beside it.
                if !matches!(self.run(at), Ok(Run::Ready { .. })) {
                    continue;
                }
                let answered = self.answered(at, answers, meter);
                let completed = match answered {
                    Ok(Answer { status, outputs }) => self.complete_in(at, status, &outputs, meter),
                    Err(stop) => Err(stopped(stop)),
                };
                completed.map_err(|error| WalkError::new(self.path(at), error))?;
            }
        }
    }

    /// The steps that are to run now; none where one of them is what is walked to.
    fn round(&self, until: Option<&str>, meter: &mut Meter) -> Result<Vec<RunId>, Stop> {
        for (_, frame) in self.state.open_frames() {
            meter.steps(READY_STEPS + frame.runs.len() as u64)?;
        }
        let count = self.ready_runs().count();
        meter.bytes((count * size_of::<RunId>()) as u64)?;
        let mut round = Vec::with_capacity(count);
        for (at, _) in self.ready_runs() {
            if let Some(until) = until {
                let path = self.path(at);
                meter.steps(READY_STEPS + path.len() as u64)?;
                if until == self.step(at)?.definition.id() || until == path {
                    return Ok(Vec::new());
                }
            }
            round.push(at);
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
        Ok(answer.clone())
    }
}

/// Steps for a frame that is looked through, and for a path.
const READY_STEPS: u64 = 40;
