//! Places that show whole brackets: a node's place leaves out the brackets around it, so that of `!(a)` ends before the last one.

use std::collections::HashMap;

use crate::source::Span;
use crate::work::{Work, count};

/// The round brackets of a source, those in strings and comments left out: found in one pass, so that widening a place takes
/// time in proportion to the brackets it is widened by.
#[derive(Debug)]
pub(crate) struct Brackets {
    /// For each bracket that has one, its partner.
    partners: HashMap<u32, u32>,
    /// For each byte, the nearest byte up to it, and from it on, that is not blank.
    before: Vec<u32>,
    after: Vec<u32>,
}

impl Brackets {
    pub(crate) fn of(source: &str) -> Self {
        count(Work::Linted, source.len());
        let bytes = source.as_bytes();
        let mut before = Vec::with_capacity(bytes.len());
        let mut last = u32::MAX;
        for (place, byte) in (0u32..).zip(bytes) {
            if !byte.is_ascii_whitespace() {
                last = place;
            }
            before.push(last);
        }
        let mut after = Vec::with_capacity(bytes.len());
        let mut next = u32::MAX;
        for (place, byte) in (0..bytes.len() as u32).rev().zip(bytes.iter().rev()) {
            if !byte.is_ascii_whitespace() {
                next = place;
            }
            after.push(next);
        }
        after.reverse();
        Self {
            partners: partners(source),
            before,
            after,
        }
    }

    /// The place, widened by the brackets beside it that pair with those inside it.
    pub(crate) fn widen(&self, span: Span) -> Span {
        let mut wide = span;
        while let Some(&bracket) = wide
            .start
            .checked_sub(1)
            .and_then(|place| self.before.get(place as usize))
        {
            count(Work::Linted, 1);
            match self.partners.get(&bracket) {
                Some(close) if span.start <= *close && *close < span.end => wide.start = bracket,
                _ => break,
            }
        }
        while let Some(&bracket) = self.after.get(wide.end as usize) {
            count(Work::Linted, 1);
            match self.partners.get(&bracket) {
                Some(open) if span.start <= *open && *open < span.end => wide.end = bracket + 1,
                _ => break,
            }
        }
        wide
    }
}

/// Each bracket with its partner, both ways.
fn partners(source: &str) -> HashMap<u32, u32> {
    let mut partners = HashMap::new();
    let mut open = Vec::new();
    let mut rest = source.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let place = (source.len() - rest.len()) as u32;
        rest = match (byte, after.first()) {
            (b'\'' | b'"', _) => after_string(after, byte),
            (b'/', Some(b'/')) => after_text(after, b"\n"),
            (b'/', Some(b'*')) => after_text(after.get(1..).unwrap_or_default(), b"*/"),
            _ => after,
        };
        match byte {
            b'(' => open.push(place),
            b')' => {
                if let Some(opened) = open.pop() {
                    partners.insert(opened, place);
                    partners.insert(place, opened);
                }
            }
            _ => {}
        }
    }
    partners
}

fn after_string(mut rest: &[u8], quote: u8) -> &[u8] {
    while let Some((&byte, after)) = rest.split_first() {
        rest = match byte {
            b'\\' => after.get(1..).unwrap_or_default(),
            _ => after,
        };
        if byte == quote {
            break;
        }
    }
    rest
}

fn after_text<'t>(text: &'t [u8], end: &[u8]) -> &'t [u8] {
    let at = text.windows(end.len()).position(|window| window == end);
    at.and_then(|at| text.get(at + end.len()..)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_takes_in_the_brackets_it_began() {
        let cases = [
            ("f(!(a > 1) )", "!(a > 1", "!(a > 1)"),
            ("x = ((1) + 2) > 3;", "1) + 2) > 3", "((1) + 2) > 3"),
            ("(a) + (b)", "a) + (b", "(a) + (b)"),
            ("(a == ')')", "a == ')'", "a == ')'"),
            ("( a /* ( */ ) > 1", "a /* ( */ ) > 1", "( a /* ( */ ) > 1"),
            ("(a)", "a", "a"),
            ("/* ( */ a) > 1", "a) > 1", "a) > 1"),
        ];
        for (source, narrow, wide) in cases {
            let start = source.find(narrow).unwrap() as u32;
            let span = Span::new(start, start + narrow.len() as u32);
            assert_eq!(Brackets::of(source).widen(span).of(source), wide);
        }
    }
}
