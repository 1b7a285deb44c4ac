//! Verifies the outcome of a run against the expectations of its test.

use serde_json::{Value as Json, json};

use super::case::Test;
use super::clock::DENIED_HELP;
use super::compare::{differences, named, shown};
use super::found::{Found, FoundError};
use super::kind::Kind;
use super::verdict::{At, Failure, Verdict};
use super::wanted::{Field, Key, Wanted};
use crate::diagnostic::Code;

/// The outcome of a test.
pub(super) fn verify(test: &Test, found: &Found<'_>) -> Verdict {
    let mut failures = Vec::new();
    let expects_error = test.wanted().any(|wanted| wanted.key == Key::Error);
    if let (Some(error), false) = (&found.error, expects_error) {
        failures.push(unexpected(test, error));
    }
    if test.wanted().next().is_none() {
        failures.push(nothing(test, found));
    }
    for wanted in test.wanted() {
        // What is expected of a run that failed is told once.
        let is_of_run = !matches!(wanted.key, Key::Error | Key::Warnings | Key::MaxSteps | Key::MaxMemory);
        let looked = (found.look)(&wanted.key);
        if is_of_run && looked.is_none() && found.error.is_some() {
            continue;
        }
        failures.extend(held(wanted, looked, found));
    }
    Verdict {
        failures,
        usage: found.usage,
    }
}

/// A test without expectations, and what it could expect.
fn nothing(test: &Test, found: &Found<'_>) -> Failure {
    let help = "add `expect`, such as `expect: {value: 7}`, or run with `--update`, which writes what comes";
    let mut failure = Failure::new(&test.path, test.place, "missing `expect`").with_help(Some(help.to_owned()));
    let keys: &[(&str, Key)] = match test.kind() {
        Kind::Expression => &[("value", Key::Value), ("type", Key::Type)],
        Kind::Parameters => &[("values", Key::Values)],
        Kind::Workflow => &[("status", Key::Status), ("path", Key::Path)],
    };
    let snapshot = keys
        .iter()
        .filter_map(|(name, key)| Some(((*name).to_owned(), (found.look)(key)?)));
    if found.error.is_none() {
        failure.snapshot = Some(Json::Object(snapshot.collect()));
        failure.at = At::Test;
    }
    failure
}

/// An error that the test does not expect.
fn unexpected(test: &Test, error: &FoundError) -> Failure {
    let first = test.wanted().next();
    let (path, place) = first.map_or((&test.path, test.place), |wanted| (&wanted.path, wanted.place));
    let code = error.code.map(|code| format!(" {}", code.text())).unwrap_or_default();
    let message = format!("unexpected error{code}: {}", error.message);
    let help = (error.code == Some(Code::Denied)).then(|| DENIED_HELP.to_owned());
    Failure::new(path, place, message)
        .with_detail(&*error.detail)
        .with_help(help)
}

/// What one expectation fails by.
fn held(wanted: &Wanted, looked: Option<Json>, found: &Found<'_>) -> Option<Failure> {
    let what = &wanted.what;
    match &wanted.key {
        Key::Error => error(wanted, found),
        Key::Warnings => exactly(wanted, &found.warnings(), "unexpected warnings"),
        Key::MaxSteps => at_most(wanted, found.usage.steps, "steps"),
        Key::MaxMemory => at_most(wanted, found.usage.memory, "bytes"),
        Key::Step(_, Field::Because) => reason(wanted, looked),
        Key::Step(_, Field::Error) => partly(wanted, &looked.unwrap_or_default(), "unexpected error"),
        Key::Skipped if what.is_object() => reasons(wanted, &looked.unwrap_or_default()),
        Key::Values | Key::Types | Key::Step(_, Field::Params | Field::Attributes) => {
            let looked = named(what, &looked.unwrap_or_else(|| json!({})));
            exactly(wanted, &looked, "unexpected values")
        }
        Key::Value => exactly(wanted, &looked.unwrap_or_default(), "unexpected value"),
        Key::Type => exactly(wanted, &looked.unwrap_or_default(), "unexpected type"),
        Key::Status => exactly(wanted, &looked.unwrap_or_default(), "unexpected status"),
        Key::Path => exactly(wanted, &looked.unwrap_or_default(), "unexpected path"),
        Key::Skipped => {
            let steps = looked.as_ref().and_then(Json::as_object).into_iter();
            let steps: Json = steps.flat_map(serde_json::Map::keys).map(String::as_str).collect();
            exactly(wanted, &steps, "unexpected skipped steps")
        }
        Key::Events => exactly(wanted, &looked.unwrap_or_default(), "unexpected events"),
        Key::Step(_, Field::State) => exactly(wanted, &looked.unwrap_or_default(), "unexpected state"),
    }
}

