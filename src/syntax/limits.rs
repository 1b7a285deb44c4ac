//! What a source text is read within.

use crate::dialect::Dialect;

/// What a source text is read within.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ParseLimits {
    /// The most UTF-16 units.
    pub(crate) source_length: usize,
    /// The most levels that anything may nest; at most [`super::guard::MAX_NESTING`] counts.
    pub(crate) nesting: usize,
    /// The language that helps are written in.
    pub(crate) dialect: Dialect,
}
