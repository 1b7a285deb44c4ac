//! Reads a source around a place without a grammar: words, operands, brackets, comments.

use crate::advice::Advice;
use crate::work::{Work, count};

/// A place in a source where the grammar could not go on.
pub(super) struct Place<'s> {
    pub(super) source: &'s str,
    /// The code before the place, without the space and the comments that end it.
    pub(super) before: &'s str,
    /// The source from the place on.
    pub(super) rest: &'s str,
    /// Where the place is.
    pub(super) at: usize,
    /// The innermost bracket that is open there.
    pub(super) open: Option<usize>,
    /// What to write instead, in the program's dialect.
    pub(super) advice: Advice,
}

impl<'s> Place<'s> {
    /// The place after the space and comments at an offset.
    pub(super) fn of(advice: Advice, source: &'s str, offset: usize) -> Self {
        let at = skip_space(source, offset);
        let (before, open) = code_before(source, at);
        Self {
            source,
            before,
            rest: source.get(at..).unwrap_or(""),
            at,
            open,
            advice,
        }
    }

    /// Whether nothing stands between the code before the place and the place.
    pub(super) fn is_adjacent(&self) -> bool {
        self.before.len() == self.at
    }

    /// Where the statement begins.
    pub(super) fn statement_start(&self) -> usize {
        statement_start(self.before)
    }

    /// The statement as far as the place.
    pub(super) fn statement(&self) -> &'s str {
        self.before.get(self.statement_start()..).unwrap_or("")
    }

    /// The code between the innermost open bracket and the place, where the bracket is of a kind.
    pub(super) fn inside(&self, bracket: char) -> Option<&'s str> {
        self.before.get(self.open?..)?.strip_prefix(bracket)
    }

    /// The code before the innermost open bracket.
    pub(super) fn before_bracket(&self) -> &'s str {
        self.open
            .and_then(|open| self.before.get(..open))
            .unwrap_or("")
            .trim_end()
    }

    /// Whether an expression is to begin at the place.
    pub(super) fn expects_operand(&self) -> bool {
        const MARKS: &[char] = &[
            '+', '-', '*', '/', '%', '=', '<', '>', '!', '&', '|', '?', ':', '(', '[', ',', '{', ';', '}',
        ];
        self.before.is_empty()
            || self.before.ends_with(MARKS)
            || matches!(word_before(self.before).0, "return" | "throw")
    }
}

/// A source with spaces instead of its comments but those that are kept, so that all places stay; `None` if nothing changes.
pub(super) fn without_comments(source: &str, is_kept: fn(&str, usize) -> bool) -> Option<String> {
    count(Work::Scanned, source.len());
    let (mut code, mut done, mut at) = (String::new(), 0, 0);
    while let Some(found) = source.get(at..)?.find(['\'', '"', '/']) {
        let start = at + found;
        let rest = source.get(start..)?;
        at = match after_comment(rest) {
            Some(behind) if is_kept(source, start) => source.len() - behind.len(),
            Some(behind) => {
                let end = source.len() - behind.len();
                code.push_str(source.get(done..start)?);
                code.extend(source.get(start..end)?.bytes().map(blank));
                done = end;
                end
            }
            None if rest.starts_with('/') => start + 1,
            None => after_string(source, start),
        };
    }
    code.push_str(source.get(done..)?);
    (done > 0).then_some(code)
}

/// What stands for a byte of a comment.
const fn blank(byte: u8) -> char {
    match byte {
        b'\n' => '\n',
        b'\r' => '\r',
        _ => ' ',
    }
}

/// The text behind the comment that it begins with.
fn after_comment(text: &str) -> Option<&str> {
    if let Some(comment) = text.strip_prefix("//") {
        let end = comment.find(['\n', '\r']);
        return Some(end.and_then(|end| comment.get(end..)).unwrap_or(""));
    }
    let comment = text.strip_prefix("/*")?;
    Some(comment.find("*/").and_then(|end| comment.get(end + 2..)).unwrap_or(""))
}

/// The first byte at or after an offset that is neither white space nor in a comment.
pub(super) fn skip_space(source: &str, at: usize) -> usize {
    let mut rest = source.get(at..).unwrap_or("");
    loop {
        rest = rest.trim_start_matches([' ', '\t', '\r', '\n', '\x0c']);
        match after_comment(rest) {
            Some(behind) => rest = behind,
            None => return source.len() - rest.len(),
        }
    }
}

/// Whether the brace at a place opens a map and no block, also where a statement begins: a word or text and `:` follow.
pub(super) fn opens_map(source: &str, brace: usize) -> bool {
    let key = skip_space(source, brace + 1);
    let rest = source.get(key..).unwrap_or("");
    let end = match rest.starts_with(['\'', '"']) {
        true => after_string(source, key),
        false => key + word_at(rest).len(),
    };
    end > key
        && source
            .get(skip_space(source, end)..)
            .is_some_and(|rest| rest.starts_with(':'))
}

