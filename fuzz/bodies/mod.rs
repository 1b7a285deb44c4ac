//! What each fuzz target holds true of any bytes. The targets of `fuzz_targets` call these with what the fuzzer makes;
//! `tests/replay.rs` of the library calls them with the seeds.
#![allow(dead_code, unused_imports, reason = "each target calls one")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a target stops at what must not be")]

mod artefacts;
mod costs;
mod documents;
mod programs;
mod reference;
mod texts;
mod values;
pub(crate) mod workflow;

use std::sync::LazyLock;

pub(crate) use artefacts::artefact;
pub(crate) use costs::cost;
pub(crate) use documents::{files, interpolation};
pub(crate) use programs::{check, differential, evaluate, parse, soundness};
use selvedge::diagnostic::Code;
use selvedge::oracle::generate;
use selvedge::{Engine, FixedHost, Inputs, Limits, Schema, UnknownNames};
pub(crate) use texts::{dates, format, regex};
pub(crate) use values::values;

/// A target.
type Target = fn(&[u8]);

/// All targets by name.
pub(crate) const TARGETS: &[(&str, Target)] = &[
    ("grammar", grammar),
    ("parse", parse),
    ("check", check),
    ("evaluate", evaluate),
    ("differential", differential),
    ("soundness", soundness),
    ("format", format),
    ("regex", regex),
    ("dates", dates),
    ("values", values),
    ("interpolation", interpolation),
    ("artefact", artefact),
    ("cost", cost),
    ("files", files),
    ("workflow", workflow::target),
];

/// The longest text of an error.
const MAX_ERROR_BYTES: usize = 1024;

fn limits() -> Limits {
    Limits::default()
        .steps(50_000)
        .memory(1 << 20)
        .string_length(64 << 10)
        .array_length(2_000)
        .map_entries(2_000)
        .result_size(256 << 10)
}

fn engine(limits: Limits, strict: bool, unknown_names: UnknownNames) -> Engine {
    let host = FixedHost {
        now_millis: 1_700_000_000_000,
        seed: 1,
    };
    let none = selvedge::CacheSize::OFF;
    let builder = Engine::builder().limits(limits).host(host).cache(none);
    builder.strict(strict).unknown_names(unknown_names).build()
}

static LENIENT: LazyLock<Engine> = LazyLock::new(|| engine(limits(), false, UnknownNames::Null));
static NAMING: LazyLock<Engine> = LazyLock::new(|| engine(limits(), false, UnknownNames::Error));
static STRICT: LazyLock<Engine> = LazyLock::new(|| engine(limits(), true, UnknownNames::Null));
/// The parameters that generated programs use.
static GENERATED: LazyLock<Inputs> = LazyLock::new(|| {
    let json: serde_json::Value = serde_json::from_str(&generate::world(0)).unwrap();
    Inputs::from_serialize(&json).unwrap()
});

/// An error's text is short, and forges neither lines nor directions.
fn check_text(text: &str) {
    let forges = |c: char| {
        c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(text.len() <= MAX_ERROR_BYTES, "an error of {} bytes", text.len());
    assert!(!text.contains(forges), "an error that forges: {text:?}");
}

fn text(data: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(data)
}

/// Any text reads as pest reads it.
pub(crate) fn grammar(data: &[u8]) {
    reference::agree(&text(data));
}

fn evaluate_twice(engine: &Engine, source: &str, schema: &Schema, inputs: &Inputs) {
    let Ok(program) = engine.compile_uncached(source, schema) else {
        return;
    };
    let evaluate = || match program.evaluate(inputs) {
        Ok(outcome) => (format!("{:?}", outcome.value()), outcome.usage()),
        Err(error) => {
            assert_ne!(error.code(), Code::Internal, "{source}: {error}");
            check_text(&error.to_string());
            (error.to_string(), error.usage())
        }
    };
    let first = evaluate();
    let limits = engine.limits();
    assert!(
        first.1.steps <= limits.steps && first.1.memory <= limits.memory,
        "{source}: {:?}",
        first.1
    );
    assert_eq!(first, evaluate(), "{source}");
}
