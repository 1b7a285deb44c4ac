//! Reports of what came of tests, in one of several formats.

mod json;
mod junit;
mod text;

use selvedge::diagnostic::escape_json;

use super::fixture::{Fixture, Tested};
use crate::check::finding::Checked;
use crate::check::report::{self as findings, Colour};

/// The format of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// What failed, with its line of the fixture, and what was wanted and found side by side
    #[default]
    Text,
    /// One JSON object
    Json,
    /// JUnit's XML, as build servers read it
    Junit,
    /// Annotations of GitHub Actions
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

/// The report of all tests and of the fixtures that could not be read.
pub(super) fn report(fixtures: &[Fixture], tested: &[Tested<'_>], format: Format, colour: Colour) -> String {
    match format {
        Format::Text => text::report(fixtures, tested, colour),
        Format::Json => escape_json(&json::report(fixtures, tested)),
        Format::Junit => junit::report(fixtures, tested),
        Format::Github => findings::report(&checked(fixtures, tested), findings::Format::Github, colour),
        Format::Sarif => findings::report(&checked(fixtures, tested), findings::Format::Sarif, colour),
    }
}

/// Everything that is wrong, file by file, as `check` reports it.
fn checked(fixtures: &[Fixture], tested: &[Tested<'_>]) -> Vec<Checked> {
    let checked = fixtures.iter().map(|fixture| {
        let own = tested.iter().filter(|tested| std::ptr::eq(tested.fixture, fixture));
        let failed = own.flat_map(Tested::findings);
        fixture.checked(fixture.problems.iter().cloned().chain(failed).collect())
    });
    checked.collect()
}
