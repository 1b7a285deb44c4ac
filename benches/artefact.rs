//! Loading a kept program beside compiling it: what reading, checking and comparing the artefact adds.

#![allow(
    clippy::expect_used,
    missing_docs,
    reason = "a benchmark stops at what it does not expect; criterion's macros make public items"
)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use selvedge::{CacheSize, Engine, Schema, Type};

const SHORT: &str = "region + '_' + day";
const LONG: &str = include_str!("workloads/w9.sel");

fn schema() -> Schema {
    let names = ["day", "a", "b"];
    let schema = names
        .into_iter()
        .fold(Schema::new(), |schema, name| schema.with(name, Type::Long));
    schema.with("region", Type::String)
}

fn artefact(criterion: &mut Criterion) {
    let uncached = Engine::builder().cache(CacheSize::OFF).build();
    let cached = Engine::default();
    let schema = schema();
    for (name, source) in [("short", SHORT), ("long", LONG.trim_end())] {
        let program = cached.compile(source, &schema).expect("it compiles");
        let bytes = program.to_bytes();
        println!("{name}: {} bytes of source, {} of artefact", source.len(), bytes.len());
        criterion.bench_function(&format!("{name}/compile"), |bencher| {
            bencher.iter(|| black_box(uncached.compile(black_box(source), &schema)).is_ok());
        });
        criterion.bench_function(&format!("{name}/load"), |bencher| {
            bencher.iter(|| black_box(uncached.load(black_box(&bytes))).is_ok());
        });
        criterion.bench_function(&format!("{name}/load, compiled before"), |bencher| {
            bencher.iter(|| black_box(cached.load(black_box(&bytes))).is_ok());
        });
        criterion.bench_function(&format!("{name}/keep"), |bencher| {
            bencher.iter(|| black_box(&program).to_bytes());
        });
    }
}

criterion_group!(benches, artefact);
criterion_main!(benches);
