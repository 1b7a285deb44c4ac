//! Walks an unfolding to its end with answers that are known: for trying a definition out, without running anything.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::state::Status;
use super::unfold::{CompleteError, Unfolding};
use crate::value::{Map, Value};

/// What came of a step, to be given to an unfolding.
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
    pub fn walk(&mut self, answers: &Answers, until: Option<&str>) -> Result<(), (String, CompleteError)> {
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
                self.complete(&step.path, status, &outputs)
                    .map_err(|error| (step.path, error))?;
            }
        }
    }
}
