//! Counts what an evaluation uses and refuses what would pass a budget, before it is taken.

use super::fault::Fault;
use crate::diagnostic::{Code, Message};
use crate::host::{Interrupt, Interrupted};

/// The most steps that instructions charge before they return: what bounds the stack where their calls are not jumps.
pub(super) const BURST_STEPS: i64 = 256;
/// Steps that run between two looks at the deadline and the cancel token: well under a millisecond of work.
const LOOK_STEPS: u64 = 8_192;
/// The most bytes that are copied or hashed between two looks, as far as what is charged says.
const COPIED_BYTES: usize = 1 << 20;
/// What the heap may reserve beyond what was charged; half of the 64 KiB that the contract with the host allows.
const RESERVE_SLACK_BYTES: u64 = 32 * 1024;

/// The budgets of one evaluation, in the units of [`crate::Limits`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Budgets {
    pub(crate) steps: u64,
    pub(crate) memory: u64,
    pub(crate) array_length: u64,
    pub(crate) string_length: u64,
    pub(crate) map_entries: u64,
    pub(crate) result_size: u64,
    pub(crate) value_nesting: u64,
}

/// The meters of one evaluation.
#[derive(Clone, Debug)]
pub(crate) struct Meter {
    pub(crate) budgets: Budgets,
    /// Steps left before the next look at the clock and the token.
    pub(crate) fuel: i64,
    /// Steps left beyond `fuel`.
    reserve: u64,
    memory_left: u64,
    /// Bytes the heap holds from the allocator; kept at most the slack above what was charged.
    reserved_bytes: u64,
    interrupt: Interrupt,
    /// The steps used at which the evaluation is to pause.
    slice_end: u64,
    is_slice_over: bool,
}

impl Meter {
    /// Full budgets.
    pub(crate) fn new(budgets: Budgets, interrupt: Interrupt) -> Self {
        let steps = budgets.steps.min(i64::MAX as u64);
        let fuel = match interrupt.is_armed() {
            true => 0,
            false => steps,
        };
        Self {
            fuel: fuel as i64,
            reserve: steps - fuel,
            memory_left: budgets.memory,
            reserved_bytes: 0,
            budgets,
            interrupt,
            slice_end: u64::MAX,
            is_slice_over: false,
        }
    }

    /// Steps used so far.
    pub(crate) fn steps_used(&self) -> u64 {
        self.budgets.steps.min(i64::MAX as u64) - self.reserve - self.fuel.max(0) as u64
    }

    /// Bytes charged so far.
    pub(crate) fn memory_used(&self) -> u64 {
        self.budgets.memory - self.memory_left
    }

    /// Charges steps.
    #[inline]
    pub(crate) fn charge_steps(&mut self, steps: u64) -> Result<(), Fault> {
        match self.fuel.checked_sub_unsigned(steps) {
            Some(left) if left >= 0 => {
                self.fuel = left;
                Ok(())
            }
            _ => self.refuel(steps),
        }
    }

    /// Takes up to so many steps out: the run charges them itself, and gives back what it does not use.
    #[inline]
    pub(super) fn take_burst(&mut self, most: i64) -> i64 {
        let burst = self.fuel.min(most);
        self.fuel -= burst;
        burst
    }

    /// Refunds what is left of a burst.
    #[inline]
    pub(super) fn refund_burst(&mut self, steps: i64) {
        self.fuel += steps;
    }

    /// Charges the steps of work on `bytes` bytes.
    #[inline]
    pub(crate) fn charge_work(&mut self, bytes: usize) -> Result<(), Fault> {
        self.charge_steps(steps_of_bytes(bytes))
    }

    /// Charges the steps of a copy of `bytes` bytes, or of hashing them, which is done at once: with looks as for blocks of them, as
    /// it takes less than a tenth of the time that its steps stand for.
    pub(crate) fn charge_copy(&mut self, bytes: usize) -> Result<(), Fault> {
        let mut left = bytes;
        while left > COPIED_BYTES {
            self.charge_work(COPIED_BYTES)?;
            left -= COPIED_BYTES;
        }
        self.charge_work(left)
    }

    /// Refuses more steps than are left, of work that is charged as it is done.
    pub(crate) fn check_steps(&self, steps: u64) -> Result<(), Fault> {
        let left = self.reserve + self.fuel.max(0) as u64;
        if steps <= left {
            return Ok(());
        }
        let asked = budget_message("step", "steps", steps, left, self.budgets.steps);
        Err(Fault::new(Code::StepBudget, asked))
    }

    /// Charges `steps`, which the fuel does not cover: looks at deadline, token and slice, and takes more fuel.
    #[cold]
    #[inline(never)]
    pub(crate) fn refuel(&mut self, steps: u64) -> Result<(), Fault> {
        self.check_steps(steps)?;
        let left = self.reserve + self.fuel.max(0) as u64;
        #[cfg(any(test, feature = "oracle"))]
        stretch::looked(self.steps_used(), steps);
        self.check_interrupt()?;
        let after = left - steps;
        let most = match self.interrupt.is_armed() {
            true => LOOK_STEPS,
            false => u64::MAX,
        };
        self.reserve = after;
        self.fuel = 0;
        let to_end = self.slice_end.saturating_sub(self.steps_used());
        self.is_slice_over = to_end == 0;
        // Where the slice is over there is no fuel: the next charge that can pause comes here, and pauses.
        let fuel = after.min(most).min(to_end);
        self.fuel = fuel as i64;
        self.reserve = after - fuel;
        Ok(())
    }

