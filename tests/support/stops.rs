//! Calls that are stopped after a look at their token, and the next time after a later one.

use selvedge::Interrupt;
use selvedge::oracle::cancel_after_looks;

/// The most units of work between two looks, and after the one that stops.
#[allow(dead_code, reason = "not all tests measure how late a call stops")]
pub(crate) const BETWEEN: usize = 2_048 + 2_048;
#[allow(dead_code, reason = "not all tests measure how late a call stops")]
pub(crate) const AFTER: usize = 2 * BETWEEN;

/// A call that is stopped after so many looks.
pub(crate) fn after(looks: u64) -> Interrupt {
    Interrupt::new().cancel(cancel_after_looks(looks))
}

/// After how many looks to stop: after each of the first sixteen, then after ever more.
pub(crate) fn all_looks() -> impl Iterator<Item = u64> {
    std::iter::successors(Some(0), |looks| Some(looks + 1 + looks / 16 * 8))
}
