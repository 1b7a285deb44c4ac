//! What stands in for strings, comments and brackets that do not end, and for characters that have no meaning.

use super::change::{Change, Edit, HEAD};
use super::heads::{first_word, is_head, parts};
use super::statements::{Lines, broken_at, line_start, open_blocks, opens_arms, statement_at, statement_start, tokens};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::scan::{after_block, after_string, code_before, skip_space, word_at, word_before};

/// What goes on with a statement, or ends it, behind a bracket that closes.
const GOING_ON: [char; 5] = [';', ',', '.', ')', ']'];
/// What an escape may begin with.
const ESCAPES: &str = "bntfr\\\"'01234567u";

impl Change {
    /// What gets the parser past an error in the words of a text.
    pub(super) fn in_words(text: &str, at: usize, error: &Diagnostic) -> Option<Self> {
        match error.code {
            Code::InvalidEscape => escapes(text, at, error.span),
            Code::UnterminatedString => string(text, at),
            Code::NestingTooDeep if text.get(at..)?.starts_with('{') => around_block(text, at),
            Code::UnterminatedComment => {
                let start = statement_start(text, at).min(at) as u32;
                Some(Self::leaving_out(text, Span::new(start, text.len() as u32), at))
            }
            Code::UnbalancedBracket => Some(bracket(text, at)),
            Code::InvalidCharacter if error.span.of(text) == "`" => interpolated(text, at),
            Code::InvalidCharacter if error.span.of(text).chars().all(is_blank) => {
                Some(Self::harmless(Edit::new(error.span, "")))
            }
            _ if error.span.of(text) == ";" && is_empty(text, at) => Some(Self::harmless(Edit::new(error.span, ""))),
            _ => None,
        }
    }
}

/// A string instead of what stands between two backticks.
fn interpolated(text: &str, at: usize) -> Option<Change> {
    let length = text.get(at + 1..)?.find('`')?;
    let span = Span::new(at as u32, (at + length + 2) as u32);
    let mut change = Change::harmless(Edit::new(span, format!("'{}'", "_".repeat(length))));
    change.doubts.push(span);
    Some(change)
}

/// An empty block instead of the one that holds a block which nests too deep.
fn around_block(text: &str, at: usize) -> Option<Change> {
    let (_, open) = code_before(text, at);
    let open = open.filter(|open| text.get(*open..).is_some_and(|rest| rest.starts_with('{')))?;
    let end = after_block(text, open)?;
    Some(Change::new(Span::new(open as u32 + 1, end as u32 - 1), ""))
}

/// Whether a character is white space elsewhere, or nothing that is seen.
fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Whether a `;` stands where a statement should begin.
fn is_empty(text: &str, at: usize) -> bool {
    let (before, _) = code_before(text, at);
    before.is_empty() || before.ends_with([';', '{', '}'])
}

/// A text instead of the escapes that are none, up to the end of the string; outside of strings the statement is left out.
fn escapes(text: &str, at: usize, wrong: Span) -> Option<Change> {
    let opened = line_start(text.get(..at)?);
    let open = tokens(text.get(opened..at)?).last().map(|(start, _)| opened + start)?;
    if !text.get(open..)?.starts_with(['\'', '"']) {
        return Some(Change::leaving_out(text, broken_at(text, wrong)?, at));
    }
    let end = after_string(text, open);
    let mut put = String::new();
    let mut rest = text.get(at..end)?;
    while let Some((before, escaped)) = rest.split_once('\\') {
        put.push_str(before);
        let next = escaped.chars().next()?;
        let begins = at + put.len() == wrong.start as usize;
        match ESCAPES.contains(next) && !begins {
            true => put.extend(['\\', next]),
            false => put.push_str(&"_".repeat(1 + next.len_utf8())),
        }
        rest = escaped.get(next.len_utf8()..)?;
    }
    put.push_str(rest);
    let mut change = Change::harmless(Edit::new(Span::new(at as u32, end as u32), put));
    // What the string says is not known.
    change.doubts.extend(statement_at(text, at));
    Some(change)
}

/// Leaves the statement out that holds a string without an end, which is taken to reach to the brackets and `;` that end its line.
fn string(text: &str, at: usize) -> Option<Change> {
    let line = text.get(at..)?.split(['\n', '\r']).next()?;
    let inside = line.trim_end().trim_end_matches([')', ']', '}', ';', ' ']);
    let string = Span::new(at as u32, (at + inside.len().max(1)) as u32);
    let put = match string.of(text).len() {
        1 => "0".to_owned(),
        length => format!("'{}'", "_".repeat(length - 2)),
    };
    let mut closed = text.to_owned();
    Edit::new(string, put).apply(&mut closed);
    let span = broken_at(&closed, string)?;
    let mut change = Change::leaving_out(&closed, span, at);
    // What the string may have swallowed.
    change.doubts.push(Span::new(string.start + 1, string.end));
    Some(change)
}

