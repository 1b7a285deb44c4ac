//! What answers the functions of a platform in a test: its stubs, over those of the platform.

use super::case::Test;
use super::layer::merged;
use super::verdict::{Failure, Verdict};
use crate::engine::Engine;
use crate::params::problem::key_path;
use crate::platform::{Platform, Stub};
use crate::value::Value;

/// The engine of a test, whose functions its stubs answer.
pub(super) fn engine(test: &Test, engine: &Engine, platform: Option<&Platform>) -> Result<Engine, Box<Verdict>> {
    let stubs = merged(test.layers.iter().map(|layer| &layer.stubs));
    if stubs.is_empty() {
        return Ok(engine.clone());
    }
    let mut platform = platform.cloned().unwrap_or_default();
    let mut failures = Vec::new();
    for (name, given) in stubs {
        if let Err(refused) = platform.stub(name, stub(&given.value)) {
            let path = key_path(&key_path(&test.path, "stubs"), name);
            let first = refused.problems().first();
            let message = first.map_or("the stub was refused", |problem| problem.message());
            let failure = Failure::new(&path, given.place, message);
            failures.push(failure.with_help(first.and_then(|problem| problem.help()).map(str::to_owned)));
        }
    }
    Verdict::unless_empty(failures)?;
    match platform.host_functions() {
        Ok(functions) => Ok(engine.with_host_functions(functions)),
        Err(refused) => Err(Box::new(Verdict::of(Failure::new(
            &test.path,
            test.place,
            refused.to_string(),
        )))),
    }
}

/// A map with the one key `value` or `expression`, or a value as it is.
fn stub(given: &Value) -> Stub {
    if let Some(map) = given.as_map().filter(|map| map.len() == 1) {
        if let Some(source) = map.get("expression").and_then(Value::as_str) {
            return Stub::expression(source);
        }
        if let Some(value) = map.get("value") {
            return Stub::value(value.clone());
        }
    }
    Stub::value(given.clone())
}
