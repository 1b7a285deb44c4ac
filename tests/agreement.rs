//! The machine and the tree-walking evaluator give the same value, error, steps and bytes: over the corpus and over programs
//! made of random choices. And what `strict` accepts never ends in a type error.

#![cfg(feature = "oracle")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use selvedge::diagnostic::{Code, Diagnostic};
use selvedge::oracle::{Verdict, evaluate, evaluate_on_machine, generate};
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

/// A verdict as text, without the place: where a block's steps are used up is the block's start for one and an operation of it
/// for the other. As text, NaN is equal to itself.
fn shown(verdict: &Result<Verdict, Vec<Diagnostic>>) -> String {
    match verdict {
        Ok(Verdict { outcome, usage }) => match outcome {
            Ok(value) => format!("{value:?} {usage:?}"),
            Err((code, message, _)) => format!("{code:?} {message} {usage:?}"),
        },
        Err(diagnostics) => format!("{diagnostics:?}"),
    }
}

/// Both verdicts, which must be the same.
fn both(engine: &Engine, source: &str, schema: &Schema, inputs: &Inputs) -> Result<Option<Verdict>, String> {
    let machine = evaluate_on_machine(engine, source, schema, inputs);
    let walker = evaluate(engine, source, schema, inputs);
    if shown(&machine) != shown(&walker) {
        return Err(format!("{source}\nmachine: {machine:?}\nwalker:  {walker:?}"));
    }
    Ok(machine.ok())
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
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance");
    let (mut compared, mut wrong) = (0, Vec::new());
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "jsonl") {
            continue;
        }
        for line in fs::read_to_string(&path).unwrap().lines() {
            let case: serde_json::Value = serde_json::from_str(line).unwrap();
            let inputs = Inputs::from_serialize(case.get("params").unwrap_or(&serde_json::json!({}))).unwrap();
            let source = case["expr"].as_str().unwrap();
            for engine in &engines {
                for schema in [Schema::infer_from(inputs.as_map()), Schema::open()] {
                    compared += 1;
                    wrong.extend(both(engine, source, &schema, &inputs).err());
                }
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

/// What became of the generated programs, so that a generator that makes only refused ones is noticed.
#[derive(Debug, Default)]
struct Tally {
    refused: u32,
    failed: u32,
    gave: u32,
}

#[test]
fn generated_programs_give_the_same_on_both() {
    let inputs =
        Inputs::from_serialize(&serde_json::from_str::<serde_json::Value>(generate::PARAMETERS).unwrap()).unwrap();
    let limits = Limits::default()
        .steps(20_000)
        .memory(200_000)
        .string_length(5_000)
        .array_length(500);
    let build = |strict| {
        let builder = Engine::builder().host(host()).limits(limits.clone()).strict(strict);
        builder.unknown_names(UnknownNames::Null).build()
    };
    let (lenient, strict) = (build(false), build(true));
    let known = Schema::infer_from(inputs.as_map());
    let tally = std::cell::RefCell::new(Tally::default());
    let mut runner = TestRunner::new(Config {
        cases: cases(),
        failure_persistence: None,
        ..Config::default()
    });
    let choices = proptest::collection::vec(any::<u8>(), 0..160);
    let outcome = runner.run(&(choices, any::<bool>()), |(choices, typed)| {
        let source = generate::program(&choices);
        let schema = if typed { known.clone() } else { Schema::open() };
        let verdict = both(&lenient, &source, &schema, &inputs).map_err(TestCaseError::fail)?;
        let mut tally = tally.borrow_mut();
        match &verdict {
            None => tally.refused += 1,
            Some(Verdict {
                outcome: Err((code, message, _)),
                ..
            }) => {
                prop_assert_ne!(*code, Code::Internal, "{}: {}", source, message);
                tally.failed += 1;
            }
            Some(Verdict { outcome: Ok(_), .. }) => tally.gave += 1,
        }
        if let Ok(Verdict {
            outcome: Err((code, message, _)),
            ..
        }) = evaluate_on_machine(&strict, &source, &schema, &inputs)
        {
            let of_types = matches!(code, Code::TypeMismatch | Code::ParameterType | Code::AssignmentType);
            prop_assert!(!of_types, "strict let pass: {}\n{}: {}", source, code, message);
        }
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    let Tally { refused, failed, gave } = tally.into_inner();
    println!("{refused} refused, {failed} failed, {gave} gave a value");
    let all = refused + failed + gave;
    assert!(
        gave > all / 10 && failed > all / 20 && refused > all / 20,
        "{refused} {failed} {gave}"
    );
}
