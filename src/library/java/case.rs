//! `String.toUpperCase` and `toLowerCase` with the root locale, by Unicode's full mapping.

use std::sync::LazyLock;

use super::regex::CharacterSet;
use super::sink::Sink;
use crate::machine::charge::Charge;
use crate::machine::unread::{Pace, Unread};

/// The characters that have a place in [`UPPER`] and [`LOWER`]: those of Latin, Greek, Cyrillic, Armenian and Hebrew.
const NEAR: usize = 0x600;
/// The first byte of a character of three bytes or more is at least this.
const WIDE: u8 = 0xe0;
/// The steps of looking a character of three bytes or more up in the tables of Unicode, beside those of decoding it.
const WIDE_STEPS: u64 = 2;
/// The steps of looking at a character on either side of a sigma.
const NEIGHBOUR_STEPS: u64 = 2;
/// Bytes gathered before the sink is called.
const BATCH: usize = 128;

/// What a near character maps to: up to three characters, then zeros.
type Mapped = [u16; 3];
/// A look at the tables of Unicode takes ten times as long as one at these.
static UPPER: LazyLock<[Mapped; NEAR]> = LazyLock::new(|| near(char::to_uppercase));
static LOWER: LazyLock<[Mapped; NEAR]> = LazyLock::new(|| near(char::to_lowercase));
/// What decides on the form of a sigma: the letters that have a case, and the characters that count for nothing.
static CASED: LazyLock<CharacterSet> = LazyLock::new(|| CharacterSet::named(r"\p{Cased}"));
static IGNORED: LazyLock<CharacterSet> = LazyLock::new(|| CharacterSet::named(r"\p{Case_Ignorable}"));

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

/// The upper case of a text.
///
/// # Errors
/// When the sink refuses.
pub(crate) fn upper_case<S: Sink>(mut text: Unread<'_>, sink: &mut S) -> Result<(), S::Error> {
    while let Some(block) = next(&mut text, sink)? {
        write_mapped(block, &UPPER, u8::to_ascii_uppercase, char::to_uppercase, sink)?;
    }
    Ok(())
}

/// The length in UTF-16 units of a text's upper case.
///
/// # Errors
/// When the charge is refused.
pub(crate) fn upper_case_length<C: Charge>(mut text: Unread<'_>, charge: &mut C) -> Result<usize, C::Error> {
    let mut length = 0;
    while let Some(block) = next(&mut text, charge)? {
        length += block
            .chars()
            .map(|character| match UPPER.get(character as usize) {
                Some(mapped) => mapped.iter().filter(|code| **code != 0).count().max(1),
                None => character.to_uppercase().map(char::len_utf16).sum(),
            })
            .sum::<usize>();
    }
    Ok(length)
}

/// The lower case of a text, with the final form of sigma at the end of a word.
///
/// # Errors
/// When the sink refuses.
pub(crate) fn lower_case<S: Sink>(text: Unread<'_>, sink: &mut S) -> Result<(), S::Error> {
    let (mut left, mut read) = (text, 0);
    while let Some(mut block) = next(&mut left, sink)? {
        while let Some(at) = block.find('Σ') {
            let (before, rest) = block.split_at(at);
            write_mapped(before, &LOWER, u8::to_ascii_lowercase, char::to_lowercase, sink)?;
            let end = read + at + 'Σ'.len_utf8();
            let sigma = if ends_word(text, read + at, end, sink)? {
                "ς"
            } else {
                "σ"
            };
            sink.write(sigma)?;
            block = rest.strip_prefix('Σ').unwrap_or("");
            read = end;
        }
        write_mapped(block, &LOWER, u8::to_ascii_lowercase, char::to_lowercase, sink)?;
        read += block.len();
    }
    Ok(())
}

/// Reads the next block, to look its characters up in the tables of Unicode.
fn next<'t, C: Charge>(text: &mut Unread<'t>, charge: &mut C) -> Result<Option<&'t str>, C::Error> {
    let block = text.next(charge, Pace::Decode)?;
    if let Some(block) = block {
        let wide = block.bytes().filter(|byte| *byte >= WIDE).count() as u64;
        charge.steps(Pace::Look.steps(block.len()) + WIDE_STEPS * wide)?;
    }
    Ok(block)
}

/// Whether a sigma is the last letter of a word: there is a letter before it and none behind, whatever is ignored between.
fn ends_word<C: Charge>(text: Unread<'_>, start: usize, end: usize, charge: &mut C) -> Result<bool, C::Error> {
    let (mut before, mut behind) = (text.part(0..start), text.part(end..text.len()));
    let mut letter_before = false;
    while let Some(character) = before.next_back_character(charge, NEIGHBOUR_STEPS)? {
        if !IGNORED.contains(character) {
            letter_before = CASED.contains(character);
            break;
        }
    }
    while letter_before && let Some(character) = behind.next_character(charge, NEIGHBOUR_STEPS)? {
        if !IGNORED.contains(character) {
            return Ok(!CASED.contains(character));
        }
    }
    Ok(letter_before)
}

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
    match length {
        0 => Ok(()),
        _ => sink.write(written(&batch, length)),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn upper(text: &str) -> String {
        let mut made = String::new();
        let Ok(()) = upper_case(Unread::of(text), &mut made);
        made
    }

    fn lower(text: &str) -> String {
        let mut made = String::new();
        let Ok(()) = lower_case(Unread::of(text), &mut made);
        made
    }

    #[test]
    fn every_character_maps_as_the_tables_of_unicode_have_it() {
        for character in '\0'..=char::MAX {
            let text = character.to_string();
            assert_eq!((upper(&text), lower(&text)), (text.to_uppercase(), text.to_lowercase()));
            let units = text.to_uppercase().encode_utf16().count();
            let Ok(length) = upper_case_length(Unread::of(&text), &mut String::new());
            assert_eq!(length, units, "{character:?}");
        }
    }

    #[test]
    fn a_sigma_has_the_form_that_the_standard_library_gives_it_beside_every_character() {
        let is_different = |character: &char| {
            let texts = [
                format!("A{character}Σ"),
                format!("{character}Σ"),
                format!("AΣ{character}"),
                format!("AΣ{character}B"),
            ];
            texts.iter().any(|text| lower(text) != text.to_lowercase())
        };
        // The two may know different versions of Unicode.
        let different: String = ('\0'..=char::MAX).filter(is_different).collect();
        assert!(different.chars().count() < 256, "{different}");
        assert!(different.chars().all(|character| character > '\u{200}'), "{different}");
    }

    #[test]
    fn a_sigma_looks_beyond_blocks() {
        let dots = ".".repeat(3 * crate::machine::unread::BLOCK_BYTES);
        for text in [
            format!("A{dots}Σ{dots}"),
            format!("A{dots}Σ{dots}B"),
            format!("{dots}Σ"),
            format!("{dots}AΣΣ {dots}ΣA"),
            "ΑΣ".repeat(5_000),
        ] {
            assert_eq!(lower(&text), text.to_lowercase());
        }
    }
}
