//! Why a Python object is not a value of the language, and where in it.

use std::fmt::Write as _;

use pyo3::prelude::*;
use selvedge::diagnostic::quote;

use crate::python::exception;

/// Where a path is cut.
const MAX_PATH_CHARS: usize = 200;

/// Why an object was not converted.
pub(crate) struct Misfit {
    why: Why,
    /// The way from the fault out to the root.
    way: Vec<Segment>,
}

enum Why {
    Message(String),
    /// Python code that the conversion called raised it.
    Raised(PyErr),
}

enum Segment {
    Key(String),
    Index(usize),
}

impl Misfit {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            why: Why::Message(message.into()),
            way: Vec::new(),
        }
    }

    pub(crate) fn at_key(mut self, key: &str) -> Self {
        self.way.push(Segment::Key(key.to_owned()));
        self
    }

    pub(crate) fn at_index(mut self, index: usize) -> Self {
        self.way.push(Segment::Index(index));
        self
    }

    fn path(&self) -> String {
        let mut path = "$".to_owned();
        for segment in self.way.iter().rev() {
            // A `String` never refuses.
            let _ = match segment {
                Segment::Key(key) if is_plain(key) => write!(path, ".{key}"),
                Segment::Key(key) => write!(path, ".{}", quote(key)),
                Segment::Index(index) => write!(path, "[{index}]"),
            };
            if path.chars().count() > MAX_PATH_CHARS {
                path.push('…');
                break;
            }
        }
        path
    }

    /// The exception: what Python code raised as it is, else a `ConversionError`.
    pub(crate) fn raise(self, py: Python<'_>) -> PyErr {
        let path = self.path();
        match self.why {
            Why::Raised(error) => error,
            Why::Message(message) => exception(py, "ConversionError", (path, message)),
        }
    }
}

impl From<PyErr> for Misfit {
    fn from(error: PyErr) -> Self {
        Self {
            why: Why::Raised(error),
            way: Vec::new(),
        }
    }
}

/// Whether a key can stand in a path unquoted.
fn is_plain(key: &str) -> bool {
    let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    !key.is_empty() && key.len() <= 40 && key.bytes().all(word)
}
