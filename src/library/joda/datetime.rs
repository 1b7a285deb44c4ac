//! An instant seen in a time zone, and everything a program can ask of it.
//!
//! Rules: Joda-Time's `DateTime` over `ZonedChronology`. Units shorter than half a day add to the instant; longer
//! ones add on the local time line, and a local time that the clock skips moves forward by the gap.

use std::cmp::Ordering;

use super::calendar::{DAY, HOUR, MINUTE, SECOND, WEEK, day_of_millis, to_millis};
use super::charge::Charge;
use super::date_field::DateField;
use super::error::{DateError, checked_int};
use super::field::{self, Field};
use super::iso;
use super::print::push_text;
use super::time_field::TimeField;
use super::zone::Zone;

/// A unit that can be added to a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Calendar years.
    Years,
    /// Calendar months.
    Months,
    /// Seven days on the local time line.
    Weeks,
    /// Days on the local time line, of 23 to 25 hours where the clock changes.
    Days,
    /// Hours of elapsed time.
    Hours,
    /// Minutes of elapsed time.
    Minutes,
    /// Seconds of elapsed time.
    Seconds,
    /// Milliseconds of elapsed time.
    Millis,
}

/// A date and a time of day as a constructor takes them, not yet checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CivilTime {
    /// The proleptic year.
    pub(crate) year: i64,
    /// From 1.
    pub(crate) month: i64,
    /// The day of the month, from 1.
    pub(crate) day: i64,
    /// The hour of the day, 0 to 23.
    pub(crate) hour: i64,
    /// The minute of the hour.
    pub(crate) minute: i64,
    /// The second of the minute, to 59.
    pub(crate) second: i64,
    /// The millisecond of the second.
    pub(crate) millis: i64,
}

/// An instant in a time zone. Cheap to clone.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct DateTime {
    millis: i64,
    zone: Zone,
}

impl DateTime {
    /// The instant, in milliseconds since 1970-01-01T00:00:00Z, in a zone.
    pub(crate) const fn new(millis: i64, zone: Zone) -> Self {
        Self { millis, zone }
    }

    /// The instant at which the clocks of a zone show a time; an error where the clocks skip it.
    pub(crate) fn from_civil(civil: CivilTime, zone: Zone) -> Result<Self, DateError> {
        let local = local_millis(civil)?;
        Ok(Self::new(zone.strict_instant(local)?, zone))
    }

