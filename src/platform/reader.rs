//! Parts of a document as what they are to be, each mistake noted with its place.

use crate::diagnostic::{Code, closest, quote};
use crate::params::bounded;
use crate::params::document::{Entries, Entry, Kind, Node};
use crate::params::problem::{Problem, error, error_with_help, error_with_meant, key_path};
use crate::source::Position;

/// Takes parts of a document, and notes what is wrong with them.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) problems: Vec<Problem>,
}

impl Reader {
    pub(super) fn wrong(&mut self, path: &str, place: Option<Position>, message: impl Into<String>) {
        self.add(error(path, place, Code::PlatformShape, message));
    }

    pub(super) fn wrong_with_help(
        &mut self,
        path: &str,
        place: Option<Position>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(error_with_help(path, place, Code::PlatformShape, message, help));
    }

    pub(super) fn add(&mut self, problem: Problem) {
        bounded::add(&mut self.problems, [problem]);
    }

    fn expected(&mut self, what: &str, node: &Node, path: &str) {
        self.wrong(path, node.place, format!("expected {what}, found {}", node.what()));
    }

    /// The entries of a map.
    pub(super) fn map(&mut self, node: Node, path: &str) -> Entries {
        match node.kind {
            Kind::Map(entries) => entries,
            _ => {
                self.expected("a map", &node, path);
                Entries::new()
            }
        }
    }

    /// The elements of a list.
    pub(super) fn list(&mut self, node: Node, path: &str) -> Vec<Node> {
        match node.kind {
            Kind::List(elements) => elements,
            _ => {
                self.expected("a list", &node, path);
                Vec::new()
            }
        }
    }

    pub(super) fn text(&mut self, node: &Node, path: &str) -> Option<String> {
        match &node.kind {
            Kind::Text(text) => Some(text.clone()),
            _ => {
                self.expected("a text", node, path);
                None
            }
        }
    }

    pub(super) fn boolean(&mut self, node: &Node, path: &str) -> Option<bool> {
        match node.kind {
            Kind::Boolean(boolean) => Some(boolean),
            _ => {
                self.expected("`true` or `false`", node, path);
                None
            }
        }
    }

    /// A number from 0 to one that is given.
    pub(super) fn count(&mut self, node: &Node, path: &str, most: u64) -> Option<u64> {
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
    pub(super) fn word<T>(&mut self, node: &Node, path: &str, what: &str, all: &[(&str, T)]) -> Option<T>
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
    pub(super) fn unknown(&mut self, left: &Entries, path: &str, known: &[&str]) {
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
