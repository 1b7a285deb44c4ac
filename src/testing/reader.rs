//! What a fixture reads beside the parts of every document: texts and typed values with their places.

use indexmap::IndexMap;

use crate::params::document::{Kind, Node, Reader};
use crate::params::problem::key_path;
use crate::source::Position;
use crate::value::Value;

/// Something of a fixture, and where it begins.
#[derive(Clone, Debug)]
pub(super) struct Placed<T> {
    pub(super) value: T,
    pub(super) place: Option<Position>,
}

impl<T> Placed<T> {
    /// Something else at the same place.
    pub(super) fn with<U>(&self, value: U) -> Placed<U> {
        Placed {
            value,
            place: self.place,
        }
    }
}

/// Values by name, each with the place of its name.
pub(super) type Values = IndexMap<String, Placed<Value>>;

impl Reader {
    /// A text and its place; a number or boolean as it is written.
    pub(super) fn placed(&mut self, node: &Node, path: &str) -> Option<Placed<String>> {
        let place = node.place;
        match node.scalar_text() {
            Some(value) => Some(Placed { value, place }),
            None => self.expected(node, path, "a text"),
        }
    }

    /// The texts of a list, or one that stands for a list of one.
    pub(super) fn texts(&mut self, node: Node, path: &str) -> Vec<Placed<String>> {
        let nodes = match node.kind {
            Kind::List(nodes) => nodes,
            kind => vec![Node { kind, ..node }],
        };
        nodes.iter().filter_map(|node| self.placed(node, path)).collect()
    }

    /// Values by name.
    pub(super) fn values(&mut self, node: Node, path: &str) -> Values {
        let entries = self.entries(node, path);
        let mut values = Values::with_capacity(entries.len());
        for (name, entry) in entries {
            if let Some(value) = self.value(entry.node, &key_path(path, &name)) {
                let place = entry.key_place;
                values.insert(name, Placed { value, place });
            }
        }
        values
    }
}
