//! The files that a fixture names.

/// Reads the files that fixtures name: definitions and programs. Implemented for closures from a path to a text or an error.
///
/// A path is as the fixture writes it: relative to the fixture's own file.
///
/// ```
/// use selvedge::testing::Files;
/// let files = |path: &str| match path {
///     "sum.sel" => Ok("a + b".to_owned()),
///     _ => Err("no such file".to_owned()),
/// };
/// assert_eq!(files.text("sum.sel").as_deref(), Ok("a + b"));
/// ```
pub trait Files: Sync {
    /// The text of a file.
    ///
    /// # Errors
    ///
    /// Why it cannot be read, as one line.
    fn text(&self, path: &str) -> Result<String, String>;
}

impl<F: Fn(&str) -> Result<String, String> + Sync> Files for F {
    fn text(&self, path: &str) -> Result<String, String> {
        self(path)
    }
}

/// Whether a file holds JSON rather than YAML: by its name, else by how it begins.
pub(super) fn is_json(path: &str, text: &str) -> bool {
    let extension = path
        .rsplit_once('.')
        .map(|(_, extension)| extension.to_ascii_lowercase());
    match extension.as_deref() {
        Some("json") => true,
        Some("yaml" | "yml") => false,
        _ => text.trim_start().starts_with('{'),
    }
}
