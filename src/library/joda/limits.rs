//! The bounds of what the engine takes.

/// The first year that lies wholly within the instants (Joda-Time: `ISOChronology`).
pub(crate) const MIN_YEAR: i64 = -292_275_054;

/// The last year that lies wholly within the instants.
pub(crate) const MAX_YEAR: i64 = 292_278_993;

/// The longest pattern, in bytes. It bounds what a print can be long: a run of `y` pads the year to its own length.
pub(crate) const MAX_PATTERN_BYTES: usize = 1_000;

/// The longest text of a duration, in bytes.
pub(crate) const MAX_DURATION_BYTES: usize = 1_000;
