//! The elements that a pattern consists of.

use std::ops::Range;

use super::super::date_field::DateField;
use super::super::field::Field;
use super::super::print::MAX_NAME_BYTES;
use super::super::time_field::TimeField;

/// The most bytes of a number: ten digits and a sign.
const MAX_NUMBER_BYTES: usize = 11;
/// The most bytes of `+hh:mm`.
const MAX_OFFSET_BYTES: usize = 6;
/// The most bytes of a zone's id or name.
pub(super) const MAX_ZONE_BYTES: usize = 64;

/// What a pattern consists of.
#[derive(Debug)]
pub(super) struct Elements {
    pub(super) list: Box<[Element]>,
    /// The texts of all literals.
    pub(super) literals: Box<str>,
}

impl Elements {
    /// The text of a literal.
    pub(super) fn literal(&self, place: &Range<usize>) -> &str {
        self.literals.get(place.clone()).unwrap_or("")
    }
}

/// One thing that is printed or parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Element {
    /// A text that stands for itself: its place among the literals.
    Literal(Range<usize>),
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
            Self::Literal(place) => place.len(),
            Self::Number { least_digits, .. } => MAX_NUMBER_BYTES.max(least_digits.saturating_add(1)),
            Self::TwoDigitYear { .. } => 2,
            Self::Name { .. } => MAX_NAME_BYTES,
            Self::Fraction { digits } => *digits,
            Self::Offset { .. } => MAX_OFFSET_BYTES,
            Self::ZoneId | Self::ZoneName { .. } => MAX_ZONE_BYTES,
        }
    }

    /// The steps of printing the element.
    pub(super) fn print_steps(&self) -> u64 {
        match self {
            Self::Literal(place) => 2 + place.len() as u64 / 16,
            Self::Number { least_digits, .. } => 4 + *least_digits as u64 / 16,
            Self::TwoDigitYear { .. } | Self::Name { .. } => 4,
            Self::Fraction { digits } => 4 + *digits as u64 / 16,
            Self::Offset { .. } => 8,
            Self::ZoneId => 12,
            // Whether it is summer is looked up.
            Self::ZoneName { .. } => 32,
        }
    }

    /// The steps of reading the element.
    pub(super) fn read_steps(&self) -> u64 {
        match self {
            // Characters that are not the same are compared in both cases.
            Self::Literal(place) => 2 + place.len() as u64 * 4,
            Self::Number { most_digits, .. } => 6 + *most_digits as u64 / 4,
            Self::TwoDigitYear { .. } => 8,
            Self::Name { .. } => 16,
            Self::Fraction { digits } => 6 + *digits as u64 / 2,
            Self::Offset { .. } => 16,
            // Three searches among some 600 ids.
            Self::ZoneId => 192,
            Self::ZoneName { .. } => 16,
        }
    }

    /// The steps of setting the field that the element reads.
    pub(super) fn set_steps(&self) -> u64 {
        match self {
            Self::Number { field, .. } | Self::Name { field, .. } => field.set_steps(),
            Self::TwoDigitYear { field, .. } => Field::Date(*field).set_steps(),
            Self::Fraction { .. } => Field::Time(TimeField::MillisOfSecond).set_steps(),
            Self::Literal(_) | Self::Offset { .. } | Self::ZoneId | Self::ZoneName { .. } => 0,
        }
    }
}
