//! A file of a project: its name and its text.

use std::path::Path;

use super::finding::CheckedFile;

/// A file to check: a program, or a document in JSON or YAML, by its extension or its first character.
///
/// ```
/// use selvedge::project::File;
/// let file = File::new("total.sel", "price * quantity").found();
/// assert_eq!(file.name(), "total.sel");
/// ```
#[derive(Clone, Debug)]
pub struct File {
    name: String,
    text: String,
    is_named: bool,
}

impl File {
    /// A file with its name, as in the settings and findings, and its text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            is_named: true,
        }
    }

    /// Marks it as found rather than named: then it is not an error that it is not a document.
    #[must_use]
    pub fn found(mut self) -> Self {
        self.is_named = false;
        self
    }

    /// The file with nothing found yet, and whether somebody named it.
    pub(super) fn unchecked(self) -> (CheckedFile, bool) {
        (CheckedFile::of(self.name, self.text), self.is_named)
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its text.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Whether a file is JSON, rather than YAML, by its name, else by how it begins; `None` if it is a program.
pub(super) fn is_json(name: &str, text: &str) -> Option<bool> {
    let extension = Path::new(name).extension().and_then(|extension| extension.to_str());
    match extension.unwrap_or_default().to_ascii_lowercase().as_str() {
        "sel" => None,
        "json" => Some(true),
        "yaml" | "yml" => Some(false),
        _ => Some(text.trim_start().starts_with(['{', '['])),
    }
}
