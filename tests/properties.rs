//! Properties of all programs, held over programs made of random choices: what is printed reads as the same tree, evaluation is
//! deterministic, usage stays within limits, and a budget decides only whether there is a value, never which.

#![cfg(feature = "oracle")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use selvedge::diagnostic::Code;
use selvedge::oracle::{Verdict, evaluate_on_machine, generate, print_twice};
use selvedge::{Engine, FixedHost, Inputs, Limits, Schema, UnknownNames};

/// How many programs each property is held over; the environment may ask for more.
fn cases() -> u32 {
    let asked = std::env::var("SELVEDGE_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok());
    asked.unwrap_or(4_000)
}

fn inputs() -> Inputs {
    let json: serde_json::Value = serde_json::from_str(&generate::world(0)).unwrap();
    Inputs::from_serialize(&json).unwrap()
}

fn limits() -> Limits {
    Limits::default()
        .steps(20_000)
        .memory(200_000)
        .string_length(5_000)
        .array_length(500)
}

fn engine(limits: Limits, strict: bool) -> Engine {
    let host = FixedHost {
        now_millis: 1_700_000_000_000,
        seed: 1,
    };
    let builder = Engine::builder().host(host).limits(limits).strict(strict);
    builder.unknown_names(UnknownNames::Null).build()
}

/// Holds a property over generated programs, and tells of how many it had something to say.
fn holds(property: impl Fn(&str, &[u8]) -> Result<bool, TestCaseError>) -> u32 {
    let spoke = std::cell::Cell::new(0);
    let mut runner = TestRunner::new(Config {
        cases: cases(),
        failure_persistence: None,
        ..Config::default()
    });
    let choices = proptest::collection::vec(any::<u8>(), 0..160);
    let outcome = runner.run(&choices, |choices| {
        let said = property(&generate::program(&choices), &choices)?;
        spoke.set(spoke.get() + u32::from(said));
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    spoke.get()
}

fn run(engine: &Engine, source: &str, schema: &Schema, inputs: &Inputs) -> Option<Verdict> {
    evaluate_on_machine(engine, source, schema, inputs).ok()
}

/// A value or an error as text, without what was used: as text, NaN is equal to itself.
fn shown(verdict: &Verdict) -> String {
    format!("{:?}", verdict.outcome)
}

fn told(verdict: &Verdict) -> String {
    format!("{} {:?}", shown(verdict), verdict.usage)
}

fn is_budget(verdict: &Verdict) -> bool {
    let codes = [
        Code::StepBudget,
        Code::MemoryBudget,
        Code::ArrayLength,
        Code::StringLength,
        Code::MapEntries,
        Code::ResultSize,
    ];
    matches!(&verdict.outcome, Err((code, ..)) if codes.contains(code))
}

#[test]
fn a_printed_tree_reads_as_the_same_tree() {
    let spoke = holds(|source, _| {
        let Ok((printed, again)) = print_twice(source) else {
            return Ok(false);
        };
        prop_assert_eq!(again, Ok(printed));
        Ok(true)
    });
    assert!(spoke > cases() / 2, "{spoke}");
}

#[test]
fn a_printed_program_gives_what_the_program_gives() {
    let (engine, inputs) = (engine(limits(), false), inputs());
    let schema = Schema::infer_from(inputs.as_map());
    let spoke = holds(|source, _| {
        let Ok((printed, _)) = print_twice(source) else {
            return Ok(false);
        };
        let [first, second] = [source, &printed].map(|source| run(&engine, source, &schema, &inputs));
        let without_place = |verdict: &Verdict| match &verdict.outcome {
            Ok(value) => format!("{value:?} {:?}", verdict.usage),
            Err((code, message, _)) => format!("{code} {message} {:?}", verdict.usage),
        };
        prop_assert_eq!(
            first.as_ref().map(without_place),
            second.as_ref().map(without_place),
            "{}",
            printed
        );
        Ok(first.is_some())
    });
    assert!(spoke > cases() / 4, "{spoke}");
}

#[test]
fn what_strict_accepts_ends_in_no_type_error() {
    let (engine, inputs) = (engine(limits(), true), inputs());
    let schema = Schema::infer_from(inputs.as_map());
    let spoke = holds(|source, _| {
        let Some(verdict) = run(&engine, source, &schema, &inputs) else {
            return Ok(false);
        };
        if let Err((code, message, _)) = &verdict.outcome {
            let of_types = matches!(code, Code::TypeMismatch | Code::ParameterType | Code::AssignmentType);
            prop_assert!(!of_types, "{}: {}", source, message);
        }
        Ok(true)
    });
    assert!(spoke > cases() / 20, "{spoke}");
}

#[test]
fn the_same_program_does_the_same_again() {
    let inputs = inputs();
    let schema = Schema::infer_from(inputs.as_map());
    let spoke = holds(|source, _| {
        // Engines of their own: nothing is kept from the first to the second.
        let [first, second] = [(), ()].map(|()| run(&engine(limits(), false), source, &schema, &inputs));
        prop_assert_eq!(first.as_ref().map(told), second.as_ref().map(told));
        Ok(first.is_some())
    });
    assert!(spoke > cases() / 4, "{spoke}");
}

#[test]
fn budgets_hold_and_decide_only_whether_there_is_a_value() {
    let inputs = inputs();
    let schema = Schema::infer_from(inputs.as_map());
    let wide = engine(limits(), false);
    let spoke = holds(|source, choices| {
        let Some(full) = run(&wide, source, &schema, &inputs) else {
            return Ok(false);
        };
        prop_assert!(full.usage.steps <= 20_000 && full.usage.memory <= 200_000);
        if is_budget(&full) {
            return Ok(false);
        }
        // What it used is enough.
        let used = limits().steps(full.usage.steps).memory(full.usage.memory);
        let exact = run(&engine(used, false), source, &schema, &inputs);
        prop_assert_eq!(exact.as_ref().map(told), Some(told(&full)), "with what it used");
        // More changes nothing.
        let more = Limits::default().steps(u64::MAX).memory(u64::MAX);
        let more = run(&engine(more, false), source, &schema, &inputs);
        prop_assert_eq!(more.as_ref().map(shown), Some(shown(&full)), "with more");
        // Less gives a budget's error, or the same.
        let share = u64::from(choices.first().copied().unwrap_or(0));
        let mut less = vec![
            limits().steps(full.usage.steps * share / 256),
            limits().memory(full.usage.memory * share / 256),
        ];
        if full.usage.steps > 0 {
            less.push(limits().steps(full.usage.steps - 1));
        }
        for less in less {
            let verdict = run(&engine(less.clone(), false), source, &schema, &inputs).unwrap();
            prop_assert!(verdict.usage.steps <= less.steps && verdict.usage.memory <= less.memory);
            let same = shown(&verdict) == shown(&full);
            prop_assert!(
                same || is_budget(&verdict),
                "{}: {} became {}",
                source,
                shown(&full),
                shown(&verdict)
            );
            // An error before its budget ends may come a region earlier, but a value needs all its steps.
            let short = verdict.usage.steps < full.usage.steps || less.memory < full.usage.memory;
            prop_assert!(!(short && verdict.outcome.is_ok()), "{}: a value for less", source);
        }
        Ok(true)
    });
    assert!(spoke > cases() / 4, "{spoke}");
}

#[test]
fn a_limit_of_iterations_costs_nothing() {
    let (inputs, schema) = (Inputs::new(), Schema::new());
    let limited = engine(Limits::default().loop_iterations(1_000), false);
    let free = engine(Limits::default(), false);
    // From where a byte can number all registers to where it cannot.
    for variables in 235..265 {
        let mut source = String::new();
        for index in 0..variables {
            write!(source, "int v{index} = {index};").unwrap();
        }
        source +=
            "int n = 0; while (n < 3) { n += 1; for (int i = 0; i < n; i += 1) { for (;;) { break; } } } return n;";
        let [limited, free] = [&limited, &free].map(|engine| run(engine, &source, &schema, &inputs).unwrap());
        assert_eq!(told(&limited), told(&free), "with {variables} variables");
    }
}
