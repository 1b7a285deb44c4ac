//! Where inputs come from. An input goes on over several lines while a bracket or a comment is open.

use std::io::{self, BufRead, BufReader, Read as _, Stdin};

use super::known::Known;
use crate::exit::Failed;

/// What an input may have at most, in bytes.
pub(super) const MAX_INPUT_BYTES: usize = 1024 * 1024;

/// What comes next.
pub(super) enum Read {
    Input(String),
    /// What was being typed is dropped.
    Dropped,
    End,
}

/// Gives inputs one by one.
pub(super) trait Lines {
    /// The next input.
    fn next(&mut self, known: &Known) -> Result<Read, Failed>;
}

/// The lines of standard input.
pub(super) struct Piped(BufReader<Stdin>);

impl Piped {
    pub(super) fn new() -> Self {
        Self(BufReader::new(io::stdin()))
    }

    /// Appends a line with its end; false at the end of all.
    fn line(&mut self, text: &mut String) -> Result<bool, Failed> {
        let most = MAX_INPUT_BYTES.saturating_sub(text.len());
        let mut line = Vec::new();
        let read = (&mut self.0).take(most as u64 + 1).read_until(b'\n', &mut line);
        read.map_err(|error| format!("cannot read standard input: {error}"))?;
        if line.len() > most {
            return Err(format!("an input is larger than the limit of {MAX_INPUT_BYTES} bytes").into());
        }
        let line = String::from_utf8(line).map_err(|_| "standard input is not UTF-8 text".to_owned())?;
        text.push_str(&line);
        Ok(!line.is_empty())
    }
}

impl Lines for Piped {
    fn next(&mut self, known: &Known) -> Result<Read, Failed> {
        let mut text = String::new();
        while self.line(&mut text)? {
            if !known.is_open(&text) {
                return Ok(Read::Input(text));
            }
        }
        match text.is_empty() {
            true => Ok(Read::End),
            false => Ok(Read::Input(text)),
        }
    }
}
