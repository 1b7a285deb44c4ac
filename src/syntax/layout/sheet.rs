//! Takes the tokens of a program in their order, and notes the gaps between them.

use super::super::grammar::Part;
use super::super::unicode_escapes::Unescaped;
use super::item::{Gap, Item, Kind};
use super::trivia::{self, Before, Trivia};
use crate::source::Span;

/// The columns by which what stands in brackets is indented.
pub(super) const INDENT: u8 = 2;
/// The columns by which the lines of an expression behind its first are.
pub(super) const CONTINUED: u8 = 4;

/// A sheet under way.
pub(super) struct Sheet<'s> {
    source: &'s str,
    unescaped: &'s Unescaped<'s>,
    comments: &'s [Span],
    /// Up to where the text has been taken.
    at: usize,
    items: Vec<Item<'s>>,
    /// Whether what is taken stays on one line, as the code inside a text does.
    is_flat: bool,
    /// Whether the text is not what the rules of the grammar said it is.
    is_lost: bool,
}

impl<'s> Sheet<'s> {
    pub(super) fn new(source: &'s str, unescaped: &'s Unescaped<'s>, comments: &'s [Span]) -> Self {
        Self {
            source,
            unescaped,
            comments,
            at: 0,
            items: Vec::new(),
            is_flat: false,
            is_lost: false,
        }
    }

    /// The whole sheet; `None` if a piece of the text was not taken, which no text that parses comes to.
    pub(super) fn finish(self) -> Option<Vec<Item<'s>>> {
        let is_whole = !self.is_lost && self.at == self.unescaped.text.len() && self.comments.is_empty();
        is_whole.then_some(self.items)
    }

    /// What follows the white space and the comments.
    pub(super) fn ahead(&self) -> &'s str {
        let trivia = self.peek();
        self.unescaped.text.get(trivia.end..).unwrap_or("")
    }

    /// Whether a comment stands in front of the next token.
    pub(super) fn is_commented(&self) -> bool {
        !self.peek().comments.is_empty()
    }

    fn peek(&self) -> Trivia<'s> {
        let mut comments = self.comments;
        trivia::read(self.source, self.unescaped, &mut comments, self.at)
    }

    /// What has not been taken yet.
    fn rest(&self) -> &'s str {
        self.unescaped.text.get(self.at..).unwrap_or("")
    }

    /// A gap, with the comments that stand in it.
    pub(super) fn gap(&mut self, kind: Kind) {
        self.spaced(kind, 0, false);
    }

    /// A gap that keeps a blank line.
    pub(super) fn blank_gap(&mut self, kind: Kind) {
        self.spaced(kind, 0, true);
    }

    /// A gap in front of a closing bracket, which ends an indentation.
    pub(super) fn closing_gap(&mut self, kind: Kind) {
        self.spaced(kind, INDENT, true);
    }

    fn spaced(&mut self, kind: Kind, closing: u8, keeps_blank: bool) {
        let trivia = trivia::read(self.source, self.unescaped, &mut self.comments, self.at);
        self.at = trivia.end;
        let kind = if self.is_flat { kind.flat() } else { kind };
        if kind == Kind::Nothing && closing == 0 && trivia.comments.is_empty() {
            return;
        }
        self.items.push(Item::Gap(Gap {
            kind,
            closing,
            keeps_blank,
            blank_behind: trivia.last == Before::Blank,
            comments: trivia.comments,
        }));
    }

    /// The next comma, where it is the last in front of a closing bracket: it stands there where the group is broken. The comments
    /// on both of its sides come behind it.
    pub(super) fn last_comma(&mut self, kind: Kind) {
        if !self.is_flat {
            self.items.push(Item::IfBroken(","));
        }
        let before = trivia::read(self.source, self.unescaped, &mut self.comments, self.at);
        self.at = before.end;
        let has_comma = self.rest().starts_with(',');
        self.at += usize::from(has_comma);
        self.closing_gap(kind);
        let Some(Item::Gap(gap)) = self.items.last_mut() else {
            return;
        };
        let behind = std::mem::replace(&mut gap.comments, before.comments);
        gap.comments.extend(behind);
    }

    /// A token of the language's own, such as a bracket or a word.
    pub(super) fn mark(&mut self, token: &str) {
        self.gap(Kind::Nothing);
        self.is_lost |= !self.rest().starts_with(token);
        self.take(self.at + token.len());
    }

    /// The next token, where it is this one.
    pub(super) fn mark_if(&mut self, token: &str) -> bool {
        let is_next = self.ahead().starts_with(token);
        if is_next {
            self.mark(token);
        }
        is_next
    }

    /// A part that is one token.
    pub(super) fn token(&mut self, part: Part<'_>) {
        self.gap(Kind::Nothing);
        self.is_lost |= self.at != part.span().start as usize;
        self.take(part.span().end as usize);
    }

    /// The text from where it has been taken to, as it stands in the source.
    fn take(&mut self, end: usize) {
        let span = self.unescaped.original_span(Span::new(self.at as u32, end as u32));
        self.items.push(Item::Text(span.of(self.source)));
        self.at = end;
    }

    /// A part as it stands in the source, from where the text has been taken to, with the comments inside it.
    pub(super) fn verbatim(&mut self, part: Part<'_>) {
        self.is_lost |= self.at != part.span().start as usize;
        let end = part.span().end;
        let inside = self.comments.iter().take_while(|comment| comment.start < end).count();
        self.comments = self.comments.get(inside..).unwrap_or(&[]);
        self.take(end as usize);
    }

    /// Whether a part holds a comment or a line break.
    pub(super) fn has_lines(&self, part: Part<'_>) -> bool {
        let next = self.comments.first();
        part.text().contains(['\n', '\r']) || next.is_some_and(|comment| part.span().holds(*comment))
    }

    /// Takes a part on one line.
    pub(super) fn flat(&mut self, take: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.is_flat, true);
        take(self);
        self.is_flat = outer;
    }

    pub(super) fn open(&mut self) {
        self.items.push(Item::Open);
    }

    pub(super) fn close(&mut self) {
        self.items.push(Item::Close);
    }

    pub(super) fn indent(&mut self, columns: u8) {
        self.items.push(Item::Indent(columns));
    }

    pub(super) fn dedent(&mut self, columns: u8) {
        self.items.push(Item::Dedent(columns));
    }

    /// The text of the last token.
    pub(super) fn last_text(&self) -> &'s str {
        match self.items.last() {
            Some(Item::Text(text)) => text,
            _ => "",
        }
    }
}
