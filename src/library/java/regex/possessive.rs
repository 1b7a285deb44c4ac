//! Possessive quantifiers, which give nothing back: `a++b`. They are taken where giving back could not make a match, so that the
//! greedy one means the same.

use super::code::Piece;
use super::error::PatternError;
use super::sets::Sets;

/// The most possessive quantifiers of a pattern.
const MAX_POSSESSIVE: usize = 16;
/// The most pieces that are looked at behind one.
const MAX_AHEAD: usize = 16;

/// A possessive quantifier, as a greedy one among the pieces.
#[derive(Debug)]
pub(super) struct Possessive {
    /// The place of its piece.
    pub(super) at: usize,
    /// What is said where it cannot be taken for greedy.
    pub(super) refused: PatternError,
}

/// Refuses a pattern with a possessive quantifier that a greedy one does not stand for.
pub(super) fn check(possessive: Vec<Possessive>, pieces: &[Piece], sets: &Sets) -> Result<(), PatternError> {
    for (count, Possessive { at, refused }) in possessive.into_iter().enumerate() {
        if count == MAX_POSSESSIVE || !is_greedy(pieces, at, sets) {
            return Err(refused);
        }
    }
    Ok(())
}

/// Whether one character of a set is repeated, and what follows begins with none of that set, or ends the pattern.
fn is_greedy(pieces: &[Piece], at: usize, sets: &Sets) -> bool {
    let Some(&Piece::Set(repeated)) = at.checked_sub(1).and_then(|before| pieces.get(before)) else {
        return false;
    };
    let is_repeated = |at: usize| matches!(pieces.get(at + 1), Some(Piece::Repeat { .. }));
    let mut next = at + 1;
    while next <= at + MAX_AHEAD {
        match pieces.get(next) {
            None => return true,
            Some(&Piece::Set(set)) if sets.meet(repeated, set) => return false,
            Some(Piece::Set(_)) => match pieces.get(next + 1) {
                Some(Piece::Repeat { least: 0, .. }) => next += 2,
                _ => return true,
            },
            Some(Piece::Close) if !is_repeated(next) => next += 1,
            Some(Piece::Alternate) => match end_of_group(pieces, next) {
                None => return true,
                Some(close) if !is_repeated(close) => next = close + 1,
                Some(_) => return false,
            },
            Some(Piece::Open(_) | Piece::Close | Piece::Look(_) | Piece::Repeat { .. }) => return false,
        }
    }
    false
}

/// The place of the `)` that ends the group around a place; none outside of groups.
fn end_of_group(pieces: &[Piece], from: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (at, piece) in pieces.iter().enumerate().skip(from) {
        match piece {
            Piece::Open(_) => depth += 1,
            Piece::Close if depth == 0 => return Some(at),
            Piece::Close => depth -= 1,
            Piece::Set(_) | Piece::Look(_) | Piece::Alternate | Piece::Repeat { .. } => {}
        }
    }
    None
}
