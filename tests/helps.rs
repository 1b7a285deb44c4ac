//! Helps are true. Each line of `tests/diagnostics/helps.jsonl` is a program that is refused or fails, a piece of code that its
//! help proposes, and what that code gives; and whatever code a help proposes, in any case, compiles.

#![cfg(feature = "datetime")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

use std::fs;
use std::path::Path;

use selvedge::diagnostic::Diagnostic;
use selvedge::{Dialect, Engine, Inputs, Schema, UnknownNames};
use serde::Deserialize;
use serde_json::Value as Json;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Help {
    source: String,
    code: String,
    params: Vec<Json>,
    values: Vec<Json>,
    schema: Option<Schema>,
    #[serde(default)]
    dialect: Dialect,
}

fn lines(file: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/diagnostics")
        .join(file);
    fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect()
}

fn helps() -> Vec<Help> {
    let read = |line: &String| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    lines("helps.jsonl").iter().map(read).collect()
}

/// The pieces of code in a text.
fn code_in(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// All that is said of a program and its run.
fn said(dialect: Dialect, source: &str, schema: &Schema, inputs: &Inputs) -> Vec<Diagnostic> {
    match Engine::builder().dialect(dialect).build().compile(source, schema) {
        Ok(program) => {
            let failed = program.evaluate(inputs).err().map(|error| error.diagnostic());
            program.warnings().iter().cloned().chain(failed).collect()
        }
        Err(refused) => refused.diagnostics().to_vec(),
    }
}

/// What is wrong with a help, if anything.
fn untrue(help: &Help) -> Option<String> {
    for (params, value) in help.params.iter().zip(&help.values) {
        let inputs = Inputs::from_serialize(params).unwrap();
        let schema = help
            .schema
            .clone()
            .unwrap_or_else(|| Schema::infer_from(inputs.as_map()));
        let said = said(help.dialect, &help.source, &schema, &inputs);
        let proposed = said.iter().filter_map(|diagnostic| diagnostic.help.as_deref());
        if !proposed.flat_map(code_in).any(|code| code == help.code) {
            return Some(format!("{}: not proposed, but {said:?}", help.source));
        }
        let engine = engine(help.dialect);
        let program = match engine.compile(&help.code, &schema) {
            Ok(program) => program,
            Err(error) => return Some(error.report(&help.source)),
        };
        match program.evaluate(&inputs) {
            Ok(outcome) if serde_json::to_value(outcome.value()).unwrap() == *value => {}
            other => return Some(format!("{} with {params}: {other:?}", help.code)),
        }
    }
    None
}

#[test]
fn what_helps_propose_gives_what_was_meant() {
    let helps = helps();
    assert!(helps.iter().all(|help| help.params.len() == help.values.len()));
    let wrong: Vec<String> = helps.iter().filter_map(untrue).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether a piece of code is whole: no name, operator or type alone, no beginning and nothing left out.
fn is_whole(code: &str) -> bool {
    let fragment = code.starts_with('.') || code.contains('…') || code.contains('\\');
    let is_call = code.contains('(') && code.contains(')') && code != "()" && !code.contains("else ");
    !fragment && is_call
}

const DIALECTS: [Dialect; 2] = [Dialect::Sel, Dialect::Selvedge];

fn engine(dialect: Dialect) -> Engine {
    let builder = Engine::builder().unknown_names(UnknownNames::Null);
    builder.dialect(dialect).build()
}

/// Whether code compiles, as a program or as a value that does not leave it.
fn compiles(engine: &Engine, code: &str) -> bool {
    let inner = format!("value = {code}; return 1;");
    [code, &inner]
        .iter()
        .any(|code| engine.compile(code, &Schema::open()).is_ok())
}

#[test]
fn whatever_code_the_table_of_advice_proposes_compiles() {
    let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/advice/table.txt");
    let table = fs::read_to_string(table).unwrap().replace("{}", "x");
    let helps = table.lines().filter_map(|line| line.split_once(" → "));
    let helps = helps.flat_map(|(_, help)| match help.split_once(" ‖") {
        Some((selvedge, sel)) => vec![(Dialect::Selvedge, selvedge), (Dialect::Sel, sel)],
        // What SEL accepts, selvedge does as well.
        None => vec![(Dialect::Sel, help)],
    });
    let code = helps.flat_map(|(dialect, help)| code_in(help).map(move |code| (dialect, code)));
    let wrong = code.filter(|(dialect, code)| is_whole(code) && !compiles(&engine(*dialect), code));
    let wrong: Vec<&str> = wrong.map(|(_, code)| code).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn whatever_code_a_help_proposes_compiles() {
    let cases = lines("cases.jsonl")
        .into_iter()
        .map(|line| serde_json::from_str::<Json>(&line).unwrap());
    let sources = cases.map(|case| (case["source"].as_str().unwrap().to_owned(), case["params"].clone()));
    let sources = sources.chain(helps().into_iter().map(|help| (help.source, help.params[0].clone())));
    let mut wrong = Vec::new();
    let mut compiled = 0;
    for ((source, params), dialect) in sources.flat_map(|source| DIALECTS.map(|dialect| (source.clone(), dialect))) {
        let params = if params.is_null() {
            serde_json::json!({})
        } else {
            params
        };
        let inputs = Inputs::from_serialize(&params).unwrap();
        for diagnostic in said(dialect, &source, &Schema::infer_from(inputs.as_map()), &inputs) {
            let help = diagnostic.help.unwrap_or_default();
            for code in code_in(&help).filter(|code| is_whole(code)) {
                compiled += 1;
                if !compiles(&engine(dialect), code) {
                    wrong.push(format!("{source}\n  {code}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(compiled > 100, "{compiled}");
}
