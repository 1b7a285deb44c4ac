//! Programs from the cache, on one thread and on two: what a second thread gains. `cargo bench --bench threads`
//!
//! All threads ask for the same few predicates and evaluate them, which is the most that threads can get into each other's way. `apart` gives
//! each thread an engine of its own: what two threads gain on this machine where they share nothing.
#![allow(missing_docs, clippy::expect_used, reason = "a benchmark")]

use std::hint::black_box;
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use selvedge::{Engine, Input, Schema, Type};

const SOURCES: [&str; 4] = [
    "rows > 10",
    "rows % 7 == 3",
    "rows * 2 + 1 < 100 || rows == 5",
    "rows - 1",
];

/// How long the threads take for so many rounds each, one thread for each engine.
fn time(engines: &[Engine], schema: &Schema, rounds: u64, run: bool) -> Duration {
    let (start, end) = (&Barrier::new(engines.len() + 1), &Barrier::new(engines.len() + 1));
    thread::scope(|scope| {
        for engine in engines {
            scope.spawn(move || {
                start.wait();
                for _ in 0..rounds {
                    for source in SOURCES {
                        let program = engine.compile(black_box(source), schema).expect("it compiles");
                        if run {
                            black_box(program.evaluate_slots(&[Input::Long(12)])).expect("it has a value");
                        }
                    }
                }
                end.wait();
            });
        }
        start.wait();
        let started = Instant::now();
        end.wait();
        started.elapsed()
    })
}

fn hits(criterion: &mut Criterion) {
    let schema = Schema::new().with("rows", Type::Long);
    let one = Engine::default();
    let (shared, apart) = ([one.clone(), one], [Engine::default(), Engine::default()]);
    for (name, run) in [("hit", false), ("hit_and_run", true)] {
        let mut group = criterion.benchmark_group(name);
        for (engines, threads, label) in [(&shared, 1, "1"), (&shared, 2, "2"), (&apart, 2, "2 apart")] {
            group.throughput(Throughput::Elements((threads * SOURCES.len()) as u64));
            group.bench_function(BenchmarkId::from_parameter(label), |bencher| {
                bencher.iter_custom(|rounds| time(&engines[..threads], &schema, rounds, run));
            });
        }
        group.finish();
    }
}

criterion_group!(benches, hits);
criterion_main!(benches);
