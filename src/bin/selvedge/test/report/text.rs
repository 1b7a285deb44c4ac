//! What failed, for people: the line of the fixture, and what was wanted and found side by side.

use selvedge::diagnostic::escape_lines;
use selvedge::project::Finding;
use selvedge::testing::{Difference, Failure};

use super::super::fixture::{Fixture, Tested};
use crate::check::report::{Colour, Format, report as findings};

/// What stands where there is nothing.
const NOTHING: &str = "-";
/// The widest a column may be for values to stand side by side.
const MAX_COLUMN: usize = 60;

/// All that is wrong, with an empty line after each.
pub(super) fn report(fixtures: &[Fixture], tested: &[Tested<'_>], colour: Colour) -> String {
    let mut out = String::new();
    for fixture in fixtures {
        out.push_str(&shown(fixture, fixture.problems.clone(), colour));
        for tested in fixture.own(tested) {
            out.push_str(&of_test(fixture, tested, colour));
        }
    }
    out
}

/// What one test failed by.
pub(super) fn of_test(fixture: &Fixture, tested: &Tested<'_>, colour: Colour) -> String {
    let mut out = String::new();
    for (finding, failure) in fixture
        .places()
        .failures(tested.test, &tested.verdict)
        .into_iter()
        .zip(&tested.verdict.failures)
    {
        let text = shown(fixture, vec![finding], colour);
        out.push_str(text.trim_end());
        out.push('\n');
        out.push_str(&more(failure));
        out.push('\n');
    }
    out
}

fn shown(fixture: &Fixture, found: Vec<Finding>, colour: Colour) -> String {
    findings(&[fixture.checked(found)], Format::Text, colour)
}

/// What is said below the line of the fixture.
fn more(failure: &Failure) -> String {
    let mut out = String::new();
    let is_told = matches!(&failure.differences[..], [only] if only.path.is_empty() && is_short(only));
    if !is_told {
        out.push_str(&side_by_side(&failure.differences));
    }
    for line in escape_lines(failure.detail.as_deref().unwrap_or_default()).lines() {
        out.push_str(&indented(line));
    }
    out
}

fn indented(line: &str) -> String {
    match line.is_empty() {
        true => "\n".to_owned(),
        false => format!("    {line}\n"),
    }
}

/// Whether what was found fits behind the line of what was wanted.
fn is_short(difference: &Difference) -> bool {
    let texts = [&difference.wanted, &difference.found];
    texts
        .iter()
        .all(|text| text.as_ref().is_none_or(|text| text.chars().count() <= MAX_COLUMN))
}

/// What was wanted and what was found, in columns; below each other where they are long.
fn side_by_side(differences: &[Difference]) -> String {
    let text = |text: &Option<String>| text.as_deref().unwrap_or(NOTHING).to_owned();
    let row = |difference: &Difference| {
        [
            difference.path.clone(),
            text(&difference.wanted),
            text(&difference.found),
        ]
    };
    let rows: Vec<[String; 3]> = differences.iter().map(row).collect();
    if rows.is_empty() {
        return String::new();
    }
    let mut out = String::new();
    if !differences.iter().all(is_short) {
        for [path, wanted, found] in rows {
            if !path.is_empty() {
                out.push_str(&indented(&format!("{path}:")));
            }
            out.push_str(&indented(&format!("  wanted  {wanted}")));
            out.push_str(&indented(&format!("  found   {found}")));
        }
        return escape_lines(&out);
    }
    let heads = ["at", "wanted", "found"].map(str::to_owned);
    let all: Vec<&[String; 3]> = std::iter::once(&heads).chain(&rows).collect();
    let width = |column: usize| {
        let cells = all.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
    };
    let (paths, wanted) = (width(0), width(1));
    for [at, want, found] in &all {
        let line = format!("{at:paths$}  {want:wanted$}  {found}");
        out.push_str(&indented(line.trim_end()));
    }
    escape_lines(&out)
}
