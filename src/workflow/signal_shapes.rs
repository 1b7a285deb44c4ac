//! Signals in definitions: those that start a workflow, that a step waits for, and that it sends. Each is read into definitions.

use std::sync::Arc;

use super::attribute::{Attribute, Sees};
use super::attributes::Found;
use super::reader::Reader;
use crate::diagnostic::quote;
use crate::params::document::{Entries, Entry, Kind, Node};
use crate::params::mistakes::{check_name, no_expression};
use crate::params::problem::{index_path, key_path};
use crate::params::read::{self as params, Style};
use crate::params::{Body, Definition, ParamType, ParameterSet};

/// How a signal's parameter is compared with what it must match.
const OPERATORS: [&str; 5] = ["=", ">", ">=", "<", "<="];
/// The most signals that a trigger waits for.
const MOST_SIGNALS: usize = 8;

impl Reader {
    /// The elements of a list of signals.
    pub(super) fn listed(&mut self, entries: &Entries, key: &str, path: &str, found: &mut Found) {
        let Some(entry) = entries.get(key) else { return };
        let path = key_path(path, key);
        let elements = match &entry.node.kind {
            Kind::List(elements) => elements,
            Kind::Null => return,
            _ => {
                let message = format!("expected a list for `{key}`, found {}", entry.node.what());
                self.wrong(&path, entry.node.place, message);
                return;
            }
        };
        if elements.is_empty() && key != "signal_triggers" {
            let message = format!("`{key}` is empty: remove the key");
            self.wrong(&path, entry.node.place, message);
        }
        for (index, element) in elements.iter().enumerate() {
            let path = index_path(&path, index);
            let Kind::Map(entries) = &element.kind else {
                let message = format!("expected a map for each element of `{key}`, found {}", element.what());
                self.wrong(&path, element.place, message);
                continue;
            };
            let (set, sees, signals) = match key {
                "signal_dependencies" => (self.dependency(element, entries, &path), Sees::StepsBefore, Vec::new()),
                "signal_outputs" => (self.output(element, entries, &path), Sees::OwnParameters, Vec::new()),
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
    fn dependency(&mut self, element: &Node, entries: &Entries, path: &str) -> ParameterSet {
        self.near(entries, &["name", "match_params"], path);
        let mut set = self.named(element, entries, path);
        let Some((node, matches)) = self.map_under(entries, "match_params", path) else {
            return set;
        };
        let path = key_path(path, "match_params");
        let mut members = ParameterSet::new();
        let mut range: Option<&str> = None;
        for (name, entry) in matches {
            let path = key_path(&path, name);
            let Some((param, operator)) = self.matched(entry, "param", &path) else {
                continue;
            };
            if operator != "="
                && let Some(other) = range.replace(name)
            {
                let message = format!(
                    "{} and {} are both ranges, only one is allowed",
                    quote(other),
                    quote(name)
                );
                self.wrong(&path, entry.key_place, message);
            }
            let definition = params::definition(param.copy(), &key_path(&path, "param"), &mut self.problems);
            if let Err(problem) = check_name(name, &path, entry.key_place) {
                self.problems.push(problem);
            } else {
                self.text_or_long(name, &definition, &path);
                let operator = Definition::literal(operator).with_type(ParamType::String);
                let matched = ParameterSet::new().with("param", definition).with("operator", operator);
                members.insert(name, Definition::members(matched).at(entry.node.place));
            }
        }
        set.insert("match_params", Definition::members(members).at(node.place));
        set
    }

    /// What is to be matched, and how.
    fn matched<'n>(&mut self, entry: &'n Entry, key: &'static str, path: &str) -> Option<(&'n Node, &'n str)> {
        let Kind::Map(entries) = &entry.node.kind else {
            let message = format!("expected a map with `{key}` and `operator`");
            self.wrong(path, entry.node.place, message);
            return None;
        };
        self.near(entries, &[key, "operator"], path);
        let given = |key: &str| entries.get(key).filter(|entry| !matches!(entry.node.kind, Kind::Null));
        for key in [key, "operator"].into_iter().filter(|key| given(key).is_none()) {
            self.wrong(path, entry.node.place, format!("missing key `{key}`"));
        }
        let (what, operator) = (given(key)?, given("operator")?);
        match &operator.node.kind {
            Kind::Text(text) if OPERATORS.contains(&text.as_str()) => Some((&what.node, text)),
            _ => {
                let message = format!("expected one of the operators {}", OPERATORS.join(", "));
                self.wrong(&key_path(path, "operator"), operator.node.place, message);
                None
            }
        }
    }

    /// A signal that a step sends: its name, parameters and payload.
    fn output(&mut self, element: &Node, entries: &Entries, path: &str) -> ParameterSet {
        self.near(entries, &["name", "params", "payload"], path);
        let mut set = self.named(element, entries, path);
        for key in ["params", "payload"] {
            self.definitions(&mut set, entries, key, path);
        }
        if let Some(Body::Members(params)) = set.get("params").map(Definition::body) {
            for (name, definition) in params.clone().iter() {
                self.text_or_long(name, definition, &key_path(&key_path(path, "params"), name));
            }
        }
        set
    }

    /// What starts a workflow at signals: a condition, what tells runs apart, and parameters.
    fn trigger(&mut self, entries: &Entries, path: &str) -> ParameterSet {
        self.near(entries, &["definitions", "params", "condition", "dedup_expr"], path);
        self.waited_for(entries, path);
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

    /// The signals of a trigger: what each must match, and what they have in common.
    fn waited_for(&mut self, entries: &Entries, path: &str) {
        let Some((node, signals)) = self.map_under(entries, "definitions", path) else {
            return;
        };
        let path = key_path(path, "definitions");
        if signals.len() > MOST_SIGNALS {
            let message = format!(
                "a trigger takes at most {MOST_SIGNALS} signals, found {}",
                signals.len()
            );
            self.wrong(&path, node.place, message);
        }
        let mut joined: Option<usize> = None;
        for (name, entry) in signals {
            let path = key_path(&path, name);
            let entries = match &entry.node.kind {
                Kind::Map(entries) => entries,
                Kind::Null => continue,
                _ => {
                    let message = "expected a map with `match_params` and `join_keys`";
                    self.wrong(&path, entry.node.place, message);
                    continue;
                }
            };
            self.near(entries, &["match_params", "join_keys"], &path);
            let matches = self.map_under(entries, "match_params", &path);
            for (name, entry) in matches.into_iter().flat_map(|(_, matches)| matches) {
                let path = key_path(&key_path(&path, "match_params"), name);
                if let Some((value, _)) = self.matched(entry, "value", &path)
                    && !matches!(value.kind, Kind::Text(_) | Kind::Number(_))
                {
                    let message = format!(
                        "expected a text or a number to compare a signal with, found {}",
                        value.what()
                    );
                    self.wrong(&key_path(&path, "value"), value.place, message);
                }
            }
            let keys = self.join_keys(entries, &path);
            if let Some(both) = keys
                .iter()
                .find(|key| matches.is_some_and(|(_, matches)| matches.contains_key(**key)))
            {
                let message = format!("{} cannot be both matched and joined by", quote(both));
                self.wrong(&key_path(&path, "join_keys"), entry.node.place, message);
            }
            if *joined.get_or_insert(keys.len()) != keys.len() {
                let message = "the signals of a trigger have different numbers of `join_keys`";
                self.wrong(&path, entry.node.place, message);
            }
        }
    }

    fn join_keys<'n>(&mut self, entries: &'n Entries, path: &str) -> Vec<&'n str> {
        let Some(entry) = entries.get("join_keys") else {
            return Vec::new();
        };
        let text = |node: &'n Node| match &node.kind {
            Kind::Text(text) => Some(text.as_str()),
            _ => None,
        };
        let keys = match &entry.node.kind {
            Kind::Null => Some(Vec::new()),
            Kind::List(keys) => keys.iter().map(text).collect(),
            _ => None,
        };
        keys.unwrap_or_else(|| {
            self.wrong(
                &key_path(path, "join_keys"),
                entry.node.place,
                "expected a list of texts for `join_keys`",
            );
            Vec::new()
        })
    }

