//! Tree to typed tree.
pub(crate) mod typed;
