//! Walks from one number to another in equal steps: `Util.intsBetween` and the days of `Util.dateIntsBetween`.

use super::error::{DateError, checked_int};

/// The numbers from one (inclusive) to another (exclusive), a step apart.
#[derive(Clone, Debug)]
pub(crate) struct Ints {
    next: i64,
    step: i64,
    left: u64,
}

/// The numbers from `from` (inclusive) to `to` (exclusive); a negative step walks back. How many there are is known
/// before the first is made.
pub(crate) fn ints_between(from: i64, to: i64, step: i64) -> Result<Ints, DateError> {
    let (next, to, step) = (checked_int(from)?, checked_int(to)?, checked_int(step)?);
    if step == 0 {
        return Err(DateError::ZeroStep);
    }
    let distance = if step > 0 { to - next } else { next - to };
    let left = u64::try_from(distance).map_or(0, |distance| distance.div_ceil(step.unsigned_abs()));
    Ok(Ints { next, step, left })
}

impl Ints {
    /// How many numbers are left.
    pub(crate) const fn count_left(&self) -> u64 {
        self.left
    }
}

impl Iterator for Ints {
    type Item = i64;

    fn next(&mut self) -> Option<i64> {
        self.left = self.left.checked_sub(1)?;
        let number = self.next;
        self.next += self.step;
        Some(number)
    }
}
