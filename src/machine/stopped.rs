//! Why a run left off before it came to a value, and where.

use super::fault::Fault;

/// An evaluation that stopped without a value: why, and at which instruction. Boxed where it is given, so that a value comes back
/// in registers.
#[derive(Debug)]
pub(crate) struct Stopped {
    pub(crate) why: Why,
    pub(crate) instruction: usize,
}

/// Why an evaluation stopped.
#[derive(Debug)]
pub(crate) enum Why {
    /// It failed.
    Fault(Fault),
    /// Its slice is over: it may go on at the instruction, with the registers as they are.
    Slice,
}

#[cold]
#[expect(
    clippy::unnecessary_box_returns,
    reason = "one word in the result of the loop, which is returned on every run"
)]
pub(super) fn stopped(fault: Fault, instruction: usize) -> Box<Stopped> {
    let why = Why::Fault(fault);
    Box::new(Stopped { why, instruction })
}

#[cold]
#[expect(clippy::unnecessary_box_returns, reason = "as above")]
pub(super) fn paused(instruction: usize) -> Box<Stopped> {
    let why = Why::Slice;
    Box::new(Stopped { why, instruction })
}
