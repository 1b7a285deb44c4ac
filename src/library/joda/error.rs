//! What can go wrong with a date: one line each, the user's text quoted and bounded.

use crate::diagnostic::quote;

use super::limits::{MAX_DURATION_BYTES, MAX_PATTERN_BYTES, MAX_YEAR, MIN_YEAR};

/// Why a date operation has no result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum DateError {
    /// A field was given a value it cannot have on that date.
    #[error("value {value} for {field} must be in the range {least} to {most}")]
    FieldRange {
        /// The field's name, such as `dayOfMonth`.
        field: &'static str,
        /// The value it was given.
        value: i64,
        /// The least value it takes there.
        least: i64,
        /// The greatest value it takes there.
        most: i64,
    },
    /// The result lies beyond the supported years.
    #[error("the date lies outside the supported years {MIN_YEAR} to {MAX_YEAR}")]
    OutOfRange,
    /// An argument that is an `int` in Java has more than 32 bits.
    #[error("the number {0} exceeds the 32 bits of date arithmetic")]
    BeyondInt(i64),
    /// The clock of the zone skips this local time.
    #[error("the local time {local} does not exist in the time zone {zone}: its clock skips it")]
    Gap {
        /// The local time, quoted.
        local: String,
        /// The zone's id, quoted.
        zone: String,
    },
    /// No zone of this id.
    #[error("unknown time zone {id}; {advice}")]
    UnknownZone {
        /// The id, quoted.
        id: String,
        /// What to write instead.
        advice: String,
    },
    /// The tz database's entry could not be read.
    #[error("the time zone data of `{0}` is damaged")]
    ZoneData(&'static str),
    /// A pattern without an element.
    #[error("the date pattern is empty")]
    EmptyPattern,
    /// A pattern too long to be meant.
    #[error("the date pattern has {0} bytes, more than {MAX_PATTERN_BYTES}")]
    LongPattern(usize),
    /// A letter that means nothing in a pattern.
    #[error("unknown letter `{letter}` in the date pattern {pattern}; put text in single quotes")]
    UnknownLetter {
        /// The letter.
        letter: char,
        /// The pattern, quoted.
        pattern: String,
    },
    /// A pattern that prints, but cannot be read back.
    #[error("a date pattern with `zzzz` can print but not parse")]
    PrintOnly,
    /// A text that does not have the form it should.
    #[error("invalid format: {text} is malformed at {rest}")]
    Malformed {
        /// The text, quoted.
        text: String,
        /// The part of it from the first place that does not fit, quoted.
        rest: String,
    },
    /// A text that is not the digits it should be.
    #[error("expected the digits of `{form}`, from the year 1000 on, found {text}")]
    NotInDigits {
        /// The pattern that says what each digit is.
        form: &'static str,
        /// The text, quoted.
        text: String,
    },
    /// A day that has no number of eight digits.
    #[error("the date lies outside the years 1000 to 9999 that a date int has")]
    BeyondDigits,
    /// A text that ends too early.
    #[error("invalid format: {0} is too short")]
    TooShort(String),
    /// A text of the right form that is not a date.
    #[error("cannot parse {text}: {reason}")]
    Unparsed {
        /// The text, quoted.
        text: String,
        /// Why it is not a date.
        reason: Box<DateError>,
    },
    /// A span of months or years where a length of time is needed.
    #[error("{0} has no fixed length: use weeks, days, hours, minutes, seconds or milliseconds")]
    VariableLength(String),
    /// A text of a length of time too long to be meant.
    #[error("the duration has {0} bytes, more than {MAX_DURATION_BYTES}")]
    LongDurationText(usize),
    /// A length of time beyond 64 bits of milliseconds.
    #[error("the duration {0} exceeds 64 bits of milliseconds")]
    LongDuration(String),
    /// A walk that would not move.
    #[error("the step must not be 0")]
    ZeroStep,
}

impl DateError {
    /// The error of a text that does not fit from the byte `position` on.
    pub(super) fn malformed(text: &str, position: usize) -> Self {
        match text.get(position..) {
            None | Some("") => Self::TooShort(quote(text)),
            Some(rest) => Self::Malformed {
                text: quote(text),
                rest: quote(rest),
            },
        }
    }

    /// The error of a text that is not the digits of a pattern.
    pub(super) fn not_in_digits(form: &'static str, text: &str) -> Self {
        Self::NotInDigits {
            form,
            text: quote(text),
        }
    }

    /// The error of a length of time beyond 64 bits.
    pub(super) fn long_duration(text: &str) -> Self {
        Self::LongDuration(quote(text))
    }

    /// The same error, saying which text gave rise to it.
    pub(super) fn while_parsing(self, text: &str) -> Self {
        Self::Unparsed {
            text: quote(text),
            reason: Box::new(self),
        }
    }
}

/// A number that is an `int` in Joda-Time's methods, checked rather than cut.
pub(super) fn checked_int(value: i64) -> Result<i64, DateError> {
    match i32::try_from(value) {
        Ok(_) => Ok(value),
        Err(_) => Err(DateError::BeyondInt(value)),
    }
}
