//! The elements that a pattern consists of.

use super::super::date_field::DateField;
use super::super::field::Field;
use super::super::print::MAX_NAME_BYTES;

/// The most bytes of a number: ten digits and a sign.
const MAX_NUMBER_BYTES: usize = 11;
/// The most bytes of `+hh:mm`.
const MAX_OFFSET_BYTES: usize = 6;
/// The most bytes of a zone's id or name.
pub(super) const MAX_ZONE_BYTES: usize = 64;

/// One thing that is printed or parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Element {
    /// A text that stands for itself.
    Literal(Box<str>),
    /// A number.
    Number {
        field: Field,
        /// Printed with zeros before it to so many digits.
        least_digits: usize,
        /// Parsed from at most so many digits.
        most_digits: usize,
        /// May have a sign when parsed.
        signed: bool,
    },
    /// The last two digits of a year.
    TwoDigitYear {
        field: DateField,
        /// Whether a year of another number of digits, or with a sign, is parsed as it stands.
        lenient: bool,
    },
    /// The English name of a field's value.
    Name { field: Field, short: bool },
    /// So many digits of the fraction of a second.
    Fraction { digits: usize },
    /// The offset from UTC.
    Offset { colon: bool },
    /// The zone's id.
    ZoneId,
    /// The zone's English name.
    ZoneName { long: bool },
}

impl Element {
    /// The most bytes the element prints.
    pub(super) fn max_printed_bytes(&self) -> usize {
        match self {
            Self::Literal(text) => text.len(),
            Self::Number { least_digits, .. } => MAX_NUMBER_BYTES.max(least_digits.saturating_add(1)),
            Self::TwoDigitYear { .. } => 2,
            Self::Name { .. } => MAX_NAME_BYTES,
            Self::Fraction { digits } => *digits,
            Self::Offset { .. } => MAX_OFFSET_BYTES,
            Self::ZoneId | Self::ZoneName { .. } => MAX_ZONE_BYTES,
        }
    }

    /// The steps the element costs beside one for each of its letters: a zone is sought among some 600.
    pub(super) fn extra_cost(&self) -> usize {
        match self {
            Self::ZoneId | Self::ZoneName { .. } => 64,
            Self::Literal(_)
            | Self::Number { .. }
            | Self::TwoDigitYear { .. }
            | Self::Name { .. }
            | Self::Fraction { .. }
            | Self::Offset { .. } => 0,
        }
    }

    /// The bytes the element holds on the heap.
    pub(super) fn heap_bytes(&self) -> usize {
        match self {
            Self::Literal(text) => text.len(),
            Self::Number { .. }
            | Self::TwoDigitYear { .. }
            | Self::Name { .. }
            | Self::Fraction { .. }
            | Self::Offset { .. }
            | Self::ZoneId
            | Self::ZoneName { .. } => 0,
        }
    }
}
