//! What a host says of a function beside its types.

use std::sync::Arc;

use crate::shape::WholeShape;

/// What a host says of a function beside its types: for people, and for the check of what is inside values.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    /// The parameters' names; `None` if they have none.
    pub(super) names: Box<[Box<str>]>,
    /// What the parameters are for, in their order; `None` if nothing is said of any.
    pub(super) docs: Box<[Box<str>]>,
    /// What is inside the arguments; `None` if nothing is said of any.
    pub(super) parameters: Box<[Option<Arc<WholeShape>>]>,
    pub(super) result: Option<Arc<WholeShape>>,
    pub(super) doc: Box<str>,
}
