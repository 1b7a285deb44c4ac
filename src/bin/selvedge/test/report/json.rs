//! The outcome of tests as one JSON object.

use selvedge::diagnostic::escape;
use serde_json::{Value as Json, json};

use super::super::fixture::{Fixture, Tested};
use super::super::totals::Totals;

/// All tests, and what is wrong with fixtures.
pub(super) fn report(fixtures: &[Fixture], tested: &[Tested<'_>]) -> String {
    let totals = Totals::of(fixtures, tested);
    let tests: Vec<Json> = tested.iter().map(test).collect();
    let problems: Vec<Json> = fixtures.iter().flat_map(problems).collect();
    let report = json!({
        "files": totals.files,
        "passed": totals.passed,
        "failed": totals.failed,
        "tests": tests,
        "problems": problems,
    });
    format!("{report}\n")
}

fn test(tested: &Tested<'_>) -> Json {
    json!({
        "file": escape(&tested.fixture.name),
        "name": tested.test.name(),
        "kind": tested.test.kind().name(),
        "position": tested.test.position(),
        "passed": tested.verdict.passed(),
        "failures": tested.verdict.failures,
        "usage": tested.verdict.usage,
    })
}

fn problems(fixture: &Fixture) -> impl Iterator<Item = Json> + '_ {
    let lines = selvedge::LineIndex::new(&fixture.text);
    fixture.problems.iter().map(move |problem| {
        let diagnostic = &problem.diagnostic;
        json!({
            "file": escape(&fixture.name),
            "position": lines.position(diagnostic.span.start),
            "code": diagnostic.code,
            "message": diagnostic.message,
            "help": diagnostic.help,
            "path": escape(&problem.path),
        })
    })
}
