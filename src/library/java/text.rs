//! `java.lang.String` over UTF-8: lengths, positions and order count UTF-16 units, as Java's do.
//!
//! Every function reads its texts for a charge. Positions that fall into the middle of a surrogate pair are errors: no text of
//! ours can hold half a character.

use std::ops::Range;

use super::sink::{Batch, Sink};
use crate::machine::charge::Charge;
use crate::machine::search::Finder;
use crate::machine::unread::{Pace, Unread};

/// The most bytes of a text that is inserted before characters with them in a batch.
const INSERTED_BYTES: usize = 64;
/// The bytes whose units are counted in a byte.
const COUNTED_BYTES: usize = 128;
/// The bytes whose units are counted before characters are.
const FEW_BYTES: usize = 16;

/// A position that `substring` cannot take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SubstringError {
    /// `StringIndexOutOfBoundsException`.
    #[error("range {from} to {to} is out of bounds for a text of length {length}")]
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
///
/// # Errors
/// When the charge is refused.
pub(crate) fn length<C: Charge>(mut text: Unread<'_>, charge: &mut C) -> Result<usize, C::Error> {
    let mut length = 0;
    while let Some(block) = text.next(charge, Pace::Copy)? {
        length += units(block.as_bytes());
    }
    Ok(length)
}

/// The UTF-16 units of some characters, or parts of them.
fn units(bytes: &[u8]) -> usize {
    if bytes.is_ascii() {
        return bytes.len();
    }
    // Each character has one byte that is not a continuation; those of four bytes are two units. Of a portion of 128 bytes the sum
    // fits into a byte, by which many are added at once.
    let unit = |byte: &u8| u8::from(byte & 0xc0 != 0x80) + u8::from(*byte >= 0xf0);
    let portions = bytes
        .chunks(COUNTED_BYTES)
        .map(|portion| portion.iter().map(unit).fold(0, u8::wrapping_add));
    portions.map(usize::from).sum()
}

/// A UTF-16 position in a text.
pub(super) enum Position {
    /// At the start of a character or the end of the text: the byte.
    Byte(usize),
    /// Between the two units of a character.
    Within,
    /// Behind the text.
    Behind,
}

/// Finds a position, reading the text up to it.
pub(super) fn position<C: Charge>(text: Unread<'_>, position: usize, charge: &mut C) -> Result<Position, C::Error> {
    // No unit takes more than three bytes, so that what is further behind needs no reading.
    let mut text = text.part(0..text.boundary(position.saturating_mul(3).saturating_add(3)));
    let (mut offset, mut before) = (0, 0);
    while before < position {
        let Some(block) = text.next(charge, Pace::Copy)? else {
            return Ok(Position::Behind);
        };
        let count = units(block.as_bytes());
        if before + count > position {
            return Ok(position_in(block, position - before).map_or(Position::Within, |at| Position::Byte(offset + at)));
        }
        (offset, before) = (offset + block.len(), before + count);
    }
    Ok(Position::Byte(offset))
}

/// The byte of a position in a block that has more units; nothing where it is within a character.
fn position_in(block: &str, position: usize) -> Option<usize> {
    let (mut offset, mut before) = (0, 0);
    for size in [COUNTED_BYTES, FEW_BYTES] {
        if position - before < FEW_BYTES {
            break;
        }
        for portion in block.as_bytes().get(offset..).unwrap_or_default().chunks(size) {
            let count = units(portion);
            if before + count > position {
                break;
            }
            (offset, before) = (offset + portion.len(), before + count);
        }
    }
    // The portion may have begun within a character, which is then counted before.
    while !block.is_char_boundary(offset) {
        offset += 1;
    }
    for character in block.get(offset..).unwrap_or("").chars() {
        if before >= position {
            break;
        }
        before += character.len_utf16();
        offset += character.len_utf8();
    }
    (before == position).then_some(offset)
}

/// The byte range of `text.substring(from, to)`; without `to`, up to the end. Or why there is none.
///
/// # Errors
/// When the charge is refused.
pub(crate) fn substring<C: Charge>(
    text: Unread<'_>,
    from: i64,
    to: Option<i64>,
    charge: &mut C,
) -> Result<Result<Range<usize>, SubstringError>, C::Error> {
    let within = |at: usize| SubstringError::SplitsSurrogatePair { at };
    let (Ok(first), Ok(last)) = (usize::try_from(from), usize::try_from(to.unwrap_or(from))) else {
        return out_of_range(text, from, to, charge).map(Err);
    };
    let start = match position(text, first, charge)? {
        Position::Byte(start) if last >= first => start,
        // The range is judged before any pair is, so that the graver error is the one reported.
        Position::Within if last >= first && !matches!(position(text, last, charge)?, Position::Behind) => {
            return Ok(Err(within(first)));
        }
        Position::Byte(_) | Position::Within | Position::Behind => {
            return out_of_range(text, from, to, charge).map(Err);
        }
    };
    if to.is_none() {
        return Ok(Ok(start..text.len()));
    }
    match position(text.part(start..text.len()), last - first, charge)? {
        Position::Byte(at) => Ok(Ok(start..start + at)),
        Position::Within => Ok(Err(within(last))),
        Position::Behind => out_of_range(text, from, to, charge).map(Err),
    }
}