/// What stands in for a bracket that does not match another: the statement or head that it stands in is left out.
fn bracket(text: &str, at: usize) -> Change {
    let rest = text.get(at..).unwrap_or("");
    let end = text.len() as u32;
    let (before, open) = code_before(text, at);
    let stray = |put: &str| Change::harmless(Edit::new(Span::new(at as u32, at as u32 + 1), put));
    let is_block = |open: usize| text.get(open..).is_some_and(|rest| rest.starts_with('{'));
    match (rest.chars().next(), open) {
        (Some('{'), _) if begins_elements(before) => {
            // Elements that are separated by `;` end where they would otherwise.
            let end = after_block(text, at)
                .filter(|end| text.get(at..*end).is_some_and(|inside| !inside.contains(['\n', '\r'])));
            let continues = |end: &usize| {
                text.get(skip_space(text, *end)..)
                    .is_some_and(|behind| behind.starts_with(GOING_ON))
            };
            around(text, (at, end.filter(continues).unwrap_or(at)), None)
        }
        (Some('{'), _) if !begins_block(before, rest) => around(text, (at, at), Some(at)),
        (Some('{'), _) => Change::harmless(Edit::new(Span::new(end, end), "}")),
        (Some('}'), None) => stray(""),
        // It ends the block around the statement that has a bracket open, or is meant for that bracket.
        (Some('}'), Some(open)) => {
            let behind = text.get(skip_space(text, at + 1)..).unwrap_or("");
            let is_meant = open_blocks(text.get(..open).unwrap_or("")) == 0 || behind.starts_with(GOING_ON);
            around(text, (open, open), is_meant.then_some(at))
        }
        // It stands for the brace of a block that is not closed otherwise, or for the bracket around.
        (Some(')' | ']'), Some(open)) if is_block(open) && after_block(text, open).is_none() => {
            let outer = code_before(text, open).1.filter(|outer| !is_block(*outer));
            outer.map_or_else(|| stray("}"), |outer| around(text, (outer, at), Some(at)))
        }
        (Some(_) | None, _) => around(text, (at, at), None),
    }
}

/// Whether a `{` behind a text begins the elements of a new array.
fn begins_elements(before: &str) -> bool {
    let length = before.strip_suffix(']').map(str::trim_end);
    length.is_some_and(|before| before.ends_with('['))
}

/// Whether a `{` between two texts begins a block, as it does not in an expression.
fn begins_block(before: &str, from: &str) -> bool {
    let is_jump = matches!(word_before(before).0, "new" | "return" | "throw");
    let continues = from
        .get(skip_space(from, 1)..)
        .is_some_and(|behind| behind.starts_with(['=', '?', ':', ',', ')', ']', '*']));
    !is_jump
        && !continues
        && !before.ends_with([
            '=', '+', '-', '*', '/', '%', '<', '>', '!', '&', '|', '?', ',', '(', '[',
        ])
}

/// Leaves out the statement around a bracket, from there to behind a place, or the head of a block; a brace that is meant for another
/// bracket ends it not.
fn around(text: &str, (open, at): (usize, usize), meant: Option<usize>) -> Change {
    let start = for_around(text, statement_start(text, open));
    let statement = text.get(start..).unwrap_or("");
    let word = first_word(statement);
    // What stands between the braces of an array is none of a block.
    let (mut parts, mut elements, mut arms) = (parts(statement), 0_usize, 0_usize);
    let mut lines = Lines::new(Span::new(at as u32, at as u32 + 1), at + 1);
    let (mut before, mut last, mut makes, mut chooses) = (["", ""], 0, false, false);
    let stop = tokens(statement).find_map(|(offset, token)| {
        let here = start + offset;
        let begins_elements = match before {
            ["[", "]"] | [_, "=" | "," | "(" | "["] => true,
            // In a condition an index may end before a block.
            [_, "]"] => (last != at || makes) && !is_head(word),
            _ => false,
        };
        let begins_arms = token == "{" && (std::mem::take(&mut chooses) || opens_arms(text, here));
        let begins_elements = begins_elements || arms > 0;
        makes |= token == "new";
        chooses |= token == "switch";
        (before, last) = ([before[1], token], here);
        // What is open is open by mistake.
        lines.depth = 0;
        if let Some(end) = lines.end_before(text, here, token) {
            return Some(end);
        }
        match token {
            _ if Some(here) == meant => {}
            "{" if begins_arms => arms += 1,
            ";" if arms > 0 => {}
            ";" if parts > 0 => parts -= 1,
            ";" if here >= at => return Some(here + 1),
            "{" if begins_elements => elements += 1,
            "{" if here >= at => return Some(here),
            "}" if elements > 0 => elements -= 1,
            "}" if arms > 0 => arms -= 1,
            "}" if here >= at => return Some(here),
            _ => {}
        }
        None
    });
    let span = Span::new(start as u32, stop.unwrap_or(text.len()) as u32);
    let is_before_block = text
        .get(span.end as usize..)
        .is_some_and(|behind| behind.starts_with('{'));
    match is_before_block && is_head(word) {
        true if span.of(text).len() >= HEAD.len() => Change::new(span, HEAD),
        true => {
            let end = after_block(text, span.end as usize).unwrap_or(text.len());
            Change::new(Span::new(span.start, end as u32), "")
        }
        false => Change::leaving_out(text, span, at),
    }
}

/// Where the `for` begins whose parts end before a statement, as they do where its bracket is missing; else the statement itself.
fn for_around(text: &str, start: usize) -> usize {
    let mut earlier = start;
    for _ in 0..2 {
        let ahead = text.get(..earlier).unwrap_or("").trim_end();
        if !ahead.ends_with(';') {
            return start;
        }
        earlier = statement_start(text, ahead.len() - 1);
        if word_at(text.get(earlier..).unwrap_or("")) == "for" {
            return earlier;
        }
    }
    start
}
