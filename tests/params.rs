//! Runs the cases of parameter sets in `tests/params/`.
#![cfg(feature = "yaml")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

#[path = "support/cases.rs"]
mod cases;

use selvedge::params::{ParameterSet, Problem};
use serde_json::{Value as Json, json};

/// The set of a case: written as `json` (a value or a text) or as `yaml`.
fn set(case: &Json) -> Result<ParameterSet, Vec<Problem>> {
    match (&case["json"], &case["yaml"]) {
        (Json::String(text), _) => ParameterSet::from_json(text),
        (Json::Null, Json::String(text)) => ParameterSet::from_yaml(text),
        (value, _) => ParameterSet::from_json(&value.to_string()),
    }
}

fn texts<T: ToString>(problems: &[T]) -> Vec<String> {
    problems.iter().map(T::to_string).collect()
}

/// Each definition as it is read and written again, or what is wrong with it.
#[test]
fn definitions_are_read_and_written() {
    cases::run("params/definitions.jsonl", |case| match set(case) {
        Ok(set) => {
            let written = serde_json::to_value(&set).unwrap();
            let again: ParameterSet = serde_json::from_value(written.clone()).unwrap();
            assert_eq!(set, again, "{case}");
            written
        }
        Err(problems) => json!({"problems": texts(&problems)}),
    });
}
