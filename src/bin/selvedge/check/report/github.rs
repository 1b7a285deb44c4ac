//! Findings as annotations of GitHub Actions.

use std::fmt::Write as _;

use selvedge::diagnostic::{escape_annotation, escape_annotation_property};

use super::located::findings;
use selvedge::project::CheckedFile;

/// A line for each finding.
pub(super) fn report(files: &[CheckedFile]) -> String {
    let mut out = String::new();
    for (file, finding) in findings(files) {
        let diagnostic = &finding.diagnostic;
        let command = if diagnostic.is_error() { "error" } else { "warning" };
        let [start, end] = file.region(diagnostic.span);
        let _ = write!(
            out,
            "::{command} file={},line={},endLine={}",
            escape_annotation_property(file.name),
            start.line,
            end.line
        );
        // Columns are shown within one line alone.
        if start.line == end.line {
            let last = end.column.saturating_sub(1).max(start.column);
            let _ = write!(out, ",col={},endColumn={last}", start.column);
        }
        let _ = write!(
            out,
            ",title={}::{}",
            diagnostic.code,
            escape_annotation(&diagnostic.message)
        );
        if let Some(help) = &diagnostic.help {
            let _ = write!(out, "%0Ahelp: {}", escape_annotation(help));
        }
        out.push('\n');
    }
    out
}
