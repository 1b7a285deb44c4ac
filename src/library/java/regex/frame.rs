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
    /// The number of the group, where it captures.
    pub(super) capture: Option<u8>,
    /// How deep loops that are watched for taking nothing nest in it.
    pub(super) watched_depth: usize,
    /// Whether it holds a `\R`.
    pub(super) line_breaks: bool,
}

impl Frame {
    pub(super) fn new(outer: Flags, capture: Option<u8>) -> Self {
        Self {
            outer,
            alternatives: None,
            sequence: Extent::EMPTY,
            capture,
            watched_depth: 0,
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
    }
}

/// What an item adds to its sequence.
#[derive(Clone, Copy)]
pub(super) struct Item {
    pub(super) extent: Extent,
    /// How deep loops that are watched for taking nothing nest in it.
    pub(super) watched_depth: usize,
    /// Whether it holds a `\R`.
    pub(super) line_breaks: bool,
}

impl Item {
    /// Something that takes no text.
    pub(super) const ANCHOR: Self = Self {
        extent: Extent::ANCHOR,
        watched_depth: 0,
        line_breaks: false,
    };
    /// Something that takes one character.
    pub(super) const CHARACTER: Self = Self {
        extent: Extent::CHARACTER,
        watched_depth: 0,
        line_breaks: false,
    };
}
