//! Steps and bytes, added up without overflow.

use crate::machine::double::DOUBLE_TEXT_STEPS;

/// Steps and bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Spent {
    pub(super) steps: u64,
    pub(super) bytes: u64,
}

impl Spent {
    pub(super) const fn steps(steps: u64) -> Self {
        Self { steps, bytes: 0 }
    }

    pub(super) const fn bytes(bytes: u64) -> Self {
        Self { steps: 0, bytes }
    }

    /// Work on so many bytes, of which 16 take a step.
    pub(super) const fn work(bytes: u64) -> Self {
        Self::steps(bytes / 16)
    }

    /// A string of so many bytes that is made at once.
    pub(super) const fn text(bytes: u64) -> Self {
        Self {
            steps: bytes / 16,
            bytes: bytes.saturating_add(64),
        }
    }

    pub(super) const fn plus(self, other: Self) -> Self {
        Self {
            steps: self.steps.saturating_add(other.steps),
            bytes: self.bytes.saturating_add(other.bytes),
        }
    }

    pub(super) const fn times(self, count: u64) -> Self {
        Self {
            steps: self.steps.saturating_mul(count),
            bytes: self.bytes.saturating_mul(count),
        }
    }

    /// The larger of each.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            steps: self.steps.max(other.steps),
            bytes: self.bytes.max(other.bytes),
        }
    }
}

/// Writing the text of a DOUBLE.
pub(super) const DOUBLE_TEXT: Spent = Spent::steps(DOUBLE_TEXT_STEPS);
