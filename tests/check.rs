//! What `selvedge check` reports, held against the formats' own rules: SARIF against its schema (of OASIS, as published), and each
//! report against the others.

#![cfg(all(feature = "cli", feature = "datetime"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/cases.rs"]
mod cases;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use boon::{Compiler, Schemas};
use selvedge::LineIndex;
use selvedge::platform::Platform;
use selvedge::project::{File, Finding, Project, check_files};
use serde_json::Value as Json;

const SCHEMA: &str = "tests/check/sarif-2.1.0.json";
/// What is checked: every fixture, with the settings that find something in each.
const ARGUMENTS: [&str; 4] = [
    "check",
    "tests/command/check",
    "--config",
    "tests/command/check/selvedge.toml",
];

fn report(format: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_selvedge"));
    command.args(ARGUMENTS).args(["--format", format]);
    let output = command.output().unwrap();
    assert_eq!(
        output.status.code(),
        Some(3),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

fn json_report(format: &str) -> Json {
    serde_json::from_str(&report(format)).unwrap()
}

#[test]
fn sarif_is_as_its_schema_says() {
    let schema: Json = serde_json::from_str(&std::fs::read_to_string(SCHEMA).unwrap()).unwrap();
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("schema.json", schema).unwrap();
    let schema = compiler.compile("schema.json", &mut schemas).unwrap();

    let log = json_report("sarif");
    if let Err(error) = schemas.validate(&log, schema) {
        panic!("{error:#}");
    }
    // The schema refuses what is wrong: a result without a message.
    let mut wrong = log;
    wrong["runs"][0]["results"][0]["message"].take();
    assert!(schemas.validate(&wrong, schema).is_err());
}

#[test]
fn sarif_and_json_say_the_same() {
    let (sarif, json) = (json_report("sarif"), json_report("json"));
    let places = |findings: &Json, place: fn(&Json) -> Vec<Json>| -> Vec<Vec<Json>> {
        findings.as_array().unwrap().iter().map(place).collect()
    };
    let of_sarif = places(&sarif["runs"][0]["results"], |result| {
        let location = &result["locations"][0]["physicalLocation"];
        let (uri, region) = (&location["artifactLocation"]["uri"], &location["region"]);
        [
            uri,
            &region["startLine"],
            &region["startColumn"],
            &result["ruleId"],
            &result["level"],
        ]
        .map(Json::clone)
        .to_vec()
    });
    let of_json = places(&json["findings"], |finding| {
        ["file", "line", "column", "code", "severity"]
            .map(|name| finding[name].clone())
            .to_vec()
    });
    assert!(of_json.len() > 10, "the fixtures have findings: {}", of_json.len());
    assert_eq!(of_sarif, of_json);
}

#[test]
fn github_and_text_have_an_entry_for_each_finding() {
    let findings = json_report("json")["findings"].as_array().unwrap().len();
    assert_eq!(report("github").lines().count(), findings);
    assert_eq!(
        report("text")
            .lines()
            .filter(|line| line.trim_start().starts_with("--> "))
            .count(),
        findings
    );
}

#[test]
fn a_report_does_not_depend_on_how_the_threads_run() {
    let first = report("json");
    for _ in 0..5 {
        assert_eq!(report("json"), first);
    }
}

#[test]
fn rules_of_sarif_are_those_its_results_name() {
    let sarif = json_report("sarif");
    let run = &sarif["runs"][0];
    for result in run["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
    }
}

/// A file of definitions that is wrong as data, and what is found in it.
#[derive(serde::Deserialize)]
struct Recovered {
    name: String,
    yaml: Option<String>,
    json: Option<String>,
    /// Line, column and code of each finding.
    found: Vec<String>,
}

/// What is found in a file that is given on standard input.
fn found(name: &str, text: &str) -> Vec<String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_selvedge"));
    let command = command.args(["check", "-", "--stdin-name", name, "--format", "json"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let report: Json = serde_json::from_slice(&child.wait_with_output().unwrap().stdout).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    findings.map(line).collect()
}

/// Line, column and code of a finding of the command.
fn line(finding: &Json) -> String {
    let [line, column, code] = ["line", "column", "code"].map(|key| finding[key].clone());
    format!("{line}:{column} {}", code.as_str().unwrap())
}

/// What the library finds in files, by their names.
fn found_by_library(files: &serde_json::Map<String, Json>) -> Json {
    let mut found = serde_json::Map::new();
    let texts = files.iter().map(|(name, text)| File::new(name, text.as_str().unwrap()));
    for file in check_files(Project::new(Platform::new()), texts).unwrap() {
        let index = LineIndex::new(&file.text);
        let line = |finding: &Finding| {
            let at = index.position(finding.diagnostic.span.start);
            format!("{}:{} {}", at.line, at.column, finding.diagnostic.code.text())
        };
        if !file.findings.is_empty() {
            let lines: Vec<String> = file.findings.iter().map(line).collect();
            found.insert(file.name, lines.into());
        }
    }
    found.into()
}

/// What the command finds in files, by their names.
fn found_by_command(files: &serde_json::Map<String, Json>, directory: &Path) -> Json {
    for (name, text) in files {
        std::fs::write(directory.join(name), text.as_str().unwrap()).unwrap();
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_selvedge"));
    let command = command.args(["check", ".", "--format", "json"]).current_dir(directory);
    let report: Json = serde_json::from_slice(&command.output().unwrap().stdout).unwrap();
    let mut found = serde_json::Map::new();
    for finding in report["findings"].as_array().unwrap() {
        let lines = found.entry(finding["file"].as_str().unwrap());
        let lines = lines.or_insert_with(|| Json::Array(Vec::new()));
        lines.as_array_mut().unwrap().push(line(finding).into());
    }
    found.into()
}

/// Workflows in several files are checked with each other, by the command and by the library.
#[test]
fn workflows_of_several_files_are_checked_together() {
    let number = AtomicUsize::new(0);
    cases::run("check/workflows.jsonl", |case| {
        let files = case["files"].as_object().unwrap();
        let number = number.fetch_add(1, Ordering::Relaxed);
        let directory = std::env::temp_dir().join(format!("selvedge-check-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&directory).unwrap();
        let (by_library, by_command) = (found_by_library(files), found_by_command(files, &directory));
        std::fs::remove_dir_all(&directory).unwrap();
        assert_eq!(by_command, by_library, "{}", case["about"]);
        by_library
    });
}

#[test]
fn what_is_wrong_as_data_hides_no_error_of_the_rest() {
    let text = std::fs::read_to_string("tests/check/recovered.jsonl").unwrap();
    for line in text.lines() {
        let case: Recovered = serde_json::from_str(line).unwrap();
        let of_file = |name: &str, text: &Option<String>| text.as_ref().map(|text| found(name, text));
        let found = of_file("flow.yaml", &case.yaml).or_else(|| of_file("flow.json", &case.json));
        assert_eq!(found.unwrap(), case.found, "{}", case.name);
    }
}
