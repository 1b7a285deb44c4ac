//! The parts that a program goes through, each on its own, and how compiling grows with the source and evaluating with the
//! input: so that a regression shows where it came from.

#![allow(
    clippy::expect_used,
    missing_docs,
    reason = "a benchmark stops at what it does not expect; criterion's macros make public items"
)]

use std::hint::black_box;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use selvedge::oracle::stages::Parsed;
use selvedge::{Engine, Input, Inputs, Limits, Program, Schema, Type, Value};

/// A short expression and a program of thirty lines, with the types of their parameters.
fn sources() -> [(&'static str, &'static str, Schema); 2] {
    let w1 = Schema::new()
        .with("price", Type::Double)
        .with("qty", Type::Long)
        .with("threshold", Type::Double)
        .with("region", Type::String);
    let w9 = Schema::new().with("a", Type::Long).with("b", Type::Long);
    [
        ("w1", include_str!("workloads/w1.sel").trim_end(), w1),
        ("w9", include_str!("workloads/w9.sel").trim_end(), w9),
    ]
}

fn stages(criterion: &mut Criterion) {
    let engine = Engine::default();
    for (name, source, schema) in sources() {
        let mut group = criterion.benchmark_group(format!("stages/{name}"));
        group.throughput(Throughput::Bytes(source.len() as u64));
        let parsed = Parsed::new(&engine, source).expect("a source that parses");
        group.bench_function("parse", |bencher| {
            bencher.iter(|| Parsed::new(&engine, black_box(source)));
        });
        group.bench_function("check", |bencher| bencher.iter(|| parsed.check(&engine, &schema)));
        group.bench_function("lower", |bencher| {
            let typed = || parsed.check(&engine, &schema).expect("a program that checks");
            bencher.iter_batched(typed, selvedge::oracle::stages::Typed::lower, BatchSize::SmallInput);
        });
        group.bench_function("all", |bencher| {
            bencher.iter(|| engine.compile_uncached(black_box(source), &schema));
        });
        group.bench_function("all_cached", |bencher| {
            bencher.iter(|| engine.compile(black_box(source), &schema));
        });
        group.finish();
    }
}

/// What it takes to hand parameters in, on a program that does next to nothing with them.
fn bind(criterion: &mut Criterion) {
    let engine = Engine::default();
    let mut group = criterion.benchmark_group("bind");
    let (_, source, schema) = &sources()[0];
    let program = engine.compile(source, schema).expect("a program that compiles");
    let by_name = Inputs::new()
        .with("price", 12.5)
        .with("qty", 9)
        .with("threshold", 100.0)
        .with("region", "us-east-1");
    let by_slot = [
        Input::Double(12.5),
        Input::Long(9),
        Input::Double(100.0),
        Input::String("us-east-1"),
    ];
    group.bench_function("four_by_slot", |bencher| {
        bencher.iter(|| program.evaluate_slots(black_box(&by_slot)));
    });
    group.bench_function("four_by_name", |bencher| {
        bencher.iter(|| program.evaluate(black_box(&by_name)));
    });

    let schema = Schema::new()
        .with("xs", Type::LongArray)
        .with("texts", Type::StringArray);
    let last = engine
        .compile("xs[xs.length - 1]", &schema)
        .expect("a program that compiles");
    let longs: Vec<i64> = (0..10_000).collect();
    group.bench_function("array_by_slot", |bencher| {
        bencher.iter(|| last.evaluate_slots(&[Input::LongArray(black_box(&longs))]));
    });
    let named = Inputs::new().with("xs", longs.clone());
    group.bench_function("array_by_name", |bencher| {
        bencher.iter(|| last.evaluate(black_box(&named)));
    });
    let texts: Vec<&str> = vec!["2024-01-01"; 1_000];
    let first = engine.compile("texts[0]", &schema).expect("a program that compiles");
    group.bench_function("texts_by_slot", |bencher| {
        bencher.iter(|| first.evaluate_slots(&[Input::StringArray(black_box(&texts))]));
    });
    group.finish();
}

