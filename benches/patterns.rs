//! Everyday patterns: what splitting and replacing with them takes, on a short text and on a long one.

#![allow(
    clippy::expect_used,
    missing_docs,
    reason = "a benchmark stops at what it does not expect; criterion's macros make public items"
)]

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use selvedge::{Engine, Inputs, Limits, Schema, Value};

/// A name, an expression over `p`, and the text that `p` repeats.
const ROWS: &[(&str, &str, &str)] = &[
    ("comma", "p.split(',')", "alpha,beta,"),
    ("white space", r"p.split('\\s+')", "alpha  beta "),
    ("comma and space", r"p.split(',\\s*')", "alpha, beta,"),
    ("digits", "p.replaceAll('[0-9]+', '#')", "abc123 "),
    ("not letters", "p.replaceAll('[^A-Za-z0-9]', '_')", "table-name.v1 "),
    ("groups", r"p.replaceAll('(\\d+)-(\\d+)', '$2/$1')", "2024-06 "),
    (
        "date",
        r"p.replaceAll('(\\d{4})-(\\d{2})-(\\d{2})', '$3.$2.$1')",
        "2024-06-30 ",
    ),
    ("trim", r"p.replaceAll('^\\s+|\\s+$', '')", "alpha  beta "),
    ("words", r"p.split('\\W+')", "alpha, beta; "),
    ("wide text", r"p.replaceAll('\\p{L}+', 'x')", "größe, 大小; "),
];

fn patterns(criterion: &mut Criterion) {
    let limits = Limits::default().steps(u64::MAX).memory(1 << 30);
    let engine = Engine::builder().limits(limits).build();
    let mut group = criterion.benchmark_group("patterns");
    for (name, source, part) in ROWS {
        for bytes in [32, 10_000] {
            let text = part.repeat(bytes / part.len() + 1);
            let inputs =
                Inputs::from_serialize(&Value::Map([("p", text.as_str())].into_iter().collect())).expect("inputs");
            let program = engine
                .compile(source, &Schema::infer_from(inputs.as_map()))
                .expect("a program that compiles");
            group.throughput(Throughput::Bytes(text.len() as u64));
            group.bench_function(BenchmarkId::new(*name, bytes), |bencher| {
                bencher.iter(|| program.evaluate(&inputs));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, patterns);
criterion_main!(benches);
