//! Tests of an expression or program.

use std::collections::HashSet;

use serde_json::{Value as Json, json};

use super::found::{Found, FoundError};
use super::session::Session;
use super::verdict::{Failure, MOST_UNKNOWN, Verdict};
use super::wanted::Key;
use crate::diagnostic::{closest, quote};
use crate::engine::Program;
use crate::inputs::Inputs;
use crate::params::problem::key_path;
use crate::schema::Schema;

/// Compiles and evaluates a program with what the test gives.
pub(super) fn run<'r>(session: &Session<'r>, source: &str, origin: &str) -> Result<Found<'r>, Box<Verdict>> {
    let params = session.values(|layer| &layer.params);
    let given = session.given(|layer| layer.schema.as_ref());
    let ambient = session.ambient.cloned().unwrap_or_default();
    let schema = match given {
        Some(schema) => schema.clone().with_missing(&ambient),
        None => ambient.with_missing(&Schema::infer_from(params.iter())),
    };
    let mut unknown = Vec::new();
    if given.is_some() {
        let known = |name: &str| schema.get(name).is_some();
        unknown = unread(session, known, || schema.names().collect());
    }
    let program = match session.engine().compile_with(source, &schema, session.interrupt) {
        Ok(program) => program,
        Err(refused) => return Ok(Found::refused(FoundError::of_compile(&refused, origin))),
    };
    if given.is_none() {
        unknown = misspelt(session, &program);
    }
    Verdict::unless_empty(unknown)?;
    let mut evaluation = program.evaluation();
    if let Some(deadline) = session.interrupt.deadline {
        evaluation = evaluation.timeout(deadline.saturating_duration_since(std::time::Instant::now()));
    }
    let result = evaluation.evaluate(&Inputs::from(params));
    let warnings = program.warnings().iter().map(|warning| warning.code).collect();
    let (error, usage, outcome) = match result {
        Ok(outcome) => (None, outcome.usage(), Some(outcome)),
        Err(error) => {
            let found = FoundError::of_evaluation(&error, source, origin);
            (Some(found), error.usage(), None)
        }
    };
    Ok(Found {
        error,
        warnings,
        usage,
        look: Box::new(move |key| {
            let outcome = outcome.as_ref()?;
            match key {
                Key::Value => Some(json!(outcome.value())),
                Key::Type => Some(outcome.value_type().name().into()),
                _ => None::<Json>,
            }
        }),
    })
}

/// The parameters of the test itself that a program does not read, where it reads none by names that it computes.
fn misspelt(session: &Session<'_>, program: &Program) -> Vec<Failure> {
    if program.source().contains("params[") {
        return Vec::new();
    }
    // Also what stands where no run comes to.
    let is_of_name = |next: char| next.is_alphanumeric() || next == '_';
    let words: HashSet<&str> = program.source().split(|next| !is_of_name(next)).collect();
    let is_read = |name: &str| program.slot(name).is_some() || words.contains(name);
    unread(session, is_read, || {
        program.parameters().map(|(name, _)| name).collect()
    })
}

/// The parameters of the test and its row that are not known; those of the file are for all of its tests.
fn unread<'n>(
    session: &Session<'_>,
    is_known: impl Fn(&str) -> bool,
    known: impl Fn() -> Vec<&'n str>,
) -> Vec<Failure> {
    let own = session.test.layers.iter().skip(1).flat_map(|layer| &layer.params);
    let unknown = own.filter(|(name, _)| !is_known(name));
    let failures = unknown.map(|(name, value)| {
        let path = key_path(&key_path(&session.test.path, "params"), name);
        let failure = Failure::new(&path, value.place, format!("unknown parameter {}", quote(name)));
        let known = known();
        let help = match closest(name, known.iter().copied()) {
            Some(meant) => format!("did you mean {}?", quote(meant)),
            None if known.is_empty() => "the expression reads no parameters".to_owned(),
            None => format!("the expression reads {}", known.join(", ")),
        };
        failure.with_help(Some(help))
    });
    failures.take(MOST_UNKNOWN).collect()
}
