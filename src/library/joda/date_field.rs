//! The fields of the calendar, on days counted from 1970-01-01.
//!
//! Rules: Joda-Time's `ISOChronology` and the field classes of `org.joda.time.chrono` (`BasicYearDateTimeField`,
//! `BasicWeekyearDateTimeField`, `GJYearOfEraDateTimeField`, …).

use super::calendar::{self, Date, is_leap_year};
use super::length::Length;
use super::limits::{MAX_YEAR, MIN_YEAR};

/// A field of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DateField {
    /// 0 (BC) or 1 (AD).
    Era,
    /// The year without its sign, divided by 100.
    CenturyOfEra,
    /// The year counted from 1 within AD or BC.
    YearOfEra,
    /// The proleptic year: 0 is 1 BC.
    Year,
    /// The year that ISO weeks are counted in.
    Weekyear,
    /// 1 (January) to 12.
    MonthOfYear,
    /// 1 to 52 or 53.
    WeekOfWeekyear,
    /// 1 to 365 or 366.
    DayOfYear,
    /// 1 to 28, 29, 30 or 31.
    DayOfMonth,
    /// 1 (Monday) to 7.
    DayOfWeek,
}

impl DateField {
    /// The field's name in Joda-Time.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Era => "era",
            Self::CenturyOfEra => "centuryOfEra",
            Self::YearOfEra => "yearOfEra",
            Self::Year => "year",
            Self::Weekyear => "weekyear",
            Self::MonthOfYear => "monthOfYear",
            Self::WeekOfWeekyear => "weekOfWeekyear",
            Self::DayOfYear => "dayOfYear",
            Self::DayOfMonth => "dayOfMonth",
            Self::DayOfWeek => "dayOfWeek",
        }
    }

    /// The ranks of the whole the field is counted in and of its unit.
    pub(super) const fn lengths(self) -> (Length, Length) {
        match self {
            Self::Era => (Length::Unlimited, Length::Unlimited),
            Self::CenturyOfEra => (Length::Unlimited, Length::Century),
            Self::YearOfEra | Self::Year | Self::Weekyear => (Length::Unlimited, Length::Year),
            Self::MonthOfYear => (Length::Year, Length::Month),
            Self::WeekOfWeekyear => (Length::Year, Length::Week),
            Self::DayOfYear => (Length::Year, Length::Day),
            Self::DayOfMonth => (Length::Month, Length::Day),
            Self::DayOfWeek => (Length::Week, Length::Day),
        }
    }

    /// The field's value on a day.
    pub(super) const fn get(self, day: i64) -> i64 {
        self.of_date(Date::of_day(day), day)
    }

    /// The field's value on a day, whose date is known.
    pub(super) const fn of_date(self, date: Date, day: i64) -> i64 {
        match self {
            Self::Era => {
                if date.year > 0 {
                    1
                } else {
                    0
                }
            }
            Self::CenturyOfEra => date.year.abs() / 100,
            Self::YearOfEra => {
                if date.year > 0 {
                    date.year
                } else {
                    1 - date.year
                }
            }
            Self::Year => date.year,
            Self::Weekyear => calendar::weekyear_of_day(day),
            Self::MonthOfYear => date.month,
            Self::WeekOfWeekyear => calendar::week_of_day(day),
            Self::DayOfYear => day - calendar::first_day_of_year(date.year) + 1,
            Self::DayOfMonth => date.day,
            Self::DayOfWeek => calendar::day_of_week(day),
        }
    }

    /// The least and the greatest value on a day.
    pub(super) const fn bounds(self, day: i64) -> (i64, i64) {
        let date = Date::of_day(day);
        match self {
            Self::Era => (0, 1),
            Self::CenturyOfEra => (0, MAX_YEAR / 100),
            Self::YearOfEra => (1, MAX_YEAR),
            Self::Year | Self::Weekyear => (MIN_YEAR, MAX_YEAR),
            Self::MonthOfYear => (1, 12),
            Self::WeekOfWeekyear => (1, calendar::weeks_in_weekyear(calendar::weekyear_of_day(day))),
            Self::DayOfYear => (1, calendar::year_length(date.year)),
            Self::DayOfMonth => (1, calendar::month_length(date.year, date.month)),
            Self::DayOfWeek => (1, 7),
        }
    }

    /// The day with the field set to a value within its bounds.
    pub(super) fn set(self, day: i64, value: i64) -> i64 {
        let date = Date::of_day(day);
        match self {
            Self::Era if value == self.get(day) => day,
            Self::Era => day_in_year(day, -date.year),
            Self::CenturyOfEra => {
                let year = value * 100 + date.year.abs() % 100;
                day_in_year(day, if date.year < 0 { -year } else { year })
            }
            Self::YearOfEra => day_in_year(day, if date.year <= 0 { 1 - value } else { value }),
            Self::Year => day_in_year(day, value),
            Self::Weekyear => day_in_weekyear(day, value),
            Self::MonthOfYear => Date::clamped(date.year, value, date.day).to_day(),
            Self::WeekOfWeekyear | Self::DayOfYear | Self::DayOfMonth | Self::DayOfWeek => {
                let unit = if self == Self::WeekOfWeekyear { 7 } else { 1 };
                day + (value - self.get(day)) * unit
            }
        }
    }

    /// The first day on which the field has the value it has on a day; none for the years before Christ, which have
    /// no first day.
    pub(super) const fn floor(self, day: i64) -> Option<i64> {
        let date = Date::of_day(day);
        Some(match self {
            Self::Era if date.year <= 0 => return None,
            Self::Era => calendar::first_day_of_year(1),
            Self::CenturyOfEra => calendar::first_day_of_year(date.year - date.year % 100),
            Self::Year | Self::YearOfEra => calendar::first_day_of_year(date.year),
            Self::Weekyear => calendar::first_day_of_weekyear(calendar::weekyear_of_day(day)),
            Self::MonthOfYear => day - date.day + 1,
            Self::WeekOfWeekyear => day - calendar::day_of_week(day) + 1,
            Self::DayOfYear | Self::DayOfMonth | Self::DayOfWeek => day,
        })
    }
}

/// The same day in another year; after February the day of the year follows the calendar, so 29 February becomes 28.
fn day_in_year(day: i64, year: i64) -> i64 {
    let old_year = Date::of_day(day).year;
    let days_before = day - calendar::first_day_of_year(old_year);
    let after_february = days_before >= 31 + 28;
    let shift = match (is_leap_year(old_year), is_leap_year(year)) {
        (true, false) if after_february => -1,
        (false, true) if after_february => 1,
        _ => 0,
    };
    calendar::first_day_of_year(year) + days_before + shift
}

/// The same week and day of the week in another week year; week 53 becomes 52 where there is none.
fn day_in_weekyear(day: i64, weekyear: i64) -> i64 {
    let week = calendar::week_of_day(day).min(calendar::weeks_in_weekyear(weekyear));
    calendar::first_day_of_weekyear(weekyear) + (week - 1) * 7 + calendar::day_of_week(day) - 1
}
