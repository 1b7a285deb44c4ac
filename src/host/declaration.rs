//! Declarations of host functions.

use std::sync::Arc;

use crate::shape::WholeShape;

/// What a host declares of a function besides its types: names, shapes and documentation.
#[derive(Clone, Debug, Default)]
pub(super) struct Declaration {
    /// The parameters' names; `None` if they have none.
    pub(super) names: Box<[Box<str>]>,
    /// What the parameters are for, in their order; `None` if nothing is said of any.
    pub(super) docs: Box<[Box<str>]>,
    /// What is inside the arguments; `None` if nothing is said of any.
    pub(super) parameters: Box<[Option<Arc<WholeShape>>]>,
    pub(super) result: Option<Arc<WholeShape>>,
    pub(super) doc: Box<str>,
}
