//! What the host registered, as the checker sees it.

use crate::effect::Effects;
use crate::types::Type;

/// A host function as the checker sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HostSignature<'h> {
    pub(crate) parameters: &'h [Type],
    /// How many of the last may be left out.
    pub(crate) optional: usize,
    pub(crate) result: Type,
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

    /// All full names.
    fn names(&self) -> Vec<&str>;

    /// Whether a name is a namespace of the host's own.
    fn is_namespace(&self, name: &str) -> bool;

    /// The host's own namespaces.
    fn namespaces(&self) -> Vec<&str>;
}
