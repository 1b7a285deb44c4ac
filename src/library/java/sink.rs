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

#[cfg(test)]
use crate::machine::unread::Pace;

/// A string takes everything and charges nothing; for tests.
#[cfg(test)]
impl Charge for String {
    type Error = std::convert::Infallible;

    fn steps(&mut self, _: u64) -> Result<(), Self::Error> {
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
