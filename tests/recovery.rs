//! What is said of a program after its first syntax error: nothing that would not be wrong without it. One statement of a right
//! program is spoilt; that is one error.

#![cfg(feature = "datetime")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

use std::fs;
use std::path::Path;

use selvedge::{Engine, Inputs, Schema, UnknownNames};

/// Where statements end in a program: at each `;` outside of strings, comments and parentheses.
fn ends(source: &str) -> Vec<usize> {
    let (mut ends, mut quote, mut depth) = (Vec::new(), None, 0);
    let mut bytes = source.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match (quote, byte) {
            (Some(_), b'\\') => drop(bytes.next()),
            (Some(open), _) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'\'' | b'"') => quote = Some(byte),
            (None, b'(') => depth += 1,
            (None, b')') => depth -= 1,
            (None, b';') if depth == 0 => ends.push(source.get(..at).unwrap().trim_end().len()),
            (None, _) => {}
        }
    }
    ends
}

/// The programs of the corpus with the schemas that their parameters give.
fn programs() -> Vec<(String, Schema)> {
    let mut programs = Vec::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "jsonl") {
            continue;
        }
        for line in fs::read_to_string(path).unwrap().lines() {
            let case: serde_json::Value = serde_json::from_str(line).unwrap();
            let inputs = Inputs::from_serialize(case.get("params").unwrap_or(&serde_json::json!({}))).unwrap();
            programs.push((
                case["expr"].as_str().unwrap().to_owned(),
                Schema::infer_from(inputs.as_map()),
            ));
        }
    }
    programs
}

#[test]
fn one_spoilt_statement_is_one_error() {
    let engine = Engine::builder().unknown_names(UnknownNames::Null).build();
    let (mut spoilt, mut wrong) = (0, Vec::new());
    for (source, schema) in programs() {
        let comments = source.contains("//") || source.contains("/*");
        if comments || engine.compile_uncached(&source, &schema).is_err() {
            continue;
        }
        for end in ends(&source) {
            for junk in [" +", " 7 7"] {
                let mut source = source.clone();
                source.insert_str(end, junk);
                let Err(error) = engine.compile_uncached(&source, &schema) else {
                    continue;
                };
                spoilt += 1;
                if error.diagnostics().len() > 1 {
                    wrong.push(format!("{source}\n{}", error.report("expression")));
                }
            }
        }
    }
    println!("{spoilt} programs");
    assert!(spoilt > 5_000, "{spoilt} programs");
    let some = wrong.get(..wrong.len().min(10)).unwrap();
    assert!(some.is_empty(), "{} of {spoilt}\n{}", wrong.len(), some.join("\n"));
}
