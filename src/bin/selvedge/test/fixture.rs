//! Fixtures as files: read, with the files that they name beside them.

use std::path::{Path, PathBuf};
use std::time::Duration;

use selvedge::diagnostic::{Code, Diagnostic};
use selvedge::project::{CheckedFile, Finding};
use selvedge::testing::{Files, FixtureText, Suite, Test, Verdict};
use selvedge::{Interrupt, Span};

use crate::check::files::Target;
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
    /// Where it was read from; none for standard input.
    pub(super) path: Option<PathBuf>,
}

/// The files beside a fixture.
pub(super) struct Beside {
    folder: PathBuf,
    /// How long the reading of each may take.
    timeout: Option<Duration>,
}

impl Beside {
    /// Where a file is that the fixture names.
    pub(super) fn path(&self, named: &str) -> PathBuf {
        self.folder.join(named)
    }
}

impl Files for Beside {
    fn text(&self, path: &str) -> Result<String, String> {
        let text = reader::text(&self.path(path), Deadline::after(self.timeout));
        text.map_err(|failed| failed.message().to_owned())
    }
}

/// The outcome of a test.
pub(super) struct Tested<'f> {
    pub(super) fixture: &'f Fixture,
    pub(super) test: &'f Test,
    pub(super) verdict: Verdict,
}

impl Fixture {
    /// Reads a fixture; what is wrong with it is kept with it.
    pub(super) fn read(target: &Target, timeout: Option<Duration>) -> Self {
        let deadline = Deadline::after(timeout);
        let folder = target.path.as_deref().and_then(Path::parent);
        let mut fixture = Self {
            name: target.name.clone(),
            text: String::new(),
            is_json: false,
            beside: Beside {
                folder: folder.unwrap_or(Path::new("")).to_owned(),
                timeout,
            },
            tests: Vec::new(),
            problems: Vec::new(),
            path: target.path.clone(),
        };
        let bytes = target.read(deadline).map_err(|error| error.to_string());
        match bytes.and_then(|bytes| String::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_owned())) {
            Ok(text) => fixture.text = text,
            Err(why) => {
                fixture.unreadable(&why);
                return fixture;
            }
        }
        fixture.is_json = document::is_json(Path::new(&fixture.name), &fixture.text);
        fixture.parse(&deadline.interrupt());
        fixture
    }

    fn unreadable(&mut self, why: &str) {
        let message = format!("the file cannot be read: {why}");
        let diagnostic = Diagnostic::error(Code::DocumentSyntax, Span::default(), message);
        self.problems.push(Finding::new(diagnostic));
    }

    fn parse(&mut self, interrupt: &Interrupt) {
        let suite = match self.is_json {
            true => Suite::from_json(&self.text, interrupt),
            false => Suite::from_yaml(&self.text, interrupt),
        };
        match suite {
            Ok(suite) => self.tests = suite.tests().to_vec(),
            Err(refused) => self.problems = self.places().problems(&refused),
        }
    }

    /// The places of its text.
    pub(super) fn places(&self) -> FixtureText<'_> {
        match self.is_json {
            true => FixtureText::json(&self.text),
            false => FixtureText::yaml(&self.text),
        }
    }

    /// Findings of it, as `check` reports them.
    pub(super) fn checked(&self, findings: Vec<Finding>) -> CheckedFile {
        CheckedFile::new(&*self.name, &*self.text, findings)
    }

    /// The tests of it that were run.
    pub(super) fn own<'t>(&self, tested: &'t [Tested<'_>]) -> Vec<&'t Tested<'t>> {
        tested
            .iter()
            .filter(|tested| std::ptr::eq(tested.fixture, self))
            .collect()
    }
}
