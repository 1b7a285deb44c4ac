//! Where a statement ends, and what may follow a value in brackets.

use super::refusal::missing_semicolon;
use super::reserved::reserved;
use super::scan::{
    Place, code_before, ends_operand, opens_map_value, opens_value, skip_space, statement_start, word_before,
};
use crate::diagnostic::Diagnostic;

/// `n++` at the end of a line, without a `;`.
pub(super) fn unended_step(place: &Place<'_>) -> Option<Diagnostic> {
    let steps = ["++", "--"];
    let end = match steps.iter().any(|step| place.rest.starts_with(step)) {
        true => place.at + 2,
        false => place.before.len(),
    };
    let text = place.source.get(..end)?;
    let name = steps.iter().find_map(|step| text.strip_suffix(step))?.trim_end();
    let (word, start) = word_before(name);
    let is_statement = !word.is_empty() && reserved(word).is_none() && start == statement_start(name);
    let next = skip_space(place.source, end);
    let breaks = place.source.get(end..next)?.contains(['\n', '\r']);
    let begins = place
        .source
        .get(next..)?
        .starts_with(|next: char| next.is_alphabetic() || next == '_');
    (is_statement && breaks && begins).then(|| missing_semicolon(place.source, end))
}

/// Whether `n++` or `n--` ends at a place, and its block with it.
fn ends_step(place: &Place<'_>) -> bool {
    let ahead = place
        .before
        .strip_suffix("++")
        .or_else(|| place.before.strip_suffix("--"));
    ahead.map(str::trim_end).is_some_and(ends_operand) && (place.rest.is_empty() || place.rest.starts_with('}'))
}

/// Whether a statement seems to begin where another one has not ended.
pub(super) fn begins_statement(place: &Place<'_>) -> bool {
    let begins = |next: char| next.is_alphanumeric() || matches!(next, '_' | '$' | '\'' | '"' | '{' | '}');
    let ends = ends_operand(place.before) || ends_value_in_braces(place);
    ends && (place.rest.is_empty() || place.rest.starts_with(begins))
}

/// Whether a value in braces ends before a place: `new int[]{1, 2}`, `{a: 1}`, `switch (n) { … }`.
fn ends_value_in_braces(place: &Place<'_>) -> bool {
    let inside = place.before.strip_suffix('}').map(str::len);
    let open = inside.and_then(|inside| code_before(place.source, inside).1);
    open.is_some_and(|open| opens_value(place.source, open))
}

/// Whether a place stands among the elements of a new array.
fn in_elements(place: &Place<'_>) -> bool {
    place.inside('{').is_some() && place.before_bracket().ends_with(']')
}

/// Whether a place stands among the entries of a map.
fn in_map(place: &Place<'_>) -> bool {
    let open = place.open.filter(|_| place.inside('{').is_some());
    open.is_some_and(|open| opens_map_value(place.source, open))
}

/// Whether a value stands behind a text.
pub(super) fn place_of_value(ahead: &str) -> bool {
    ahead.ends_with(['=', '(', ',', ':', '?', '[', '+', '>'])
        || matches!(word_before(ahead).0, "return" | "throw" | "in")
}

/// Whether a `[` behind a text opens an index, and no list.
fn indexes(ahead: &str) -> bool {
    let is_word = reserved(word_before(ahead).0).is_some() || word_before(ahead).0 == "in";
    ends_operand(ahead) && !is_word
}

/// What is expected behind a value in brackets, and how to go on.
pub(super) fn in_brackets(place: &Place<'_>) -> Option<(&'static str, &'static str)> {
    let ahead = place.before_bracket();
    if in_elements(place) {
        return Some(("an operator, `,` or `}`", "elements are separated by `,`"));
    }
    if in_map(place) {
        return Some(("an operator, `,` or `}`", "entries are separated by `,`"));
    }
    if place.inside('[').is_some() && !indexes(ahead) {
        return Some(("an operator, `,` or `]`", "elements are separated by `,`"));
    }
    if place.inside('[').is_some() {
        return Some((
            "an operator or `]`",
            "an index is one value: put an operator between the two, or close the bracket",
        ));
    }
    place.inside('(')?;
    let word = word_before(ahead).0;
    match reserved(word) {
        _ if word == "for" => None,
        None if !word.is_empty() => Some(("an operator, `,` or `)`", "arguments are separated by `,`")),
        _ => Some((
            "an operator or `)`",
            "put an operator between the two, or close the bracket",
        )),
    }
}

/// A statement that goes on where a `;` should stand.
pub(super) fn semicolon(place: &Place<'_>) -> Option<Diagnostic> {
    let is_open = place.open.is_some_and(|_| place.inside('{').is_none()) || in_elements(place) || in_map(place);
    let word = word_before(place.before).0;
    let is_whole = matches!(word, "break" | "continue" | "true" | "false" | "null");
    let after_keyword = reserved(word).is_some() && !is_whole && !place.rest.is_empty();
    let ends = begins_statement(place) || ends_step(place);
    (ends && !after_keyword && !is_open).then(|| missing_semicolon(place.source, place.before.len()))
}
