//! The texts of a file and the places of their characters, for tests and fuzzing.

use std::ops::Range;

use super::tree;

/// A text of a file.
#[non_exhaustive]
pub struct Text {
    /// Where in the document.
    pub path: String,
    /// Where in the file, quotes included.
    pub place: Range<usize>,
    /// Where each of its characters begins in the file; `None` if that is not known.
    pub characters: Option<Vec<usize>>,
}

/// The texts of a file that is JSON or YAML, in order.
///
/// # Errors
///
/// Where the file is neither: a byte of it, and why.
pub fn texts(file: &str, is_json: bool) -> Result<Vec<Text>, (usize, String)> {
    let leaves = tree::leaves(file, is_json)?.into_iter().map(|leaf| Text {
        path: tree::path_text(&leaf.path),
        characters: leaf.scalar.map(file).map(|map| {
            let characters = leaf.scalar.text.char_indices();
            characters.map(|(decoded, _)| map.place(decoded)).collect()
        }),
        place: leaf.scalar.place,
    });
    Ok(leaves.collect())
}
