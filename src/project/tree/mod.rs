//! The texts of a JSON or YAML document, each with its path and its place in the file.

#[cfg(feature = "testing")]
mod extent;
mod json;
mod leaf;
mod yaml;

#[cfg(feature = "testing")]
pub(crate) use extent::{Extent, Held, Written, extents};
pub(crate) use leaf::{Leaf, Step};

/// The texts of a file that is JSON or YAML, in order. Why and where it is neither, as an error: a byte of the file, and a message.
pub(crate) fn leaves(file: &str, is_json: bool) -> Result<Vec<Leaf>, (usize, String)> {
    leaves_until(file, is_json, &|| false)
}

/// The same, as long as the time that it may take is not over.
pub(crate) fn leaves_until(
    file: &str,
    is_json: bool,
    is_over: &dyn Fn() -> bool,
) -> Result<Vec<Leaf>, (usize, String)> {
    match is_json {
        true => json::leaves(file, is_over),
        false => yaml::leaves(file, is_over),
    }
}

/// The most characters of a key in a path's text.
const MAX_KEY_CHARS: usize = 100;

/// A path as text, such as `jobs[0].when`; long keys are cut.
pub(crate) fn path_text(path: &[Step]) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            Step::Index(index) => text.extend(["[", &index.to_string(), "]"]),
            Step::Key(key) => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.extend(key.chars().take(MAX_KEY_CHARS));
                text.extend(key.chars().nth(MAX_KEY_CHARS).map(|_| '…'));
            }
        }
    }
    text
}
