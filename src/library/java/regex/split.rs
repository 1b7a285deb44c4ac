//! `String.split`: the pieces between matches, by Java's rules for empty ones.

use std::ops::Range;

use super::Pattern;
use super::error::RegexError;
use super::search::{Meter, Searcher};

/// Units of work for each place where a text is split at one character.
const PIECE_UNITS: usize = 8;

/// What a text is split at.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Separator<'p> {
    /// One character, for which no pattern is needed.
    Character(char),
    /// A pattern's matches.
    Pattern(&'p Pattern),
}

/// The character that a pattern's text stands for, if it stands for just one: `,`, `\.`, `\|`.
pub(crate) fn literal_separator(pattern: &str) -> Option<char> {
    let mut characters = pattern.chars();
    match (characters.next()?, characters.next(), characters.next()) {
        (plain, None, _) if !".$|()[{^?*+\\".contains(plain) => Some(plain),
        ('\\', Some(escaped), None) if !escaped.is_ascii_alphanumeric() => Some(escaped),
        _ => None,
    }
}

/// The pieces as they come; empty ones are held back where those at the end are dropped.
struct Pieces<'e, E> {
    emit: &'e mut dyn FnMut(Range<usize>) -> Result<(), E>,
    /// The most pieces, if there is a limit.
    most: Option<usize>,
    /// Whether empty pieces at the end are dropped.
    drop_empty: bool,
    /// Empty pieces that nothing has followed yet.
    held: usize,
    /// All pieces so far, those held back included.
    count: usize,
}

impl<E> Pieces<'_, E> {
    fn push(&mut self, piece: Range<usize>) -> Result<(), E> {
        self.count += 1;
        if self.drop_empty && piece.is_empty() {
            self.held += 1;
            return Ok(());
        }
        for _ in 0..std::mem::take(&mut self.held) {
            (self.emit)(piece.start..piece.start)?;
        }
        (self.emit)(piece)
    }

    /// Whether there is room for one more piece only, which is then all the rest.
    fn is_last(&self) -> bool {
        self.most.is_some_and(|most| self.count + 1 >= most)
    }
}

/// `String.split(separator, limit)`: gives the pieces' byte ranges to `emit`, in order.
///
/// A positive limit is the most pieces; zero drops empty pieces at the end; a negative one keeps them. An empty match
/// at the start makes no empty first piece. A text without a match is the one piece, even an empty text.
///
/// # Errors
/// When `emit` or the meter refuses, or the search cannot give Java's answer.
pub(crate) fn split<E>(
    separator: Separator<'_>,
    text: &str,
    limit: i64,
    emit: &mut dyn FnMut(Range<usize>) -> Result<(), E>,
    meter: &mut impl Meter<E>,
) -> Result<(), RegexError<E>> {
    let mut pieces = Pieces {
        emit,
        most: usize::try_from(limit).ok().filter(|&most| most > 0),
        drop_empty: limit == 0,
        held: 0,
        count: 0,
    };
    let mut from = 0;
    match separator {
        Separator::Character(character) => {
            meter(text.len()).map_err(RegexError::Refused)?;
            for (at, found) in text.match_indices(character) {
                // Pieces that may be dropped again are charged by nobody else.
                meter(PIECE_UNITS).map_err(RegexError::Refused)?;
                if pieces.is_last() {
                    break;
                }
                pieces.push(from..at).map_err(RegexError::Refused)?;
                from = at + found.len();
            }
        }
        Separator::Pattern(pattern) => {
            let mut searcher = Searcher::new(pattern, text, false);
            while !pieces.is_last() {
                let Some(found) = searcher.find(meter)? else { break };
                if found.end == 0 {
                    continue;
                }
                pieces.push(from..found.start).map_err(RegexError::Refused)?;
                from = found.end;
            }
        }
    }
    if from == 0 {
        return (pieces.emit)(0..text.len()).map_err(RegexError::Refused);
    }
    pieces.push(from..text.len()).map_err(RegexError::Refused)
}
