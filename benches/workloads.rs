//! The workloads of the race, each on its own: what `benches/peers` measures against other interpreters is here for profiles
//! and for comparing one change with the one before.

#![allow(
    clippy::expect_used,
    missing_docs,
    reason = "a benchmark stops at what it does not expect; criterion's macros make public items"
)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use selvedge::{Engine, Input, Limits, Program, Schema, Type, Value};

macro_rules! source {
    ($name:literal) => {
        include_str!(concat!("workloads/", $name, ".sel")).trim_end()
    };
}

/// A workload: its source, the types of its parameters, and their values in the order of the types.
struct Workload {
    name: &'static str,
    source: &'static str,
    schema: &'static [(&'static str, Type)],
    inputs: Vec<Input<'static>>,
    result: Value,
}

fn workloads() -> Vec<Workload> {
    use Type::{Double, Long, LongArray, String};
    let xs: &'static [i64] = Vec::leak((0..10_000).collect());
    let workload = |name, source, schema, inputs, result| Workload {
        name,
        source,
        schema,
        inputs,
        result,
    };
    let w1 = vec![
        Input::Double(12.5),
        Input::Long(9),
        Input::Double(100.0),
        Input::String("us-east-1"),
    ];
    let w4 = vec![
        Input::String("lake"),
        Input::String("orders"),
        Input::Long(20_240_101),
        Input::Long(7),
    ];
    let w9 = vec![Input::Long(20_231_101), Input::Long(20_240_201)];
    vec![
        workload(
            "w1",
            source!("w1"),
            &[
                ("price", Double),
                ("qty", Long),
                ("threshold", Double),
                ("region", String),
            ],
            w1,
            true.into(),
        ),
        workload(
            "w3",
            source!("w3"),
            &[("n", Long)],
            vec![Input::Long(100)],
            1_000_000.into(),
        ),
        workload(
            "w4",
            source!("w4"),
            &[("bucket", String), ("table", String), ("date", Long), ("hour", Long)],
            w4,
            "s3://lake/orders/dt=20240101/hr=7".into(),
        ),
        workload(
            "w5",
            source!("w5"),
            &[("xs", LongArray)],
            vec![Input::LongArray(xs)],
            49_995_000.into(),
        ),
        workload(
            "w6",
            source!("w6"),
            &[("n", Long)],
            vec![Input::Long(10_000)],
            1_229.into(),
        ),
        workload(
            "w7",
            source!("w7"),
            &[("n", Long)],
            vec![Input::Long(1_000)],
            499_500.into(),
        ),
        workload(
            "w8",
            source!("w8"),
            &[("n", Long)],
            vec![Input::Long(1_000)],
            2_000.into(),
        ),
        workload("w9w", source!("w9"), &[("a", Long), ("b", Long)], w9, 3.into()),
    ]
}

/// The inputs in the order of the program's slots.
fn by_slot(program: &Program, workload: &Workload) -> Vec<Input<'static>> {
    let mut slots = vec![Input::Absent; program.parameters().len()];
    for ((name, _), input) in workload.schema.iter().zip(&workload.inputs) {
        if let Some(slot) = program.slot(name) {
            slots[slot.index()] = *input;
        }
    }
    slots
}

fn schema(workload: &Workload) -> Schema {
    let entries = workload.schema.iter();
    entries.fold(Schema::new(), |schema, (name, ty)| schema.with(name, *ty))
}

fn evaluate(criterion: &mut Criterion) {
    let engine = Engine::builder().limits(Limits::default().steps(100_000_000)).build();
    let mut group = criterion.benchmark_group("evaluate");
    for workload in workloads() {
        group.bench_function(workload.name, |bencher| {
            let program = engine
                .compile(workload.source, &schema(&workload))
                .expect("a program that compiles");
            let slots = by_slot(&program, &workload);
            let outcome = program.evaluate_slots(&slots).expect("a program that has a value");
            assert_eq!(*outcome.value(), workload.result, "{}", workload.name);
            bencher.iter(|| program.evaluate_slots(black_box(&slots)));
        });
    }
    group.finish();
}

fn compile(criterion: &mut Criterion) {
    let engine = Engine::builder().build();
    for name in ["compile", "compile_cached"] {
        let mut group = criterion.benchmark_group(name);
        for workload in workloads() {
            let schema = schema(&workload);
            group.bench_function(workload.name, |bencher| {
                bencher.iter(|| match name {
                    "compile" => engine.compile_uncached(black_box(workload.source), &schema),
                    _ => engine.compile(black_box(workload.source), &schema),
                });
            });
        }
        group.finish();
    }
}

criterion_group!(benches, evaluate, compile);
criterion_main!(benches);
