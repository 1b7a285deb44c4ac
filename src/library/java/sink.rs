//! Where made text goes: a sink that can refuse a piece before it exists.

use crate::machine::charge::Charge;
use crate::machine::unread::Unread;

/// Receives text in pieces and may refuse any of them.
///
/// A caller that charges for memory implements its methods so that they charge first and append then. No writer in
/// this room holds a buffer that grows with its output.
pub(crate) trait Sink: Charge {
    /// Appends a text.
    ///
    /// # Errors
    /// When the sink refuses it.
    fn write(&mut self, text: &str) -> Result<(), Self::Error>;

    /// Appends a text that has not been read.
    ///
    /// # Errors
    /// When the sink refuses it.
    fn copy(&mut self, text: Unread<'_>) -> Result<(), Self::Error>;

    /// Appends `count` times the same character.
    ///
    /// # Errors
    /// When the sink refuses it.
    fn pad(&mut self, filler: char, count: usize) -> Result<(), Self::Error>;

    /// Says how many bytes are about to be written, so that what is too much is refused before any of it is made.
    ///
    /// # Errors
    /// When the sink will not take them.
    fn announce(&mut self, bytes: usize) -> Result<(), Self::Error> {
        let _ = bytes;
        Ok(())
    }
}

/// The bytes of a [`Batch`].
const BATCH_BYTES: usize = 128;

/// Gathers short texts, so that a sink is not called for each of them. [`Batch::flush`] ends it.
#[derive(Debug)]
pub(super) struct Batch<'s, S> {
    pub(super) sink: &'s mut S,
    bytes: [u8; BATCH_BYTES],
    length: usize,
}

impl<'s, S: Sink> Batch<'s, S> {
    /// An empty one.
    pub(super) fn new(sink: &'s mut S) -> Self {
        Self {
            sink,
            bytes: [0; BATCH_BYTES],
            length: 0,
        }
    }

    /// Appends a text.
    ///
    /// # Errors
    /// When the sink refuses what was gathered.
    #[inline]
    pub(super) fn push(&mut self, text: &str) -> Result<(), S::Error> {
        if text.len() > BATCH_BYTES {
            self.flush()?;
            return self.sink.write(text);
        }
        self.reserve(text.len())?.copy_from_slice(text.as_bytes());
        self.length += text.len();
        Ok(())
    }

    /// Room for so many bytes, at most [`BATCH_BYTES`], of which [`Batch::take`] takes the first.
    ///
    /// # Errors
    /// When the sink refuses what was gathered.
    #[inline]
    pub(super) fn reserve(&mut self, bytes: usize) -> Result<&mut [u8], S::Error> {
        if self.length + bytes > BATCH_BYTES {
            self.flush()?;
        }
        Ok(self.bytes.get_mut(self.length..self.length + bytes).unwrap_or_default())
    }

    /// Takes so many bytes of the room, which are whole characters.
    #[inline]
    pub(super) fn take(&mut self, bytes: usize) {
        self.length += bytes;
    }

    /// Writes what is gathered.
    ///
    /// # Errors
    /// When the sink refuses it.
    pub(super) fn flush(&mut self) -> Result<(), S::Error> {
        let bytes = self.bytes.get(..std::mem::take(&mut self.length)).unwrap_or_default();
        match bytes.is_empty() {
            true => Ok(()),
            // INVARIANT: only whole characters are gathered.
            false => self.sink.write(std::str::from_utf8(bytes).unwrap_or_default()),
        }
    }
}

#[cfg(test)]
use crate::machine::unread::Pace;

/// A string takes everything and charges nothing; for tests.
#[cfg(test)]
impl Charge for String {
    type Error = std::convert::Infallible;

    fn steps(&mut self, _: u64) -> Result<(), Self::Error> {
        Ok(())
    }

    fn memory(&mut self, _: u64) -> Result<(), Self::Error> {
        Ok(())
    }
}

#[cfg(test)]
impl Sink for String {
    fn write(&mut self, text: &str) -> Result<(), Self::Error> {
        self.push_str(text);
        Ok(())
    }

    fn copy(&mut self, text: Unread<'_>) -> Result<(), Self::Error> {
        let text = text.whole(self, Pace::Copy)?;
        self.write(text)
    }

    fn pad(&mut self, filler: char, count: usize) -> Result<(), Self::Error> {
        self.extend(std::iter::repeat_n(filler, count));
        Ok(())
    }
}
