//! What is measured, and what came of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::genome::Shape;
use super::parameter::Parameter;

/// A program with its parameters and limits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Candidate {
    #[serde(default)]
    pub(crate) shape: Shape,
    pub(crate) source: String,
    pub(crate) parameters: BTreeMap<String, Parameter>,
    pub(crate) steps: u64,
    pub(crate) memory: u64,
}

impl Candidate {
    /// The program of a line of `tests/attacks`, where the line is one of [`Entry::to_attack`](super::archive::Entry::to_attack).
    pub(crate) fn from_attack(line: &Json) -> Option<Self> {
        let parameters = line["params"].as_object()?.iter();
        Some(Self {
            shape: Shape::Loop,
            source: line["source"].as_str()?.to_owned(),
            parameters: parameters
                .map(|(name, json)| Some((name.clone(), Parameter::from_json(json)?)))
                .collect::<Option<_>>()?,
            steps: line["limits"]["steps"].as_u64()?,
            memory: line["limits"]["memory"].as_u64()?,
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
    /// Bytes charged.
    pub(crate) memory: u64,
    /// Bytes of heap at the peak.
    pub(crate) peak: u64,
    /// `value`, or the code of the error.
    pub(crate) end: String,
    /// Instructions, where callgrind has counted them.
    #[serde(default)]
    pub(crate) work: u64,
    /// Time, for people to read: nothing is decided by it.
    #[serde(default)]
    pub(crate) nanoseconds: u64,
}

impl Measured {
    /// A program that does not compile.
    pub(crate) fn refused(why: String) -> Self {
        Self {
            refused: Some(why),
            ..Self::default()
        }
    }
}
