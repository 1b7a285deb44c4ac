//! Seeds mistakes into `src/machine`, `src/lower` and `src/library`, and shows which test notices each:
//! `selvedge-mutants COUNT SEED [again]`, or `selvedge-mutants open` for those of `mutants.jsonl` that nothing killed. See
//! `fuzz/README.md`.
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
use sites::Site;

fn main() {
    if let Err(message) = run() {
        eprintln!("{message}");
        std::process::exit(1);
    }
}

/// What is asked for.
enum Asked {
    /// So many, drawn with a seed; those that are known to be killed are run again or not.
    Drawn { count: usize, seed: u64, is_again: bool },
    /// Those that are known to be alive, wherever the source has them still.
    Open,
}

impl Asked {
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let first = arguments.next().ok_or("expected COUNT or `open`")?;
        if first == "open" {
            return Ok(Self::Open);
        }
        let number = |what: &str, text: &str| text.parse::<u64>().map_err(|error| format!("{what}: {error}"));
        let count = number("COUNT", &first)? as usize;
        let seed = number("SEED", &arguments.next().ok_or("expected SEED")?)?;
        let is_again = arguments.next().is_some_and(|word| word == "again");
        Ok(Self::Drawn { count, seed, is_again })
    }
}

fn run() -> Result<(), String> {
    let asked = Asked::read(std::env::args().skip(1))?;
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = here.join("../..").canonicalize().map_err(|error| error.to_string())?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or(here.join("target"), PathBuf::from);
    let copy = target.join("mutants");

    let equivalent = record::read::<Equivalent>(&here.join("equivalent.jsonl"))?;
    let file = here.join("mutants.jsonl");
    let known = record::read::<Record>(&file)?;
    let sites = sites::of_tree(&root)?;
    match asked {
        Asked::Drawn { count, seed, is_again } => {
            let broken_file = target.join("mutants-broken.jsonl");
            let broken = record::read::<Record>(&broken_file)?;
            let mut plan = Plan::new(sites, seed, &equivalent, &broken)?;
            let chosen = build::draw(&root, &copy, &mut plan, count)?;
            let broken: Vec<Record> = plan.broken.iter().map(|&at| Record::of(&plan.sites[at], &[])).collect();
            record::write(&broken_file, &broken)?;
            let known = if is_again { Vec::new() } else { known };
            let records = run_chosen(&root, &copy, &plan.sites, &chosen, &known, |records| {
                record::write(&file, records)
            })?;
            record::summarise(&records, &equivalent, plan.broken.len());
        }
        Asked::Open => {
            let (open, killed): (Vec<Record>, Vec<Record>) =
                known.into_iter().partition(|record| record.killed_by.is_none());
            let site = |record: &Record| sites.iter().position(|site| record.is_of(site));
            let (chosen, gone): (Vec<_>, Vec<_>) = open
                .iter()
                .map(|record| (site(record), record))
                .partition(|(at, _)| at.is_some());
            for (_, record) in &gone {
                eprintln!("not in the source any more: {record:?}");
            }
            let chosen: Vec<usize> = chosen.into_iter().filter_map(|(at, _)| at).collect();
            let records = run_chosen(&root, &copy, &sites, &chosen, &[], |records| {
                let gone = gone.iter().map(|(_, record)| (*record).clone());
                let all: Vec<Record> = killed.iter().chain(records).cloned().chain(gone).collect();
                record::write(&file, &all)
            })?;
            record::summarise(&records, &equivalent, 0);
        }
    }
    Ok(())
}

/// Plants mutants, builds the tests and runs them; `keep` gets what is known after each suite.
fn run_chosen(
    root: &Path,
    copy: &Path,
    sites: &[Site],
    chosen: &[usize],
    known: &[Record],
    keep: impl Fn(&[Record]) -> Result<(), String>,
) -> Result<Vec<Record>, String> {
    plant::plant(root, copy, sites, chosen)?;
    let binaries = build::tests(copy)?;
    let records = chosen.iter().map(|&at| (at, Record::of(&sites[at], known))).collect();
    kill::all(copy, &binaries, records, keep)
}
