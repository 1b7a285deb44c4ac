//! The reports of `selvedge test`, held against the formats' own rules: JUnit's XML by what its schema lets stand where, a tracefile record by
//! record. What they print is in `tests/command/test.trycmd`.

#![cfg(all(feature = "cli", feature = "datetime"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::process::Command;

/// What the schema that Jenkins publishes for JUnit, `junit-10.xsd`, lets stand in each element: attributes, those that must be there with `!`, and elements.
const JUNIT: [(&str, &str, &str); 5] = [
    ("testsuites", "name time tests failures errors", "testsuite"),
    (
        "testsuite",
        "name! tests! failures! errors! group time skipped timestamp hostname id package file log url version",
        "testsuite properties testcase system-out system-err",
    ),
    (
        "testcase",
        "name! time classname group",
        "skipped error failure system-out system-err",
    ),
    ("failure", "message type", ""),
    ("error", "message type", ""),
];

fn run(arguments: &[&str], exit: i32) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_selvedge"));
    let output = command.arg("test").args(arguments).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(exit), "{told}");
    String::from_utf8(output.stdout).unwrap()
}

/// The names and attributes of a tag.
fn attributes(tag: &str) -> BTreeMap<&str, &str> {
    let parts: Vec<&str> = tag.split('"').collect();
    let pairs = parts.chunks_exact(2);
    pairs
        .map(|pair| (pair[0].trim().trim_end_matches('='), pair[1]))
        .collect()
}

/// Why a text is not a report of JUnit; how many cases, failures and errors it has.
fn junit(text: &str) -> Result<[usize; 3], String> {
    let body = text
        .strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        .ok_or("no declaration")?;
    let (mut open, mut counts) = (Vec::<&str>::new(), [0; 3]);
    for piece in body.split('<').skip(1) {
        let (tag, content) = piece.split_once('>').ok_or(format!("an open tag: {piece}"))?;
        if content.contains('>') || text.chars().any(|next| next.is_control() && next != '\n') {
            return Err(format!("a character that no document has: {content}"));
        }
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("`{name}` is closed, and was not open"));
            }
            continue;
        }
        let (name, given) = tag.trim_end_matches('/').split_once(' ').unwrap_or((tag, ""));
        let rule = JUNIT
            .iter()
            .find(|(known, ..)| *known == name)
            .ok_or(format!("no element `{name}`"))?;
        let around = open
            .last()
            .and_then(|last| JUNIT.iter().find(|(known, ..)| known == last));
        if around.is_some_and(|(_, _, inner)| !inner.split(' ').any(|inner| inner == name)) {
            return Err(format!("`{name}` stands in {open:?}"));
        }
        let given = attributes(given);
        let known = |key: &&str| rule.1.split(' ').any(|known| known.trim_end_matches('!') == *key);
        let unknown = given.keys().find(|key| !known(key));
        let missing = rule.1.split(' ').filter_map(|known| known.strip_suffix('!'));
        let missing = missing.into_iter().find(|key| !given.contains_key(key));
        if unknown.is_some() || missing.is_some() {
            return Err(format!("{name}: unknown {unknown:?}, missing {missing:?}"));
        }
        for (count, counted) in counts.iter_mut().zip(["testcase", "failure", "error"]) {
            *count += usize::from(name == counted);
        }
        if !tag.ends_with('/') {
            open.push(name);
        }
    }
    match open.is_empty() {
        true => Ok(counts),
        false => Err(format!("{open:?} is not closed")),
    }
}

#[test]
fn junit_is_as_its_schema_says() {
    let text = run(&["tests/command/test", "--format", "junit"], 3);
    let [cases, failures, errors] = junit(&text).unwrap();
    let first = text.lines().nth(1).unwrap();
    let said = format!("tests=\"{cases}\" failures=\"{failures}\" errors=\"{errors}\"");
    assert!(cases > 20 && first.contains(&said), "{first}, not {said}");
    for (from, to) in [
        (" classname=", " file="),
        ("<failure", "<failed"),
        ("</testsuite>", ""),
        ("&gt;", ">"),
    ] {
        assert!(junit(&text.replacen(from, to, 1)).is_err(), "{from}");
    }
}

/// Why a tracefile is none.
fn lcov(text: &str) -> Result<(), String> {
    for section in text.split_inclusive("end_of_record\n") {
        let (mut lines, mut branches) = (Vec::new(), Vec::new());
        for line in section.lines() {
            let (record, rest) = line.split_once(':').unwrap_or((line, ""));
            let fields: Vec<&str> = rest.split(',').collect();
            let numbers = fields.iter().all(|field| field.parse::<u64>().is_ok());
            let hit = || fields.last().is_some_and(|hits| !["0", "-"].contains(hits));
            let counted = |list: &[bool]| list.iter().filter(|hit| **hit).count().to_string();
            let is_right = match record {
                "TN" | "SF" | "end_of_record" => true,
                "DA" => {
                    lines.push(hit());
                    numbers && fields.len() == 2
                }
                "BRDA" => {
                    branches.push(hit());
                    fields.len() == 4 && (numbers || fields[3] == "-")
                }
                "LF" => rest == lines.len().to_string(),
                "LH" => rest == counted(&lines),
                "BRF" => rest == branches.len().to_string(),
                "BRH" => rest == counted(&branches),
                _ => false,
            };
            if !is_right {
                return Err(line.to_owned());
            }
        }
        let begins = section.starts_with("TN:\nSF:") && section.ends_with("end_of_record\n");
        if !begins {
            return Err(section.to_owned());
        }
    }
    Ok(())
}

#[test]
fn a_tracefile_is_as_lcov_reads_it() {
    let file = std::env::temp_dir().join(format!("selvedge-{}.info", std::process::id()));
    run(
        &[
            "examples/testing",
            "--coverage",
            "lcov",
            "--coverage-out",
            file.to_str().unwrap(),
        ],
        0,
    );
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::remove_file(file).unwrap();
    lcov(&text).unwrap();
    assert!(text.contains("SF:examples/testing/price.sel\nBRDA:2,0,"), "{text}");
    for (from, to) in [("LH:", "LH:9"), ("DA:1,", "DA:one,"), ("SF:", "FS:")] {
        assert!(lcov(&text.replacen(from, to, 1)).is_err(), "{from}");
    }
}

#[test]
fn a_report_does_not_depend_on_how_the_threads_run() {
    let report = || run(&["tests/command/test", "--format", "json"], 3);
    let first = report();
    for _ in 0..5 {
        assert_eq!(report(), first);
    }
}
