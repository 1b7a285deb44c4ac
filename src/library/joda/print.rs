//! Writes the pieces that dates are written in: padded numbers, offsets, English names.

use super::calendar::{Date, HOUR, MINUTE, SECOND};
use super::date_field::DateField;
use super::field::Field;
use super::time_field::TimeField;
use crate::library::english;

/// How an offset is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OffsetStyle {
    /// `+hhmm`.
    Compact,
    /// `+hh:mm`.
    Colon,
    /// `+hh:mm`, and `:ss` and `.SSS` where they are not zero.
    Exact,
}

/// Appends a number with at least `least_digits` digits; the sign stands before them.
pub(super) fn push_number(out: &mut String, value: i64, least_digits: usize) {
    if value < 0 {
        out.push('-');
    }
    let magnitude = value.unsigned_abs();
    let mut buffer = itoa::Buffer::new();
    let digits = buffer.format(magnitude);
    push_zeros(out, least_digits.saturating_sub(digits.len()));
    out.push_str(digits);
}

/// Appends so many zeros.
pub(super) fn push_zeros(out: &mut String, count: usize) {
    const ZEROS: &str = "00000000000000000000000000000000";
    let mut left = count;
    while left > 0 {
        let piece = ZEROS.get(..left).unwrap_or(ZEROS);
        out.push_str(piece);
        left -= piece.len();
    }
}

/// Appends an offset in milliseconds.
pub(super) fn push_offset(out: &mut String, offset: i64, style: OffsetStyle) {
    out.push(if offset < 0 { '-' } else { '+' });
    let offset = offset.abs();
    push_number(out, offset / HOUR, 2);
    if style != OffsetStyle::Compact {
        out.push(':');
    }
    push_number(out, offset % HOUR / MINUTE, 2);
    if style == OffsetStyle::Exact && offset % MINUTE != 0 {
        out.push(':');
        push_number(out, offset % MINUTE / SECOND, 2);
        if offset % SECOND != 0 {
            out.push('.');
            push_number(out, offset % SECOND, 3);
        }
    }
}

/// Appends a local instant in ISO 8601, without an offset: `2020-02-29T00:00:00.000`.
pub(super) fn push_local(out: &mut String, local: i64) {
    let date = Date::of_millis(local);
    push_number(out, date.year, 4);
    for (sign, value) in [
        ('-', date.month),
        ('-', date.day),
        ('T', TimeField::HourOfDay.get(local)),
        (':', TimeField::MinuteOfHour.get(local)),
        (':', TimeField::SecondOfMinute.get(local)),
    ] {
        out.push(sign);
        push_number(out, value, 2);
    }
    out.push('.');
    push_number(out, TimeField::MillisOfSecond.get(local), 3);
}

/// The longest of the names, in bytes.
pub(super) const MAX_NAME_BYTES: usize = 9;

const HALF_DAYS: [&str; 2] = ["AM", "PM"];
const ERAS: [&str; 2] = ["BC", "AD"];

/// The English names of a field's values and the first of those values; none for a field that is a number.
pub(super) fn names(field: Field) -> Option<(&'static [&'static str], i64)> {
    match field {
        Field::Date(DateField::Era) => Some((&ERAS, 0)),
        Field::Date(DateField::MonthOfYear) => Some((&english::MONTHS, 1)),
        Field::Date(DateField::DayOfWeek) => Some((&english::DAYS, 1)),
        Field::Time(TimeField::HalfdayOfDay) => Some((&HALF_DAYS, 0)),
        Field::Date(_) | Field::Time(_) => None,
    }
}

/// Appends a field's value: its English name where it has one, else the number.
pub(super) fn push_text(out: &mut String, field: Field, value: i64, short: bool) {
    let name = names(field).and_then(|(names, first)| {
        let index = usize::try_from(value - first).ok()?;
        names.get(index)
    });
    match name {
        Some(name) if short => out.push_str(english::short(name)),
        Some(name) => out.push_str(name),
        None => push_number(out, value, 1),
    }
}
