//! What belongs to other languages and is right here by chance: `//` for a division, placeholders in texts.

use std::collections::HashSet;

use super::calls;
use super::{Findings, LintName, Subject};
use crate::check::typed::{ExprId, Kind};
use crate::source::Span;
use crate::work::{Work, count};

/// Placeholders of templates that are left in texts.
pub(super) fn placeholders(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let tree = &subject.checked.tree;
    // A replacement names groups of its pattern so.
    let of_calls = calls::all(subject).flat_map(|(_, call)| call.arguments().collect::<Vec<_>>());
    let replacements: HashSet<ExprId> = of_calls
        .filter(|(name, _)| *name == "replacement")
        .map(|(_, argument)| argument)
        .collect();
    for (index, expr) in (0..).zip(&tree.exprs) {
        let Kind::Text(text) = expr.kind else {
            continue;
        };
        if replacements.contains(&ExprId(index)) {
            continue;
        }
        let text = tree.text(text);
        count(Work::Linted, text.len());
        let Some(name) = placeholder(text, "${", "}").or_else(|| placeholder(text, "{{", "}}")) else {
            continue;
        };
        let help = format!("a text of an expression is as it is written: join the value, `'…' + {name}`");
        findings.warn(
            LintName::TemplateInText,
            expr.span,
            "a placeholder stays in the text as it is written",
            |warning| warning.with_help(help),
        );
    }
}

/// The name between two marks, where there is one and nothing else.
fn placeholder<'t>(text: &'t str, open: &str, close: &str) -> Option<&'t str> {
    let (_, after) = text.split_once(open)?;
    let (inside, _) = after.split_once(close)?;
    let name = inside.trim();
    let starts = name.starts_with(|first: char| first.is_alphabetic() || first == '_');
    let is_name = starts
        && name
            .chars()
            .all(|next| next.is_alphanumeric() || matches!(next, '_' | '.'));
    is_name.then_some(name)
}

/// A comment that Python would read as a division: `rows // 2`.
pub(super) fn divisions(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let source = subject.source;
    if !findings.wants(LintName::CommentAsDivision) || !source.contains("//") {
        return;
    }
    count(Work::Linted, source.len());
    let variables = subject.checked.tree.variables.iter().map(|variable| &*variable.name);
    let known: HashSet<&str> = variables.chain(subject.schema.names()).collect();
    let mut line_start = 0;
    for line in source.split_inclusive('\n') {
        if let Some((before, after)) = line.split_once("//")
            && is_operand(before)
            && is_divisor(&known, after)
        {
            let start = (line_start + before.len()) as u32;
            let span = Span::new(start, start + 2 + after.trim_end().len() as u32);
            findings.warn(
                LintName::CommentAsDivision,
                span,
                "`//` begins a comment; nothing is divided",
                |warning| {
                    warning
                        .with_label("a comment")
                        .with_help("write `/`, which drops the remainder of LONGs; a comment goes after `;`")
                },
            );
        }
        line_start += line.len();
    }
}

/// Whether a line's text before a comment ends with an operand, outside of a string.
fn is_operand(before: &str) -> bool {
    let ends = before
        .trim_end()
        .ends_with(|last: char| last.is_alphanumeric() || matches!(last, '_' | ')' | ']'));
    let is_even = |quote| before.matches(quote).count() % 2 == 0;
    ends && is_even('\'') && is_even('"') && !before.contains("/*")
}

/// Whether a comment is no more than a number, or a name that the program knows.
fn is_divisor(known: &HashSet<&str>, after: &str) -> bool {
    let divisor = after.trim().trim_end_matches([';', ')', ' ']);
    let is_number = !divisor.is_empty() && divisor.chars().all(|digit| digit.is_ascii_digit() || digit == '.');
    is_number || known.contains(divisor)
}
