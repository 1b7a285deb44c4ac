//! What a test is given: by its file, by itself, and by a row of its table, each over the one before.

use indexmap::IndexMap;

use super::kind::Kind;
use super::reader::{Placed, Values};
use crate::dialect::Dialect;
use crate::limits::Limits;
use crate::params::document::{Entries, Node, Reader};
use crate::params::problem::key_path;
use crate::schema::Schema;
use crate::value::Map;

/// What is tested: a text or the name of a file.
#[derive(Clone, Debug)]
pub(super) enum Subject {
    Expression(String),
    Program(String),
    Parameters(String),
    Workflow(String),
}

impl Subject {
    pub(super) const fn kind(&self) -> Kind {
        match self {
            Self::Expression(_) | Self::Program(_) => Kind::Expression,
            Self::Parameters(_) => Kind::Parameters,
            Self::Workflow(_) => Kind::Workflow,
        }
    }
}

/// The keys of what is tested.
pub(super) const SUBJECTS: [&str; 4] = ["expression", "program", "parameters", "workflow"];

/// The keys of what is given beside that.
pub(super) const GIVEN: [&str; 18] = [
    "params",
    "schema",
    "now",
    "seed",
    "dialect",
    "strict",
    "limits",
    "ambient",
    "signals",
    "answers",
    "defaults",
    "templates",
    "subworkflows",
    "restart",
    "outcomes",
    "events",
    "until",
    "stubs",
];

/// What one of them says.
#[derive(Debug, Default)]
pub(super) struct Layer {
    pub(super) subject: Option<Placed<Subject>>,
    pub(super) params: Values,
    pub(super) ambient: Values,
    pub(super) signals: Values,
    pub(super) answers: Values,
    pub(super) outcomes: Values,
    pub(super) stubs: Values,
    pub(super) schema: Option<Schema>,
    pub(super) now: Option<i64>,
    pub(super) seed: Option<u64>,
    pub(super) dialect: Option<Dialect>,
    pub(super) strict: Option<bool>,
    pub(super) limits: Vec<(String, Placed<u64>)>,
    pub(super) defaults: Option<Placed<String>>,
    pub(super) templates: Vec<Placed<String>>,
    pub(super) subworkflows: Vec<Placed<String>>,
    pub(super) restart: Option<bool>,
    pub(super) events: Option<Vec<Placed<crate::workflow::Event>>>,
    pub(super) until: Option<Placed<String>>,
}

impl Layer {
    /// Takes what is given out of the entries of a file or test.
    pub(super) fn read(reader: &mut Reader, entries: &mut Entries, path: &str) -> Self {
        let mut layer = Self::default();
        layer.read_subject(reader, entries, path);
        for key in GIVEN {
            if let Some(entry) = entries.shift_remove(key) {
                layer.read_given(reader, key, entry.node, &key_path(path, key));
            }
        }
        layer
    }

    /// How many things it gives.
    pub(super) fn size(&self) -> usize {
        let values = [
            &self.params,
            &self.ambient,
            &self.signals,
            &self.answers,
            &self.outcomes,
            &self.stubs,
        ];
        let values = values.iter().map(|values| values.len()).sum::<usize>();
        let types = self.schema.as_ref().map_or(0, |schema| schema.names().count());
        let events = self.events.as_ref().map_or(0, Vec::len);
        values + types + events + self.templates.len() + self.subworkflows.len() + self.limits.len()
    }

    fn read_subject(&mut self, reader: &mut Reader, entries: &mut Entries, path: &str) {
        let subjects: [fn(String) -> Subject; 4] = [
            Subject::Expression,
            Subject::Program,
            Subject::Parameters,
            Subject::Workflow,
        ];
        for (key, subject) in SUBJECTS.into_iter().zip(subjects) {
            let Some(entry) = entries.shift_remove(key) else {
                continue;
            };
            let path = key_path(path, key);
            if self.subject.is_some() {
                let message = "a test runs one of `expression`, `program`, `parameters` and `workflow`";
                reader.wrong(&path, entry.key_place, message);
            }
            let text = reader.placed(&entry.node, &path);
            self.subject = text.map(|text| text.with(subject(text.value.clone())));
        }
    }

