//! What a sheet is made of.

use super::trivia::Comment;

/// A piece of a sheet.
#[derive(Debug)]
pub(super) enum Item<'s> {
    Text(&'s str),
    /// A text that is there where the group around it is broken.
    IfBroken(&'static str),
    Gap(Gap<'s>),
    /// A group begins, which is broken as a whole or stands on one line.
    Open,
    Close,
    /// Lines from here on are indented by so many columns more.
    Indent(u8),
    Dedent(u8),
}

/// What stands between two texts.
#[derive(Debug)]
pub(super) struct Gap<'s> {
    pub(super) kind: Kind,
    /// How many columns the line after it is indented less than its comments.
    pub(super) closing: u8,
    /// Whether a blank line of the source is kept.
    pub(super) keeps_blank: bool,
    pub(super) comments: Vec<Comment<'s>>,
    /// Whether a blank line stands in front of the text behind.
    pub(super) blank_behind: bool,
}

/// What a gap is without comments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Nothing,
    /// A space; a comment to the end of its line indents what follows.
    Space,
    /// A space; a comment to the end of its line does not indent what follows.
    Joint,
    /// Nothing, or a line break where the group is broken.
    Soft,
    /// A space, or a line break where the group is broken.
    Line,
    /// A space, or a line break where the group is broken and what follows up to the next gap does not fit.
    Fill,
    /// A line break.
    Hard,
}

impl Kind {
    /// Whether it may be a line break.
    pub(super) const fn may_break(self) -> bool {
        matches!(self, Self::Soft | Self::Line | Self::Fill | Self::Hard)
    }

    /// As it is on one line.
    pub(super) const fn flat(self) -> Self {
        match self {
            Self::Nothing | Self::Soft => Self::Nothing,
            Self::Space | Self::Joint | Self::Line | Self::Fill | Self::Hard => Self::Space,
        }
    }
}

impl Gap<'_> {
    /// Whether its comments ask for a line break, which breaks the groups around.
    pub(super) fn is_forced(&self) -> bool {
        self.comments.iter().any(Comment::breaks)
    }
}
