//! Reports of the outcome of tests, in one of several formats.

mod json;
mod junit;
mod text;

use selvedge::diagnostic::escape_json;
use selvedge::project::{CheckedFile, Finding};
use selvedge::testing::Failure;

use super::fixture::{Fixture, Tested};
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
fn checked(fixtures: &[Fixture], tested: &[Tested<'_>]) -> Vec<CheckedFile> {
    let checked = fixtures.iter().map(|fixture| {
        let (places, own) = (fixture.places(), fixture.own(tested));
        let failed = own.iter().flat_map(|tested| {
            let findings = places.failures(tested.test, &tested.verdict).into_iter();
            findings
                .zip(&tested.verdict.failures)
                .map(|(finding, failure)| reported(finding, failure))
        });
        fixture.checked(fixture.problems.iter().cloned().chain(failed).collect())
    });
    checked.collect()
}

/// A finding with what was wanted and found first, where nothing but the message is shown.
fn reported(mut finding: Finding, failure: &Failure) -> Finding {
    if let Some(first) = failure.differences.first() {
        let (wanted, found) = (first.wanted.as_deref(), first.found.as_deref());
        let at = if first.path.is_empty() {
            String::new()
        } else {
            format!(" at {}", first.path)
        };
        let reported = format!(
            "{}: wanted {}, found {}{at}",
            finding.diagnostic.message,
            wanted.unwrap_or("nothing"),
            found.unwrap_or("nothing")
        );
        finding.diagnostic.message = reported;
    }
    finding
}
