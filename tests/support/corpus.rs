//! The corpus: each line of the files in `tests/conformance`, and in its folder of what goes beyond SEL, is a program with its parameters.

use std::fs;
use std::path::Path;

use selvedge::Inputs;
use serde_json::{Value as Json, json};

/// The programs with their parameters, in the same order each time.
pub(crate) fn corpus() -> Vec<(String, Inputs)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance");
    let folders = [folder.clone(), folder.join("extensions")];
    let files = folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap());
    let files = files.map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files
        .filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"))
        .collect();
    files.sort();
    let texts: Vec<String> = files.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let cases = texts.iter().flat_map(|text| text.lines());
    let cases = cases.map(|line| serde_json::from_str::<Json>(line).unwrap());
    let program = |case: Json| {
        let inputs = Inputs::from_serialize(case.get("params").unwrap_or(&json!({}))).unwrap();
        (case["expr"].as_str().unwrap().to_owned(), inputs)
    };
    cases.map(program).collect()
}
