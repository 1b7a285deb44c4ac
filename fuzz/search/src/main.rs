//! Looks for the programs that do the most work for each charged step, and take the most heap for each charged byte.

mod searcher;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use searcher::archive::MOST;
use searcher::measure::Meter;
use searcher::search::Search;
use searcher::worker;

const USAGE: &str = "usage: selvedge-search run MINUTES SEED FOLDER | report MOST FOLDER | attacks MOST FOLDER | documents MOST FOLDER | confirm FILE FOLDER | \
     mutant CHARGE MINUTES SEED FOLDER";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["worker"] => worker::work().map_err(|error| error.to_string()),
        ["run", minutes, seed, folder] => run(minutes, seed, folder),
        ["report", most, folder] => number(most).and_then(|most| resumed(0, folder)?.print_worst(most)),
        ["attacks", most, folder] => number(most).and_then(|most| resumed(0, folder)?.print_attacks(most)),
        ["documents", most, folder] => number(most).and_then(|most| resumed(0, folder)?.print_documents(most)),
        ["confirm", file, folder] => confirm(file, folder),
        ["mutant", charge, minutes, seed, folder] => mutant(charge, minutes, seed, folder),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Searches for some minutes; takes up what is in the folder, and leaves there what it has found.
fn run(minutes: &str, seed: &str, folder: &str) -> Result<(), String> {
    let minutes = number(minutes)?;
    resumed(number(seed)? as u64, folder)?.run(Duration::from_secs(60 * minutes as u64))
}

/// Measures known programs; fails where one is beyond what is allowed.
fn confirm(file: &str, folder: &str) -> Result<(), String> {
    let lines = std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
    let mut confirmed = Meter::new(&PathBuf::from(folder))?.confirm(&lines)?;
    confirmed.sort_by(|a, b| b.1.total_cmp(&a.1));
    for (id, work, heap) in &confirmed {
        println!("{work:8.1} {heap:6.2}  {id}");
    }
    match confirmed
        .iter()
        .filter(|(_, work, heap)| *work > MOST || *heap > 1.0)
        .count()
    {
        0 => Ok(()),
        beyond => Err(format!(
            "{beyond} of {} programs are beyond {MOST} steps or the heap charged",
            confirmed.len()
        )),
    }
}

/// Searches a build whose charges can be taken out (`mutants.sh`) with one of them taken out, until it has found a program that does
/// too much work only without that charge.
fn mutant(charge: &str, minutes: &str, seed: &str, folder: &str) -> Result<(), String> {
    let (minutes, seed, folder) = (number(minutes)?, number(seed)? as u64, PathBuf::from(folder));
    // The same build that looks for a charge of the same file and leaves none out.
    let file = charge.rsplit_once(':').map_or(charge, |(file, _)| file);
    let mut whole = Meter::without_charge(&folder.join("whole"), &format!("{file}:0"))?;
    let mut search = Search::new(Meter::without_charge(&folder, charge)?, seed, folder);
    let found = search.run_until(Duration::from_secs(60 * minutes as u64), &mut |finding| {
        let candidate = finding.candidate();
        let measured = whole.count_alone(&candidate)?;
        let ratio = measured.map_or(f64::MAX, |measured| whole.ratio(&measured));
        Ok(ratio <= MOST && finding.ratio > 1.5 * ratio)
    })?;
    match found {
        Some(entry) => {
            let (seconds, counted) = entry.after;
            let source = searcher::search::cut(&entry.genome.source());
            println!(
                "{charge}: found after {seconds} s and {counted} candidates: {:.1}, {source}",
                entry.ratio
            );
            Ok(())
        }
        None => Err(format!("{charge}: not found")),
    }
}

/// A search that has measured anew what is in the folder.
fn resumed(seed: u64, folder: &str) -> Result<Search, String> {
    let folder = PathBuf::from(folder);
    let meter = Meter::new(&folder)?;
    let mut search = Search::new(meter, seed, folder);
    search.resume()?;
    Ok(search)
}

fn number(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| format!("not a number: {text}"))
}
