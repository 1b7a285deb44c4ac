//! A local instant taken apart once, so that each of its fields is at hand.

use super::calendar::{self, Date, day_of_millis, millis_of_day};
use super::date_field::DateField;
use super::field::Field;

/// A local instant and what its fields are made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    day: i64,
    date: Date,
    weekyear: i64,
    week: i64,
    millis_of_day: i64,
}

impl Moment {
    /// A local instant, taken apart.
    pub(super) const fn of_millis(local: i64) -> Self {
        let day = day_of_millis(local);
        let weekyear = calendar::weekyear_of_day(day);
        Self {
            day,
            date: Date::of_day(day),
            weekyear,
            week: (day - calendar::first_day_of_weekyear(weekyear)) / 7 + 1,
            millis_of_day: millis_of_day(local),
        }
    }

    /// The value of a field.
    pub(super) const fn get(&self, field: Field) -> i64 {
        match field {
            Field::Date(DateField::Weekyear) => self.weekyear,
            Field::Date(DateField::WeekOfWeekyear) => self.week,
            Field::Date(field) => field.of_date(self.date, self.day),
            Field::Time(field) => field.of_millis_of_day(self.millis_of_day),
        }
    }
}
