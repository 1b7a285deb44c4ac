//! Parts of a document as what they are to be, each mistake noted with its place.

use crate::diagnostic::{Code, closest, quote};
use crate::params::bounded;
use crate::params::document::{Entries, Entry, Kind, Node};
use crate::params::problem::{Problem, error, error_with_help, error_with_meant, key_path};
use crate::schema::Schema;
use crate::source::Position;

/// Takes parts of a document, and notes what is wrong with them.
pub(crate) struct Reader {
    pub(super) problems: Vec<Problem>,
}

impl Reader {
    /// What goes on from problems of the document as one.
    pub(crate) fn new(problems: Vec<Problem>) -> Self {
        Self { problems }
    }

    /// What is wrong with the document, in its order.
    pub(crate) fn into_problems(mut self) -> Vec<Problem> {
        self.problems.sort_by_key(Problem::position);
        self.problems
    }

    pub(crate) fn wrong(&mut self, path: &str, place: Option<Position>, message: impl Into<String>) {
        self.add(error(path, place, Code::PlatformShape, message));
    }

    pub(crate) fn wrong_with_help(
        &mut self,
        path: &str,
        place: Option<Position>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(error_with_help(path, place, Code::PlatformShape, message, help));
    }

    pub(crate) fn add(&mut self, problem: Problem) {
        bounded::add(&mut self.problems, [problem]);
    }

    fn expected(&mut self, what: &str, node: &Node, path: &str) {
        self.wrong(path, node.place, format!("expected {what}, found {}", node.what()));
    }

    /// The entries of a map.
    pub(crate) fn map(&mut self, node: Node, path: &str) -> Entries {
        match node.kind {
            Kind::Map(entries) => entries,
            _ => {
                self.expected("a map", &node, path);
                Entries::new()
            }
        }
    }

    /// The elements of a list.
    pub(crate) fn list(&mut self, node: Node, path: &str) -> Vec<Node> {
        match node.kind {
            Kind::List(elements) => elements,
            _ => {
                self.expected("a list", &node, path);
                Vec::new()
            }
        }
    }

    pub(crate) fn text(&mut self, node: &Node, path: &str) -> Option<String> {
        match &node.kind {
            Kind::Text(text) => Some(text.clone()),
            _ => {
                self.expected("a text", node, path);
                None
            }
        }
    }

    pub(crate) fn boolean(&mut self, node: &Node, path: &str) -> Option<bool> {
        match node.kind {
            Kind::Boolean(boolean) => Some(boolean),
            _ => {
                self.expected("`true` or `false`", node, path);
                None
            }
        }
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

    /// The types of parameters.
    pub(crate) fn schema(&mut self, node: Node, path: &str) -> Schema {
        let mut schema = Schema::new();
        for (name, entry) in self.map(node, path) {
            let (path, place) = (key_path(path, &name), entry.node.place);
            let Some(text) = self.text(&entry.node, &path) else {
                continue;
            };
            if let Err(error) = schema.insert_shape(&name, &text) {
                self.wrong(&path, place, error.to_string());
            }
        }
        schema
    }

    /// A number from 0 to one that is given.
    pub(crate) fn count(&mut self, node: &Node, path: &str, most: u64) -> Option<u64> {
        let number = match &node.kind {
            Kind::Number(number) => number.as_u64().filter(|number| *number <= most),
            _ => None,
        };
        if number.is_none() {
            match &node.kind {
                Kind::Number(number) => {
                    let message = format!("expected a whole number from 0 to {most}, found {number}");
                    self.wrong(path, node.place, message);
                }
                _ => self.expected("a whole number", node, path),
            }
        }
        number
    }

    /// A word of a list.
    pub(crate) fn word<T>(&mut self, node: &Node, path: &str, what: &str, all: &[(&str, T)]) -> Option<T>
    where
        T: Copy,
    {
        let text = self.text(node, path)?;
        let found = all.iter().find(|(name, _)| *name == text).map(|(_, word)| *word);
        if found.is_none() {
            let names: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
            let message = format!("unknown {what} {}", quote(&text));
            match closest(&text, names.iter().copied()) {
                Some(near) => self.wrong_with_help(path, node.place, message, format!("did you mean {}?", quote(near))),
                None => self.wrong_with_help(path, node.place, message, format!("it is one of {}", names.join(", "))),
            }
        }
        found
    }

    /// Refuses what is left of a map's entries.
    pub(crate) fn unknown(&mut self, left: &Entries, path: &str, known: &[&str]) {
        for (key, Entry { key_place, .. }) in left {
            let message = format!("unknown key {}", quote(key));
            let near = closest(key, known.iter().copied());
            let path = key_path(path, key);
            match near {
                Some(_) => self.add(error_with_meant(&path, *key_place, Code::PlatformShape, message, near)),
                None => self.wrong_with_help(&path, *key_place, message, format!("the keys are {}", known.join(", "))),
            }
        }
    }
}
