//! An evaluation in slices gives what the whole one gives, in value, error, steps and bytes, however long its slices are; also where each
//! slice goes on from a copy of the state that the one before left.

#![cfg(all(feature = "oracle", feature = "datetime"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

use std::cell::Cell;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use selvedge::oracle::{evaluate_from_copies, generate};
use selvedge::{Engine, EvalError, FixedHost, Inputs, Limits, Outcome, Program, Schema, UnknownNames};
use serde_json::Value as Json;

#[path = "support/corpus.rs"]
mod corpus;

/// What a future comes to, and how many times it gave way.
fn drive<T>(future: impl Future<Output = T> + Send) -> (T, u64) {
    let mut future = pin!(future);
    let mut pauses = 0;
    loop {
        match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(output) => return (output, pauses),
            Poll::Pending => pauses += 1,
        }
    }
}

fn said(result: &Result<Outcome, EvalError>) -> String {
    match result {
        Ok(outcome) => format!("{outcome:?}"),
        Err(error) => format!("{error:?}"),
    }
}

/// Runs a program in slices of several lengths; gives how often the shortest paused.
fn compare(program: &Program, inputs: &Inputs) -> Result<u64, String> {
    let whole = program.evaluate(inputs);
    let mut most = 0;
    for steps in [1, 7, 1_000] {
        let (sliced, pauses) = drive(program.evaluation().evaluate_in_slices(inputs, steps));
        if said(&sliced) != said(&whole) {
            return Err(format!("{}\n{steps}: {sliced:?}\nnot {whole:?}", program.source()));
        }
        let copied = evaluate_from_copies(program, inputs, steps);
        if said(&copied) != said(&whole) {
            return Err(format!(
                "{}\n{steps}, copied: {copied:?}\nnot {whole:?}",
                program.source()
            ));
        }
        let used = whole.as_ref().map_or_else(EvalError::usage, Outcome::usage).steps;
        if pauses > used / steps {
            return Err(format!(
                "{}\n{steps}: {pauses} pauses in {used} steps",
                program.source()
            ));
        }
        most = most.max(pauses);
    }
    Ok(most)
}

fn engine() -> Engine {
    let host = FixedHost {
        now_millis: 1_700_000_000_000,
        seed: 1,
    };
    let limits = Limits::default().steps(100_000).memory(1_000_000);
    let builder = Engine::builder().unknown_names(UnknownNames::Null).host(host);
    builder.limits(limits).build()
}

#[test]
fn the_corpus_gives_the_same_in_slices() {
    let engine = engine();
    let mut paused = 0;
    for (source, inputs) in corpus::corpus() {
        for schema in [Schema::infer_from(inputs.as_map()), Schema::open()] {
            if let Ok(program) = engine.compile(&source, &schema) {
                let pauses = compare(&program, &inputs).unwrap_or_else(|wrong| panic!("{wrong}"));
                paused += u64::from(pauses > 0);
            }
        }
    }
    // Most programs are too short to be divided; those with loops are many all the same.
    assert!(paused > 500, "only {paused} paused");
}

#[test]
fn generated_programs_give_the_same_in_slices() {
    let engine = engine();
    let inputs: Json = serde_json::from_str(&generate::world(0)).unwrap();
    let inputs = Inputs::from_serialize(&inputs).unwrap();
    let schema = Schema::infer_from(inputs.as_map());
    let paused = Cell::new(0_u32);
    let config = Config {
        cases: 2_000,
        failure_persistence: None,
        ..Config::default()
    };
    let outcome = TestRunner::new(config).run(&proptest::collection::vec(any::<u8>(), 0..160), |choices| {
        if let Ok(program) = engine.compile(&generate::program(&choices), &schema) {
            let pauses = compare(&program, &inputs).map_err(TestCaseError::fail)?;
            paused.set(paused.get() + u32::from(pauses > 0));
        }
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    assert!(paused.get() > 200, "only {} paused", paused.get());
}

/// Loops that run as one instruction, which pause in the middle of it.
const TIGHT: [&str; 4] = [
    "sum = 0; for (int i = 0; i < 5000; i += 1) { sum += 3; } return sum;",
    "xs = new long[900]; xs[7] = 5; sum = 0; for (int i = 0; i < xs.length; i += 1) { sum += xs[i]; } return sum;",
    "bs = new boolean[900]; for (int i = 1; i < 900; i += 1) { bs[i] = true; } n = 0; for (int i = 1; i < 900; i += 1) { if (!bs[i]) { n += 1; } } return n;",
    "while (true) { }",
];

#[test]
fn loops_of_one_instruction_pause_in_time() {
    let engine = engine();
    for source in TIGHT {
        let program = engine.compile(source, &Schema::new()).unwrap();
        let inputs = Inputs::new();
        compare(&program, &inputs).unwrap_or_else(|wrong| panic!("{wrong}"));
        let used = program
            .evaluate(&inputs)
            .as_ref()
            .map_or_else(EvalError::usage, Outcome::usage);
        let (_, pauses) = drive(program.evaluation().evaluate_in_slices(&inputs, 100));
        // An iteration takes a few steps, so that a slice ends soon after its hundredth.
        assert!(
            pauses >= used.steps / 110,
            "{source}: {pauses} pauses in {} steps",
            used.steps
        );
    }
}

/// Longer than a slice of ten steps on any machine.
const LATE: std::time::Duration = std::time::Duration::from_secs(2);

#[test]
fn a_deadline_stops_between_slices() {
    let engine = Engine::builder().limits(Limits::default().steps(u64::MAX)).build();
    let program = engine.compile("while (true) { }", &Schema::new()).unwrap();
    let evaluation = program.evaluation().timeout(LATE);
    let inputs = Inputs::new();
    let mut future = pin!(evaluation.evaluate_in_slices(&inputs, 10));
    let mut poll = || future.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    assert!(poll().is_pending());
    std::thread::sleep(LATE);
    let Poll::Ready(stopped) = poll() else {
        panic!("it goes on after its deadline");
    };
    assert_eq!(stopped.unwrap_err().code(), selvedge::diagnostic::Code::Deadline);
}
