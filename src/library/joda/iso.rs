//! Dates as ISO 8601 texts, read and written as Joda-Time's `ISODateTimeFormat` does.
//!
//! Written: `dateTime()`, such as `2020-02-29T00:00:00.000Z`. Read: `dateTimeParser()`, that is
//!
//! ```text
//! text = "T" time [offset] | date ["T" [time] [offset]]
//! date = yyyy ["-" MM ["-" dd]] | yyyy "-" DDD | xxxx "-W" ww ["-" e]
//! time = HH [fraction | ":" mm [fraction | ":" ss [fraction]]]
//! fraction = ("." | ",") digits; offset = "Z" | an offset such as +05:30
//! ```

use super::bucket::{Bucket, steps_of};
use super::calendar::{HOUR, MINUTE, SECOND};
use super::charge::Charge;
use super::date_field::DateField;
use super::error::DateError;
use super::field::Field;
use super::print::{OffsetStyle, push_local, push_offset};
use super::scan::{scan_fraction, scan_literal, scan_number, scan_offset};
use super::time_field::TimeField;
use super::zone::Zone;

/// The most digits of a year and of a fraction.
const MOST_DIGITS: usize = 9;

/// The most fields of a text, and those that cost most.
const MOST_FIELDS: [Field; 7] = [
    Field::Date(DateField::Weekyear),
    Field::Date(DateField::WeekOfWeekyear),
    Field::Date(DateField::DayOfWeek),
    Field::Time(TimeField::HourOfDay),
    Field::Time(TimeField::MinuteOfHour),
    Field::Time(TimeField::SecondOfMinute),
    Field::Time(TimeField::MillisOfSecond),
];

/// The steps of finding the parts of a date in a text.
const SCAN_STEPS: u64 = 48;

/// The most steps that reading a text is charged for.
pub(crate) const ISO_STEPS: u64 = SCAN_STEPS + steps_of(&MOST_FIELDS);

/// The instant that a text names; a text without an offset is of the zone.
pub(super) fn parse<C: Charge>(charge: &mut C, text: &str, zone: &Zone) -> Result<i64, C::Error> {
    let mut bucket = Bucket::for_fields(charge, MOST_FIELDS.len())?;
    charge.steps(SCAN_STEPS)?;
    let end = scan(text, &mut bucket).map_err(|position| DateError::malformed(text, position))?;
    if end < text.len() {
        return Err(DateError::malformed(text, end).into());
    }
    Ok(bucket.resolve(charge, zone, text)?.instant)
}

/// Reads as much of the text as has the form; the position after it.
fn scan(text: &str, bucket: &mut Bucket) -> Result<usize, usize> {
    let end = if let Ok(start) = scan_literal(text, 0, "T") {
        scan_time(text, start, bucket)?
    } else {
        let date_end = scan_date(text, bucket)?;
        let Ok(start) = scan_literal(text, date_end, "T") else {
            return Ok(date_end);
        };
        scan_time(text, start, bucket).unwrap_or(start)
    };
    Ok(scan_zone(text, end, bucket).unwrap_or(end))
}

/// Reads a date in the form that reaches furthest.
fn scan_date(text: &str, bucket: &mut Bucket) -> Result<usize, usize> {
    let (year, end) = scan_number(text, 0, MOST_DIGITS, true)?;
    let part = |position, sign, digits| scan_number(text, scan_literal(text, position, sign)?, digits, false);
    if let Ok((week, end)) = part(end, "-W", 2) {
        bucket.put(Field::Date(DateField::Weekyear), year);
        bucket.put(Field::Date(DateField::WeekOfWeekyear), week);
        let Ok((day, end)) = part(end, "-", 1) else {
            return Ok(end);
        };
        bucket.put(Field::Date(DateField::DayOfWeek), day);
        return Ok(end);
    }
    bucket.put(Field::Date(DateField::Year), year);
    let Ok((month, month_end)) = part(end, "-", 2) else {
        return Ok(end);
    };
    let day = part(month_end, "-", 2);
    let ordinal = part(end, "-", 3)
        .ok()
        .filter(|(_, ordinal_end)| *ordinal_end > month_end);
    match (day, ordinal) {
        (Err(_), Some((day_of_year, end))) => {
            bucket.put(Field::Date(DateField::DayOfYear), day_of_year);
            Ok(end)
        }
        (day, _) => {
            bucket.put(Field::Date(DateField::MonthOfYear), month);
            let Ok((day, end)) = day else { return Ok(month_end) };
            bucket.put(Field::Date(DateField::DayOfMonth), day);
            Ok(end)
        }
    }
}

/// Reads a time of day, as far as it goes.
fn scan_time(text: &str, start: usize, bucket: &mut Bucket) -> Result<usize, usize> {
    let (hour, mut end) = scan_number(text, start, 2, false)?;
    bucket.put(Field::Time(TimeField::HourOfDay), hour);
    for (field, whole, fraction_field) in [
        (Some(TimeField::MinuteOfHour), HOUR, TimeField::MillisOfHour),
        (Some(TimeField::SecondOfMinute), MINUTE, TimeField::MillisOfMinute),
        (None, SECOND, TimeField::MillisOfSecond),
    ] {
        let colon = scan_literal(text, end, ":");
        let part = colon.and_then(|start| scan_number(text, start, 2, false));
        if let (Some(field), Ok((value, part_end))) = (field, part) {
            bucket.put(Field::Time(field), value);
            end = part_end;
            continue;
        }
        let point = scan_literal(text, end, ".").or_else(|_| scan_literal(text, end, ","));
        if let Ok((value, fraction_end)) = point.and_then(|start| scan_fraction(text, start, MOST_DIGITS, whole)) {
            bucket.put(Field::Time(fraction_field), value);
            end = fraction_end;
        }
        break;
    }
    Ok(end)
}

/// Reads an offset or `Z`.
fn scan_zone(text: &str, start: usize, bucket: &mut Bucket) -> Result<usize, usize> {
    if let Ok(end) = scan_literal(text, start, "Z") {
        bucket.put_offset(0);
        return Ok(end);
    }
    let (offset, end) = scan_offset(text, start)?;
    bucket.put_offset(offset);
    Ok(end)
}

/// Appends an instant as its zone's clock shows it, with the offset.
pub(super) fn push(out: &mut String, instant: i64, zone: &Zone) {
    let (local, offset) = zone.clock(instant);
    push_local(out, local);
    match offset {
        0 => out.push('Z'),
        _ => push_offset(out, offset, OffsetStyle::Exact),
    }
}