    fn read_given(&mut self, reader: &mut Reader, key: &str, node: Node, path: &str) {
        match key {
            "params" => self.params = reader.values(node, path),
            "ambient" => self.ambient = reader.values(node, path),
            "signals" => self.signals = signals(reader, node, path),
            "answers" => self.answers = reader.values(node, path),
            "outcomes" => self.outcomes = reader.values(node, path),
            "stubs" => self.stubs = reader.values(node, path),
            "schema" => self.schema = schema(reader, node, path),
            "now" => self.now = super::clock::read(reader, &node, path),
            "seed" => self.seed = reader.count(&node, path, u64::MAX),
            "dialect" => self.dialect = dialect(reader, &node, path),
            "strict" => self.strict = reader.flag(&node, path),
            "restart" => self.restart = reader.flag(&node, path),
            "limits" => self.limits = limits(reader, node, path),
            "defaults" => self.defaults = reader.placed(&node, path),
            "until" => self.until = reader.placed(&node, path),
            "templates" => self.templates = reader.texts(node, path),
            "subworkflows" => self.subworkflows = reader.texts(node, path),
            "events" => self.events = Some(super::events::read(reader, node, path)),
            _ => {}
        }
    }
}

/// The parameters of signals, each a map.
fn signals(reader: &mut Reader, node: Node, path: &str) -> Values {
    let values = reader.values(node, path);
    for (name, signal) in &values {
        if signal.value.as_map().is_none() {
            let message = format!(
                "expected the signal's parameters, a map, found {}",
                signal.value.type_of()
            );
            reader.wrong(&key_path(path, name), signal.place, message);
        }
    }
    values
}

/// Types by name, or a JSON Schema of an object.
fn schema(reader: &mut Reader, node: Node, path: &str) -> Option<Schema> {
    let place = node.place;
    let json = node.into_json();
    let described = json.get("$schema").is_some() || json.get("properties").is_some_and(serde_json::Value::is_object);
    let schema = match described {
        true => Schema::from_json_schema(&json).map_err(|refused| refused.to_string()),
        false => serde_json::from_value(json).map_err(|refused| refused.to_string()),
    };
    schema.map_err(|message| reader.wrong(path, place, message)).ok()
}

fn dialect(reader: &mut Reader, node: &Node, path: &str) -> Option<Dialect> {
    let text = reader.placed(node, path)?;
    let named = Dialect::NAMED.into_iter().find(|(name, _)| *name == text.value);
    if named.is_none() {
        let known = Dialect::NAMED.into_iter().map(|(name, _)| name);
        reader.unknown((path, text.place), ("dialect", &text.value), known);
    }
    named.map(|(_, dialect)| dialect)
}

fn limits(reader: &mut Reader, node: Node, path: &str) -> Vec<(String, Placed<u64>)> {
    let entries = reader.map(node, path, "a map of limits").unwrap_or_default();
    let mut limits = Vec::new();
    for (name, entry) in entries {
        let path = key_path(path, &name);
        if Limits::TABLE.iter().any(|limit| limit.name == name) {
            let place = entry.node.place;
            let limit = reader.count(&entry.node, &path, u64::MAX);
            limits.extend(limit.map(|value| (name, Placed { value, place })));
        } else {
            let known = Limits::TABLE.iter().map(|limit| limit.name);
            reader.unknown((&path, entry.key_place), ("limit", &name), known);
        }
    }
    limits
}

/// The values that the layers give under one name, those of later ones over those of earlier ones.
pub(super) fn merged<'l>(
    layers: impl Iterator<Item = &'l Values>,
) -> IndexMap<&'l str, &'l Placed<crate::value::Value>> {
    let entries = layers.flat_map(|values| values.iter());
    entries.map(|(name, value)| (name.as_str(), value)).collect()
}

/// The same, as a map.
pub(super) fn map_of<'l>(layers: impl Iterator<Item = &'l Values>) -> Map {
    let merged = merged(layers);
    merged
        .into_iter()
        .map(|(name, value)| (name, value.value.clone()))
        .collect()
}
