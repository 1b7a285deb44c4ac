//! Where made text goes: a sink that can refuse a piece before it exists.

/// Receives text in pieces and may refuse any of them.
///
/// A caller that charges for memory implements both methods so that they charge first and append then. No writer in
/// this room holds a buffer that grows with its output.
pub(crate) trait Sink {
    /// Why a piece was refused.
    type Error;

    /// Appends a text.
    ///
    /// # Errors
    /// When the sink refuses it.
    fn write(&mut self, text: &str) -> Result<(), Self::Error>;

    /// Appends `count` times the same character.
    ///
    /// # Errors
    /// When the sink refuses it.
    fn pad(&mut self, filler: char, count: usize) -> Result<(), Self::Error>;

    /// Says that work in proportion to `bytes` is about to be done for what is written next.
    ///
    /// # Errors
    /// When the sink refuses it.
    fn work(&mut self, bytes: usize) -> Result<(), Self::Error> {
        let _ = bytes;
        Ok(())
    }

    /// Says how many bytes are about to be written, so that what is too much is refused before any of it is made.
    ///
    /// # Errors
    /// When the sink will not take them.
    fn announce(&mut self, bytes: usize) -> Result<(), Self::Error> {
        let _ = bytes;
        Ok(())
    }
}

/// A string takes everything; for texts that are bounded elsewhere.
impl Sink for String {
    type Error = std::convert::Infallible;

    fn write(&mut self, text: &str) -> Result<(), Self::Error> {
        self.push_str(text);
        Ok(())
    }

    fn pad(&mut self, filler: char, count: usize) -> Result<(), Self::Error> {
        self.extend(std::iter::repeat_n(filler, count));
        Ok(())
    }
}
