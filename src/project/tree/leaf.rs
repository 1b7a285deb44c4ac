//! A text of a document, and how many a document may have.

use std::rc::Rc;

use super::super::scalar::Scalar;

/// Why a file is not read to its end.
pub(super) const OVER: &str = "the time is up";

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
pub(super) const MAX_TEXTS: usize = 1_000_000;
pub(super) const MAX_STEPS: usize = 10_000_000;

/// What the texts of a document come to so far.
#[derive(Default)]
pub(super) struct Held {
    texts: usize,
    steps: usize,
}

impl Held {
    /// Counts a text at a path, before it is kept.
    pub(super) fn count(&mut self, path: &[Step]) -> Result<(), String> {
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