/// Whether the brace at a place opens a value: the entries of a map, the elements of an array or the arms of a `switch`.
pub(super) fn opens_value(source: &str, brace: usize) -> bool {
    let ahead = code_before(source, brace).0;
    let subject = ahead
        .strip_suffix(')')
        .and_then(|inside| code_before(source, inside.len()).1);
    let is_switch = subject
        .and_then(|open| source.get(..open))
        .is_some_and(|ahead| word_before(ahead.trim_end()).0 == "switch");
    is_switch || ahead.ends_with(']') || opens_map_value(source, brace)
}

/// Whether the brace at a place opens the entries of a map.
pub(super) fn opens_map_value(source: &str, brace: usize) -> bool {
    const MARKS: &[char] = &[
        '=', '(', '[', ',', '?', '+', '-', '*', '/', '%', '<', '>', '!', '&', '|',
    ];
    let ahead = code_before(source, brace).0;
    ahead.ends_with(MARKS) || matches!(word_before(ahead).0, "return" | "throw" | "in") || opens_map(source, brace)
}

/// The code before a place, without the space and the comments that end it, and the innermost bracket that is open there. Brackets in
/// strings and comments count not.
pub(super) fn code_before(source: &str, at: usize) -> (&str, Option<usize>) {
    let (mut place, mut end, mut open) = (0, 0, Vec::new());
    while place < at {
        let next = skip_space(source, place);
        if next > place {
            place = next;
            continue;
        }
        match source.as_bytes().get(place) {
            Some(b'\'' | b'"') => place = after_string(source, place),
            Some(b'(' | b'[' | b'{') => {
                open.push(place);
                place += 1;
            }
            Some(b')' | b']' | b'}') => {
                open.pop();
                place += 1;
            }
            _ => {
                let next = source.get(place..).and_then(|rest| rest.chars().next());
                place += next.map_or(1, char::len_utf8);
            }
        }
        end = place.min(at);
    }
    (source.get(..end).unwrap_or(""), open.pop())
}

/// The place after the string that begins at a place, which ends with its line at the latest.
pub(super) fn after_string(source: &str, start: usize) -> usize {
    match is_spliced(source, start) {
        true => after_spliced(source, start),
        false => after_plain(source.as_bytes(), start),
    }
}

/// Whether an `f` stands before the quote at a place, so that code in braces may stand in the string.
fn is_spliced(source: &str, quote: usize) -> bool {
    word_before(source.get(..quote).unwrap_or("")).0 == "f"
}

fn after_plain(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        at += match byte {
            b'\n' | b'\r' => return at,
            b'\\' if matches!(bytes.get(at + 1), Some(b'\n' | b'\r')) => 1,
            b'\\' => 2,
            byte if Some(&byte) == bytes.get(start) => return at + 1,
            _ => 1,
        };
    }
    bytes.len()
}

/// As [`after_string`], where code in braces may stand, with strings of its own.
fn after_spliced(source: &str, start: usize) -> usize {
    let bytes = source.as_bytes();
    // The strings that are open: the quote of each, and how many braces of code are open in it.
    let mut open: Vec<(Option<u8>, usize)> = vec![(bytes.get(start).copied(), 0)];
    let mut at = start + 1;
    while let (Some(&byte), Some((quote, braces))) = (bytes.get(at), open.last_mut()) {
        let is_doubled = bytes.get(at + 1) == Some(&byte);
        at += match byte {
            b'\n' | b'\r' => return at,
            b'\'' | b'"' if *braces > 0 && !is_spliced(source, at) => after_plain(bytes, at) - at,
            b'\'' | b'"' if *braces > 0 => {
                open.push((Some(byte), 0));
                1
            }
            b'{' if *braces > 0 => {
                *braces += 1;
                1
            }
            b'}' if *braces > 0 => {
                *braces -= 1;
                1
            }
            b'\\' if !matches!(bytes.get(at + 1), Some(b'\n' | b'\r')) => 2,
            b'{' | b'}' if is_doubled => 2,
            b'{' => {
                *braces = 1;
                1
            }
            byte if Some(byte) == *quote => {
                open.pop();
                match open.is_empty() {
                    true => return at + 1,
                    false => 1,
                }
            }
            _ => 1,
        };
    }
    source.len()
}

/// Whether a place stands in a text with an `f` before it.
pub(super) fn in_spliced(source: &str, at: usize) -> bool {
    let bytes = source.as_bytes();
    let mut next = 0;
    while next < at {
        next = skip_space(source, next);
        let end = match bytes.get(next) {
            Some(b'\'' | b'"') => after_string(source, next),
            _ => next + 1,
        };
        if next < at && at < end {
            return is_spliced(source, next);
        }
        next = end;
    }
    false
}

/// The bytes of a text from a place on that stand in no string, each with its place.
pub(super) fn outside_strings(text: &str, from: usize) -> impl Iterator<Item = (usize, u8)> {
    let mut at = from;
    std::iter::from_fn(move || {
        loop {
            let (place, byte) = (at, *text.as_bytes().get(at)?);
            match byte {
                b'\'' | b'"' => at = after_string(text, at),
                _ => {
                    at += 1;
                    return Some((place, byte));
                }
            }
        }
    })
}

