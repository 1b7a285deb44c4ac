//! Fixtures as files: read, with the files that they name beside them.

use std::path::{Path, PathBuf};
use std::time::Duration;

use selvedge::diagnostic::{Code, Diagnostic};
use selvedge::testing::{Files, Suite, Test, Verdict};
use selvedge::{LineIndex, Position, Span};

use crate::check::files::Target;
use crate::check::finding::{Checked, Finding};
use crate::check::tree;
use crate::deadline::Deadline;
use crate::document;
use crate::reader;

/// A fixture that was read.
pub(super) struct Fixture {
    /// What to call it, with `/` between its parts.
    pub(super) name: String,
    pub(super) text: String,
    pub(super) is_json: bool,
    /// Where the files that it names are.
    pub(super) beside: Beside,
    pub(super) tests: Vec<Test>,
    /// What is wrong with it.
    pub(super) problems: Vec<Finding>,
}

/// The files beside a fixture.
pub(super) struct Beside {
    folder: PathBuf,
    /// How long the reading of each may take.
    timeout: Option<Duration>,
}

impl Files for Beside {
    fn text(&self, path: &str) -> Result<String, String> {
        let path = self.folder.join(path);
        let text = reader::text(&path, Deadline::after(self.timeout));
        text.map_err(|failed| failed.message().to_owned())
    }
}

/// What came of a test.
pub(super) struct Tested<'f> {
    pub(super) fixture: &'f Fixture,
    pub(super) test: &'f Test,
    pub(super) verdict: Verdict,
}

impl Fixture {
    /// Reads a fixture; what is wrong with it is kept with it.
    pub(super) fn read(target: &Target, timeout: Option<Duration>) -> Self {
        let deadline = Deadline::after(timeout);
        let folder = target.path.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
        let mut fixture = Self {
            name: target.name.clone(),
            text: String::new(),
            is_json: false,
            beside: Beside {
                folder: folder.to_owned(),
                timeout,
            },
            tests: Vec::new(),
            problems: Vec::new(),
        };
        let bytes = target.read(deadline).map_err(|error| error.to_string());
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_owned()));
        match text {
            Ok(text) => fixture.text = text,
            Err(why) => {
                let message = format!("the file cannot be read: {why}");
                let diagnostic = Diagnostic::error(Code::DocumentSyntax, Span::default(), message);
                fixture.problems.push(Finding::of(diagnostic));
                return fixture;
            }
        }
        fixture.is_json = document::is_json(Path::new(&fixture.name), &fixture.text);
        let suite = match fixture.is_json {
            true => Suite::from_json(&fixture.text, &deadline.interrupt()),
            false => Suite::from_yaml(&fixture.text, &deadline.interrupt()),
        };
        match suite {
            Ok(suite) => fixture.tests = suite.tests().to_vec(),
            Err(refused) => {
                let problems = refused.problems().iter().map(|problem| {
                    let span = fixture.span(problem.position());
                    let diagnostic = Diagnostic::error(problem.code(), span, problem.message());
                    let diagnostic = match problem.help() {
                        Some(help) => diagnostic.with_help(help),
                        None => diagnostic,
                    };
                    Finding {
                        path: problem.path().to_owned(),
                        ..Finding::of(diagnostic)
                    }
                });
                fixture.problems = problems.collect();
            }
        }
        fixture
    }

    /// What stands at a place: a text, number or word whole, of anything else its first character.
    pub(super) fn span(&self, place: Option<Position>) -> Span {
        let Some(place) = place else { return Span::default() };
        let start = LineIndex::new(&self.text).offset(place);
        let leaves = tree::leaves(&self.text, self.is_json).unwrap_or_default();
        let leaf = leaves.iter().find(|leaf| leaf.scalar.place.start == start as usize);
        let end = match leaf {
            Some(leaf) => leaf.scalar.place.end as u32,
            None => start + 1,
        };
        Span::new(start, end.max(start))
    }

    /// Findings of it, as `check` reports them.
    pub(super) fn checked(&self, findings: Vec<Finding>) -> Checked {
        let mut checked = Checked::default();
        checked.name.clone_from(&self.name);
        checked.text.clone_from(&self.text);
        checked.extend(findings);
        checked
    }
}

impl Tested<'_> {
    /// What it failed by, as findings of its fixture.
    pub(super) fn findings(&self) -> Vec<Finding> {
        let findings = self.verdict.failures.iter().map(|failure| {
            let span = self.fixture.span(failure.position);
            let message = format!("{}: {}", self.test.name(), failure.message);
            let mut diagnostic = Diagnostic::error(Code::TestFailed, span, message);
            if let [difference] = &failure.differences[..]
                && difference.path.is_empty()
            {
                let found = difference.found.as_deref().unwrap_or("nothing");
                diagnostic = diagnostic.with_label(format!("found {found}"));
            }
            if let Some(help) = &failure.help {
                diagnostic = diagnostic.with_help(help);
            }
            Finding {
                path: failure.path.clone(),
                ..Finding::of(diagnostic)
            }
        });
        findings.collect()
    }
}
