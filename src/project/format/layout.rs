//! What programs are laid out with.

use crate::engine::{CompileError, Engine};
use crate::host::Interrupt;
use crate::syntax::FormatOptions;

/// What the programs of a file are laid out with.
pub(super) struct Layout<'l> {
    pub(super) engine: &'l Engine,
    pub(super) width: usize,
    pub(super) interrupt: &'l Interrupt,
}

impl Layout<'_> {
    /// A program as options say, until it is interrupted.
    pub(super) fn of(&self, source: &str, options: &FormatOptions) -> Result<String, CompileError> {
        self.engine.format_with(source, options, self.interrupt)
    }
}
