//! What a workflow and its steps say beside their parameters, and expressions may stand in: timeouts, retries, alerting, notes.
//! Each is read into definitions, which are checked and evaluated as parameters are.

use std::sync::Arc;

use super::attribute::{Attribute, Sees};
use super::reader::Reader;
use crate::params::document::{Entries, Kind, Node};
use crate::params::mistakes::check_name;
use crate::params::problem::{index_path, key_path};
use crate::params::{Definition, ParamType, ParameterSet};
use crate::work::visit;

/// The attributes that are read of a workflow or step.
#[derive(Default)]
pub(super) struct Found {
    pub(super) attributes: Vec<Attribute>,
}

impl Reader {
    /// What a step says beside its parameters.
    pub(super) fn step_attributes(&mut self, entries: &Entries, path: &str) -> Vec<Attribute> {
        self.policies(entries, path);
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
        self.policies(entries, path);
        for key in ["timeout", "alerting", "notes"] {
            found.texts(entries, key, path);
        }
        self.listed(entries, "signal_triggers", path, &mut found);
        found.attributes
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

    /// A value as a definition, whose texts are to be interpolated; what is not a parameter on its own becomes attributes of their own.
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
