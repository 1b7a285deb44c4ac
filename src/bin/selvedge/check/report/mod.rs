//! Reports of what was found, in one of several formats.

mod github;
mod json;
mod located;
mod sarif;
mod text;
mod totals;

use std::io::IsTerminal as _;

use selvedge::LineIndex;
use selvedge::diagnostic::{Diagnostic, escape_json};
use selvedge::project::CheckedFile;

pub(crate) use totals::{Totals, counted};

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

/// One diagnostic of a file for people, without a line feed at its end.
pub(crate) fn shown(diagnostic: &Diagnostic, lines: &LineIndex<'_>, name: &str, colour: Colour) -> String {
    text::shown(diagnostic, lines, name, colour.is_on())
}

/// The report of all files.
pub(crate) fn report(files: &[CheckedFile], format: Format, colour: Colour) -> String {
    match format {
        Format::Text => text::report(files, colour.is_on()),
        Format::Json => escape_json(&json::report(files)),
        Format::Sarif => escape_json(&sarif::report(files)),
        Format::Github => github::report(files),
    }
}
