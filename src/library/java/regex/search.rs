//! Walks over the matches of a pattern as `Matcher.find` does, and charges for what it looks at before it does.

use std::ops::Range;

use super::automaton::{Automaton, Maker, Step, Thread};
use super::budget::reserve;
use super::look::Kinds;
use super::marks::Marks;
use super::pattern::Pattern;
use crate::machine::charge::Charge;
use crate::machine::unread::Unread;

/// The steps of a search beside what it looks at, and those of a step that is not only noted.
pub(super) const START_STEPS: u64 = 6;
pub(super) const SINGLE_STEPS: u64 = 1;
/// The same for a character beyond ASCII, whose symbol is searched for.
pub(super) const WIDE_STEPS: u64 = 4;
/// Bytes that are charged at once, and looked at without a look at the deadline.
pub(super) const PORTION: usize = 64;
/// The steps of a portion.
pub(super) const PORTION_STEPS: u64 = 32;
/// The most steps of the automaton that are noted; then where its threads started is worked out, and they are forgotten.
pub(super) const MOST_NOTED: usize = 64 * 1024;
/// A slot that was not saved.
const UNSET: usize = usize::MAX;

/// What searches with one pattern keep from one to the next, within one evaluation.
#[derive(Debug)]
pub(crate) struct Scratch {
    /// What was made beyond what the pattern knows.
    maker: Option<Box<Maker>>,
    /// The steps since the automaton was idle, or since [`Self::roots`] were worked out.
    noted: Vec<u32>,
    /// For each thread of the state before the first noted step, its slots; empty where there is no thread.
    roots: Vec<usize>,
    new_roots: Vec<usize>,
    /// The slots of the match: its start, then the starts and ends of the groups.
    slots: Vec<usize>,
}

impl Scratch {
    /// What a first search needs.
    pub(crate) fn new<B: Charge>(pattern: &Pattern, budget: &mut B) -> Result<Self, B::Error> {
        let mut scratch = Self {
            maker: None,
            noted: Vec::new(),
            roots: Vec::new(),
            new_roots: Vec::new(),
            slots: Vec::new(),
        };
        reserve(&mut scratch.slots, 1 + 2 * pattern.groups, budget)?;
        Ok(scratch)
    }
}

/// What is known of a pattern's automaton.
#[inline]
fn known<'a>(pattern: &'a Pattern, maker: Option<&'a Maker>) -> &'a Automaton {
    maker.map_or(&pattern.known, Maker::automaton)
}

/// A match that may still be replaced by one with priority.
#[derive(Clone, Copy)]
struct Match {
    thread: Thread,
    /// Where it ends.
    at: usize,
    /// How many steps were noted then.
    noted: usize,
}

/// A walk over the matches in a text.
pub(crate) struct Searcher<'s, 't> {
    pattern: &'s Pattern,
    scratch: &'s mut Scratch,
    text: &'t str,
    /// How many slots a match has: one where the groups are not asked for.
    width: usize,
    /// The match that was found last.
    found: Range<usize>,
    /// Where the next search begins; `None` at the end of the walk.
    next: Option<usize>,
    /// The bytes that are charged and not yet looked at.
    paid: usize,
    /// Where the line terminator that ends the text starts, and its symbols.
    tail: (usize, [u16; 2]),
    marks: Marks,
}

impl<'s, 't> Searcher<'s, 't> {
    /// A walk from the start of `text`; `with_groups` if [`Self::group`] will be asked.
    pub(crate) fn new(pattern: &'s Pattern, scratch: &'s mut Scratch, text: Unread<'t>, with_groups: bool) -> Self {
        let text = text.for_search();
        Self {
            pattern,
            scratch,
            text,
            width: if with_groups { 1 + 2 * pattern.groups } else { 1 },
            found: 0..0,
            next: Some(0),
            paid: 0,
            tail: pattern.program.alphabet.tail(text).unwrap_or((text.len(), [0; 2])),
            marks: Marks::default(),
        }
    }

    /// Finds the next match: `Matcher.find`.
    ///
    /// After a match that is empty the walk goes on one character further, else where the match ended, even if only
    /// an empty match is found there.
    ///
    /// # Errors
    /// When the budget refuses.
    pub(crate) fn find<B: Charge>(&mut self, budget: &mut B) -> Result<Option<Range<usize>>, B::Error> {
        let Some(from) = self.next.take() else { return Ok(None) };
        budget.steps(START_STEPS)?;
        let Some(matched) = self.search(from, budget)? else {
            return Ok(None);
        };
        let mut slots = std::mem::take(&mut self.scratch.slots);
        slots.clear();
        slots.resize(self.width, UNSET);
        let traced = self.trace(matched, &mut slots, budget);
        let start = slots.first().map_or(matched.at, |&start| start.min(matched.at));
        self.scratch.slots = slots;
        traced?;
        let found = start..matched.at;
        let behind = self.text.get(found.end..).and_then(|rest| rest.chars().next());
        self.next = if found.is_empty() {
            behind.map(|skipped| found.end + skipped.len_utf8())
        } else {
            Some(found.end)
        };
        self.found = found.clone();
        Ok(Some(found))
    }

