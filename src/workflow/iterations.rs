//! The iterations of a loop that began, or the one run of a subworkflow, in frames of type `F`.

use serde::{Deserialize, Serialize};

use super::column::Column;
use crate::arena::Id;

/// Those that began.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound = "")]
pub(super) struct Iterations<F> {
    /// Their frames, by iteration; of some only the columns are kept.
    pub(super) frames: Vec<Id<F>>,
    /// Which iterations the frames are, where they are not all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    numbers: Vec<u64>,
    /// How many began.
    pub(super) begun: u64,
    /// What is kept of those without a frame.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) columns: Vec<Column>,
}

impl<F> Iterations<F> {
    /// None.
    pub(super) const NONE: Self = Self {
        frames: Vec::new(),
        numbers: Vec::new(),
        begun: 0,
        columns: Vec::new(),
    };

    /// Adds the next.
    pub(super) fn push(&mut self, frame: Id<F>) {
        if !self.are_all() {
            self.numbers.push(self.begun);
        }
        self.frames.push(frame);
        self.begun += 1;
    }

    /// Whether each that began has its frame.
    pub(super) fn are_all(&self) -> bool {
        self.frames.len() as u64 == self.begun && self.numbers.is_empty()
    }

    fn index(&self, iteration: u64) -> Option<usize> {
        match self.are_all() {
            true => usize::try_from(iteration).ok(),
            false => self.numbers.binary_search(&iteration).ok(),
        }
    }

    /// The frame of an iteration.
    pub(super) fn frame(&self, iteration: u64) -> Option<Id<F>> {
        self.frames.get(self.index(iteration)?).copied()
    }

    /// The frames with the iterations that they are.
    pub(super) fn numbered(&self) -> impl ExactSizeIterator<Item = (u64, Id<F>)> {
        let all = self.are_all();
        let number = move |index: usize| match all {
            true => index as u64,
            false => self.numbers.get(index).copied().unwrap_or_default(),
        };
        self.frames
            .iter()
            .enumerate()
            .map(move |(index, frame)| (number(index), *frame))
    }

    /// Takes a frame out, of which columns are kept.
    pub(super) fn take_out(&mut self, frame: Id<F>, iteration: u64) {
        if self.are_all() {
            self.numbers = (0..self.begun).collect();
        }
        let Some(index) = self
            .index(iteration)
            .filter(|index| self.frames.get(*index) == Some(&frame))
        else {
            return;
        };
        self.frames.remove(index);
        self.numbers.remove(index);
    }

    /// Takes out those after an iteration, as if they never began.
    pub(super) fn truncate(&mut self, last: u64) -> Vec<Id<F>> {
        let keep = self.numbered().filter(|(number, _)| *number <= last).count();
        let later = self.frames.split_off(keep.min(self.frames.len()));
        self.numbers.truncate(keep);
        self.begun = last + 1;
        later
    }

    /// The blocks of the columns.
    pub(super) fn blocks(&self) -> u64 {
        self.columns.iter().map(|column| column.blocks.len() as u64).sum()
    }

    /// The bytes of the columns.
    pub(super) fn columns_bytes(&self) -> u64 {
        self.columns
            .iter()
            .map(|column| column.bytes)
            .fold(0, u64::saturating_add)
    }

    /// Whether it can be what an unfolding kept, which has no more than so many.
    pub(super) fn is_sound(&self, most: u64) -> bool {
        let in_order = self.numbers.is_sorted_by(|one, other| one < other);
        let known =
            self.numbers.len() == self.frames.len() && self.numbers.last().is_none_or(|last| *last < self.begun);
        self.begun <= most && (self.are_all() || (in_order && known))
    }
}

// Not derived, which would ask the same of `F`.
impl<F> Default for Iterations<F> {
    fn default() -> Self {
        Self::NONE
    }
}