    /// A map under a key, which may be left out.
    fn map_under<'n>(&mut self, entries: &'n Entries, key: &str, path: &str) -> Option<(&'n Node, &'n Entries)> {
        let node = &entries.get(key)?.node;
        match &node.kind {
            Kind::Map(entries) => Some((node, entries)),
            Kind::Null => None,
            _ => {
                let message = format!("expected a map for `{key}`, found {}", node.what());
                self.wrong(&key_path(path, key), node.place, message);
                None
            }
        }
    }

    /// Definitions under a key, as a MAP.
    fn definitions(&mut self, set: &mut ParameterSet, entries: &Entries, key: &str, path: &str) {
        let given = |entry: &&Entry| !matches!(entry.node.kind, Kind::Null);
        let Some(Entry { node, .. }) = entries.get(key).filter(given) else {
            return;
        };
        let members = params::set(node.copy(), &key_path(path, key), Style::Full, &mut self.problems);
        set.insert(key, Definition::members(members).at(node.place));
    }

    /// The name of a signal, in which names of parameters may stand.
    fn named(&mut self, element: &Node, entries: &Entries, path: &str) -> ParameterSet {
        let name = entries.get("name").and_then(|entry| {
            let text = entry.node.scalar_text().filter(|text| !text.is_empty())?;
            Some((text, entry.node.place))
        });
        match name {
            Some((text, place)) => {
                let name = Definition::literal(text).with_type(ParamType::String);
                ParameterSet::new().with("name", name.at(place))
            }
            None => {
                self.wrong(path, element.place, "missing or empty `name` of the signal");
                ParameterSet::new()
            }
        }
    }

    /// Refuses what a signal cannot carry, as far as its type is known.
    fn text_or_long(&mut self, name: &str, definition: &Definition, path: &str) {
        let of_literal = match definition.body() {
            Body::Literal(serde_json::Value::String(_)) => Some(ParamType::String),
            Body::Literal(serde_json::Value::Number(number)) if number.is_i64() => Some(ParamType::Long),
            Body::Literal(serde_json::Value::Number(_)) => Some(ParamType::Double),
            Body::Literal(serde_json::Value::Bool(_)) => Some(ParamType::Boolean),
            _ => None,
        };
        let ty = definition.declared_type().or(of_literal);
        if let Some(ty) = ty.filter(|ty| !matches!(ty, ParamType::String | ParamType::Long)) {
            let message = format!(
                "expected STRING or LONG for the parameter {} of a signal, found {}",
                quote(name),
                ty.name()
            );
            self.wrong(path, definition.position(), message);
        }
    }
}

fn keys_of(entry: Option<&Entry>) -> Vec<Arc<str>> {
    match entry.map(|entry| &entry.node.kind) {
        Some(Kind::Map(entries)) => entries.keys().map(|key| key.as_str().into()).collect(),
        _ => Vec::new(),
    }
}
