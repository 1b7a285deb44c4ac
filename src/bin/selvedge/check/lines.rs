//! Lines and columns of a text to bytes.

use selvedge::Position;

/// Where the lines of a text begin.
pub(crate) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// The lines of a text.
    pub(crate) fn of(text: &'t str) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            text,
            starts: std::iter::once(0).chain(breaks).collect(),
        }
    }

    /// The byte at a position; the end of the text for one beyond it.
    pub(crate) fn offset(&self, position: Position) -> usize {
        let line = position.line.saturating_sub(1) as usize;
        let Some(&start) = self.starts.get(line) else {
            return self.text.len();
        };
        let columns = position.column.saturating_sub(1) as usize;
        let rest = self.text.get(start..).unwrap_or("");
        rest.char_indices()
            .nth(columns)
            .map_or(self.text.len(), |(at, _)| start + at)
    }
}
