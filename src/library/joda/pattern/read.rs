//! Parses the elements of a pattern.

use super::super::bucket::Bucket;
use super::super::calendar::SECOND;
use super::super::charge::Charge;
use super::super::date_field::DateField;
use super::super::error::DateError;
use super::super::field::Field;
use super::super::print::names;
use super::super::scan::{Scan, scan_fraction, scan_literal, scan_number, scan_offset};
use super::super::time_field::TimeField;
use super::super::zone_names::longest_id;
use super::element::{Element, Elements};
use crate::library::english;

/// The most digits of a two-digit year that turns out to be another year: those of an `int`.
const MOST_YEAR_DIGITS: usize = 10;

/// The first of the hundred years that two digits stand for. Joda-Time takes the hundred around 30 years before the
/// day on which the pattern was made; here nothing depends on the day, so it is the hundred around 2000.
const FIRST_TWO_DIGIT_YEAR: i64 = 1950;

/// The short names of zones that can be parsed (Joda-Time: `DateTimeUtils.getDefaultTimeZoneNames`).
const PARSED_ZONE_NAMES: [(&str, &str); 11] = [
    ("UTC", "UTC"),
    ("UT", "UTC"),
    ("GMT", "UTC"),
    ("EST", "America/New_York"),
    ("EDT", "America/New_York"),
    ("CST", "America/Chicago"),
    ("CDT", "America/Chicago"),
    ("MST", "America/Denver"),
    ("MDT", "America/Denver"),
    ("PST", "America/Los_Angeles"),
    ("PDT", "America/Los_Angeles"),
];

/// Reads a text that consists of the elements, and nothing after them, each charged before it is read.
pub(super) fn read<C: Charge>(
    charge: &mut C,
    elements: &Elements,
    text: &str,
    bucket: &mut Bucket,
) -> Result<(), C::Error> {
    let mut position = 0;
    for element in &elements.list {
        charge.steps(element.read_steps())?;
        position = read_element(elements, element, text, position, bucket)
            .map_err(|position| DateError::malformed(text, position))?;
    }
    if position < text.len() {
        return Err(DateError::malformed(text, position).into());
    }
    Ok(())
}

/// Reads one element; the position after it, or the one that does not fit.
fn read_element(
    elements: &Elements,
    element: &Element,
    text: &str,
    position: usize,
    bucket: &mut Bucket,
) -> Result<usize, usize> {
    let (field, (value, end)) = match element {
        Element::Literal(place) => return scan_literal(text, position, elements.literal(place)),
        Element::Offset { .. } => {
            let (offset, end) = match scan_literal(text, position, "Z") {
                Ok(end) => (0, end),
                Err(_) => scan_offset(text, position)?,
            };
            bucket.put_offset(offset);
            return Ok(end);
        }
        Element::ZoneId => {
            let id = longest_id(text.get(position..).unwrap_or("")).ok_or(position)?;
            bucket.put_zone_id(id);
            return Ok(position + id.len());
        }
        Element::ZoneName { .. } => {
            let (name, id) = scan_zone_name(text, position)?;
            bucket.put_zone_id(id);
            return Ok(position + name.len());
        }
        Element::Number {
            field,
            most_digits,
            signed,
            ..
        } => (*field, scan_number(text, position, *most_digits, *signed)?),
        Element::TwoDigitYear { field, lenient } => {
            (Field::Date(*field), scan_two_digit_year(text, position, *lenient)?)
        }
        Element::Name { field, .. } => (*field, scan_name(text, position, *field)?),
        Element::Fraction { digits } => (
            Field::Time(TimeField::MillisOfSecond),
            scan_fraction(text, position, *digits, SECOND)?,
        ),
    };
    bucket.put(field, value);
    Ok(end)
}

/// Reads a year of two digits as one of the hundred years; any other number, where `lenient`, as it stands.
fn scan_two_digit_year(text: &str, position: usize, lenient: bool) -> Scan<i64> {
    let most_digits = if lenient { MOST_YEAR_DIGITS } else { 2 };
    let (value, end) = scan_number(text, position, most_digits, lenient)?;
    let has_sign = text.get(position..).is_some_and(|rest| rest.starts_with(['+', '-']));
    match end - position {
        2 if !has_sign => Ok((in_hundred_years(value), end)),
        _ if lenient => Ok((value, end)),
        _ => Err(position),
    }
}

/// The one of the hundred years that ends in two digits.
const fn in_hundred_years(digits: i64) -> i64 {
    FIRST_TWO_DIGIT_YEAR + (digits - FIRST_TWO_DIGIT_YEAR).rem_euclid(100)
}

/// Reads the longest name of a value of the field: full or short, as it is written, in capitals or in small letters.
fn scan_name(text: &str, position: usize, field: Field) -> Scan<i64> {
    let rest = text.get(position..).unwrap_or("");
    let (names, first) = names(field).ok_or(position)?;
    let mut best: Option<(i64, usize)> = None;
    let initial = rest.as_bytes().first().ok_or(position)?;
    let mut offer = |value: i64, name: &str| {
        let may_be = name
            .as_bytes()
            .first()
            .is_some_and(|byte| byte.eq_ignore_ascii_case(initial));
        let is_longer = best.is_none_or(|(_, length)| name.len() > length);
        if may_be && is_longer && starts_with_name(rest, name) {
            best = Some((value, name.len()));
        }
    };
    for (value, name) in (first..).zip(names) {
        offer(value, name);
        offer(value, english::short(name));
    }
    if field == Field::Date(DateField::Era) {
        offer(0, "BCE");
        offer(1, "CE");
    }
    best.map(|(value, length)| (value, position + length)).ok_or(position)
}

/// Whether a text begins with a name as it is written, in capitals or in small letters.
fn starts_with_name(text: &str, name: &str) -> bool {
    text.get(..name.len()).is_some_and(|start| {
        let one_case = |is_other: fn(&u8) -> bool| !start.as_bytes().iter().any(is_other);
        start == name
            || start.eq_ignore_ascii_case(name)
                && (one_case(u8::is_ascii_lowercase) || one_case(u8::is_ascii_uppercase))
    })
}

/// The longest of the names of zones that the text has at a position, and the id that goes with it.
fn scan_zone_name(text: &str, position: usize) -> Result<(&'static str, &'static str), usize> {
    let rest = text.get(position..).unwrap_or("");
    PARSED_ZONE_NAMES
        .into_iter()
        .filter(|(name, _)| rest.starts_with(name))
        .max_by_key(|(name, _)| name.len())
        .ok_or(position)
}
