//! Loops whose iterations are one instruction: counting, summing, marking, skipping. Each runs here on local variables, so that an
//! iteration takes no dispatch and no trip through the register file, a third of the time or less. What an iteration charges
//! is the same.

use super::context::Context;
use super::fault::Fault;
use super::meter::Meter;
use super::registers::Registers;
use crate::work::{Work, count};

/// What a loop counts with: the counter's register, what is added to it, its limit, and the steps of an iteration.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counter<N> {
    pub(super) register: N,
    pub(super) by: i64,
    pub(super) limit: i64,
    pub(super) steps: u32,
}

/// Why a loop came to a halt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Halt {
    /// The counter reached its limit.
    Done,
    /// An iteration's steps are not covered; they have not been taken. Told to the caller: they have been taken since, and the
    /// slice is over.
    Fuel,
    /// The element does not exist, is not to be written in place, or is not to be skipped.
    Element,
}

/// A loop's counter and fuel while it runs.
#[derive(Clone, Copy, Debug)]
struct Run {
    at: i64,
    by: i64,
    limit: i64,
    steps: i64,
    fuel: i64,
}

impl Run {
    #[inline(always)]
    fn new<R: Registers>(registers: &R, counter: Counter<R::Number>, fuel: i64) -> Self {
        Self {
            at: registers.get(counter.register) as i64,
            by: counter.by,
            limit: counter.limit,
            steps: i64::from(counter.steps),
            fuel,
        }
    }

    /// Steps the counter and takes the fuel of the next iteration, if there is one.
    #[inline(always)]
    fn next(&mut self) -> Option<Halt> {
        count(Work::Executed, 1);
        self.at = self.at.wrapping_add(self.by);
        if self.at >= self.limit {
            return Some(Halt::Done);
        }
        let left = self.fuel - self.steps;
        if left < 0 {
            return Some(Halt::Fuel);
        }
        self.fuel = left;
        None
    }
}

/// Takes the steps of an iteration from the budget; gives whether it runs in this slice.
#[cold]
fn refuel(meter: &mut Meter, steps: u32) -> Result<bool, Fault> {
    meter.refuel(u64::from(steps))?;
    Ok(!meter.is_slice_over())
}

/// `total += constant` for each iteration.
#[inline]
pub(super) fn count_loop<R: Registers>(
    registers: &mut R,
    meter: &mut Meter,
    total: R::Number,
    constant: i16,
    counter: Counter<R::Number>,
) -> Result<Halt, Fault> {
    loop {
        let mut run = Run::new(registers, counter, meter.fuel);
        let mut sum = registers.get(total);
        let halt = loop {
            sum = sum.wrapping_add(i64::from(constant) as u64);
            if let Some(halt) = run.next() {
                break halt;
            }
        };
        registers.set(total, sum);
        registers.set(counter.register, run.at as u64);
        meter.fuel = run.fuel;
        match halt {
            Halt::Fuel if refuel(meter, counter.steps)? => {}
            halt => return Ok(halt),
        }
    }
}

/// `total += array[counter]` for each iteration; the element's register gets the length, as from the joined instructions.
#[inline]
pub(super) fn sum_loop<R: Registers>(
    registers: &mut R,
    context: &mut Context<'_>,
    (total, element): (R::Number, R::Number),
    array: R::Number,
    counter: Counter<R::Number>,
) -> Result<Halt, Fault> {
    let array = registers.get(array);
    registers.set(element, counter.limit as u64);
    loop {
        let mut run = Run::new(registers, counter, context.meter.fuel);
        let mut sum = registers.get(total);
        let elements = context.heap.longs.get(array);
        let halt = loop {
            // A negative index is far beyond any length.
            let Some(&element) = elements.get(run.at as usize) else {
                break Halt::Element;
            };
            sum = sum.wrapping_add(element as u64);
            if let Some(halt) = run.next() {
                break halt;
            }
        };
        registers.set(total, sum);
        registers.set(counter.register, run.at as u64);
        context.meter.fuel = run.fuel;
        match halt {
            Halt::Fuel if refuel(&mut context.meter, counter.steps)? => {}
            Halt::Done | Halt::Fuel => return Ok(halt),
            Halt::Element => context.heap.longs.element(array, run.at).map(drop)?,
        }
    }
}

/// `array[counter] = value` for each iteration.
#[inline]
pub(super) fn mark_loop<R: Registers>(
    registers: &mut R,
    context: &mut Context<'_>,
    array: R::Number,
    value: R::Number,
    counter: Counter<R::Number>,
) -> Result<Halt, Fault> {
    let (array, value) = (registers.get(array), registers.get(value) != 0);
    loop {
        let mut run = Run::new(registers, counter, context.meter.fuel);
        let elements = context.heap.booleans.own(array);
        let halt = loop {
            let Some(element) = elements.get_mut(run.at as usize) else {
                break Halt::Element;
            };
            *element = value;
            if let Some(halt) = run.next() {
                break halt;
            }
        };
        registers.set(counter.register, run.at as u64);
        context.meter.fuel = run.fuel;
        match halt {
            Halt::Fuel if refuel(&mut context.meter, counter.steps)? => {}
            Halt::Done | Halt::Fuel => return Ok(halt),
            // Copies an array that is still the host's: the loop writes in place from here on.
            Halt::Element => context.heap.booleans.set(&mut context.meter, array, run.at, value)?,
        }
    }
}

/// Steps the counter while `array[counter] == skipped`; done, where the loop ended so.
#[inline]
pub(super) fn skip_loop<R: Registers>(
    registers: &mut R,
    context: &mut Context<'_>,
    element: R::Number,
    array: R::Number,
    skipped: bool,
    counter: Counter<R::Number>,
) -> Result<Halt, Fault> {
    let array = registers.get(array);
    loop {
        let mut run = Run::new(registers, counter, context.meter.fuel);
        let elements = context.heap.booleans.get(array);
        let halt = loop {
            if elements.get(run.at as usize) != Some(&skipped) {
                break Halt::Element;
            }
            if let Some(halt) = run.next() {
                break halt;
            }
        };
        registers.set(counter.register, run.at as u64);
        context.meter.fuel = run.fuel;
        match halt {
            Halt::Fuel if refuel(&mut context.meter, counter.steps)? => {}
            Halt::Fuel => return Ok(halt),
            Halt::Done => {
                registers.set(element, u64::from(skipped));
                return Ok(halt);
            }
            Halt::Element => {
                let found = context.heap.booleans.element(array, run.at)?;
                registers.set(element, u64::from(found));
                return Ok(halt);
            }
        }
    }
}
