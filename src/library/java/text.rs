//! `java.lang.String` over UTF-8: lengths, positions and order count UTF-16 units, as Java's do.
//!
//! Every function takes time in proportion to its texts. Positions that fall into the middle of a surrogate pair are
//! errors: no text of ours can hold half a character.

use std::ops::Range;
use std::sync::LazyLock;

use super::sink::Sink;

/// A position that `substring` cannot take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SubstringError {
    /// `StringIndexOutOfBoundsException`.
    #[error("the range {from} to {to} does not lie in a text of length {length}")]
    OutOfRange {
        /// The first position.
        from: i64,
        /// The position after the last.
        to: i64,
        /// The text's length.
        length: usize,
    },
    /// Java would cut the character in two.
    #[error("position {at} cuts a surrogate pair in half")]
    SplitsSurrogatePair {
        /// The position.
        at: usize,
    },
}

/// `String.length()`: the number of UTF-16 units.
pub(crate) fn length(text: &str) -> usize {
    // Each character has one byte that is no continuation; those of four bytes are two units.
    text.bytes()
        .map(|byte| usize::from(byte & 0xc0 != 0x80) + usize::from(byte >= 0xf0))
        .sum()
}

/// The byte offset of a UTF-16 position: `Ok` at a character's boundary or the end, `Err` within or behind the text.
fn byte_offset(text: &str, position: usize) -> Result<usize, Option<usize>> {
    let mut units = 0;
    for (offset, character) in text.char_indices() {
        if units >= position {
            return if units == position {
                Ok(offset)
            } else {
                Err(Some(position))
            };
        }
        units += character.len_utf16();
    }
    match units.cmp(&position) {
        std::cmp::Ordering::Equal => Ok(text.len()),
        std::cmp::Ordering::Greater => Err(Some(position)),
        std::cmp::Ordering::Less => Err(None),
    }
}

/// The byte range of `text.substring(from, to)`; without `to`, up to the end.
///
/// # Errors
/// When the range does not lie in the text, or cuts a surrogate pair.
pub(crate) fn substring(text: &str, from: i64, to: Option<i64>) -> Result<Range<usize>, SubstringError> {
    let out_of_range = || {
        let length = length(text);
        let to = to.unwrap_or(length as i64);
        SubstringError::OutOfRange { from, to, length }
    };
    let first = usize::try_from(from).map_err(|_| out_of_range())?;
    let offset = |text: &str, base: usize, position: usize| match byte_offset(text, position) {
        Ok(offset) => Ok(offset),
        Err(Some(at)) => Err(SubstringError::SplitsSurrogatePair { at: base + at }),
        Err(None) => Err(out_of_range()),
    };
    let last = match to {
        // The range is judged before any pair is, so that the graver error is the one reported.
        Some(to) => match usize::try_from(to) {
            Ok(to) if to >= first && to <= length(text) => Some(to),
            _ => return Err(out_of_range()),
        },
        None => None,
    };
    let start = offset(text, 0, first)?;
    match last {
        Some(last) => {
            let rest = text.get(start..).unwrap_or("");
            Ok(start..start + offset(rest, first, last - first)?)
        }
        None => Ok(start..text.len()),
    }
}

/// The first `units` UTF-16 units of a text, or all of it where it is shorter; `None` where that cuts a pair.
pub(crate) fn prefix(text: &str, units: usize) -> Option<&str> {
    match byte_offset(text, units) {
        Ok(end) => text.get(..end),
        Err(Some(_)) => None,
        Err(None) => Some(text),
    }
}

/// `String.lastIndexOf`: the position of the last occurrence, or `None` for Java's -1.
pub(crate) fn last_index_of(text: &str, part: &str) -> Option<usize> {
    let offset = text.rfind(part)?;
    text.get(..offset).map(length)
}

/// `String.compareTo`: the difference of the first units that differ, else of the lengths.
pub(crate) fn compare(left: &str, right: &str) -> i64 {
    let mut left_units = left.encode_utf16();
    let mut right_units = right.encode_utf16();
    loop {
        match (left_units.next(), right_units.next()) {
            (Some(left), Some(right)) if left == right => {}
            (Some(left), Some(right)) => return i64::from(left) - i64::from(right),
            (None, None) => return 0,
            (Some(_), None) => return left_units.count() as i64 + 1,
            (None, Some(_)) => return -(right_units.count() as i64 + 1),
        }
    }
}

/// `String.hashCode`: the units as digits of base 31, wrapping in 32 bits.
pub(crate) fn hash_code(text: &str) -> i32 {
    text.encode_utf16()
        .fold(0_i32, |hash, unit| hash.wrapping_mul(31).wrapping_add(i32::from(unit)))
}

