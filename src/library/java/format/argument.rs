//! An argument of a format.

use crate::machine::unread::Unread;

/// One argument of a format. Objects that are none of these arrive as their text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Argument<'a> {
    /// Java's `null`.
    Null,
    /// A boolean.
    Boolean(bool),
    /// An integer of 32 bits, Java's `Integer`.
    Int(i32),
    /// An integer of 64 bits, Java's `Long`.
    Long(i64),
    /// A double.
    Double(f64),
    /// A string, or any other object's text.
    Text(Unread<'a>),
}

impl Argument<'_> {
    /// A LONG as the reference passes it: as an `Integer` where it fits, which shows in `%x`, `%o`, `%h` and `%c`.
    pub(crate) fn integer(value: i64) -> Self {
        i32::try_from(value).map_or(Self::Long(value), Self::Int)
    }
}
