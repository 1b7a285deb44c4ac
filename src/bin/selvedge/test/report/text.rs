//! What failed, for people: the line of the fixture, and what was wanted and found side by side.

use std::cell::LazyCell;

use selvedge::LineIndex;
use selvedge::diagnostic::escape_lines;
use selvedge::testing::{Difference, Failure, FixtureText};

use super::super::fixture::{Fixture, Tested};
use crate::check::report::{Colour, shown};

/// What stands where there is nothing.
const NOTHING: &str = "-";
/// The widest a column may be for values to stand side by side.
const MAX_COLUMN: usize = 60;

/// All that is wrong, with an empty line after each.
pub(super) fn report(fixtures: &[Fixture], tested: &[Tested<'_>], colour: Colour) -> String {
    let mut out = String::new();
    for fixture in fixtures {
        let page = Page::new(fixture, colour);
        out.push_str(&page.problems());
        for tested in fixture.own(tested) {
            out.push_str(&page.failures(tested));
        }
    }
    out
}

/// A fixture whose findings are told; it is read once, and where there are any.
pub(super) struct Page<'f> {
    fixture: &'f Fixture,
    lines: LineIndex<'f>,
    places: LazyCell<FixtureText<'f>, Box<dyn FnOnce() -> FixtureText<'f> + 'f>>,
    colour: Colour,
}

impl<'f> Page<'f> {
    pub(super) fn new(fixture: &'f Fixture, colour: Colour) -> Self {
        Self {
            fixture,
            lines: LineIndex::new(&fixture.text),
            places: LazyCell::new(Box::new(|| fixture.places())),
            colour,
        }
    }

    /// What is wrong with the fixture.
    pub(super) fn problems(&self) -> String {
        let problems = self.fixture.problems.iter();
        let reported = problems.map(|finding| shown(&finding.diagnostic, &self.lines, &self.fixture.name, self.colour));
        reported.map(|text| text + "\n\n").collect()
    }

    /// What one test failed by.
    pub(super) fn failures(&self, tested: &Tested<'_>) -> String {
        let mut out = String::new();
        if tested.verdict.passed() {
            return out;
        }
        let findings = self.places.failures(tested.test, &tested.verdict);
        for (finding, failure) in findings.iter().zip(&tested.verdict.failures) {
            out.push_str(&shown(
                &finding.diagnostic,
                &self.lines,
                &self.fixture.name,
                self.colour,
            ));
            out.push('\n');
            out.push_str(&more(failure));
            out.push('\n');
        }
        out
    }
}

/// What is said below the line of the fixture.
fn more(failure: &Failure) -> String {
    let mut out = String::new();
    let is_reported = matches!(&failure.differences[..], [only] if only.path.is_empty() && is_short(only));
    if !is_reported {
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
