//! The fields of a date on the local time line: their values, their bounds, and how they are set.
//!
//! A local instant is the count of milliseconds at which a UTC clock would show this local time; time zones come in
//! above, in [`super::datetime`].

use super::calendar::{Date, day_of_millis, millis_of_day, to_millis};
use super::date_field::DateField;
use super::error::DateError;
use super::length::Length;
use super::limits::{MAX_YEAR, MIN_YEAR};
use super::time_field::TimeField;

/// A field of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    /// A field of the calendar.
    Date(DateField),
    /// A field of the time of day.
    Time(TimeField),
}

impl Field {
    /// The field's name in Joda-Time and in messages, such as `dayOfMonth`.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Date(field) => field.name(),
            Self::Time(field) => field.name(),
        }
    }

    /// The lengths of the whole the field is counted in and of its unit: the order in which parsed fields are set.
    pub(super) const fn lengths(self) -> (Length, Length) {
        match self {
            Self::Date(field) => field.lengths(),
            Self::Time(field) => field.lengths(),
        }
    }

    /// The steps of setting the field, in each of the two rounds in which fields of a text are set.
    pub(super) const fn set_steps(self) -> u64 {
        match self {
            Self::Date(DateField::Weekyear | DateField::WeekOfWeekyear) => 32,
            Self::Date(
                DateField::Era
                | DateField::CenturyOfEra
                | DateField::YearOfEra
                | DateField::Year
                | DateField::MonthOfYear
                | DateField::DayOfYear
                | DateField::DayOfMonth
                | DateField::DayOfWeek,
            ) => 16,
            Self::Time(_) => 8,
        }
    }

    /// The field's value at a local instant.
    pub(super) const fn get(self, local: i64) -> i64 {
        match self {
            Self::Date(field) => field.get(day_of_millis(local)),
            Self::Time(field) => field.get(local),
        }
    }

    /// The least and the greatest value of the field on the date of a local instant.
    pub(super) const fn bounds(self, local: i64) -> (i64, i64) {
        match self {
            Self::Date(field) => field.bounds(day_of_millis(local)),
            Self::Time(field) => field.bounds(),
        }
    }

    /// The local instant with the field set to a value.
    pub(super) fn set(self, local: i64, value: i64) -> Result<i64, DateError> {
        self.check(value, self.bounds(local))?;
        self.set_unchecked(local, value)
    }

    /// The same for a value from a text, whose year may also be one of the two that lie only partly within the
    /// instants (Joda-Time: `DateTimeField.setExtended`).
    pub(super) fn set_parsed(self, local: i64, value: i64) -> Result<i64, DateError> {
        let (least, most) = self.bounds(local);
        let beyond = i64::from(self == Self::Date(DateField::Year));
        self.check(value, (least - beyond, most + beyond))?;
        self.set_unchecked(local, value)
    }

    /// Refuses a value outside the bounds.
    pub(super) fn check(self, value: i64, (least, most): (i64, i64)) -> Result<(), DateError> {
        if (least..=most).contains(&value) {
            return Ok(());
        }
        let field = self.name();
        Err(DateError::FieldRange {
            field,
            value,
            least,
            most,
        })
    }

    /// Sets a value that lies within the field's bounds.
    fn set_unchecked(self, local: i64, value: i64) -> Result<i64, DateError> {
        match self {
            Self::Date(field) => to_millis(field.set(day_of_millis(local), value), millis_of_day(local)),
            Self::Time(field) => field.set(local, value),
        }
    }

    /// The first local instant at which the field has the value it has at this one.
    pub(super) fn floor(self, local: i64) -> Result<i64, DateError> {
        match self {
            Self::Date(field) => match field.floor(day_of_millis(local)) {
                Some(day) => to_millis(day, 0),
                None => Ok(i64::MIN),
            },
            Self::Time(field) => field.floor(local),
        }
    }
}

/// The local instant a number of months later, on the last day of the month where the day does not exist in it.
pub(super) fn plus_months(local: i64, months: i64) -> Result<i64, DateError> {
    let date = Date::of_millis(local);
    let total = date.year * 12 + date.month - 1 + months;
    let year = total.div_euclid(12);
    Field::Date(DateField::Year).check(year, (MIN_YEAR, MAX_YEAR))?;
    let moved = Date::clamped(year, total.rem_euclid(12) + 1, date.day);
    to_millis(moved.to_day(), millis_of_day(local))
}

/// The local instant a number of years later; 29 February becomes 28 in a common year.
pub(super) fn plus_years(local: i64, years: i64) -> Result<i64, DateError> {
    Field::Date(DateField::Year).set(local, Date::of_millis(local).year + years)
}

/// The instant a number of equal units later, each of `unit` milliseconds.
pub(super) fn plus_units(instant: i64, count: i64, unit: i64) -> Result<i64, DateError> {
    count
        .checked_mul(unit)
        .and_then(|length| instant.checked_add(length))
        .ok_or(DateError::OutOfRange)
}
