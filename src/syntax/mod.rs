//! Text to tree: the pest grammar, the guard that bounds nesting, and the builder that reads the grammar's tokens.

pub(crate) mod ast;
