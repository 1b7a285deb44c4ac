//! What `java.lang.String` finds out of a text: positions, whether it is blank, equality without case, lines.

use super::regex::TakePieces;
use super::text::{Position, length, position};
use crate::machine::charge::Charge;
use crate::machine::search::Finder;
use crate::machine::unread::{Pace, Unread};

/// The steps of a character that is compared, and of one beyond ASCII, whose case is looked up.
const CHARACTER_STEPS: u64 = 1;
const WIDE_STEPS: u64 = 4;
/// The steps of what ends a line, or half of it, beside those of the line.
pub(crate) const LINE_END_STEPS: u64 = 2;

/// `String.indexOf`: the position of the first occurrence from a position on, or `None` for Java's -1.
///
/// # Errors
/// When the charge is refused.
pub(crate) fn index_of<C: Charge>(
    text: Unread<'_>,
    part: Unread<'_>,
    from: i64,
    charge: &mut C,
) -> Result<Option<usize>, C::Error> {
    let from = usize::try_from(from).unwrap_or(0);
    let (start, units) = match position(text, from, charge)? {
        Position::Byte(start) => (start, from),
        Position::Within if part.is_empty() => return Ok(Some(from)),
        // No text begins within a pair.
        Position::Within => match position(text, from + 1, charge)? {
            Position::Byte(start) => (start, from + 1),
            Position::Within | Position::Behind => return Ok(None),
        },
        Position::Behind if part.is_empty() => return length(text, charge).map(Some),
        Position::Behind => return Ok(None),
    };
    let rest = text.part(start..text.len());
    if part.is_empty() || part.len() > rest.len() {
        return Ok(part.is_empty().then_some(units));
    }
    match Finder::new(rest, part, charge)?.next(charge)? {
        Some(at) => Ok(Some(units + length(rest.part(0..at), charge)?)),
        None => Ok(None),
    }
}

/// `String.isBlank`: whether all characters are white space to `Character.isWhitespace`.
///
/// # Errors
/// When the charge is refused.
pub(crate) fn is_blank<C: Charge>(mut text: Unread<'_>, charge: &mut C) -> Result<bool, C::Error> {
    while let Some(character) = text.next_character(charge, CHARACTER_STEPS)? {
        if !is_white(character) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// `Character.isWhitespace`: Unicode's spaces but for those that do not break, and some control characters.
const fn is_white(character: char) -> bool {
    matches!(character,
        '\t'..='\r' | '\u{1c}'..=' ' | '\u{1680}' | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200a}' | '\u{2028}' | '\u{2029}'
        | '\u{205f}' | '\u{3000}')
}

/// `String.equalsIgnoreCase`: whether the characters are pairwise the same, in upper case, or in lower case of their upper case.
///
/// # Errors
/// When the charge is refused.
pub(crate) fn equals_ignoring_case<C: Charge>(
    mut left: Unread<'_>,
    mut right: Unread<'_>,
    charge: &mut C,
) -> Result<bool, C::Error> {
    loop {
        let pair = (
            left.next_character(charge, CHARACTER_STEPS)?,
            right.next_character(charge, CHARACTER_STEPS)?,
        );
        match pair {
            (None, None) => return Ok(true),
            (Some(one), Some(other)) if one == other => {}
            (Some(one), Some(other)) if one.is_ascii() && other.is_ascii() => {
                if !one.eq_ignore_ascii_case(&other) {
                    return Ok(false);
                }
            }
            (Some(one), Some(other)) => {
                charge.steps(WIDE_STEPS)?;
                let (one, other) = (upper(one), upper(other));
                if one != other && lower(one) != lower(other) {
                    return Ok(false);
                }
            }
            (Some(_), None) | (None, Some(_)) => return Ok(false),
        }
    }
}

/// The one character that `Character.toUpperCase` gives; what is several characters in upper case has its own.
fn upper(character: char) -> char {
    let mut mapped = character.to_uppercase();
    match (mapped.next(), mapped.next()) {
        (Some(upper), None) => upper,
        // Greek vowels with an iota below, whose capitals have it beside them.
        _ => match character {
            '\u{1f80}'..='\u{1f87}' | '\u{1f90}'..='\u{1f97}' | '\u{1fa0}'..='\u{1fa7}' => {
                char::from_u32(u32::from(character) + 8).unwrap_or(character)
            }
            '\u{1fb3}' | '\u{1fc3}' | '\u{1ff3}' => char::from_u32(u32::from(character) + 9).unwrap_or(character),
            _ => character,
        },
    }
}

/// The one character that `Character.toLowerCase` gives.
fn lower(character: char) -> char {
    // Only U+0130 has several in lower case, of which the first is meant.
    character.to_lowercase().next().unwrap_or(character)
}

/// `String.lines`: the texts between `\n`, `\r` and `\r\n`; nothing behind the last of them makes no line.
///
/// # Errors
/// When `taker` refuses.
pub(crate) fn lines<T: TakePieces>(text: Unread<'_>, taker: &mut T) -> Result<(), T::Error> {
    let (mut rest, mut read, mut from, mut returned) = (text, 0, 0, None);
    while let Some(block) = rest.next(taker, Pace::Look)? {
        for at in memchr::memchr2_iter(b'\n', b'\r', block.as_bytes()) {
            taker.steps(LINE_END_STEPS)?;
            let place = read + at;
            let is_feed = block.as_bytes().get(at) == Some(&b'\n');
            // Not the second half of what ended a line.
            if !is_feed || returned != Some(place) {
                taker.piece(from..place)?;
            }
            from = place + 1;
            if !is_feed {
                returned = Some(from);
            }
        }
        read += block.len();
    }
    match from < text.len() {
        true => taker.piece(from..text.len()),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::lines;
    use crate::library::java::regex::TakePieces;
    use crate::machine::charge::Charge;
    use crate::machine::unread::Unread;
    use std::convert::Infallible;
    use std::ops::Range;

    struct Pieces(Vec<Range<usize>>);

    impl Charge for Pieces {
        type Error = Infallible;

        fn steps(&mut self, _: u64) -> Result<(), Infallible> {
            Ok(())
        }

        fn memory(&mut self, _: u64) -> Result<(), Infallible> {
            Ok(())
        }
    }

    impl TakePieces for Pieces {
        fn piece(&mut self, piece: Range<usize>) -> Result<(), Infallible> {
            self.0.push(piece);
            Ok(())
        }
    }

    #[test]
    fn an_end_of_line_may_stand_in_two_blocks() {
        for before in 4_090..4_100 {
            let text = format!("{}\r\nb", "a".repeat(before));
            let mut pieces = Pieces(Vec::new());
            let Ok(()) = lines(Unread::of(&text), &mut pieces);
            assert_eq!(pieces.0, [0..before, before + 2..before + 3]);
        }
    }
}