    /// The range of a group in the last match, if it took part.
    pub(crate) fn group(&self, number: usize) -> Option<Range<usize>> {
        if number == 0 {
            return Some(self.found.clone());
        }
        let slot = |index: usize| self.scratch.slots.get(index).copied().filter(|&at| at != UNSET);
        Some(slot(number * 2 - 1)?..slot(number * 2)?)
    }

    /// Runs the automaton until no match with more priority is possible.
    fn search<B: Charge>(&mut self, from: usize, budget: &mut B) -> Result<Option<Match>, B::Error> {
        let pattern = self.pattern;
        let mut matched = None;
        let mut at = from;
        let mut row = self.start(from, budget)?;
        self.scratch.noted.clear();
        self.scratch.roots.clear();
        loop {
            if self.paid == 0 {
                budget.steps(PORTION_STEPS)?;
                self.paid = PORTION;
                reserve(&mut self.scratch.noted, PORTION, budget)?;
            }
            (row, at) = self.run(row, at, &mut matched);
            budget.steps(SINGLE_STEPS)?;
            let (symbol, length) = self.symbol(at, budget)?;
            let mut step = self.known(row, symbol);
            if step.is_unknown() {
                if self.automaton().is_full() {
                    row = self.forget(row, at, &mut matched, budget)?;
                }
                step = self.maker(budget)?.make(&pattern.program, row, symbol, budget)?;
            }
            if step.is_match() {
                let noted = self.scratch.noted.len();
                let thread = self.automaton().match_of(step);
                matched = Some(Match { thread, at, noted });
            }
            if step.is_dead() {
                return Ok(matched);
            }
            if step.is_idle() {
                self.scratch.noted.clear();
                self.scratch.roots.clear();
            } else {
                if self.scratch.noted.len() >= MOST_NOTED {
                    row = self.forget(row, at, &mut matched, budget)?;
                    step = self.maker(budget)?.make(&pattern.program, row, symbol, budget)?;
                }
                reserve(&mut self.scratch.noted, 1, budget)?;
                self.scratch.noted.push(row + u32::from(symbol));
            }
            row = step.row();
            at += length;
            self.paid = self.paid.saturating_sub(length);
        }
    }

    /// Runs over bytes of ASCII whose steps are known and are only noted, as far as is paid.
    #[inline]
    fn run(&mut self, mut row: u32, mut at: usize, matched: &mut Option<Match>) -> (u32, usize) {
        let Scratch { maker, noted, .. } = &mut *self.scratch;
        let stop = (at + self.paid).min(self.tail.0);
        let bytes = self.text.as_bytes().get(..stop).unwrap_or_default();
        let ascii = self.pattern.program.alphabet.ascii();
        let automaton = known(self.pattern, maker.as_deref());
        let steps = automaton.steps();
        let begun = at;
        let most = noted.capacity().min(MOST_NOTED);
        let mut match_at = None;
        while let Some(symbol) = bytes.get(at).and_then(|&byte| ascii.get(byte as usize)) {
            let index = row + u32::from(*symbol);
            let Some(&step) = steps.get(index as usize) else { break };
            match step.noted() {
                Some(next) if noted.len() < most => {
                    if step.is_match() {
                        match_at = Some(at);
                    }
                    noted.push(index);
                    row = next;
                }
                None if step.idles_in(row) => {}
                _ => break,
            }
            at += 1;
        }
        if let Some(found) = match_at {
            // Behind a match nothing idles: each byte was noted.
            let before = noted.len().saturating_sub(at - found);
            let step = noted.get(before).and_then(|&index| steps.get(index as usize));
            let thread = automaton.match_of(step.copied().unwrap_or(Step::UNKNOWN));
            *matched = Some(Match {
                thread,
                at: found,
                noted: before,
            });
        }
        self.paid -= (at - begun).min(self.paid);
        (row, at)
    }

    fn automaton(&self) -> &Automaton {
        known(self.pattern, self.scratch.maker.as_deref())
    }

    /// The automaton of this evaluation, to make more of.
    fn maker<B: Charge>(&mut self, budget: &mut B) -> Result<&mut Maker, B::Error> {
        Ok(match &mut self.scratch.maker {
            Some(maker) => maker,
            none => none.insert(Box::new(Maker::new(
                &self.pattern.program,
                &self.pattern.known,
                budget,
            )?)),
        })
    }

    fn known(&self, row: u32, symbol: u16) -> Step {
        let steps = self.automaton().steps();
        let step = steps.get((row + u32::from(symbol)) as usize);
        step.copied().unwrap_or(Step::UNKNOWN)
    }

