//! Tokens as a tree.

use super::rule::Rule;
use super::token::Token;
use crate::source::Span;

/// A part of a program, as its rule matched it, with the parts inside.
#[derive(Clone, Copy, Debug)]
pub(in crate::syntax) struct Part<'s> {
    source: &'s str,
    tokens: &'s [Token],
    token: Token,
    index: usize,
}

/// The parts inside a part, in order.
#[derive(Clone, Debug)]
pub(in crate::syntax) struct Parts<'s> {
    source: &'s str,
    tokens: &'s [Token],
    next: usize,
    end: usize,
}

impl<'s> Part<'s> {
    /// The whole program.
    pub(in crate::syntax) fn whole(source: &'s str, tokens: &'s [Token]) -> Option<Self> {
        Parts {
            source,
            tokens,
            next: 0,
            end: 1,
        }
        .next()
    }

    pub(in crate::syntax) fn rule(self) -> Rule {
        self.token.rule
    }

    pub(in crate::syntax) fn span(self) -> Span {
        Span::new(self.token.start, self.token.end)
    }

    pub(in crate::syntax) fn text(self) -> &'s str {
        self.span().of(self.source)
    }

    /// The text that the part stands in.
    pub(in crate::syntax) fn source(self) -> &'s str {
        self.source
    }

    /// The number of parts inside, however deep.
    pub(in crate::syntax) fn inside_count(self) -> usize {
        (self.token.next as usize).saturating_sub(self.index + 1)
    }

    pub(in crate::syntax) fn inside(self) -> Parts<'s> {
        Parts {
            source: self.source,
            tokens: self.tokens,
            next: self.index + 1,
            end: self.token.next as usize,
        }
    }
}

impl<'s> Iterator for Parts<'s> {
    type Item = Part<'s>;

    #[inline]
    fn next(&mut self) -> Option<Part<'s>> {
        if self.next >= self.end {
            return None;
        }
        let token = *self.tokens.get(self.next)?;
        let index = self.next;
        self.next = token.next as usize;
        Some(Part {
            source: self.source,
            tokens: self.tokens,
            token,
            index,
        })
    }
}
