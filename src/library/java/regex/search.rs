//! Walks over the matches of a pattern as `Matcher.find` does, and charges each search before it runs.

use std::ops::Range;

use ::regex::CaptureLocations;

use super::Pattern;
use super::error::{RegexError, SearchError};

/// Charged with units of work, each about the time a byte of text takes, before the work is done.
pub(crate) trait Meter<E>: FnMut(usize) -> Result<(), E> {}

impl<E, F: FnMut(usize) -> Result<(), E>> Meter<E> for F {}

/// What a search costs in any case.
const START_UNITS: usize = 32;

/// The most units that a walk over all matches is charged: the text, and a search from behind each character of it.
pub(super) fn max_units(pattern: &Pattern, bytes: u64, with_groups: bool) -> u64 {
    let translation = &pattern.translation;
    let marks = !translation.ends.is_empty() || !translation.starts.is_empty();
    let per_byte = pattern.units_per_byte() as u64 * if with_groups || marks { 4 } else { 1 };
    let beyond = translation.extent.reach.map_or(bytes, |reach| bytes.min(reach as u64));
    let search = per_byte.saturating_mul(beyond).saturating_add(START_UNITS as u64);
    let searches = bytes.saturating_add(2);
    per_byte
        .saturating_mul(bytes)
        .saturating_add(search.saturating_mul(searches))
}

/// A walk over the matches in a text.
pub(crate) struct Searcher<'p, 't> {
    pattern: &'p Pattern,
    text: &'t str,
    locations: CaptureLocations,
    /// Whether the match's groups or marks are needed, which costs a second pass over each match.
    with_groups: bool,
    /// The match that was found last.
    found: Range<usize>,
    /// Where the next search begins; `None` at the end of the walk.
    next: Option<usize>,
    /// Whether the text as a whole was charged and judged.
    begun: bool,
}

impl<'p, 't> Searcher<'p, 't> {
    /// A walk from the start of `text`; `with_groups` if [`Self::group`] will be asked.
    pub(crate) fn new(pattern: &'p Pattern, text: &'t str, with_groups: bool) -> Self {
        // Where a match ends or whether it holds may be told by a group.
        let marks = !pattern.translation.ends.is_empty() || !pattern.translation.starts.is_empty();
        Self {
            pattern,
            text,
            locations: pattern.regex.capture_locations(),
            with_groups: with_groups || marks,
            found: 0..0,
            next: Some(0),
            begun: false,
        }
    }

    /// Finds the next match: `Matcher.find`.
    ///
    /// After a match that is empty the walk goes on one character further, else where the match ended, even if only
    /// an empty match is found there.
    ///
    /// # Errors
    /// When the meter refuses, or the match cannot be told from one that Java would not make.
    pub(crate) fn find<E>(&mut self, meter: &mut impl Meter<E>) -> Result<Option<Range<usize>>, RegexError<E>> {
        let Some(from) = self.next else { return Ok(None) };
        self.begin(meter)?;
        meter(self.search_units(from)).map_err(RegexError::Refused)?;
        let found = self.search(from)?;
        self.next = None;
        if let Some(found) = &found {
            self.found = found.clone();
            let behind = self.text.get(found.end..).and_then(|rest| rest.chars().next());
            self.next = if found.is_empty() {
                behind.map(|skipped| found.end + skipped.len_utf8())
            } else {
                Some(found.end)
            };
        }
        Ok(found)
    }

    /// The range of a group in the last match, if it took part.
    pub(crate) fn group(&self, number: usize) -> Option<Range<usize>> {
        if number == 0 {
            return Some(self.found.clone());
        }
        let group = *self.pattern.translation.groups.get(number)?;
        let (start, end) = self.locations.get(group)?;
        // A group around `$` has taken the line terminator with it.
        Some(start.min(self.found.end)..end.min(self.found.end))
    }

    /// Charges what is charged once for the text, and refuses texts whose lines the engine sees differently.
    fn begin<E>(&mut self, meter: &mut impl Meter<E>) -> Result<(), RegexError<E>> {
        if self.begun {
            return Ok(());
        }
        self.begun = true;
        let units = self.units_per_byte().saturating_mul(self.text.len());
        meter(units).map_err(RegexError::Refused)?;
        if self.pattern.translation.line_anchors && self.text.contains(['\u{85}', '\u{2028}', '\u{2029}']) {
            return Err(SearchError::LineTerminator.into());
        }
        Ok(())
    }

    /// What a search may cost beyond the bytes of its match, which were charged with the text.
    ///
    /// The engine reads up to the match's end, and as far beyond as the pattern reaches before it is decided. The
    /// same again, backwards, for the match's start, and for its groups.
    fn search_units(&self, from: usize) -> usize {
        let rest = self.text.len() - from.min(self.text.len());
        let beyond = self
            .pattern
            .translation
            .extent
            .reach
            .map_or(rest, |reach| rest.min(reach));
        self.pattern
            .units_per_byte()
            .saturating_mul(beyond)
            .saturating_add(START_UNITS)
    }

    /// What a byte costs: groups are found by a slower engine.
    fn units_per_byte(&self) -> usize {
        self.pattern.units_per_byte() * if self.with_groups { 4 } else { 1 }
    }

    /// One search.
    fn search(&mut self, from: usize) -> Result<Option<Range<usize>>, SearchError> {
        if !self.with_groups {
            return Ok(self.pattern.regex.find_at(self.text, from).map(|found| found.range()));
        }
        let Some(found) = self
            .pattern
            .regex
            .captures_read_at(&mut self.locations, self.text, from)
        else {
            return Ok(None);
        };
        let mark = |groups: &[usize]| groups.iter().find_map(|&group| self.locations.get(group));
        let end = mark(&self.pattern.translation.ends).map_or(found.end(), |(end, _)| end);
        if self.is_within_terminator(end) && end != found.end() {
            return Err(SearchError::EndWithinTerminator);
        }
        let starts = &self.pattern.translation.starts;
        let at_end = |&group: &usize| self.locations.get(group).is_some_and(|(at, _)| at == self.text.len());
        if starts.iter().any(at_end) {
            // Java's `(?m)^` never matches at the end of the text.
            let certain = self.pattern.translation.begins_with_start && found.start() == self.text.len();
            return if certain {
                Ok(None)
            } else {
                Err(SearchError::MultilineStartAtEnd)
            };
        }
        Ok(Some(found.start()..end))
    }

    /// Whether a position lies between a carriage return and its newline.
    fn is_within_terminator(&self, at: usize) -> bool {
        let bytes = self.text.as_bytes();
        at > 0 && bytes.get(at) == Some(&b'\n') && bytes.get(at - 1) == Some(&b'\r')
    }
}
