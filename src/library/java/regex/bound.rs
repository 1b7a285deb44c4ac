//! How much searches may be charged at most, for a bound before the run.

use super::automaton::{INDEX_BYTES, KNOWN_BYTES, MOST_BYTES, STEP_STEPS, THREAD_BYTES};
use super::code::State;
use super::extent::CHARACTER_BYTES;
use super::marks::MARK_STEPS;
use super::pattern::{AHEAD_BYTES, Pattern};
use super::search::{MOST_NOTED, PORTION, PORTION_STEPS, SINGLE_STEPS, START_STEPS, WIDE_STEPS};

/// The quarters of a step that a byte of text takes at most: a character of two bytes with a step of its own, its part of a
/// portion, and once more where a match is traced.
const BYTE_QUARTERS: u64 = 2 * (SINGLE_STEPS + WIDE_STEPS) + 5;
/// Those that a byte of a mark takes beside them, where it is looked at and where a search starts behind it.
const MARK_QUARTERS: u64 = 4 * MARK_STEPS;
/// Taking over what was made ahead.
const TABLE_STEPS: u64 = (AHEAD_BYTES / 16) as u64;

/// What searches with one pattern take at most.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SearchBound {
    /// The steps of a walk over all matches.
    pub(crate) steps: u64,
    /// The bytes that all searches of an evaluation keep.
    pub(crate) bytes: u64,
}

impl Pattern {
    /// The most that walks over texts of so many bytes take.
    pub(crate) fn search_bound(&self, bytes: u64) -> SearchBound {
        let searches = bytes.saturating_add(2);
        // Each character is looked at by the search whose match it is in, and by those whose matches end before it, within
        // the pattern's reach and one character.
        let looks = self
            .reach
            .map_or(searches, |reach| 2 + reach.div_ceil(CHARACTER_BYTES) as u64);
        self.bound(searches, bytes.saturating_mul(looks.min(searches)))
    }

    /// The most that one search from the start of a text of so many bytes takes.
    pub(crate) fn match_bound(&self, bytes: u64) -> SearchBound {
        self.bound(1, bytes.saturating_add(1))
    }

    /// The most that so many searches take, which look at so many bytes together.
    fn bound(&self, searches: u64, scanned: u64) -> SearchBound {
        let states = self.program.states.len() as u64;
        let symbols = self.program.alphabet.len() as u64;
        let made = if self.knows_all {
            0
        } else {
            scanned.saturating_add(searches).min(self.most_steps())
        };
        // A state may come up twice, and sets of many ranges take longer.
        let each_made = STEP_STEPS + states * 8 + states / 8 + symbols / 16 + 3;
        let forgets = scanned > MOST_NOTED as u64 || self.table_bytes(made) > MOST_BYTES as u64;
        let forgetting = if forgets { scanned.saturating_mul(states + 2) } else { 0 };
        let made = if forgets { scanned } else { made };
        let quarters = BYTE_QUARTERS
            + if self.program.alphabet.has_marks() {
                MARK_QUARTERS
            } else {
                0
            };
        let steps = searches
            .saturating_mul(START_STEPS + SINGLE_STEPS)
            .saturating_add(scanned.saturating_mul(quarters) / 4)
            .saturating_add(forgetting)
            .saturating_add(made.saturating_mul(each_made))
            .saturating_add(PORTION_STEPS + if self.knows_all { 0 } else { states + TABLE_STEPS });
        SearchBound {
            steps,
            bytes: self.kept_most(),
        }
    }

    /// The most steps the automaton may ever have: its states are lists of places behind a set.
    fn most_steps(&self) -> u64 {
        let mut places: Vec<u32> = self.program.states.iter().filter_map(place_behind_set).collect();
        places.sort_unstable();
        places.dedup();
        let (mut lists, mut of_length) = (1_u64, 1_u64);
        for left in (1..=places.len() as u64).rev() {
            of_length = of_length.saturating_mul(left);
            lists = lists.saturating_add(of_length);
        }
        lists
            .saturating_mul(2)
            .saturating_mul(self.program.reads_before.combinations())
            .saturating_mul(self.program.alphabet.len() as u64)
    }

    /// What the automaton's tables take for so many steps.
    fn table_bytes(&self, steps: u64) -> u64 {
        let threads = self.program.states.len() as u64 + 1;
        let symbols = self.program.alphabet.len() as u64;
        let each_state = KNOWN_BYTES as u64 + INDEX_BYTES as u64 + 4 * threads + 8 * symbols;
        steps.saturating_mul(each_state + THREAD_BYTES as u64 * threads)
    }

    /// What an evaluation's searches keep at most, with all that their tables took while they grew.
    fn kept_most(&self) -> u64 {
        let states = self.program.states.len() as u64;
        let slots = 1 + 2 * self.groups as u64;
        let most = if self.knows_all { 0 } else { self.most_steps() };
        let tables = self.table_bytes(most).min(MOST_BYTES as u64 + self.table_bytes(2));
        let forgets = self.table_bytes(most) > MOST_BYTES as u64;
        let noted = if self.reach.is_some_and(|reach| reach < PORTION) && !forgets {
            4 * PORTION as u64
        } else {
            4 * (MOST_NOTED + PORTION) as u64
        };
        // A table that doubles takes up to four times what is in it, and has eight places at least.
        let least = 8 * (KNOWN_BYTES + THREAD_BYTES + 4 + 4 + 8 + 16 + 24) as u64;
        let roots = if forgets || self.reach.is_none() {
            states * slots * 64
        } else {
            0
        };
        let making = if self.knows_all {
            0
        } else {
            least + states * 56 + 8 * 1024
        };
        (tables + noted) * 4 + making + slots * 16 + roots + 1024
    }
}

fn place_behind_set(state: &State) -> Option<u32> {
    match state {
        State::Set { next, .. } => Some(*next),
        State::Look { .. } | State::Save { .. } | State::Split { .. } | State::Match => None,
    }
}
