//! The limits of sets and unfoldings under which candidates are measured.

use selvedge::params::SetLimits;
use selvedge::workflow::UnfoldLimits;

use super::candidate::Candidate;

/// The limits of a set.
pub(crate) fn set(candidate: &Candidate, steps: u64) -> SetLimits {
    SetLimits {
        steps,
        memory: candidate.memory,
        ..SetLimits::default()
    }
}

/// The limits of an unfolding.
pub(crate) fn unfolding(_: &Candidate) -> UnfoldLimits {
    UnfoldLimits {
        runs: 400,
        ..UnfoldLimits::default()
    }
}
