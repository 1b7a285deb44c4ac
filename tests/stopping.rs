//! A compilation, the lints and the bound of the cost stop soon after they are told to, wherever they are: counted in units of their
//! work and not by a clock, over families of hostile sources and the attacks.

#![cfg(feature = "oracle")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

#[path = "support/attack.rs"]
mod attack;
#[path = "support/family.rs"]
mod family;

use family::families;
use selvedge::diagnostic::Code;
use selvedge::lint::LintSet;
use selvedge::oracle::{cancel_after_looks, stretches};
use selvedge::{CompileError, Engine, InputSizes, Interrupt, Limits, Schema, UnknownNames};

/// The bytes of a source of a family.
const BYTES: usize = 16 << 10;
/// The most units of work between two looks beside the longest literal or comment, which is scanned as one.
const BETWEEN: usize = 2_048 + 2_048;
/// The most units of work after a look that stops.
const AFTER: usize = 4_096;

/// What is stopped.
type Pass<'p> = &'p dyn Fn(&Interrupt) -> Result<(), CompileError>;

/// Stops a pass at its first look, its fourth, its sixteenth, and so on, until it runs to its end.
fn hold(name: &str, literal: usize, pass: Pass<'_>, wrong: &mut Vec<String>) -> u32 {
    let plain = pass(&Interrupt::new()).map_err(|error| error.to_string());
    let mut stopped = 0;
    for doubling in (0..40).step_by(2) {
        let _ = stretches();
        let interrupt = Interrupt::new().cancel(cancel_after_looks((1 << doubling) - 1));
        let came = pass(&interrupt);
        let far = stretches();
        if far.longest > BETWEEN + literal || far.after_stop > AFTER + literal {
            wrong.push(format!("{name}, look {}: {far:?}", 1 << doubling));
        }
        match came {
            Err(error) if error.stopped_by() == Some(Code::Cancelled) => stopped += 1,
            came => {
                assert_eq!(came.map_err(|error| error.to_string()), plain, "{name}");
                return stopped;
            }
        }
    }
    panic!("{name} looks for ever");
}

/// The passes over one source; gives how often they were stopped.
fn hold_all(name: &str, engine: &Engine, source: &str, schema: &Schema, wrong: &mut Vec<String>) -> u32 {
    // The longest stretch that is scanned at once: no more than the whole.
    let literal = source.len();
    let compile = |interrupt: &Interrupt| engine.compile_with(source, schema, interrupt).map(drop);
    let lint = |interrupt: &Interrupt| {
        let lints = engine.lint_with(source, schema, LintSet::all(), interrupt);
        lints.map(drop)
    };
    let mut stopped = hold(&format!("compiling {name}"), literal, &compile, wrong);
    stopped += hold(&format!("lints of {name}"), literal, &lint, wrong);
    if let Ok(program) = engine.compile_uncached(source, schema) {
        let bound = |interrupt: &Interrupt| program.cost_bound_with(&InputSizes::new(), interrupt).map(drop);
        stopped += hold(&format!("cost of {name}"), literal, &bound, wrong);
    }
    stopped
}

#[test]
fn hostile_sources_stop_wherever_they_are() {
    let limits = Limits::default().source_length(1 << 20);
    let engine = Engine::builder()
        .limits(limits)
        .unknown_names(UnknownNames::Null)
        .cache(selvedge::CacheSize::OFF)
        .build();
    let (mut stopped, mut wrong) = (0, Vec::new());
    for family in families() {
        let source = family.source(BYTES);
        stopped += hold_all(&family.name, &engine, &source, &Schema::open(), &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("stopped {stopped} times");
    assert!(stopped > 500, "only {stopped} stops");
}

#[test]
fn attacks_stop_wherever_they_are() {
    let (mut stopped, mut wrong) = (0, Vec::new());
    for attack in attack::read_all() {
        let Ok(inputs) = attack.inputs() else { continue };
        let engine = attack.engine(attack.limits());
        let source = attack.source();
        stopped += hold_all(&attack.id, &engine, &source, &attack.schema(&inputs), &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("stopped {stopped} times");
    assert!(stopped > 2_000, "only {stopped} stops");
}
