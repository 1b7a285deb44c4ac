//! Work against charge, by counts and not by a clock: what works on n bytes or elements charges at least n/16 steps, and no step
//! makes more than so many bytes. Over the expressions of `benches/steps.jsonl` and the attacks.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

#[path = "support/attack.rs"]
mod attack;
#[path = "support/sized.rs"]
mod sized;

use selvedge::{Engine, FixedHost, Inputs, Limits, Schema, UnknownNames, Usage};
use serde_json::Value as Json;
use sized::sized;

/// The most bytes that a step may charge: a KiB is written in some tens of nanoseconds. An array's elements charge 16 bytes a step;
/// the most is a pattern that is compiled at run time, which charges for all that its searches may keep.
const BYTES_PER_STEP: u64 = 1_024;
/// The bytes that parameters and the start of a program may make whatever the steps, and what the first search of a pattern pays
/// for all it may ever keep.
const BYTES_ALWAYS: u64 = (64 << 10) + (1 << 20);
/// The sizes that are compared.
const SMALL: usize = 2_048;
const LARGE: usize = 18_432;

fn used(source: &str, inputs: &Inputs) -> Option<Usage> {
    let host = FixedHost {
        now_millis: 1_700_000_000_000,
        seed: 1,
    };
    let limits = Limits::default().steps(u64::MAX).memory(1 << 30).array_length(1 << 20);
    let engine = Engine::builder()
        .host(host)
        .limits(limits)
        .unknown_names(UnknownNames::Null)
        .build();
    let program = engine.compile(source, &Schema::infer_from(inputs.as_map())).ok()?;
    Some(match program.evaluate(inputs) {
        Ok(outcome) => outcome.usage(),
        Err(error) => error.usage(),
    })
}

#[test]
fn what_works_on_n_bytes_charges_a_step_for_each_16() {
    let mut wrong = Vec::new();
    let mut checked = 0;
    for line in include_str!("../benches/steps.jsonl").lines() {
        let row: Json = serde_json::from_str(line).unwrap();
        let before = row["before"].as_str().unwrap_or("");
        let source = format!("{before} {}; return 1;", row["sized"].as_str().unwrap());
        let [small, large] = [SMALL, LARGE].map(|size| used(&source, &sized(size)));
        let (Some(small), Some(large)) = (small, large) else {
            wrong.push(format!("{}: does not compile", row["of"]));
            continue;
        };
        let grew = large.steps - small.steps;
        let least = (LARGE - SMALL) as u64 / 16;
        match row["grows"] == false {
            false if grew < least => wrong.push(format!("{}: {grew} steps for {least} pieces of 16", row["of"])),
            true if grew >= least => wrong.push(format!("{}: grows, though it is said not to", row["of"])),
            _ => checked += 1,
        }
        for (size, usage) in [(SMALL, small), (LARGE, large)] {
            if usage.memory > BYTES_ALWAYS + usage.steps.saturating_mul(BYTES_PER_STEP) {
                wrong.push(format!("{}, {size}: {usage:?}", row["of"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(checked > 40, "only {checked}");
}

#[test]
fn no_step_of_an_attack_makes_much_memory() {
    let (mut wrong, mut checked) = (Vec::new(), 0);
    for attack in attack::read_all() {
        let Ok(inputs) = attack.inputs() else { continue };
        // Some of those that the host stops would run for ever, and others with raised limits take long unoptimised.
        if attack.is_cancelled() || attack.limits().timeout.is_some() || attack.limits().steps > 2_000_000 {
            continue;
        }
        let engine = attack.engine(attack.limits());
        let Ok(program) = engine.compile(&attack.source(), &attack.schema(&inputs)) else {
            continue;
        };
        let usage = match program.evaluate(&inputs) {
            Ok(outcome) => outcome.usage(),
            Err(error) => error.usage(),
        };
        checked += 1;
        if usage.memory > BYTES_ALWAYS + usage.steps.saturating_mul(BYTES_PER_STEP) {
            wrong.push(format!("{}: {usage:?}", attack.id));
        }
    }
    assert!(wrong.is_empty(), "{} of {checked}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(checked > 700, "only {checked}");
}
