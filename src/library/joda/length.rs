//! How long the units of fields last, one against another.

/// How long a field's unit lasts, or the whole it is counted in; longest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Length {
    /// Without a length, as an era.
    Unlimited,
    Century,
    Year,
    Month,
    Week,
    Day,
    HalfDay,
    Hour,
    Minute,
    Second,
    Millisecond,
}
