//! Renders a diagnostic as text: the message, the place, the source line with a caret, the help.

use std::fmt::Write as _;

use super::{Diagnostic, Severity, quote::escape_into};
use crate::source::Position;

/// The most characters of a source line that are shown.
const MAX_LINE_CHARS: usize = 100;
/// How many characters before the place are kept when a line is cut.
const KEPT_BEFORE: usize = 40;

/// The diagnostic as a few lines of plain text, as a terminal shows it.
///
/// ```
/// # use selvedge::{Span, diagnostic::{render, Code, Diagnostic}};
/// let wrong = Diagnostic::error(Code::UnknownName, Span::new(7, 8), "unknown name `x`").with_label("not a parameter");
/// assert_eq!(
///     render(&wrong, "return x;", "rule.sel"),
///     "error[E201]: unknown name `x`\n --> rule.sel:1:8\n  |\n1 | return x;\n  |        ^ not a parameter\n"
/// );
/// ```
pub fn render(diagnostic: &Diagnostic, source: &str, origin: &str) -> String {
    let position = Position::at(source, diagnostic.span.start);
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut out = String::new();
    let gutter = " ".repeat(position.line.to_string().len());
    let _ = writeln!(out, "{severity}[{}]: {}", diagnostic.code, diagnostic.message);
    let _ = writeln!(out, "{gutter}--> {origin}:{}:{}", position.line, position.column);
    let _ = writeln!(out, "{gutter} |");
    let (line, before, width) = excerpt(diagnostic, source, position);
    let _ = writeln!(out, "{} | {line}", position.line);
    let carets = "^".repeat(width.max(1));
    let label = match diagnostic.label.as_str() {
        "" => String::new(),
        label => format!(" {label}"),
    };
    let _ = writeln!(out, "{gutter} | {}{carets}{label}", " ".repeat(before));
    if let Some(help) = &diagnostic.help {
        let _ = writeln!(out, "{gutter} = help: {help}");
    }
    out
}

/// The source line around the place, escaped and cut, with the characters before the place and its width as shown.
fn excerpt(diagnostic: &Diagnostic, source: &str, position: Position) -> (String, usize, usize) {
    let line = source.lines().nth(position.line as usize - 1).unwrap_or("");
    let start = position.column as usize - 1;
    let skipped = start.saturating_sub(KEPT_BEFORE);
    let covered = diagnostic.span.of(source).lines().next().unwrap_or("").chars().count();
    let mut shown = String::new();
    if skipped > 0 {
        shown.push('…');
    }
    let before: String = line.chars().skip(skipped).take(start - skipped).collect();
    escape_into(&mut shown, &before, MAX_LINE_CHARS);
    let before_width = shown.chars().count();
    let after: String = line.chars().skip(start).take(MAX_LINE_CHARS + 1).collect();
    let marked: String = after.chars().take(covered.min(MAX_LINE_CHARS)).collect();
    let mut marked_shown = String::new();
    escape_into(&mut marked_shown, &marked, MAX_LINE_CHARS);
    escape_into(&mut shown, &after, MAX_LINE_CHARS - (start - skipped).min(KEPT_BEFORE));
    let width = marked_shown
        .chars()
        .count()
        .min(shown.chars().count() - before_width.min(shown.chars().count()));
    (shown, before_width, width)
}
