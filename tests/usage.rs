//! What each program of the corpus uses is part of the language: steps and bytes are kept in `tests/usage.txt`, so that no
//! optimisation changes them. Where a cost is changed on purpose: `UPDATE_USAGE=1 cargo test --test usage`.

#![cfg(feature = "datetime")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use selvedge::{Engine, FixedHost, Inputs, Schema, UnknownNames, Usage};
use serde_json::Value as Json;

/// Steps and bytes, or that the program is refused.
fn usage(engine: &Engine, source: &str, schema: &Schema, inputs: &Inputs) -> String {
    let Ok(program) = engine.compile(source, schema) else {
        return "refused".to_owned();
    };
    let Usage { steps, memory, .. } = match program.evaluate(inputs) {
        Ok(outcome) => outcome.usage(),
        Err(error) => error.usage(),
    };
    format!("{steps} {memory}")
}

#[test]
fn programs_use_what_they_used() {
    let host = FixedHost {
        now_millis: 1_700_000_000_000,
        seed: 1,
    };
    let engine = Engine::builder().unknown_names(UnknownNames::Null).host(host).build();
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let folders = ["conformance", "conformance/extensions"].map(|folder| fs::read_dir(tests.join(folder)).unwrap());
    let mut files: Vec<_> = folders
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "jsonl"));
    files.sort();
    let mut made = String::new();
    for file in files {
        for line in fs::read_to_string(file).unwrap().lines() {
            let case: Json = serde_json::from_str(line).unwrap();
            let inputs = Inputs::from_serialize(case.get("params").unwrap_or(&serde_json::json!({}))).unwrap();
            let (id, source) = (case["id"].as_str().unwrap(), case["expr"].as_str().unwrap());
            let typed = usage(&engine, source, &Schema::infer_from(inputs.as_map()), &inputs);
            let open = usage(&engine, source, &Schema::open(), &inputs);
            writeln!(made, "{id}: {typed}, without types {open}").unwrap();
        }
    }
    let path = tests.join("usage.txt");
    if std::env::var_os("UPDATE_USAGE").is_some() {
        fs::write(&path, &made).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    let changed: Vec<_> = kept
        .lines()
        .zip(made.lines())
        .filter(|(kept, made)| kept != made)
        .take(20)
        .collect();
    assert!(kept == made, "usage changed, first of all: {changed:#?}");
}
