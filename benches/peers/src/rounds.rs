//! The measurement: batches of about 5 ms, all contenders of a row in turn, and the median of the rounds.

use std::time::Duration;

use crate::race::{Contender, Event, Parameters, Peer};

const BATCH: Duration = Duration::from_millis(5);

/// The medians of a row, in nanoseconds, in the order of the peers.
pub struct Medians {
    pub row: Event,
    pub nanoseconds: Vec<Option<f64>>,
}

struct Runner {
    peer: usize,
    contender: Box<dyn Contender>,
    batch: u64,
    samples: Vec<f64>,
}

pub fn run(row: Event, peers: &[Box<dyn Peer>], parameters: &'static Parameters, rounds: usize) -> Medians {
    let mut runners: Vec<Runner> = peers
        .iter()
        .enumerate()
        .filter_map(|(peer, entrant)| Some((peer, entrant.name(), entrant.enter_event(row, parameters)?)))
        .map(|(peer, name, contender)| Runner::new(peer, name, contender, row))
        .collect();
    for round in 0..rounds {
        eprint!("\r{}: round {} of {rounds} ", row.name(), round + 1);
        // Each round starts with another contender, so that none always follows the same one.
        let count = runners.len();
        for turn in 0..count {
            runners[(round + turn) % count].sample();
        }
    }
    eprintln!();
    let mut nanoseconds = vec![None; peers.len()];
    for runner in runners {
        nanoseconds[runner.peer] = Some(median(runner.samples) / row.iterations());
    }
    Medians { row, nanoseconds }
}

impl Runner {
    fn new(peer: usize, name: &str, mut contender: Box<dyn Contender>, row: Event) -> Self {
        assert_eq!(contender.answer(), row.answer(), "{name} on {}", row.name());
        let batch = calibrate(contender.as_mut());
        Self {
            peer,
            contender,
            batch,
            samples: Vec::new(),
        }
    }

    fn sample(&mut self) {
        let elapsed = self.contender.time(self.batch);
        self.samples.push(elapsed.as_nanos() as f64 / self.batch as f64);
    }
}

/// How many evaluations take about as long as a batch should.
fn calibrate(contender: &mut dyn Contender) -> u64 {
    let mut batch = 1;
    loop {
        let elapsed = contender.time(batch);
        if elapsed * 2 >= BATCH {
            let scaled = batch as f64 * BATCH.as_secs_f64() / elapsed.as_secs_f64();
            return (scaled as u64).max(1);
        }
        batch *= 2;
    }
}

fn median(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    let middle = samples.len() / 2;
    if samples.len() % 2 == 1 {
        samples[middle]
    } else {
        f64::midpoint(samples[middle - 1], samples[middle])
    }
}
