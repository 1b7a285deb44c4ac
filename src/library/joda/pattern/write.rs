//! Prints the elements of a pattern.

use super::super::charge::Charge;
use super::super::date_field::DateField;
use super::super::field::Field;
use super::super::moment::Moment;
use super::super::print::{OffsetStyle, push_number, push_offset, push_text, push_zeros};
use super::super::time_field::TimeField;
use super::super::zone::Zone;
use super::element::{Element, Elements};

/// The digits of a fraction of a second that can differ from 0.
const MILLISECOND_DIGITS: usize = 3;

/// Appends an instant as the elements have it, each charged before it is printed.
///
/// The caller has charged for taking the instant apart: [`super::PRINT_STEPS`].
pub(super) fn write<C: Charge>(
    charge: &mut C,
    elements: &Elements,
    instant: i64,
    zone: &Zone,
    out: &mut String,
) -> Result<(), C::Error> {
    let (local, offset) = zone.clock(instant);
    let moment = Moment::of_millis(local);
    for element in &elements.list {
        charge.steps(element.print_steps())?;
        match element {
            Element::Literal(place) => out.push_str(elements.literal(place)),
            Element::Number {
                field, least_digits, ..
            } => push_number(out, moment.get(*field), *least_digits),
            Element::TwoDigitYear { field, .. } => push_two_digit_year(out, *field, &moment),
            Element::Name { field, short } => push_text(out, *field, moment.get(*field), *short),
            Element::Fraction { digits } => push_fraction(out, &moment, *digits),
            Element::Offset { colon: true } => push_offset(out, offset, OffsetStyle::Colon),
            Element::Offset { colon: false } => push_offset(out, offset, OffsetStyle::Compact),
            Element::ZoneId => zone.push_id(out),
            Element::ZoneName { long } => zone.push_name(out, instant, *long),
        }
    }
    Ok(())
}

/// Appends the last two digits of a year.
fn push_two_digit_year(out: &mut String, field: DateField, moment: &Moment) {
    push_number(out, moment.get(Field::Date(field)).abs() % 100, 2);
}

/// Appends so many digits of the fraction of a second: cut off, not rounded, and zeros beyond milliseconds.
fn push_fraction(out: &mut String, moment: &Moment, digits: usize) {
    let millis = moment.get(Field::Time(TimeField::MillisOfSecond));
    let (shown, divisor) = match digits {
        0 => return,
        1 => (1, 100),
        2 => (2, 10),
        _ => (MILLISECOND_DIGITS, 1),
    };
    push_number(out, millis / divisor, shown);
    push_zeros(out, digits - shown);
}
