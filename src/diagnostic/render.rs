//! Renders a diagnostic as text: the message, the place, the source line with a caret, the help.

use std::fmt::Write as _;

use super::escape::{escape, escape_into};
use super::record::{Diagnostic, Severity};
use crate::source::{LineIndex, Position};

/// The most characters of a source line that are shown.
const MAX_LINE_CHARS: usize = 100;
/// How many characters before the place are kept when a line is cut.
const KEPT_BEFORE: usize = 40;

/// Renders a diagnostic as plain text for a terminal.
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
    render_in(diagnostic, &LineIndex::new(source), origin)
}

/// As [`render`], for many diagnostics of one source, which is read once.
///
/// ```
/// use selvedge::{Engine, LineIndex, Schema, diagnostic::{render, render_in}};
/// let source = "return a;\nreturn b;";
/// let refused = Engine::default().compile(source, &Schema::new()).unwrap_err();
/// let index = LineIndex::new(source);
/// for diagnostic in refused.diagnostics() {
///     assert_eq!(render_in(diagnostic, &index, "job.sel"), render(diagnostic, source, "job.sel"));
/// }
/// ```
pub fn render_in(diagnostic: &Diagnostic, source: &LineIndex<'_>, origin: &str) -> String {
    let position = source.position(diagnostic.span.start);
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut out = String::new();
    let gutter = " ".repeat(position.line.to_string().len());
    let origin = escape(origin);
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
fn excerpt(diagnostic: &Diagnostic, source: &LineIndex<'_>, position: Position) -> (String, usize, usize) {
    let line = source.line(position.line);
    let line_start = source.offset(Position { column: 1, ..position }) as usize;
    let at = (source.offset(position) as usize - line_start).min(line.len());
    let (before, after) = line.split_at_checked(at).unwrap_or((line, ""));
    let kept = before
        .char_indices()
        .rev()
        .take(KEPT_BEFORE)
        .last()
        .map_or(at, |(start, _)| start);
    let mut shown = String::new();
    if kept > 0 {
        shown.push('…');
    }
    escape_into(&mut shown, before.get(kept..).unwrap_or_default(), MAX_LINE_CHARS);
    let before_width = shown.chars().count();
    let kept_count = before.get(kept..).unwrap_or_default().chars().count();
    let covered = diagnostic.span.of(source.text());
    let covered = covered
        .chars()
        .take(MAX_LINE_CHARS)
        .take_while(|character| !matches!(character, '\n' | '\r'));
    let marked: String = after.chars().take(covered.count()).collect();
    let mut marked_shown = String::new();
    escape_into(&mut marked_shown, &marked, MAX_LINE_CHARS);
    escape_into(&mut shown, after, MAX_LINE_CHARS - kept_count);
    let width = marked_shown.chars().count();
    let width = width.min(shown.chars().count().saturating_sub(before_width));
    (shown, before_width, width)
}
