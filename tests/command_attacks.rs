//! The command on hostile files and names: each line of `tests/command_attacks.jsonl` is a call, the files it meets, how it exits
//! and what it says. It comes to its end, and prints no character that a terminal or a log would obey.

#![cfg(all(feature = "cli", unix))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

use std::fs::{self, File};
use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde::Deserialize;

/// No call comes near this; it ends one that hangs, or whose time is not in proportion to its files.
const HANG: Duration = Duration::from_secs(100);
/// How much of what is endless is written at once.
const ENDLESS_BYTES: usize = 1 << 16;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: String,
    files: Vec<Entry>,
    args: Vec<String>,
    /// What standard input holds; nothing where it is not said.
    #[serde(default)]
    stdin: String,
    /// The file that standard input holds, where it is long.
    #[serde(default)]
    stdin_of: String,
    /// What standard input repeats until nobody reads it any more.
    #[serde(default)]
    endless: String,
    /// Whether standard input stays open, and nobody writes.
    #[serde(default)]
    is_silent: bool,
    exit: i32,
    /// What the output holds, and what no line of it begins with.
    #[serde(default)]
    says: Vec<String>,
    #[serde(default)]
    never: Vec<String>,
}

/// A file that is made before the call.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    /// `pipe`, `directory`, or an empty file of so many bytes; else it has the text.
    #[serde(default)]
    kind: String,
    #[serde(default)]
    bytes: u64,
    #[serde(default)]
    before: String,
    /// What comes so many times, `{i}` in it as the number.
    #[serde(default)]
    repeat: String,
    #[serde(default)]
    times: usize,
    #[serde(default)]
    after: String,
}

impl Entry {
    fn make(&self, folder: &Path) {
        let path = folder.join(&self.name);
        match self.kind.as_str() {
            "pipe" => assert!(Command::new("mkfifo").arg(&path).status().unwrap().success()),
            "directory" => fs::create_dir(&path).unwrap(),
            "empty" => File::create(&path).unwrap().set_len(self.bytes).unwrap(),
            _ => {
                let repeated = (0..self.times).map(|index| self.repeat.replace("{i}", &index.to_string()));
                let text = [&self.before, &*repeated.collect::<String>(), &self.after].concat();
                fs::write(&path, text).unwrap();
            }
        }
    }
}

impl Case {
    fn folder(&self) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("selvedge-{}-{}", std::process::id(), self.id));
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    /// How it exited and what it printed.
    fn call(&self, folder: &Path) -> Result<(Option<i32>, String), String> {
        let mut child = Command::new(env!("CARGO_BIN_EXE_selvedge"))
            .args(&self.args)
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let written = match self.stdin_of.as_str() {
            "" => self.stdin.clone().into_bytes(),
            name => fs::read(folder.join(name)).unwrap(),
        };
        let endless = self.endless.repeat(ENDLESS_BYTES / self.endless.len().max(1));
        let silent = match self.is_silent {
            true => Some(stdin),
            false => {
                thread::spawn(move || {
                    // One that does not read its standard input closes it.
                    let mut written = stdin.write_all(&written);
                    while written.is_ok() && !endless.is_empty() {
                        written = stdin.write_all(endless.as_bytes());
                    }
                });
                None
            }
        };
        let (mut out, mut err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        let out = thread::spawn(move || read_to_end(&mut out));
        let err = thread::spawn(move || read_to_end(&mut err));
        let start = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
            if start.elapsed() > HANG {
                child.kill().unwrap();
                child.wait().unwrap();
                return Err("it did not come to its end".to_owned());
            }
            thread::sleep(Duration::from_millis(5));
        };
        drop(silent);
        Ok((status.code(), out.join().unwrap() + &err.join().unwrap()))
    }

    fn check(&self) -> Result<(), String> {
        let folder = self.folder();
        self.files.iter().for_each(|entry| entry.make(&folder));
        let came = self.call(&folder);
        fs::remove_dir_all(&folder).unwrap();
        let (exit, printed) = came?;
        let shown: String = printed.chars().take(2_000).collect();
        if exit != Some(self.exit) {
            return Err(format!("exit {exit:?}: {shown}"));
        }
        if let Some(missing) = self.says.iter().find(|text| !printed.contains(*text)) {
            return Err(format!("`{missing}` is not said: {shown}"));
        }
        if let Some(forged) = self
            .never
            .iter()
            .find(|start| printed.lines().any(|line| line.starts_with(*start)))
        {
            return Err(format!("a line begins with `{forged}`: {shown}"));
        }
        // Runners obey `##[`, `##vso[` and their like anywhere in a line.
        let is_command = |part: &str| {
            part.trim_start_matches(|c: char| c.is_ascii_alphanumeric())
                .starts_with('[')
        };
        if printed.split("##").skip(1).any(is_command) {
            return Err(format!("a command: {shown}"));
        }
        let obeyed = |c: char| {
            (c.is_control() && c != '\n')
                || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        match printed.contains(obeyed) {
            true => Err(format!("a character that is obeyed: {shown:?}")),
            false => Ok(()),
        }
    }
}

fn read_to_end(from: &mut impl Read) -> String {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn hostile_files_and_names() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/command_attacks.jsonl")).unwrap();
    let mut wrong = Vec::new();
    for line in text.lines() {
        let case: Case = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        if let Err(why) = case.check() {
            wrong.push(format!("{}: {why}", case.id));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
