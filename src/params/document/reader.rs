//! Parts of a document as what they are to be, each mistake noted with its place.

use super::node::{Entries, Entry, Kind, Node};
use crate::diagnostic::{Code, closest, quote};
use crate::params::bounded;
use crate::params::problem::{Problem, error, error_with_help, error_with_meant, key_path};
use crate::source::Position;
use crate::value::Value;

/// The most words that a help lists.
const MOST_WORDS: usize = 40;

/// Takes parts of a document, and notes what is wrong with them under one code.
pub(crate) struct Reader {
    code: Code,
    problems: Vec<Problem>,
}

impl Reader {
    /// What goes on from problems of the document as one.
    pub(crate) fn new(code: Code, problems: Vec<Problem>) -> Self {
        let mut reader = Self {
            code,
            problems: Vec::new(),
        };
        bounded::add(&mut reader.problems, problems);
        reader
    }

    /// What is wrong with the document, in its order.
    pub(crate) fn into_problems(mut self) -> Vec<Problem> {
        self.problems.sort_by_key(Problem::position);
        self.problems
    }

    /// How many problems were noted.
    pub(crate) fn noted(&self) -> usize {
        self.problems.len()
    }

    /// Notes a problem.
    pub(crate) fn add(&mut self, problem: Problem) {
        bounded::add(&mut self.problems, [problem]);
    }

    /// Notes a problem of a place.
    pub(crate) fn wrong(&mut self, path: &str, place: Option<Position>, message: impl Into<String>) {
        self.add(error(path, place, self.code, message));
    }

    /// Notes a problem, and what to do about it.
    pub(crate) fn wrong_with_help(
        &mut self,
        path: &str,
        place: Option<Position>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(error_with_help(path, place, self.code, message, help));
    }

    /// Notes a word that is not one of those known.
    pub(crate) fn unknown<'k>(
        &mut self,
        (path, place): (&str, Option<Position>),
        (what, word): (&str, &str),
        known: impl Iterator<Item = &'k str> + Clone,
    ) {
        let message = format!("unknown {what} {}", quote(word));
        match closest(word, known.clone()) {
            Some(meant) => self.add(error_with_meant(path, place, self.code, message, Some(meant))),
            None => {
                let all: Vec<&str> = known.take(MOST_WORDS).collect();
                self.wrong_with_help(path, place, message, format!("use one of {}", all.join(", ")));
            }
        }
    }

    /// Refuses what is left of a map's entries.
    pub(crate) fn unknown_keys(&mut self, left: &Entries, path: &str, known: &[&str]) {
        for (key, Entry { key_place, .. }) in left {
            self.unknown((&key_path(path, key), *key_place), ("key", key), known.iter().copied());
        }
    }

    /// Notes what a node is not.
    pub(crate) fn expected<T>(&mut self, node: &Node, path: &str, what: &str) -> Option<T> {
        self.wrong(path, node.place, format!("expected {what}, found {}", node.what()));
        None
    }

    /// The entries of a map.
    pub(crate) fn map(&mut self, node: Node, path: &str, what: &str) -> Option<Entries> {
        match node.kind {
            Kind::Map(entries) => Some(entries),
            _ => self.expected(&node, path, what),
        }
    }

    /// As [`map`](Self::map), empty where there is none.
    pub(crate) fn entries(&mut self, node: Node, path: &str) -> Entries {
        self.map(node, path, "a map").unwrap_or_default()
    }

    /// The elements of a list.
    pub(crate) fn list(&mut self, node: Node, path: &str, what: &str) -> Option<Vec<Node>> {
        match node.kind {
            Kind::List(nodes) => Some(nodes),
            _ => self.expected(&node, path, what),
        }
    }

    /// As [`list`](Self::list), empty where there is none.
    pub(crate) fn elements(&mut self, node: Node, path: &str) -> Vec<Node> {
        self.list(node, path, "a list").unwrap_or_default()
    }

    /// A text.
    pub(crate) fn text(&mut self, node: &Node, path: &str) -> Option<String> {
        match &node.kind {
            Kind::Text(text) => Some(text.clone()),
            _ => self.expected(node, path, "a text"),
        }
    }

    /// Whether something holds.
    pub(crate) fn flag(&mut self, node: &Node, path: &str) -> Option<bool> {
        match node.kind {
            Kind::Boolean(flag) => Some(flag),
            _ => self.expected(node, path, "`true` or `false`"),
        }
    }

    /// A number from 0 to one that is given.
    pub(crate) fn count(&mut self, node: &Node, path: &str, most: u64) -> Option<u64> {
        let Kind::Number(number) = &node.kind else {
            return self.expected(node, path, "a whole number");
        };
        let count = number.as_u64().filter(|count| *count <= most);
        if count.is_none() {
            let range = match most {
                u64::MAX => "from 0".to_owned(),
                most => format!("from 0 to {most}"),
            };
            let message = format!("expected a whole number {range}, found {number}");
            self.wrong(path, node.place, message);
        }
        count
    }

    /// What a word of a list stands for.
    pub(crate) fn word<T: Copy>(&mut self, node: &Node, path: &str, what: &str, all: &[(&str, T)]) -> Option<T> {
        let text = self.text(node, path)?;
        let found = all.iter().find(|(name, _)| *name == text);
        if found.is_none() {
            let known = all.iter().map(|(name, _)| *name);
            self.unknown((path, node.place), (what, &text), known);
        }
        found.map(|(_, word)| *word)
    }

    /// A value of the language.
    pub(crate) fn value(&mut self, node: Node, path: &str) -> Option<Value> {
        let place = node.place;
        let value = Value::from_serialize(&node.into_json());
        value.map_err(|error| self.wrong(path, place, error.to_string())).ok()
    }

    /// What is under a key, read.
    pub(crate) fn taken<T>(
        &mut self,
        entries: &mut Entries,
        path: &str,
        key: &str,
        read: impl FnOnce(&mut Self, Node, &str) -> Option<T>,
    ) -> Option<T> {
        let entry = entries.shift_remove(key)?;
        read(self, entry.node, &key_path(path, key))
    }
}
