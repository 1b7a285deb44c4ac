//! Unicode escapes (JLS 3.3): `\uXXXX` anywhere in a source stands for the character, before anything else is read.

use std::borrow::Cow;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// A source with its Unicode escapes replaced, and the way back to places in the original.
#[derive(Debug)]
pub(super) struct Unescaped<'s> {
    pub(super) text: Cow<'s, str>,
    /// For each place where the texts come apart: the offset in the new text and the offset in the original. Sorted.
    shifts: Vec<(u32, u32)>,
}

impl Unescaped<'_> {
    /// The original's offset of an offset in the new text.
    pub(super) fn original(&self, offset: u32) -> u32 {
        let after = self.shifts.partition_point(|&(new, _)| new <= offset);
        match after.checked_sub(1).and_then(|index| self.shifts.get(index)) {
            Some(&(new, original)) => original + (offset - new),
            None => offset,
        }
    }

    /// The original's span of a span in the new text.
    pub(super) fn original_span(&self, span: Span) -> Span {
        if self.shifts.is_empty() {
            return span;
        }
        Span::new(self.original(span.start), self.original(span.end))
    }
}

/// Replaces the escapes of a source.
///
/// # Errors
///
/// `E104` where an escape has not four hexadecimal digits, or is half a surrogate pair.
pub(super) fn unescape(source: &str) -> Result<Unescaped<'_>, Diagnostic> {
    if !source.contains("\\u") {
        return Ok(Unescaped {
            text: Cow::Borrowed(source),
            shifts: Vec::new(),
        });
    }
    let mut text = String::with_capacity(source.len());
    let mut shifts = Vec::new();
    let mut rest = source;
    while let Some(backslash) = rest.find('\\') {
        let (before, from) = rest.split_at(backslash);
        text.push_str(before);
        let start = (source.len() - from.len()) as u32;
        let Some((character, length)) = escape_at(from, start)? else {
            // A backslash before anything else escapes it, so that `\\u0041` is not an escape.
            let kept = 1 + from.chars().nth(1).map_or(0, char::len_utf8);
            let (kept, after) = from.split_at(kept);
            text.push_str(kept);
            rest = after;
            continue;
        };
        text.push(character);
        rest = from.get(length..).unwrap_or("");
        shifts.push((text.len() as u32, start + length as u32));
    }
    text.push_str(rest);
    Ok(Unescaped {
        text: Cow::Owned(text),
        shifts,
    })
}

/// The character of the escape that `text` begins with and the escape's length; `None` if it begins with none.
fn escape_at(text: &str, start: u32) -> Result<Option<(char, usize)>, Diagnostic> {
    let Some((unit, length)) = unit_at(text, start)? else {
        return Ok(None);
    };
    let wrong = |message| {
        let span = Span::new(start, start + length as u32);
        let error = Diagnostic::error(Code::InvalidEscape, span, message);
        Err(error.with_help("write both halves, as in `\\uD83D\\uDE00`, or the character itself"))
    };
    if let Some(character) = char::from_u32(u32::from(unit)) {
        return Ok(Some((character, length)));
    }
    let second = text.get(length..).unwrap_or("");
    let Some((low, low_length)) = unit_at(second, start + length as u32)? else {
        return wrong("unpaired surrogate escape");
    };
    match char::decode_utf16([unit, low]).next() {
        Some(Ok(character)) => Ok(Some((character, length + low_length))),
        _ => wrong("unpaired surrogate escape"),
    }
}

/// The UTF-16 unit of the escape that `text` begins with, and its length.
fn unit_at(text: &str, start: u32) -> Result<Option<(u16, usize)>, Diagnostic> {
    let Some(after) = text.strip_prefix('\\').filter(|after| after.starts_with('u')) else {
        return Ok(None);
    };
    let digits = after.trim_start_matches('u');
    let marks = text.len() - digits.len();
    let unit = digits
        .get(..4)
        .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    match unit.and_then(|unit| u16::from_str_radix(unit, 16).ok()) {
        Some(unit) => Ok(Some((unit, marks + 4))),
        None => {
            let span = Span::new(start, start + marks as u32);
            Err(Diagnostic::error(
                Code::InvalidEscape,
                span,
                "expected four hexadecimal digits after `\\u`",
            )
            .with_label("incomplete escape")
            .with_help("write a backslash as `\\\\`"))
        }
    }
}
