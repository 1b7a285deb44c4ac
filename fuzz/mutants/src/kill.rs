//! Runs the tests with one mutant after the other.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::record::Record;

/// The suites of the library's tests, quickest first.
pub(crate) const SUITES: &[&str] = &[
    "lowering",
    "usage",
    "conformance",
    "costs",
    "charged_reads",
    "host_functions",
    "slots",
    "slices",
    "diagnostics",
    "stopped_calls",
    "trace",
    "lib",
    "agreement",
    "attacks",
    "cost_bounds",
    "charges",
    "memory",
    "coverage",
];

/// Generated programs for each mutant.
const CASES: &str = "4000";
/// Address space that a test may take.
const MEMORY_KIB: u32 = 6 << 20;
/// What takes longer than this, and than five times what it takes with no mutant, does not end.
const TIMEOUT: Duration = Duration::from_mins(1);
/// Tests that run at the same time.
const WORKERS: usize = 2;

/// How a run of a suite ended.
#[derive(Debug, PartialEq, Eq)]
enum Ended {
    Passed,
    Failed,
    TimedOut,
}

fn start(copy: &Path, binary: &Path, mutant: Option<usize>) -> std::io::Result<Child> {
    let mut command = Command::new("sh");
    command
        .args(["-c", &format!("ulimit -v {MEMORY_KIB}; exec \"$0\" --test-threads=1")])
        .arg(binary)
        .current_dir(copy)
        .env("CARGO_MANIFEST_DIR", copy)
        .env("SELVEDGE_CASES", CASES)
        .env("PROPTEST_RNG_SEED", "1")
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if let Some(mutant) = mutant {
        command.env("SELVEDGE_MUTANT", mutant.to_string());
    }
    command.spawn()
}

fn run(copy: &Path, binary: &Path, mutant: Option<usize>, timeout: Duration) -> Ended {
    let Ok(mut child) = start(copy, binary, mutant) else {
        return Ended::Failed;
    };
    let begun = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ended::Passed,
            Ok(Some(_)) | Err(_) => return Ended::Failed,
            Ok(None) if begun.elapsed() > timeout => {
                // With the children that it started.
                let _ = Command::new("kill")
                    .args(["-KILL", "--", &format!("-{}", child.id())])
                    .status();
                let _ = child.wait();
                return Ended::TimedOut;
            }
            Ok(None) => std::thread::sleep(Duration::from_millis(20)),
        }
    }
}

/// Runs one suite with each mutant that lives, after it has passed with none.
///
/// # Errors
/// When it fails with no mutant: then it shows nothing that it fails with one.
fn kill(copy: &Path, name: &str, binary: &Path, records: &mut [(usize, Record)]) -> Result<(), String> {
    let begun = Instant::now();
    let ended = run(copy, binary, None, 10 * TIMEOUT);
    if ended != Ended::Passed {
        return Err(format!("{name} with no mutant: {ended:?}"));
    }
    let timeout = TIMEOUT.max(begun.elapsed() * 5);
    let alive = records.iter_mut().filter(|(_, record)| record.killed_by.is_none());
    let queue = Mutex::new(alive);
    std::thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                let next = || queue.lock().ok()?.next();
                while let Some((mutant, record)) = next() {
                    record.killed_by = match run(copy, binary, Some(*mutant), timeout) {
                        Ended::Passed => None,
                        Ended::Failed => Some(name.to_owned()),
                        Ended::TimedOut => Some(format!("{name} (does not end)")),
                    };
                }
            });
        }
    });
    Ok(())
}

/// Runs one suite after the other, quickest first, with the mutants that live; tells after each what is left.
///
/// # Errors
/// When a suite fails with no mutant, or `keep`, which gets all records after each suite.
pub(crate) fn all(
    copy: &Path,
    binaries: &[PathBuf],
    mut records: Vec<(usize, Record)>,
    keep: impl Fn(&[Record]) -> Result<(), String>,
) -> Result<Vec<Record>, String> {
    for (name, binary) in SUITES.iter().zip(binaries) {
        kill(copy, name, binary, &mut records)?;
        let kept: Vec<Record> = records.iter().map(|(_, record)| record.clone()).collect();
        keep(&kept)?;
        let alive = kept.iter().filter(|record| record.killed_by.is_none()).count();
        eprintln!("{alive} live after {name}");
    }
    Ok(records.into_iter().map(|(_, record)| record).collect())
}