    /// The row where a search from a position starts.
    fn start<B: Charge>(&mut self, from: usize, budget: &mut B) -> Result<u32, B::Error> {
        let before = self.text.get(..from).and_then(|text| text.chars().next_back());
        let alphabet = &self.pattern.program.alphabet;
        let kinds = match before {
            None => Kinds::START,
            // A look into the table of characters, for patterns that ask for it.
            Some(_) if self.pattern.program.reads_before == Kinds::default() => Kinds::default(),
            Some(before) if alphabet.has_marks() && self.marks.start(self.text, from, budget)? => {
                alphabet.symbol(alphabet.find_marked(before.into())).kinds
            }
            Some(before) => alphabet.symbol(alphabet.find(before.into())).kinds,
        };
        let kinds = kinds.within(self.pattern.program.reads_before);
        match self.automaton().start(kinds) {
            Some(row) => Ok(row),
            None => self.maker(budget)?.start(kinds, budget),
        }
    }

    /// The symbol at a position, and the length of its character.
    fn symbol<B: Charge>(&mut self, at: usize, budget: &mut B) -> Result<(u16, usize), B::Error> {
        let alphabet = &self.pattern.program.alphabet;
        let Some(character) = self.text.get(at..).and_then(|rest| rest.chars().next()) else {
            return Ok((alphabet.end(), 0));
        };
        let length = character.len_utf8();
        if let Some(behind) = at.checked_sub(self.tail.0) {
            let [first, second] = self.tail.1;
            return Ok((if behind == 0 { first } else { second }, length));
        }
        if let Some(&symbol) = alphabet.ascii().get(character as usize) {
            return Ok((symbol, length));
        }
        budget.steps(WIDE_STEPS)?;
        let symbol = match alphabet.has_marks() && self.marks.is_on_base(self.text, at, character, budget)? {
            true => alphabet.find_marked(character.into()),
            false => alphabet.find(character.into()),
        };
        Ok((symbol, length))
    }

    /// Forgets the automaton's states and the noted steps, but for the state of `row` and where its threads and the match
    /// started.
    #[cold]
    #[inline(never)]
    fn forget<B: Charge>(
        &mut self,
        row: u32,
        at: usize,
        matched: &mut Option<Match>,
        budget: &mut B,
    ) -> Result<u32, B::Error> {
        let threads = self.automaton().width_of(row);
        let noted = self.scratch.noted.len();
        // The match comes as one more thread.
        let all = threads + 1;
        budget.steps((all * self.width) as u64 / 8)?;
        let mut roots = std::mem::take(&mut self.scratch.new_roots);
        roots.clear();
        reserve(&mut roots, all * self.width, budget)?;
        roots.resize(all * self.width, UNSET);
        for (index, slots) in roots.chunks_mut(self.width).enumerate() {
            if index < threads {
                let thread = Match {
                    thread: Thread::of(index as u32),
                    at,
                    noted,
                };
                self.trace(thread, slots, budget)?;
            } else if let Some(matched) = matched {
                self.trace(*matched, slots, budget)?;
                *matched = Match {
                    thread: Thread::of(index as u32),
                    at: matched.at,
                    noted: 0,
                };
            }
        }
        self.scratch.new_roots = std::mem::replace(&mut self.scratch.roots, roots);
        self.scratch.noted.clear();
        self.maker(budget)?.forget(row, budget)
    }

    /// Goes back along the noted steps from a thread to where it started, and fills in the slots that it saved.
    fn trace<B: Charge>(&mut self, from: Match, slots: &mut [usize], budget: &mut B) -> Result<(), B::Error> {
        let bytes = self.text.as_bytes();
        let (mut thread, mut at) = (from.thread, from.at);
        let mut unsaved = (1_u64 << (slots.len() - 1)) - 1;
        let mut noted = self.scratch.noted.get(..from.noted).unwrap_or(&[]).iter();
        loop {
            if self.paid == 0 {
                budget.steps(PORTION_STEPS)?;
                self.paid = PORTION;
            }
            self.paid -= 1;
            let mut saves = thread.saves() & unsaved;
            unsaved &= !saves;
            while saves != 0 {
                if let Some(slot) = slots.get_mut(saves.trailing_zeros() as usize + 1) {
                    *slot = at;
                }
                saves &= saves - 1;
            }
            if thread.parent() == Thread::BIRTH {
                if let Some(start) = slots.first_mut() {
                    *start = at;
                }
                return Ok(());
            }
            let Some(step) = noted.next_back() else { break };
            thread = known(self.pattern, self.scratch.maker.as_deref()).thread(*step, thread.parent());
            at = at.saturating_sub(1);
            while at > 0 && bytes.get(at).is_some_and(|byte| byte & 0xC0 == 0x80) {
                at -= 1;
            }
        }
        // The rest was worked out when the steps before were forgotten.
        let root = thread.parent() as usize * self.width;
        let known = self.scratch.roots.get(root..root + self.width).unwrap_or(&[]);
        for (index, (slot, known)) in slots.iter_mut().zip(known).enumerate() {
            if index == 0 || unsaved >> (index - 1) & 1 == 1 {
                *slot = *known;
            }
        }
        Ok(())
    }
}
