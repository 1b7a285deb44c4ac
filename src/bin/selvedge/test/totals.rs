//! How many tests passed and failed.

use std::fmt::Write as _;

use super::fixture::{Fixture, Tested};

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Totals {
    pub(super) files: usize,
    pub(super) passed: usize,
    pub(super) failed: usize,
    /// Fixtures that are wrong, whose tests were not run.
    pub(super) unread: usize,
}

impl Totals {
    /// The totals of all tests.
    pub(super) fn of(fixtures: &[Fixture], tested: &[Tested<'_>]) -> Self {
        let passed = tested.iter().filter(|tested| tested.verdict.passed()).count();
        Self {
            files: fixtures.len(),
            passed,
            failed: tested.len() - passed,
            unread: fixtures.iter().filter(|fixture| !fixture.problems.is_empty()).count(),
        }
    }

    /// The totals as a line.
    pub(super) fn line(self) -> String {
        let Self {
            files,
            passed,
            failed,
            unread,
        } = self;
        let (of_tests, of_files) = (
            if passed + failed == 1 { "" } else { "s" },
            if files == 1 { "" } else { "s" },
        );
        let mut line = format!(
            "ran {} test{of_tests} in {files} file{of_files}: {passed} passed, {failed} failed",
            passed + failed
        );
        if unread > 0 {
            let _ = write!(line, ", {unread} not read");
        }
        line
    }
}
