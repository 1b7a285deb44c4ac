//! What programs are laid out with.

use selvedge::{CompileError, Engine, FormatOptions};

use crate::deadline::Deadline;

/// What programs are laid out with.
pub(super) struct Layout {
    pub(super) engine: Engine,
    pub(super) width: usize,
    pub(super) deadline: Deadline,
}

impl Layout {
    /// A program as options say, within the deadline.
    pub(super) fn of(&self, source: &str, options: &FormatOptions) -> Result<String, CompileError> {
        self.engine.format_with(source, options, &self.deadline.interrupt())
    }
}
