//! Dates written as eight digits (`20200229`), the currency of Maestro's `Util` functions.
//!
//! Rules: Netflix Maestro's `SelUtilFunc`, which reads and writes them with the pattern `YYYYMMdd` in UTC. A date of
//! either kind, number or text, arrives here as text.

use super::bucket::{Bucket, steps_of};
use super::calendar::{Date, day_of_millis};
use super::charge::Charge;
use super::date_field::DateField;
use super::datetime::{DateTime, Unit};
use super::error::DateError;
use super::field::Field;
use super::interval::{Ints, ints_between};
use super::period::parse_period;
use super::print::push_number;
use super::scan::scan_number;
use super::time_field::TimeField;
use super::zone::Zone;

/// The fields of a date of eight digits, and how many digits each has.
pub(super) const DATE: [(Field, usize); 3] = [
    (Field::Date(DateField::YearOfEra), 4),
    (Field::Date(DateField::MonthOfYear), 2),
    (Field::Date(DateField::DayOfMonth), 2),
];
/// The field that follows for an hour.
const HOUR: (Field, usize) = (Field::Time(TimeField::HourOfDay), 2);

/// The fields of a date with an hour.
pub(super) const DATE_AND_HOUR: [(Field, usize); 4] = {
    let [year, month, day] = DATE;
    [year, month, day, HOUR]
};

/// The most steps that reading a date of eight digits, with an hour or without, is charged for.
pub(crate) const DATE_INT_STEPS: u64 = {
    let [year, month, day, hour] = DATE_AND_HOUR;
    steps_of(&[year.0, month.0, day.0, hour.0])
};

/// The instant that adjacent numbers name in a zone.
pub(super) fn parse_digits<C: Charge>(
    charge: &mut C,
    text: &str,
    fields: &[(Field, usize)],
    zone: &Zone,
) -> Result<i64, C::Error> {
    let mut bucket = Bucket::for_fields(charge, fields.len())?;
    let mut position = 0;
    for &(field, digits) in fields {
        let (value, end) =
            scan_number(text, position, digits, false).map_err(|position| DateError::malformed(text, position))?;
        bucket.put(field, value);
        position = end;
    }
    if position < text.len() {
        return Err(DateError::malformed(text, position).into());
    }
    Ok(bucket.resolve(charge, zone, text)?.instant)
}

/// Midnight UTC of a date: `Util.dateIntToTs`.
pub(crate) fn date_int_to_millis<C: Charge>(charge: &mut C, date: &str) -> Result<i64, C::Error> {
    parse_digits(charge, date, &DATE, &Zone::UTC)
}

/// The date of an instant in UTC: `Util.tsToDateInt`.
pub(crate) fn millis_to_date_int(millis: i64) -> String {
    let mut date = String::new();
    push_number(&mut date, DateField::YearOfEra.get(day_of_millis(millis)), 4);
    push_number(&mut date, DateField::MonthOfYear.get(day_of_millis(millis)), 2);
    push_number(&mut date, DateField::DayOfMonth.get(day_of_millis(millis)), 2);
    date
}

/// The date a number of days after a midnight UTC: `Util.incrementDateInt`.
pub(crate) fn increment_date_int(midnight: i64, days: i64) -> Result<String, DateError> {
    let start = DateTime::new(midnight, Zone::UTC);
    Ok(millis_to_date_int(start.plus(Unit::Days, days)?.millis()))
}

/// The instant of a date and an hour in a zone, so many days and hours earlier: `Util.dateIntHourToTs`.
pub(crate) fn date_int_hour_to_millis<C: Charge>(
    charge: &mut C,
    date: &str,
    hour: &str,
    zone: &Zone,
    minus_days: i64,
    minus_hours: i64,
) -> Result<i64, C::Error> {
    let start = parse_digits(charge, &format!("{date}{hour}"), &DATE_AND_HOUR, zone)?;
    let moved = DateTime::new(start, zone.clone())
        .minus(Unit::Days, minus_days)?
        .minus(Unit::Hours, minus_hours)?;
    Ok(moved.millis())
}

/// How long it is, in words, from `now` until a duration after an instant, at least 0:
/// `Util.timeoutForDateTimeDeadline`.
pub(crate) fn timeout_for_deadline<C: Charge>(
    charge: &mut C,
    instant: i64,
    duration: &str,
    now: i64,
) -> Result<String, C::Error> {
    let deadline = instant
        .checked_add(parse_period(charge, duration)?)
        .ok_or(DateError::OutOfRange)?;
    let left = deadline.saturating_sub(now).max(0);
    Ok(format!("{left} milliseconds"))
}

/// Days or hours in steps, as numbers of their digits such as 20200229.
#[derive(Clone, Debug)]
pub(crate) struct DateInts {
    numbers: Ints,
    digits: fn(i64) -> i64,
}

/// The dates from the midnight `from` (inclusive) to the midnight `to` (exclusive), `step` days apart:
/// `Util.dateIntsBetween`. With a negative step they are those from `to` (inclusive) to `from` (exclusive), the latest first. How
/// many there are is known before the first is made.
pub(crate) fn date_ints_between(from: i64, to: i64, step: i64) -> Result<DateInts, DateError> {
    DateInts::of_days(day_of_millis(from), day_of_millis(to), step)
}

impl DateInts {
    /// The numbers of a range, of which a negative step walks from the last of those that lie so far from `to`.
    pub(super) fn walk(from: i64, to: i64, step: i64, digits: fn(i64) -> i64) -> Result<Self, DateError> {
        let numbers = ints_between(from, to, step)?;
        let numbers = if step < 0 { numbers.ending_at(to) } else { numbers };
        Ok(Self { numbers, digits })
    }