    /// Begins a slice of at least one step: the evaluation is to pause after it.
    pub(crate) fn begin_slice(&mut self, steps: u64) {
        self.slice_end = self.steps_used().saturating_add(steps.max(1));
        self.is_slice_over = false;
        // So that the next charge looks at the slice.
        self.reserve += self.fuel.max(0) as u64;
        self.fuel = 0;
    }

    /// Whether the slice is used up.
    #[inline(always)]
    pub(crate) fn is_slice_over(&self) -> bool {
        self.is_slice_over
    }

    /// Stops where the deadline has passed or the host has cancelled.
    fn check_interrupt(&self) -> Result<(), Fault> {
        self.interrupt.check().map_err(|why| match why {
            Interrupted::Cancelled => Fault::new(Code::Cancelled, "the host cancelled the evaluation"),
            Interrupted::Deadline => Fault::new(Code::Deadline, "the evaluation's deadline has passed"),
        })
    }

    /// Charges memory, before it is taken.
    #[inline]
    pub(crate) fn charge_memory(&mut self, bytes: u64) -> Result<(), Fault> {
        match self.memory_left.checked_sub(bytes) {
            Some(left) => {
                self.memory_left = left;
                Ok(())
            }
            None => {
                let asked = budget_message("memory", "bytes", bytes, self.memory_left, self.budgets.memory);
                Err(Fault::new(Code::MemoryBudget, asked))
            }
        }
    }

    /// How many bytes the heap may reserve beyond need, without ever holding more than charges and slack cover.
    pub(crate) fn spare_bytes(&self) -> usize {
        let covered = self.memory_used().saturating_add(RESERVE_SLACK_BYTES);
        covered.saturating_sub(self.reserved_bytes) as usize
    }

    /// Records bytes that the heap took from the allocator.
    pub(crate) fn record_reserved(&mut self, bytes: usize) {
        self.reserved_bytes = self.reserved_bytes.saturating_add(bytes as u64);
    }

    /// Refuses an array of the limit's length or longer: in the reference too the limit itself is refused.
    pub(crate) fn check_array_length(&self, length: u64) -> Result<(), Fault> {
        if length < self.budgets.array_length {
            return Ok(());
        }
        let limit = self.budgets.array_length;
        let message = Message::from("array length ").value(length);
        let message = message.words(" is not below the limit of ").limit(limit);
        Err(Fault::new(Code::ArrayLength, message))
    }

    /// Refuses a string longer than the limit; `bytes` of UTF-8.
    #[inline]
    pub(crate) fn check_string_length(&self, bytes: u64) -> Result<(), Fault> {
        check_limit(
            Code::StringLength,
            "string length in bytes",
            bytes,
            self.budgets.string_length,
        )
    }

    /// Refuses a map with more entries than the limit.
    pub(crate) fn check_map_entries(&self, entries: u64) -> Result<(), Fault> {
        check_limit(
            Code::MapEntries,
            "number of map entries",
            entries,
            self.budgets.map_entries,
        )
    }

    /// Refuses a result larger than the limit; `bytes` as it is converted.
    pub(crate) fn check_result_size(&self, bytes: u64) -> Result<(), Fault> {
        check_limit(
            Code::ResultSize,
            "result size in bytes",
            bytes,
            self.budgets.result_size,
        )
    }

    /// Refuses a value nested deeper than the limit.
    pub(crate) fn check_value_nesting(&self, depth: u64) -> Result<(), Fault> {
        if depth <= self.budgets.value_nesting {
            return Ok(());
        }
        let message = Message::from("the value contains itself, or exceeds the nesting limit of ")
            .limit(self.budgets.value_nesting)
            .words(" levels");
        Err(Fault::new(Code::ValueNesting, message))
    }
}

/// How far apart the looks at the clock and the token are, for the tests.
#[cfg(any(test, feature = "oracle"))]
pub(crate) mod stretch {
    use std::cell::Cell;

    thread_local! {
        static LAST: Cell<u64> = const { Cell::new(0) };
        static LONGEST: Cell<u64> = const { Cell::new(0) };
    }

    /// Notes a look at so many steps, before `steps` more are charged at once.
    pub(super) fn looked(used: u64, steps: u64) {
        let stretch = used.saturating_sub(LAST.get()).max(steps);
        LONGEST.set(LONGEST.get().max(stretch));
        LAST.set(used);
    }

    /// Returns the most steps between two looks since the last time, of evaluations that may be stopped, and begins anew.
    pub fn longest() -> u64 {
        LAST.set(0);
        LONGEST.take()
    }
}

/// The steps that work on `bytes` bytes (or on as many elements) costs beside the call itself: one for each 16.
pub(crate) const fn steps_of_bytes(bytes: usize) -> u64 {
    bytes as u64 / 16
}

fn check_limit(code: Code, what: &'static str, asked: u64, limit: u64) -> Result<(), Fault> {
    if asked <= limit {
        return Ok(());
    }
    Err(limit_fault(code, what, asked, limit))
}

#[cold]
fn limit_fault(code: Code, what: &'static str, asked: u64, limit: u64) -> Fault {
    let message = Message::from(what).words(" would be ").value(asked);
    Fault::new(code, message.words(", the limit is ").limit(limit))
}

#[cold]
fn budget_message(budget: &'static str, unit: &'static str, asked: u64, left: u64, limit: u64) -> Message {
    let message = Message::from(budget).words(" budget of ").limit(limit);
    let message = message.words(" ").words(unit).words(" exhausted: ").value(asked);
    message.words(" asked, ").value(left).words(" left")
}
