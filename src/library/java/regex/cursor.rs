//! Walks over a pattern's characters, and says where a fault is.

use super::error::PatternError;
use crate::diagnostic::quote;

/// A position in a pattern.
pub(super) struct Cursor<'p> {
    pattern: &'p str,
    rest: &'p str,
    /// Within `\Q…\E`.
    quoting: bool,
}

impl<'p> Cursor<'p> {
    pub(super) fn new(pattern: &'p str) -> Self {
        Self {
            pattern,
            rest: pattern,
            quoting: false,
        }
    }

    /// The byte offset.
    fn at(&self) -> usize {
        self.pattern.len() - self.rest.len()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    pub(super) fn starts_with(&self, text: &str) -> bool {
        self.rest.starts_with(text)
    }

    /// Takes the next character.
    pub(super) fn next(&mut self) -> Option<char> {
        let mut characters = self.rest.chars();
        let next = characters.next();
        self.rest = characters.as_str();
        next
    }

    /// Gives back the character that was just taken.
    pub(super) fn back(&mut self, taken: char) {
        let at = self.at().saturating_sub(taken.len_utf8());
        self.rest = self.pattern.get(at..).unwrap_or(self.rest);
    }

    /// Takes `text` if it is next.
    pub(super) fn take(&mut self, text: &str) -> bool {
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Takes the characters of a class, at most `most`.
    pub(super) fn take_while(&mut self, most: usize, class: impl Fn(char) -> bool) -> &'p str {
        let end = self
            .rest
            .char_indices()
            .enumerate()
            .find(|&(count, (_, character))| count == most || !class(character))
            .map_or(self.rest.len(), |(_, (offset, _))| offset);
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    /// The next character of a quotation `\Q…\E`, entering and leaving quotations on the way.
    pub(super) fn next_quoted(&mut self) -> Option<char> {
        loop {
            if self.quoting {
                // A quotation that is not closed goes to the end.
                let quoted = self.next();
                // What follows the last character, such as a quantifier, is behind the quotation.
                self.quoting = !self.take("\\E");
                return quoted;
            }
            if !self.take("\\Q") {
                return None;
            }
            self.quoting = !self.take("\\E");
        }
    }

    /// Whether the next character is part of a quotation.
    pub(super) fn is_quoting(&self) -> bool {
        self.quoting
    }

    /// Skips what the flag `x` makes invisible: white space, and comments to the end of their line.
    pub(super) fn skip_comments(&mut self) {
        while !self.quoting {
            self.take_while(usize::MAX, is_white_space);
            if !self.take("#") {
                return;
            }
            self.take_while(usize::MAX, |character| {
                !matches!(character, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
            });
        }
    }

    /// A fault that Java sees too.
    pub(super) fn syntax(&self, what: &'static str) -> PatternError {
        PatternError::Syntax {
            what,
            at: self.at(),
            pattern: quote(self.pattern),
        }
    }

    /// Something Java has and we refuse.
    pub(super) fn unsupported(&self, what: &'static str) -> PatternError {
        PatternError::Unsupported {
            what,
            at: self.at(),
            pattern: quote(self.pattern),
        }
    }
}

/// Java's `\s`.
fn is_white_space(character: char) -> bool {
    matches!(character, ' ' | '\t'..='\r')
}
