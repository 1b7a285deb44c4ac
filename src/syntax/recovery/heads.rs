//! What stands in for the head of an `if` or a loop that is wrong, so that its body is read.

use super::change::{Change, Edit, HEAD};
use super::statements::{statement_at, tokens};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::scan::{after_brackets, skip_space, word_at};

/// Words of other languages that begin a head.
const FOREIGN: &[&str] = &["foreach", "until", "unless", "elif", "elsif", "elseif"];
/// Words of other languages between a head and its body.
const BETWEEN: &[&str] = &["then", "do"];
/// A condition that stands in for one that could not be read.
const CONDITION: &str = "0>1";

/// A head: its word, and the brackets behind it with what they hold.
struct Head<'t> {
    word: &'t str,
    start: usize,
    inside: Span,
}

impl Change {
    /// What gets the parser past an error in a head, or between a head and its body.
    pub(super) fn in_head(text: &str, at: usize, error: &Diagnostic) -> Option<Self> {
        let wrong = error.span.of(text);
        let is_behind = wrong == ":" || BETWEEN.contains(&wrong);
        let end = error.span.end as usize;
        let misspelt = error.suggestion.as_ref().map(|_| error.span.start as usize);
        let head = head_at(text, if is_behind { end } else { at.max(end) }, misspelt)?;
        let (open, close) = (head.inside.start as usize, head.inside.end as usize);
        if skip_space(text, close + 1) == error.span.start as usize && is_behind {
            return Some(Self::harmless(Edit::new(error.span, "")));
        }
        let is_misspelt = error.suggestion.is_some() && error.span.start as usize == head.start;
        let is_foreign = FOREIGN.contains(&head.word) || is_misspelt;
        let is_marked = error.span.start as usize <= head.start && close < end;
        let is_inside = is_marked || (open..=close).contains(&at) || (is_foreign && at >= head.start);
        let (span, put) = match head.word {
            word if is_foreign || word == "for" => (Span::new(head.start as u32, close as u32 + 1), HEAD),
            _ => (head.inside, CONDITION),
        };
        let doubt = match head.word {
            _ if is_misspelt => Some(head.inside),
            // What an array is walked by; the array itself stays what it was.
            "for" | "foreach" => Some(walked_by(text, head.inside)),
            _ => assigns(head.inside.of(text)).then_some(head.inside),
        };
        (is_inside && span.of(text).len() >= put.len()).then(|| Self {
            edits: vec![Edit::new(span, put)],
            doubts: doubt.into_iter().collect(),
        })
    }
}

/// Whether a word begins a head.
pub(super) fn is_head(word: &str) -> bool {
    matches!(word, "if" | "while" | "for") || FOREIGN.contains(&word)
}

/// How many `;` a statement has in its head: those of a `for` that counts; `None` if it walks, as `for (int x : xs)` does.
pub(super) fn parts(statement: &str) -> usize {
    if first_word(statement) != "for" {
        return 0;
    }
    let mut tokens = tokens(statement)
        .map(|(_, token)| token)
        .skip_while(|token| *token != "for");
    let ends_name = |token: &&str| !matches!(*token, "for" | "(" | "[" | "]") && word_at(token).is_empty();
    match tokens.find(ends_name) {
        Some(":") => 0,
        Some(_) | None => 2,
    }
}

/// The word that a statement begins with, past `else`.
pub(super) fn first_word(statement: &str) -> &str {
    match word_at(statement) {
        "else" => word_at(statement.get(4..).unwrap_or("").trim_start()),
        word => word,
    }
}

/// The last head that begins before a place, in the statement that stands there; its word may be misspelt.
fn head_at(text: &str, at: usize, misspelt: Option<usize>) -> Option<Head<'_>> {
    let statement = statement_at(text, at.saturating_sub(1))?;
    let found = tokens(statement.of(text)).map(|(start, word)| (start + statement.start as usize, word));
    let heads = found.filter(|(start, word)| *start < at && (is_head(word) || misspelt == Some(*start)));
    let heads = heads.filter_map(|(start, word)| {
        let open = skip_space(text, start + word.len());
        let closed = text
            .get(open..)?
            .starts_with('(')
            .then(|| after_brackets(text, open))??;
        let inside = Span::new(open as u32 + 1, closed as u32 - 1);
        Some(Head { word, start, inside })
    });
    heads.last()
}

/// The part of a head that names the element: `int x` of `int x : xs` and `x in xs`.
fn walked_by(text: &str, inside: Span) -> Span {
    let within = inside.of(text);
    let between = tokens(within).find(|(_, token)| matches!(*token, ":" | "in" | "of" | "as"));
    match between {
        // PHP names the element last.
        Some((at, "as")) => Span::new(inside.start + at as u32, inside.end),
        Some((at, _)) if !word_at(within).is_empty() => Span::new(inside.start, inside.start + at as u32),
        _ => inside,
    }
}

/// Whether a condition may set a variable.
fn assigns(condition: &str) -> bool {
    let bytes = condition.as_bytes();
    let at = |index: usize| bytes.get(index).copied();
    (0..bytes.len()).any(|index| {
        let before = index.checked_sub(1).and_then(at);
        at(index) == Some(b'=') && at(index + 1) != Some(b'=') && !matches!(before, Some(b'=' | b'<' | b'>' | b'!'))
    })
}
