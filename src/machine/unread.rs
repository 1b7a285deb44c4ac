//! Texts that are read for a charge: the library's way to the bytes of an argument.
//!
//! A text arrives as [`Unread`], of which only the length is known. Each reading gives a part of it and charges for one pass over
//! that part, before it is given and in blocks of [`BLOCK_BYTES`] at most, so that a long text can be stopped at each.

use std::ops::Range;

use super::charge::Charge;

/// The most bytes that are read for one charge.
pub(crate) const BLOCK_BYTES: usize = 4096;
/// The bytes that are compared at once where two texts differ.
const COMPARED_BYTES: usize = 64;

/// What a pass over a text does with it, and so how many bytes a step pays for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pace {
    /// Bytes are copied, counted or compared: 16 a step.
    Copy,
    /// Each byte is looked at: 8 a step.
    Look,
    /// Characters are taken apart: 4 a step.
    Decode,
}

impl Pace {
    /// The steps of a pass over so many bytes.
    pub(crate) const fn steps(self, bytes: usize) -> u64 {
        let bytes_per_step = match self {
            Self::Copy => 16,
            Self::Look => 8,
            Self::Decode => 4,
        };
        bytes as u64 / bytes_per_step
    }
}

/// A text, or what is left of it, of which nothing has been read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Unread<'t>(&'t str);

impl<'t> Unread<'t> {
    /// The text, to be read for a charge.
    pub(crate) const fn of(text: &'t str) -> Self {
        Self(text)
    }

    /// The length in bytes.
    pub(crate) const fn len(self) -> usize {
        self.0.len()
    }

    /// Whether nothing is left.
    pub(crate) const fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// The part in a range of bytes; nothing where it cuts a character.
    pub(crate) fn part(self, range: Range<usize>) -> Self {
        Self(self.0.get(range).unwrap_or(""))
    }

    /// The end of the last character that ends at a byte or before.
    pub(crate) fn boundary(self, at: usize) -> usize {
        let at = at.min(self.len());
        (0..=at)
            .rev()
            .find(|&at| self.0.is_char_boundary(at))
            .unwrap_or_default()
    }

    /// The text, for a copy that is charged where it is made.
    pub(super) const fn copied(self) -> &'t str {
        self.0
    }

    /// The text, for a search that charges for each part of it before it looks there. `tests/charged_reads.rs` says which do.
    pub(crate) const fn for_search(self) -> &'t str {
        self.0
    }

    /// The bytes, for comparisons that are charged one by one.
    pub(super) const fn compared(self) -> &'t [u8] {
        self.0.as_bytes()
    }

    /// Reads all of it at once. It is charged for in blocks, so that a long text can be stopped before it is read.
    ///
    /// # Errors
    /// When a charge is refused.
    pub(crate) fn whole<C: Charge>(self, charge: &mut C, pace: Pace) -> Result<&'t str, C::Error> {
        let mut left = self.len();
        while left > BLOCK_BYTES {
            charge.steps(pace.steps(BLOCK_BYTES))?;
            left -= BLOCK_BYTES;
        }
        charge.steps(pace.steps(left))?;
        Ok(self.0)
    }

    /// Reads the beginning, of at most so many bytes: all that is needed of a text that must not be longer.
    ///
    /// # Errors
    /// When the charge is refused.
    pub(crate) fn beginning<C: Charge>(self, most: usize, charge: &mut C, pace: Pace) -> Result<&'t str, C::Error> {
        self.part(0..self.boundary(most)).whole(charge, pace)
    }

    /// Reads the next block, and leaves the rest.
    ///
    /// # Errors
    /// When the charge is refused.
    pub(crate) fn next<C: Charge>(&mut self, charge: &mut C, pace: Pace) -> Result<Option<&'t str>, C::Error> {
        let (block, rest) = self.0.split_at(self.boundary(BLOCK_BYTES));
        self.0 = rest;
        read(block, charge, pace)
    }

    /// Reads the next character for so many steps, and leaves the rest.
    ///
    /// # Errors
    /// When the charge is refused.
    pub(crate) fn next_character<C: Charge>(&mut self, charge: &mut C, steps: u64) -> Result<Option<char>, C::Error> {
        charge.steps(steps)?;
        let mut characters = self.0.chars();
        let character = characters.next();
        self.0 = characters.as_str();
        Ok(character)
    }

    /// Reads the last character for so many steps, and leaves what is before.
    ///
    /// # Errors
    /// When the charge is refused.
    pub(crate) fn next_back_character<C: Charge>(
        &mut self,
        charge: &mut C,
        steps: u64,
    ) -> Result<Option<char>, C::Error> {
        charge.steps(steps)?;
        let mut characters = self.0.chars();
        let character = characters.next_back();
        self.0 = characters.as_str();
        Ok(character)
    }

    /// The bytes that two texts begin with alike, both read up to where they differ.
    ///
    /// # Errors
    /// When the charge is refused.
    pub(crate) fn common_bytes<C: Charge>(self, other: Self, charge: &mut C) -> Result<usize, C::Error> {
        common_bytes(self.0.as_bytes(), other.0.as_bytes(), charge)
    }

    /// Whether a text stands at a byte.
    ///
    /// # Errors
    /// When the charge is refused.
    pub(crate) fn has_at<C: Charge>(self, at: usize, part: Self, charge: &mut C) -> Result<bool, C::Error> {
        let here = self.0.as_bytes().get(at..at + part.len()).unwrap_or_default();
        let blocks = here.chunks(BLOCK_BYTES).zip(part.0.as_bytes().chunks(BLOCK_BYTES));
        for (one, other) in blocks {
            charge.steps(Pace::Copy.steps(one.len()))?;
            if one != other {
                return Ok(false);
            }
        }
        Ok(here.len() == part.len())
    }

    /// Whether it begins with a text.
    ///
    /// # Errors
    /// When the charge is refused.
    pub(crate) fn starts_with<C: Charge>(self, prefix: Self, charge: &mut C) -> Result<bool, C::Error> {
        self.has_at(0, prefix, charge)
    }

    /// Whether it ends with a text.
    ///
    /// # Errors
    /// When the charge is refused.
    pub(crate) fn ends_with<C: Charge>(self, suffix: Self, charge: &mut C) -> Result<bool, C::Error> {
        match self.len().checked_sub(suffix.len()) {
            Some(start) => self.has_at(start, suffix, charge),
            None => Ok(false),
        }
    }
}

