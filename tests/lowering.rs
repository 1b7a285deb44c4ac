//! The code that programs are lowered to, instruction by instruction, as their listing prints it: where a loop stops being one
//! instruction, or a constant is loaded on each iteration, no result tells. The programs of `tests/lowering.jsonl`, their code in
//! `tests/lowering.txt`; where it is changed on purpose: `UPDATE_LOWERING=1 cargo test --test lowering`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

use std::fs;
use std::path::Path;

use selvedge::{Engine, Limits, Schema, UnknownNames};
use serde_json::Value as Json;

/// The listing of a line's program.
fn listing(row: &Json) -> String {
    let source = row["expr"].as_str().unwrap();
    let limits = match row["iterations"].as_u64() {
        Some(iterations) => Limits::default().loop_iterations(iterations),
        None => Limits::default(),
    };
    let unknown_names = match row["unknown"].as_str() {
        Some("error") => UnknownNames::Error,
        _ => UnknownNames::Null,
    };
    let engine = Engine::builder().unknown_names(unknown_names).limits(limits).build();
    let types = row.get("types").cloned().unwrap_or(serde_json::json!({}));
    let schema: Schema = serde_json::from_value(types).unwrap_or_else(|error| panic!("{source}: {error}"));
    let program = engine
        .compile_uncached(source, &schema)
        .unwrap_or_else(|error| panic!("{source}: {error}"));
    format!("# {source}\n{}\n", program.listing().trim_end())
}

#[test]
fn programs_are_lowered_to_the_code_that_is_kept() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let rows = fs::read_to_string(tests.join("lowering.jsonl")).unwrap();
    let rows = rows.lines().map(|line| serde_json::from_str(line).unwrap());
    let made: Vec<String> = rows.map(|row| listing(&row)).collect();
    let path = tests.join("lowering.txt");
    if std::env::var_os("UPDATE_LOWERING").is_some() {
        fs::write(&path, made.join("\n")).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    let changed = made.iter().find(|listing| !kept.contains(listing.as_str()));
    assert!(
        kept == made.join("\n"),
        "the code is another, first of all:\n{changed:#?}"
    );
}