fn exactly(wanted: &Wanted, found: &Json, message: &str) -> Option<Failure> {
    let differences = differences(&wanted.what, found);
    let failure = || Failure::new(&wanted.path, wanted.place, message).with_snapshot(found.clone(), &wanted.what);
    (!differences.is_empty()).then(|| failure().with_differences(differences))
}

fn at_most(wanted: &Wanted, found: u64, unit: &str) -> Option<Failure> {
    let most = wanted.what.as_u64().unwrap_or_default();
    let message = || format!("expected at most {most} {unit}, found {found}");
    (found > most)
        .then(|| Failure::new(&wanted.path, wanted.place, message()).with_snapshot(found.into(), &wanted.what))
}

/// An error of the run: its code, and what else is said of it.
fn error(wanted: &Wanted, found: &Found<'_>) -> Option<Failure> {
    let Some(error) = &found.error else {
        let code = wanted.what.get("code").and_then(Json::as_str);
        let what = code.map_or_else(|| "an error".to_owned(), |code| format!("the error {code}"));
        let value = (found.look)(&Key::Value).or_else(|| (found.look)(&Key::Values));
        let came = value
            .map(|value| format!(" with {}", shown(&value)))
            .unwrap_or_default();
        let message = format!("expected {what}, found success{came}");
        return Some(Failure::new(&wanted.path, wanted.place, message));
    };
    let failure = partly(wanted, &error.facts, "unexpected error")?;
    Some(failure.with_detail(&*error.detail))
}

/// What is wanted of an error: its message may be longer than what is wanted of it.
fn partly(wanted: &Wanted, found: &Json, message: &str) -> Option<Failure> {
    let mut seen = named(&wanted.what, found);
    let is_within = |key: &str| {
        let texts = (
            wanted.what.get(key).and_then(Json::as_str),
            found.get(key).and_then(Json::as_str),
        );
        matches!(texts, (Some(wanted), Some(found)) if found.contains(wanted))
    };
    if let (true, Some(seen)) = (is_within("message"), seen.as_object_mut()) {
        seen.extend(
            wanted
                .what
                .get("message")
                .map(|text| ("message".to_owned(), text.clone())),
        );
    }
    let differences = differences(&wanted.what, &seen);
    if differences.is_empty() {
        return None;
    }
    let is_code_alone = wanted.what.as_object().is_some_and(|object| object.keys().eq(["code"]));
    let snapshot = match (is_code_alone, found.get("code")) {
        (true, Some(code)) => code.clone(),
        _ => named(&wanted.what, found),
    };
    let failure = Failure::new(&wanted.path, wanted.place, message).with_differences(differences);
    Some(failure.with_snapshot(snapshot, &wanted.what))
}

/// Why steps were skipped, as a map from each to its reasons.
fn reasons(wanted: &Wanted, found: &Json) -> Option<Failure> {
    let mut seen = named(&wanted.what, found);
    for (step, reason) in wanted.what.as_object()? {
        let is_met = found.get(step).is_some_and(|reasons| is_reason(reason, reasons));
        if let (true, Some(seen)) = (is_met, seen.as_object_mut()) {
            seen.insert(step.clone(), reason.clone());
        }
    }
    let failure = exactly(wanted, &seen, "steps were not skipped as expected")?;
    let found = named(&wanted.what, found);
    let steps = found.as_object()?.iter();
    let first = steps.map(|(step, reasons)| (step.clone(), first_reason(reasons)));
    Some(failure.with_snapshot(Json::Object(first.collect()), &wanted.what))
}

fn reason(wanted: &Wanted, looked: Option<Json>) -> Option<Failure> {
    let found = looked.unwrap_or_else(|| json!([]));
    match is_reason(&wanted.what, &found) {
        true => None,
        false => {
            let failure = exactly(wanted, &first_reason(&found), "unexpected reason")?;
            Some(failure)
        }
    }
}

/// Whether a reason is among those found: by its kind, such as `condition`, or as a part of its text.
fn is_reason(wanted: &Json, found: &Json) -> bool {
    let texts = found.as_array().into_iter().flatten().filter_map(Json::as_str);
    wanted.as_str().is_some_and(|wanted| {
        texts.into_iter().any(|text| {
            let (kind, sentence) = text.split_once(": ").unwrap_or(("", text));
            kind == wanted || sentence.contains(wanted)
        })
    })
}

fn first_reason(found: &Json) -> Json {
    let first = found.as_array().and_then(|reasons| reasons.first());
    let first = first.and_then(Json::as_str);
    let sentence = first.map(|text| text.split_once(": ").map_or(text, |(_, sentence)| sentence));
    sentence.map_or(Json::Null, Json::from)
}
