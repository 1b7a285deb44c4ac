//! Character classes: `[a-z&&[^aeiou]]`, nested to any depth the limit allows, without recursion.

use std::fmt::Write as _;

use super::cursor::Cursor;
use super::error::PatternError;
use super::escape::{Escape, read_escape};
use super::flags::Flags;

/// How deep groups and classes may nest.
pub(super) const MAX_NESTING: usize = 32;

/// What stands in the operand of `&&` that is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Operand {
    /// Nothing yet; `first` at the very start of the class.
    Empty {
        /// Whether no `&&` came before.
        first: bool,
    },
    /// Characters, ranges, sets, and perhaps classes; `first` as above.
    Items,
    /// Only classes, behind a `&&`.
    Classes,
}

/// Counts what makes the engine's compilation slow or large: sets of many ranges, and folding the case of wide ones.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct WideSets {
    /// The sets of many ranges.
    pub(super) sets: usize,
    /// The characters whose case is folded.
    folded: usize,
}

impl WideSets {
    /// The most sets: each takes the time and the memory of a table of some hundred ranges.
    const MAX_SETS: usize = 12;
    /// The most characters to fold.
    const MAX_FOLDED: usize = 4000;

    /// Counts a set.
    pub(super) fn count_set(&mut self, cursor: &Cursor<'_>) -> Result<(), PatternError> {
        self.sets += 1;
        if self.sets > Self::MAX_SETS {
            return Err(cursor.unsupported("more than 12 large character sets are"));
        }
        Ok(())
    }

    /// What they cost to compile, in sets.
    pub(super) fn weight(self) -> usize {
        self.sets + self.folded / 256
    }

    /// Counts characters to be folded.
    fn count_folded(&mut self, characters: usize, cursor: &Cursor<'_>) -> Result<(), PatternError> {
        self.folded = self.folded.saturating_add(characters);
        if self.folded > Self::MAX_FOLDED {
            return Err(cursor.unsupported("sets that wide without case (`(?iu)`) are"));
        }
        Ok(())
    }
}

/// Whether a predefined set has many ranges or reaches beyond ASCII.
pub(super) fn is_wide(set: &str) -> bool {
    let mut pairs = set.as_bytes().windows(2);
    pairs.any(|pair| matches!(pair, [b'\\', b'p' | b'w' | b's']))
}

/// Reads a class behind its opening bracket and appends it to `out`.
pub(super) fn translate_class(
    cursor: &mut Cursor<'_>,
    flags: Flags,
    wide_sets: &mut WideSets,
    out: &mut String,
) -> Result<(), PatternError> {
    if flags.ignores_unicode_case() {
        out.push_str("(?i:");
    }
    let mut open = Vec::with_capacity(4);
    open_class(cursor, &mut open, out)?;
    while let Some(operand) = open.last_mut() {
        if flags.comments {
            cursor.skip_comments();
        }
        if let Some(quoted) = cursor.next_quoted() {
            note_item(cursor, operand)?;
            push_item(quoted, quoted, flags, out);
            continue;
        }
        match cursor.peek() {
            None => return Err(cursor.syntax("unclosed character class")),
            Some(']') if *operand != (Operand::Empty { first: true }) => {
                cursor.next();
                if matches!(operand, Operand::Empty { .. }) {
                    return Err(cursor.unsupported("empty operands of `&&` are"));
                }
                out.push(']');
                open.pop();
            }
            Some('[') => {
                cursor.next();
                if matches!(operand, Operand::Empty { first: false }) {
                    *operand = Operand::Classes;
                } else if *operand != Operand::Classes {
                    *operand = Operand::Items;
                }
                open_class(cursor, &mut open, out)?;
            }
            Some('&') if cursor.take("&&") => {
                if matches!(operand, Operand::Empty { .. }) || cursor.peek() == Some('&') {
                    return Err(cursor.unsupported("empty operands of `&&` are"));
                }
                *operand = Operand::Empty { first: false };
                out.push_str("&&");
            }
            Some(_) => {
                note_item(cursor, operand)?;
                translate_item(cursor, flags, wide_sets, out)?;
            }
        }
    }
    if flags.ignores_unicode_case() {
        out.push(')');
    }
    Ok(())
}

