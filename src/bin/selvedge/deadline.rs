//! The deadline of the command, which begins when the command does and holds for what it reads as well.

use std::io::{self, Read};
use std::time::{Duration, Instant};

use selvedge::{Interrupt, Value};
use serde::de::DeserializeOwned;

use crate::exit::Failed;

/// When the command is to have stopped; never, where no time is given.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline(Option<Instant>);

impl Deadline {
    /// The deadline this far from now.
    pub(crate) fn after(timeout: Option<Duration>) -> Self {
        Self(timeout.and_then(|timeout| Instant::now().checked_add(timeout)))
    }

    /// What stops the calls that are made from now on.
    pub(crate) fn interrupt(self) -> Interrupt {
        self.left()
            .map_or_else(Interrupt::new, |left| Interrupt::new().timeout(left))
    }

    /// The time that is left.
    pub(crate) fn left(self) -> Option<Duration> {
        self.0.map(|at| at.saturating_duration_since(Instant::now()))
    }

    /// Whether it has passed.
    pub(crate) fn is_over(self) -> bool {
        self.left().is_some_and(|left| left.is_zero())
    }

    /// Why a text was not read: its error, or that there was no time to see whether it has one.
    pub(crate) fn failed(self, message: String) -> Failed {
        match self.is_over() {
            true => Failed::Stopped(message),
            false => Failed::Usage(message),
        }
    }

    /// A value that is JSON.
    pub(crate) fn value(self, text: &str, origin: &str) -> Result<Value, Failed> {
        Value::from_json_with(text, &self.interrupt()).map_err(|error| self.failed(format!("{origin}: {error}")))
    }

    /// Anything else that is JSON.
    pub(crate) fn json<T: DeserializeOwned>(self, text: &str) -> serde_json::Result<T> {
        let bytes = text.as_bytes();
        match self.0 {
            Some(_) => serde_json::from_reader(io::BufReader::new(Timed { bytes, deadline: self })),
            None => serde_json::from_str(text),
        }
    }
}

/// Bytes that can be read until the deadline.
struct Timed<'b> {
    bytes: &'b [u8],
    deadline: Deadline,
}

impl Read for Timed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // A text of a single piece is never stopped, like a short program.
        let read = self.bytes.read(buffer)?;
        match !self.bytes.is_empty() && self.deadline.is_over() {
            true => Err(io::Error::new(
                io::ErrorKind::TimedOut,
                "the deadline of the reading has passed",
            )),
            false => Ok(read),
        }
    }
}
