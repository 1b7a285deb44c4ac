//! What a workflow and its steps say beside their parameters, and expressions may stand in: timeouts, retries, alerting, notes,
//! signals. Each is read into definitions, which are checked and evaluated as parameters are.

use std::sync::Arc;

use super::attribute::{Attribute, Sees};
use super::reader::Reader;
use crate::diagnostic::quote;
use crate::params::document::{Entries, Entry, Kind, Node};
use crate::params::mistakes::{check_name, no_expression};
use crate::params::problem::{index_path, key_path};
use crate::params::read::{self as params, Style};
use crate::params::{Definition, DefinitionError, ParamType, ParameterSet};
use crate::source::Position;
use crate::work::visit;

/// The attributes that are read of a workflow or step.
#[derive(Default)]
pub(super) struct Found {
    pub(super) attributes: Vec<Attribute>,
}

impl Reader {
    /// What a step says beside its parameters.
    pub(super) fn step_attributes(&mut self, entries: &Entries, path: &str) -> Vec<Attribute> {
        let mut found = Found::default();
        for key in ["timeout", "retry_policy", "alerting", "notes"] {
            found.texts(entries, key, path);
        }
        self.listed(entries, "signal_dependencies", path, &mut found);
        self.listed(entries, "signal_outputs", path, &mut found);
        found.attributes
    }

    /// What a workflow says beside its parameters, with what was found beside it.
    pub(super) fn workflow_attributes(&mut self, entries: &Entries, path: &str, mut found: Found) -> Vec<Attribute> {
        for key in ["timeout", "alerting", "notes"] {
            found.texts(entries, key, path);
        }
        self.listed(entries, "signal_triggers", path, &mut found);
        found.attributes
    }

    /// The elements of a list of signals.
    fn listed(&mut self, entries: &Entries, key: &str, path: &str, found: &mut Found) {
        let Some(entry) = entries.get(key) else { return };
        let path = key_path(path, key);
        let elements = match &entry.node.kind {
            Kind::List(elements) => elements,
            Kind::Null => return,
            _ => {
                let message = format!("`{key}` is a list, not {}", entry.node.what());
                self.wrong(&path, entry.node.place, message);
                return;
            }
        };
        for (index, element) in elements.iter().enumerate() {
            let path = index_path(&path, index);
            let Kind::Map(entries) = &element.kind else {
                let message = format!("what is listed under `{key}` are maps, not {}", element.what());
                self.wrong(&path, element.place, message);
                continue;
            };
            let (set, sees, signals) = match key {
                "signal_dependencies" => (self.dependency(entries, &path), Sees::StepsBefore, Vec::new()),
                "signal_outputs" => (self.output(entries, &path), Sees::OwnParameters, Vec::new()),
                _ => {
                    let signals = keys_of(entries.get("definitions"));
                    (self.trigger(entries, &path), Sees::Signals, signals)
                }
            };
            found.attributes.push(Attribute {
                key: key.into(),
                is_listed: true,
                path: path.into(),
                sees,
                signals: signals.into(),
                definition: Definition::members(set).at(element.place),
            });
        }
    }

    /// A signal that a step waits for: its name, and what it must match.
    fn dependency(&mut self, entries: &Entries, path: &str) -> ParameterSet {
        let mut set = named(entries);
        let Some(Entry { node, .. }) = entries.get("match_params") else {
            return set;
        };
        let path = key_path(path, "match_params");
        let Kind::Map(matches) = &node.kind else {
            self.wrong(
                &path,
                node.place,
                format!("`match_params` are a map, not {}", node.what()),
            );
            return set;
        };
        let mut members = ParameterSet::new();
        for (name, entry) in matches {
            let path = key_path(&path, name);
            let param = match &entry.node.kind {
                Kind::Map(entries) => entries.get("param"),
                _ => None,
            };
            let Some(param) = param else {
                let message = format!("the parameter {} to match is a map with `param`", quote(name));
                self.wrong(&path, entry.node.place, message);
                continue;
            };
            let read = params::definition(param.node.copy(), &key_path(&path, "param"));
            self.member(&mut members, name, &path, entry.key_place, read);
        }
        set.insert("match_params", Definition::members(members).at(node.place));
        set
    }

    /// A signal that a step sends: its name, parameters and payload.
    fn output(&mut self, entries: &Entries, path: &str) -> ParameterSet {
        let mut set = named(entries);
        for key in ["params", "payload"] {
            self.definitions(&mut set, entries, key, path);
        }
        set
    }