/// Enters a class, with its negation.
fn open_class(cursor: &mut Cursor<'_>, open: &mut Vec<Operand>, out: &mut String) -> Result<(), PatternError> {
    if open.len() >= MAX_NESTING {
        return Err(cursor.unsupported("classes nested that deep are"));
    }
    out.push('[');
    if cursor.take("^") {
        out.push('^');
    }
    open.push(Operand::Empty { first: true });
    Ok(())
}

/// Takes note of an item that is not a class. Java drops the classes before it behind a `&&`; we refuse the mixture.
fn note_item(cursor: &Cursor<'_>, operand: &mut Operand) -> Result<(), PatternError> {
    if *operand == Operand::Classes {
        return Err(cursor.unsupported("characters after a class in an operand of `&&` are"));
    }
    *operand = Operand::Items;
    Ok(())
}

/// A character, a range or a predefined set.
fn translate_item(
    cursor: &mut Cursor<'_>,
    flags: Flags,
    wide_sets: &mut WideSets,
    out: &mut String,
) -> Result<(), PatternError> {
    let first = match read_member(cursor, flags)? {
        Escape::Character(character) => character,
        Escape::Class(set) => {
            if is_wide(&set) {
                wide_sets.count_set(cursor)?;
            }
            if flags.ignores_unicode_case() {
                let folds_all = is_wide(&set) || set.starts_with("[^");
                wide_sets.count_folded(if folds_all { usize::MAX } else { 128 }, cursor)?;
            }
            out.push_str(&set);
            return Ok(());
        }
    };
    if flags.comments {
        cursor.skip_comments();
    }
    let is_range = cursor.peek() == Some('-') && !cursor.starts_with("-[") && !cursor.starts_with("-]");
    if !is_range {
        push_item(first, first, flags, out);
        return Ok(());
    }
    cursor.next();
    if flags.comments {
        cursor.skip_comments();
    }
    let last = match cursor.next_quoted() {
        Some(quoted) => quoted,
        None => match read_member(cursor, flags)? {
            Escape::Character(character) => character,
            Escape::Class(_) => return Err(cursor.syntax("illegal character range")),
        },
    };
    if last < first {
        return Err(cursor.syntax("illegal character range"));
    }
    if flags.ignores_unicode_case() {
        wide_sets.count_folded((last as usize).abs_diff(first as usize), cursor)?;
    }
    push_item(first, last, flags, out);
    Ok(())
}

/// One character, written or escaped, or an escaped set.
fn read_member(cursor: &mut Cursor<'_>, flags: Flags) -> Result<Escape, PatternError> {
    match cursor.next() {
        Some('\\') => read_escape(cursor, flags),
        Some(character) => Ok(Escape::Character(character)),
        None => Err(cursor.syntax("unclosed character class")),
    }
}

/// Appends a range, and its letters of the other case where ASCII's case does not matter.
fn push_item(first: char, last: char, flags: Flags, out: &mut String) {
    push_range(first, last, out);
    if !flags.ignores_ascii_case() {
        return;
    }
    for (low, high, case) in [
        ('a', 'z', char::to_ascii_uppercase as fn(&char) -> char),
        ('A', 'Z', |letter| letter.to_ascii_lowercase()),
    ] {
        let (low, high) = (first.max(low), last.min(high));
        if low <= high {
            push_range(case(&low), case(&high), out);
        }
    }
}

fn push_range(first: char, last: char, out: &mut String) {
    push_character(first, out);
    if first != last {
        out.push('-');
        push_character(last, out);
    }
}

/// Appends a character so that it means nothing but itself, in a class and outside.
pub(super) fn push_character(character: char, out: &mut String) {
    if character.is_ascii_alphanumeric() {
        out.push(character);
    } else if character.is_ascii() {
        // INVARIANT: writing into a string cannot fail.
        let _ = write!(out, "\\x{:02x}", u32::from(character));
    } else {
        let _ = write!(out, "\\x{{{:x}}}", u32::from(character));
    }
}
