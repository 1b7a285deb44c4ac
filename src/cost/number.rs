//! Ranges of integers, also relative to what a variable held when an iteration of a loop began.

use crate::check::typed::VariableId;

/// A variable at the start of an iteration of the loop that is open at a depth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Base {
    pub(super) variable: VariableId,
    pub(super) depth: u32,
}

/// From the lowest to the highest.
type Range = (i128, i128);

/// The longest way a base is followed; beyond, nothing is known.
const MAX_MOVE: i128 = 1 << 62;
const LONG: Range = (i64::MIN as i128, i64::MAX as i128);

/// What an integer may be: in the fixed range, or the base's value moved by one of the range. Nothing where neither is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) fixed: Option<Range>,
    pub(super) moved: Option<(Base, Range)>,
}

/// What a value may be: its number where it is a LONG, and its size where it has one: a STRING's bytes, an array's elements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) long: Number,
    pub(super) size: Number,
    /// Where it may have been made, where it may be an array, list or map: a bit for each origin.
    pub(super) from: u64,
}

impl Number {
    /// Any LONG, or any size.
    pub(super) const ANY: Self = Self {
        fixed: Some(LONG),
        moved: None,
    };

    pub(super) const fn exactly(value: i64) -> Self {
        Self::range(value as i128, value as i128)
    }

    pub(super) const fn range(low: i128, high: i128) -> Self {
        Self {
            fixed: Some((low, high)),
            moved: None,
        }
    }

    /// A size of at most so much.
    pub(super) fn at_most(size: u64) -> Self {
        Self::range(0, i128::from(size.min(i64::MAX as u64)))
    }

    /// What the variable holds when an iteration begins.
    pub(super) const fn start_of(base: Base) -> Self {
        Self {
            fixed: None,
            moved: Some((base, (0, 0))),
        }
    }

    /// The range, where it is known without a base.
    pub(super) fn known(self) -> Option<Range> {
        match self.moved {
            None => Some(self.fixed.unwrap_or((0, 0))),
            Some(_) => None,
        }
    }

    /// The most that it may be, from 0 on.
    pub(super) fn most(self) -> u64 {
        let high = self.known().map_or(i128::MAX, |(_, high)| high);
        u64::try_from(high.max(0)).unwrap_or(u64::MAX)
    }

    /// Either of two.
    pub(super) fn or(self, other: Self) -> Self {
        let moved = match (self.moved, other.moved) {
            (Some((base, a)), Some((other, b))) if base == other => Some((base, hull(a, b))),
            (Some(_), Some(_)) => return Self::ANY,
            (a, b) => a.or(b),
        };
        let fixed = match (self.fixed, other.fixed) {
            (Some(a), Some(b)) => Some(hull(a, b)),
            (a, b) => a.or(b),
        };
        Self { fixed, moved }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        let moved = match (self.moved, other.moved, self.fixed, other.fixed) {
            (Some(_), Some(_), _, _) => return Self::ANY,
            (Some((base, by)), None, _, Some(more)) | (None, Some((base, by)), Some(more), _) => {
                Some((base, sum(by, more)))
            }
            _ => None,
        };
        let fixed = match (self.fixed, other.fixed) {
            (Some(a), Some(b)) => Some(sum(a, b)),
            _ => None,
        };
        Self { fixed, moved }.within()
    }

    pub(super) fn minus(self, other: Self) -> Self {
        match other.moved {
            Some(_) => Self::ANY,
            None => self.plus(other.negated()),
        }
    }

    pub(super) fn negated(self) -> Self {
        match (self.moved, self.fixed) {
            (None, Some((low, high))) => Self::range(-high, -low).within(),
            _ => Self::ANY,
        }
    }

    /// Without its sign; the least LONG stays.
    pub(super) fn absolute(self) -> Self {
        match self.known() {
            Some((low, high)) => Self::range(low.max(-high).max(0), high.max(-low)).within(),
            None => Self::ANY,
        }
    }

    /// The quotient by another, rounded down.
    pub(super) fn floor_quotient(self, by: Self) -> Self {
        match by.known() {
            // Rounding down keeps the order, and zero divides nothing.
            Some((low, _)) if low > 0 => self.by_corners(by, i128::div_euclid),
            _ => Self::ANY,
        }
    }

    /// What divisions by it leave, with its sign.
    pub(super) fn floor_remainders(self) -> Self {
        match self.known() {
            Some((low, high)) => Self::range((low + 1).min(0), (high - 1).max(0)),
            None => Self::ANY,
        }
    }

    /// The result of an operation that is known at the ends of both ranges to reach its extremes there.
    pub(super) fn by_corners(self, other: Self, operation: impl Fn(i128, i128) -> i128) -> Self {
        let (Some((a, b)), Some((c, d))) = (self.known(), other.known()) else {
            return Self::ANY;
        };
        let corners = [(a, c), (a, d), (b, c), (b, d)].map(|(left, right)| operation(left, right));
        let low = corners.into_iter().min().unwrap_or(LONG.0);
        let high = corners.into_iter().max().unwrap_or(LONG.1);
        Self::range(low, high).within()
    }

    /// The same, or anything where it passes what a LONG holds: then it wraps.
    fn within(self) -> Self {
        let fits = |(low, high): Range| low >= LONG.0 && high <= LONG.1;
        let near = |(_, (low, high)): (Base, Range)| low >= -MAX_MOVE && high <= MAX_MOVE;
        match self.fixed.is_none_or(fits) && self.moved.is_none_or(near) {
            true => self,
            false => Self::ANY,
        }
    }
}

impl Shape {
    /// A value of which nothing is known.
    pub(super) const ANY: Self = Self {
        long: Number::ANY,
        size: Number::ANY,
        from: u64::MAX,
    };

    pub(super) fn long(long: Number) -> Self {
        Self {
            long,
            ..Self::default()
        }
    }

    pub(super) fn sized(size: Number) -> Self {
        Self {
            size,
            ..Self::default()
        }
    }

    /// The same as a container of these origins.
    pub(super) const fn of(self, from: u64) -> Self {
        Self { from, ..self }
    }

    pub(super) fn or(self, other: Self) -> Self {
        Self {
            long: self.long.or(other.long),
            size: self.size.or(other.size),
            from: self.from | other.from,
        }
    }
}

fn hull(a: Range, b: Range) -> Range {
    (a.0.min(b.0), a.1.max(b.1))
}

fn sum(a: Range, b: Range) -> Range {
    (a.0 + b.0, a.1 + b.1)
}
