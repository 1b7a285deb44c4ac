//! Collects the fields found in a text and makes an instant of them.
//!
//! Rules: Joda-Time's `DateTimeParserBucket`: fields are set from the longest to the shortest on 1970-01-01T00:00,
//! each setting what is shorter back to its start; a text without a year that has a month, week or day is of the year
//! 2000.

use super::date_field::DateField;
use super::error::DateError;
use super::field::Field;
use super::length::Length;
use super::zone::Zone;

/// The year of a text that gives a month, week or day without one: a leap year, so that 29 February exists.
const DEFAULT_YEAR: i64 = 2000;

/// What a text said.
#[derive(Debug, Default)]
pub(super) struct Bucket {
    fields: Vec<(Field, i64)>,
    offset: Option<i64>,
    /// The id of a zone of the tz database.
    zone_id: Option<&'static str>,
}

impl Bucket {
    /// Notes a field's value.
    pub(super) fn put(&mut self, field: Field, value: i64) {
        self.fields.push((field, value));
    }

    /// Notes an offset from UTC in milliseconds.
    pub(super) fn put_offset(&mut self, offset: i64) {
        self.offset = Some(offset);
    }

    /// Notes a zone by its id.
    pub(super) fn put_zone_id(&mut self, id: &'static str) {
        self.zone_id = Some(id);
    }

    /// The instant, and the zone that the text named or else `default`, in which a text without an offset is read.
    pub(super) fn resolve(mut self, default: &Zone) -> Result<(i64, Zone), DateError> {
        self.fields.sort_by_key(|(field, _)| field.lengths());
        let first_unit = self.fields.first().map(|(field, _)| field.lengths().1);
        if first_unit.is_some_and(|unit| (Length::Month..=Length::Day).contains(&unit)) {
            self.put(Field::Date(DateField::Year), DEFAULT_YEAR);
            self.fields.sort_by_key(|(field, _)| field.lengths());
        }
        let local = self.local()?;
        let zone = self.zone_id.map_or_else(|| Ok(default.clone()), Zone::for_id)?;
        let instant = match self.offset {
            Some(offset) => local.checked_sub(offset).ok_or(DateError::OutOfRange)?,
            None => zone.strict_instant(local)?,
        };
        Ok((instant, zone))
    }

    /// The local instant. The fields are set twice, since a later field can move an earlier one: the day of the week
    /// can move the year.
    fn local(&self) -> Result<i64, DateError> {
        let mut local = 0;
        for &(field, value) in &self.fields {
            local = field.floor(field.set_parsed(local, value)?)?;
        }
        for &(field, value) in &self.fields {
            local = field.set_parsed(local, value)?;
        }
        match self.fields.last() {
            Some((field, _)) => field.floor(local),
            None => Ok(local),
        }
    }
}
