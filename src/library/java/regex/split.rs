//! `String.split`: the pieces between matches, by Java's rules for empty ones.

use std::ops::Range;

use memchr::memmem::Finder;

use super::pattern::Pattern;
use super::search::{Scratch, Searcher};
use crate::machine::charge::Charge;
use crate::machine::unread::{Pace, Unread};

/// The steps of each place where a text is split at one character.
const PIECE_STEPS: u64 = 2;

/// What a text is split at.
#[derive(Debug)]
pub(crate) enum Separator<'p> {
    /// One character, for which no pattern is needed.
    Character(char),
    /// A pattern's matches.
    Pattern(&'p Pattern, &'p mut Scratch),
}

/// The most bytes of a pattern that stands for one character.
pub(crate) const MAX_LITERAL_BYTES: usize = 5;

/// The character that a pattern's text stands for, if it stands for just one: `,`, `\.`, `\|`.
pub(crate) fn literal_separator(pattern: &str) -> Option<char> {
    let mut characters = pattern.chars();
    match (characters.next()?, characters.next(), characters.next()) {
        (plain, None, _) if !".$|()[{^?*+\\".contains(plain) => Some(plain),
        ('\\', Some(escaped), None) if !escaped.is_ascii_alphanumeric() => Some(escaped),
        _ => None,
    }
}

/// Takes the pieces of a text, in order, and what finding them costs.
pub(crate) trait TakePieces: Charge {
    /// Takes the byte range of a piece.
    ///
    /// # Errors
    /// When it is refused.
    fn piece(&mut self, piece: Range<usize>) -> Result<(), Self::Error>;
}

/// The pieces as they come; empty ones are held back where those at the end are dropped.
struct Pieces<'e, T> {
    taker: &'e mut T,
    /// The most pieces, if there is a limit.
    most: Option<usize>,
    /// Whether empty pieces at the end are dropped.
    drop_empty: bool,
    /// Empty pieces that nothing has followed yet.
    held: usize,
    /// All pieces so far, those held back included.
    count: usize,
}

impl<T: TakePieces> Pieces<'_, T> {
    fn push(&mut self, piece: Range<usize>) -> Result<(), T::Error> {
        self.count += 1;
        if self.drop_empty && piece.is_empty() {
            self.held += 1;
            return Ok(());
        }
        for _ in 0..std::mem::take(&mut self.held) {
            self.taker.piece(piece.start..piece.start)?;
        }
        self.taker.piece(piece)
    }

    /// Whether there is room for one more piece only, which is then all the rest.
    fn is_last(&self) -> bool {
        self.most.is_some_and(|most| self.count + 1 >= most)
    }
}

/// `String.split(separator, limit)`: gives the pieces' byte ranges to `taker`, in order.
///
/// A positive limit is the most pieces; zero drops empty pieces at the end; a negative one keeps them. An empty match
/// at the start makes no empty first piece. A text without a match is the one piece, even an empty text.
///
/// # Errors
/// When `taker` refuses.
pub(crate) fn split<T: TakePieces>(
    separator: Separator<'_>,
    text: Unread<'_>,
    limit: i64,
    taker: &mut T,
) -> Result<(), T::Error> {
    let mut pieces = Pieces {
        taker,
        most: usize::try_from(limit).ok().filter(|&most| most > 0),
        drop_empty: limit == 0,
        held: 0,
        count: 0,
    };
    let mut from = 0;
    match separator {
        Separator::Character(character) => {
            from = split_at_character(character, text, &mut pieces)?;
        }
        Separator::Pattern(pattern, scratch) => {
            let mut searcher = Searcher::new(pattern, scratch, text, false);
            while !pieces.is_last() {
                let Some(found) = searcher.find(pieces.taker)? else {
                    break;
                };
                if found.end == 0 {
                    continue;
                }
                pieces.push(from..found.start)?;
                from = found.end;
            }
        }
    }
    if from == 0 {
        return pieces.taker.piece(0..text.len());
    }
    pieces.push(from..text.len())
}

/// Pushes the pieces before each place of a character, and gives where the last one starts.
fn split_at_character<T: TakePieces>(
    character: char,
    text: Unread<'_>,
    pieces: &mut Pieces<'_, T>,
) -> Result<usize, T::Error> {
    let (mut portion, mut from) = (0, 0);
    let mut rest = text;
    let mut encoded = [0; 4];
    let finder = Finder::new(character.encode_utf8(&mut encoded));
    while let Some(block) = rest.next(pieces.taker, Pace::Decode)? {
        for at in finder.find_iter(block.as_bytes()) {
            // Pieces that may be dropped again are charged by nobody else.
            pieces.taker.steps(PIECE_STEPS)?;
            if pieces.is_last() {
                return Ok(from);
            }
            pieces.push(from..portion + at)?;
            from = portion + at + character.len_utf8();
        }
        portion += block.len();
    }
    Ok(from)
}
