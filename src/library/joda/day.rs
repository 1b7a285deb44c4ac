//! Days and hours as numbers of eight and ten digits: what `Util` reads, moves, counts and writes beyond SEL.
//!
//! A day arrives as the text of its digits. Read are the days from the year 1000 to 9999 alone, so that a day's number has its eight
//! digits whether it is written as a number or as a text.

use super::calendar::{DAY, Date, HOUR, day_of_millis, day_of_week, month_length};
use super::charge::Charge;
use super::date_int::{DATE, DATE_AND_HOUR, DateInts, parse_digits};
use super::datetime::{DateTime, Unit};
use super::error::DateError;
use super::field::Field;
use super::zone::Zone;

/// Days of a week, and those of them that are not a weekend.
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

    /// Whether [`Day::read`] reads a text; no error is made where it does not.
    pub(crate) fn is_day(text: &str) -> bool {
        let number: i64 = match text.len() == "yyyyMMdd".len() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            true => text.parse().unwrap_or_default(),
            false => return false,
        };
        let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
        year >= 1_000 && (1..=12).contains(&month) && (1..=month_length(year, month)).contains(&day)
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

/// The days from one to another, both inclusive. With a negative step they are those from `to` on up to `from`, the latest first.
pub(crate) fn days_between_inclusive(from: Day, to: Day, step: i64) -> Result<DateInts, DateError> {
    let (from, to) = match step < 0 {
        true => (from.0 + 1, to.0),
        false => (from.0, to.0 + 1),
    };
    DateInts::of_days(from, to, step)
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
pub(crate) fn day_number(digits: i64) -> i64 {
    let (year, month, day) = (digits / 10_000, digits / 100 % 100, digits % 100);
    let (month, day) = match month {
        0 => (1, 1),
        1..=12 => (month, day.max(1)),
        _ => (12, 31),
    };
    Date::clamped(year, month, day).to_day()
}

/// The hour that ten digits say, counted from 1970-01-01T00; of digits that say none, one between those of the next that do.
pub(crate) fn hour_number(digits: i64) -> i64 {
    day_number(digits / 100) * 24 + (digits % 100).min(23)
}

/// The hours from one (inclusive) to another (exclusive). With a negative step they are those from `to` (inclusive) to `from`
/// (exclusive), the latest first.
pub(crate) fn hours_between(from: Hour, to: Hour, step: i64) -> Result<DateInts, DateError> {
    DateInts::walk(from.0, to.0, step, |hour| {
        Date::of_day(hour.div_euclid(24)).digits() * 100 + hour.rem_euclid(24)
    })
}
