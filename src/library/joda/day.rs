//! Days and hours as numbers of eight and ten digits: what `Util` reads, moves, counts and writes beyond SEL.
//!
//! A day arrives as the text of its digits. Read are the days from the year 1000 to 9999 alone, so that a day's number has its eight
//! digits whether it is written as a number or as a text.

use super::calendar::{DAY, Date, HOUR, day_of_millis, day_of_week, month_length};
use super::charge::Charge;
use super::date_int::{DATE, DATE_AND_HOUR, parse_digits};
use super::datetime::{DateTime, Unit};
use super::error::{DateError, checked_int};
use super::field::Field;
use super::interval::{Ints, ints_between};
use super::zone::Zone;

/// Days of a week, and those of them that are no weekend.
const WEEK_DAYS: i64 = 7;
const WEEKDAYS: i64 = 5;

/// A day, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Day(i64);

/// The instant of as many digits as a form has.
fn read_digits<C: Charge>(
    charge: &mut C,
    text: &str,
    form: &'static str,
    fields: &[(Field, usize)],
) -> Result<i64, C::Error> {
    let has_form = text.len() == form.len() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !has_form || text.starts_with('0') {
        return Err(DateError::not_in_digits(form, text).into());
    }
    parse_digits(charge, text, fields, &Zone::UTC)
}

impl Day {
    /// Reads `yyyyMMdd`.
    pub(crate) fn read<C: Charge>(charge: &mut C, text: &str) -> Result<Self, C::Error> {
        let midnight = read_digits(charge, text, "yyyyMMdd", &DATE)?;
        Ok(Self(day_of_millis(midnight)))
    }

    /// The day of a local instant.
    pub(crate) const fn of_local(millis: i64) -> Self {
        Self(day_of_millis(millis))
    }

    /// Midnight UTC.
    pub(crate) const fn midnight(self) -> DateTime {
        // INVARIANT: the day comes from an instant.
        DateTime::new(self.0.saturating_mul(DAY), Zone::UTC)
    }

    const fn date(self) -> Date {
        Date::of_day(self.0)
    }

    /// Its number of eight digits.
    pub(crate) fn date_int(self) -> Result<i64, DateError> {
        let date = self.date();
        match date.year {
            1_000..=9_999 => Ok(date.digits()),
            _ => Err(DateError::BeyondDigits),
        }
    }

    pub(crate) const fn first_of_month(self) -> Self {
        Self(self.0 - self.date().day + 1)
    }

    pub(crate) const fn last_of_month(self) -> Self {
        let date = self.date();
        Self(self.0 - date.day + month_length(date.year, date.month))
    }

    /// The Monday.
    pub(crate) const fn first_of_week(self) -> Self {
        Self(self.0 - day_of_week(self.0) + 1)
    }

    /// 1 to 4.
    pub(crate) const fn quarter(self) -> i64 {
        (self.date().month + 2) / 3
    }

    /// Whether it is none of a weekend.
    pub(crate) const fn is_weekday(self) -> bool {
        day_of_week(self.0) <= WEEKDAYS
    }

    /// The day so many months later, or the last of that month where it is shorter.
    pub(crate) fn plus_months(self, months: i64) -> Result<Self, DateError> {
        let moved = self.midnight().plus(Unit::Months, months)?;
        Ok(Self::of_local(moved.millis()))
    }

    /// The days from this one to another.
    pub(crate) const fn days_until(self, other: Self) -> i64 {
        other.0 - self.0
    }

    /// The whole months from this day to another, towards zero.
    ///
    /// Source: `Months.monthsBetween`. The last day of a month is as late as a day that the month does not have.
    pub(crate) const fn months_until(self, other: Self) -> i64 {
        if other.0 < self.0 {
            return -other.months_until(self);
        }
        let (from, to) = (self.date(), other.date());
        let months = (to.year - from.year) * 12 + to.month - from.month;
        let is_last = to.day == month_length(to.year, to.month);
        if to.day < from.day && !is_last {
            months - 1
        } else {
            months
        }
    }
}

/// Looks for the working day next to a day: Monday to Friday, less the holidays that are noted.
#[derive(Clone, Debug)]
pub(crate) struct WorkingDay {
    from: Day,
    /// 1 for days after it, -1 for days before.
    direction: i64,
    /// Whether each of the days beside it is a holiday, the nearest first.
    holidays: Vec<bool>,
}

