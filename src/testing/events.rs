//! What happens to a workflow, event by event, as a test says.

use super::reader::Placed;
use crate::diagnostic::quote;
use crate::params::document::{Entry, Kind, Node, Reader};
use crate::params::problem::{index_path, key_path};
use crate::value::{Map, Value};
use crate::workflow::{Answers, Cause, Event, StepError};

/// The event of a step.
type OfStep = fn(String) -> Event;

/// The keys of events that say more than a step, and the one that is of none.
const ENDED: &str = "ended";
const ATTEMPT_FAILED: &str = "attempt_failed";
const CANCELLED: &str = "cancelled";
/// The events that say no more than the step they are of.
const OF_STEP: [(&str, OfStep); 4] = [
    ("started", |step| Event::started(step)),
    ("restarted", |step| Event::restarted(step)),
    ("skipped", |step| Event::skipped(step)),
    ("step_cancelled", |step| Event::step_cancelled(step)),
];

/// Reads `cancelled`, `{started: STEP}`, `{ended: {STEP: OUTCOME}}` and the others, in order.
pub(super) fn read(reader: &mut Reader, node: Node, path: &str) -> Vec<Placed<Event>> {
    let nodes = reader.list(node, path, "a list of events").unwrap_or_default();
    let mut events = Vec::new();
    for (index, node) in nodes.into_iter().enumerate() {
        let (path, place) = (index_path(path, index), node.place);
        if let Some(value) = event(reader, node, &path) {
            events.push(Placed { value, place });
        }
    }
    events
}

fn event(reader: &mut Reader, node: Node, path: &str) -> Option<Event> {
    let of_step = OF_STEP.iter().map(|(key, _)| *key);
    let known = of_step.chain([ENDED, ATTEMPT_FAILED, CANCELLED]);
    let place = node.place;
    match node.kind {
        Kind::Text(text) if text == CANCELLED => Some(Event::Cancelled),
        Kind::Text(text) if known.clone().any(|name| name == text) => {
            let message = format!("the event {} needs a step", quote(&text));
            reader.wrong_with_help(
                path,
                place,
                message,
                format!("write {}", quote(&format!("{text}: STEP"))),
            );
            None
        }
        Kind::Text(text) => {
            reader.unknown((path, place), ("event", &text), known);
            None
        }
        Kind::Map(entries) if entries.len() == 1 => {
            let (key, Entry { key_place, node }) = entries.into_iter().next()?;
            let path = key_path(path, &key);
            match key.as_str() {
                ENDED => ended(reader, node, &path),
                ATTEMPT_FAILED => attempt_failed(reader, node, &path),
                key => match OF_STEP.iter().find(|(name, _)| *name == key) {
                    Some((_, event)) => reader.placed(&node, &path).map(|step| event(step.value)),
                    None => {
                        reader.unknown((&path, key_place), ("event", key), known);
                        None
                    }
                },
            }
        }
        kind => {
            let node = Node { place, kind };
            reader.expected(
                &node,
                path,
                "`cancelled`, or a map from what happened to a step, such as `{started: STEP}` or `{ended: {STEP: OUTCOME}}`",
            )
        }
    }
}

/// The end of a step: its name alone where it succeeded without outputs, or a map from it to its outcome.
fn ended(reader: &mut Reader, node: Node, path: &str) -> Option<Event> {
    if let Kind::Text(step) = node.kind {
        return Some(Answers::default().answer("", "").event(step));
    }
    let place = node.place;
    let entries = reader.values(node, path);
    let [(step, outcome)] = entries.iter().collect::<Vec<_>>()[..] else {
        reader.wrong(path, place, "expected one step and its outcome");
        return None;
    };
    let map: Map = [(step.as_str(), Value::clone(&outcome.value))].into_iter().collect();
    match Answers::from_map(&map) {
        Ok(answers) => Some(answers.answer(step, step).event(step.as_str())),
        Err(refused) => {
            reader.wrong(path, outcome.place, refused.to_string());
            None
        }
    }
}

/// A failed attempt: the name of its step, or a map from it to the cause, or to a map of cause and error.
fn attempt_failed(reader: &mut Reader, node: Node, path: &str) -> Option<Event> {
    let Kind::Map(entries) = node.kind else {
        let step = reader.placed(&node, path)?;
        return Some(Event::attempt_failed(step.value, Cause::Error, None));
    };
    let mut entries = entries.into_iter();
    let (Some((step, Entry { node: what, .. })), None) = (entries.next(), entries.next()) else {
        reader.wrong(path, node.place, "expected one step, with the cause of the failure");
        return None;
    };
    let path = key_path(path, &step);
    let Kind::Map(entries) = what.kind else {
        return Some(Event::attempt_failed(step, cause(reader, &what, &path)?, None));
    };
    let (mut of, mut error) = (Cause::Error, None);
    for (key, Entry { key_place, node }) in entries {
        let path = key_path(&path, &key);
        match key.as_str() {
            "cause" => of = cause(reader, &node, &path)?,
            "error" => error = Some(step_error(reader, node, &path)?),
            key => {
                reader.unknown((&path, key_place), ("key", key), ["cause", "error"].into_iter());
                return None;
            }
        }
    }
    Some(Event::attempt_failed(step, of, error))
}

fn cause(reader: &mut Reader, node: &Node, path: &str) -> Option<Cause> {
    let cause = reader.placed(node, path)?;
    let found = Cause::ALL.iter().find(|(name, _)| *name == cause.value);
    if found.is_none() {
        let known = Cause::ALL.iter().map(|(name, _)| *name);
        reader.unknown((path, node.place), ("cause", &cause.value), known);
    }
    found.map(|(_, found)| *found)
}

/// What went wrong: a message, or a map of code and message.
fn step_error(reader: &mut Reader, node: Node, path: &str) -> Option<StepError> {
    let place = node.place;
    let read = serde_json::from_value(node.into_json());
    if read.is_err() {
        reader.wrong(path, place, "expected a message, or a map of `code` and `message`");
    }
    read.ok()
}
