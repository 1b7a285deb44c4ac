//! Compiling from source, past the cache: the two programs of the race, and 10,000 expressions that differ. `cargo bench --bench compiling`
//!
//! Its instructions are counted by `valgrind --tool=callgrind` with `--toggle-collect='*Engine::compile_uncached*'` on what is built, with
//! `--bench --profile-time 1 w9`: the total, divided by how often `callgrind_annotate` says that the function was called.
#![allow(missing_docs, clippy::expect_used, reason = "a benchmark")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use selvedge::{Engine, Schema, Type};

fn programs(criterion: &mut Criterion) {
    let engine = Engine::default();
    let w2 = Schema::new()
        .with("price", Type::Double)
        .with("qty", Type::Long)
        .with("threshold", Type::Double)
        .with("region", Type::String);
    let w9 = Schema::new().with("a", Type::Long).with("b", Type::Long);
    let rows = Schema::new().with("rows", Type::Long);
    let programs = [
        ("w2", include_str!("workloads/w1.sel"), w2),
        ("w9", include_str!("workloads/w9.sel"), w9),
        ("predicate", "rows > 10 && rows % 7 != 3 * 2", rows),
    ];
    let mut group = criterion.benchmark_group("compiling");
    for (name, source, schema) in programs {
        let source = source.trim_end();
        group.throughput(Throughput::Bytes(source.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                engine
                    .compile_uncached(black_box(source), &schema)
                    .expect("it compiles")
            });
        });
    }
    group.finish();
}

fn distinct(criterion: &mut Criterion) {
    let (engine, schema) = (Engine::default(), Schema::new().with("rows", Type::Long));
    let sources: Vec<String> = (1..=10_000)
        .map(|number| format!("rows % {number} > 10 && rows != 7"))
        .collect();
    let mut group = criterion.benchmark_group("compiling");
    group.throughput(Throughput::Elements(sources.len() as u64));
    group.bench_function("distinct", |bencher| {
        bencher.iter(|| {
            for source in &sources {
                black_box(engine.compile_uncached(source, &schema).expect("it compiles"));
            }
        });
    });
    group.finish();
}

criterion_group!(benches, programs, distinct);
criterion_main!(benches);
