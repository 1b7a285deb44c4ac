//! No evaluation uses more than the static bound: over the corpus, the library's examples and generated programs. And the bound is
//! near for simple programs: each line of `tests/cost_bounds.jsonl` says within which factor, or why there is none. Their bounds are
//! kept in `tests/cost_bounds.txt`; where they are changed on purpose: `UPDATE_BOUNDS=1 cargo test --test cost_bounds`.
#![cfg(all(feature = "datetime", feature = "oracle"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use selvedge::oracle::{Work, counted, generate};
use selvedge::{CostBound, Engine, FixedHost, InputSizes, Inputs, Limits, Schema, UnknownNames, Usage};
use serde::Deserialize;

#[path = "support/corpus.rs"]
mod corpus;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    source: String,
    #[serde(default)]
    params: serde_json::Map<String, serde_json::Value>,
    schema: Option<Schema>,
    /// The bound is at most so many times what is used, in steps and in bytes.
    factor: Option<f64>,
    unbounded: Option<String>,
}

fn engine(limits: Limits) -> Engine {
    let host = FixedHost {
        now_millis: 1_700_000_000_000,
        seed: 1,
    };
    let builder = Engine::builder().unknown_names(UnknownNames::Null).host(host);
    builder.limits(limits).build()
}

/// What a program is bounded by and what it uses; `None` if it is refused.
fn compared(engine: &Engine, source: &str, schema: &Schema, inputs: &Inputs) -> Option<(CostBound, Usage)> {
    let program = engine.compile_uncached(source, schema).ok()?;
    let used = match program.evaluate(inputs) {
        Ok(outcome) => outcome.usage(),
        Err(error) => error.usage(),
    };
    Some((program.cost_bound(&InputSizes::of(inputs)), used))
}

/// Why a bound does not hold, if it does not; and how far it is from what is used.
fn judge(source: &str, bound: &CostBound, used: Usage) -> Result<Option<f64>, String> {
    let CostBound::Bounded { steps, bytes } = *bound else {
        return Ok(None);
    };
    if used.steps > steps || used.memory > bytes {
        return Err(format!("{source}\n  bound {steps} steps, {bytes} bytes, but {used:?}"));
    }
    let factor = |bound: u64, used: u64| (bound as f64 + 1.0) / (used as f64 + 1.0);
    Ok(Some(factor(steps, used.steps).max(factor(bytes, used.memory))))
}

/// The looks that the bound may take for each byte of a short source, and of one that is longer than [`LONG_SOURCE`].
const MOST_LOOKS: [usize; 2] = [160, 40];
const LONG_SOURCE: usize = 5_000;

#[test]
fn lambdas_in_lambdas_take_no_more_looks_than_are_allowed() {
    let engine = engine(Limits::default().source_length(u64::MAX));
    let schema = Schema::open();
    let nested = |depth: usize| {
        let call = |inner: String, _| format!("a.reduce(a, (s, x) -> {inner}).map(x -> x)");
        (0..depth).fold("s".to_owned(), call)
    };
    for (depth, times) in [
        (1, 1),
        (2, 1),
        (4, 1),
        (8, 1),
        (12, 1),
        (12, 20),
        (12, 200),
        (16, 1),
        (16, 20),
    ] {
        let calls: Vec<String> = (0..times).map(|at| format!("y{at} = {};", nested(depth))).collect();
        let source = format!("a = new long[]{{1}}; {} return 1;", calls.concat());
        let program = engine.compile_uncached(&source, &schema).unwrap();
        let before = counted()[Work::Bounded as usize];
        program.cost_bound(&InputSizes::new());
        let looks = counted()[Work::Bounded as usize] - before;
        let most = MOST_LOOKS[usize::from(source.len() > LONG_SOURCE)] * source.len();
        let what = format!("{depth} deep, {times} times, {} bytes: {looks} looks", source.len());
        println!("{what}");
        assert!(looks <= most as u64, "{what}");
    }
}

