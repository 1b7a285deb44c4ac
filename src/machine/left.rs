//! A run that was left before its end, to be taken up again: where, and with what in its registers.

use super::any::Any;
use super::run::Stopped;

/// Where a run was left; before its start, nowhere.
#[derive(Debug, Default)]
pub(crate) struct Left {
    /// The instruction to go on with.
    pub(super) at: Option<usize>,
    pub(super) registers: Vec<u64>,
}

impl Left {
    /// Keeps the registers of a run that ended, or was left.
    #[cold]
    pub(super) fn keep(&mut self, registers: &[u64], result: &Result<Any, Box<Stopped>>) {
        if let Err(stopped) = result {
            self.at = Some(stopped.instruction);
            self.registers.clear();
            self.registers.extend_from_slice(registers);
        }
    }
}
