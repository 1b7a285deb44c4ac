//! The limits that all parameters of a set share.

use serde::{Deserialize, Serialize};

use super::meter::Budget;
use crate::limits::with_setters;

with_setters! {
    /// The budgets that all parameters of a set share: of one [`Plan::evaluate`](super::Plan::evaluate), and of one
    /// [`ParameterSet::plan`](super::ParameterSet::plan). The engine's own limits bound each expression.
    ///
    /// ```
    /// let limits = selvedge::params::SetLimits::default();
    /// assert_eq!((limits.steps, limits.size), (10_000_000, 750_000));
    /// ```
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
    #[serde(default, deny_unknown_fields)]
    #[non_exhaustive]
    pub struct SetLimits {
        /// Steps of all expressions together, and of what is done besides: names looked up, texts interpolated, values copied,
        /// converted and measured. Checked before the work; an expression gets what is left.
        pub steps: u64,
        /// Bytes that all expressions, texts, conversions and copies charge together, cumulatively. Checked before they are taken.
        /// The process holds at most this and 64 KiB.
        pub memory: u64,
        /// Characters of all parameters together, written as JSON. Checked after each parameter.
        pub size: u64,
        /// Milliseconds that the call may take; `None` if only an [`Interrupt`](crate::Interrupt) says. Checked with every few
        /// thousand steps.
        pub timeout_millis: Option<u64>,
    }
}

impl Default for SetLimits {
    fn default() -> Self {
        Self {
            steps: 10_000_000,
            memory: 256 * 1024 * 1024,
            size: 750_000,
            timeout_millis: None,
        }
    }
}

impl SetLimits {
    /// The limits of [`ParameterSet::plan`](super::ParameterSet::plan): ten times the steps, as an expression is read and compiled
    /// there.
    ///
    /// ```
    /// use selvedge::params::SetLimits;
    /// assert_eq!(SetLimits::of_plans().steps, 10 * SetLimits::default().steps);
    /// ```
    pub fn of_plans() -> Self {
        let limits = Self::default();
        Self {
            steps: 10 * limits.steps,
            memory: 2 * limits.memory,
            ..limits
        }
    }

    pub(crate) const fn budget(&self) -> Budget {
        Budget {
            steps: self.steps,
            memory: self.memory,
        }
    }
}
