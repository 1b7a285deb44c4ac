//! Texts that are made of values, and their lengths as JSON: charged as they grow, and never longer than allowed.

use std::io::{self, Write};

use super::meter::{Meter, Stop, text_steps};
use crate::value::Value;

/// The bytes that are written between two charges.
const CHUNK_BYTES: u64 = 1024;
/// Steps for a number or truth value that is printed.
const SCALAR_STEPS: u64 = 16;

/// Why a text was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Halt {
    Stop(Stop),
    /// It would be longer than allowed.
    TooLong,
}

impl From<Stop> for Halt {
    fn from(stop: Stop) -> Self {
        Self::Stop(stop)
    }
}

/// A text that grows.
pub(super) struct Growing<'m> {
    meter: &'m mut Meter,
    bytes: Vec<u8>,
    most_bytes: u64,
}

impl<'m> Growing<'m> {
    pub(super) fn new(meter: &'m mut Meter, most_bytes: u64) -> Self {
        Self {
            meter,
            bytes: Vec::new(),
            most_bytes,
        }
    }

    /// Charges steps of what the text is made from.
    pub(super) fn steps(&mut self, steps: u64) -> Result<(), Halt> {
        Ok(self.meter.steps(steps)?)
    }

    /// Appends a text.
    pub(super) fn push(&mut self, text: &str) -> Result<(), Halt> {
        self.grow(text.as_bytes(), 2 + text.len() as u64 / 16)
    }

    /// Appends what stands for a value: arrays and maps as JSON.
    pub(super) fn push_value(&mut self, value: &Value) -> Result<(), Halt> {
        match value {
            Value::String(text) => self.push(text),
            Value::Null | Value::Boolean(_) | Value::Long(_) | Value::Double(_) => {
                self.steps(SCALAR_STEPS)?;
                self.push(&value.to_string())
            }
            Value::BooleanArray(_)
            | Value::LongArray(_)
            | Value::DoubleArray(_)
            | Value::StringArray(_)
            | Value::List(_)
            | Value::Map(_) => write_json(value, |bytes| self.grow(bytes, 2 + text_steps(bytes.len() as u64))),
        }
    }

    /// The text.
    pub(super) fn finish(self) -> String {
        // What was appended was UTF-8.
        String::from_utf8(self.bytes).unwrap_or_default()
    }

    fn grow(&mut self, bytes: &[u8], steps: u64) -> Result<(), Halt> {
        let length = self.bytes.len() + bytes.len();
        if length as u64 > self.most_bytes {
            return Err(Halt::TooLong);
        }
        self.meter.steps(steps)?;
        if length > self.bytes.capacity() {
            let capacity = length.max(2 * self.bytes.capacity());
            self.meter.bytes(capacity as u64)?;
            self.bytes.reserve_exact(capacity - self.bytes.len());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }
}

/// Returns how many characters a value takes as JSON.
pub(crate) fn json_chars(value: &Value, meter: &mut Meter) -> Result<u64, Stop> {
    meter.steps(SCALAR_STEPS)?;
    let (mut chars, mut uncharged) = (0, 0);
    write_json(value, |bytes| {
        // A byte that continues a character is not a character of its own.
        chars += bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count() as u64;
        uncharged += 4 + bytes.len() as u64;
        if uncharged >= CHUNK_BYTES {
            meter.steps(text_steps(std::mem::take(&mut uncharged)))?;
        }
        Ok::<(), Stop>(())
    })?;
    meter.steps(text_steps(uncharged))?;
    Ok(chars)
}

/// Returns the beginning of a value as JSON: more than is ever shown.
pub(crate) fn json_start(value: &Value) -> String {
    const MOST_BYTES: usize = 1024;
    let mut bytes = Vec::new();
    let _ = write_json(value, |piece| {
        let remaining = MOST_BYTES - bytes.len();
        bytes.extend_from_slice(piece.get(..remaining.min(piece.len())).unwrap_or_default());
        if bytes.len() < MOST_BYTES { Ok(()) } else { Err(()) }
    });
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Writes a value as JSON, piece by piece.
fn write_json<E>(value: &Value, write: impl FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
    struct Pieces<F, E> {
        write: F,
        refused: Option<E>,
    }

    impl<F: FnMut(&[u8]) -> Result<(), E>, E> Write for Pieces<F, E> {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            match (self.write)(bytes) {
                Ok(()) => Ok(bytes.len()),
                Err(refused) => {
                    self.refused = Some(refused);
                    Err(io::ErrorKind::Other.into())
                }
            }
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    let mut pieces = Pieces { write, refused: None };
    // Every value nests within what serde takes, so nothing else fails.
    let _ = serde_json::to_writer(&mut pieces, value);
    pieces.refused.map_or(Ok(()), Err)
}