    /// Those of days, counted from 1970-01-01.
    pub(super) fn of_days(from: i64, to: i64, step: i64) -> Result<Self, DateError> {
        Self::walk(from, to, step, |day| Date::of_day(day).digits())
    }

    /// How many are left.
    pub(crate) const fn count_left(&self) -> u64 {
        self.numbers.count_left()
    }
}

impl Iterator for DateInts {
    type Item = i64;

    fn next(&mut self) -> Option<i64> {
        self.numbers.next().map(self.digits)
    }
}

#[cfg(test)]
mod tests {
    use super::super::charge::Free;
    use super::*;

    fn midnight(date: &str) -> Result<i64, DateError> {
        date_int_to_millis(&mut Free, date)
    }

    fn increment(date: &str, days: i64) -> Result<String, DateError> {
        increment_date_int(midnight(date)?, days)
    }

    fn timeout_for_date_int(date: &str, duration: &str, now: i64) -> Result<String, DateError> {
        timeout_for_deadline(&mut Free, midnight(date)?, duration, now)
    }

    fn between(from: &str, to: &str, step: i64) -> Result<DateInts, DateError> {
        date_ints_between(midnight(from)?, midnight(to)?, step)
    }

    #[test]
    fn dates_and_instants_convert_both_ways() {
        assert_eq!(date_int_to_millis(&mut Free, "20200229"), Ok(1_582_934_400_000));
        assert_eq!(millis_to_date_int(1_582_934_400_000), "20200229");
        assert_eq!(millis_to_date_int(-1), "19691231");
        for wrong in [
            "x",
            "",
            "2020",
            "20200230",
            "202002290",
            "20201301",
            "-20200101",
            "2020-02-29",
        ] {
            assert!(date_int_to_millis(&mut Free, wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn days_are_added_across_months() {
        assert_eq!(increment("20200228", 1).as_deref(), Ok("20200229"));
        assert_eq!(increment("20200228", 2).as_deref(), Ok("20200301"));
        assert_eq!(increment("20200301", -1).as_deref(), Ok("20200229"));
        assert_eq!(increment("20200228", 1 << 40), Err(DateError::BeyondInt(1 << 40)));
    }

    #[test]
    fn an_hour_of_a_date_is_taken_in_the_zone() {
        let at = |date, hour, zone, days, hours| {
            let zone = Zone::for_id(&mut Free, zone).expect("a zone");
            date_int_hour_to_millis(&mut Free, date, hour, &zone, days, hours)
        };
        assert_eq!(at("20210707", "01", "UTC", 0, 0), Ok(1_625_619_600_000));
        assert_eq!(at("20210707", "01", "UTC", 1, 0), Ok(1_625_533_200_000));
        assert_eq!(at("20210707", "1", "US/Pacific", 0, 0), Ok(1_625_644_800_000));
        assert!(at("20210314", "02", "US/Pacific", 0, 0).is_err());
        assert!(at("20210707", "24", "UTC", 0, 0).is_err());
    }

    #[test]
    fn timeouts_are_counted_from_now_and_are_never_negative() {
        assert_eq!(
            timeout_for_deadline(&mut Free, 0, "1 hour", 0).as_deref(),
            Ok("3600000 milliseconds")
        );
        assert_eq!(
            timeout_for_deadline(&mut Free, 0, "1 hour", i64::MAX).as_deref(),
            Ok("0 milliseconds")
        );
        assert_eq!(
            timeout_for_deadline(&mut Free, 0, "1 hour", i64::MIN).map(|text| text.len()),
            Ok("9223372036854775807 milliseconds".len())
        );
        let from_date = timeout_for_date_int("19700102", "2 hours", 1);
        assert_eq!(from_date.as_deref(), Ok("93599999 milliseconds"));
        assert!(timeout_for_date_int("20200101", "garbage", 0).is_err());
        assert_eq!(
            timeout_for_deadline(&mut Free, i64::MAX, "1 day", 0),
            Err(DateError::OutOfRange)
        );
    }

    #[test]
    fn dates_between_two_are_walked_in_steps() {
        let dates = |from, to, step| between(from, to, step).map(Iterator::collect::<Vec<_>>);
        let forth = [20_200_226, 20_200_227, 20_200_228, 20_200_229, 20_200_301, 20_200_302];
        assert_eq!(dates("20200226", "20200303", 1).as_deref(), Ok(&forth[..]));
        assert_eq!(
            dates("20200226", "20200303", 4).as_deref(),
            Ok(&[20_200_226, 20_200_301][..])
        );
        assert_eq!(
            dates("20200302", "20200228", -2).as_deref(),
            Ok(&[20_200_301, 20_200_228][..])
        );
        assert_eq!(
            dates("20190303", "20190226", -1).as_deref(),
            Ok(&[20_190_302, 20_190_301, 20_190_228, 20_190_227, 20_190_226][..])
        );
        assert_eq!(dates("20200228", "20200302", -2).as_deref(), Ok(&[][..]));
        assert_eq!(dates("20200302", "20200228", 1).as_deref(), Ok(&[][..]));
        assert_eq!(dates("20200226", "20200303", 0), Err(DateError::ZeroStep));
        let all = between("00010101", "99991231", 1).map(|dates| dates.count_left());
        assert_eq!(all, Ok(3_652_058));
    }
}
