//! Files of definitions: JSON or YAML by their name, else by how they begin.

use std::path::Path;

use selvedge::params::{ParameterSet, Problem};

use crate::settings;

/// A file that was read.
pub(crate) struct Document {
    /// What to call it in messages.
    pub(crate) origin: String,
    pub(crate) text: String,
    pub(crate) is_json: bool,
}

/// Reads a file.
pub(crate) fn read(path: &Path) -> Result<Document, String> {
    let text = settings::read(path)?;
    let extension = path
        .extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or_default();
    let is_json = match extension.to_ascii_lowercase().as_str() {
        "json" => true,
        "yaml" | "yml" => false,
        _ => text.trim_start().starts_with('{'),
    };
    Ok(Document {
        origin: path.display().to_string(),
        text,
        is_json,
    })
}

impl Document {
    /// The parameters it defines.
    pub(crate) fn parameters(&self) -> Result<ParameterSet, Vec<Problem>> {
        match self.is_json {
            true => ParameterSet::from_json(&self.text),
            false => ParameterSet::from_yaml(&self.text),
        }
    }
}

/// Prints problems to standard error, each with its place in the file.
pub(crate) fn print_problems<'p>(problems: impl IntoIterator<Item = &'p Problem>, origin: &str) {
    for problem in problems {
        eprint!("{}", problem.render(origin));
    }
}
