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

    /// Whether another span lies within.
    pub(crate) const fn holds(self, inner: Self) -> bool {
        self.start <= inner.start && inner.end <= self.end
    }

    /// The number of bytes covered.
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span covers nothing.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The text of the span; empty if the span is not within `source`.
    pub fn of(self, source: &str) -> &str {
        source.get(self.range()).unwrap_or("")
    }

    pub(crate) const fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A line and a column, both counted from 1; columns count characters, not bytes. A line ends with a line feed, a carriage return, or
/// both.
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
    /// The position of a byte offset in `source`; the end for offsets past it.
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
        let breaks = line_starts(source).take_while(|start| *start <= end);
        let (line, line_start) = breaks.fold((1, 0), |(line, _): (usize, usize), start| (line + 1, start));
        let column = characters(before.as_bytes().get(line_start..).unwrap_or_default()) + 1;
        Self {
            line: line as u32,
            column: column as u32,
        }
    }
}

/// An index of the lines and characters of a text, which turns offsets into positions and back.
///
/// ```
/// use selvedge::{LineIndex, Position};
/// let index = LineIndex::new("a;\nbé;");
/// assert_eq!(index.position(5), Position { line: 2, column: 2 });
/// assert_eq!(index.offset(Position { line: 2, column: 3 }), 6);
/// assert_eq!(index.line(2), "bé;");
/// ```
#[derive(Clone, Debug)]
pub struct LineIndex<'t> {
    text: &'t str,
    /// The first byte of each line.
    lines: Vec<u32>,
    /// How many characters begin before each block of bytes.
    blocks: Vec<u32>,
}

impl<'t> LineIndex<'t> {
    /// Bytes of a block, which is what a look-up reads at most.
    const BLOCK: usize = 128;

    /// Reads a text once. What lies beyond `u32::MAX` bytes has no place of its own.
    pub fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let breaks = line_starts(text).map(|start| start as u32);
        let mut blocks = Vec::with_capacity(bytes.len() / Self::BLOCK + 1);
        let mut before = 0;
        for block in bytes.chunks(Self::BLOCK) {
            blocks.push(before);
            before += characters(block) as u32;
        }
        Self {
            text,
            lines: std::iter::once(0).chain(breaks).collect(),
            blocks,
        }
    }

    /// Returns the text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Returns the position of a byte; of the end for one beyond it. Takes time in proportion to the logarithm of the lines.
    pub fn position(&self, offset: u32) -> Position {
        let mut end = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let line = self.lines.partition_point(|start| *start as usize <= end).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or_default();
        Position {
            line: line as u32,
            column: (self.characters_before(end) - self.characters_before(start as usize)) as u32 + 1,
        }
    }

    /// Returns the byte at a position; the end of the text for one beyond it. A column beyond its line is one of the next.
    pub fn offset(&self, position: Position) -> u32 {
        let end = self.text.len() as u32;
        let Some(&start) = self.lines.get(position.line.saturating_sub(1) as usize) else {
            return end;
        };
        let wanted = self.characters_before(start as usize) + position.column.saturating_sub(1) as usize;
        let block = self.blocks.partition_point(|before| *before as usize <= wanted).max(1) - 1;
        let first = block * Self::BLOCK;
        let mut left = wanted - self.blocks.get(block).map_or(0, |before| *before as usize);
        let bytes = self.text.as_bytes().get(first..).unwrap_or_default();
        for (at, _) in bytes.iter().enumerate().filter(|(_, byte)| begins(**byte)) {
            match left.checked_sub(1) {
                Some(less) => left = less,
                None => return (first + at) as u32,
            }
        }
        end
    }

    /// Returns a line, counted from 1, without its line break; nothing for one beyond the last.
    pub fn line(&self, line: u32) -> &'t str {
        let Some(&start) = self.lines.get(line.saturating_sub(1) as usize) else {
            return "";
        };
        let end = self
            .lines
            .get(line as usize)
            .map_or(self.text.len(), |next| *next as usize - 1);
        let line = self.text.get(start as usize..end).unwrap_or("");
        line.strip_suffix('\r').unwrap_or(line)
    }

    /// How many characters begin before a byte.
    fn characters_before(&self, end: usize) -> usize {
        let block = end / Self::BLOCK;
        match self.blocks.get(block) {
            Some(before) => {
                let part = self.text.as_bytes().get(block * Self::BLOCK..end).unwrap_or_default();
                *before as usize + characters(part)
            }
            // The end of a text that fills its last block.
            None => {
                let last = self.blocks.len().saturating_sub(1);
                let part = self.text.as_bytes().get(last * Self::BLOCK..).unwrap_or_default();
                self.blocks.last().map_or(0, |before| *before as usize) + characters(part)
            }
        }
    }
}

/// Where lines begin behind others: a line ends with a line feed, a carriage return, or both.
fn line_starts(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let breaks = memchr::memchr2_iter(b'\n', b'\r', bytes);
    breaks
        .filter(|&at| bytes.get(at) == Some(&b'\n') || bytes.get(at + 1) != Some(&b'\n'))
        .map(|at| at + 1)
}

/// Whether a character begins with this byte.
const fn begins(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| begins(**byte)).count()
}

#[cfg(test)]
mod tests {
    use super::{LineIndex, Position};

    #[test]
    fn an_index_gives_what_counting_from_the_start_does() {
        let texts = [
            "",
            "a",
            "\n",
            "a\r\nb\n\nfür 😀\n",
            "a\rb\r\rc\n\r\r\nd\r",
            &"x😀\n".repeat(200),
            &"é".repeat(128),
            &"ab".repeat(64),
        ];
        for text in texts {
            let index = LineIndex::new(text);
            for offset in 0..=text.len() as u32 + 2 {
                let position = Position::at(text, offset);
                assert_eq!(index.position(offset), position, "{text:?} at {offset}");
                if text.is_char_boundary(offset as usize) {
                    assert_eq!(index.offset(position), offset, "{text:?} at {position:?}");
                }
                let plain = text.replace("\r\n", "\n").replace('\r', "\n");
                let line = plain.lines().nth(position.line as usize - 1).unwrap_or("");
                assert_eq!(index.line(position.line), line, "{text:?} at {offset}");
            }
        }
    }
}
