//! Walks an unfolding to its end with answers that are known: for trying a definition out, without running anything.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::complete::CompleteError;
use super::state::Status;
use super::unfold::Unfolding;
use crate::host::Interrupt;
use crate::value::{Map, Value};

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

impl Default for Answer {
    fn default() -> Self {
        Self {
            status: Status::Succeeded,
            outputs: Map::new(),
        }
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
    /// The name of the first step whose answer is neither.
    ///
    /// ```
    /// use selvedge::workflow::Answers;
    /// let json = r#"{"load": {"rows": 5}, "check[2]/audit": {"status": "failed"}}"#;
    /// assert!(Answers::from_map(&serde_json::from_str(json)?).is_ok());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn from_map(map: &Map) -> Result<Self, String> {
        let mut by_name = HashMap::new();
        for (name, value) in map {
            let Value::Map(fields) = value else {
                return Err(name.to_owned());
            };
            let whole = !fields.is_empty() && fields.keys().all(|key| key == "status" || key == "outputs");
            let answer = match whole {
                true => value.deserialize().map_err(|_| name.to_owned())?,
                false => Answer {
                    status: Status::Succeeded,
                    outputs: fields.clone(),
                },
            };
            by_name.insert(name.to_owned(), answer);
        }
        Ok(Self { by_name })
    }

    /// The answer for a step; success without outputs where none is known.
    pub fn answer(&self, path: &str, id: &str) -> Answer {
        let found = self.by_name.get(path).or_else(|| self.by_name.get(id));
        found.cloned().unwrap_or_default()
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
    /// use selvedge::workflow::{Answers, Blueprint, Progressing, Status, Unfolding, Workflow};
    /// let text = r#"{"workflow": {"id": "w", "steps": [
    ///     {"step": {"id": "a", "type": "x", "transition": {"successors": {"b": "true"}}}},
    ///     {"step": {"id": "b", "type": "x"}}]}}"#;
    /// let workflow = Workflow::from_json(text).map_err(|_| "?")?;
    /// let blueprint = Blueprint::builder(workflow).build(&selvedge::Engine::default()).map_err(|_| "?")?;
    /// let mut unfolding = Unfolding::start(&blueprint, &Map::new()).map_err(|_| "?")?;
    /// unfolding.walk(&Answers::default(), Some("b")).map_err(|_| "?")?;
    /// assert_eq!(unfolding.ready()[0].id, "b");
    /// unfolding.walk(&Answers::default(), None).map_err(|_| "?")?;
    /// assert_eq!(unfolding.progress(), Progressing::Ended(Status::Succeeded));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn walk(&mut self, answers: &Answers, until: Option<&str>) -> Result<(), (String, CompleteError)> {
        self.walk_with(answers, until, &Interrupt::new())
    }

    /// As [`walk`](Self::walk), until it is interrupted. Each completion has the budgets of a call of its own.
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
    /// let workflow = Workflow::from_json(text).map_err(|_| "?")?;
    /// let blueprint = Blueprint::builder(workflow).build(&Engine::default()).map_err(|_| "?")?;
    /// let mut unfolding = Unfolding::start(&blueprint, &Map::new()).map_err(|_| "?")?;
    /// let late = Interrupt::new().timeout(Duration::ZERO);
    /// assert!(unfolding.walk_with(&Answers::default(), None, &late).is_err());
    /// assert!(unfolding.walk_with(&Answers::default(), None, &Interrupt::new()).is_ok());
    /// # Ok::<(), &str>(())
    /// ```
    pub fn walk_with(
        &mut self,
        answers: &Answers,
        until: Option<&str>,
        interrupt: &Interrupt,
    ) -> Result<(), (String, CompleteError)> {
        let settled = self.settle(interrupt);
        settled.map_err(|problem| (String::new(), CompleteError::Unsettled(Box::new(problem))))?;
        loop {
            let ready = self.ready();
            if ready.is_empty()
                || ready
                    .iter()
                    .any(|step| until == Some(&step.path) || until == Some(&step.id))
            {
                return Ok(());
            }
            for step in ready {
                let Answer { status, outputs } = answers.answer(&step.path, &step.id);
                self.complete_with(&step.path, status, &outputs, interrupt)
                    .map_err(|error| (step.path, error))?;
            }
        }
    }
}
