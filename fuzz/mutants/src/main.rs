//! Seeds mistakes into `src/machine`, `src/lower` and `src/library`, and shows which test notices each:
//! `selvedge-mutants COUNT SEED [again]`. See `fuzz/README.md`.
//!
//! All mistakes are planted into one copy of the tree, each behind a switch that a variable of the environment turns on, so that
//! one build serves them all: `sites` finds the places, `plan` draws from them, `plant` writes the copy, `build` compiles it and
//! drops what does not compile, `kill` runs the tests.

mod build;
mod kill;
mod plan;
mod plant;
mod record;
mod sites;
mod visit;

use std::path::{Path, PathBuf};

use plan::Plan;
use record::{Equivalent, Record};

fn main() {
    if let Err(message) = run() {
        eprintln!("{message}");
        std::process::exit(1);
    }
}

fn run() -> Result<(), String> {
    let mut arguments = std::env::args().skip(1);
    let mut number = |what: &str| {
        let text = arguments.next().ok_or(format!("expected {what}"))?;
        text.parse::<u64>().map_err(|error| format!("{what}: {error}"))
    };
    let (count, seed) = (number("COUNT")?, number("SEED")?);
    let is_again = arguments.next().is_some_and(|word| word == "again");
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = here.join("../..").canonicalize().map_err(|error| error.to_string())?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or(here.join("target"), PathBuf::from);
    let copy = target.join("mutants");

    let equivalent = record::read::<Equivalent>(&here.join("equivalent.jsonl"))?;
    let known = record::read::<Record>(&here.join("mutants.jsonl"))?;
    let broken_file = target.join("mutants-broken.jsonl");
    let broken = record::read::<Record>(&broken_file)?;
    let mut plan = Plan::new(sites::of_tree(&root)?, seed, &equivalent, &broken)?;
    let chosen = build::draw(&root, &copy, &mut plan, count as usize)?;
    let broken: Vec<Record> = plan.broken.iter().map(|&at| Record::of(&plan.sites[at], &[])).collect();
    record::write(&broken_file, &broken)?;
    plant::plant(&root, &copy, &plan.sites, &chosen)?;
    let binaries = build::tests(&copy)?;
    let known = if is_again { Vec::new() } else { known };
    let records = chosen
        .iter()
        .map(|&at| (at, Record::of(&plan.sites[at], &known)))
        .collect();
    let file = here.join("mutants.jsonl");
    let records = kill::all(&copy, &binaries, records, |records| record::write(&file, records))?;
    record::summarise(&records, &equivalent, plan.broken.len());
    Ok(())
}
