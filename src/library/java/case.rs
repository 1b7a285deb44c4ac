//! `String.toUpperCase` and `toLowerCase` with the root locale, by Unicode's full mapping.

use std::sync::LazyLock;

use super::regex::CharacterSet;
use super::sink::{Batch, Sink};
use crate::machine::charge::Charge;
use crate::machine::unread::{Pace, Unread};

/// The characters that have a place in [`UPPER`] and [`LOWER`]: those of Latin, Greek, Cyrillic, Armenian and Hebrew.
const NEAR: usize = 0x600;
/// The first byte of a character of two bytes or more is at least this, and of one of three bytes or more.
const FAR: u8 = 0xc0;
const WIDE: u8 = 0xe0;
/// The steps of looking a character of three bytes or more up in the tables of Unicode; one of two bytes takes a quarter.
const WIDE_STEPS: u64 = 4;
/// The steps of finding a sigma, beside those of its neighbours.
const SIGMA_STEPS: u64 = 2;
/// The steps of looking at a character on either side of a sigma.
const NEIGHBOUR_STEPS: u64 = 3;
/// Bytes that are mapped at once where they are ASCII. A character maps to no more: to three of four bytes at most.
const PORTION: usize = 16;
/// The most bytes that a near character maps to.
const MAPPED_BYTES: usize = 6;

/// What a near character maps to.
#[derive(Clone, Copy, Debug, Default)]
struct Mapped {
    bytes: [u8; MAPPED_BYTES],
    length: u8,
    units: u8,
}

impl Mapped {
    fn new(characters: impl Iterator<Item = char>) -> Self {
        let mut mapped = Self::default();
        let units = |character: char| character.len_utf16() as u8;
        let counted = characters.inspect(|character| mapped.units += units(*character));
        // INVARIANT: near characters map to so few bytes; a test looks at all of them.
        mapped.length = encode(counted, &mut mapped.bytes) as u8;
        mapped
    }

    /// Writes it at the start of a buffer, and gives its length.
    fn write(self, buffer: &mut [u8]) -> usize {
        if let Some(place) = buffer.first_chunk_mut::<MAPPED_BYTES>() {
            *place = self.bytes;
        }
        usize::from(self.length)
    }
}

/// A look at the tables of Unicode takes ten times as long as one at these.
static UPPER: LazyLock<[Mapped; NEAR]> = LazyLock::new(|| near(char::to_uppercase));
static LOWER: LazyLock<[Mapped; NEAR]> = LazyLock::new(|| near(char::to_lowercase));
/// What decides on the form of a sigma: the letters that have a case, and the characters that count for nothing.
static CASED: LazyLock<CharacterSet> = LazyLock::new(|| CharacterSet::named(r"\p{Cased}"));
static IGNORED: LazyLock<CharacterSet> = LazyLock::new(|| CharacterSet::named(r"\p{Case_Ignorable}"));

fn near<C: Iterator<Item = char>>(full: impl Fn(char) -> C) -> [Mapped; NEAR] {
    std::array::from_fn(|code| Mapped::new(char::from_u32(code as u32).into_iter().flat_map(&full)))
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
                Some(mapped) => usize::from(mapped.units),
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
            sink.steps(SIGMA_STEPS)?;
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
        let (far, wide) = (count_from(FAR, block), count_from(WIDE, block));
        charge.steps(far / 2 + WIDE_STEPS * wide)?;
    }
    Ok(block)
}

/// The bytes of a block that are at least so large.
fn count_from(least: u8, block: &str) -> u64 {
    // The sum for a portion fits into a byte, by which many are added at once.
    let portions = block.as_bytes().chunks(128);
    let counts = portions.map(|portion| portion.iter().fold(0, |count, byte| count + u8::from(*byte >= least)));
    counts.map(u64::from).sum()
}

/// Whether a sigma is the last letter of a word: there is a letter before it and none behind, whatever is ignored between.
fn ends_word<C: Charge>(text: Unread<'_>, start: usize, end: usize, charge: &mut C) -> Result<bool, C::Error> {
    let (mut before, mut behind) = (text.part(0..start), text.part(end..text.len()));
    let mut letter_before = false;
    while !letter_before && let Some(character) = before.next_back_character(charge, NEIGHBOUR_STEPS)? {
        // Some that count for nothing are letters all the same, as the iota below, U+0345.
        letter_before = CASED.contains(character);
        if !IGNORED.contains(character) {
            break;
        }
    }
    while letter_before && let Some(character) = behind.next_character(charge, NEIGHBOUR_STEPS)? {
        if CASED.contains(character) {
            return Ok(false);
        }
        if !IGNORED.contains(character) {
            break;
        }
    }
    Ok(letter_before)
}

/// Writes a block with its characters mapped. Each portion of ASCII is mapped at once.
fn write_mapped<S: Sink, C: Iterator<Item = char>>(
    block: &str,
    near: &[Mapped; NEAR],
    ascii: impl Fn(&u8) -> u8,
    full: impl Fn(char) -> C,
    sink: &mut S,
) -> Result<(), S::Error> {
    let (mut batch, mut rest) = (Batch::new(sink), block.as_bytes());
    while let Some((&first, behind)) = rest.split_first() {
        let buffer = batch.reserve(PORTION)?;
        if first.is_ascii() {
            let length = match rest.first_chunk::<PORTION>() {
                Some(portion) if portion.is_ascii() => PORTION,
                _ => rest.iter().take(PORTION).take_while(|byte| byte.is_ascii()).count(),
            };
            for (place, byte) in buffer.iter_mut().zip(rest.get(..length).unwrap_or_default()) {
                *place = ascii(byte);
            }
            batch.take(length);
            rest = rest.get(length..).unwrap_or_default();
            continue;
        }
        if let (&[second, ref behind @ ..], true) = (behind, first < WIDE)
            && let Some(mapped) = near.get(usize::from(first & 0x1f) << 6 | usize::from(second & 0x3f))
        {
            let length = mapped.write(buffer);
            batch.take(length);
            rest = behind;
            continue;
        }
        let start = block.len() - rest.len();
        let character = block
            .get(start..)
            .and_then(|text| text.chars().next())
            .unwrap_or_default();
        let length = encode(full(character), buffer);
        batch.take(length);
        rest = rest.get(character.len_utf8()..).unwrap_or_default();
    }
    batch.flush()
}

/// Encodes characters at the start of a buffer, and gives their length in bytes.
fn encode(characters: impl Iterator<Item = char>, buffer: &mut [u8]) -> usize {
    let mut length = 0;
    for character in characters {
        if let Some(place) = buffer.get_mut(length..length + character.len_utf8()) {
            length += character.encode_utf8(place).len();
        }
    }
    length
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
        // The standard library skips what counts for nothing, also where it is a letter.
        let is_both = |character: &char| CASED.contains(*character) && IGNORED.contains(*character);
        for letter in ('\0'..=char::MAX).filter(is_both) {
            assert!(lower(&format!("{letter}Σ")).ends_with('ς'), "{letter}");
            assert!(lower(&format!("AΣ{letter}")).starts_with("aσ"), "{letter}");
        }
        // The two may know different versions of Unicode.
        let different: String = ('\0'..=char::MAX)
            .filter(|character| !is_both(character) && is_different(character))
            .collect();
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