/// What it takes to turn values into a host's types and back.
fn convert(criterion: &mut Criterion) {
    let engine = Engine::default();
    let mut group = criterion.benchmark_group("convert");
    let json =
        r#"{"name": "orders", "days": [20240101, 20240102], "owner": {"team": "data", "retries": 3, "rate": 0.5}}"#;
    group.bench_function("from_json", |bencher| {
        bencher.iter(|| Value::from_json(black_box(json)));
    });
    let value = Value::from_json(json).expect("a value");
    group.bench_function("to_json", |bencher| {
        bencher.iter(|| serde_json::to_string(black_box(&value)).expect("JSON"));
    });
    let results = [
        (
            "array",
            "int[] xs = new int[n]; for (int i = 0; i < n; i += 1) { xs[i] = i; } return xs;",
        ),
        (
            "map",
            "Map m = new Map(); for (int i = 0; i < n; i += 1) { m.put('k' + i, i); } return m;",
        ),
    ];
    let schema = Schema::new().with("n", Type::Long);
    for (name, source) in results {
        let program = engine.compile(source, &schema).expect("a program that compiles");
        let outcome = program.evaluate_slots(&[Input::Long(1_000)]).expect("a value");
        group.bench_function(format!("{name}_to_value"), |bencher| {
            bencher.iter(|| program.evaluate_slots(black_box(&[Input::Long(1_000)])));
        });
        group.bench_function(format!("{name}_to_json"), |bencher| {
            bencher.iter(|| serde_json::to_value(black_box(outcome.value())).expect("JSON"));
        });
    }
    group.finish();
}

/// Compiling sources of growing length: the time for a byte must stay what it is.
fn compile_scaling(criterion: &mut Criterion) {
    let limits = Limits::default().source_length(4 << 20).array_length(1 << 20);
    let engine = Engine::builder().limits(limits).build();
    let schema = Schema::new().with("n", Type::Long);
    let mut group = criterion.benchmark_group("compile_scaling");
    group.sample_size(10);
    for kib in [1, 4, 16, 64, 256] {
        let statement = "if (n > 3 && n < 100) { t = 'x' + n; n = (n * 7 + 1) % 1000; }\n";
        let source = statement.repeat(kib * 1024 / statement.len());
        group.throughput(Throughput::Bytes(source.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(kib), &source, |bencher, source| {
            bencher.iter(|| {
                engine
                    .compile_uncached(source, &schema)
                    .expect("a program that compiles")
            });
        });
    }
    group.finish();
}

/// Evaluating over inputs of growing size: the time for an element must stay what it is.
fn evaluate_scaling(criterion: &mut Criterion) {
    let limits = Limits::default()
        .steps(u64::MAX >> 1)
        .memory(1 << 30)
        .array_length(1 << 20)
        .map_entries(1 << 20);
    let engine = Engine::builder().limits(limits).build();
    let schema = Schema::new().with("n", Type::Long);
    let programs = [
        (
            "sum",
            "long t = 0; for (int i = 0; i < n; i += 1) { t += i * 3 % 7; } return t;",
        ),
        (
            "append",
            "String s = ''; for (int i = 0; i < n; i += 1) { s += 'ab'; } return s.length();",
        ),
        (
            "map",
            "Map m = new Map(); for (int i = 0; i < n; i += 1) { m.put('k' + i, i); } return m.size();",
        ),
        (
            "array",
            "int[] xs = new int[n]; for (int i = 0; i < n; i += 1) { xs[i] = n - i; } return xs[n - 1];",
        ),
    ];
    for (name, source) in programs {
        let program: Program = engine.compile(source, &schema).expect("a program that compiles");
        let mut group = criterion.benchmark_group(format!("evaluate_scaling/{name}"));
        group.sample_size(10);
        for n in [100_i64, 1_000, 10_000] {
            program
                .evaluate_slots(&[Input::Long(n)])
                .expect("a program that has a value");
            group.throughput(Throughput::Elements(n as u64));
            group.bench_with_input(BenchmarkId::from_parameter(n), &n, |bencher, &n| {
                bencher.iter(|| program.evaluate_slots(black_box(&[Input::Long(n)])));
            });
        }
        group.finish();
    }
}

criterion_group!(benches, stages, bind, convert, compile_scaling, evaluate_scaling);
criterion_main!(benches);
