//! What the lints claim holds: over generated programs and over the corpus, what a run does is what they said it would do.

#![cfg(feature = "oracle")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use selvedge::diagnostic::Diagnostic;
use selvedge::lint::{Lint, LintName, LintSet};
use selvedge::oracle::generate;
use selvedge::{
    Engine, FixedHost, Inputs, Limits, Phase, Schema, Span, Trace, TraceLimits, TraceStep, Type, UnknownNames,
};

#[path = "support/corpus.rs"]
mod corpus;

/// How many programs each property is held over; the environment may ask for more.
fn cases() -> u32 {
    let asked = std::env::var("SELVEDGE_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok());
    asked.unwrap_or(3_000)
}

fn engine(unknown_names: UnknownNames) -> Engine {
    let host = FixedHost {
        now_millis: 1_700_000_000_000,
        seed: 1,
    };
    let limits = Limits::default().steps(20_000).memory(200_000);
    let builder = Engine::builder().host(host).limits(limits);
    builder.unknown_names(unknown_names).build()
}

/// Lints that say what is likely not meant. What they say of the corpus is listed in `tests/lints_corpus.txt`, and was read.
const LIKELY: &[LintName] = &[
    LintName::FailingCall,
    LintName::DatePattern,
    LintName::DateIntArithmetic,
    LintName::DateIntAsMillis,
    LintName::DateIntAsIso,
    LintName::CommentAsDivision,
    LintName::TemplateInText,
    LintName::IntegerDivision,
    LintName::ValueDropped,
    LintName::BreakOutsideLoop,
];

/// Whether a condition is the one that a lint is about, whose place may take in brackets at its ends.
fn same_place(source: &str, condition: Span, lint: Span) -> bool {
    let only = |start, end, bracket| {
        let between = Span::new(start, end).of(source);
        start <= end && between.chars().all(|c| c == bracket || c.is_whitespace())
    };
    only(lint.start, condition.start, '(') && only(condition.end, lint.end, ')')
}

/// What a run did against a lint's word, if anything.
fn broken(source: &str, lint: &Lint, ended: bool, trace: &Trace) -> Option<String> {
    let span = lint.diagnostic.span;
    let decided = trace
        .events()
        .iter()
        .filter(|event| same_place(source, event.span, span));
    let mut held = decided.filter_map(|event| match event.step {
        TraceStep::Branched { held } => Some(held),
        _ => None,
    });
    let wrong = match lint.name {
        LintName::ConditionAlwaysTrue => held.any(|held| !held),
        LintName::ConditionAlwaysFalse => held.any(|held| held),
        LintName::ComparisonDecidedByTypes => {
            let says = lint.diagnostic.message.ends_with("true");
            held.any(|held| held != says)
        }
        LintName::EndlessLoop => {
            let entered = held.next() == Some(true);
            entered && (ended || held.any(|held| !held))
        }
        LintName::UnreachableStatement => {
            let mut inside = trace.events().iter();
            inside.any(|event| span.start <= event.span.start && event.span.end <= span.end)
        }
        _ => false,
    };
    wrong.then(|| format!("{} at {span:?}: {trace:?}", lint.name))
}

/// What the lints say of a program, after they were held against a run of it; `None` if it is refused.
fn held(engine: &Engine, source: &str, schema: &Schema, inputs: &Inputs) -> Option<Result<Vec<Lint>, String>> {
    let lints = engine.lint_for(source, schema, LintSet::all()).ok()?;
    let again = engine.lint_for(source, schema, LintSet::all()).ok()?;
    if lints != again {
        return Some(Err("two looks say different things".to_owned()));
    }
    let program = engine.compile(source, schema).ok()?;
    if program.lints(LintSet::all()) != lints {
        return Some(Err("engine and program say different things".to_owned()));
    }
    if lints.is_empty() {
        return Some(Ok(lints));
    }
    let limits = TraceLimits::default();
    let (result, trace) = program.evaluation().trace(inputs, limits);
    let wrong = lints
        .iter()
        .find_map(|lint| broken(source, lint, result.is_ok(), &trace));
    let shown = |result: &Result<selvedge::Outcome, selvedge::EvalError>| match result {
        Ok(outcome) => format!("{:?}", outcome.value()),
        Err(error) => format!("{} {}", error.code(), error.message()),
    };
    let safe = lints
        .iter()
        .filter_map(|lint| lint.diagnostic.suggestion.as_ref())
        .find_map(|suggestion| {
            let mut mended = source.to_owned();
            mended.replace_range(
                suggestion.span.start as usize..suggestion.span.end as usize,
                &suggestion.replacement,
            );
            let program = match engine.compile(&mended, schema) {
                Ok(program) => program,
                Err(error) => return Some(format!("{mended}: {}", error.report("mended"))),
            };
            let is_budget =
                |result: &Result<_, selvedge::EvalError>| result.as_ref().is_err_and(selvedge::EvalError::is_budget);
            let after = program.evaluate(inputs);
            let same = is_budget(&result) || shown(&after) == shown(&result);
            (!same).then(|| format!("{mended}: {} became {}", shown(&result), shown(&after)))
        });
    Some(wrong.or(safe).map_or(Ok(lints), Err))
}

#[test]
fn what_lints_say_holds_over_generated_programs() {
    let inputs: serde_json::Value = serde_json::from_str(&generate::world(0)).unwrap();
    let inputs = Inputs::from_serialize(&inputs).unwrap();
    let schema = Schema::infer_from(inputs.as_map());
    let engine = engine(UnknownNames::Null);
    let said = std::cell::RefCell::new(BTreeMap::<LintName, u32>::new());
    let config = Config {
        cases: cases(),
        failure_persistence: None,
        ..Config::default()
    };
    let hold = |runner: &mut TestRunner| {
        let outcome = runner.run(&proptest::collection::vec(any::<u8>(), 0..160), |choices| {
            let source = generate::program(&choices);
            match held(&engine, &source, &schema, &inputs) {
                None => {}
                Some(Err(wrong)) => return Err(TestCaseError::fail(format!("{source}\n{wrong}"))),
                Some(Ok(lints)) => lints
                    .iter()
                    .for_each(|lint| *said.borrow_mut().entry(lint.name).or_default() += 1),
            }
            Ok(())
        });
        if let Err(error) = outcome {
            panic!("{error}");
        }
    };
    hold(&mut TestRunner::new(config.clone()));
    // What is rare is said of these, whatever the others were.
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    hold(&mut TestRunner::new_with_rng(config, rng));
    for name in [
        LintName::UnusedVariable,
        LintName::UnreachableStatement,
        LintName::ComparisonDecidedByTypes,
    ] {
        assert!(said.borrow().contains_key(&name), "{name} was never said: {said:?}");
    }
}

#[test]
fn what_lints_say_holds_over_the_corpus() {
    let engine = engine(UnknownNames::Error);
    let mut wrong = Vec::new();
    let mut said = BTreeMap::<LintName, u32>::new();
    let mut listed = BTreeSet::new();
    for (source, inputs) in corpus::corpus() {
        let schema = Schema::infer_from(inputs.as_map());
        match held(&engine, &source, &schema, &inputs) {
            None => {}
            Some(Err(broken)) => wrong.push(format!("{source}\n  {broken}")),
            Some(Ok(lints)) => {
                for lint in lints.iter().filter(|lint| lint.name.is_default()) {
                    *said.entry(lint.name).or_default() += 1;
                    if LIKELY.contains(&lint.name) {
                        let at = lint.diagnostic.span.of(&source);
                        listed.insert(format!("{}\t{at}\t{}\n", lint.name, source.replace('\n', "\\n")));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(said.len() > 4, "{said:?}");
    let listed: String = listed.into_iter().collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lints_corpus.txt");
    if std::env::var_os("UPDATE_LINTS").is_some() {
        fs::write(&path, &listed).unwrap();
    }
    assert!(
        fs::read_to_string(path).unwrap() == listed,
        "read what changed: `UPDATE_LINTS=1 cargo test --test lints_hold`"
    );
    println!("{said:?}");
}

/// Why a program that is refused for constants that always fail does not fail when it runs behind a condition, if so; none
/// where it is accepted, or refused for something else.
fn refused_in_vain(engine: &Engine, source: &str, schema: &Schema, inputs: &Inputs) -> Option<Result<(), String>> {
    let refused = engine.compile(source, schema).err()?;
    let errors = || refused.diagnostics().iter().filter(|known| known.is_error());
    if !errors().all(|error| Phase::of(error.code) == Phase::Evaluation) {
        return None;
    }
    let schema = schema.clone().with("is_reached", Type::Boolean);
    let inputs = inputs.clone().with("is_reached", true);
    let opening = "if (is_reached) { ";
    let ends = [" }", "; }"].map(|end| format!("{opening}{source}{end}"));
    let programs = ends.iter().map(|guarded| engine.compile(guarded, &schema));
    let Some(program) = programs.flatten().next() else {
        return Some(Err(format!("{}", engine.compile(&ends[1], &schema).unwrap_err())));
    };
    let Err(failed) = program.evaluate(&inputs) else {
        return Some(Err("it runs".to_owned()));
    };
    let shift = opening.len() as u32;
    let same_place = |span: Span| Span::new(span.start + shift, span.end + shift) == failed.span();
    // What some operands decide may fail for another operand first, or say of it what it is.
    let by_part = |error: &Diagnostic| error.label == "this fails whatever its other operands are";
    let same =
        |error: &Diagnostic| by_part(error) || (error.code == failed.code() && error.message == failed.message());
    let other = errors().find(|error| same_place(error.span) && !same(error));
    Some(other.map_or(Ok(()), |error| Err(format!("{error:?} but {failed:?}"))))
}

#[test]
fn what_is_refused_for_its_constants_fails_in_every_run() {
    let (mut refused, mut wrong) = (0, Vec::new());
    let mut judge = |engine: &Engine, source: &str, schema: &Schema, inputs: &Inputs| match refused_in_vain(
        engine, source, schema, inputs,
    ) {
        None => {}
        Some(Ok(())) => refused += 1,
        Some(Err(why)) => wrong.push(format!("{source}\n  {why}")),
    };
    let engine = engine(UnknownNames::Null);
    for (source, inputs) in corpus::corpus() {
        judge(&engine, &source, &Schema::infer_from(inputs.as_map()), &inputs);
    }
    let inputs: serde_json::Value = serde_json::from_str(&generate::world(0)).unwrap();
    let inputs = Inputs::from_serialize(&inputs).unwrap();
    let schema = Schema::infer_from(inputs.as_map());
    let mut runner = TestRunner::deterministic();
    let choices = proptest::collection::vec(any::<u8>(), 0..160);
    for _ in 0..cases() {
        let choices = choices.new_tree(&mut runner).unwrap().current();
        judge(&engine, &generate::program(&choices), &schema, &inputs);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(refused > 150, "{refused}");
}
