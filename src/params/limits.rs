//! The limits that all parameters of a set share.

use serde::{Deserialize, Serialize};

/// What all parameters of a set may use together. The engine's own limits bound each expression.
///
/// ```
/// let limits = selvedge::params::SetLimits::default();
/// assert_eq!((limits.steps, limits.size), (10_000_000, 750_000));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SetLimits {
    /// Steps of all expressions together. Checked by each expression, which gets what is left.
    pub steps: u64,
    /// Bytes that all expressions and interpolated texts charge together. Checked as they are charged.
    pub memory: u64,
    /// Characters of all parameters together, written as JSON. Checked after each parameter.
    pub size: u64,
}

impl Default for SetLimits {
    fn default() -> Self {
        Self {
            steps: 10_000_000,
            memory: 256 * 1024 * 1024,
            size: 750_000,
        }
    }
}
