//! Places in a text as Python counts them: in characters, where the crate counts bytes.

use selvedge::{LineIndex, Position, Span};

/// Bytes of a block, at whose starts the characters before are known.
const BLOCK: usize = 128;

/// A text whose places are asked for.
pub(crate) struct Places<'t> {
    lines: LineIndex<'t>,
    /// How many characters begin before each block.
    blocks: Vec<usize>,
}

impl<'t> Places<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let mut before = 0;
        let blocks = text.as_bytes().chunks(BLOCK).map(|block| {
            let start = before;
            before += characters(block);
            start
        });
        Self {
            blocks: blocks.collect(),
            lines: LineIndex::new(text),
        }
    }

    /// The line and column, both from 1.
    pub(crate) fn position(&self, offset: u32) -> Position {
        self.lines.position(offset)
    }

    /// The characters before both ends of a span.
    pub(crate) fn characters(&self, span: Span) -> (usize, usize) {
        (self.before(span.start as usize), self.before(span.end as usize))
    }

    fn before(&self, offset: usize) -> usize {
        let bytes = self.lines.text().as_bytes();
        let offset = offset.min(bytes.len());
        let first = (offset / BLOCK).min(self.blocks.len().saturating_sub(1));
        let known = self.blocks.get(first).copied().unwrap_or_default();
        known + characters(bytes.get(first * BLOCK..offset).unwrap_or_default())
    }
}

/// The byte at which the character of this number begins, or the end.
pub(crate) fn byte_of(text: &str, character: usize) -> u32 {
    let found = text.char_indices().nth(character).map(|(start, _)| start);
    u32::try_from(found.unwrap_or(text.len())).unwrap_or(u32::MAX)
}

/// How many characters begin in these bytes.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}
