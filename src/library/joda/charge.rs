//! Who is told of the engine's work before it is done.
//!
//! Work that grows with a text or a pattern, and the reading of a zone's rules, goes through here as it is done. What is
//! left costs the same whatever it is done on, and is declared by the functions that do it.

use super::error::DateError;

/// Receives the charges for work before it is done, and may refuse any of them.
pub(crate) trait Charge {
    /// Why a charge was refused, or what went wrong with a date.
    type Error: From<DateError>;

    /// Charges steps.
    ///
    /// # Errors
    /// When they are refused.
    fn steps(&mut self, steps: u64) -> Result<(), Self::Error>;

    /// Charges memory that is about to be taken.
    ///
    /// # Errors
    /// When it is refused.
    fn memory(&mut self, bytes: u64) -> Result<(), Self::Error>;
}

/// Charges nothing: for what is bounded by the length of a program, and done before it runs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Free;

impl Charge for Free {
    type Error = DateError;

    fn steps(&mut self, _: u64) -> Result<(), DateError> {
        Ok(())
    }

    fn memory(&mut self, _: u64) -> Result<(), DateError> {
        Ok(())
    }
}
