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
    /// The same walk, shifted so that `last` is its last number.
    #[must_use]
    pub(super) fn ending_at(self, last: i64) -> Self {
        let to_last = self.left.saturating_sub(1) as i64 * self.step;
        Self {
            next: last - to_last,
            ..self
        }
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    const LEAST: i64 = i32::MIN as i64;
    const MOST: i64 = i32::MAX as i64;

    #[test]
    fn numbers_are_walked_in_steps() {
        let cases: [(i64, i64, i64, &[i64]); 8] = [
            (0, 5, 2, &[0, 2, 4]),
            (5, 0, -1, &[5, 4, 3, 2, 1]),
            (0, 5, -1, &[]),
            (5, 0, 1, &[]),
            (3, 3, 1, &[]),
            (-3, 3, 3, &[-3, 0]),
            (LEAST, MOST, MOST, &[LEAST, -1, MOST - 1]),
            (MOST, LEAST, LEAST, &[MOST, -1]),
        ];
        for (from, to, step, expected) in cases {
            let numbers = ints_between(from, to, step).expect("numbers");
            assert_eq!(numbers.count_left(), expected.len() as u64);
            assert_eq!(numbers.collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn the_count_is_known_beforehand_and_endless_walks_are_refused() {
        assert_eq!(
            ints_between(LEAST, MOST, 1).map(|numbers| numbers.count_left()),
            Ok(u64::from(u32::MAX))
        );
        assert!(matches!(ints_between(0, 5, 0), Err(DateError::ZeroStep)));
        assert!(matches!(ints_between(0, MOST + 1, 1), Err(DateError::BeyondInt(_))));
    }
}
