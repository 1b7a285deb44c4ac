//! `java.util.Formatter`, as `String.format` uses it: a format is parsed once, then printed with arguments.
//!
//! The locale is always the root one. `%t` prints the milliseconds of a `Long`, in UTC. `%n` is a newline on every platform.
//! [`spec`] reads one `%…`, [`print`] prints it, [`number`] and [`hexadecimal`] make the digits.

mod argument;
mod date;
mod error;
mod hexadecimal;
mod number;
mod print;
mod spec;
#[cfg(test)]
mod tests;

use std::convert::Infallible;
use std::ops::Range;

pub(crate) use argument::Argument;
pub(crate) use error::{FormatError, PrintError};
use print::print_argument;
use spec::{Conversion, Position, Spec};

use super::sink::Sink;

/// A piece of a parsed format.
#[derive(Clone, Debug)]
enum Piece {
    /// Text that is printed as it is.
    Fixed(Range<usize>),
    /// A conversion.
    Spec(Spec),
}

/// A parsed format string; it is printed with its text.
#[derive(Clone, Debug)]
pub(crate) struct Format {
    pieces: Vec<Piece>,
    /// What reading it costs.
    steps: u64,
}

/// The most bytes a parsed format of `length` bytes takes on the heap, its text not counted; to be charged first.
///
/// Two pieces take three bytes of text at least, and the vector may have grown to twice its need.
pub(crate) const fn format_max_bytes(length: usize) -> usize {
    (length + 4).saturating_mul(2 * size_of::<Piece>())
}

impl Format {
    /// Parses a format string, in time proportional to its length.
    ///
    /// # Errors
    /// The first error of the text, in the order in which `java.util.Formatter` finds them.
    pub(crate) fn parse(text: &str) -> Result<Self, FormatError> {
        let free = |_| Ok::<(), Infallible>(());
        match Self::parse_charged(text, free) {
            Ok(parsed) => parsed,
            Err(never) => match never {},
        }
    }

    /// As [`Format::parse`], where each piece is charged as it is read, by its bytes: at most three steps for each.
    ///
    /// # Errors
    ///
    /// The charge's.
    pub(crate) fn parse_charged<E>(
        text: &str,
        mut charge: impl FnMut(u64) -> Result<(), E>,
    ) -> Result<Result<Self, FormatError>, E> {
        let mut pieces = Vec::new();
        let mut steps = 0;
        let mut charge = |more| {
            steps += more;
            charge(more)
        };
        let mut from = 0;
        while let Some(rest) = text.get(from..).filter(|rest| !rest.is_empty()) {
            let fixed = rest.find('%').unwrap_or(rest.len());
            if fixed > 0 {
                charge(2 + (fixed / 16) as u64)?;
                pieces.push(Piece::Fixed(from..from + fixed));
                from += fixed;
                continue;
            }
            let (spec, length) = match Spec::parse(rest, from) {
                Ok(spec) => spec,
                Err(error) => return Ok(Err(error)),
            };
            charge(3 * length as u64)?;
            pieces.push(Piece::Spec(spec));
            from += length;
        }
        Ok(Ok(Self { pieces, steps }))
    }

    /// Whether it has a conversion of dates.
    pub(crate) fn has_dates(&self) -> bool {
        let is_date =
            |piece: &Piece| matches!(piece, Piece::Spec(spec) if matches!(spec.conversion, Conversion::Date(_)));
        self.pieces.iter().any(is_date)
    }

    /// The steps that reading it costs.
    pub(crate) const fn steps(&self) -> u64 {
        self.steps
    }

    /// The bytes of heap this parsed format holds, its text not counted.
    pub(crate) fn heap_bytes(&self) -> usize {
        self.pieces.capacity() * size_of::<Piece>()
    }

    /// Prints the arguments into the sink; `text` is the format's.
    ///
    /// The work is proportional to the format's length, the arguments' lengths (once for each time one is printed)
    /// and what the sink receives; a large width or precision costs nothing before [`Sink::pad`] is called.
    ///
    /// # Errors
    /// When an argument is missing or does not fit its conversion, or the sink refuses.
    pub(crate) fn print<S: Sink>(
        &self,
        text: &str,
        arguments: &[Argument<'_>],
        sink: &mut S,
    ) -> Result<(), PrintError<S::Error>> {
        let mut ordinary = 0;
        let mut last = None;
        for piece in &self.pieces {
            let spec = match piece {
                Piece::Fixed(range) => {
                    let fixed = text.get(range.clone()).unwrap_or("");
                    sink.write(fixed).map_err(PrintError::Sink)?;
                    continue;
                }
                Piece::Spec(spec) => spec,
            };
            let index = match (spec.conversion, spec.position) {
                (Conversion::Percent | Conversion::NewLine, _) => {
                    print::print_fixed(spec, sink).map_err(PrintError::Sink)?;
                    continue;
                }
                (_, Position::Ordinary) => {
                    ordinary += 1;
                    Some(ordinary - 1)
                }
                (_, Position::Previous) => last,
                (_, Position::Explicit(number)) => number.checked_sub(1),
            };
            let argument = index.and_then(|index| arguments.get(index));
            last = index;
            let argument = argument.ok_or_else(|| FormatError::MissingArgument(spec.quoted(text)))?;
            print_argument(spec, *argument, sink)?;
        }
        Ok(())
    }
}
