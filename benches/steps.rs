//! Nanoseconds for each charged step: of every example of the library's functions, of `benches/steps.jsonl` at growing sizes and
//! of the attacks, each beside an integer addition in a loop of the same run. Fails where one is more than 20 times as much.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    reason = "a benchmark stops at what it does not expect"
)]

use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::Criterion;
use selvedge::{Engine, FixedHost, Inputs, Limits, Program, Schema, UnknownNames, library_functions};
use serde_json::Value as Json;

#[path = "../tests/support/attack.rs"]
mod attack;
#[path = "../tests/support/sized.rs"]
mod sized;

use sized::sized;

/// What the contract with the host allows a step, in steps of the ordinary one.
const MOST: f64 = 20.0;
/// Work is looked at from this many steps on: less is the start and the end of an evaluation, which every evaluation has.
const ENOUGH_STEPS: u64 = 5_000;
/// The steps of an evaluation: few enough that the scheduler of a busy machine leaves some of them alone.
const STEPS: u64 = 40_000;
const SIZES: [usize; 5] = [1, 16, 256, 4_096, 65_536];
const ADDITION: &str = "n = 0; for (i = 0; i < 5000; i += 1) { n = n + i; } return n;";

/// A row of the table.
struct Row {
    name: String,
    ns_per_step: f64,
    steps: u64,
}

fn engine(steps: u64) -> Engine {
    let host = FixedHost {
        now_millis: 1_700_000_000_000,
        seed: 1,
    };
    let limits = Limits::default()
        .steps(steps)
        .memory(64 << 20)
        .string_length(u64::MAX)
        .array_length(1 << 20);
    Engine::builder()
        .host(host)
        .limits(limits)
        .unknown_names(UnknownNames::Null)
        .build()
}

/// The least time of some evaluations, and the steps of each.
fn measure(program: &Program, inputs: &Inputs) -> (Duration, u64) {
    let (mut least, mut steps) = (Duration::MAX, 0);
    let begun = Instant::now();
    for round in 0..400 {
        let start = Instant::now();
        let came = black_box(program.evaluate(black_box(inputs)));
        least = least.min(start.elapsed());
        steps = match &came {
            Ok(outcome) => outcome.usage().steps,
            Err(error) => error.usage().steps,
        };
        if round >= 2 && begun.elapsed() > Duration::from_millis(60) {
            break;
        }
    }
    (least, steps)
}

fn row(name: String, program: &Program, inputs: &Inputs) -> Row {
    let (time, steps) = measure(program, inputs);
    let ns_per_step = time.as_secs_f64() * 1e9 / steps.max(ENOUGH_STEPS) as f64;
    Row {
        name,
        ns_per_step,
        steps,
    }
}

/// Repeats what a program does until its budget is used up.
fn repeated(source: &str) -> String {
    let body = source.replace("return ", "zz = ");
    let end = if body.trim_end().ends_with([';', '}']) { "" } else { ";" };
    let start = if body == source && !source.contains([';', '=']) {
        "zz = "
    } else {
        ""
    };
    format!("while (true) {{ {start}{body}{end} }}")
}

fn library(rows: &mut Vec<Row>) {
    let engine = engine(STEPS);
    let mut missing = BTreeSet::new();
    for function in library_functions() {
        let mut measured = false;
        for (index, (source, gives)) in function.examples().enumerate() {
            if gives.starts_with("error") {
                continue;
            }
            let Ok(program) = engine.compile(&repeated(source), &Schema::open()) else {
                continue;
            };
            rows.push(row(
                format!("{}, example {index}", function.signature()),
                &program,
                &Inputs::new(),
            ));
            measured = true;
        }
        if !measured {
            missing.insert(function.signature());
        }
    }
    println!("functions without an example that can be repeated: {missing:?}");
    assert!(missing.len() < 8, "too many functions are not measured");
}

fn expressions(rows: &mut Vec<Row>) {
    let engine = engine(STEPS);
    for line in include_str!("steps.jsonl").lines() {
        let line: Json = serde_json::from_str(line).expect("a line of JSON");
        let text = |part: &str| line[part].as_str().unwrap_or("");
        let (of, before, source) = (text("of"), text("before"), text("sized"));
        for size in SIZES {
            let inputs = sized(size);
            match engine.compile(
                &format!("{before} while (true) {{ {source}; }}"),
                &Schema::infer_from(inputs.as_map()),
            ) {
                Ok(program) => rows.push(row(format!("{of}, {size}"), &program, &inputs)),
                Err(error) => {
                    println!("not in the language: {of}: {error}");
                    break;
                }
            }
        }
    }
}

fn attacks(rows: &mut Vec<Row>) {
    for attack in attack::read_all() {
        let Ok(inputs) = attack.inputs() else { continue };
        let limits = attack.limits();
        let most = limits.steps.min(STEPS);
        let engine = attack.engine(limits.steps(most));
        if attack.limits().timeout.is_some() || attack.is_cancelled() {
            continue;
        }
        if let Ok(program) = engine.compile(&attack.source(), &attack.schema(&inputs)) {
            rows.push(row(format!("attack {}", attack.id), &program, &inputs));
        }
    }
}

fn main() {
    let addition = engine(STEPS)
        .compile(ADDITION, &Schema::new())
        .expect("a program that compiles");
    let inputs = Inputs::new();
    let ordinary = row("an integer addition in a loop".to_owned(), &addition, &inputs).ns_per_step;
    let mut rows = Vec::new();
    library(&mut rows);
    expressions(&mut rows);
    attacks(&mut rows);
    // The machine may have become slower or faster meanwhile: the slower of the two is the ordinary one.
    let again = row(String::new(), &addition, &inputs).ns_per_step;
    println!(
        "an integer addition in a loop: {ordinary:.2} ns a step, {again:.2} at the end; {} rows",
        rows.len()
    );
    let ordinary = ordinary.max(again);
    rows.sort_by(|a, b| b.ns_per_step.total_cmp(&a.ns_per_step));
    println!("{:>7} {:>9} {:>9}  what", "ratio", "ns/step", "steps");
    for row in rows.iter().take(40) {
        let ratio = row.ns_per_step / ordinary;
        println!("{ratio:7.1} {:9.2} {:9}  {}", row.ns_per_step, row.steps, row.name);
    }
    let mut criterion = Criterion::default().sample_size(20).configure_from_args();
    criterion.bench_function("steps/addition", |bencher| bencher.iter(|| addition.evaluate(&inputs)));
    let over = rows.iter().filter(|row| row.ns_per_step > MOST * ordinary).count();
    assert!(
        over == 0,
        "{over} of {} rows cost more than {MOST} ordinary steps for a step",
        rows.len()
    );
}
