//! The limits of unfolding a workflow.

use serde::{Deserialize, Serialize};

use crate::host::Interrupt;
use crate::limits::with_setters;
use crate::params::meter::{Budget, Meter};

with_setters! {
    /// Limits of an unfolding, and of one call on it.
    ///
    /// ```
    /// let limits = selvedge::workflow::UnfoldLimits::default();
    /// assert_eq!((limits.runs, limits.iterations), (100_000, 25_000));
    /// ```
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
    #[serde(default, deny_unknown_fields)]
    #[non_exhaustive]
    pub struct UnfoldLimits {
        /// Steps of one definition, those inside loops among them. Checked before any of them.
        pub definition_steps: u64,
        /// Runs of steps and iterations of loops, all together. Checked before an iteration or subworkflow begins.
        pub runs: u64,
        /// Iterations of one loop. Checked before the first of a foreach, and before each of a while.
        pub iterations: u64,
        /// Iterations of one loop that are kept whole once they ended, beside those that failed. Of others only what an expression of the
        /// workflow asks for by `params.getFromForeach` is kept: they are not in the [tree](super::Unfolding::tree), and do not run again.
        /// With 0 what is kept grows with the iterations that run at a time alone.
        pub whole_iterations: u64,
        /// Loops and subworkflows inside each other. Checked before each; more than 64 mean 64.
        pub depth: u64,
        /// Iterations of a foreach without `concurrency` that are open at a time.
        pub concurrency: u64,
        /// Characters of all parameters of all runs as JSON. Checked as each run begins, and as outputs are taken.
        pub size: u64,
        /// Bytes of the process's heap that an unfolding keeps: runs, iterations, their values, outputs, and why steps were skipped.
        /// Checked before they are kept. What does not fit fails its step or loop.
        pub kept: u64,
        /// Steps of one call, such as `start` or `complete`: of all expressions, and of all that is done besides. Checked before the
        /// work. A call that used them up is stopped, and another can go on where it was.
        pub steps: u64,
        /// Steps of one [`walk`](super::Unfolding::walk), of all its completions together. Checked as the steps of a call are.
        pub walk_steps: u64,
        /// Bytes that one call charges cumulatively, of a walk one completion, for expressions and all that is made on the way. Checked before they are taken.
        pub memory: u64,
        /// Milliseconds that one call may take; `None` if only an [`Interrupt`] says. Checked with every few thousand steps.
        pub timeout_millis: Option<u64>,
    }
}

/// How deep loops and subworkflows may nest, whatever the limit says: trees of them are walked on the host's stack.
const MAX_DEPTH: u64 = 64;

impl Default for UnfoldLimits {
    fn default() -> Self {
        Self {
            definition_steps: 2_000,
            runs: 100_000,
            iterations: 25_000,
            whole_iterations: 25_000,
            depth: 16,
            concurrency: 100,
            size: 64_000_000,
            kept: 256 * 1024 * 1024,
            steps: 100_000_000,
            walk_steps: 1_000_000_000,
            memory: 512 * 1024 * 1024,
            timeout_millis: None,
        }
    }
}

impl UnfoldLimits {
    /// The meter of one call.
    pub(super) fn meter(&self, interrupt: &Interrupt) -> Meter {
        let budget = Budget {
            steps: self.steps,
            memory: self.memory,
        };
        Meter::new(budget, self.timeout_millis, interrupt)
    }

    /// The meter of one walk.
    pub(super) fn walk_meter(&self, interrupt: &Interrupt) -> Meter {
        let steps = self.walk_steps;
        Self { steps, ..*self }.meter(interrupt)
    }

    /// The depth that holds.
    pub(super) fn most_depth(&self) -> u64 {
        self.depth.min(MAX_DEPTH)
    }
}
