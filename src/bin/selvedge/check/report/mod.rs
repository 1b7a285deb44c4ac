//! Reports of what was found, in one of several formats.

mod github;
mod json;
mod sarif;
mod text;

use std::io::IsTerminal as _;
use std::rc::Rc;

use selvedge::diagnostic::escape_json;
use selvedge::{LineIndex, Position, Span};

use super::finding::{Checked, Finding};

/// The format of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// Each finding with its line of the file, for people
    #[default]
    Text,
    /// One JSON object
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
}

/// When text has colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    Always,
    Never,
}

impl Colour {
    fn is_on(self) -> bool {
        let unwanted = || std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let dumb = || std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        match self {
            Self::Auto => std::io::stdout().is_terminal() && !unwanted() && !dumb(),
            Self::Always => true,
            Self::Never => false,
        }
    }
}

/// How much was checked and found.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Totals {
    pub(crate) files: usize,
    pub(crate) expressions: usize,
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
}

impl Totals {
    /// The totals of all files.
    pub(crate) fn of(files: &[Checked]) -> Self {
        let findings = || files.iter().flat_map(|file| &file.findings);
        let errors = findings().filter(|finding| finding.diagnostic.is_error()).count();
        Self {
            files: files.len(),
            expressions: files.iter().map(|file| file.expressions).sum(),
            errors,
            warnings: findings().count() - errors,
        }
    }

    /// The totals as a line.
    pub(crate) fn line(self) -> String {
        format!(
            "checked {} in {}: {}, {}",
            counted(self.expressions, "expression"),
            counted(self.files, "file"),
            counted(self.errors, "error"),
            counted(self.warnings, "warning"),
        )
    }
}

fn counted(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}

/// The report of all files.
pub(crate) fn report(files: &[Checked], format: Format, colour: Colour) -> String {
    match format {
        Format::Text => text::report(files, colour.is_on()),
        Format::Json => escape_json(&json::report(files)),
        Format::Sarif => escape_json(&sarif::report(files)),
        Format::Github => github::report(files),
    }
}

/// A file with the places of its lines.
#[derive(Clone)]
struct Source<'f> {
    name: &'f str,
    lines: Rc<LineIndex<'f>>,
}

impl Source<'_> {
    /// From and up to where a span goes.
    fn region(&self, span: Span) -> [Position; 2] {
        [span.start, span.end].map(|offset| self.lines.position(offset))
    }
}

/// Every finding with its file.
fn findings(files: &[Checked]) -> impl Iterator<Item = (Source<'_>, &Finding)> {
    files.iter().filter(|file| !file.findings.is_empty()).flat_map(of_file)
}

fn of_file(file: &Checked) -> impl Iterator<Item = (Source<'_>, &Finding)> {
    let source = Source {
        name: &file.name,
        lines: Rc::new(LineIndex::new(&file.text)),
    };
    file.findings.iter().map(move |finding| (source.clone(), finding))
}
