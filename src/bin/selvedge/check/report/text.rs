//! Findings as text: what `render` makes of each, with colour on a terminal.

use std::fmt::Write as _;

use clap::builder::styling::{AnsiColor, Style};
use selvedge::LineIndex;
use selvedge::diagnostic::{Diagnostic, Severity, escape_lines, render_in};
use selvedge::project::CheckedFile;

use super::located::findings;

/// All findings, with an empty line after each.
pub(super) fn report(files: &[CheckedFile], has_colour: bool) -> String {
    let mut out = String::new();
    for (file, finding) in findings(files) {
        out.push_str(&shown(&finding.diagnostic, &file.lines, file.name, has_colour));
        out.push_str("\n\n");
    }
    out
}

/// One diagnostic of a file, without a line feed at its end.
pub(super) fn shown(diagnostic: &Diagnostic, lines: &LineIndex<'_>, name: &str, has_colour: bool) -> String {
    let text = escape_lines(&render_in(diagnostic, lines, name));
    let mut out = String::new();
    match has_colour {
        true => coloured(&mut out, &text, diagnostic.severity),
        false => out.push_str(&text),
    }
    out.truncate(out.trim_end().len());
    out
}

/// Adds colour to a rendered diagnostic: by what its lines begin with.
fn coloured(out: &mut String, text: &str, severity: Severity) {
    let strong = match severity {
        Severity::Error => AnsiColor::Red.on_default().bold(),
        _ => AnsiColor::Yellow.on_default().bold(),
    };
    let frame = AnsiColor::Blue.on_default().bold();
    for (index, line) in text.lines().enumerate() {
        let (gutter, rest) = match line.find(['|', '=']).or_else(|| line.find("-->").map(|at| at + 2)) {
            Some(at) if index > 0 => line.split_at(at + 1),
            _ => ("", line),
        };
        paint(out, gutter, frame);
        let is_marker = rest.trim_start().starts_with('^') && gutter.trim_start().starts_with('|');
        match (index, is_marker) {
            (0, _) => {
                let (head, message) = rest.split_once(": ").unwrap_or((rest, ""));
                paint(out, head, strong);
                paint(out, &format!(": {message}"), Style::new().bold());
            }
            (_, true) => paint(out, rest, strong),
            (_, false) => out.push_str(rest),
        }
        out.push('\n');
    }
}

fn paint(out: &mut String, text: &str, style: Style) {
    if !text.is_empty() {
        let _ = write!(out, "{style}{text}{style:#}");
    }
}
