//! The flags a pattern can set on its way: `(?idmsuxU-idmsuxU)`.

use super::cursor::Cursor;
use super::error::PatternError;

/// The flags in force at a place in a pattern.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one letter of Java's syntax")]
pub(super) struct Flags {
    /// `i`: letters match in both cases; those of ASCII only, without `u`.
    pub(super) ignore_case: bool,
    /// `d`: only a newline ends a line.
    pub(super) unix_lines: bool,
    /// `m`: `^` and `$` match at lines.
    pub(super) multiline: bool,
    /// `s`: the dot matches everything.
    pub(super) dot_all: bool,
    /// `u`: `i` goes by Unicode.
    pub(super) unicode_case: bool,
    /// `x`: white space and comments are skipped.
    pub(super) comments: bool,
    /// `U`: the predefined classes go by Unicode.
    pub(super) unicode_classes: bool,
}

impl Flags {
    /// Reads the letters of an inline group and sets or clears their flags, up to the `:` or `)`.
    pub(super) fn read(mut self, cursor: &mut Cursor<'_>) -> Result<Self, PatternError> {
        let mut value = true;
        loop {
            match cursor.peek() {
                Some(':' | ')') => return Ok(self),
                Some('-') if value => value = false,
                Some('i') => self.ignore_case = value,
                Some('d') => self.unix_lines = value,
                Some('m') => self.multiline = value,
                Some('s') => self.dot_all = value,
                Some('u') => self.unicode_case = value,
                Some('x') => self.comments = value,
                Some('U') => {
                    self.unicode_classes = value;
                    self.unicode_case = value;
                }
                _ => return Err(cursor.syntax("unknown inline modifier")),
            }
            cursor.next();
        }
    }

    /// Whether only the letters of ASCII match in both cases.
    pub(super) fn ignores_ascii_case(self) -> bool {
        self.ignore_case && !self.unicode_case
    }

    /// Whether all letters match in both cases.
    pub(super) fn ignores_unicode_case(self) -> bool {
        self.ignore_case && self.unicode_case
    }
}
