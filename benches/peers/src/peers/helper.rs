//! The flavours of Lua that cannot be linked beside 5.4: each a helper process, built when it is asked for.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use crate::everyday::Case;
use crate::race::{Answer, Contender, Entry, Parameters, Peer, Row};

pub struct Flavour {
    name: &'static str,
    feature: &'static str,
    binary: OnceLock<PathBuf>,
}

pub const LUAJIT: Flavour = Flavour {
    name: "luajit interpreter",
    feature: "luajit",
    binary: OnceLock::new(),
};

pub const LUAU: Flavour = Flavour {
    name: "luau",
    feature: "luau",
    binary: OnceLock::new(),
};

impl Peer for Flavour {
    fn name(&self) -> &'static str {
        self.name
    }

    fn enter(&self, row: Row, _: &'static Parameters) -> Entry {
        let binary = self.binary.get_or_init(|| build(self.feature));
        Some(Box::new(Helper::start(binary, &row.name())))
    }

    fn everyday(&self, case: &'static Case) -> Entry {
        let binary = self.binary.get_or_init(|| build(self.feature));
        Some(Box::new(Helper::start(binary, &case.name)))
    }
}

/// Builds the helper beside this binary's own build.
fn build(feature: &str) -> PathBuf {
    let own = std::env::current_exe().expect("this binary's path");
    let target = own
        .ancestors()
        .nth(2)
        .expect("a target directory")
        .join("lua-helpers")
        .join(feature);
    let status = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--quiet", "--release", "--locked", "--no-default-features"])
        .args(["--features", feature, "--bin", "lua-helper"])
        .args(["--manifest-path", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")])
        .arg("--target-dir")
        .arg(&target)
        .status()
        .expect("cargo starts");
    assert!(status.success(), "the helper for {feature} does not build");
    target.join("release").join("lua-helper")
}

struct Helper {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Helper {
    fn start(binary: &PathBuf, row: &str) -> Self {
        let mut process = Command::new(binary)
            .arg(row)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the helper starts");
        let input = process.stdin.take().expect("a pipe in");
        let output = BufReader::new(process.stdout.take().expect("a pipe out"));
        Self { process, input, output }
    }

    fn ask(&mut self, request: &str) -> String {
        writeln!(self.input, "{request}").expect("the helper listens");
        let mut line = String::new();
        self.output.read_line(&mut line).expect("the helper answers");
        line.trim_end().to_owned()
    }
}

impl Contender for Helper {
    fn answer(&mut self) -> Answer {
        let line = self.ask("answer");
        Answer::from_line(&line).unwrap_or_else(|| panic!("not an answer: `{line}`"))
    }

    fn time(&mut self, batch: u64) -> Duration {
        let line = self.ask(&format!("time {batch}"));
        Duration::from_nanos(line.parse().unwrap_or_else(|_| panic!("not a time: `{line}`")))
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
