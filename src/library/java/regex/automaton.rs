//! The deterministic automaton of a pattern, made state by state while a search needs it.
//!
//! A state is a list of threads, by priority: each is a state of the pattern that a match in progress has come to. A step
//! over a symbol notes for each thread of the new list which thread of the old one it came from, and which groups began
//! or ended on the way. A search notes its steps; going back along them from a match gives where it and its groups
//! started. So one automaton gives matches and groups, and no byte is looked at more than twice for a match.
//!
//! What a search may cost is counted here: a step that is known costs the search half a unit, a new one is charged for the
//! states it follows. Everything is made within one evaluation, so charges do not depend on what ran before.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use super::budget::reserve;
use super::code::State;
use super::look::Kinds;
use super::program::Program;
use crate::machine::charge::Charge;

/// What the known states and steps may take before they are forgotten.
pub(super) const MOST_BYTES: usize = 256 * 1024;
/// Charged for each state's place in the index: what its table takes while it doubles.
pub(super) const INDEX_BYTES: usize = 24;
/// Charged for each new step beside the states that it follows.
pub(super) const STEP_STEPS: u64 = 12;
/// The bytes of a known state, and of a thread.
pub(super) const KNOWN_BYTES: usize = size_of::<Known>();
pub(super) const THREAD_BYTES: usize = size_of::<Thread>();
/// Work is charged in portions of so many steps.
const PORTION: u64 = 64;

/// Where a thread came from: the index of the thread before, [`Thread::BIRTH`], and a bit for each slot it saved.
#[derive(Clone, Copy, Debug)]
pub(super) struct Thread(u64);

impl Thread {
    const PARENT_BITS: u32 = 24;
    const PARENT: u64 = (1 << Self::PARENT_BITS) - 1;
    /// The parent of a thread whose match starts here.
    pub(super) const BIRTH: u32 = Self::PARENT as u32;

    /// A thread with this parent, that saved nothing.
    pub(super) const fn of(parent: u32) -> Self {
        Self(parent as u64)
    }

    pub(super) const fn parent(self) -> u32 {
        (self.0 & Self::PARENT) as u32
    }

    /// The slots it saved, bit 0 for slot 2: the match itself needs none.
    pub(super) const fn saves(self) -> u64 {
        self.0 >> Self::PARENT_BITS
    }

    const fn saving(self, slot: u8) -> Self {
        Self(self.0 | 1 << (Self::PARENT_BITS + slot as u32 - 2))
    }
}

/// The result of a symbol in a state.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    /// The row of the next state, with flags.
    next: u32,
    /// Where its threads start in the table; one more for the match, if there is one.
    threads: u32,
}

impl Step {
    /// There was a match before the symbol.
    const MATCH: u32 = 1 << 31;
    /// The next state has no threads, and a match may start anywhere.
    const IDLE: u32 = 1 << 30;
    /// The next state has no threads, and no match may start.
    const DEAD: u32 = 1 << 29;
    const FLAGS: u32 = Self::MATCH | Self::IDLE | Self::DEAD;
    pub(super) const UNKNOWN: Self = Self {
        next: u32::MAX,
        threads: 0,
    };

    /// Whether it was not made yet.
    #[inline]
    pub(super) const fn is_unknown(self) -> bool {
        self.next == u32::MAX
    }

    /// The next row where the step is known and leads to a state with threads, so that it is noted.
    #[inline]
    pub(super) const fn noted(self) -> Option<u32> {
        if self.next & (Self::IDLE | Self::DEAD) == 0 {
            Some(self.row())
        } else {
            None
        }
    }

    /// Whether it leads from an idle row back to it.
    #[inline]
    pub(super) const fn idles_in(self, row: u32) -> bool {
        self.next == row | Self::IDLE
    }

    pub(super) const fn row(self) -> u32 {
        self.next & !Self::FLAGS
    }

    pub(super) const fn is_match(self) -> bool {
        self.next & Self::MATCH != 0
    }

    pub(super) const fn is_idle(self) -> bool {
        self.next & Self::IDLE != 0
    }

    pub(super) const fn is_dead(self) -> bool {
        self.next & Self::DEAD != 0
    }
}

/// A known state.
#[derive(Clone, Copy, Debug)]
struct Known {
    /// Where its threads are in the table of cores.
    start: u32,
    length: u32,
    /// What the character before is to the pattern's assertions.
    before: Kinds,
    /// Whether a match may still start.
    seeking: bool,
}

