//! The spans that the feature `tracing` gives: their names and fields, and that nothing of a text or value is among them.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Debug;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use selvedge::{CacheSize, Engine, Inputs, Limits, Schema, Usage};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Writes down what it is told, one line for each call.
#[derive(Clone, Default)]
struct Notes {
    spans: Arc<AtomicU64>,
    lines: Arc<Mutex<Vec<String>>>,
}

struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}

impl Notes {
    fn note(&self, line: String) {
        self.lines.lock().unwrap().push(line);
    }
}

impl Subscriber for Notes {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("selvedge")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let id = self.spans.fetch_add(1, Ordering::Relaxed) + 1;
        let mut fields = Fields(format!("{id} {}", span.metadata().name()));
        span.record(&mut fields);
        self.note(fields.0);
        Id::from_u64(id)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let mut fields = Fields(span.into_u64().to_string());
        values.record(&mut fields);
        self.note(fields.0);
    }

    fn event(&self, event: &Event<'_>) {
        self.note(format!("event {}", event.metadata().name()));
    }

    fn record_follows_from(&self, _span: &Id, _follows: &Id) {}
    fn enter(&self, _span: &Id) {}
    fn exit(&self, _span: &Id) {}
}

/// A source, the value of `secret`, and what is noted.
const CASES: &[(&str, &str, &[&str])] = &[
    (
        "secret + '!'",
        "hunter2",
        &[
            "1 compile source_length=12",
            "1 outcome=\"ok\"",
            "1 diagnostics=0",
            "2 evaluate source_length=12",
            "2 outcome=\"ok\"",
            "2 steps={steps}",
            "2 bytes={bytes}",
        ],
    ),
    (
        "throw 'hunter2 ' + secret;",
        "hunter2",
        &[
            "1 compile source_length=26",
            "1 outcome=\"ok\"",
            "1 diagnostics=0",
            "2 evaluate source_length=26",
            "2 outcome=\"E501\"",
            "2 steps={steps}",
            "2 bytes={bytes}",
        ],
    ),
    (
        "while (true) { }",
        "hunter2",
        &[
            "1 compile source_length=16",
            "1 outcome=\"ok\"",
            "1 diagnostics=0",
            "2 evaluate source_length=16",
            "2 outcome=\"E601\"",
            "2 steps={steps}",
            "2 bytes={bytes}",
        ],
    ),
    (
        "hunter2 + hunter3",
        "",
        &["1 compile source_length=17", "1 outcome=\"E201\"", "1 diagnostics=2"],
    ),
];

#[test]
fn spans_tell_sizes_and_outcomes_and_no_values() {
    for (source, secret, expected) in CASES {
        let notes = Notes::default();
        let usage = tracing::subscriber::with_default(notes.clone(), || {
            let cache = CacheSize::OFF;
            let engine = Engine::builder()
                .cache(cache)
                .limits(Limits::default().steps(1_000))
                .build();
            let inputs = Inputs::new().with("secret", *secret);
            let program = engine.compile(source, &Schema::infer_from(inputs.as_map()));
            program.map_or_else(
                |_| Usage::default(),
                |program| match program.evaluate(&inputs) {
                    Ok(outcome) => outcome.usage(),
                    Err(error) => error.usage(),
                },
            )
        });
        let lines = notes.lines.lock().unwrap().clone();
        let used = [("{steps}", usage.steps), ("{bytes}", usage.memory)];
        let fill = |line: &&str| {
            used.iter().fold((*line).to_owned(), |line, (place, used)| {
                line.replace(place, &used.to_string())
            })
        };
        assert_eq!(lines, expected.iter().map(fill).collect::<Vec<_>>(), "{source}");
        assert!(!lines.concat().contains("hunter"), "{source}");
    }
}

#[test]
fn evaluating_by_slots_has_its_span_too() {
    let notes = Notes::default();
    tracing::subscriber::with_default(notes.clone(), || {
        let program = Engine::default().compile("1 + 2", &Schema::new()).unwrap();
        program.evaluate_slots(&[]).unwrap();
    });
    let lines = notes.lines.lock().unwrap().clone();
    assert_eq!(
        lines.iter().filter(|line| line.contains("evaluate")).count(),
        1,
        "{lines:?}"
    );
}
