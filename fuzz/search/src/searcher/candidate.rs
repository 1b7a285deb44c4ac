//! What is measured, and its outcome.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::genome::Shape;
use super::parameter::Parameter;

/// How a program gets its parameters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Way {
    /// By name, with their types known.
    #[default]
    Name,
    /// By slot, with their types known.
    Slot,
    /// By name; only the run tells their types.
    Untyped,
    /// By name, with their types known, and arrays as lists that are converted.
    Converted,
}

impl Way {
    /// Every way.
    pub(crate) const ALL: [Self; 4] = [Self::Name, Self::Slot, Self::Untyped, Self::Converted];
}

/// A program with its parameters and limits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Candidate {
    #[serde(default)]
    pub(crate) shape: Shape,
    pub(crate) source: String,
    pub(crate) parameters: BTreeMap<String, Parameter>,
    #[serde(default)]
    pub(crate) way: Way,
    pub(crate) steps: u64,
    pub(crate) memory: u64,
    /// The steps that building or planning a document needs, where they are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) need: Option<u64>,
    /// Whether only the whole evaluation is counted, so that a profile tells its functions alone.
    #[serde(default)]
    pub(crate) alone: bool,
}

impl Candidate {
    /// The fewest steps within which some work is not stopped: found by trying where they are not known, and all that the candidate
    /// has where those do not suffice.
    pub(crate) fn needed(&self, is_stopped: impl Fn(u64) -> bool) -> u64 {
        if let Some(need) = self.need {
            return need;
        }
        let (mut least, mut most) = (0, self.steps);
        while least < most {
            let tried = u64::midpoint(least, most);
            match is_stopped(tried) {
                true => least = tried + 1,
                false => most = tried,
            }
        }
        most
    }

    /// The same, with nothing counted but the whole evaluation.
    pub(crate) fn alone(self) -> Self {
        Self { alone: true, ..self }
    }

    /// What [`Entry::to_attack`](super::archive::Entry::to_attack) or
    /// [`Entry::to_document`](super::archive::Entry::to_document) has written.
    pub(crate) fn from_line(line: &Json) -> Option<Self> {
        if line.get("shape").is_some() {
            return serde_json::from_value(line.clone()).ok();
        }
        let parameters = line["params"].as_object()?.iter();
        Some(Self {
            shape: Shape::Loop,
            source: line["source"].as_str()?.to_owned(),
            parameters: parameters
                .map(|(name, json)| Some((name.clone(), Parameter::from_json(json)?)))
                .collect::<Option<_>>()?,
            way: match (&line["by_slot"], &line["as_lists"], &line["settings"]["open_schema"]) {
                (Json::Bool(true), ..) => Way::Slot,
                (_, Json::Bool(true), _) => Way::Converted,
                (.., Json::Bool(true)) => Way::Untyped,
                _ => Way::Name,
            },
            steps: line["limits"]["steps"].as_u64()?,
            memory: line["limits"]["memory"].as_u64()?,
            need: None,
            alone: false,
        })
    }
}

/// What an evaluation charged and took.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Measured {
    /// Why it does not compile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) refused: Option<String>,
    pub(crate) steps: u64,
    /// Of them those that building or planning a document needs.
    #[serde(default)]
    pub(crate) need: u64,
    /// Bytes charged.
    pub(crate) memory: u64,
    /// Bytes of heap at the peak.
    pub(crate) peak: u64,
    /// `value`, or the code of the error.
    pub(crate) end: String,
    /// Instructions, where callgrind has counted them.
    #[serde(default)]
    pub(crate) work: u64,
    /// The instructions and steps of an evaluation with a part of the steps: what both have was done once.
    #[serde(default)]
    pub(crate) brief: Brief,
    /// Instructions of compiling.
    #[serde(default)]
    pub(crate) compile: u64,
    /// Time, for people to read: nothing is decided by it.
    #[serde(default)]
    pub(crate) nanoseconds: u64,
    /// Time of all that was done, compiling included: bounds how long the search takes for a candidate.
    #[serde(default)]
    pub(crate) elapsed: Duration,
}

/// The `end` of a candidate that was given up.
pub(crate) const GIVEN_UP: &str = "GivenUp";
/// A candidate that takes this long is counted with fewer steps, or smaller: callgrind takes fifty times as long.
const SLOW: Duration = Duration::from_millis(250);

/// What an evaluation with a part of the steps did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Brief {
    pub(crate) steps: u64,
    pub(crate) work: u64,
}

impl Measured {
    /// Whether it takes too long to be counted.
    pub(crate) fn is_too_slow(&self) -> bool {
        self.end == GIVEN_UP || self.elapsed > SLOW
    }

    /// A program that does not compile.
    pub(crate) fn refused(why: String) -> Self {
        Self {
            refused: Some(why),
            ..Self::default()
        }
    }
}
