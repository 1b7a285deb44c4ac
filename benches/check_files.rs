//! `selvedge check` over 1,000 files with 10,000 expressions, as its users run it: the built command, with the time it takes to
//! start, to find the files and to print. Fails where it takes longer than a second.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    reason = "a benchmark stops at what it does not expect"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use criterion::Criterion;

const FILES: usize = 1_000;
/// Expressions of a file.
const EXPRESSIONS: usize = 10;
/// What a run may take.
const MOST: Duration = Duration::from_secs(1);

/// Bodies of expressions as workflows have them; `{n}` is a number that makes each its own, `{p}` a parameter that is there.
const BODIES: [&str; 5] = [
    "{p} * {n} + 1",
    "Util.dateIntsBetween(20260101, 20260101 + {n} % 28 + 1, 1).length + {p}",
    "total = 0; for (i = 0; i < {n}; i += 1) { if (i % 3 == 0) { total += i * {p}; } } return total;",
    "{p} > {n} ? {p} - {n} : {n} - {p}",
    "text = 'part-' + {p}; if (text.length() > {n}) { text = text.substring(0, {n}); } return text.length();",
];

fn body(file: usize, index: usize) -> String {
    let parameter = if index == 0 {
        "rows".to_owned()
    } else {
        format!("p{}", index - 1)
    };
    let body = BODIES[(file + index) % BODIES.len()];
    body.replace("{n}", &(file * EXPRESSIONS + index).to_string())
        .replace("{p}", &parameter)
}

/// A workflow in JSON whose parameters read one another.
fn json(file: usize) -> String {
    let mut out = format!(
        "{{\"workflow\": {{\"id\": \"w{file}\", \"params\": {{\n  \"rows\": {{\"type\": \"LONG\", \"value\": {file}}}"
    );
    for index in 0..EXPRESSIONS {
        let text = serde_json::to_string(&body(file, index)).unwrap();
        let _ = write!(out, ",\n  \"p{index}\": {{\"type\": \"LONG\", \"expression\": {text}}}");
    }
    out.push_str("\n}, \"steps\": [{\"step\": {\"id\": \"s\", \"type\": \"spark\"}}]}}\n");
    out
}

/// The same in the shorthand of YAML, in block scalars.
fn yaml(file: usize) -> String {
    let mut out = format!("workflow:\n  id: w{file}\n  rows: {file}\n");
    for index in 0..EXPRESSIONS {
        let _ = writeln!(out, "  '!p{index}<long>': |\n    {}", body(file, index));
    }
    out.push_str("  jobs:\n    - job:\n        id: s\n        type: spark\n");
    out
}

/// The files, in a directory of their own.
fn generate() -> PathBuf {
    let root = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("check_files");
    for file in 0..FILES {
        let folder = root.join(format!("team{:02}", file % 20));
        fs::create_dir_all(&folder).unwrap();
        let (name, text) = match file % 2 {
            0 => (format!("w{file}.json"), json(file)),
            _ => (format!("w{file}.yaml"), yaml(file)),
        };
        fs::write(folder.join(name), text).unwrap();
    }
    root
}

fn check(root: &Path) -> Duration {
    let start = Instant::now();
    let output = Command::new(env!("CARGO_BIN_EXE_selvedge"))
        .arg("check")
        .arg(root)
        .output()
        .unwrap();
    let took = start.elapsed();
    let summary = String::from_utf8_lossy(&output.stderr);
    let expected = format!("checked {} expressions in {FILES} files: 0 errors", FILES * EXPRESSIONS);
    assert!(
        summary.contains(&expected),
        "{summary}{}",
        String::from_utf8_lossy(&output.stdout)
    );
    took
}

fn main() {
    let root = generate();
    let best = (0..5).map(|_| check(&root)).min().unwrap();
    println!(
        "{} expressions in {FILES} files: {best:?}, the best of 5",
        FILES * EXPRESSIONS
    );
    let mut criterion = Criterion::default().sample_size(10).configure_from_args();
    criterion.bench_function("check_files", |bencher| bencher.iter(|| check(&root)));
    criterion.final_summary();
    assert!(best < MOST, "it took {best:?}, and {MOST:?} are allowed");
}
