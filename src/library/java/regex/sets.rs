//! The sets of characters of a pattern, as sorted ranges.

use std::collections::BTreeMap;

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, HirKind};

use super::look::Look;

/// Deep enough for classes at our own limit, with what the translation puts around them.
const NESTING: u32 = 250;

/// Characters from the first to the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) first: u32,
    pub(super) last: u32,
}

/// The sets that a pattern names, by number, before they are resolved.
#[derive(Debug, Default)]
pub(super) struct SetTexts {
    numbers: BTreeMap<Box<str>, u32>,
}

impl SetTexts {
    /// The number of a set that is written in `regex-syntax`'s syntax.
    pub(super) fn number(&mut self, text: &str) -> u32 {
        if let Some(&number) = self.numbers.get(text) {
            return number;
        }
        let number = self.numbers.len() as u32;
        self.numbers.insert(text.into(), number);
        number
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Resolves all; `None` if one names what `regex-syntax` does not know.
    pub(super) fn resolve(&self) -> Option<Sets> {
        let mut by_number = vec![""; self.numbers.len()];
        for (text, &number) in &self.numbers {
            if let Some(place) = by_number.get_mut(number as usize) {
                *place = text;
            }
        }
        let mut sets = Sets::default();
        for text in by_number {
            sets.push(text)?;
        }
        sets.ranges.shrink_to_fit();
        Some(sets)
    }
}

/// Sets by number.
#[derive(Debug, Default)]
pub(super) struct Sets {
    ranges: Vec<Range>,
    /// Where the ranges of each set end.
    ends: Vec<u32>,
}

impl Sets {
    /// Adds a set in `regex-syntax`'s syntax.
    fn push(&mut self, text: &str) -> Option<()> {
        let mut characters = text.chars();
        if let (Some(only), None) = (characters.next(), characters.next()) {
            self.ranges.push(Range {
                first: only.into(),
                last: only.into(),
            });
        } else {
            let hir = ParserBuilder::new().nest_limit(NESTING).build().parse(text).ok()?;
            match hir.kind() {
                HirKind::Class(Class::Unicode(class)) => self.ranges.extend(class.iter().map(|range| Range {
                    first: range.start().into(),
                    last: range.end().into(),
                })),
                HirKind::Literal(literal) => {
                    let character = std::str::from_utf8(&literal.0).ok()?.chars().next()?;
                    self.ranges.push(Range {
                        first: character.into(),
                        last: character.into(),
                    });
                }
                // The empty set.
                HirKind::Class(Class::Bytes(_)) | HirKind::Empty => {}
                HirKind::Look(_)
                | HirKind::Repetition(_)
                | HirKind::Capture(_)
                | HirKind::Concat(_)
                | HirKind::Alternation(_) => return None,
            }
        }
        self.ends.push(self.ranges.len() as u32);
        Some(())
    }

    /// The ranges of a set.
    #[inline]
    pub(super) fn ranges(&self, set: u32) -> &[Range] {
        let end_of = |set: usize| self.ends.get(set).map_or(0, |&end| end as usize);
        let start = (set as usize).checked_sub(1).map_or(0, end_of);
        self.ranges.get(start..end_of(set as usize)).unwrap_or(&[])
    }

    /// Whether a character is in both of two sets.
    pub(super) fn meet(&self, one: u32, other: u32) -> bool {
        let (mut ones, mut others) = (self.ranges(one), self.ranges(other));
        while let ([one, ones_left @ ..], [other, others_left @ ..]) = (ones, others) {
            if one.first <= other.last && other.first <= one.last {
                return true;
            }
            match one.last < other.last {
                true => ones = ones_left,
                false => others = others_left,
            }
        }
        false
    }

    /// How many sets there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The bytes it holds on the heap.
    pub(super) fn held_bytes(&self) -> usize {
        self.ranges.capacity() * size_of::<Range>() + self.ends.capacity() * 4
    }

    /// Adds the sets that an assertion tells apart.
    pub(super) fn add_for(&mut self, look: Look) {
        let texts: &[&str] = match look {
            Look::Word { unicode: true, .. } => &[r"\w"],
            Look::Word { unicode: false, .. } => &["[0-9A-Z_a-z]"],
            _ if look.reads_lines() => &["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"],
            Look::TextStart
            | Look::TextEnd
            | Look::LastLineEnd { .. }
            | Look::LineStart { .. }
            | Look::LineEnd { .. } => &[],
        };
        for text in texts {
            // INVARIANT: these parse.
            let _ = self.push(text);
        }
    }
}

/// The most ranges of a [`CharacterSet`].
const SET_RANGES: usize = 1024;

/// A set of characters that stays for the whole of the process, and so takes nothing of the heap.
#[derive(Debug)]
pub(crate) struct CharacterSet {
    ranges: [Range; SET_RANGES],
    length: usize,
}

impl CharacterSet {
    /// A set in `regex-syntax`'s syntax, of at most [`SET_RANGES`] ranges.
    pub(crate) fn named(text: &str) -> Self {
        let mut sets = Sets::default();
        // INVARIANT: it parses and is not larger; the tests of what uses it look at all characters.
        let _ = sets.push(text);
        let mut set = Self {
            ranges: [Range { first: 0, last: 0 }; SET_RANGES],
            length: sets.ranges.len(),
        };
        for (place, range) in set.ranges.iter_mut().zip(sets.ranges) {
            *place = range;
        }
        set
    }

    fn ranges(&self) -> &[Range] {
        self.ranges.get(..self.length).unwrap_or_default()
    }

    /// Whether a character is in the set.
    pub(crate) fn contains(&self, character: char) -> bool {
        contains(self.ranges(), character.into())
    }

    /// Whether one of these characters is in the set.
    pub(super) fn meets(&self, first: u32, last: u32) -> bool {
        let ranges = self.ranges();
        let next = ranges.partition_point(|range| range.last < first);
        ranges.get(next).is_some_and(|range| range.first <= last)
    }
}

/// Whether a character is in sorted ranges.
#[inline]
pub(super) fn contains(ranges: &[Range], character: u32) -> bool {
    let behind = ranges.partition_point(|range| range.first <= character);
    behind
        .checked_sub(1)
        .and_then(|index| ranges.get(index))
        .is_some_and(|range| character <= range.last)
}
