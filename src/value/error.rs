//! What went wrong between a host's data and the language, and where in the data.

use std::fmt;

use thiserror::Error;

use crate::diagnostic::escape_into;

/// The most characters of a key that a path shows.
const MAX_KEY_CHARS: usize = 40;
/// The most bytes of a path.
const MAX_PATH_BYTES: usize = 200;
/// The most characters of a message.
const MAX_MESSAGE_CHARS: usize = 400;

/// Data that has no place in the language, or a value that has not the shape asked for. Its text names the path, such as
/// `$.rows[3].id`.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct ValueError {
    message: String,
    /// From the innermost part outwards.
    path: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Key(String),
    Index(usize),
}

impl ValueError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            path: Vec::new(),
        }
    }

    /// The same, found under a key.
    #[must_use]
    pub(crate) fn under_key(mut self, key: &str) -> Self {
        let mut shown = String::new();
        escape_into(&mut shown, key, MAX_KEY_CHARS);
        self.path.push(Part::Key(shown));
        self
    }

    /// The same, found at an index.
    #[must_use]
    pub(crate) fn at_index(mut self, index: usize) -> Self {
        self.path.push(Part::Index(index));
        self
    }

    /// The path to the data, from `$`.
    pub fn path(&self) -> String {
        let mut path = "$".to_owned();
        for part in self.path.iter().rev() {
            if path.len() > MAX_PATH_BYTES {
                path.push('…');
                break;
            }
            match part {
                Part::Key(key) => {
                    path.push('.');
                    path.push_str(key);
                }
                Part::Index(index) => path.push_str(&format!("[{index}]")),
            }
        }
        path
    }
}

impl fmt::Display for ValueError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut message = String::new();
        escape_into(&mut message, &self.message, MAX_MESSAGE_CHARS);
        match self.path.is_empty() {
            true => formatter.write_str(&message),
            false => write!(formatter, "{}: {message}", self.path()),
        }
    }
}

impl serde::ser::Error for ValueError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(message.to_string())
    }
}

impl serde::de::Error for ValueError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(message.to_string())
    }
}