impl WorkingDay {
    /// How many days a search with so many holidays looks at: in as many weeks there is one more weekday at least.
    pub(crate) const fn days(holidays: usize) -> usize {
        (holidays / WEEKDAYS as usize + 1).saturating_mul(WEEK_DAYS as usize)
    }

    /// A search that is told of at most so many holidays.
    pub(crate) fn after(from: Day, holidays: usize) -> Self {
        Self {
            from,
            direction: 1,
            holidays: vec![false; Self::days(holidays)],
        }
    }

    /// The same for the days before.
    pub(crate) fn before(from: Day, holidays: usize) -> Self {
        Self {
            direction: -1,
            ..Self::after(from, holidays)
        }
    }

    /// Notes a holiday.
    pub(crate) fn note(&mut self, holiday: Day) {
        let distance = self.from.days_until(holiday) * self.direction;
        let day = usize::try_from(distance - 1).ok();
        if let Some(is_holiday) = day.and_then(|day| self.holidays.get_mut(day)) {
            *is_holiday = true;
        }
    }

    /// The day that was looked for.
    pub(crate) fn find(&self) -> Result<Day, DateError> {
        let days = (1..).map(|distance| Day(self.from.0 + distance * self.direction));
        let mut with_holidays = days.zip(&self.holidays);
        let found = with_holidays.find(|(day, is_holiday)| day.is_weekday() && !**is_holiday);
        // INVARIANT: there are more weekdays than holidays.
        found.map(|(day, _)| day).ok_or(DateError::OutOfRange)
    }
}

/// Days or hours in steps, as numbers of their digits.
#[derive(Clone, Debug)]
pub(crate) struct Range {
    numbers: Ints,
    digits: fn(i64) -> i64,
}

impl Range {
    /// How many are left.
    pub(crate) const fn count_left(&self) -> u64 {
        self.numbers.count_left()
    }
}

impl Iterator for Range {
    type Item = i64;

    fn next(&mut self) -> Option<i64> {
        self.numbers.next().map(self.digits)
    }
}

/// The numbers of a range that a negative step walks from the last of those that lie so far from `to`.
fn walk(from: i64, to: i64, step: i64) -> Result<Ints, DateError> {
    let numbers = ints_between(from, to, step)?;
    Ok(if step < 0 { numbers.ending_at(to) } else { numbers })
}

/// The days from one to another, both inclusive. With a negative step they are those from `to` on up to `from`, the latest first.
pub(crate) fn days_between_inclusive(from: Day, to: Day, step: i64) -> Result<Range, DateError> {
    let numbers = if checked_int(step)? < 0 {
        walk(from.0 + 1, to.0, step)
    } else {
        walk(from.0, to.0 + 1, step)
    };
    Ok(Range {
        numbers: numbers?,
        digits: |day| Date::of_day(day).digits(),
    })
}

/// An hour, counted from 1970-01-01T00.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hour(i64);

impl Hour {
    /// Reads `yyyyMMddHH`.
    pub(crate) fn read<C: Charge>(charge: &mut C, text: &str) -> Result<Self, C::Error> {
        let start = read_digits(charge, text, "yyyyMMddHH", &DATE_AND_HOUR)?;
        Ok(Self(start.div_euclid(HOUR)))
    }
}

/// The day that eight digits say, counted from 1970-01-01; of digits that say none, one between those of the next that do.
pub(crate) const fn day_number(digits: i64) -> i64 {
    let (year, month, day) = (digits / 10_000, digits / 100 % 100, digits % 100);
    let (month, day) = match month {
        0 => (1, 1),
        1..=12 if day == 0 => (month, 1),
        1..=12 if day > month_length(year, month) => (month, month_length(year, month)),
        1..=12 => (month, day),
        _ => (12, 31),
    };
    Date { year, month, day }.to_day()
}

/// The hour that ten digits say, counted from 1970-01-01T00; of digits that say none, one between those of the next that do.
pub(crate) const fn hour_number(digits: i64) -> i64 {
    let hour = digits % 100;
    day_number(digits / 100) * 24 + if hour > 23 { 23 } else { hour }
}

/// The hours from one (inclusive) to another (exclusive). With a negative step they are those from `to` (inclusive) to `from`
/// (exclusive), the latest first.
pub(crate) fn hours_between(from: Hour, to: Hour, step: i64) -> Result<Range, DateError> {
    Ok(Range {
        numbers: walk(from.0, to.0, step)?,
        digits: |hour| Date::of_day(hour.div_euclid(24)).digits() * 100 + hour.rem_euclid(24),
    })
}
