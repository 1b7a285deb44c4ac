//! Places in a source text: byte spans, and the lines and columns people read.

use serde::{Deserialize, Serialize};

/// A half-open range of bytes in a source text.
///
/// Offsets are bytes from the start of the text; sources are at most `u32::MAX` bytes long.
///
/// ```
/// use selvedge::Span;
/// let span = Span::new(7, 8);
/// assert_eq!(span.of("return x;"), "x");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// The first byte of the range.
    pub start: u32,
    /// The byte after the last one of the range.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to, but without, `end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The shortest span that covers both.
    ///
    /// ```
    /// use selvedge::Span;
    /// assert_eq!(Span::new(4, 6).to(Span::new(1, 2)), Span::new(1, 6));
    /// ```
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The number of bytes covered.
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span covers nothing.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The text the span covers; empty where the span does not lie within `source`.
    pub fn of(self, source: &str) -> &str {
        source.get(self.start as usize..self.end as usize).unwrap_or("")
    }
}

/// A line and a column, both counted from 1; columns count characters, not bytes.
///
/// ```
/// use selvedge::{Engine, Position, Schema};
/// let refused = Engine::default().compile("a = 1;\nreturn b;", &Schema::new()).unwrap_err();
/// assert_eq!(refused.position(), Position { line: 2, column: 8 });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The character within the line, from 1.
    pub column: u32,
}

impl Position {
    /// The position of a byte offset in `source`; offsets past the end give the end.
    ///
    /// ```
    /// use selvedge::Position;
    /// assert_eq!(Position::at("a;\nbé;", 5), Position { line: 2, column: 2 });
    /// ```
    pub fn at(source: &str, offset: u32) -> Self {
        let mut end = (offset as usize).min(source.len());
        while !source.is_char_boundary(end) {
            end -= 1;
        }
        let before = source.get(..end).unwrap_or(source);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
        let column = before.get(line_start..).unwrap_or("").chars().count() + 1;
        Self {
            line: line as u32,
            column: column as u32,
        }
    }
}
