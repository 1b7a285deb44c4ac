//! How far a pattern reads and how large its program is, for charging before it is compiled or searched for.

use super::code::repeated_size;

/// The most bytes of a UTF-8 character.
pub(super) const CHARACTER_BYTES: usize = 4;

/// What a part of a pattern can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Extent {
    /// The operations of its code.
    pub(super) size: u64,
    /// The most bytes it reads before it has matched or failed. `None` where a part that repeats without bound has
    /// something behind it, so that a search may read on far behind the match it returns.
    pub(super) reach: Option<usize>,
    /// Whether it may match nothing.
    pub(super) may_be_empty: bool,
    /// Whether it ends in a part that repeats without bound: reading on, it only makes the match longer.
    tail: bool,
}

impl Extent {
    /// Nothing.
    pub(super) const EMPTY: Self = Self {
        size: 0,
        reach: Some(0),
        may_be_empty: true,
        tail: false,
    };
    /// An assertion.
    pub(super) const ANCHOR: Self = Self { size: 1, ..Self::EMPTY };
    /// One character.
    pub(super) const CHARACTER: Self = Self {
        size: 1,
        reach: Some(CHARACTER_BYTES),
        may_be_empty: false,
        tail: false,
    };

    /// One behind the other.
    pub(super) fn then(self, next: Self) -> Self {
        let reach = self.reach.zip(next.reach).filter(|_| !self.tail);
        Self {
            size: self.size.saturating_add(next.size),
            reach: reach.map(|(left, right)| left.saturating_add(right)),
            may_be_empty: self.may_be_empty && next.may_be_empty,
            tail: next.tail,
        }
    }

    /// One or the other.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            size: self.size.saturating_add(other.size).saturating_add(2),
            reach: self.reach.zip(other.reach).map(|(left, right)| left.max(right)),
            may_be_empty: self.may_be_empty || other.may_be_empty,
            tail: self.tail || other.tail,
        }
    }

    /// The same in a group that captures.
    pub(super) fn captured(self) -> Self {
        Self {
            size: self.size.saturating_add(2),
            ..self
        }
    }

    /// The same several times.
    pub(super) fn repeat(self, least: u32, most: Option<u32>) -> Self {
        let times = most.unwrap_or(least.saturating_add(1)).max(1) as usize;
        let repeats = times > 1 || most.is_none();
        Self {
            size: repeated_size(self.size, least, most, self.may_be_empty),
            reach: self
                .reach
                .filter(|_| !(self.tail && repeats))
                .map(|reach| reach.saturating_mul(times)),
            may_be_empty: self.may_be_empty || least == 0,
            tail: self.tail || most.is_none(),
        }
    }
}
