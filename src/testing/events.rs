//! What happens to a workflow, event by event, as a test says.

use super::reader::{Placed, Reader};
use crate::params::document::{Entry, Kind, Node};
use crate::params::problem::{index_path, key_path};
use crate::value::{Map, Value};
use crate::workflow::{Answers, Event};

/// The keys of an event, and the one that has none.
const STARTED: &str = "started";
const ENDED: &str = "ended";
const CANCELLED: &str = "cancelled";

/// Reads `cancelled`, `{started: STEP}` and `{ended: {STEP: OUTCOME}}`, in order.
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
    let known = [STARTED, ENDED, CANCELLED].into_iter();
    let place = node.place;
    match node.kind {
        Kind::Text(text) if text == CANCELLED => Some(Event::Cancelled),
        Kind::Text(text) => {
            reader.unknown((path, place), ("event", &text), known);
            None
        }
        Kind::Map(entries) if entries.len() == 1 => {
            let (key, Entry { key_place, node }) = entries.into_iter().next()?;
            let path = key_path(path, &key);
            match key.as_str() {
                STARTED => reader.text(&node, &path).map(|step| Event::started(step.value)),
                ENDED => ended(reader, node, &path),
                _ => {
                    reader.unknown((&path, key_place), ("event", &key), known);
                    None
                }
            }
        }
        kind => {
            let node = Node { place, kind };
            reader.expected(
                &node,
                path,
                "`cancelled`, `{started: STEP}` or `{ended: {STEP: OUTCOME}}`",
            )
        }
    }
}

/// The end of a step: its name alone where it succeeded without outputs, or a map from it to what came of it.
fn ended(reader: &mut Reader, node: Node, path: &str) -> Option<Event> {
    if let Kind::Text(step) = node.kind {
        return Some(Answers::default().answer("", "").event(step));
    }
    let place = node.place;
    let entries = reader.values(node, path);
    let [(step, outcome)] = entries.iter().collect::<Vec<_>>()[..] else {
        reader.wrong(path, place, "expected one step and what came of it");
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
