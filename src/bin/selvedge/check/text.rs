//! Findings as text: what `render` makes of each, with colour on a terminal.

use selvedge::diagnostic::render;

use super::finding::Checked;

/// All findings of a file.
pub(crate) fn report(file: &Checked) -> String {
    let mut out = String::new();
    for finding in &file.findings {
        out.push_str(&render(&finding.diagnostic, &file.text, &file.name));
        out.push('\n');
    }
    out
}
