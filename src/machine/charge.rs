//! Observes work before it is done, and may refuse it.

use super::fault::Fault;
use super::meter::Meter;

/// Receives the charges for work and memory before they are spent, and may refuse any of them.
pub(crate) trait Charge {
    /// Why a charge was refused.
    type Error;

    /// Charges steps.
    ///
    /// # Errors
    /// When they are refused.
    fn steps(&mut self, steps: u64) -> Result<(), Self::Error>;

    /// Charges memory.
    ///
    /// # Errors
    /// When it is refused.
    fn memory(&mut self, bytes: u64) -> Result<(), Self::Error>;
}

impl Charge for Meter {
    type Error = Fault;

    fn steps(&mut self, steps: u64) -> Result<(), Fault> {
        self.charge_steps(steps)
    }

    fn memory(&mut self, bytes: u64) -> Result<(), Fault> {
        self.charge_memory(bytes)
    }
}

/// Refuses nothing, and counts.
#[cfg(test)]
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counted(pub(crate) u64);

#[cfg(test)]
impl Charge for Counted {
    type Error = std::convert::Infallible;

    fn steps(&mut self, steps: u64) -> Result<(), Self::Error> {
        self.0 += steps;
        Ok(())
    }

    fn memory(&mut self, _: u64) -> Result<(), Self::Error> {
        Ok(())
    }
}
