//! Assertions, and what they ask of the characters before and behind a position.

/// What a character is to assertions, or that there is none: a set of the constants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Kinds(u16);

impl Kinds {
    /// Before the position is the text's start.
    pub(super) const START: Self = Self(1);
    /// Behind the position is the text's end.
    pub(super) const END: Self = Self(1 << 1);
    /// A newline.
    pub(super) const NEWLINE: Self = Self(1 << 2);
    /// A carriage return.
    pub(super) const RETURN: Self = Self(1 << 3);
    /// Another of Java's line terminators: U+0085, U+2028, U+2029.
    pub(super) const SEPARATOR: Self = Self(1 << 4);
    /// A letter, digit or underscore of ASCII, or a mark on a letter or digit.
    pub(super) const WORD: Self = Self(1 << 5);
    /// Unicode's `\w`.
    pub(super) const UNICODE_WORD: Self = Self(1 << 6);
    /// The first character of the line terminator that ends the text.
    pub(super) const FINAL: Self = Self(1 << 7);
    /// The newline that ends the text.
    pub(super) const FINAL_NEWLINE: Self = Self(1 << 8);

    /// Both together.
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those that are in `mask` too.
    pub(super) const fn within(self, mask: Self) -> Self {
        Self(self.0 & mask.0)
    }

    /// Whether it has any of these.
    pub(super) const fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }

    /// How many sets there are of those in it.
    pub(super) const fn combinations(self) -> u64 {
        1 << self.0.count_ones()
    }

    /// What a line terminator or another character is, words not told.
    pub(super) const fn of_line(character: u32) -> Self {
        match character {
            0x0A => Self::NEWLINE,
            0x0D => Self::RETURN,
            0x85 | 0x2028 | 0x2029 => Self::SEPARATOR,
            _ => Self(0),
        }
    }
}

/// An assertion. `unix` is the flag `d`: only a newline ends a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// `\A`, and `^` without `m`.
    TextStart,
    /// `\z`
    TextEnd,
    /// `\Z`, and `$` without `m`: at the end, or before the line terminator that ends the text.
    LastLineEnd { unix: bool },
    /// `^` with `m`: never at the end of the text, as in Java.
    LineStart { unix: bool },
    /// `$` with `m`
    LineEnd { unix: bool },
    /// `\b` and, negated, `\B`.
    Word { unicode: bool, negated: bool },
}

impl Look {
    /// Whether it holds between what is before and what is behind.
    pub(super) const fn holds(self, before: Kinds, behind: Kinds) -> bool {
        match self {
            Self::TextStart => before.any(Kinds::START),
            Self::TextEnd => behind.any(Kinds::END),
            Self::LastLineEnd { unix: true } => behind.any(Kinds::END.and(Kinds::FINAL_NEWLINE)),
            Self::LastLineEnd { unix: false } => behind.any(Kinds::END.and(Kinds::FINAL)),
            Self::LineStart { unix: true } => before.any(Kinds::START.and(Kinds::NEWLINE)) && !behind.any(Kinds::END),
            Self::LineStart { unix: false } => {
                let new = before.any(Kinds::START.and(Kinds::NEWLINE).and(Kinds::SEPARATOR));
                let returned = before.any(Kinds::RETURN) && !behind.any(Kinds::NEWLINE);
                (new || returned) && !behind.any(Kinds::END)
            }
            Self::LineEnd { unix: true } => behind.any(Kinds::END.and(Kinds::NEWLINE)),
            Self::LineEnd { unix: false } => {
                behind.any(Kinds::END.and(Kinds::RETURN).and(Kinds::SEPARATOR))
                    || behind.any(Kinds::NEWLINE) && !before.any(Kinds::RETURN)
            }
            Self::Word { unicode, negated } => {
                let word = if unicode { Kinds::UNICODE_WORD } else { Kinds::WORD };
                (before.any(word) != behind.any(word)) != negated
            }
        }
    }

    /// What it asks of the character before.
    pub(super) const fn reads_before(self) -> Kinds {
        match self {
            Self::TextStart => Kinds::START,
            Self::TextEnd | Self::LastLineEnd { .. } | Self::LineEnd { unix: true } => Kinds(0),
            Self::LineStart { unix: true } => Kinds::START.and(Kinds::NEWLINE),
            Self::LineStart { unix: false } => Kinds::START
                .and(Kinds::NEWLINE)
                .and(Kinds::SEPARATOR)
                .and(Kinds::RETURN),
            Self::LineEnd { unix: false } => Kinds::RETURN,
            Self::Word { unicode: true, .. } => Kinds::UNICODE_WORD,
            Self::Word { unicode: false, .. } => Kinds::WORD,
        }
    }

    /// Whether it reads a set of many ranges.
    pub(super) const fn is_wide(self) -> bool {
        match self {
            Self::Word { unicode, .. } => unicode,
            Self::TextStart
            | Self::TextEnd
            | Self::LastLineEnd { .. }
            | Self::LineStart { .. }
            | Self::LineEnd { .. } => false,
        }
    }

    /// Whether it tells line terminators apart.
    pub(super) const fn reads_lines(self) -> bool {
        match self {
            Self::LastLineEnd { .. } | Self::LineStart { .. } | Self::LineEnd { .. } => true,
            Self::TextStart | Self::TextEnd | Self::Word { .. } => false,
        }
    }
}
