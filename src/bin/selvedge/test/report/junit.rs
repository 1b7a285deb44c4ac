//! The outcome of tests as JUnit's XML: a suite for each fixture, a case for each test.

use std::fmt::Write as _;

use selvedge::diagnostic::{escape, escape_lines};

use super::super::fixture::{Fixture, Tested};
use super::super::totals::Totals;
use super::text;
use crate::check::report::Colour;

/// The document.
pub(super) fn report(fixtures: &[Fixture], tested: &[Tested<'_>]) -> String {
    let totals = Totals::of(fixtures, tested);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        out,
        "<testsuites name=\"selvedge\" tests=\"{}\" failures=\"{}\" errors=\"{}\">",
        totals.passed + totals.failed + totals.unread,
        totals.failed,
        totals.unread
    );
    for fixture in fixtures {
        suite(&mut out, fixture, tested);
    }
    out.push_str("</testsuites>\n");
    out
}

fn suite(out: &mut String, fixture: &Fixture, tested: &[Tested<'_>]) {
    let own = fixture.own(tested);
    let failed = own.iter().filter(|tested| !tested.verdict.passed()).count();
    let errors = usize::from(!fixture.problems.is_empty());
    if own.is_empty() && errors == 0 {
        return;
    }
    let page = text::Page::new(fixture, Colour::Never);
    let name = attribute(&fixture.name);
    let tests = own.len() + errors;
    let _ = writeln!(
        out,
        "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failed}\" errors=\"{errors}\" skipped=\"0\" file=\"{name}\">"
    );
    if errors > 0 {
        let message = fixture
            .problems
            .first()
            .map_or("", |problem| &*problem.diagnostic.message);
        let _ = writeln!(out, "    <testcase name=\"{name}\" classname=\"{name}\">");
        let _ = writeln!(
            out,
            "      <error message=\"{}\" type=\"fixture\">{}</error>\n    </testcase>",
            attribute(message),
            quoted(page.problems().trim_end())
        );
    }
    for tested in own {
        case(out, &page, tested, &name);
    }
    out.push_str("  </testsuite>\n");
}

fn case(out: &mut String, page: &text::Page<'_>, tested: &Tested<'_>, class: &str) {
    let _ = write!(
        out,
        "    <testcase name=\"{}\" classname=\"{class}\"",
        attribute(tested.test.name())
    );
    let Some(first) = tested.verdict.failures.first() else {
        out.push_str("/>\n");
        return;
    };
    let shown = page.failures(tested);
    let _ = writeln!(
        out,
        ">\n      <failure message=\"{}\" type=\"expectation\">{}</failure>\n    </testcase>",
        attribute(&first.message),
        quoted(shown.trim_end())
    );
}

/// A text as it stands in XML: what no document may hold is escaped before.
fn attribute(text: &str) -> String {
    quoted(&escape(text))
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in escape_lines(text).chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            other => out.push(other),
        }
    }
    out
}
