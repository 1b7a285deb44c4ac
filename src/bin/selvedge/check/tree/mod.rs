//! The texts of a JSON or YAML document, each with its path and its place in the file.

mod json;
mod yaml;

use std::rc::Rc;

use super::scalar::Scalar;

/// A step of a path from the root of a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Step {
    Key(Rc<str>),
    Index(usize),
}

/// A text and its path.
#[derive(Clone, Debug)]
pub(crate) struct Leaf {
    pub(crate) path: Vec<Step>,
    pub(crate) scalar: Scalar,
}

/// The most texts of a document, and the most steps of their paths, together with those that aliases add.
const MAX_TEXTS: usize = 1_000_000;
const MAX_STEPS: usize = 10_000_000;

/// What the texts of a document come to so far.
#[derive(Default)]
struct Held {
    texts: usize,
    steps: usize,
}

impl Held {
    /// Counts a text at a path, before it is kept.
    fn count(&mut self, path: &[Step]) -> Result<(), String> {
        self.texts += 1;
        self.steps += path.len();
        match self.texts > MAX_TEXTS || self.steps > MAX_STEPS {
            true => Err(format!(
                "the document has more than {MAX_TEXTS} texts, or more than {MAX_STEPS} steps to them"
            )),
            false => Ok(()),
        }
    }
}

/// The texts of a file that is JSON or YAML, in order. Why and where it is neither, as an error: a byte of the file, and a message.
pub(crate) fn leaves(file: &str, is_json: bool) -> Result<Vec<Leaf>, (usize, String)> {
    match is_json {
        true => json::leaves(file),
        false => yaml::leaves(file),
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
