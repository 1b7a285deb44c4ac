//! The same source, parameters, limits and host give the same outcome to the byte, in every run and on every thread, though every
//! hash table is seeded anew each time; and what is cancelled stops within a slice of steps, counted.

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

use std::thread;

use attack::Attack;
use selvedge::diagnostic::Code;
use selvedge::oracle::generate;
use selvedge::{
    CancelToken, Engine, FixedHost, HostFunction, HostFunctions, Inputs, Limits, Schema, Type, UnknownNames, Value,
};

/// Steps that may run between two looks at the token: what the meter calls a slice, 8,192, and one call or region that was charged
/// as a whole before. At less than ten nanoseconds a step, that is under a millisecond.
const SLICE_STEPS: u64 = 100_000;
/// What the call that cancels costs, and the start of a program.
const CALL_STEPS: u64 = 2_000;
/// The stack that the contract with the host names, for any build.
const STACK_BYTES: usize = 2 * 1024 * 1024;

/// Everything that a host can see of a program and its evaluation.
fn seen(engine: &Engine, source: &str, schema: &Schema, inputs: &Inputs) -> String {
    let program = match engine.compile_uncached(source, schema) {
        Ok(program) => program,
        Err(error) => return error.report("same.sel"),
    };
    let came = match program.evaluate(inputs) {
        Ok(outcome) => {
            let json = serde_json::to_string(&outcome).unwrap_or_default();
            format!("{json} {} {:?}", outcome.value(), outcome.usage())
        }
        Err(error) => format!("{error} {:?} {:?}", error.diagnostic(), error.usage()),
    };
    format!("{}\n{came}", program.listing())
}

fn of_attack(attack: &Attack) -> String {
    match attack.inputs() {
        Ok(inputs) => {
            let engine = attack.engine(attack.limits());
            seen(&engine, &attack.source(), &attack.schema(&inputs), &inputs)
        }
        Err(refused) => refused,
    }
}

/// A digest, so that no thread keeps all texts.
fn digest(text: &str) -> u64 {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, mix)
}

/// What each of the attacks came to; those with deadlines end where the clock says. The largest, unoptimised, take too long.
fn attacks() -> Vec<(String, u64)> {
    let all = attack::read_all().into_iter();
    let some = all.filter(|attack| attack.limits().timeout.is_none() && attack.limits().steps <= 1_000_000);
    some.map(|attack| {
        let came = of_attack(&attack);
        (attack.id, digest(&came))
    })
    .collect()
}

fn fixed() -> FixedHost {
    FixedHost {
        now_millis: 1_700_000_000_000,
        seed: 1,
    }
}

fn corpus() -> Vec<(String, u64)> {
    let engine = Engine::builder()
        .unknown_names(UnknownNames::Null)
        .host(fixed())
        .build();
    let mut came = Vec::new();
    for (source, inputs) in corpus::corpus() {
        let schema = Schema::infer_from(inputs.as_map());
        let seen = digest(&seen(&engine, &source, &schema, &inputs));
        came.push((source, seen));
    }
    came
}

fn generated() -> Vec<(String, u64)> {
    let json: serde_json::Value = serde_json::from_str(&generate::world(0)).unwrap();
    let inputs = Inputs::from_serialize(&json).unwrap();
    let engine = Engine::builder()
        .unknown_names(UnknownNames::Null)
        .host(fixed())
        .limits(Limits::default().steps(20_000))
        .build();
    // A fixed sequence: the threads must make the same programs.
    let mut state = 1_u32;
    let mut byte = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    let mut came = Vec::new();
    for _ in 0..2_000 {
        let choices: Vec<u8> = (0..100).map(|_| byte()).collect();
        let source = generate::program(&choices);
        let digest = digest(&seen(&engine, &source, &Schema::open(), &inputs));
        came.push((source, digest));
    }
    came
}

/// Runs it twice on each of three threads, where everything that is hashed has other seeds.
fn same_everywhere(run: fn() -> Vec<(String, u64)>, at_least: usize) {
    let twice = move || [run(), run()];
    let threads: Vec<_> = (0..3)
        .map(|_| thread::Builder::new().stack_size(STACK_BYTES).spawn(twice).unwrap())
        .collect();
    let runs: Vec<_> = threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect();
    assert!(runs[0].len() >= at_least, "only {} programs", runs[0].len());
    for run in &runs[1..] {
        for (first, other) in runs[0].iter().zip(run) {
            assert_eq!(first, other);
        }
    }
}

#[test]
fn attacks_end_the_same_on_every_thread() {
    same_everywhere(attacks, 1_000);
}

#[test]
fn the_corpus_ends_the_same_on_every_thread() {
    same_everywhere(corpus, 3_000);
}

#[test]
fn generated_programs_end_the_same_on_every_thread() {
    same_everywhere(generated, 2_000);
}

/// Around a program, this cancels it first. The program is a region of its own: a region that has begun, which the length of
/// the source bounds, is not stopped.
const CANCEL: [&str; 2] = ["if (params.cancel() == 0) { ", " }"];

#[test]
fn what_is_cancelled_stops_within_a_slice() {
    let (mut stopped, mut wrong) = (0, Vec::new());
    for attack in attack::read_all() {
        let Ok(inputs) = attack.inputs() else { continue };
        let token = CancelToken::new();
        let cancelled = token.clone();
        let cancel = HostFunction::new("params.cancel", &[], Type::Long, move |_| {
            cancelled.cancel();
            Ok(Value::Long(0))
        });
        let mut functions = HostFunctions::default();
        functions.register(cancel).unwrap();
        let limits = attack
            .limits()
            .source_length(100_000)
            .timeout(std::time::Duration::from_secs(1_000));
        let limits = limits.steps(u64::MAX >> 1);
        let engine = attack.builder(limits).host_functions(functions).build();
        let source = [CANCEL[0], &attack.source(), CANCEL[1]].concat();
        let Ok(program) = engine.compile_uncached(&source, &attack.schema(&inputs)) else {
            continue;
        };
        let came = program.evaluation().cancel(token.clone()).evaluate(&inputs);
        if !token.is_cancelled() {
            // It ended before its first statement, as its parameters were bound.
            continue;
        }
        match came {
            Ok(outcome) if outcome.usage().steps > SLICE_STEPS + CALL_STEPS => {
                wrong.push(format!("{}: went on to a value, {:?}", attack.id, outcome.usage()));
            }
            Err(error) if error.usage().steps > SLICE_STEPS + CALL_STEPS => {
                wrong.push(format!("{}: {:?} after {:?}", attack.id, error.code(), error.usage()));
            }
            Err(error) => stopped += u32::from(error.code() == Code::Cancelled),
            Ok(_) => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(stopped > 50, "only {stopped} were stopped by the token");
}
