//! What the readers of a definition share: the problems found, and its texts.

use std::sync::Arc;

use crate::diagnostic::Code;
use crate::params::Problem;
use crate::params::document::{Entries, Entry, Node};
use crate::params::problem::error;
use crate::params::problem::key_path;
use crate::source::Position;

/// The values that a transition is kept as.
pub(super) const TRANSITION_VALUES: usize = 4;

/// Reads the parts of a definition, and notes what is wrong.
pub(super) struct Reader {
    /// Whether parameters stand among the other keys of a step, in the shorthand.
    pub(super) shorthand: bool,
    pub(super) ids: Vec<(Arc<str>, String, Option<Position>)>,
    pub(super) problems: Vec<Problem>,
}

impl Reader {
    pub(super) fn wrong(&mut self, path: &str, place: Option<Position>, message: impl Into<String>) {
        self.problems.push(error(path, place, Code::WorkflowShape, message));
    }

    pub(super) fn text(&mut self, entries: &mut Entries, key: &str, path: &str) -> Option<String> {
        let entry = entries.shift_remove(key)?;
        self.text_of(entry.node, key, path)
    }

    pub(super) fn text_of(&mut self, node: Node, key: &str, path: &str) -> Option<String> {
        let text = node.scalar_text();
        if text.is_none() {
            let message = format!("`{key}` is a text, not {}", node.what());
            self.wrong(&key_path(path, key), node.place, message);
        }
        text
    }

    /// Takes an entry that has two names, of which one is given.
    pub(super) fn alias(
        &mut self,
        entries: &mut Entries,
        names: [&'static str; 2],
        path: &str,
    ) -> Option<(&'static str, Entry)> {
        let found = names.map(|name| entries.shift_remove(name).map(|entry| (name, entry)));
        match found {
            [Some(first), Some((second, entry))] => {
                let message = format!("`{second}` and `{}` are two names of one key", first.0);
                let problem = error(&key_path(path, second), entry.key_place, Code::DuplicateKey, message);
                self.problems.push(problem);
                Some(first)
            }
            [first, second] => first.or(second),
        }
    }
}
