//! What the recogniser leaves of a rule.

use super::rule::Rule;

/// A stretch of the text that a rule matched. The tokens of what is inside follow it.
#[derive(Clone, Copy, Debug)]
pub(in crate::syntax) struct Token {
    pub(super) rule: Rule,
    pub(super) start: u32,
    pub(super) end: u32,
    /// The index after the last token inside.
    pub(super) next: u32,
}