/// `String.trim`: without the characters up to the space at both ends.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(|character| character <= ' ')
}

/// The reference's `escape()`: backslash, tab, backspace, newline, return, form feed and double quote as Java escapes.
///
/// The single quote and all other characters stay, as in the reference.
///
/// # Errors
/// When the sink refuses.
pub(crate) fn escape<S: Sink>(text: &str, sink: &mut S) -> Result<(), S::Error> {
    let mut rest = text;
    while let Some((at, escaped)) = rest
        .bytes()
        .enumerate()
        .find_map(|(at, byte)| Some((at, escape_of(byte)?)))
    {
        sink.write(rest.get(..at).unwrap_or(""))?;
        sink.write(escaped)?;
        rest = rest.get(at + 1..).unwrap_or("");
    }
    sink.write(rest)
}

/// The escape of a byte that has one.
fn escape_of(byte: u8) -> Option<&'static str> {
    match byte {
        b'\\' => Some("\\\\"),
        b'\t' => Some("\\t"),
        0x08 => Some("\\b"),
        b'\n' => Some("\\n"),
        b'\r' => Some("\\r"),
        0x0c => Some("\\f"),
        b'"' => Some("\\\""),
        _ => None,
    }
}

/// The most bytes [`lower_case`] holds beside the sink, for a text with a capital sigma, whose lower case depends on
/// its neighbours; other texts need none.
pub(crate) fn lower_case_scratch_bytes(text: &str) -> usize {
    // The standard library starts with the text's length and may double once, holding both for a moment.
    if text.contains('Σ') {
        text.len().saturating_mul(3)
    } else {
        0
    }
}

/// `String.toUpperCase` with the root locale.
///
/// # Errors
/// When the sink refuses.
pub(crate) fn upper_case<S: Sink>(text: &str, sink: &mut S) -> Result<(), S::Error> {
    sink.work(mapping_units(text))?;
    write_mapped(text, &UPPER, u8::to_ascii_uppercase, char::to_uppercase, sink)
}

/// The length in UTF-16 units of a text's upper case.
pub(crate) fn upper_case_length(text: &str) -> usize {
    text.chars().flat_map(char::to_uppercase).map(char::len_utf16).sum()
}

/// `String.toLowerCase` with the root locale, with the final form of sigma at the end of a word.
///
/// # Errors
/// When the sink refuses.
pub(crate) fn lower_case<S: Sink>(text: &str, sink: &mut S) -> Result<(), S::Error> {
    sink.work(mapping_units(text))?;
    if text.contains('Σ') {
        return sink.write(&text.to_lowercase());
    }
    write_mapped(text, &LOWER, u8::to_ascii_lowercase, char::to_lowercase, sink)
}

/// How many bytes could be copied while a text's characters are looked up in the tables of Unicode.
fn mapping_units(text: &str) -> usize {
    /// The first byte of a character of three bytes or more is at least this.
    const WIDE: u8 = 0xe0;
    let wide = text.bytes().filter(|byte| *byte >= WIDE).count();
    6 * text.len() + 32 * wide
}

/// The characters that have a place in [`UPPER`] and [`LOWER`]: those of Latin, Greek, Cyrillic, Armenian and Hebrew.
const NEAR: usize = 0x600;
/// What a near character maps to: up to three characters, then zeros.
type Mapped = [u16; 3];
/// A look at the tables of Unicode takes ten times as long as one at these.
static UPPER: LazyLock<[Mapped; NEAR]> = LazyLock::new(|| near(char::to_uppercase));
static LOWER: LazyLock<[Mapped; NEAR]> = LazyLock::new(|| near(char::to_lowercase));

fn near<C: Iterator<Item = char>>(full: impl Fn(char) -> C) -> [Mapped; NEAR] {
    std::array::from_fn(|code| {
        let mut entry = Mapped::default();
        let mapped = char::from_u32(code as u32).into_iter().flat_map(&full);
        for (place, mapped) in entry.iter_mut().zip(mapped) {
            // INVARIANT: near characters map to characters of at most 16 bits; a test looks at all of them.
            *place = u16::try_from(u32::from(mapped)).unwrap_or_default();
        }
        entry
    })
}

/// Bytes gathered before the sink is called.
const BATCH: usize = 128;