/// The place after the bracket that closes the one at `open`.
pub(super) fn after_brackets(source: &str, open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    outside_strings(source, open).find_map(|(at, byte)| {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' if depth <= 1 => return Some(at + 1),
            b')' | b']' => depth -= 1,
            _ => {}
        }
        None
    })
}

/// Where a mark stands in a text outside of strings and brackets.
pub(super) fn top_level(text: &str, mark: u8) -> impl Iterator<Item = usize> {
    let mut depth = 0_usize;
    outside_strings(text, 0).filter_map(move |(at, byte)| {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        (byte == mark && depth == 0).then_some(at)
    })
}

/// The place after the block that begins with the brace at `open`.
pub(super) fn after_block(source: &str, open: usize) -> Option<usize> {
    let (mut at, mut depth) = (open, 0_usize);
    loop {
        at = skip_space(source, at);
        match source.as_bytes().get(at)? {
            b'\'' | b'"' => {
                at = after_string(source, at);
                continue;
            }
            b'{' => depth += 1,
            b'}' if depth <= 1 => return Some(at + 1),
            b'}' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
}

/// Where the statement that a text ends in begins.
pub(super) fn statement_start(before: &str) -> usize {
    let start = before.rfind([';', '{', '}']).map_or(0, |at| at + 1);
    before.len() - before.get(start..).unwrap_or("").trim_start().len()
}

const fn is_word(next: char) -> bool {
    next.is_ascii_alphanumeric() || matches!(next, '_' | '$')
}

/// The word that a text begins with.
pub(super) fn word_at(text: &str) -> &str {
    let end = text.find(|next: char| !(is_word(next) || next.is_alphanumeric()));
    text.get(..end.unwrap_or(text.len())).unwrap_or("")
}

/// The word that a text ends with, and where it starts.
pub(super) fn word_before(text: &str) -> (&str, usize) {
    let after = text.trim_end_matches(|last: char| is_word(last) || last.is_alphanumeric());
    (text.get(after.len()..).unwrap_or(""), after.len())
}

/// Whether a text ends where an operand may.
pub(super) fn ends_operand(text: &str) -> bool {
    text.ends_with(|last: char| is_word(last) || last.is_alphanumeric() || matches!(last, ')' | ']' | '\'' | '"'))
}

/// The operand that a text begins with: a name or number with its members, or what stands in parentheses.
pub(super) fn operand_at(text: &str) -> Option<&str> {
    let mut end = word_at(text).len();
    while let Some(next) = text.as_bytes().get(end) {
        match next {
            b'(' | b'[' => end = after_brackets(text, end)?,
            b'.' if end > 0 => end += 1 + word_at(text.get(end + 1..)?).len(),
            _ => break,
        }
    }
    text.get(..end).filter(|operand| !operand.is_empty())
}

/// The condition that a text begins with, up to a word or mark that joins it to another; `None` if words of other languages are in it.
pub(super) fn condition_at(text: &str) -> Option<&str> {
    let mut end = 0;
    while let Some(next) = text.get(end..)?.chars().next() {
        let word = word_at(text.get(end..)?);
        end += match next {
            '\'' | '"' => after_string(text, end) - end,
            '(' | '[' => after_brackets(text, end)? - end,
            ')' | ']' | '{' | '}' | ',' | ';' | '?' | ':' | '&' | '|' | '\n' => break,
            _ => match &*word.to_ascii_lowercase() {
                "and" | "or" | "if" | "else" | "then" => break,
                "in" | "is" | "not" | "like" | "between" => return None,
                "" => next.len_utf8(),
                _ => word.len(),
            },
        };
    }
    text.get(..end)
        .map(str::trim_end)
        .filter(|condition| !condition.is_empty())
}

/// The operand that a text ends with: a name, or a name with an index.
pub(super) fn operand_before(text: &str) -> Option<&str> {
    let ahead = match text.strip_suffix(']') {
        Some(inside) => text.get(..inside.rfind('[')?)?,
        None => text,
    };
    let (word, start) = word_before(ahead);
    let operand = text.get(start..)?;
    let is_name = word.starts_with(|first: char| first.is_alphabetic() || first == '_');
    (is_name && !ahead.get(..start)?.ends_with('.')).then_some(operand)
}

/// Whether the comment at a place is none where paths are written without quotes: `s3://bucket`.
pub(super) fn is_path(source: &str, at: usize) -> bool {
    let scheme = source.get(..at).and_then(|before| before.strip_suffix(':'));
    scheme.is_some_and(|before| !word_before(before).0.is_empty() && before.ends_with(char::is_alphanumeric))
}

/// Whether the comment that begins after a place would divide in Python, as in `n // 2`.
pub(super) fn is_division(source: &str, at: usize) -> bool {
    let line = source.get(at..).unwrap_or("").lines().next().unwrap_or("").trim();
    let Some(divisor) = line.strip_prefix("//").map(str::trim) else {
        return false;
    };
    let word = word_at(divisor);
    let ends = divisor
        .get(word.len()..)
        .unwrap_or("")
        .trim_matches([';', ')', ' '])
        .is_empty();
    divisor.starts_with(|first: char| first.is_ascii_digit()) || (!word.is_empty() && ends)
}
