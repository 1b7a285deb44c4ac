//! What the recogniser's rules read and write: the text, the tokens so far, and how far a failing text was understood.

use super::rule::Rule;
use super::token::Token;
use crate::source::Span;
use crate::work::{Work, count, is_stopped};

/// A text under way. A rule takes a place in it and gives the place after what it matched.
pub(super) struct Input<'s> {
    source: &'s str,
    bytes: &'s [u8],
    pub(super) tokens: Vec<Token>,
    /// The comments so far, where they are asked for.
    pub(super) comments: Option<Vec<Span>>,
    /// The furthest place where a rule failed, or matched where it must not; kept by the traced recogniser alone.
    pub(super) furthest: usize,
    atomic: bool,
    negative: bool,
}

impl<'s> Input<'s> {
    /// A text, and an empty buffer for its tokens.
    pub(super) fn new(source: &'s str, mut tokens: Vec<Token>) -> Self {
        // A token for each three bytes is more than most sources have.
        tokens.reserve(source.len() / 3 + 8);
        Self {
            source,
            bytes: source.as_bytes(),
            tokens,
            comments: None,
            furthest: 0,
            atomic: false,
            negative: false,
        }
    }

    /// The byte at a place; none at the end.
    #[inline(always)]
    pub(super) fn peek(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    /// One byte, which is a whole character.
    #[inline(always)]
    pub(super) fn byte(&self, at: usize, byte: u8) -> Option<usize> {
        (self.peek(at) == Some(byte)).then_some(at + 1)
    }

    #[inline(always)]
    pub(super) fn text(&self, at: usize, text: &str) -> Option<usize> {
        let end = at + text.len();
        (self.bytes.get(at..end) == Some(text.as_bytes())).then_some(end)
    }

    /// Any one character that a test holds for.
    #[inline]
    pub(super) fn character(&self, at: usize, holds: fn(char) -> bool) -> Option<usize> {
        let character = self.source.get(at..)?.chars().next()?;
        holds(character).then_some(at + character.len_utf8())
    }

    /// Any one character.
    #[inline(always)]
    pub(super) fn any(&self, at: usize) -> Option<usize> {
        self.peek(at)
            .map(|byte| at + 1 + usize::from(byte >= 0xC0) + usize::from(byte >= 0xE0) + usize::from(byte >= 0xF0))
    }

    #[inline(always)]
    pub(super) fn end(&self, at: usize) -> Option<usize> {
        (at == self.bytes.len()).then_some(at)
    }

    /// A rule that leaves a token. Where the host stops the compilation nothing matches, so that the parse ends.
    #[inline(always)]
    pub(super) fn rule(
        &mut self,
        rule: Rule,
        at: usize,
        body: impl FnOnce(&mut Self, usize) -> Option<usize>,
    ) -> Option<usize> {
        count(Work::Parsed, 1);
        if is_stopped() {
            return None;
        }
        let index = self.tokens.len();
        let place = at as u32;
        self.tokens.push(Token {
            rule,
            start: place,
            end: place,
            next: 0,
        });
        match body(self, at) {
            Some(end) => {
                let next = self.tokens.len() as u32;
                if let Some(token) = self.tokens.get_mut(index) {
                    (token.end, token.next) = (end as u32, next);
                }
                Some(end)
            }
            None => {
                self.tokens.truncate(index);
                None
            }
        }
    }

    /// A comment. One that is read again, after an alternative was given up, is kept once.
    pub(super) fn comment(&mut self, at: usize, body: impl FnOnce(&mut Self, usize) -> Option<usize>) -> Option<usize> {
        count(Work::Parsed, 1);
        let end = body(self, at)?;
        if let Some(comments) = &mut self.comments
            && comments.last().is_none_or(|last| last.end as usize <= at)
        {
            comments.push(Span::new(at as u32, end as u32));
        }
        Some(end)
    }

    /// A rule that would leave a token, in the traced recogniser.
    pub(super) fn traced(&mut self, at: usize, body: impl FnOnce(&mut Self, usize) -> Option<usize>) -> Option<usize> {
        count(Work::Parsed, 1);
        if is_stopped() {
            return None;
        }
        let end = body(self, at);
        if !self.atomic && end.is_some() == self.negative {
            self.furthest = self.furthest.max(at);
        }
        end
    }

    /// What holds no rules of interest, such as the inside of a name.
    pub(super) fn atomic(&mut self, at: usize, body: impl FnOnce(&mut Self, usize) -> Option<usize>) -> Option<usize> {
        let outer = std::mem::replace(&mut self.atomic, true);
        let end = body(self, at);
        self.atomic = outer;
        end
    }

    /// A look ahead, in the traced recogniser: whether what follows is, or is not, so.
    pub(super) fn lookahead(
        &mut self,
        at: usize,
        wanted: bool,
        body: impl FnOnce(&mut Self, usize) -> Option<usize>,
    ) -> Option<usize> {
        let outer = self.negative;
        self.negative ^= !wanted;
        let found = body(self, at).is_some();
        self.negative = outer;
        (found == wanted).then_some(at)
    }
}