    /// What starts a workflow at signals: a condition, what tells runs apart, and parameters.
    fn trigger(&mut self, entries: &Entries, path: &str) -> ParameterSet {
        let mut set = ParameterSet::new();
        for (key, ty) in [("condition", ParamType::Boolean), ("dedup_expr", ParamType::String)] {
            let Some(Entry { node, .. }) = entries.get(key).filter(|entry| !matches!(entry.node.kind, Kind::Null))
            else {
                continue;
            };
            match node.scalar_text() {
                Some(source) if source.is_empty() => {}
                Some(source) => {
                    set.insert(key, Definition::expression(source).with_type(ty).at(node.place));
                }
                None => {
                    let problem = no_expression(node, &key_path(path, key));
                    self.problems.push(problem);
                }
            }
        }
        self.definitions(&mut set, entries, "params", path);
        set
    }

    /// Definitions under a key, as a MAP.
    fn definitions(&mut self, set: &mut ParameterSet, entries: &Entries, key: &str, path: &str) {
        let Some(Entry { node, .. }) = entries.get(key) else {
            return;
        };
        let read = params::set(node.copy(), &key_path(path, key), Style::Full);
        if let Some(members) = self.taken(read) {
            set.insert(key, Definition::members(members).at(node.place));
        }
    }

    fn member(
        &mut self,
        members: &mut ParameterSet,
        name: &str,
        path: &str,
        place: Option<Position>,
        read: Result<Definition, DefinitionError>,
    ) {
        if let Err(problem) = check_name(name, path, place) {
            self.problems.push(problem);
        } else if let Some(definition) = self.taken(read) {
            members.insert(name, definition);
        }
    }
}

impl Found {
    /// The texts of what stands under a key, in which names may stand.
    fn texts(&mut self, entries: &Entries, key: &str, path: &str) {
        if let Some(entry) = entries.get(key) {
            self.value(&entry.node, key, &key_path(path, key));
        }
    }

    /// The texts of the alerting that a workflow's properties have.
    pub(super) fn properties(&mut self, node: &Node) {
        let Kind::Map(entries) = &node.kind else { return };
        for key in ["alerting", "notes"] {
            self.texts(entries, key, "properties");
        }
    }

    fn value(&mut self, node: &Node, key: &str, path: &str) {
        if let Some(definition) = self.definition(node, key, path) {
            self.attributes.push(Attribute {
                key: key.into(),
                is_listed: false,
                path: path.into(),
                sees: Sees::Around,
                signals: Arc::new([]),
                definition,
            });
        }
    }

    /// A value as a definition, whose texts are to be interpolated; what is no parameter on its own becomes attributes of their own.
    fn definition(&mut self, node: &Node, key: &str, path: &str) -> Option<Definition> {
        if !visit(1) {
            return None;
        }
        let definition = match &node.kind {
            Kind::Null => return None,
            Kind::Text(text) => Definition::literal(text.as_str()).with_type(ParamType::String),
            Kind::Boolean(_) | Kind::Number(_) => Definition::literal(node.copy().into_json()),
            Kind::List(elements) if elements.iter().all(|element| matches!(element.kind, Kind::Text(_))) => {
                Definition::literal(node.copy().into_json()).with_type(ParamType::StringArray)
            }
            Kind::List(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    self.value(element, key, &index_path(path, index));
                }
                return None;
            }
            Kind::Map(entries) => {
                let mut members = ParameterSet::new();
                for (name, entry) in entries {
                    let path = key_path(path, name);
                    let member = self.definition(&entry.node, key, &path);
                    if let (Some(member), Ok(())) = (member, check_name(name, &path, None)) {
                        members.insert(name, member);
                    }
                }
                Definition::members(members)
            }
        };
        Some(definition.at(node.place))
    }
}

/// The name of a signal, in which names of parameters may stand.
fn named(entries: &Entries) -> ParameterSet {
    let name = entries
        .get("name")
        .and_then(|entry| Some((entry.node.scalar_text()?, entry.node.place)));
    match name {
        Some((text, place)) => {
            let name = Definition::literal(text).with_type(ParamType::String);
            ParameterSet::new().with("name", name.at(place))
        }
        None => ParameterSet::new(),
    }
}

fn keys_of(entry: Option<&Entry>) -> Vec<Arc<str>> {
    match entry.map(|entry| &entry.node.kind) {
        Some(Kind::Map(entries)) => entries.keys().map(|key| key.as_str().into()).collect(),
        _ => Vec::new(),
    }
}
