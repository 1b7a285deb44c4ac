//! Instructions against steps: no evaluation runs more than four instructions for each step that it charged, a turn of a loop
//! that is one instruction counted each. Over the corpus, the attacks and programs made of random choices.

#![cfg(feature = "oracle")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

#[path = "support/attack.rs"]
mod attack;
#[path = "support/corpus.rs"]
mod corpus;

use std::cell::Cell;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use selvedge::oracle::{Work, counted, generate};
use selvedge::{CancelToken, Engine, FixedHost, Inputs, Limits, Program, Schema, UnknownNames};

/// The most instructions for each step.
const PER_STEP: u64 = 4;
/// Instructions whatever the steps: constants loaded at the start, and the return at the end.
const ALWAYS: u64 = 40;
/// The most steps of an attack that is run: the host stops others, or they take too long for a test.
const MOST_STEPS: u64 = 20_000_000;

fn executed() -> u64 {
    counted()[Work::Executed as usize]
}

/// Evaluates the program; `Err` where it ran more instructions than its steps allow.
fn check(program: &Program, inputs: &Inputs, cancel: Option<CancelToken>) -> Result<f64, String> {
    let before = executed();
    let mut evaluation = program.evaluation();
    if let Some(token) = cancel {
        evaluation = evaluation.cancel(token);
    }
    let steps = match evaluation.evaluate(inputs) {
        Ok(outcome) => outcome.usage().steps,
        Err(error) => error.usage().steps,
    };
    let instructions = executed() - before;
    if instructions > ALWAYS + PER_STEP * steps {
        return Err(format!(
            "{instructions} instructions for {steps} steps: {}",
            program.source()
        ));
    }
    Ok(instructions.saturating_sub(ALWAYS) as f64 / steps.max(1) as f64)
}

fn engine(limits: Limits) -> Engine {
    let host = FixedHost {
        now_millis: 1_700_000_000_000,
        seed: 1,
    };
    Engine::builder()
        .unknown_names(UnknownNames::Null)
        .host(host)
        .limits(limits)
        .build()
}

/// What was checked, what was wrong, and the most instructions a step.
#[derive(Default)]
struct Report {
    checked: usize,
    wrong: Vec<String>,
    most: (f64, String),
}

impl Report {
    fn add(&mut self, name: &str, came: Result<f64, String>) {
        self.checked += 1;
        match came {
            Ok(per_step) if per_step > self.most.0 => self.most = (per_step, name.to_owned()),
            Ok(_) => {}
            Err(wrong) => self.wrong.push(format!("{name}: {wrong:.400}")),
        }
    }

    fn hold(self, at_least: usize) {
        let Self { checked, wrong, most } = self;
        println!(
            "{checked} programs, at most {:.2} instructions a step: {:.200}",
            most.0, most.1
        );
        assert!(wrong.is_empty(), "{} of {checked}:\n{}", wrong.len(), wrong.join("\n"));
        assert!(checked >= at_least, "only {checked}");
    }
}

#[test]
fn the_corpus_runs_no_more_instructions_than_its_steps_allow() {
    let engine = engine(Limits::default());
    let mut report = Report::default();
    for (source, inputs) in corpus::corpus() {
        for schema in [Schema::infer_from(inputs.as_map()), Schema::open()] {
            if let Ok(program) = engine.compile_uncached(&source, &schema) {
                report.add(&source, check(&program, &inputs, None));
            }
        }
    }
    report.hold(5_000);
}

#[test]
fn no_attack_runs_more_instructions_than_its_steps_allow() {
    let mut report = Report::default();
    for attack in attack::read_all() {
        let Ok(inputs) = attack.inputs() else { continue };
        let limits = attack.limits();
        if limits.steps > MOST_STEPS && limits.timeout.is_none() {
            continue;
        }
        let engine = attack.engine(limits);
        for schema in [attack.schema(&inputs), Schema::open()] {
            let Ok(program) = engine.compile(&attack.source(), &schema) else {
                continue;
            };
            let token = attack.is_cancelled().then(|| {
                let token = CancelToken::new();
                token.cancel();
                token
            });
            report.add(&attack.id, check(&program, &inputs, token));
        }
    }
    report.hold(1_500);
}

/// How many programs are generated; the environment may ask for more.
fn cases() -> u32 {
    let asked = std::env::var("SELVEDGE_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok());
    asked.unwrap_or(100_000)
}

#[test]
fn no_generated_program_runs_more_instructions_than_its_steps_allow() {
    let parameters: serde_json::Value = serde_json::from_str(&generate::world(0)).unwrap();
    let inputs = Inputs::from_serialize(&parameters).unwrap();
    let limits = Limits::default().steps(20_000).memory(200_000).string_length(5_000);
    let engine = engine(limits);
    let known = Schema::infer_from(inputs.as_map());
    let ran = Cell::new(0);
    let mut runner = TestRunner::new(Config {
        cases: cases(),
        failure_persistence: None,
        ..Config::default()
    });
    let choices = proptest::collection::vec(any::<u8>(), 0..160);
    let outcome = runner.run(&(choices, any::<bool>()), |(choices, typed)| {
        let source = generate::program(&choices);
        let schema = if typed { known.clone() } else { Schema::open() };
        if let Ok(program) = engine.compile_uncached(&source, &schema) {
            ran.set(ran.get() + 1);
            check(&program, &inputs, None).map_err(TestCaseError::fail)?;
        }
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    println!("{} programs ran", ran.get());
    assert!(ran.get() > cases() / 4, "only {} programs ran", ran.get());
}
