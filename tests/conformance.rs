//! Runs the corpus in `tests/conformance`: each line is a program, its parameters, and what must come of it. The files there are
//! what SEL does, and mean the same in both dialects; those of its folder `extensions` are what goes beyond it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

use selvedge::{
    Dialect, Engine, EvalError, FixedHost, Inputs, Outcome, Phase, Schema, UnknownNames, Value, diagnostic::Code,
};
use serde_json::Value as Json;

/// Cases that need a feature which is off are not run; here is the one place that says which.
fn needs_missing_feature(line: &str) -> bool {
    let has = |classes: &[&str]| classes.iter().any(|class| line.contains(class));
    !cfg!(feature = "datetime") && has(&["DateTime", "Days", "Util", "Duration"])
        || !cfg!(feature = "data") && has(&["Hash.", "Base64.", "Url."])
}

/// The folders of what SEL does, and of what goes beyond it.
const SEL: &str = "conformance";
const EXTENSIONS: &str = "conformance/extensions";

/// The outcome of a case.
#[derive(Debug)]
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

fn engine(dialect: Dialect) -> Engine {
    let host = FixedHost {
        now_millis: 1_700_000_000_000,
        seed: 1,
    };
    let builder = Engine::builder().unknown_names(UnknownNames::Null).host(host);
    builder.dialect(dialect).build()
}

/// The cases that SEL refuses and Selvedge does not, by their ids.
fn beyond_sel() -> HashSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/beyond_sel.txt");
    let ids = fs::read_to_string(path).unwrap();
    ids.lines().map(str::to_owned).collect()
}

/// What the cases that give something else here, or that note that SEL does, have to do with the rows of `docs/MIGRATING.md`:
/// by the cases' ids, or by their notes.
fn differences(by: &str) -> HashMap<String, Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/differences.jsonl");
    let lines = fs::read_to_string(path).unwrap();
    let lines = lines.lines().map(|line| serde_json::from_str::<Json>(line).unwrap());
    let rows = |line: &Json| serde_json::from_value(line["rows"].clone()).unwrap();
    lines
        .filter_map(|line| Some((line[by].as_str()?.to_owned(), rows(&line))))
        .collect()
}

/// A row of the table of all differences: what differs, a program that shows it, and its result here.
fn rows() -> Vec<(String, String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/MIGRATING.md");
    let page = fs::read_to_string(path).unwrap();
    let table = page.split("## Every difference").nth(1).unwrap();
    let lines = table.lines().filter(|line| line.starts_with("| ")).skip(2);
    let cells = |line: &str| -> Vec<String> { line.split(" | ").map(str::to_owned).collect() };
    lines
        .map(|line| {
            let cells = cells(line.trim_start_matches("| ").trim_end_matches(" |"));
            let (source, gives) = cells[3].split_once("` → `").unwrap();
            let ends = |text: &str| text.trim_matches('`').to_owned();
            (cells[0].clone(), ends(source), ends(gives))
        })
        .collect()
}