/// The automaton as far as it is known.
#[derive(Clone, Debug)]
pub(super) struct Automaton {
    known: Vec<Known>,
    /// For each state's threads, the pattern's states.
    cores: Vec<u32>,
    /// For each state, a row with a step for each symbol.
    steps: Vec<Step>,
    threads: Vec<Thread>,
    index: HashTable<u32>,
    /// What hashes them, seeded for each automaton.
    hashing: RandomState,
    /// The rows where searches start, by what is before them.
    starts: Vec<(Kinds, u32)>,
    /// The length of a row.
    width: u32,
}

/// An automaton that more is made of.
#[derive(Debug)]
pub(super) struct Maker {
    automaton: Automaton,
    making: Making,
}

/// A step that is being made.
#[derive(Debug)]
struct Making {
    /// For each state of the pattern, the number of the step that followed it last, and of that which took it.
    followed: Vec<u32>,
    taken: Vec<u32>,
    number: u32,
    stack: Vec<(u32, Thread)>,
    core: Vec<u32>,
    threads: Vec<Thread>,
    before: Kinds,
    behind: Kinds,
    character: Option<u32>,
    matched: Option<Thread>,
    /// Work that is not charged yet.
    work: u64,
}

impl Automaton {
    /// An automaton that knows nothing, for so many symbols.
    pub(super) fn new(symbols: usize) -> Self {
        Self {
            known: Vec::new(),
            cores: Vec::new(),
            steps: Vec::new(),
            threads: Vec::new(),
            index: HashTable::new(),
            hashing: RandomState::default(),
            starts: Vec::new(),
            width: symbols as u32,
        }
    }

    /// All known steps, by row and symbol.
    #[inline]
    pub(super) fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// What the known states and steps take.
    fn bytes(&self) -> usize {
        self.known.len() * (size_of::<Known>() + INDEX_BYTES)
            + self.cores.len() * size_of::<u32>()
            + self.steps.len() * size_of::<Step>()
            + self.threads.len() * size_of::<Thread>()
            + self.starts.len() * size_of::<(Kinds, u32)>()
    }

    /// The bytes it holds on the heap.
    pub(super) fn held_bytes(&self) -> usize {
        self.known.capacity() * size_of::<Known>()
            + self.index.allocation_size()
            + self.cores.capacity() * size_of::<u32>()
            + self.steps.capacity() * size_of::<Step>()
            + self.threads.capacity() * size_of::<Thread>()
            + self.starts.capacity() * size_of::<(Kinds, u32)>()
    }

    /// Whether what is known takes as much as it may.
    pub(super) fn is_full(&self) -> bool {
        self.bytes() > MOST_BYTES && self.known.len() > 2
    }

    /// How many threads a state has.
    pub(super) fn width_of(&self, row: u32) -> usize {
        self.known(row).length as usize
    }

    /// The threads of a step's next state, and that of its match.
    #[inline]
    pub(super) fn thread(&self, step: u32, index: u32) -> Thread {
        let step = self.steps.get(step as usize).map_or(0, |step| step.threads);
        let thread = self.threads.get(step as usize + index as usize);
        // INVARIANT: parents are indices of threads of the state that a step leaves.
        thread.copied().unwrap_or(Thread::of(Thread::BIRTH))
    }

    /// The thread of the match that a step has found before its symbol.
    pub(super) fn match_of(&self, step: Step) -> Thread {
        let length = match step.is_dead() {
            true => 0,
            false => self.width_of(step.row()),
        };
        let thread = self.threads.get(step.threads as usize + length);
        thread.copied().unwrap_or(Thread::of(Thread::BIRTH))
    }

    /// The row where a search starts behind what `before` says, if it is known.
    #[inline]
    pub(super) fn start(&self, before: Kinds) -> Option<u32> {
        let mut starts = self.starts.iter();
        starts.find(|(known, _)| *known == before).map(|&(_, row)| row)
    }

    fn known(&self, row: u32) -> Known {
        let known = self.known.get((row / self.width) as usize);
        // INVARIANT: rows come from this automaton.
        known.copied().unwrap_or(Known {
            start: 0,
            length: 0,
            before: Kinds::default(),
            seeking: false,
        })
    }
}

impl Maker {
    /// What goes on with an automaton that is known so far.
    pub(super) fn new<B: Charge>(program: &Program, known: &Automaton, budget: &mut B) -> Result<Self, B::Error> {
        let states = program.states.len();
        // The stack holds at most two entries for each state.
        let bytes = size_of::<Self>() + known.bytes() + states * (8 + 2 * size_of::<(u32, Thread)>());
        budget.memory(bytes as u64)?;
        budget.steps((known.bytes() + states) as u64 / 16)?;
        Ok(Self {
            automaton: known.clone(),
            making: Making {
                followed: vec![0; states],
                taken: vec![0; states],
                number: 0,
                stack: Vec::with_capacity(2 * states),
                core: Vec::new(),
                threads: Vec::new(),
                before: Kinds::default(),
                behind: Kinds::default(),
                character: None,
                matched: None,
                work: 0,
            },
        })
    }

