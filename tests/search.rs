//! A short search for programs that do too much work for a charged step, or take more heap than they charge, by counts and not by a
//! clock. `fuzz/search` searches for longer; what it found is in `tests/attacks/search.jsonl`, and is measured again here.
//!
//! Work is counted by callgrind, in a worker that is this test's own program. Without valgrind only heap is measured.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test without a harness reports by itself"
)]

#[path = "../fuzz/search/src/searcher/mod.rs"]
#[allow(dead_code, reason = "the searcher's own command uses the rest")]
mod searcher;

use std::path::Path;
use std::process::ExitCode;

use searcher::measure::{Meter, is_installed};
use searcher::search::Search;
use searcher::worker;

/// The most work of a step, in steps of an integer addition in a loop: what the contract allows.
const MOST_WORK: f64 = searcher::archive::MOST;
/// The most heap at the peak, over the bytes charged and 64 KiB.
const MOST_HEAP: f64 = 1.0;
/// How long the search is: batches of at most 128 candidates.
const BATCHES: usize = 8;
const SEED: u64 = 14;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let came = match arguments.first().map(String::as_str) {
        Some("worker") => worker::work().map_err(|error| error.to_string()),
        Some("--list") => Ok(()),
        // What it measures is the library as it is released.
        _ if cfg!(debug_assertions) => {
            println!("not searched: it counts instructions of a release build");
            Ok(())
        }
        _ => known_programs_stay_within_what_is_allowed().and_then(|()| a_short_search_finds_nothing()),
    };
    match came {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn meter(name: &str) -> Result<Meter, String> {
    Meter::new(&Path::new(env!("CARGO_TARGET_TMPDIR")).join(name))
}

fn known_programs_stay_within_what_is_allowed() -> Result<(), String> {
    let lines = concat!(
        include_str!("attacks/search.jsonl"),
        include_str!("search_documents.jsonl")
    );
    let confirmed = meter("search_known")?.confirm(lines)?;
    let beyond = |(_, work, heap): &&(String, f64, f64)| *work > MOST_WORK || *heap > MOST_HEAP;
    let worst = confirmed.iter().map(|(_, work, _)| *work).fold(0.0, f64::max);
    println!("{} known programs, the worst {worst:.1}", confirmed.len());
    match confirmed.iter().filter(beyond).collect::<Vec<_>>()[..] {
        [] => Ok(()),
        ref beyond => Err(format!("id, work of a step, heap: {beyond:?}")),
    }
}

fn a_short_search_finds_nothing() -> Result<(), String> {
    if !is_installed() {
        println!("valgrind is not installed: heap is measured, work is not");
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("search");
    let mut search = Search::new(meter("search")?, SEED, folder);
    for _ in 0..BATCHES {
        search.generation()?;
    }
    let all = search.archive.all();
    let worst = all.iter().map(|entry| entry.ratio).fold(0.0, f64::max);
    println!(
        "{} programs counted, the worst {worst:.1}",
        search.meter.counted_candidates
    );
    let beyond = all
        .iter()
        .filter(|entry| entry.ratio > MOST_WORK || entry.heap_ratio() > MOST_HEAP);
    let beyond: Vec<String> = beyond
        .map(|entry| {
            format!(
                "work {:.1}, heap {:.2}: {}",
                entry.ratio,
                entry.heap_ratio(),
                entry.genome.source()
            )
        })
        .collect();
    match beyond.is_empty() {
        true => Ok(()),
        false => Err(beyond.join("\n")),
    }
}
