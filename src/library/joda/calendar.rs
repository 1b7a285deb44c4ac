//! The ISO calendar (proleptic Gregorian) as arithmetic on `i64`: days, years, months and week years.
//!
//! Day 0 is 1970-01-01. Instants of all `i64` milliseconds have a date; dates are made only of years within
//! [`MIN_YEAR`](super::limits::MIN_YEAR) to [`MAX_YEAR`](super::limits::MAX_YEAR) (one more at each end while
//! parsing), so that no sum here can overflow but the last one to milliseconds, which is checked.

use super::error::DateError;

/// Milliseconds in a second, a minute, an hour, half a day, a day and a week.
pub(super) const SECOND: i64 = 1_000;
pub(super) const MINUTE: i64 = 60 * SECOND;
pub(super) const HOUR: i64 = 60 * MINUTE;
pub(super) const HALF_DAY: i64 = 12 * HOUR;
pub(super) const DAY: i64 = 24 * HOUR;
pub(super) const WEEK: i64 = 7 * DAY;

/// Days in the 400 years after which the calendar repeats.
pub(super) const DAYS_PER_CYCLE: i64 = 146_097;

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Date {
    pub(super) year: i64,
    /// 1 to 12.
    pub(super) month: i64,
    /// 1 to 31.
    pub(super) day: i64,
}

impl Date {
    /// The date of a day, counted from 1970-01-01.
    ///
    /// Years are taken to begin in March, so that the leap day is the last of the year and the months' lengths follow
    /// one line: five months of 153 days.
    pub(super) const fn of_day(day: i64) -> Self {
        // 719,468 days lie between 0000-03-01 and 1970-01-01.
        let shifted = day + 719_468;
        let cycle = shifted.div_euclid(DAYS_PER_CYCLE);
        let day_of_cycle = shifted.rem_euclid(DAYS_PER_CYCLE);
        let year_of_cycle =
            (day_of_cycle - day_of_cycle / 1_460 + day_of_cycle / 36_524 - day_of_cycle / 146_096) / 365;
        let day_of_year = day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
        let march_month = (5 * day_of_year + 2) / 153;
        let month = if march_month < 10 {
            march_month + 3
        } else {
            march_month - 9
        };
        Self {
            year: year_of_cycle + 400 * cycle + if month <= 2 { 1 } else { 0 },
            month,
            day: day_of_year - (153 * march_month + 2) / 5 + 1,
        }
    }

    /// The date of a local instant.
    pub(super) const fn of_millis(local: i64) -> Self {
        Self::of_day(day_of_millis(local))
    }

    /// The day counted from 1970-01-01. The parts must be those of a date.
    pub(super) const fn to_day(self) -> i64 {
        let year = if self.month <= 2 { self.year - 1 } else { self.year };
        let march_month = (self.month + 9) % 12;
        let day_of_year = (153 * march_month + 2) / 5 + self.day - 1;
        let year_of_cycle = year.rem_euclid(400);
        let day_of_cycle = year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 + day_of_year;
        year.div_euclid(400) * DAYS_PER_CYCLE + day_of_cycle - 719_468
    }

    /// Its digits as a number, such as 20200229.
    pub(super) const fn digits(self) -> i64 {
        self.year * 10_000 + self.month * 100 + self.day
    }

    /// The date of the same day in another month, or the last of that month where it is shorter.
    pub(super) fn clamped(year: i64, month: i64, day: i64) -> Self {
        Self {
            year,
            month,
            day: day.min(month_length(year, month)),
        }
    }
}

/// The day on which a local instant falls, counted from 1970-01-01.
pub(super) const fn day_of_millis(local: i64) -> i64 {
    local.div_euclid(DAY)
}

/// The milliseconds since midnight of a local instant.
pub(super) const fn millis_of_day(local: i64) -> i64 {
    local.rem_euclid(DAY)
}

/// The local instant of a day and a time of day.
pub(super) fn to_millis(day: i64, millis_of_day: i64) -> Result<i64, DateError> {
    // The days of the earliest instants begin before the least `i64`; so the time of day is taken from the day's end.
    let next_midnight = (day + 1).checked_mul(DAY);
    let exact = match next_midnight {
        Some(midnight) => midnight.checked_sub(DAY - millis_of_day),
        None => day
            .checked_mul(DAY)
            .and_then(|midnight| midnight.checked_add(millis_of_day)),
    };
    exact.ok_or(DateError::OutOfRange)
}

/// Whether the year has a 29 February.
pub(super) const fn is_leap_year(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// The number of days in a year.
pub(super) const fn year_length(year: i64) -> i64 {
    if is_leap_year(year) { 366 } else { 365 }
}

/// The number of days in a month.
pub(super) const fn month_length(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap_year(year) => 29,
        2 => 28,
        _ => 31,
    }
}

/// The day of 1 January.
pub(super) const fn first_day_of_year(year: i64) -> i64 {
    Date { year, month: 1, day: 1 }.to_day()
}

/// The day of the week, 1 (Monday) to 7.
pub(super) const fn day_of_week(day: i64) -> i64 {
    (day + 3).rem_euclid(7) + 1
}

/// The Monday with which a week year begins: that of the week with 4 January (ISO 8601).
pub(super) const fn first_day_of_weekyear(weekyear: i64) -> i64 {
    let fourth = first_day_of_year(weekyear) + 3;
    fourth - (day_of_week(fourth) - 1)
}

/// The number of weeks in a week year, 52 or 53.
pub(super) const fn weeks_in_weekyear(weekyear: i64) -> i64 {
    (first_day_of_weekyear(weekyear + 1) - first_day_of_weekyear(weekyear)) / 7
}

/// The week year a day belongs to: the year of its Thursday.
pub(super) const fn weekyear_of_day(day: i64) -> i64 {
    Date::of_day(day + 4 - day_of_week(day)).year
}

/// The week of the week year a day belongs to, from 1.
pub(super) const fn week_of_day(day: i64) -> i64 {
    (day - first_day_of_weekyear(weekyear_of_day(day))) / 7 + 1
}
