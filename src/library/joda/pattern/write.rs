//! Prints the elements of a pattern.

use super::super::calendar::day_of_millis;
use super::super::date_field::DateField;
use super::super::print::{OffsetStyle, push_number, push_offset, push_text};
use super::super::time_field::TimeField;
use super::super::zone::Zone;
use super::element::Element;

/// The digits of a fraction of a second that can differ from 0.
const MILLISECOND_DIGITS: usize = 3;

/// Appends an instant as the elements have it.
pub(super) fn write(elements: &[Element], instant: i64, zone: &Zone, out: &mut String) {
    let (local, offset) = zone.clock(instant);
    for element in elements {
        match element {
            Element::Literal(text) => out.push_str(text),
            Element::Number {
                field, least_digits, ..
            } => push_number(out, field.get(local), *least_digits),
            Element::TwoDigitYear { field, .. } => push_two_digit_year(out, *field, local),
            Element::Name { field, short } => push_text(out, *field, field.get(local), *short),
            Element::Fraction { digits } => push_fraction(out, local, *digits),
            Element::Offset { colon: true } => push_offset(out, offset, OffsetStyle::Colon),
            Element::Offset { colon: false } => push_offset(out, offset, OffsetStyle::Compact),
            Element::ZoneId => zone.push_id(out),
            Element::ZoneName { long } => zone.push_name(out, instant, *long),
        }
    }
}

/// Appends the last two digits of a year.
fn push_two_digit_year(out: &mut String, field: DateField, local: i64) {
    push_number(out, field.get(day_of_millis(local)).abs() % 100, 2);
}

/// Appends so many digits of the fraction of a second: cut off, not rounded, and zeros beyond milliseconds.
fn push_fraction(out: &mut String, local: i64, digits: usize) {
    let millis = TimeField::MillisOfSecond.get(local);
    let (shown, divisor) = match digits {
        0 => return,
        1 => (1, 100),
        2 => (2, 10),
        _ => (MILLISECOND_DIGITS, 1),
    };
    push_number(out, millis / divisor, shown);
    out.extend(std::iter::repeat_n('0', digits - shown));
}