/// Writes a text with its characters mapped, in batches, so that a sink that charges is not called for each. ASCII takes
/// a way of its own: the tables of Unicode take four times as long.
fn write_mapped<S: Sink, C: Iterator<Item = char>>(
    text: &str,
    near: &[Mapped; NEAR],
    ascii: impl Fn(&u8) -> u8,
    full: impl Fn(char) -> C,
    sink: &mut S,
) -> Result<(), S::Error> {
    /// The most bytes a character maps to: three characters of four bytes.
    const MAPPED: usize = 12;
    let mut batch = [0; BATCH];
    let mut length = 0;
    for character in text.chars() {
        if length + MAPPED > BATCH {
            sink.write(written(&batch, length))?;
            length = 0;
        }
        match (u8::try_from(character), batch.get_mut(length..length + MAPPED)) {
            (Ok(byte), Some([place, ..])) if byte.is_ascii() => {
                *place = ascii(&byte);
                length += 1;
            }
            (_, Some(room)) => {
                length += match near.get(character as usize) {
                    Some(mapped) => {
                        let codes = mapped.iter().take_while(|code| **code != 0);
                        encode(codes.filter_map(|code| char::from_u32(u32::from(*code))), room)
                    }
                    None => encode(full(character), room),
                };
            }
            (_, None) => {}
        }
    }
    sink.write(written(&batch, length))
}

/// Encodes characters at the start of a buffer, and gives their length in bytes.
fn encode(characters: impl Iterator<Item = char>, room: &mut [u8]) -> usize {
    let mut length = 0;
    for character in characters {
        if let Some(place) = room.get_mut(length..length + character.len_utf8()) {
            length += character.encode_utf8(place).len();
        }
    }
    length
}

/// The text at the start of a buffer that only whole characters were encoded into.
fn written(buffer: &[u8], length: usize) -> &str {
    std::str::from_utf8(buffer.get(..length).unwrap_or(b"")).unwrap_or("")
}

/// `String.replace(target, replacement)`, literally.
///
/// An empty target inserts between characters; Java inserts between UTF-16 units and so also within surrogate pairs.
///
/// # Errors
/// When the sink refuses.
pub(crate) fn replace<S: Sink>(text: &str, target: &str, replacement: &str, sink: &mut S) -> Result<(), S::Error> {
    let mut copied = 0;
    for (at, found) in text.match_indices(target) {
        if at > copied {
            sink.write(text.get(copied..at).unwrap_or(""))?;
        }
        sink.write(replacement)?;
        copied = at + found.len();
    }
    sink.write(text.get(copied..).unwrap_or(""))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    /// Facts of Java 17, one a line: `{"call": …, "text": …, "arguments": […], "value": …}`.
    const FACTS: &str = include_str!("../../../tests/java/text.jsonl");

    fn made(write: impl FnOnce(&mut String) -> Result<(), std::convert::Infallible>) -> Value {
        let mut text = String::new();
        let Ok(()) = write(&mut text);
        Value::from(text)
    }

    /// What this room says to a fact's question.
    fn answer(fact: &Value) -> Value {
        let text = fact["text"].as_str().unwrap();
        let argument = |index: usize| fact["arguments"][index].as_str().unwrap();
        let number = |index: usize| fact["arguments"][index].as_i64();
        match fact["call"].as_str().unwrap() {
            "length" => Value::from(length(text)),
            "substring" => match substring(text, number(0).unwrap(), number(1)) {
                Ok(range) => Value::from(&text[range]),
                Err(SubstringError::OutOfRange { .. }) => Value::from("error: range"),
                Err(SubstringError::SplitsSurrogatePair { .. }) => Value::from("error: pair"),
            },
            "lastIndexOf" => Value::from(last_index_of(text, argument(0)).map_or(-1, |index| index as i64)),
            "compareTo" => Value::from(compare(text, argument(0))),
            "hashCode" => Value::from(hash_code(text)),
            "trim" => Value::from(trim(text)),
            "toUpperCase" => made(|sink| upper_case(text, sink)),
            "toLowerCase" => made(|sink| lower_case(text, sink)),
            "replace" => made(|sink| replace(text, argument(0), argument(1), sink)),
            "escape" => made(|sink| escape(text, sink)),
            other => panic!("no call `{other}`"),
        }
    }

    #[test]
    fn strings_behave_as_javas() {
        for line in FACTS.lines() {
            let fact: Value = serde_json::from_str(line).unwrap();
            assert_eq!(answer(&fact), fact["value"], "{line}");
        }
    }

    #[test]
    fn upper_case_is_unicodes_for_every_character() {
        for character in '\0'..=char::MAX {
            let text = character.to_string();
            assert_eq!(Value::from(text.to_uppercase()), made(|sink| upper_case(&text, sink)));
        }
    }

    #[test]
    fn every_character_maps_as_the_tables_of_unicode_have_it() {
        for character in '\0'..=char::MAX {
            let text = character.to_string();
            assert_eq!(made(|sink| upper_case(&text, sink)), text.to_uppercase());
            assert_eq!(made(|sink| lower_case(&text, sink)), text.to_lowercase());
        }
    }
}
