//! How wide a program is laid out.

/// How a program is laid out by [`Engine::format`](crate::Engine::format).
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
    /// The characters of a line by default.
    pub const DEFAULT_WIDTH: usize = 100;

    /// The characters of a line that what can be broken does not go beyond; 100 by default.
    #[must_use]
    pub const fn width(mut self, characters: usize) -> Self {
        self.width = characters;
        self
    }

    /// Whether the whole program stands on one line, statements and all. A comment to the end of its line is followed by a line break
    /// all the same.
    #[must_use]
    pub const fn one_line(mut self, is_wanted: bool) -> Self {
        self.one_line = is_wanted;
        self
    }
}
