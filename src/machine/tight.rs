//! Loops whose body is one instruction: counting, summing, marking. Each runs here on local variables, so that an iteration takes
//! no dispatch and no trip through the register file, a third of the time or less. What an iteration charges is the same.

/// Why a tight loop came to a halt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Halt {
    /// The counter reached its limit.
    Done,
    /// An iteration's steps are not covered; they have not been taken.
    Fuel,
    /// The element does not exist, or is not to be written in place.
    Element,
}

/// What loops count with: the counter, what is added to it, its limit, and the steps of an iteration.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counting {
    pub(super) counter: i64,
    pub(super) by: i64,
    pub(super) limit: i64,
    pub(super) steps: i64,
}

impl Counting {
    /// Steps the counter and takes the fuel of the next iteration, if there is one.
    #[inline(always)]
    fn next(&mut self, fuel: &mut i64) -> Option<Halt> {
        self.counter = self.counter.wrapping_add(self.by);
        if self.counter >= self.limit {
            return Some(Halt::Done);
        }
        let left = *fuel - self.steps;
        if left < 0 {
            return Some(Halt::Fuel);
        }
        *fuel = left;
        None
    }
}

/// `total += constant` for each iteration.
pub(super) fn count(total: &mut i64, constant: i64, counting: &mut Counting, fuel: &mut i64) -> Halt {
    loop {
        *total = total.wrapping_add(constant);
        if let Some(halt) = counting.next(fuel) {
            return halt;
        }
    }
}

/// `total += elements[counter]` for each iteration.
pub(super) fn sum(elements: &[i64], total: &mut i64, counting: &mut Counting, fuel: &mut i64) -> Halt {
    loop {
        // A negative index is far beyond any length.
        let Some(&element) = elements.get(counting.counter as usize) else {
            return Halt::Element;
        };
        *total = total.wrapping_add(element);
        if let Some(halt) = counting.next(fuel) {
            return halt;
        }
    }
}

/// `elements[counter] = value` for each iteration.
pub(super) fn mark(elements: &mut [bool], value: bool, counting: &mut Counting, fuel: &mut i64) -> Halt {
    loop {
        let Some(element) = elements.get_mut(counting.counter as usize) else {
            return Halt::Element;
        };
        *element = value;
        if let Some(halt) = counting.next(fuel) {
            return halt;
        }
    }
}
