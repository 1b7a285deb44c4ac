//! Blueprints of the cases of workflows.

use selvedge::params::{DefinitionError, Orchestrator};
use selvedge::workflow::{Blueprint, BlueprintBuilder, Defaults, UnfoldLimits, Workflow};
use selvedge::{Engine, HostError, Map, Value};
use serde_json::Value as Json;

pub(crate) fn workflow(json_or_yaml: &Json) -> Result<Workflow, DefinitionError> {
    match json_or_yaml {
        Json::String(yaml) => Workflow::from_yaml(yaml),
        json => Workflow::from_json(&json.to_string()),
    }
}

pub(crate) fn blueprint(case: &Json) -> Result<Blueprint, DefinitionError> {
    let mut builder = signals(case, Blueprint::builder(workflow(&case["workflow"])?)).defaults(defaults(case)?);
    for sub in case["subworkflows"].as_array().into_iter().flatten() {
        builder = builder.subworkflow(workflow(sub)?);
    }
    if let Some(limits) = case.get("limits") {
        builder = builder.limits(serde_json::from_value::<UnfoldLimits>(limits.clone()).unwrap());
    }
    builder.build(&Engine::default())
}

/// What the definitions of a case are laid over.
pub(crate) fn defaults(case: &Json) -> Result<Defaults, DefinitionError> {
    let mut defaults = match &case["defaults"] {
        Json::Null => Defaults::new(),
        Json::String(yaml) => Defaults::from_yaml(yaml)?,
        json => Defaults::from_json(&json.to_string())?,
    };
    for template in case["templates"].as_array().into_iter().flatten() {
        defaults = match template {
            Json::String(yaml) => defaults.with_template_yaml(yaml)?,
            json => defaults.with_template_json(&json.to_string())?,
        };
    }
    Ok(defaults)
}

/// Knows the day and the note of every signal.
struct Signals;

impl Orchestrator for Signals {
    fn get_from_signal(&self, _signal: Option<&str>, parameter: &str) -> Result<Value, HostError> {
        match parameter {
            "day" => Ok(7.into()),
            "note" => Ok("all of it".into()),
            _ => Err(HostError::new("it has not come")),
        }
    }
}

/// The builder with what is not data: the signals of the case.
pub(crate) fn signals(case: &Json, builder: BlueprintBuilder) -> BlueprintBuilder {
    let signals = case["signals"].as_object().into_iter().flatten();
    signals.fold(builder.orchestrator(Signals), |builder, (name, types)| {
        builder.signal(name, serde_json::from_value(types.clone()).unwrap())
    })
}

pub(crate) fn map(json: &Json) -> Map {
    match json {
        Json::Null => Map::new(),
        json => serde_json::from_value(json.clone()).unwrap(),
    }
}
