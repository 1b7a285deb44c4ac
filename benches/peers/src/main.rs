//! The race: selvedge against native Rust and other interpreters, interleaved in one process, as a markdown table.

mod everyday;
mod options;
mod peers;
mod race;
mod report;
mod rounds;

use options::Options;
use race::{Parameters, Peer};

fn main() {
    let options = match Options::from_arguments(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(message) => {
            eprintln!("{message}");
            std::process::exit(2);
        }
    };
    let peers: Vec<Box<dyn Peer>> = peers::all()
        .into_iter()
        .filter(|peer| options.includes(peer.name()))
        .collect();
    let parameters = Parameters::new();
    let rows: Vec<_> = options
        .rows
        .iter()
        .map(|row| rounds::run(*row, &peers, parameters, options.rounds))
        .collect();
    let names: Vec<&str> = peers.iter().map(|peer| peer.name()).collect();
    println!("{}", report::table(&names, &rows));
    println!("{}", report::summary(&names, &rows));
    println!("{}", report::everyday(&names, &rows));
}
