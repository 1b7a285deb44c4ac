//! The cost table of `docs/SECURITY.md`: each row is measured, as what a program uses with a construct and without it.
//! `UPDATE_DOCS=1 cargo test --test costs --features oracle` writes it anew.

#![cfg(feature = "oracle")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use selvedge::oracle::generate;
use selvedge::{Engine, Inputs, Limits, Schema, Usage};

const BEGIN: &str = "<!-- measured: costs -->\n";
const END: &str = "<!-- end of what is measured -->\n";

fn used(source: &str) -> Usage {
    let json: serde_json::Value = serde_json::from_str(&generate::world(0)).unwrap();
    let inputs = Inputs::from_serialize(&json).unwrap();
    let program = Engine::default()
        .compile(source, &Schema::infer_from(inputs.as_map()))
        .unwrap_or_else(|error| panic!("{source}: {error}"));
    program
        .evaluate(&inputs)
        .unwrap_or_else(|error| panic!("{source}: {error}"))
        .usage()
}

/// The table as the programs measure it.
fn costs() -> String {
    let mut table = "| construct | steps | bytes |\n| --- | ---: | ---: |\n".to_owned();
    for line in include_str!("costs.jsonl").lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let [with, without] = ["with", "without"].map(|name| used(row[name].as_str().unwrap()));
        let steps = with.steps as i64 - without.steps as i64;
        let bytes = with.memory as i64 - without.memory as i64;
        let _ = writeln!(
            table,
            "| {} | {steps} | {bytes} |",
            row["construct"].as_str().unwrap().replace('|', "\\|")
        );
    }
    table
}

/// The table of limits with their defaults.
fn limits() -> String {
    let mut table = "| limit | default | what |\n| --- | ---: | --- |\n".to_owned();
    for limit in Limits::TABLE {
        let default = limit
            .default
            .map_or("none".to_owned(), |default| format!("{default} {}", limit.unit));
        let _ = writeln!(table, "| `{}` | {default} | {} |", limit.name, limit.about);
    }
    table
}

fn replaced(page: &str, begin: &str, new: &str) -> String {
    let (before, rest) = page.split_once(begin).unwrap_or_else(|| panic!("no {begin}"));
    let (_, after) = rest.split_once(END).unwrap();
    format!("{before}{begin}{new}{END}{after}")
}

#[test]
fn the_tables_of_costs_and_limits_are_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/SECURITY.md");
    let page = fs::read_to_string(&path).unwrap();
    let made = replaced(&page, BEGIN, &costs());
    let made = replaced(&made, "<!-- measured: limits -->\n", &limits());
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &made).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap();
    assert!(
        kept == made,
        "run `UPDATE_DOCS=1 cargo test --test costs --features oracle`"
    );
}