fn read<'t, C: Charge>(block: &'t str, charge: &mut C, pace: Pace) -> Result<Option<&'t str>, C::Error> {
    charge.steps(pace.steps(block.len()))?;
    Ok((!block.is_empty()).then_some(block))
}

/// The bytes that two texts begin with alike, block by block.
fn common_bytes<C: Charge>(one: &[u8], other: &[u8], charge: &mut C) -> Result<usize, C::Error> {
    let mut common = 0;
    for (one, other) in one.chunks(BLOCK_BYTES).zip(other.chunks(BLOCK_BYTES)) {
        charge.steps(Pace::Copy.steps(one.len().min(other.len())))?;
        let alike = common_of(one, other);
        common += alike;
        if alike < one.len() {
            break;
        }
    }
    Ok(common)
}

/// The bytes that two blocks begin with alike.
fn common_of(one: &[u8], other: &[u8]) -> usize {
    let pairs = one.chunks(COMPARED_BYTES).zip(other.chunks(COMPARED_BYTES));
    let equal = pairs.take_while(|(one, other)| one == other).map(|(one, _)| one.len());
    let equal: usize = equal.sum();
    let one = one.get(equal..).unwrap_or_default().iter();
    let other = other.get(equal..).unwrap_or_default().iter();
    equal + one.zip(other).take_while(|(one, other)| one == other).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::charge::Counted;

    #[test]
    fn blocks_are_all_of_the_text_and_charged() {
        for text in ["", "a", &"aé😀".repeat(5_000), &"x".repeat(4096)] {
            let (mut blocks, mut counted, mut left) = (Vec::new(), Counted::default(), Unread::of(text));
            while let Ok(Some(block)) = left.next(&mut counted, Pace::Decode) {
                blocks.push(block);
            }
            assert_eq!(blocks.concat(), text);
            assert!(blocks.iter().all(|block| block.len() <= BLOCK_BYTES));
            let all = Pace::Decode.steps(text.len());
            assert!(counted.0 <= all && counted.0 + blocks.len() as u64 >= all);
        }
    }

    #[test]
    fn what_two_texts_have_in_common_is_found_at_any_place() {
        let one = "a".repeat(9_000);
        for at in [0, 1, 63, 64, 65, 4_095, 4_096, 8_191, 8_999] {
            let mut other = one.clone();
            other.replace_range(at..=at, "b");
            let common = Unread::of(&one).common_bytes(Unread::of(&other), &mut Counted::default());
            assert_eq!(common, Ok(at));
        }
        let common = Unread::of(&one).common_bytes(Unread::of("aaa"), &mut Counted::default());
        assert_eq!(common, Ok(3));
    }
}
