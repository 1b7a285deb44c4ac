//! The limits of unfolding a workflow.

use serde::{Deserialize, Serialize};

/// What an unfolding may grow to.
///
/// ```
/// let limits = selvedge::workflow::UnfoldLimits::default();
/// assert_eq!((limits.runs, limits.iterations), (100_000, 25_000));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UnfoldLimits {
    /// Runs of steps and iterations of loops, all together. Checked before an iteration or subworkflow begins.
    pub runs: u64,
    /// Iterations of one loop. Checked before the first of a foreach, and before each of a while.
    pub iterations: u64,
    /// Loops and subworkflows inside of each other. Checked before each.
    pub depth: u64,
    /// Iterations of a foreach without `concurrency` that are open at a time.
    pub concurrency: u64,
    /// Characters of all parameters of all runs as JSON. Checked as each run begins and ends.
    pub size: u64,
}

impl Default for UnfoldLimits {
    fn default() -> Self {
        Self {
            runs: 100_000,
            iterations: 25_000,
            depth: 16,
            concurrency: 100,
            size: 64_000_000,
        }
    }
}
