//! Texts and values of any size, read in portions: each is counted, and none comes once the reading is to stop. What is made of what
//! broke off is not used.

use std::io::{self, Read};

use super::count::{Work, count};
use super::watch::is_stopped;

/// The most bytes that are read between two looks at whether to stop.
const PORTION: usize = 2_048;
/// The units of work of a pass over a value: some hundred nanoseconds.
const VISIT_UNITS: usize = 16;

/// Counts the work on values, and says whether to go on with it.
pub(crate) fn visit(values: usize) -> bool {
    count(Work::Read, VISIT_UNITS * values);
    !is_stopped()
}

/// A text in portions.
pub(crate) fn portions(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut length = PORTION.min(rest.len());
        while !rest.is_char_boundary(length) {
            length -= 1;
        }
        let (portion, after) = rest.split_at(length);
        rest = after;
        count(Work::Read, length);
        (length > 0 && !is_stopped()).then_some(portion)
    })
}

/// The items of a list, counted in portions as work of a kind; they end where it is to stop.
pub(crate) fn items<T>(kind: Work, list: &[T]) -> impl Iterator<Item = &T> {
    let portions = list.chunks(PORTION);
    let counted = portions.inspect(move |portion| count(kind, portion.len()));
    counted.take_while(|_| !is_stopped()).flatten()
}

/// How many bytes at the start of a text are of a kind.
pub(crate) fn run(text: &str, mut is_of: impl FnMut(u8) -> bool) -> usize {
    let mut length = 0;
    for portion in text.as_bytes().chunks(PORTION) {
        let found = portion.iter().take_while(|byte| is_of(**byte)).count();
        count(Work::Read, found);
        length += found;
        if found < portion.len() || is_stopped() {
            break;
        }
    }
    length
}

/// Bytes in portions.
pub(crate) fn byte_portions(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let portions = bytes.chunks(PORTION);
    let counted = portions.inspect(|portion| count(Work::Read, portion.len()));
    counted.take_while(|_| !is_stopped())
}

/// Bytes for those who read them as they read a file.
pub(crate) fn reading(bytes: &[u8]) -> impl Read {
    Reading {
        portions: byte_portions(bytes),
        portion: &[],
    }
}

struct Reading<'b, P> {
    portions: P,
    portion: &'b [u8],
}

impl<'b, P: Iterator<Item = &'b [u8]>> Read for Reading<'b, P> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.portion.is_empty() {
            self.portion = self.portions.next().unwrap_or_default();
        }
        self.portion.read(into)
    }
}
