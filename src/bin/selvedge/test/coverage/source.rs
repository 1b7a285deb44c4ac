//! A file with what of it ran.

use selvedge::testing::CoveredFile;

/// A file and what of it ran.
pub(super) struct Source {
    pub(super) file: CoveredFile,
    pub(super) text: String,
}

/// A share of all in whole percent, rounded down: 100 are all.
pub(super) fn percent((all, some): (usize, usize)) -> usize {
    (some * 100).checked_div(all).unwrap_or(100)
}
