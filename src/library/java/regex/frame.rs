//! The book-keeping of a group that is being translated.

use super::extent::Extent;
use super::flags::Flags;

/// An open group, or the pattern itself.
pub(super) struct Frame {
    /// The flags outside, to be restored.
    pub(super) outer: Flags,
    /// What the alternatives before this one take.
    pub(super) alternatives: Option<Extent>,
    /// What this alternative takes so far.
    pub(super) sequence: Extent,
    /// Whether this alternative ends in `$`.
    pub(super) ended: bool,
    /// Whether an alternative before it did.
    pub(super) any_ended: bool,
    /// Whether it holds a `\R`.
    pub(super) line_breaks: bool,
}

impl Frame {
    pub(super) fn new(outer: Flags) -> Self {
        Self {
            outer,
            alternatives: None,
            sequence: Extent::EMPTY,
            ended: false,
            any_ended: false,
            line_breaks: false,
        }
    }

    /// Ends an alternative.
    pub(super) fn alternate(&mut self) {
        let sequence = std::mem::replace(&mut self.sequence, Extent::EMPTY);
        self.alternatives = Some(match self.alternatives {
            Some(before) => before.or(sequence),
            None => sequence,
        });
        self.any_ended |= self.ended;
        self.ended = false;
    }
}

/// What an item adds to its sequence.
#[derive(Clone, Copy)]
pub(super) struct Item {
    pub(super) extent: Extent,
    /// Whether it holds a `$`.
    pub(super) ends: bool,
    /// Whether it holds a `\R`.
    pub(super) line_breaks: bool,
}

impl Item {
    /// Something that takes no text.
    pub(super) const ANCHOR: Self = Self {
        extent: Extent::EMPTY,
        ends: false,
        line_breaks: false,
    };
    /// Something that takes one character.
    pub(super) const CHARACTER: Self = Self {
        extent: Extent::CHARACTER,
        ends: false,
        line_breaks: false,
    };
}
