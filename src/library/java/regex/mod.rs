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
mod property;
mod replace;
mod search;
mod split;
#[cfg(test)]
mod tests;
mod translate;

use ::regex::{Error, Regex, RegexBuilder};

pub(crate) use error::{PatternError, RegexError, SearchError, TemplateError};
pub(crate) use replace::{replace_all, template_max_bytes};
pub(crate) use search::{Meter, Searcher};
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

/// A compiled pattern.
#[derive(Debug)]
pub(crate) struct Pattern {
    regex: Regex,
    translation: Translation,
}

impl Pattern {
    /// Compiles a pattern of Java's syntax.
    ///
    /// Time and memory are bounded by [`compile_max_bytes`] and [`compile_cost`], to be charged first.
    ///
    /// # Errors
    /// When Java would refuse it too, when it needs more than linear time, or when it is too large.
    pub(crate) fn compile(pattern: &str) -> Result<Self, PatternError> {
        if pattern.len() > MAX_PATTERN_BYTES {
            return Err(PatternError::TooLong {
                length: pattern.len(),
                limit: MAX_PATTERN_BYTES,
            });
        }
        let mut translation = Translator::new(pattern).translate()?;
        let regex = RegexBuilder::new(&translation.pattern)
            .size_limit(PROGRAM_BYTES)
            .dfa_size_limit(SEARCH_CACHE_BYTES)
            .nest_limit(ENGINE_NESTING)
            .build()
            .map_err(|error| match error {
                Error::CompiledTooBig(_) => PatternError::TooLarge(quote(pattern)),
                _ => PatternError::Refused(quote(pattern)),
            })?;
        // The engine keeps its own copy.
        translation.pattern = String::new();
        Ok(Self { regex, translation })
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

    /// What one byte of text costs in units of a byte of plain text, when the engine has to follow all positions.
    pub(crate) fn units_per_byte(&self) -> usize {
        1 + self.translation.extent.positions / POSITIONS_PER_UNIT
    }
}
