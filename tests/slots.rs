//! Parameters by slot give what the same parameters give by name, in value, error, steps and bytes, also where a name is computed.

#![cfg(feature = "datetime")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

use selvedge::{Engine, EvalError, FixedHost, Input, Inputs, Outcome, Program, Schema, UnknownNames};

#[path = "support/corpus.rs"]
mod corpus;

/// What its parameters are by slot, and the same by name: what a program does not name is in neither.
fn both<'i>(program: &Program, inputs: &'i Inputs) -> (Vec<Input<'i>>, Inputs) {
    let value = |name| inputs.as_map().get(name);
    let slots = program
        .parameters()
        .map(|(name, _)| value(name).map_or(Input::Absent, Input::Value));
    let named = program.parameters().filter_map(|(name, _)| Some((name, value(name)?)));
    let own = named.fold(Inputs::new(), |own, (name, value)| own.with(name, value.clone()));
    (slots.collect(), own)
}

fn said(result: &Result<Outcome, EvalError>) -> String {
    match result {
        Ok(outcome) => format!("{outcome:?}"),
        Err(error) => format!("{error:?}"),
    }
}

#[test]
fn the_corpus_gives_the_same_by_slot() {
    let host = FixedHost {
        now_millis: 1_700_000_000_000,
        seed: 1,
    };
    let engine = Engine::builder().unknown_names(UnknownNames::Null).host(host).build();
    let mut with_parameters = 0;
    for (source, inputs) in corpus::corpus() {
        for schema in [Schema::infer_from(inputs.as_map()), Schema::open()] {
            let Ok(program) = engine.compile(&source, &schema) else {
                continue;
            };
            let (slots, named) = both(&program, &inputs);
            with_parameters += usize::from(!slots.is_empty());
            let (by_slot, by_name) = (said(&program.evaluate_slots(&slots)), said(&program.evaluate(&named)));
            assert_eq!(by_slot, by_name, "{source}");
        }
    }
    assert!(with_parameters > 1_000, "only {with_parameters} have parameters");
}
