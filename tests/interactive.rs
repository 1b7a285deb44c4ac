//! The command while somebody sits before it: what runs is stopped by Ctrl-C, and files that change are looked at again.

#![cfg(all(target_os = "linux", feature = "cli", feature = "datetime"))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::process::{Child, Command, Stdio};

fn spawn(arguments: &[&str], folder: &std::path::Path) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_selvedge"));
    let command = command.args(arguments).current_dir(folder);
    let command = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command.spawn().unwrap()
}

/// The lines up to one that has a text in it.
fn until(lines: &mut impl Iterator<Item = std::io::Result<String>>, text: &str) -> String {
    let mut found = String::new();
    for line in lines {
        let line = line.unwrap();
        found.push_str(&line);
        found.push('\n');
        if line.contains(text) {
            return found;
        }
    }
    found + "(the end)"
}

fn lines(stream: impl Read) -> impl Iterator<Item = std::io::Result<String>> {
    BufReader::new(stream).lines()
}

/// The processor's time that a process has taken, in the kernel's own unit.
fn taken(process: &Child) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{}/stat", process.id())).unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    fields[11].parse().unwrap()
}

#[test]
fn ctrl_c_stops_an_evaluation_and_not_the_session() {
    let mut repl = spawn(&["repl", "--max-steps", "9000000000000000"], &std::env::temp_dir());
    let mut input = repl.stdin.take().unwrap();
    let mut shown = lines(repl.stdout.take().unwrap());
    input.write_all(b"x = 41\nx\n").unwrap();
    assert_eq!(until(&mut shown, "41"), "41\n");
    let before = taken(&repl);
    input.write_all(b"while (true) { }\n").unwrap();
    // It runs where it takes time.
    while taken(&repl) < before + 5 {
        std::thread::yield_now();
    }
    Command::new("kill")
        .args(["-INT", &repl.id().to_string()])
        .status()
        .unwrap();
    assert!(until(&mut shown, "error").contains("cancelled"));
    input.write_all(b"x + 1\n").unwrap();
    assert!(until(&mut shown, "42").ends_with("42\n"));
    drop(input);
    assert_eq!(repl.wait().unwrap().code(), Some(1));
}

#[test]
fn tests_run_again_when_a_file_changes() {
    let folder = std::env::temp_dir().join(format!("selvedge-watch-{}", std::process::id()));
    fs::create_dir_all(folder.join("sub")).unwrap();
    let fixture = "program: ../price.sel\ntests:\n- name: a price\n  expect: {value: 2}\n";
    fs::write(folder.join("sub/price.test.yaml"), fixture).unwrap();
    fs::write(folder.join("price.sel"), "1 + 1").unwrap();
    let mut watching = spawn(&["test", "sub", "--watch"], &folder);
    let mut told = lines(watching.stderr.take().unwrap());
    assert!(until(&mut told, "waiting").contains("1 passed, 0 failed"));
    fs::write(folder.join("price.sel"), "1 + 1 + 1").unwrap();
    let again = until(&mut told, "waiting");
    assert!(
        again.contains("changed: price.sel") && again.contains("0 passed, 1 failed"),
        "{again}"
    );
    // What is not a fixture any more is told, and waited for.
    fs::remove_file(folder.join("sub/price.test.yaml")).unwrap();
    let gone = until(&mut told, "waiting");
    assert!(
        gone.contains("changed: sub/price.test.yaml") && gone.contains("error: "),
        "{gone}"
    );
    fs::write(folder.join("sub/price.test.yaml"), fixture.replace('2', "3")).unwrap();
    assert!(until(&mut told, "waiting").contains("1 passed, 0 failed"));
    watching.kill().unwrap();
    watching.wait().unwrap();
    fs::remove_dir_all(folder).unwrap();
}
