//! The profile of an evaluation: value, error and usage are those of the evaluation, and the parts sum up to the usage, over the
//! programs of the corpus.

#![cfg(all(feature = "profile", feature = "datetime"))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/corpus.rs"]
mod corpus;

use selvedge::diagnostic::Code;
use selvedge::{
    Engine, EvalError, FixedHost, Inputs, Limits, Outcome, Profile, Schema, Type, UnknownNames, Usage, Value,
};

/// The outcome of an evaluation, and what it used.
type Verdict = (Result<(Value, Type), (Code, String)>, Usage);

fn verdict(result: Result<Outcome, EvalError>) -> Verdict {
    match result {
        Ok(outcome) => {
            let (ty, usage) = (outcome.value_type(), outcome.usage());
            (Ok((outcome.into_value(), ty)), usage)
        }
        Err(error) => (Err((error.code(), error.message().to_owned())), error.usage()),
    }
}

/// All steps and bytes that a profile tells.
fn sum(profile: &Profile) -> (u64, u64) {
    let parts = profile.places.iter().map(|place| place.usage);
    let parts = parts.chain([profile.before, profile.after]);
    let sums = parts.fold((0, 0), |(steps, memory), part| {
        (steps + part.steps, memory + part.memory)
    });
    (sums.0 + profile.not_run_steps, sums.1)
}

fn engine(limits: Limits) -> Engine {
    let (now_millis, seed) = (1_700_000_000_000, 1);
    let builder = Engine::builder().host(FixedHost { now_millis, seed });
    builder.unknown_names(UnknownNames::Null).limits(limits).build()
}

#[test]
fn parts_sum_up_to_what_was_used() {
    let engines = [Limits::default(), Limits::default().steps(40).memory(600)].map(engine);
    let (mut compared, mut left, mut wrong) = (0, 0, Vec::new());
    for (source, inputs) in corpus::corpus() {
        for engine in &engines {
            let Ok(program) = engine.compile(&source, &Schema::infer_from(inputs.as_map())) else {
                continue;
            };
            compared += 1;
            let (result, profile) = program.evaluation().profile(&inputs);
            let (profiled, plain) = (verdict(result), verdict(program.evaluate(&inputs)));
            // As texts, in which NaN is itself.
            let is_same = format!("{profiled:?}") == format!("{plain:?}");
            let used = profiled.1;
            if !is_same || sum(&profile) != (used.steps, used.memory) {
                wrong.push(format!("{source}\n  {plain:?}\n  {profiled:?}\n  {:?}", sum(&profile)));
            }
            let leaves_early = ["return", "throw", "break", "continue"]
                .iter()
                .any(|word| source.contains(word));
            if profiled.0.is_ok() && !leaves_early && profile.not_run_steps > 0 {
                left += 1;
            }
        }
    }
    assert!(compared > 5_000, "{compared}");
    assert!(wrong.is_empty(), "{} of {compared}:\n{}", wrong.len(), wrong.join("\n"));
    // What is made of constants before the run is charged, and does not run.
    assert!(left * 20 < compared, "{left} of {compared}");
}

#[test]
fn each_line_is_told_what_is_its_own() {
    let source =
        "a = 1;\nfor (i = 0; i < 10; i += 1) {\n  a += i * 2;\n}\ns = 'x'.repeat(1000);\nreturn s.length() + a;";
    let program = engine(Limits::default()).compile(source, &Schema::new()).unwrap();
    let (result, profile) = program.evaluation().profile(&Inputs::new());
    let used = result.unwrap().usage();
    let of_line = |line: &str| {
        let start = source.find(line).unwrap() as u32;
        let end = start + line.len() as u32;
        let places = profile
            .places
            .iter()
            .filter(|place| (start..end).contains(&place.span.start));
        let sums = places.map(|place| (place.usage.steps, place.usage.memory));
        sums.fold((0, 0), |(steps, bytes), (more, of_bytes)| {
            (steps + more, bytes + of_bytes)
        })
    };
    // Ten times a product, a sum and an assignment.
    assert_eq!(of_line("a += i * 2;"), (30, 0));
    assert!(of_line("s = 'x'.repeat(1000);").1 > 1000);
    assert_eq!(profile.not_run_steps, 0);
    assert_eq!(sum(&profile), (used.steps, used.memory));
}

#[test]
fn a_stretch_that_is_left_early_is_told() {
    let source = "if (n > 1) { return 1; } x = n + 1; return x * 2;";
    let program = engine(Limits::default())
        .compile(source, &Schema::new().with("n", Type::Long))
        .unwrap();
    let (_, left) = program.evaluation().profile(&Inputs::new().with("n", 5));
    let (_, whole) = program.evaluation().profile(&Inputs::new().with("n", 0));
    assert!(left.not_run_steps > 0 && whole.not_run_steps == 0, "{left:?} {whole:?}");
}

/// What is used before the program runs is told where it fails there, too.
#[test]
fn an_evaluation_that_does_not_begin_is_told() {
    let schema = Schema::new().with("xs", Type::LongArray);
    let program = engine(Limits::default()).compile("xs.length", &schema).unwrap();
    let list = Value::from(vec![Value::from(1), Value::from(2), Value::from("a")]);
    let (result, profile) = program.evaluation().profile(&Inputs::new().with("xs", list));
    let used = result.unwrap_err().usage();
    assert!(used.steps > 0);
    assert_eq!(sum(&profile), (used.steps, used.memory));
}
