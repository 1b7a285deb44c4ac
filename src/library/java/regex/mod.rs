//! `java.util.regex` in linear time: Java's syntax and semantics on an automaton that is made while it searches.
//!
//! [`translate`] reads a pattern into pieces or refuses it by name, [`code`] makes states of them, [`automaton`] follows
//! the states over a text and charges for it, [`search`] walks over the matches as `Matcher.find` does, [`replace`] and
//! [`split`] stand on that walk. What Java has and we refuse: back-references, look-around, most possessive quantifiers,
//! atomic groups, `\G`, `\X`, `\N{…}`, `\b{g}`, repetitions of `\R`, and lone surrogates. Where Java
//! steps by UTF-16 units, this steps by characters: an empty match never falls between the halves of a surrogate pair.
//! `\b` goes by ASCII as `\w` does (Java 19 and later).

mod alphabet;
mod automaton;
mod bound;
mod budget;
mod class;
mod code;
mod cursor;
mod error;
mod escape;
mod extent;
mod flags;
mod frame;
mod look;
mod marks;
mod pattern;
mod possessive;
mod program;
mod property;
mod quantifier;
mod replace;
mod search;
mod sets;
mod split;
#[cfg(test)]
mod tests;
mod translate;

pub(crate) use bound::SearchBound;
pub(crate) use error::{PatternError, RegexError};
pub(crate) use pattern::{AHEAD_BYTES, Draft, MAX_PATTERN_BYTES, Pattern, draft_max_bytes};
pub(crate) use replace::{replace_all, template_max_bytes};
pub(crate) use search::{Scratch, Searcher};
pub(crate) use sets::CharacterSet;
pub(crate) use split::{MAX_LITERAL_BYTES, Separator, TakePieces, literal_separator, split};