#[cold]
fn out_of_range<C: Charge>(
    text: Unread<'_>,
    from: i64,
    to: Option<i64>,
    charge: &mut C,
) -> Result<SubstringError, C::Error> {
    let length = length(text, charge)?;
    let to = to.unwrap_or(length as i64);
    Ok(SubstringError::OutOfRange { from, to, length })
}

/// The first `units` UTF-16 units of a text, or all of it where it is shorter; `None` where that cuts a pair.
///
/// # Errors
/// When the charge is refused.
pub(crate) fn prefix<'t, C: Charge>(
    text: Unread<'t>,
    units: usize,
    charge: &mut C,
) -> Result<Option<Unread<'t>>, C::Error> {
    Ok(match position(text, units, charge)? {
        Position::Byte(end) => Some(text.part(0..end)),
        Position::Within => None,
        Position::Behind => Some(text),
    })
}

/// `String.lastIndexOf`: the position of the last occurrence, or `None` for Java's -1.
///
/// # Errors
/// When the charge is refused.
pub(crate) fn last_index_of<C: Charge>(
    text: Unread<'_>,
    part: Unread<'_>,
    charge: &mut C,
) -> Result<Option<usize>, C::Error> {
    match text.last(part, charge)? {
        Some(offset) => length(text.part(0..offset), charge).map(Some),
        None => Ok(None),
    }
}

/// `String.compareTo`: the difference of the first units that differ, else of the lengths.
///
/// # Errors
/// When the charge is refused.
pub(crate) fn compare<C: Charge>(left: Unread<'_>, right: Unread<'_>, charge: &mut C) -> Result<i64, C::Error> {
    let start = left.boundary(left.common_bytes(right, charge)?);
    let mut left = left.part(start..left.len());
    let mut right = right.part(start..right.len());
    let (left_length, right_length) = (left, right);
    Ok(
        match (left.next_character(charge, 1)?, right.next_character(charge, 1)?) {
            (Some(left), Some(right)) => {
                let (mut one, mut other) = ([0; 2], [0; 2]);
                let units = left
                    .encode_utf16(&mut one)
                    .iter()
                    .zip(right.encode_utf16(&mut other).iter());
                let mut different = units.filter(|(left, right)| left != right);
                different
                    .next()
                    .map_or(0, |(left, right)| i64::from(*left) - i64::from(*right))
            }
            (Some(_), None) => length(left_length, charge)? as i64,
            (None, Some(_)) => -(length(right_length, charge)? as i64),
            (None, None) => 0,
        },
    )
}

/// `String.hashCode`: the units as digits of base 31, wrapping in 32 bits.
///
/// # Errors
/// When the charge is refused.
pub(crate) fn hash_code<C: Charge>(mut text: Unread<'_>, charge: &mut C) -> Result<i32, C::Error> {
    let mut hash = 0_i32;
    while let Some(block) = text.next(charge, Pace::Decode)? {
        hash = block
            .encode_utf16()
            .fold(hash, |hash, unit| hash.wrapping_mul(31).wrapping_add(i32::from(unit)));
    }
    Ok(hash)
}

/// `String.trim`: the range of bytes without the characters up to the space at both ends.
///
/// # Errors
/// When the charge is refused.
pub(crate) fn trim<C: Charge>(text: Unread<'_>, charge: &mut C) -> Result<Range<usize>, C::Error> {
    let (mut rest, mut start) = (text, 0);
    while rest
        .next_character(charge, 1)?
        .is_some_and(|character| character <= ' ')
    {
        start = text.len() - rest.len();
    }
    let (mut rest, mut end) = (text.part(start..text.len()), text.len());
    while rest
        .next_back_character(charge, 1)?
        .is_some_and(|character| character <= ' ')
    {
        end = start + rest.len();
    }
    Ok(start..end)
}

/// The reference's `escape()`: backslash, tab, backspace, newline, return, form feed and double quote as Java escapes.
///
/// The single quote and all other characters stay, as in the reference.
///
/// # Errors
/// When the sink refuses.
pub(crate) fn escape<S: Sink>(mut text: Unread<'_>, sink: &mut S) -> Result<(), S::Error> {
    let mut batch = Batch::new(sink);
    while let Some(mut block) = text.next(batch.sink, Pace::Look)? {
        let escaped = |(at, byte): (usize, u8)| Some((at, escape_of(byte)?));
        while let Some((at, escape)) = block.bytes().enumerate().find_map(escaped) {
            batch.sink.steps(2)?;
            batch.push(block.get(..at).unwrap_or(""))?;
            batch.push(escape)?;
            block = block.get(at + 1..).unwrap_or("");
        }
        batch.push(block)?;
    }
    batch.flush()
}

/// The escape of a byte that has one.
pub(crate) fn escape_of(byte: u8) -> Option<&'static str> {
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

