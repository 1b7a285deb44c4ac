//! `--coverage`: what of the files that tests are of ran, line by line.

mod html;
mod lcov;
mod source;
mod text;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use selvedge::Coverage;
use selvedge::diagnostic::escape;
use selvedge::testing::{CoveredFile, Test};

use source::Source;

use super::fixture::Fixture;
use crate::deadline::Deadline;
use crate::exit::Failed;
use crate::print::to_output;
use crate::reader;

/// How coverage is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum CoverageFormat {
    /// A table of files, with the lines that did not run
    Text,
    /// A tracefile, as `genhtml` and code review read it
    Lcov,
    /// A page with the lines of each file
    Html,
}

/// What is counted, by the names of the files that tests are of.
#[derive(Debug, Default)]
pub(super) struct Counted(BTreeMap<String, (PathBuf, Coverage)>);

impl Counted {
    /// Nothing yet of the files of these tests.
    pub(super) fn of(tests: &[(&Fixture, &Test)]) -> Self {
        let mut counted = BTreeMap::new();
        for (fixture, test) in tests {
            if let Some(path) = path(fixture, test) {
                counted.entry(name(&path)).or_insert_with(|| (path, Coverage::new()));
            }
        }
        Self(counted)
    }

    /// Where a test counts.
    pub(super) fn find(&self, fixture: &Fixture, test: &Test) -> Option<&Coverage> {
        let path = path(fixture, test)?;
        self.0.get(&name(&path)).map(|(_, coverage)| coverage)
    }

    /// Reports all files: to a file, or to standard output.
    pub(super) fn report(
        &self,
        format: CoverageFormat,
        out: Option<&Path>,
        timeout: Option<Duration>,
    ) -> Result<(), Failed> {
        let mut sources = Vec::new();
        for (name, (path, coverage)) in &self.0 {
            // What could not be read, tests have told.
            if let Ok(text) = reader::text(path, Deadline::after(timeout)) {
                let file = CoveredFile::of(name, &text, coverage);
                sources.push(Source { file, text });
            }
        }
        let report = match format {
            CoverageFormat::Text => text::report(&sources),
            CoverageFormat::Lcov => lcov::report(&sources),
            CoverageFormat::Html => html::report(&sources),
        };
        match out {
            None => to_output(&report),
            Some(path) => {
                fs::write(path, report).map_err(|error| format!("cannot write {}: {error}", reader::shown(path)))?;
            }
        }
        Ok(())
    }
}

fn path(fixture: &Fixture, test: &Test) -> Option<PathBuf> {
    test.file().map(|file| fixture.beside.path(file))
}

/// What to call a file, with `/` between its parts.
fn name(path: &Path) -> String {
    let name = escape(&path.display().to_string()).replace('\\', "/");
    name.strip_prefix("./").unwrap_or(&name).to_owned()
}
