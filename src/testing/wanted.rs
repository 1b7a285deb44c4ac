//! What a test expects, read and held against what may be expected.

use serde_json::{Value as Json, json};

use super::kind::Kind as Tested;
use super::reader::Placed;
use crate::diagnostic::Code;
use crate::params::ParamType;
use crate::params::document::{Entry, Kind, Node, Reader};
use crate::params::problem::key_path;
use crate::source::Position;
use crate::types::Type;
use crate::workflow::Status;

/// What of a run is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Value,
    Type,
    Values,
    Types,
    Error,
    Warnings,
    MaxSteps,
    MaxMemory,
    Status,
    Path,
    Skipped,
    Events,
    /// Something of a step, by its path.
    Step(String, Field),
}

/// What of a step is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    State,
    Params,
    Attributes,
    Error,
    Because,
}

const FIELDS: [(&str, Field); 5] = [
    ("state", Field::State),
    ("params", Field::Params),
    ("attributes", Field::Attributes),
    ("error", Field::Error),
    ("because", Field::Because),
];

/// An expectation, and where what is expected stands.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) key: Key,
    pub(super) path: String,
    pub(super) place: Option<Position>,
    pub(super) what: Json,
}

/// The progress of a workflow that waits for its steps.
pub(super) const RUNNING: &str = "running";

/// Reads the expectations of a test.
pub(super) fn read(reader: &mut Reader, node: Node, path: &str, tested: Option<Tested>) -> Vec<Wanted> {
    let mut wanted = Vec::new();
    for (key, entry) in reader.map(node, path, "a map of what is expected").unwrap_or_default() {
        read_one(reader, &mut wanted, (&key, entry), path, tested);
    }
    wanted
}

/// Reads what is expected under one key.
pub(super) fn read_one(
    reader: &mut Reader,
    wanted: &mut Vec<Wanted>,
    (name, Entry { key_place, node }): (&str, Entry),
    path: &str,
    tested: Option<Tested>,
) {
    let path = key_path(path, name);
    // What is tested is told of where it is missing.
    let Some(tested) = tested else { return };
    if !tested.expectations().any(|known| known == name) {
        let what = match tested {
            Tested::Expression => "expectation of an expression",
            Tested::Parameters => "expectation of parameters",
            Tested::Workflow => "expectation of a workflow",
        };
        reader.unknown((&path, key_place), (what, name), tested.expectations());
        return;
    }
    if name == "steps" {
        return steps(reader, wanted, node, &path);
    }
    let place = node.place;
    let read = match name {
        "value" => Some((Key::Value, node.into_json())),
        "type" => type_name(reader, &node, &path).map(|name| (Key::Type, name)),
        "values" => map(reader, node, &path).map(|values| (Key::Values, values)),
        "types" => types(reader, node, &path).map(|types| (Key::Types, types)),
        "error" => error(reader, node, &path, false).map(|error| (Key::Error, error)),
        "warnings" => warnings(reader, node, &path).map(|codes| (Key::Warnings, codes)),
        "max_steps" => reader
            .count(&node, &path, u64::MAX)
            .map(|most| (Key::MaxSteps, most.into())),
        "max_memory" => reader
            .count(&node, &path, u64::MAX)
            .map(|most| (Key::MaxMemory, most.into())),
        "status" => status(reader, &node, &path).map(|status| (Key::Status, status)),
        "path" => texts(reader, node, &path).map(|steps| (Key::Path, steps)),
        "events" => texts(reader, node, &path).map(|events| (Key::Events, events)),
        "skipped" => skipped(reader, node, &path).map(|skipped| (Key::Skipped, skipped)),
        _ => None,
    };
    wanted.extend(read.map(|(key, what)| Wanted { key, path, place, what }));
}

fn steps(reader: &mut Reader, wanted: &mut Vec<Wanted>, node: Node, path: &str) {
    for (step, entry) in reader.map(node, path, "a map of steps").unwrap_or_default() {
        let path = key_path(path, &step);
        for (name, entry) in reader
            .map(entry.node, &path, "a map of what is expected")
            .unwrap_or_default()
        {
            let path = key_path(&path, &name);
            let Some((_, field)) = FIELDS.iter().find(|(known, _)| *known == name) else {
                let known = FIELDS.iter().map(|(name, _)| *name);
                reader.unknown((&path, entry.key_place), ("expectation of a step", &name), known);
                continue;
            };
            let (node, place) = (entry.node, entry.key_place);
            let value_place = node.place;
            let what = match field {
                Field::State | Field::Because => reader.placed(&node, &path).map(|text| text.value.into()),
                Field::Params | Field::Attributes => map(reader, node, &path),
                Field::Error => error(reader, node, &path, true),
            };
            wanted.extend(what.map(|what| Wanted {
                key: Key::Step(step.clone(), *field),
                path,
                place: value_place.or(place),
                what,
            }));
        }
    }
}

fn map(reader: &mut Reader, node: Node, path: &str) -> Option<Json> {
    match node.kind {
        Kind::Map(_) => Some(node.into_json()),
        _ => reader.expected(&node, path, "a map"),
    }
}