/// Every case of a folder that the features at hand can run.
fn cases(folder: &str) -> Vec<Json> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    let texts: Vec<String> = files.map(|path| fs::read_to_string(path).unwrap()).collect();
    let lines = texts.iter().flat_map(|text| text.lines());
    // Those on parameters of known shapes are the matter of `tests/shapes.rs`.
    let lines = lines.filter(|line| !line.contains(r#""schema":"#));
    lines
        .filter(|line| !needs_missing_feature(line))
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Runs all files of a folder with a schema made of the parameters, and gives how many cases ran.
fn run_all(dialect: Dialect, folder: &str, schema: impl Fn(&Inputs) -> Schema) -> usize {
    let (engine, differences, beyond) = (engine(dialect), differences("id"), beyond_sel());
    let (mut ran, mut wrong) = (0, Vec::new());
    for case in cases(folder) {
        let id = case["id"].as_str().unwrap();
        if differences.contains_key(id) {
            continue;
        }
        ran += 1;
        let came = run(&engine, &case, &schema);
        // What is not a syntax of SEL may be refused later.
        if beyond.contains(id) && matches!(came, Came::Refused(..)) {
            continue;
        }
        if let Err(came) = judge(&case, came) {
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
    assert!(run_all(Dialect::Sel, SEL, |inputs| Schema::infer_from(inputs.as_map())) > 10_000);
}

/// Every case, with nothing known of its parameters but their values when it runs.
#[test]
fn the_corpus_with_unknown_types() {
    assert!(run_all(Dialect::Sel, SEL, |_| Schema::open()) > 10_000);
}

/// What goes beyond SEL, with the types of the parameters known and unknown.
#[test]
fn the_corpus_beyond_sel() {
    assert!(
        run_all(Dialect::Selvedge, EXTENSIONS, |inputs| Schema::infer_from(
            inputs.as_map()
        )) > 0
    );
    assert!(run_all(Dialect::Selvedge, EXTENSIONS, |_| Schema::open()) > 0);
}

/// Every case of SEL that gives a value or fails when it runs is the same in both dialects: type, value or error, steps and bytes. What
/// SEL refuses and Selvedge does not is listed.
#[test]
fn what_sel_accepts_means_the_same_in_both_dialects() {
    let (engines, beyond) = ([Dialect::Sel, Dialect::Selvedge].map(engine), beyond_sel());
    let (mut wrong, mut accepted) = (Vec::new(), HashSet::new());
    let schemas = [
        |inputs: &Inputs| Schema::infer_from(inputs.as_map()),
        |_: &Inputs| Schema::open(),
    ];
    for (case, schema) in cases(SEL)
        .iter()
        .flat_map(|case| schemas.map(|schema| (case.clone(), schema)))
    {
        let id = case["id"].as_str().unwrap();
        match engines.each_ref().map(|engine| run(engine, &case, schema)) {
            [Came::Refused(..), Came::Refused(..)] => {}
            [Came::Refused(..), Came::Evaluated(_)] if beyond.contains(id) => {
                accepted.insert(id.to_owned());
            }
            // The run refuses in SEL what only it can tell.
            [Came::Evaluated(Err(_)), Came::Evaluated(Ok(_))] if beyond.contains(id) => {
                accepted.insert(id.to_owned());
            }
            [Came::Evaluated(sel), Came::Evaluated(selvedge)] if said(&sel) == said(&selvedge) => {}
            [sel, selvedge] => wrong.push(format!("{case}\n    {sel:?}\n    {selvedge:?}")),
        }
    }
    assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
    let stale: Vec<_> = beyond.difference(&accepted).collect();
    assert!(
        !cfg!(feature = "datetime") || stale.is_empty(),
        "refused in both dialects: {stale:?}"
    );
}

/// All that a host can see of what came.
fn said(came: &Result<Outcome, EvalError>) -> String {
    match came {
        Ok(outcome) => format!("{outcome:?}"),
        Err(error) => format!("{} {:?}", error, error.usage()),
    }
}

/// What is listed as a difference is one still, and is a case.
#[test]
fn the_differences_differ() {
    let engine = engine(Dialect::Sel);
    let mut differences = differences("id");
    for case in cases(SEL) {
        if let Some(why) = differences.remove(case["id"].as_str().unwrap()) {
            let known = judge(&case, run(&engine, &case, |inputs| Schema::infer_from(inputs.as_map())));
            let open = judge(&case, run(&engine, &case, |_| Schema::open()));
            assert!(known.is_err() || open.is_err(), "differs no longer: {case}, {why:?}");
        }
    }
    assert!(
        !cfg!(feature = "datetime") || differences.is_empty(),
        "no such case: {differences:?}"
    );
}

/// The table of all differences gives what it says, every note of a case is told there, and what the cases are said to show is
/// a row of it.
#[test]
#[cfg(feature = "datetime")]
fn the_table_of_differences_is_what_the_cases_show() {
    let (engine, rows) = (engine(Dialect::Sel), rows());
    for (what, source, gives) in &rows {
        let given = match engine.compile(source, &Schema::new()) {
            Err(error) => error.diagnostics()[0].code.text().to_owned(),
            Ok(program) => match program.evaluate(&Inputs::new()) {
                Ok(outcome) => serde_json::to_string(outcome.value()).unwrap(),
                Err(error) => error.code().text().to_owned(),
            },
        };
        assert_eq!(given, *gives, "{what}: {source}");
    }
    let noted = differences("note");
    let notes: HashSet<String> = cases(SEL)
        .iter()
        .filter_map(|case| Some(case["note"].as_str()?.to_owned()))
        .collect();
    assert_eq!(
        notes,
        noted.keys().cloned().collect(),
        "notes of cases, and those that are told"
    );
    let told = noted.into_values().chain(differences("id").into_values()).flatten();
    for row in told {
        assert!(rows.iter().any(|(what, ..)| *what == row), "no such row: {row}");
    }
}