    /// What is known.
    #[inline]
    pub(super) const fn automaton(&self) -> &Automaton {
        &self.automaton
    }

    /// Makes all that a program's automaton may ever need, or as much of it as the budget allows; gives whether it is all.
    pub(super) fn make_all<B: Charge>(mut self, program: &Program, budget: &mut B) -> (Automaton, bool) {
        let is_all = self.try_make_all(program, budget).is_ok();
        let mut made = self.automaton;
        made.known.shrink_to_fit();
        made.cores.shrink_to_fit();
        made.steps.shrink_to_fit();
        made.threads.shrink_to_fit();
        made.starts.shrink_to_fit();
        (made, is_all)
    }

    fn try_make_all<B: Charge>(&mut self, program: &Program, budget: &mut B) -> Result<(), B::Error> {
        self.start(Kinds::START.within(program.reads_before), budget)?;
        let symbols = program.alphabet.len() as u16;
        for symbol in 0..symbols {
            let kinds = program.alphabet.symbol(symbol).kinds;
            self.start(kinds.within(program.reads_before), budget)?;
        }
        let mut row = 0;
        while (row as usize) < self.automaton.steps.len() {
            for symbol in 0..symbols {
                self.make(program, row, symbol, budget)?;
            }
            row += self.automaton.width;
        }
        Ok(())
    }

    /// The row where a search starts behind what `before` says.
    pub(super) fn start<B: Charge>(&mut self, before: Kinds, budget: &mut B) -> Result<u32, B::Error> {
        if let Some(row) = self.automaton.start(before) {
            return Ok(row);
        }
        self.making.core.clear();
        let row = self.automaton.intern(&self.making.core, before, true, budget)?;
        reserve(&mut self.automaton.starts, 1, budget)?;
        self.automaton.starts.push((before, row));
        Ok(row)
    }

    /// Forgets all states but one, and gives its new row.
    pub(super) fn forget<B: Charge>(&mut self, row: u32, budget: &mut B) -> Result<u32, B::Error> {
        let known = &mut self.automaton;
        let kept = known.known(row);
        self.making.core.clear();
        reserve(&mut self.making.core, kept.length as usize, budget)?;
        self.making.core.extend_from_slice(core(&known.cores, kept));
        budget.steps(known.known.len() as u64 / 4 + u64::from(kept.length) / 8)?;
        known.known.clear();
        known.cores.clear();
        known.steps.clear();
        known.threads.clear();
        known.index.clear();
        known.starts.clear();
        known.intern(&self.making.core, kept.before, kept.seeking, budget)
    }

    /// Makes the step of a symbol in a state.
    #[cold]
    #[inline(never)]
    pub(super) fn make<B: Charge>(
        &mut self,
        program: &Program,
        row: u32,
        symbol: u16,
        budget: &mut B,
    ) -> Result<Step, B::Error> {
        budget.steps(STEP_STEPS)?;
        let Self { automaton, making } = self;
        let from = automaton.known(row);
        let taken = program.alphabet.symbol(symbol);
        making.begin(from.before, taken.kinds, taken.character);
        for (index, &state) in core(&automaton.cores, from).iter().enumerate() {
            making.follow(program, state, Thread::of(index as u32), budget)?;
            if making.matched.is_some() {
                break;
            }
        }
        if from.seeking && making.matched.is_none() {
            making.follow(program, 0, Thread::of(Thread::BIRTH), budget)?;
        }
        budget.steps(std::mem::take(&mut making.work))?;
        let ends = taken.character.is_none() || program.is_anchored;
        let seeking = from.seeking && making.matched.is_none() && !ends;
        let before = taken.kinds.within(program.reads_before);
        let next = match (making.core.is_empty(), seeking) {
            (true, false) => Step::DEAD,
            (true, true) => Step::IDLE | automaton.intern(&making.core, before, seeking, budget)?,
            (false, _) => automaton.intern(&making.core, before, seeking, budget)?,
        };
        let flag = if making.matched.is_some() { Step::MATCH } else { 0 };
        let step = Step {
            next: next | flag,
            threads: automaton.threads.len() as u32,
        };
        reserve(&mut automaton.threads, making.threads.len() + 1, budget)?;
        automaton.threads.extend_from_slice(&making.threads);
        automaton.threads.extend(making.matched);
        if let Some(place) = automaton.steps.get_mut((row + u32::from(symbol)) as usize) {
            *place = step;
        }
        Ok(step)
    }
}