fn texts(reader: &mut Reader, node: Node, path: &str) -> Option<Json> {
    match node.kind {
        Kind::List(_) => Some(reader.texts(node, path).into_iter().map(|text| text.value).collect()),
        _ => reader.expected(&node, path, "a list"),
    }
}

fn type_name(reader: &mut Reader, node: &Node, path: &str) -> Option<Json> {
    let text = reader.placed(node, path)?;
    let known = Type::ALL.iter().map(|ty| ty.name());
    known_word(reader, path, &text, "type", known)
}

fn types(reader: &mut Reader, node: Node, path: &str) -> Option<Json> {
    let mut types = serde_json::Map::new();
    for (name, entry) in reader.map(node, path, "a map of types")? {
        let path = key_path(path, &name);
        let known = ParamType::ALL.iter().map(|ty| ty.name());
        let known = known.chain(["NULL", "LIST", "DATETIME"]);
        let text = reader.placed(&entry.node, &path);
        if let Some(ty) = text.and_then(|text| known_word(reader, &path, &text, "type", known)) {
            types.insert(name, ty);
        }
    }
    Some(types.into())
}

fn known_word<'k>(
    reader: &mut Reader,
    path: &str,
    text: &Placed<String>,
    what: &str,
    mut known: impl Iterator<Item = &'k str> + Clone,
) -> Option<Json> {
    let all = known.clone();
    if known.any(|known| known == text.value) {
        return Some(text.value.as_str().into());
    }
    reader.unknown((path, text.place), (what, &text.value), all);
    None
}

/// The text of a code that is written as such, or by the name of its kind.
fn code(reader: &mut Reader, text: &Placed<String>, path: &str) -> Option<Json> {
    let named = |code: &&Code| code.text() == text.value || code.kind() == text.value;
    if let Some(code) = Code::ALL.iter().find(named) {
        return Some(code.text().into());
    }
    let kinds: Vec<String> = Code::ALL.iter().map(|code| code.kind()).collect();
    let texts = Code::ALL.iter().map(|code| code.text());
    let is_text = text.value.len() <= 4;
    let known: Vec<&str> = match is_text {
        true => texts.collect(),
        false => kinds.iter().map(String::as_str).collect(),
    };
    reader.unknown((path, text.place), ("code", &text.value), known.into_iter());
    None
}

/// The code of an error, or what is to be said of it; whoever runs a step may have codes of their own.
fn error(reader: &mut Reader, node: Node, path: &str, of_step: bool) -> Option<Json> {
    const KEYS: [&str; 6] = ["code", "message", "parameter", "step", "line", "column"];
    let coded = |reader: &mut Reader, node: &Node, path: &str| {
        let text = reader.placed(node, path)?;
        match of_step {
            true => Some(text.value.into()),
            false => code(reader, &text, path),
        }
    };
    let Kind::Map(entries) = node.kind else {
        return coded(reader, &node, path).map(|code| json!({ "code": code }));
    };
    let mut error = serde_json::Map::new();
    for (key, entry) in entries {
        let path = key_path(path, &key);
        let what = match key.as_str() {
            "code" => coded(reader, &entry.node, &path),
            "message" | "parameter" | "step" => reader.placed(&entry.node, &path).map(|text| text.value.into()),
            "line" | "column" => reader.count(&entry.node, &path, u64::MAX).map(Json::from),
            _ => {
                reader.unknown((&path, entry.key_place), ("key", &key), KEYS.into_iter());
                None
            }
        };
        error.extend(what.map(|what| (key, what)));
    }
    Some(error.into())
}

fn warnings(reader: &mut Reader, node: Node, path: &str) -> Option<Json> {
    let Kind::List(_) = node.kind else {
        return reader.expected(&node, path, "a list of codes");
    };
    let texts = reader.texts(node, path);
    let mut codes: Vec<Json> = texts.iter().filter_map(|text| code(reader, text, path)).collect();
    codes.sort_by(|one, other| one.as_str().cmp(&other.as_str()));
    Some(codes.into())
}

fn status(reader: &mut Reader, node: &Node, path: &str) -> Option<Json> {
    let text = reader.placed(node, path)?;
    match Status::from_name(&text.value) {
        Some(status) => Some(json!(status)),
        None if text.value == RUNNING => Some(RUNNING.into()),
        None => {
            let known = Status::ALL.iter().map(|status| status.name()).chain([RUNNING]);
            reader.unknown((path, text.place), ("status", &text.value), known);
            None
        }
    }
}

/// The steps that are skipped, or why each of some is.
fn skipped(reader: &mut Reader, node: Node, path: &str) -> Option<Json> {
    let entries = match node.kind {
        Kind::Map(entries) => entries,
        Kind::List(_) => return texts(reader, node, path),
        _ => {
            return reader.expected(
                &node,
                path,
                "a list of steps, or a map from steps to why they are skipped",
            );
        }
    };
    let mut reasons = serde_json::Map::new();
    for (step, entry) in entries {
        let reason = reader.placed(&entry.node, &key_path(path, &step));
        reasons.extend(reason.map(|reason| (step, reason.value.into())));
    }
    Some(reasons.into())
}
