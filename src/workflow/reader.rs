//! What the readers of a definition share: the problems found, and its texts.

use std::sync::Arc;

use crate::diagnostic::Code;
use crate::params::Problem;
use crate::params::document::Entries;
use crate::params::problem::key_path;
use crate::params::read::error;
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
        let text = entry.node.scalar_text();
        if text.is_none() {
            let message = format!("`{key}` is a text, not {}", entry.node.what());
            self.wrong(&key_path(path, key), entry.node.place, message);
        }
        text
    }
}
