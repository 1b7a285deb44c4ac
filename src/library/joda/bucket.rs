//! Collects the fields found in a text and makes an instant of them.
//!
//! Rules: Joda-Time's `DateTimeParserBucket`: fields are set from the longest to the shortest on 1970-01-01T00:00,
//! each setting what is shorter back to its start; a text without a year that has a month, week or day is of the year
//! 2000.

use super::charge::Charge;
use super::date_field::DateField;
use super::error::DateError;
use super::field::Field;
use super::length::Length;
use super::zone::Zone;

/// The year of a text that gives a month, week or day without one: a leap year, so that 29 February exists.
const DEFAULT_YEAR: i64 = 2000;

/// The fields of any ordinary text: their memory is within the slack.
const FREE_FIELDS: usize = 16;

/// What a field takes in memory while it is collected and put in order.
pub(crate) const FIELD_BYTES: u64 = 32;

/// The steps of finding the instant of a local time, and of the year where there is none.
const INSTANT_STEPS: u64 = 32;

/// The steps that making an instant of these fields is charged for.
pub(super) const fn steps_of(fields: &[Field]) -> u64 {
    let mut steps = INSTANT_STEPS;
    let mut rest = fields;
    while let [field, after @ ..] = rest {
        steps += field.set_steps();
        rest = after;
    }
    steps
}

/// The bytes that collecting at most so many fields is charged for.
pub(super) const fn bytes_of(fields: usize) -> u64 {
    match fields {
        0..=FREE_FIELDS => 0,
        fields => fields as u64 * FIELD_BYTES,
    }
}

/// What a text said.
#[derive(Debug)]
pub(super) struct Bucket {
    fields: Vec<(Field, i64)>,
    offset: Option<i64>,
    /// The id of a zone of the tz database.
    zone_id: Option<&'static str>,
}

/// The instant of a text, and the zone that it names.
#[derive(Debug)]
pub(super) struct Resolved {
    pub(super) instant: i64,
    /// What the text says without regard to its offset or zone.
    pub(super) local: i64,
    zone_id: Option<&'static str>,
    /// The zone of that id, where it was needed.
    zone: Option<Zone>,
}

impl Bucket {
    /// An empty bucket for at most so many fields.
    pub(super) fn for_fields<C: Charge>(charge: &mut C, most: usize) -> Result<Self, C::Error> {
        charge.memory(bytes_of(most))?;
        Ok(Self {
            // A year may join them.
            fields: Vec::with_capacity(most + 1),
            offset: None,
            zone_id: None,
        })
    }

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

    /// The instant of the text that the fields were found in. A text without an offset is read in the zone that it
    /// names, or else in `default`.
    ///
    /// Nothing but this makes something of the fields, and it charges for all of them.
    pub(super) fn resolve<C: Charge>(
        mut self,
        charge: &mut C,
        default: &Zone,
        text: &str,
    ) -> Result<Resolved, C::Error> {
        charge.steps(INSTANT_STEPS)?;
        for (field, _) in &self.fields {
            charge.steps(field.set_steps())?;
        }
        self.fields.sort_by_key(|(field, _)| field.lengths());
        let first_unit = self.fields.first().map(|(field, _)| field.lengths().1);
        if first_unit.is_some_and(|unit| (Length::Month..=Length::Day).contains(&unit)) {
            self.put(Field::Date(DateField::Year), DEFAULT_YEAR);
            self.fields.sort_by_key(|(field, _)| field.lengths());
        }
        let local = self.local().map_err(|error| error.while_parsing(text))?;
        let zone = match self.zone_id {
            Some(id) if self.offset.is_none() => Some(Zone::for_id(charge, id)?),
            Some(_) | None => None,
        };
        let instant = match self.offset {
            Some(offset) => local.checked_sub(offset).ok_or(DateError::OutOfRange),
            None => zone.as_ref().unwrap_or(default).strict_instant(local),
        };
        Ok(Resolved {
            instant: instant.map_err(|error| error.while_parsing(text))?,
            local,
            zone_id: self.zone_id,
            zone,
        })
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

impl Resolved {
    /// The zone that the text named, or else `default`.
    pub(super) fn zone<C: Charge>(self, charge: &mut C, default: Zone) -> Result<Zone, C::Error> {
        match (self.zone, self.zone_id) {
            (Some(zone), _) => Ok(zone),
            (None, Some(id)) => Zone::for_id(charge, id),
            (None, None) => Ok(default),
        }
    }
}