    /// The instant that an ISO 8601 text names; the zone is that of the result, and of a text without an offset.
    pub(crate) fn parse_iso<C: Charge>(charge: &mut C, text: &str, zone: Zone) -> Result<Self, C::Error> {
        Ok(Self::new(iso::parse(charge, text, &zone)?, zone))
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub(crate) const fn millis(&self) -> i64 {
        self.millis
    }

    /// The zone it is seen in.
    pub(crate) const fn zone(&self) -> &Zone {
        &self.zone
    }

    /// The same instant in another zone.
    #[must_use]
    pub(crate) fn with_zone(&self, zone: Zone) -> Self {
        Self::new(self.millis, zone)
    }

    /// The order of the instants, whatever their zones.
    pub(crate) fn compare(&self, other: &Self) -> Ordering {
        self.millis.cmp(&other.millis)
    }

    /// The date so many milliseconds of elapsed time later, `times` over.
    pub(crate) fn plus_millis(&self, millis: i64, times: i64) -> Result<Self, DateError> {
        Ok(Self::new(
            field::plus_units(self.millis, millis, times)?,
            self.zone.clone(),
        ))
    }

    /// The date `count` units later; earlier where it is negative.
    pub(crate) fn plus(&self, unit: Unit, count: i64) -> Result<Self, DateError> {
        self.shifted(unit, checked_int(count)?)
    }

    /// The date `count` units earlier.
    pub(crate) fn minus(&self, unit: Unit, count: i64) -> Result<Self, DateError> {
        self.shifted(unit, -checked_int(count)?)
    }

    /// The date moved by at most 2^31 units.
    fn shifted(&self, unit: Unit, count: i64) -> Result<Self, DateError> {
        let millis = match unit {
            _ if count == 0 => self.millis,
            Unit::Years => self.plus_local(|local| field::plus_years(local, count))?,
            Unit::Months => self.plus_local(|local| field::plus_months(local, count))?,
            Unit::Weeks => self.plus_local(|local| field::plus_units(local, count, WEEK))?,
            Unit::Days => self.plus_local(|local| field::plus_units(local, count, DAY))?,
            Unit::Hours => field::plus_units(self.millis, count, HOUR)?,
            Unit::Minutes => field::plus_units(self.millis, count, MINUTE)?,
            Unit::Seconds => field::plus_units(self.millis, count, SECOND)?,
            Unit::Millis => field::plus_units(self.millis, count, 1)?,
        };
        Ok(Self::new(millis, self.zone.clone()))
    }

    /// The instant after a change on the local time line.
    fn plus_local(&self, change: impl FnOnce(i64) -> Result<i64, DateError>) -> Result<i64, DateError> {
        let local = change(self.zone.to_local(self.millis)?)?;
        self.zone.lenient_instant(local)
    }

    /// The value of a field.
    pub(crate) fn get(&self, field: Field) -> i64 {
        field.get(self.zone.clock(self.millis).0)
    }

    /// Appends the value of a field as English text: the name of a month or a day of the week, else the number.
    pub(crate) fn push_text(&self, field: Field, out: &mut String) {
        push_text(out, field, self.get(field), false);
    }

    /// The same date with a field set to a value.
    ///
    /// Source: `ZonedDateTimeField.set`: where the clock skips the result, the value is refused.
    pub(crate) fn with(&self, field: Field, value: i64) -> Result<Self, DateError> {
        let local = field.set(self.zone.to_local(self.millis)?, value)?;
        let changed = Self::new(self.zone.instant_near(local, self.millis)?, self.zone.clone());
        if changed.get(field) == value {
            Ok(changed)
        } else {
            Err(self.zone.gap(local))
        }
    }

    /// The same date with a field set to its least value; where the clock skips that, the first instant after the
    /// gap.
    ///
    /// Source: `DateTime.Property.withMinimumValue`.
    pub(crate) fn with_minimum(&self, field: Field) -> Result<Self, DateError> {
        let (least, _) = field.bounds(self.zone.clock(self.millis).0);
        match self.with(field, least) {
            Err(DateError::Gap { .. }) => {
                let day_before = self.millis.saturating_sub(DAY);
                let after_gap = self.zone.change_after(day_before).unwrap_or(day_before);
                Ok(Self::new(after_gap, self.zone.clone()))
            }
            changed => changed,
        }
    }

    /// The same date with a field set to its greatest value; where the clock skips that, the last instant before the
    /// gap.
    ///
    /// Source: `DateTime.Property.withMaximumValue`.
    pub(crate) fn with_maximum(&self, field: Field) -> Result<Self, DateError> {
        let (_, most) = field.bounds(self.zone.clock(self.millis).0);
        match self.with(field, most) {
            Err(DateError::Gap { .. }) => {
                let day_after = self.millis.saturating_add(DAY);
                let gap = self.zone.change_at_or_before(day_after).unwrap_or(day_after);
                Ok(Self::new(gap.saturating_sub(1), self.zone.clone()))
            }
            changed => changed,
        }
    }

    /// The first instant of the day: midnight, or the end of the gap where the clock skips midnight.
    ///
    /// Source: `LocalDate.toDateTimeAtStartOfDay`, which goes through six o'clock to keep clear of most gaps.
    pub(crate) fn at_start_of_day(&self) -> Result<Self, DateError> {
        let midnight = to_millis(day_of_millis(self.zone.to_local(self.millis)?), 0)?;
        let morning = self.zone.converted_instant(field::plus_units(midnight, 6, HOUR)?)?;
        let local = Field::Date(DateField::DayOfMonth).floor(self.zone.to_local(morning)?)?;
        let start = self.zone.instant_near(local, morning)?;
        Ok(Self::new(self.zone.earlier_at_overlap(start), self.zone.clone()))
    }

    /// Appends the date in ISO 8601, such as `2020-02-29T00:00:00.000-08:00`.
    pub(crate) fn push_iso(&self, out: &mut String) {
        iso::push(out, self.millis, &self.zone);
    }
}

/// The local instant of a date and a time of day, each part checked in the order in which Joda-Time does.
fn local_millis(civil: CivilTime) -> Result<i64, DateError> {
    let mut local = 0;
    for (field, value) in [
        (TimeField::HourOfDay, civil.hour),
        (TimeField::MinuteOfHour, civil.minute),
        (TimeField::SecondOfMinute, civil.second),
        (TimeField::MillisOfSecond, civil.millis),
    ] {
        local = Field::Time(field).set(local, value)?;
    }
    for (field, value) in [
        (DateField::Year, civil.year),
        (DateField::MonthOfYear, civil.month),
        (DateField::DayOfMonth, civil.day),
    ] {
        local = Field::Date(field).set_parsed(local, value)?;
    }
    Ok(local)
}

/// The whole days from one date to another on the local time line of the first one's zone, towards zero.
///
/// Source: `Days.daysBetween`.
pub(crate) fn days_between(from: &DateTime, to: &DateTime) -> Result<i64, DateError> {
    whole_units(from.zone.to_local(from.millis)?, from.zone.to_local(to.millis)?, DAY)
}

/// The whole units of so many milliseconds of elapsed time from one date to another, towards zero.
///
/// Source: `Hours.hoursBetween`, `Minutes.minutesBetween`.
pub(crate) fn elapsed_between(from: &DateTime, to: &DateTime, unit: i64) -> Result<i64, DateError> {
    whole_units(from.millis, to.millis, unit)
}

fn whole_units(start: i64, end: i64, unit: i64) -> Result<i64, DateError> {
    checked_int(end.checked_sub(start).ok_or(DateError::OutOfRange)? / unit)
}
