//! `java.util.regex` in linear time: Java's syntax and semantics on the `regex` crate's engine.
//!
//! [`translate`] turns a pattern into the engine's syntax or refuses it by name, [`search`] walks over the matches as
//! `Matcher.find` does, [`replace`] and [`split`] stand on that walk. What Java has and we refuse: back-references,
//! look-around, possessive quantifiers, atomic groups, `\G`, `\X`, `\N{…}`, `\b{g}`, Unicode blocks, `$` before the
//! end of a pattern, and lone surrogates. Where Java steps by UTF-16 units, this steps by characters: an empty match
//! never falls between the halves of a surrogate pair. `\b` goes by ASCII as `\w` does (Java 19 and later).

mod class;
mod cursor;
mod error;
mod escape;
mod extent;
mod flags;
mod frame;
mod property;
mod quantifier;
mod replace;
mod search;
mod split;
#[cfg(test)]
mod tests;
mod translate;

use ::regex::{Error, Regex, RegexBuilder};

pub(crate) use error::{PatternError, RegexError};
pub(crate) use replace::{replace_all, template_max_bytes};
pub(crate) use split::{Separator, literal_separator, split};
use translate::{Translation, Translator};

use crate::diagnostic::quote;

/// The longest pattern, in bytes.
pub(crate) const MAX_PATTERN_BYTES: usize = 1000;
/// The largest compiled program of each of the engine's automata.
const PROGRAM_BYTES: usize = 256 * 1024;
/// The room for states the engine makes while it searches.
const SEARCH_CACHE_BYTES: usize = 256 * 1024;
/// Deep enough for groups and classes at our own limit, each with what the translation puts around it.
const ENGINE_NESTING: u32 = 250;

/// How many positions of a pattern the engine follows in about the time it takes to step over one byte.
const POSITIONS_PER_UNIT: usize = 8;

/// A pattern that is read and translated, but not yet compiled: what compiling takes can be charged first.
///
/// Reading takes time and memory in proportion to the pattern, at most [`draft_max_bytes`].
#[derive(Debug)]
pub(crate) struct Draft<'p> {
    source: &'p str,
    translation: Translation,
}

/// The most bytes reading a pattern of `length` bytes takes on the heap.
pub(crate) const fn draft_max_bytes(length: usize) -> usize {
    // A byte gives at most some 80 bytes of the engine's syntax (`\h`), and the buffer may have doubled.
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
        Ok(Self { source, translation })
    }

    /// The most bytes of heap compiling takes at its peak, and the compiled pattern holds, its searches not counted.
    ///
    /// Measured: characters beyond ASCII take the compiler a fixed table; each position of the pattern takes its
    /// states, more where there are groups to tell apart, and most where it is a large set; the size limit ends it.
    pub(crate) fn compile_max_bytes(&self) -> usize {
        const BASE: usize = 32 * 1024;
        const UNICODE_TABLE: usize = 512 * 1024;
        const MOST: usize = 2560 * 1024;
        let position = match (self.translation.wide_sets.sets, self.translation.has_groups()) {
            (1.., _) => 96 * 1024,
            (0, true) => 12 * 1024,
            (0, false) => 3 * 1024,
        };
        let pattern = &self.translation.pattern;
        let unicode = ["[^", "\\x{", "\\p", "\\w", "\\s", "\\b", "\\B", "(?i", "(?s"];
        let beyond_ascii = unicode.iter().any(|part| pattern.contains(part));
        let table = if beyond_ascii { UNICODE_TABLE } else { 0 };
        let positions = self.translation.extent.positions.saturating_mul(position);
        positions.saturating_add(table + BASE).min(MOST)
    }

    /// Compiles it, within about two milliseconds and [`Self::compile_max_bytes`].
    ///
    /// # Errors
    /// When the program would be too large, or the pattern names a script that does not exist.
    pub(crate) fn compile(mut self) -> Result<Pattern, PatternError> {
        let regex = RegexBuilder::new(&self.translation.pattern)
            .size_limit(PROGRAM_BYTES)
            .dfa_size_limit(SEARCH_CACHE_BYTES)
            .nest_limit(ENGINE_NESTING)
            .build()
            .map_err(|error| match error {
                Error::CompiledTooBig(_) => PatternError::TooLarge(quote(self.source)),
                _ => PatternError::Refused(quote(self.source)),
            })?;
        // The engine keeps its own copy.
        self.translation.pattern = String::new();
        Ok(Pattern {
            regex,
            translation: self.translation,
        })
    }
}

/// The most bytes of heap that searching with one pattern holds, on top of the compiled pattern: the engine's caches
/// for both directions and for groups. They are kept for the next search.
pub(crate) const SEARCH_MAX_BYTES: usize = 1024 * 1024;

/// A compiled pattern.
#[derive(Debug)]
pub(crate) struct Pattern {
    regex: Regex,
    translation: Translation,
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

    /// How many groups a replacement can name, without the whole match.
    pub(crate) fn group_count(&self) -> usize {
        self.translation.groups.len().saturating_sub(1)
    }

    /// The number of a named group.
    pub(crate) fn group_named(&self, name: &str) -> Option<usize> {
        let mut names = self.translation.names.iter();
        names.find(|(known, _)| known == name).map(|(_, number)| *number)
    }

    /// The most units of work that a walk over all matches in a text of so many bytes is charged.
    pub(crate) fn search_max_units(&self, bytes: u64, with_groups: bool) -> u64 {
        search::max_units(self, bytes, with_groups)
    }

    /// What one byte of text costs in units of a byte of plain text, when the engine has to follow all positions.
    pub(crate) fn units_per_byte(&self) -> usize {
        1 + self.translation.extent.positions / POSITIONS_PER_UNIT
    }
}
