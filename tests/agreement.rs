//! The machine, the traced machine, the machine in slices, a loaded program and the second evaluator give the same value,
//! error, steps and bytes: over the corpus and over programs made of random choices, on parameters of every shape. And what `strict` accepts never ends in a type error.

#![cfg(feature = "oracle")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

#[path = "support/corpus.rs"]
mod corpus;
#[path = "support/ways.rs"]
mod ways;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use selvedge::diagnostic::Code;
use selvedge::oracle::{Verdict, evaluate_on_machine, generate};
use selvedge::{Engine, FixedHost, Inputs, Limits, Schema, UnknownNames};

/// How many programs are generated; the environment may ask for more.
fn cases() -> u32 {
    let asked = std::env::var("SELVEDGE_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok());
    asked.unwrap_or(100_000)
}

fn host() -> FixedHost {
    FixedHost {
        now_millis: 1_700_000_000_000,
        seed: 1,
    }
}

#[test]
fn the_corpus_gives_the_same_on_both() {
    let engines = [
        Limits::default(),
        Limits::default().steps(40),
        Limits::default().memory(600),
    ]
    .map(|limits| {
        Engine::builder()
            .unknown_names(UnknownNames::Null)
            .host(host())
            .limits(limits)
            .build()
    });
    let (mut compared, mut wrong) = (0, Vec::new());
    for (source, inputs) in corpus::corpus() {
        for engine in &engines {
            for schema in [Schema::infer_from(inputs.as_map()), Schema::open()] {
                compared += 1;
                wrong.extend(ways::all_agree(engine, &source, &schema, &inputs, 3).err());
            }
        }
    }
    assert!(compared > 20_000);
    assert!(
        wrong.is_empty(),
        "{} of {compared}:\n{}",
        wrong.len(),
        wrong.join("\n\n")
    );
}

/// The outcome of the generated programs, so that a generator that makes only refused ones is noticed.
#[derive(Debug, Default)]
struct Tally {
    refused: u32,
    failed: u32,
    gave: u32,
}

impl Tally {
    fn count(&mut self, verdict: Option<&Verdict>) {
        match verdict.map(|verdict| &verdict.outcome) {
            None => self.refused += 1,
            Some(Err(_)) => self.failed += 1,
            Some(Ok(_)) => self.gave += 1,
        }
    }

    fn check(&self) {
        let Self { refused, failed, gave } = self;
        println!("{refused} refused, {failed} failed, {gave} gave a value");
        let all = refused + failed + gave;
        assert!(
            *gave > all / 10 && *failed > all / 20 && *refused > all / 20,
            "{refused} {failed} {gave}"
        );
    }
}

/// The parameters of a world and their schema.
struct World {
    inputs: Inputs,
    known: Schema,
}

fn worlds() -> Vec<World> {
    let read = |index| {
        let json: serde_json::Value = serde_json::from_str(&generate::world(index)).unwrap();
        let inputs = Inputs::from_serialize(&json).unwrap();
        let known = Schema::infer_from(inputs.as_map());
        World { inputs, known }
    };
    (0..generate::WORLD_COUNT).map(read).collect()
}

#[test]
fn generated_programs_give_the_same_in_all_ways() {
    let limits = Limits::default()
        .steps(20_000)
        .memory(200_000)
        .string_length(5_000)
        .array_length(500);
    let build = |strict| {
        let builder = Engine::builder().host(host()).limits(limits.clone()).strict(strict);
        builder.unknown_names(UnknownNames::Null).build()
    };
    let (lenient, strict, worlds) = (build(false), build(true), worlds());
    let tally = std::cell::RefCell::new(Tally::default());
    let mut runner = TestRunner::new(Config {
        cases: cases(),
        failure_persistence: None,
        ..Config::default()
    });
    let choices = proptest::collection::vec(any::<u8>(), 0..240);
    let outcome = runner.run(&(choices, any::<u8>()), |(choices, setting)| {
        let source = generate::program(&choices);
        let world = usize::from(setting >> 2) % worlds.len();
        let World { inputs, known } = &worlds[world];
        let schema = if setting & 1 == 0 {
            known.clone()
        } else {
            Schema::open()
        };
        let slice = if setting & 2 == 0 { 1 } else { 7 };
        let verdict = ways::all_agree(&lenient, &source, &schema, inputs, slice)
            .map_err(|difference| TestCaseError::fail(format!("world {world}: {difference}")))?;
        tally.borrow_mut().count(verdict.as_ref());
        if let Some(Verdict {
            outcome: Err((code, message, _)),
            ..
        }) = &verdict
        {
            prop_assert_ne!(*code, Code::Internal, "{}: {}", source, message);
        }
        if let Ok(Verdict {
            outcome: Err((code, message, _)),
            ..
        }) = evaluate_on_machine(&strict, &source, &schema, inputs)
        {
            let of_types = matches!(code, Code::TypeMismatch | Code::ParameterType | Code::AssignmentType);
            prop_assert!(!of_types, "strict let pass: {}\n{}: {}", source, code, message);
        }
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    tally.into_inner().check();
}
