//! Functions of a description.

use super::function::{Function, Parameter};
use super::shape::Shaped;
use super::stub::Stub;
use crate::diagnostic::quote;
use crate::effect::{Effect, Effects};
use crate::host::check_name;
use crate::params::document::{Node, Reader};
use crate::params::problem::index_path;
use crate::source::Position;
use crate::types::Type;

const KEYS: [&str; 8] = [
    "doc",
    "parameters",
    "result",
    "cost",
    "memory",
    "result-size",
    "effects",
    "stub",
];
const PARAMETER_KEYS: [&str; 4] = ["name", "type", "doc", "optional"];
const STUB_KEYS: [&str; 2] = ["value", "expression"];
pub(super) const EFFECTS: [(&str, Effect); 3] = [
    ("clock", Effect::Clock),
    ("randomness", Effect::Randomness),
    ("outside", Effect::Outside),
];

/// A function, and where its stub stands.
pub(super) struct Read {
    pub(super) function: Function,
    pub(super) stub_place: Option<Position>,
}

impl Reader {
    /// A function of a full name.
    pub(super) fn function(&mut self, name: &str, node: Node, path: &str) -> Read {
        let mut entries = self.entries(node, path);
        let result = self.taken(&mut entries, path, "result", |reader, node, path| {
            let text = reader.text(&node, path)?;
            reader.shaped("result", &text, path, node.place)
        });
        let mut function = Function::giving(name, result.unwrap_or_else(|| Shaped::of(Type::Any, None)));
        let doc = self.taken(&mut entries, path, "doc", |reader, node, path| reader.text(&node, path));
        function.doc = doc.unwrap_or_default().into();
        if let Some(parameters) = self.taken(&mut entries, path, "parameters", |reader, node, path| {
            Some(reader.parameters(name, node, path))
        }) {
            function.parameters = parameters;
        }
        let most = |most| move |reader: &mut Self, node: Node, path: &str| reader.count(&node, path, most);
        let cost = self.taken(&mut entries, path, "cost", most(u64::from(u32::MAX)));
        function.cost_steps = cost
            .and_then(|cost| cost.try_into().ok())
            .unwrap_or(function.cost_steps);
        let memory = self.taken(&mut entries, path, "memory", most(u64::MAX));
        function.cost_bytes = memory.unwrap_or(function.cost_bytes);
        function.result_size = self.taken(&mut entries, path, "result-size", most(u64::MAX));
        if let Some(effects) = self.taken(&mut entries, path, "effects", |reader, node, path| {
            Some(reader.effects(node, path))
        }) {
            function.effects = effects;
        }
        let stub_place = entries.get("stub").and_then(|entry| entry.node.place);
        function.stub = self.taken(&mut entries, path, "stub", Self::stub);
        self.unknown_keys(&entries, path, &KEYS);
        Read { function, stub_place }
    }

    /// The stub of a function that is declared elsewhere, and where it stands.
    pub(super) fn only_stub(&mut self, name: &str, node: Node, path: &str) -> (Option<Stub>, Option<Position>) {
        let place = node.place;
        let mut entries = self.entries(node, path);
        let stub_place = entries.get("stub").and_then(|entry| entry.node.place);
        let stub = self.taken(&mut entries, path, "stub", Self::stub);
        if !entries.is_empty() || stub_place.is_none() {
            let message = format!("duplicate function {}", quote(name));
            self.wrong_with_help(
                path,
                place,
                message,
                "it is declared elsewhere; only a `stub` may be added here",
            );
        }
        (stub, stub_place)
    }

    fn shaped(&mut self, name: &str, text: &str, path: &str, place: Option<Position>) -> Option<Shaped> {
        let read = Shaped::read(name, text);
        read.map_err(|error| self.wrong(path, place, error.to_string())).ok()
    }

    fn parameters(&mut self, function: &str, node: Node, path: &str) -> Vec<Parameter> {
        let mut parameters: Vec<Parameter> = Vec::new();
        for (index, node) in self.elements(node, path).into_iter().enumerate() {
            let (path, place) = (index_path(path, index), node.place);
            let Some(parameter) = self.parameter(node, &path) else {
                continue;
            };
            if let Err(refused) = check_name(function, &parameter.name, parameters.iter().map(Parameter::name)) {
                self.wrong(&path, place, refused.to_string());
            }
            if !parameter.is_optional && parameters.last().is_some_and(Parameter::is_optional) {
                let message = format!("{} is required but follows an optional one", quote(&parameter.name));
                self.wrong_with_help(&path, place, message, "put optional parameters last");
            }
            parameters.push(parameter);
        }
        parameters
    }

    fn parameter(&mut self, node: Node, path: &str) -> Option<Parameter> {
        let place = node.place;
        let mut entries = self.entries(node, path);
        let is_map = !entries.is_empty();
        let name = self.taken(&mut entries, path, "name", |reader, node, path| {
            reader.text(&node, path)
        });
        if name.is_none() && is_map {
            self.wrong(path, place, "missing key `name`");
        }
        let name = name?;
        let shaped = self.taken(&mut entries, path, "type", |reader, node, path| {
            let text = reader.text(&node, path)?;
            reader.shaped(&name, &text, path, node.place)
        });
        let doc = self.taken(&mut entries, path, "doc", |reader, node, path| reader.text(&node, path));
        let is_optional = self.taken(&mut entries, path, "optional", |reader, node, path| {
            reader.flag(&node, path)
        });
        self.unknown_keys(&entries, path, &PARAMETER_KEYS);
        Some(Parameter {
            name: name.into(),
            doc: doc.unwrap_or_default().into(),
            shaped: shaped.unwrap_or_else(|| Shaped::of(Type::Any, None)),
            is_optional: is_optional.unwrap_or_default(),
        })
    }

    fn effects(&mut self, node: Node, path: &str) -> Effects {
        let mut effects = Vec::new();
        for (index, node) in self.elements(node, path).iter().enumerate() {
            effects.extend(self.word(node, &index_path(path, index), "effect", &EFFECTS));
        }
        Effects::of(&effects)
    }

    fn stub(&mut self, node: Node, path: &str) -> Option<Stub> {
        let place = node.place;
        let mut entries = self.entries(node, path);
        let value = self.taken(&mut entries, path, "value", Self::value);
        let expression = self.taken(&mut entries, path, "expression", |reader, node, path| {
            reader.text(&node, path)
        });
        let has_more = !entries.is_empty();
        self.unknown_keys(&entries, path, &STUB_KEYS);
        match (value, expression) {
            (Some(value), None) => Some(Stub::Value(value)),
            (None, Some(source)) => Some(Stub::expression(source)),
            (Some(_), Some(_)) => {
                self.wrong(path, place, "both `value` and `expression` are given");
                None
            }
            (None, None) => {
                if !has_more {
                    self.wrong(path, place, "missing `value` or `expression` of the stub");
                }
                None
            }
        }
    }
}
