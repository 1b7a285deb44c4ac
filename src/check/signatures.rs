//! What the host registered, as the checker sees it.

use std::sync::Arc;

use crate::effect::Effects;
use crate::shape::WholeShape;
use crate::types::Type;

/// A host function as the checker sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HostSignature<'h> {
    pub(crate) parameters: &'h [Type],
    /// What is inside the arguments; `None` if nothing is said of any.
    pub(crate) parameter_shapes: &'h [Option<Arc<WholeShape>>],
    /// How many of the last may be left out.
    pub(crate) optional: usize,
    pub(crate) result: Type,
    pub(crate) result_shape: Option<&'h WholeShape>,
    pub(crate) cost_steps: u32,
    pub(crate) effects: Effects,
    pub(crate) constant: Option<HostConstant<'h>>,
}

/// A constant of the host.
#[derive(Clone, Copy, Debug)]
pub(crate) enum HostConstant<'h> {
    Null,
    Boolean(bool),
    Long(i64),
    Double(f64),
    Text(&'h str),
    /// One that is copied in where it is read.
    Copied,
}

/// What the host registered.
pub(crate) trait HostSignatures {
    /// The signature of a function or constant by its full name, such as `params.getFromStep`.
    fn signature(&self, name: &str) -> Option<HostSignature<'_>>;

    /// Whether any of them says what is inside values.
    fn has_shapes(&self) -> bool;

    /// All full names.
    fn names(&self) -> Vec<&str>;

    /// Whether a name is a namespace of the host's own.
    fn is_namespace(&self, name: &str) -> bool;

    /// The host's own namespaces.
    fn namespaces(&self) -> Vec<&str>;
}
