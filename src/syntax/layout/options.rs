//! How wide a program is laid out.

/// The style of [`Engine::format`](crate::Engine::format).
///
/// ```
/// use selvedge::{Engine, FormatOptions};
/// let engine = Engine::default();
/// let narrow = FormatOptions::default().width(10);
/// assert_eq!(engine.format("f=[100,200]", &narrow)?, "f = [\n  100, 200,\n]");
/// let on_one_line = narrow.one_line(true);
/// assert_eq!(engine.format("f=[100,200]", &on_one_line)?, "f = [100, 200]");
/// # Ok::<(), selvedge::CompileError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatOptions {
    pub(super) width: usize,
    pub(super) one_line: bool,
}

impl Default for FormatOptions {
    fn default() -> Self {
        Self {
            width: Self::DEFAULT_WIDTH,
            one_line: false,
        }
    }
}

impl FormatOptions {
    /// The default width of a line, in characters.
    pub const DEFAULT_WIDTH: usize = 100;

    /// Sets the width of a line in characters, 100 by default. Parts that cannot be broken may exceed it.
    #[must_use]
    pub const fn width(mut self, characters: usize) -> Self {
        self.width = characters;
        self
    }

    /// Puts the whole program on one line. A line comment is still followed by a line break.
    #[must_use]
    pub const fn one_line(mut self, is_wanted: bool) -> Self {
        self.one_line = is_wanted;
        self
    }
}
