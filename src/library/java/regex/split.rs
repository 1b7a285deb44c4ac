//! `String.split`: the pieces between matches, by Java's rules for empty ones.

use std::ops::Range;

use super::budget::Budget;
use super::error::RegexError;
use super::pattern::Pattern;
use super::search::{Scratch, Searcher};

/// The steps of each place where a text is split at one character.
const PIECE_STEPS: u64 = 2;
/// The bytes that are looked at for one character in the time of a step.
const BYTES_PER_STEP: u64 = 4;
/// Bytes that are charged at once, and looked at without a look at the deadline.
const PORTION: usize = 16 * 1024;

/// What a text is split at.
#[derive(Debug)]
pub(crate) enum Separator<'p> {
    /// One character, for which no pattern is needed.
    Character(char),
    /// A pattern's matches.
    Pattern(&'p Pattern, &'p mut Scratch),
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
/// When `emit` or the budget refuses.
pub(crate) fn split<E>(
    separator: Separator<'_>,
    text: &str,
    limit: i64,
    emit: &mut dyn FnMut(Range<usize>) -> Result<(), E>,
    budget: &mut impl Budget<Error = E>,
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
            from = split_at_character(character, text, &mut pieces, budget)?;
        }
        Separator::Pattern(pattern, scratch) => {
            let mut searcher = Searcher::new(pattern, scratch, text, false);
            while !pieces.is_last() {
                let Some(found) = searcher.find(budget).map_err(RegexError::Refused)? else {
                    break;
                };
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

/// Pushes the pieces before each place of a character, and gives where the last one starts.
fn split_at_character<E>(
    character: char,
    text: &str,
    pieces: &mut Pieces<'_, E>,
    budget: &mut impl Budget<Error = E>,
) -> Result<usize, RegexError<E>> {
    let (mut portion, mut from) = (0, 0);
    while portion < text.len() {
        let mut end = (portion + PORTION).min(text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        let steps = (end - portion) as u64 / BYTES_PER_STEP;
        budget.steps(steps).map_err(RegexError::Refused)?;
        for (at, found) in text.get(portion..end).unwrap_or("").match_indices(character) {
            // Pieces that may be dropped again are charged by nobody else.
            budget.steps(PIECE_STEPS).map_err(RegexError::Refused)?;
            if pieces.is_last() {
                return Ok(from);
            }
            pieces.push(from..portion + at).map_err(RegexError::Refused)?;
            from = portion + at + found.len();
        }
        portion = end;
    }
    Ok(from)
}
