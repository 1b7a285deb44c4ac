//! How far a pattern reads and how much work a byte of text is to it, for charging a search before it runs.

/// The most bytes of a UTF-8 character.
const CHARACTER_BYTES: usize = 4;

/// What a part of a pattern can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Extent {
    /// How many positions of the pattern a search may hold at once: its characters, times their repetitions.
    pub(super) positions: usize,
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
        positions: 0,
        reach: Some(0),
        may_be_empty: true,
        tail: false,
    };
    /// One character.
    pub(super) const CHARACTER: Self = Self {
        positions: 1,
        reach: Some(CHARACTER_BYTES),
        may_be_empty: false,
        tail: false,
    };

    /// Whether nothing is in it.
    pub(super) fn is_empty(self) -> bool {
        self == Self::EMPTY
    }

    /// One behind the other.
    pub(super) fn then(self, next: Self) -> Self {
        let reach = self.reach.zip(next.reach).filter(|_| !self.tail);
        Self {
            // An anchor counts too, so that a sequence of anchors is not free.
            positions: self.positions.saturating_add(next.positions.max(1)),
            reach: reach.map(|(left, right)| left.saturating_add(right)),
            may_be_empty: self.may_be_empty && next.may_be_empty,
            tail: next.tail,
        }
    }

    /// One or the other.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            positions: self.positions.saturating_add(other.positions).saturating_add(1),
            reach: self.reach.zip(other.reach).map(|(left, right)| left.max(right)),
            may_be_empty: self.may_be_empty || other.may_be_empty,
            tail: self.tail || other.tail,
        }
    }

    /// The same several times.
    pub(super) fn repeat(self, least: u32, most: Option<u32>) -> Self {
        let times = most.unwrap_or(least.saturating_add(1)).max(1) as usize;
        let repeats = times > 1 || most.is_none();
        Self {
            positions: self.positions.max(1).saturating_mul(times),
            reach: self
                .reach
                .filter(|_| !(self.tail && repeats))
                .map(|reach| reach.saturating_mul(times)),
            may_be_empty: self.may_be_empty || least == 0,
            tail: self.tail || most.is_none(),
        }
    }
}
