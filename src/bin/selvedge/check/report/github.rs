//! Findings as annotations of GitHub Actions.

use std::fmt::Write as _;

use selvedge::Position;

use super::findings;
use crate::check::finding::Checked;

/// A line for each finding.
pub(super) fn report(files: &[Checked]) -> String {
    let mut out = String::new();
    for (file, finding) in findings(files) {
        let diagnostic = &finding.diagnostic;
        let command = if diagnostic.is_error() { "error" } else { "warning" };
        let start = Position::at(&file.text, diagnostic.span.start);
        let end = Position::at(&file.text, diagnostic.span.end);
        let _ = write!(
            out,
            "::{command} file={},line={},endLine={}",
            property(&file.name),
            start.line,
            end.line
        );
        // Columns are shown within one line alone.
        if start.line == end.line {
            let last = end.column.saturating_sub(1).max(start.column);
            let _ = write!(out, ",col={},endColumn={last}", start.column);
        }
        let _ = write!(out, ",title={}::{}", diagnostic.code, data(&diagnostic.message));
        if let Some(help) = &diagnostic.help {
            let _ = write!(out, "%0Ahelp: {}", data(help));
        }
        out.push('\n');
    }
    out
}

/// A message, on one line.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property, which also ends at a comma or colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