/// The text with another before each character and at the end.
fn insert<S: Sink>(mut text: Unread<'_>, inserted: Unread<'_>, sink: &mut S) -> Result<(), S::Error> {
    if inserted.len() > INSERTED_BYTES {
        while let Some(character) = text.next_character(sink, 1)? {
            sink.copy(inserted)?;
            sink.write(character.encode_utf8(&mut [0; 4]))?;
        }
        return sink.copy(inserted);
    }
    let inserted = inserted.whole(sink, Pace::Copy)?;
    let mut batch = Batch::new(sink);
    while let Some(character) = text.next_character(batch.sink, 3)? {
        batch.push(inserted)?;
        batch.push(character.encode_utf8(&mut [0; 4]))?;
    }
    batch.push(inserted)?;
    batch.flush()
}

/// `String.replace(target, replacement)`, literally.
///
/// An empty target inserts between characters; Java inserts between UTF-16 units and so also within surrogate pairs.
///
/// # Errors
/// When the sink refuses.
pub(crate) fn replace<S: Sink>(
    text: Unread<'_>,
    target: Unread<'_>,
    replacement: Unread<'_>,
    sink: &mut S,
) -> Result<(), S::Error> {
    if target.is_empty() {
        return insert(text, replacement, sink);
    }
    let mut finder = Finder::new(text, target, sink)?;
    let mut copied = 0;
    while let Some(at) = finder.next(sink)? {
        if at > copied {
            sink.copy(text.part(copied..at))?;
        }
        sink.steps(1)?;
        sink.copy(replacement)?;
        copied = at + target.len();
    }
    sink.copy(text.part(copied..text.len()))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::case::{lower_case, upper_case};
    use super::*;
    use crate::machine::charge::Counted;

    /// Facts of Java 17, one a line: `{"call": …, "text": …, "arguments": […], "value": …}`.
    const FACTS: &str = include_str!("../../../tests/java/text.jsonl");

    fn made(write: impl FnOnce(&mut String) -> Result<(), std::convert::Infallible>) -> Value {
        let mut text = String::new();
        let Ok(()) = write(&mut text);
        Value::from(text)
    }

    /// What this room says to a fact's question.
    fn answer(fact: &Value) -> Value {
        let text = Unread::of(fact["text"].as_str().unwrap());
        let argument = |index: usize| Unread::of(fact["arguments"][index].as_str().unwrap());
        let number = |index: usize| fact["arguments"][index].as_i64();
        let free = &mut Counted::default();
        match fact["call"].as_str().unwrap() {
            "length" => Value::from(length(text, free).unwrap()),
            "substring" => match substring(text, number(0).unwrap(), number(1), free).unwrap() {
                Ok(range) => Value::from(text.part(range).whole(free, Pace::Copy).unwrap()),
                Err(SubstringError::OutOfRange { .. }) => Value::from("error: range"),
                Err(SubstringError::SplitsSurrogatePair { .. }) => Value::from("error: pair"),
            },
            "lastIndexOf" => {
                let position = last_index_of(text, argument(0), free).unwrap();
                Value::from(position.map_or(-1, |index| index as i64))
            }
            "compareTo" => Value::from(compare(text, argument(0), free).unwrap()),
            "hashCode" => Value::from(hash_code(text, free).unwrap()),
            "trim" => Value::from(text.part(trim(text, free).unwrap()).whole(free, Pace::Copy).unwrap()),
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
    fn positions_in_long_texts_are_those_of_utf_16() {
        for part in ["a", "é", "ß😀", "€", "aé€😀"] {
            let text = part.repeat(3_000);
            let units: Vec<u16> = text.encode_utf16().collect();
            let unread = Unread::of(&text);
            assert_eq!(length(unread, &mut Counted::default()), Ok(units.len()));
            for at in (0..units.len()).step_by(127).chain([units.len(), units.len() - 1]) {
                let Ok(found) = substring(unread, at as i64, None, &mut Counted::default());
                match String::from_utf16(&units[at..]) {
                    Ok(rest) => assert_eq!(found.map(|range| &text[range]), Ok(&*rest), "{part} at {at}"),
                    Err(_) => assert_eq!(found, Err(SubstringError::SplitsSurrogatePair { at })),
                }
            }
        }
    }

    #[test]
    fn texts_compare_by_their_first_different_units() {
        let units = |text: &str| text.encode_utf16().collect::<Vec<u16>>();
        let long = "x".repeat(5_000);
        let texts = [
            "",
            "a",
            "b",
            "ab",
            "é",
            "è",
            "\u{ffff}",
            "😀",
            "😁",
            "\u{10ffff}",
            &long,
            &format!("{long}é"),
            &format!("{long}è"),
        ];
        for (left, right) in texts
            .iter()
            .flat_map(|left| texts.iter().map(move |right| (*left, *right)))
        {
            let (one, other) = (units(left), units(right));
            let difference = one.iter().zip(&other).find(|(one, other)| one != other);
            let expected = match difference {
                Some((one, other)) => i64::from(*one) - i64::from(*other),
                None => one.len() as i64 - other.len() as i64,
            };
            assert_eq!(
                compare(Unread::of(left), Unread::of(right), &mut Counted::default()),
                Ok(expected)
            );
        }
    }
}
