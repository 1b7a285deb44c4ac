//! The observer of the engine's work before it is done.
//!
//! Work that grows with a text or a pattern, and the reading of a zone's rules, goes through here as it is done. What is
//! left costs the same whatever it is done on, and is declared by the functions that do it.

use super::error::DateError;
use crate::machine::charge;

/// Receives the charges for work before it is done, and also says what went wrong with a date.
pub(crate) trait Charge: charge::Charge<Error: From<DateError>> {}

impl<C: charge::Charge<Error: From<DateError>>> Charge for C {}

/// Charges nothing: for what is bounded by the length of a program, and done before it runs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Free;

impl charge::Charge for Free {
    type Error = DateError;

    fn steps(&mut self, _: u64) -> Result<(), DateError> {
        Ok(())
    }

    fn memory(&mut self, _: u64) -> Result<(), DateError> {
        Ok(())
    }
}
