//! What the readers of a fixture share: the problems found, and typed values with their places.

use indexmap::IndexMap;

use crate::diagnostic::{Code, closest, quote};
use crate::params::Problem;
use crate::params::document::{Entries, Kind, Node};
use crate::params::problem::{error, error_with_help, error_with_meant, key_path};
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

/// Notes what is wrong while a fixture is read.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) problems: Vec<Problem>,
}

impl Reader {
    /// Notes a problem of a place.
    pub(super) fn wrong(&mut self, path: &str, place: Option<Position>, message: impl Into<String>) {
        self.problems.push(error(path, place, Code::FixtureShape, message));
    }

    /// Notes a problem, and what to do about it.
    pub(super) fn wrong_with_help(
        &mut self,
        path: &str,
        place: Option<Position>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let problem = error_with_help(path, place, Code::FixtureShape, message, help);
        self.problems.push(problem);
    }

    /// Notes a word that is none of those known.
    pub(super) fn unknown<'k>(
        &mut self,
        (path, place): (&str, Option<Position>),
        (what, word): (&str, &str),
        known: impl Iterator<Item = &'k str> + Clone,
    ) {
        let message = format!("unknown {what} {}", quote(word));
        let problem = match closest(word, known.clone()) {
            Some(meant) => error_with_meant(path, place, Code::FixtureShape, message, Some(meant)),
            None => {
                let all: Vec<&str> = known.take(40).collect();
                let help = format!("it is one of {}", all.join(", "));
                error_with_help(path, place, Code::FixtureShape, message, help)
            }
        };
        self.problems.push(problem);
    }

    /// What a node is not.
    pub(super) fn expected<T>(&mut self, node: &Node, path: &str, what: &str) -> Option<T> {
        self.wrong(path, node.place, format!("expected {what}, found {}", node.what()));
        None
    }

    /// The entries of a map.
    pub(super) fn map(&mut self, node: Node, path: &str, what: &str) -> Option<Entries> {
        match node.kind {
            Kind::Map(entries) => Some(entries),
            _ => self.expected(&node, path, what),
        }
    }

    /// The elements of a list.
    pub(super) fn list(&mut self, node: Node, path: &str, what: &str) -> Option<Vec<Node>> {
        match node.kind {
            Kind::List(nodes) => Some(nodes),
            _ => self.expected(&node, path, what),
        }
    }

    /// A text; a number or boolean as it is written.
    pub(super) fn text(&mut self, node: &Node, path: &str) -> Option<Placed<String>> {
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
        nodes.iter().filter_map(|node| self.text(node, path)).collect()
    }

    /// A number that counts something.
    pub(super) fn count(&mut self, node: &Node, path: &str) -> Option<u64> {
        match &node.kind {
            Kind::Number(number) if number.is_u64() => number.as_u64(),
            _ => self.expected(node, path, "a whole number from 0"),
        }
    }

    /// Whether something holds.
    pub(super) fn flag(&mut self, node: &Node, path: &str) -> Option<bool> {
        match node.kind {
            Kind::Boolean(flag) => Some(flag),
            _ => self.expected(node, path, "true or false"),
        }
    }

    /// A value of the language.
    pub(super) fn value(&mut self, node: Node, path: &str) -> Option<Value> {
        let place = node.place;
        match Value::try_from(node.into_json()) {
            Ok(value) => Some(value),
            Err(refused) => {
                self.wrong(path, place, refused.to_string());
                None
            }
        }
    }

    /// Values by name.
    pub(super) fn values(&mut self, node: Node, path: &str) -> Values {
        let entries = self.map(node, path, "a map").unwrap_or_default();
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