impl Automaton {
    /// The row of the state with these threads.
    fn intern<B: Charge>(
        &mut self,
        made: &[u32],
        before: Kinds,
        seeking: bool,
        budget: &mut B,
    ) -> Result<u32, B::Error> {
        budget.steps(made.len() as u64 / 8)?;
        let hashing = self.hashing.clone();
        let hash = |known: &Known, core: &[u32]| hashing.hash_one((known.before, known.seeking, core));
        let new = Known {
            start: self.cores.len() as u32,
            length: made.len() as u32,
            before,
            seeking,
        };
        let of_new = hash(&new, made);
        let same = |&number: &u32| {
            self.known.get(number as usize).is_some_and(|known| {
                known.before == before && known.seeking == seeking && core(&self.cores, *known) == made
            })
        };
        if let Some(&number) = self.index.find(of_new, same) {
            return Ok(number * self.width);
        }
        budget.steps(u64::from(self.width) / 16)?;
        budget.memory(INDEX_BYTES as u64)?;
        reserve(&mut self.known, 1, budget)?;
        reserve(&mut self.cores, made.len(), budget)?;
        reserve(&mut self.steps, self.width as usize, budget)?;
        let number = self.known.len() as u32;
        self.known.push(new);
        self.cores.extend_from_slice(made);
        self.steps.resize(self.steps.len() + self.width as usize, Step::UNKNOWN);
        let (known, cores) = (&self.known, &self.cores);
        self.index.insert_unique(of_new, number, |&number| {
            known
                .get(number as usize)
                .map_or(0, |known| hash(known, core(cores, *known)))
        });
        Ok(number * self.width)
    }
}

/// The program's states of a known state's threads.
fn core(cores: &[u32], of: Known) -> &[u32] {
    cores
        .get(of.start as usize..(of.start + of.length) as usize)
        .unwrap_or(&[])
}

impl Making {
    fn begin(&mut self, before: Kinds, behind: Kinds, character: Option<u32>) {
        if self.number == u32::MAX {
            self.followed.fill(0);
            self.taken.fill(0);
            self.number = 0;
        }
        self.number += 1;
        self.core.clear();
        self.threads.clear();
        self.stack.clear();
        (self.before, self.behind, self.character) = (before, behind, character);
        self.matched = None;
        self.work = 0;
    }

    /// Follows a thread to where it takes the symbol or matches, by priority.
    fn follow<B: Charge>(
        &mut self,
        program: &Program,
        state: u32,
        thread: Thread,
        budget: &mut B,
    ) -> Result<(), B::Error> {
        let mut follow = Some((state, thread));
        while let Some((state, thread)) = follow.take().or_else(|| self.stack.pop()) {
            self.work += 1;
            if self.work >= PORTION {
                budget.steps(std::mem::take(&mut self.work))?;
            }
            match self.followed.get_mut(state as usize) {
                Some(last) if *last != self.number => *last = self.number,
                _ => continue,
            }
            match program.states.get(state as usize) {
                Some(&State::Set { set, next }) => self.take(program, set, next, thread, budget)?,
                Some(&State::Look { look, next }) => {
                    if look.holds(self.before, self.behind) {
                        follow = Some((next, thread));
                    }
                }
                Some(&State::Save { slot, next }) => follow = Some((next, thread.saving(slot))),
                Some(&State::Split { first, second }) => {
                    self.stack.push((second, thread));
                    follow = Some((first, thread));
                }
                Some(State::Match) | None => {
                    self.matched = Some(thread);
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// Takes the symbol, if it is in the set, and if no thread before came to the same state.
    fn take<B: Charge>(
        &mut self,
        program: &Program,
        set: u32,
        next: u32,
        thread: Thread,
        budget: &mut B,
    ) -> Result<(), B::Error> {
        let ranges = program.sets.ranges(set);
        self.work += u64::from(ranges.len().checked_ilog2().unwrap_or_default()) / 2;
        let takes = self
            .character
            .is_some_and(|character| super::sets::contains(ranges, character));
        if let Some(last) = self.taken.get_mut(next as usize)
            && takes
            && *last != self.number
        {
            *last = self.number;
            self.work += 1;
            reserve(&mut self.core, 1, budget)?;
            reserve(&mut self.threads, 1, budget)?;
            self.core.push(next);
            self.threads.push(thread);
        }
        Ok(())
    }
}
