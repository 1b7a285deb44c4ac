//! Every line of `tests/definition_attacks/` is a set or a workflow that is made to hurt. Each ends as its line says, with all public
//! functions called on it, on a small stack in a child process with little address space; its steps and bytes stay within the
//! limits, and no text holds its secret.
#![cfg(all(feature = "yaml", feature = "datetime"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

#[path = "support/cases.rs"]
mod cases;
#[path = "support/definition.rs"]
mod definition;

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde_json::{Value as Json, json};

/// The stack that the contract with the host names; unoptimised code takes more.
const STACK_BYTES: usize = if cfg!(debug_assertions) {
    2 * 1024 * 1024
} else {
    256 * 1024
};
/// The address space of a child, in KiB: its code and threads, and the default limits of bytes.
const ADDRESS_SPACE_KIB: u32 = 1024 * 1024;
/// No attack comes near this; it ends a child that hangs.
const HANG: Duration = Duration::from_secs(120);

const LINE: &str = "SELVEDGE_DEFINITION_ATTACK";
const FILES: [&str; 2] = ["definition_attacks/sets.jsonl", "definition_attacks/workflows.jsonl"];

/// The child: runs one attack, on a thread with a small stack.
#[test]
#[ignore = "run by the other tests, in a process of its own"]
fn child() {
    let id = std::env::var(LINE).expect("the parent says which");
    let mut line = Json::Null;
    for file in FILES {
        cases::each(file, |case| {
            if case["id"] == id {
                line = case.clone();
            }
        });
    }
    let (sender, receiver) = mpsc::channel();
    let run = move || sender.send(definition::end(&line)).unwrap();
    let thread = thread::Builder::new().stack_size(STACK_BYTES).spawn(run).unwrap();
    match receiver.recv_timeout(HANG) {
        Ok(end) => println!("\n@end {}", json!(end)),
        Err(_) => println!("\n@end \"it hangs or panics\""),
    }
    let _ = thread.join();
}

fn in_child(case: &Json) -> Json {
    let mut child = Command::new("sh")
        .arg("-c")
        .arg(format!(
            "ulimit -v {ADDRESS_SPACE_KIB}; exec \"$0\" --exact child --ignored --nocapture"
        ))
        .arg(std::env::current_exe().unwrap())
        .env(LINE, case["id"].as_str().unwrap())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let end = lines
        .map_while(Result::ok)
        .find_map(|line| line.strip_prefix("@end ").map(str::to_owned));
    let status = child.wait().unwrap();
    match end {
        Some(end) => serde_json::from_str(&end).unwrap(),
        None => json!(format!("it ends the process: {status}")),
    }
}

#[test]
fn hostile_sets_end_as_they_should() {
    cases::run(FILES[0], in_child);
}

#[test]
fn hostile_workflows_end_as_they_should() {
    cases::run(FILES[1], in_child);
}
