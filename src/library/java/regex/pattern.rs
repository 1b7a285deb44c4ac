//! Patterns: read, then compiled, with what each takes known before.

use super::automaton::{Automaton, Maker};
use super::code::{self, MAX_OPERATIONS};
use super::error::PatternError;
use super::extent::Extent;
use super::look::Look;
use super::program::Program;
use super::translate::{Translation, Translator};
use crate::diagnostic::quote;
use crate::machine::charge::Charge;

/// The steps and bytes that making a pattern's automaton ahead takes at most.
const AHEAD_STEPS: u64 = 4_000;
pub(crate) const AHEAD_BYTES: usize = 8 * 1024;

/// The longest pattern, in bytes.
pub(crate) const MAX_PATTERN_BYTES: usize = 1000;

/// A pattern that is read and translated, but not yet compiled: what compiling takes can be charged first.
///
/// Reading takes time and memory in proportion to the pattern, at most [`draft_max_bytes`].
#[derive(Debug)]
pub(crate) struct Draft<'p> {
    source: &'p str,
    translation: Translation,
    whole: bool,
}

/// The most bytes reading a pattern of `length` bytes takes on the heap.
pub(crate) const fn draft_max_bytes(length: usize) -> usize {
    // A byte gives at most some 80 bytes of a set's text (`\h`), and the buffer may have doubled.
    4096 + length.saturating_mul(256)
}

impl<'p> Draft<'p> {
    /// Reads a pattern of Java's syntax.
    ///
    /// # Errors
    /// When Java would refuse it too, when it needs more than linear time, or when it is too long.
    pub(crate) fn read(source: &'p str) -> Result<Self, PatternError> {
        if source.len() > MAX_PATTERN_BYTES {
            return Err(PatternError::TooLong {
                length: source.len(),
                limit: MAX_PATTERN_BYTES,
            });
        }
        let translation = Translator::new(source).translate()?;
        Ok(Self {
            source,
            translation,
            whole: false,
        })
    }

    /// The same, which matches nothing but all of a text, as `Matcher.matches` does.
    pub(crate) fn whole(mut self) -> Self {
        let Translation { looks, extent, .. } = &mut self.translation;
        let ends = [Look::TextStart, Look::TextEnd].into_iter();
        let missing: Vec<Look> = ends.filter(|look| !looks.contains(look)).collect();
        looks.extend(missing);
        *extent = Extent::ANCHOR.then(*extent).then(Extent::ANCHOR);
        self.whole = true;
        self
    }

    /// The most bytes of heap compiling takes at its peak, with the compiled pattern.
    pub(crate) fn compile_max_bytes(&self) -> usize {
        const BASE: usize = 8 * 1024;
        const SET: usize = 320;
        const WIDE_SET: usize = 32 * 1024;
        let translation = &self.translation;
        let operations = translation.extent.size.min(MAX_OPERATIONS) as usize;
        let places = operations * (translation.watched_depth + 1);
        let sets = translation.sets.len() * SET + translation.wide_sets() * WIDE_SET;
        BASE + sets + operations * 24 + places * 64
    }

    /// The most steps that compiling takes.
    pub(crate) fn compile_steps(&self) -> u64 {
        const BASE: u64 = 200;
        const SET: u64 = 500;
        const WIDE_SET: u64 = 20_000;
        let translation = &self.translation;
        let operations = translation.extent.size.min(MAX_OPERATIONS);
        let places = operations * (translation.watched_depth as u64 + 1);
        let sets = translation.sets.len() as u64 * SET + translation.wide_sets() as u64 * WIDE_SET;
        BASE + sets + places * 4
    }

    /// Compiles it.
    ///
    /// # Errors
    /// When the program would be too large, or the pattern names a script that does not exist.
    pub(crate) fn compile(self) -> Result<Pattern, PatternError> {
        let Translation {
            pieces,
            sets,
            looks,
            possessive,
            groups,
            names,
            extent,
            ..
        } = self.translation;
        let states =
            code::states(&pieces, extent.size, self.whole).map_err(|_| PatternError::TooLarge(quote(self.source)))?;
        let resolved = sets.resolve();
        drop(sets);
        let mut sets = resolved.ok_or_else(|| PatternError::Refused(quote(self.source)))?;
        super::possessive::check(possessive, &pieces, &sets)?;
        drop(pieces);
        for look in &looks {
            sets.add_for(*look);
        }
        let program = Program::new(states, sets, &looks);
        Ok(Pattern {
            known: Automaton::new(program.alphabet.len()),
            knows_all: false,
            program,
            groups,
            names,
            reach: extent.reach,
        })
    }
}

/// A compiled pattern. Searching changes nothing in it.
#[derive(Debug)]
pub(crate) struct Pattern {
    pub(super) program: Program,
    /// What was made of its automaton ahead, for all searches.
    pub(super) known: Automaton,
    /// Whether that is all there is to it.
    pub(super) knows_all: bool,
    /// How many groups capture.
    pub(super) groups: usize,
    /// The names of groups.
    names: Vec<(String, usize)>,
    /// How far beyond its match a search may read; `None` if that has no bound.
    pub(super) reach: Option<usize>,
}

impl Pattern {
    /// Reads and compiles a pattern, where the cost was charged otherwise.
    ///
    /// # Errors
    /// Those of [`Draft::read`] and [`Draft::compile`].
    #[cfg(test)]
    pub(crate) fn compile(source: &str) -> Result<Self, PatternError> {
        Draft::read(source)?.compile()
    }

    /// Makes its automaton ahead, within [`AHEAD_STEPS`] and [`AHEAD_BYTES`]: everyday patterns are known whole then.
    #[must_use]
    pub(crate) fn made_ahead(mut self) -> Self {
        let mut budget = Ahead {
            steps: AHEAD_STEPS,
            bytes: AHEAD_BYTES as u64,
        };
        if let Ok(maker) = Maker::new(&self.program, &self.known, &mut budget) {
            (self.known, self.knows_all) = maker.make_all(&self.program, &mut budget);
        }
        self
    }

    /// How many groups a replacement can name, without the whole match.
    pub(crate) const fn group_count(&self) -> usize {
        self.groups
    }

    /// The number of a named group.
    pub(crate) fn group_named(&self, name: &str) -> Option<usize> {
        let mut names = self.names.iter();
        names.find(|(known, _)| known == name).map(|(_, number)| *number)
    }

    /// The bytes it holds on the heap.
    pub(crate) fn held_bytes(&self) -> usize {
        let names = self
            .names
            .iter()
            .map(|(name, _)| name.capacity() + size_of::<(String, usize)>());
        size_of::<Self>() + self.program.held_bytes() + self.known.held_bytes() + names.sum::<usize>()
    }
}

/// What is left for making an automaton ahead.
struct Ahead {
    steps: u64,
    bytes: u64,
}

impl Charge for Ahead {
    type Error = ();

    fn steps(&mut self, steps: u64) -> Result<(), ()> {
        self.steps = self.steps.checked_sub(steps).ok_or(())?;
        Ok(())
    }

    fn memory(&mut self, bytes: u64) -> Result<(), ()> {
        self.bytes = self.bytes.checked_sub(bytes).ok_or(())?;
        Ok(())
    }
}
