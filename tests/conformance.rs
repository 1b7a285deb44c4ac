//! Runs the corpus in `tests/conformance`: each line is a program, its parameters, and what must come of it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use selvedge::{Engine, EvalError, FixedHost, Inputs, Outcome, Phase, Schema, UnknownNames, Value, diagnostic::Code};
use serde_json::Value as Json;

/// Cases that need a feature which is off are not run; here is the one place that says which.
fn needs_missing_feature(line: &str) -> bool {
    !cfg!(feature = "datetime") && ["DateTime", "Days", "Util"].iter().any(|class| line.contains(class))
}

/// Cases whose error is one of types: where no type is known, a null parameter may be assigned to a new variable.
const NEED_TYPES: &[&str] = &[];

/// What came of a case.
enum Came {
    Refused(Phase, String),
    Evaluated(Result<Outcome, EvalError>),
}

fn run(engine: &Engine, case: &Json, schema: impl Fn(&Inputs) -> Schema) -> Came {
    let inputs = Inputs::from_serialize(case.get("params").unwrap_or(&serde_json::json!({}))).unwrap();
    match engine.compile(case["expr"].as_str().unwrap(), &schema(&inputs)) {
        Ok(program) => Came::Evaluated(program.evaluate(&inputs)),
        Err(error) => Came::Refused(error.phase(), error.to_string()),
    }
}

/// Whether what came is what the case asks for; if not, what is wrong.
fn judge(case: &Json, came: Came) -> Result<(), String> {
    if let Some(thrown) = case.get("throws") {
        return match came {
            Came::Evaluated(Err(error)) if error.code() == Code::Thrown && *thrown == error.message() => Ok(()),
            Came::Evaluated(other) => Err(format!("{other:?}")),
            Came::Refused(_, message) => Err(message),
        };
    }
    match (case.get("error").and_then(Json::as_str), came) {
        (Some("syntax"), Came::Refused(Phase::Syntax, _)) => Ok(()),
        (Some("evaluation"), Came::Refused(Phase::Check, _)) => Ok(()),
        (Some("evaluation"), Came::Evaluated(Err(error))) if error.code() != Code::Internal => Ok(()),
        (None, Came::Evaluated(Ok(outcome))) => {
            let (ty, value) = (outcome.value_type().to_string(), outcome.value().clone());
            let expected = Value::from_serialize(&case["value"]).unwrap();
            let same = case["type"] == ty.as_str() && same_value(&expected, &value);
            if same { Ok(()) } else { Err(format!("{ty} {value}")) }
        }
        (_, Came::Evaluated(result)) => Err(format!("{result:?}")),
        (_, Came::Refused(_, message)) => Err(message),
    }
}

/// Whether two values are the same as JSON says them: floats without a fraction are integers there, and NaN is a text.
fn same_value(expected: &Value, given: &Value) -> bool {
    match (expected, given) {
        (Value::Map(expected), Value::Map(given)) => {
            expected.len() == given.len()
                && expected
                    .iter()
                    .all(|(key, value)| given.get(key).is_some_and(|given| same_value(value, given)))
        }
        (Value::String(text), Value::Double(given)) => *text == Value::Double(*given).to_string(),
        (Value::Double(expected), Value::Double(given)) => expected.to_bits() == given.to_bits(),
        (Value::List(expected), given) if expected.is_empty() => given.to_string() == "[]",
        (Value::List(expected), Value::StringArray(given)) => {
            expected.iter().all(Value::is_null) && given.iter().all(Option::is_none) && expected.len() == given.len()
        }
        (expected, given) => expected == given,
    }
}

fn engine() -> Engine {
    let host = FixedHost {
        now_millis: 1_700_000_000_000,
        seed: 1,
    };
    Engine::builder().unknown_names(UnknownNames::Null).host(host).build()
}

/// The cases that give something else here, each with the reason.
fn differences() -> HashMap<String, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/differences.jsonl");
    let lines = fs::read_to_string(path).unwrap();
    let parse = |line| -> Json { serde_json::from_str(line).unwrap() };
    let text = |json: &Json| json.as_str().unwrap().to_owned();
    lines
        .lines()
        .map(parse)
        .map(|line| (text(&line["id"]), text(&line["why"])))
        .collect()
}

/// Every case that the features at hand can run.
fn cases() -> Vec<Json> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    let texts: Vec<String> = files.map(|path| fs::read_to_string(path).unwrap()).collect();
    let lines = texts.iter().flat_map(|text| text.lines());
    lines
        .filter(|line| !needs_missing_feature(line))
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Runs all files with a schema made of the parameters, and gives how many cases ran.
fn run_all(schema: impl Fn(&Inputs) -> Schema, skipped: &[&str]) -> usize {
    let (engine, differences) = (engine(), differences());
    let (mut ran, mut wrong) = (0, Vec::new());
    for case in cases() {
        let id = case["id"].as_str().unwrap();
        if skipped.contains(&id) || differences.contains_key(id) {
            continue;
        }
        ran += 1;
        if let Err(came) = judge(&case, run(&engine, &case, &schema)) {
            wrong.push(format!("{case}\n    came: {came}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {ran} cases:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    ran
}

/// Every case, with the types of its parameters known.
#[test]
fn the_corpus_with_known_types() {
    assert!(run_all(|inputs| Schema::infer_from(inputs.as_map()), &[]) > 3_000);
}

/// Every case, with nothing known of its parameters but their values when it runs.
#[test]
fn the_corpus_with_unknown_types() {
    assert!(run_all(|_| Schema::open(), NEED_TYPES) > 3_000);
}

/// What is listed as a difference is one still, and is a case.
#[test]
fn the_differences_differ() {
    let engine = engine();
    let mut differences = differences();
    for case in cases() {
        if let Some(why) = differences.remove(case["id"].as_str().unwrap()) {
            let known = judge(&case, run(&engine, &case, |inputs| Schema::infer_from(inputs.as_map())));
            let open = judge(&case, run(&engine, &case, |_| Schema::open()));
            assert!(known.is_err() || open.is_err(), "differs no longer: {case}, {why}");
        }
    }
    assert!(
        !cfg!(feature = "datetime") || differences.is_empty(),
        "no such case: {differences:?}"
    );
}