#[test]
fn simple_programs_are_near_their_bounds() {
    let engine = engine(Limits::default());
    let (mut wrong, mut made) = (Vec::new(), String::new());
    for line in include_str!("cost_bounds.jsonl").lines() {
        let case: Case = serde_json::from_str(line).unwrap();
        let inputs = Inputs::from_serialize(&case.params).unwrap();
        let schema = case
            .schema
            .clone()
            .unwrap_or_else(|| Schema::infer_from(inputs.as_map()));
        let (bound, used) = compared(&engine, &case.source, &schema, &inputs).unwrap();
        if let CostBound::Bounded { steps, bytes } = bound {
            writeln!(made, "{}: {steps} steps, {bytes} bytes", case.source).unwrap();
        }
        let wanted = match (&bound, &case.unbounded) {
            (CostBound::Unbounded { reason, .. }, Some(expected)) => reason == expected,
            _ => case.unbounded.is_none(),
        };
        let near = judge(&case.source, &bound, used).map(|found| match (found, case.factor) {
            (Some(found), Some(most)) => found <= most,
            (None, None) => true,
            _ => false,
        });
        if !wanted || near != Ok(true) {
            wrong.push(format!("{}\n  {bound:?}\n  {used:?}", case.source));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cost_bounds.txt");
    if std::env::var_os("UPDATE_BOUNDS").is_some() {
        fs::write(&path, &made).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    let changed = kept.lines().zip(made.lines()).find(|(kept, made)| kept != made);
    assert!(kept == made, "bounds changed, first of all: {changed:?}");
}

/// Sources with their parameters, of the corpus and of the library's examples.
fn corpus() -> Vec<(String, Inputs)> {
    let mut found = corpus::corpus();
    for function in selvedge::library_functions() {
        found.extend(
            function
                .examples()
                .map(|(source, _)| (source.to_owned(), Inputs::new())),
        );
    }
    found
}

#[test]
fn the_corpus_stays_within_its_bounds() {
    let (mut factors, mut cut_short) = (Vec::new(), Vec::new());
    let (mut unbounded, mut wrong) = (0, Vec::new());
    let engines = [engine(Limits::default()), engine(Limits::default().steps(40))];
    for (source, inputs) in corpus() {
        for (engine, factors) in engines.iter().zip([&mut factors, &mut cut_short]) {
            for schema in [Schema::infer_from(inputs.as_map()), Schema::open()] {
                let Some((bound, used)) = compared(engine, &source, &schema, &inputs) else {
                    continue;
                };
                // What is assumed of sizes holds as well, where it is true.
                let assumed = InputSizes::new();
                if assumed.covers(&inputs) {
                    let program = engine.compile_uncached(&source, &schema).unwrap();
                    wrong.extend(judge(&source, &program.cost_bound(&assumed), used).err());
                }
                match judge(&source, &bound, used) {
                    Ok(Some(factor)) => factors.push(factor),
                    Ok(None) => unbounded += 1,
                    Err(report) => wrong.push(report),
                }
            }
        }
    }
    factors.sort_by(f64::total_cmp);
    let at = |share: usize| factors.get(factors.len() * share / 100).copied().unwrap_or_default();
    println!(
        "{} bounded, {unbounded} not; factors: half {:.2}, 90% {:.2}, 99% {:.1}",
        factors.len(),
        at(50),
        at(90),
        at(99)
    );
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        factors.len(),
        wrong.join("\n")
    );
    // Some loops end by what only the run finds.
    assert!(factors.len() > 5_000 && unbounded < (factors.len() + cut_short.len()) / 15);
    assert!(
        at(50) < 1.6,
        "half of the bounds are further than {} times from what is used",
        at(50)
    );
}

#[test]
fn generated_programs_stay_within_their_bounds() {
    let parameters: serde_json::Value = serde_json::from_str(&generate::world(0)).unwrap();
    let inputs = Inputs::from_serialize(&parameters).unwrap();
    let limits = Limits::default()
        .steps(20_000)
        .memory(2_000_000)
        .string_length(5_000)
        .array_length(500);
    let engine = engine(limits);
    let known = Schema::infer_from(inputs.as_map());
    let asked = std::env::var("SELVEDGE_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok());
    let mut runner = TestRunner::new(Config {
        cases: asked.unwrap_or(10_000),
        failure_persistence: None,
        ..Config::default()
    });
    let tally = std::cell::Cell::new((0_u32, 0_u32));
    let choices = proptest::collection::vec(any::<u8>(), 0..160);
    let outcome = runner.run(&(choices, any::<bool>()), |(choices, typed)| {
        let source = generate::program(&choices);
        let schema = if typed { known.clone() } else { Schema::open() };
        if let Some((bound, used)) = compared(&engine, &source, &schema, &inputs) {
            let (bounded, unbounded) = tally.get();
            match judge(&source, &bound, used).map_err(TestCaseError::fail)? {
                Some(_) => tally.set((bounded + 1, unbounded)),
                None => tally.set((bounded, unbounded + 1)),
            }
        }
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    let (bounded, unbounded) = tally.get();
    println!("{bounded} bounded, {unbounded} not");
    assert!(bounded > 2 * unbounded, "{bounded} bounded, {unbounded} not");
}
