//! The fields of the time of day: equal units counted within equal wholes.

use super::calendar::{DAY, HALF_DAY, HOUR, MINUTE, SECOND, millis_of_day};
use super::error::DateError;
use super::length::Length;

/// A field of the time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimeField {
    /// 0 (AM) or 1 (PM).
    HalfdayOfDay,
    /// 0 to 11.
    HourOfHalfday,
    /// 1 to 12.
    ClockhourOfHalfday,
    /// 1 to 24.
    ClockhourOfDay,
    /// 0 to 23.
    HourOfDay,
    /// 0 to 1,439.
    MinuteOfDay,
    /// 0 to 59.
    MinuteOfHour,
    /// 0 to 86,399.
    SecondOfDay,
    /// 0 to 59.
    SecondOfMinute,
    /// 0 to 86,399,999.
    MillisOfDay,
    /// 0 to 3,599,999: a fraction of an hour in ISO 8601 texts.
    MillisOfHour,
    /// 0 to 59,999: a fraction of a minute in ISO 8601 texts.
    MillisOfMinute,
    /// 0 to 999.
    MillisOfSecond,
}

/// How a field counts.
struct Count {
    name: &'static str,
    /// The field's unit: its length in milliseconds and its rank.
    unit: (i64, Length),
    /// The whole within which the units are counted.
    whole: (i64, Length),
}

impl TimeField {
    /// How the field counts.
    const fn count(self) -> Count {
        let (name, unit, whole) = match self {
            Self::HalfdayOfDay => ("halfdayOfDay", Length::HalfDay, Length::Day),
            Self::HourOfHalfday => ("hourOfHalfday", Length::Hour, Length::HalfDay),
            Self::ClockhourOfHalfday => ("clockhourOfHalfday", Length::Hour, Length::HalfDay),
            Self::ClockhourOfDay => ("clockhourOfDay", Length::Hour, Length::Day),
            Self::HourOfDay => ("hourOfDay", Length::Hour, Length::Day),
            Self::MinuteOfDay => ("minuteOfDay", Length::Minute, Length::Day),
            Self::MinuteOfHour => ("minuteOfHour", Length::Minute, Length::Hour),
            Self::SecondOfDay => ("secondOfDay", Length::Second, Length::Day),
            Self::SecondOfMinute => ("secondOfMinute", Length::Second, Length::Minute),
            Self::MillisOfDay => ("millisOfDay", Length::Millisecond, Length::Day),
            Self::MillisOfHour => ("millisOfHour", Length::Millisecond, Length::Hour),
            Self::MillisOfMinute => ("millisOfMinute", Length::Millisecond, Length::Minute),
            Self::MillisOfSecond => ("millisOfSecond", Length::Millisecond, Length::Second),
        };
        Count {
            name,
            unit: (millis(unit), unit),
            whole: (millis(whole), whole),
        }
    }

    /// Whether the field counts the hours of a clock, which writes hour 0 as the last (12 or 24).
    const fn is_clock_hour(self) -> bool {
        matches!(self, Self::ClockhourOfHalfday | Self::ClockhourOfDay)
    }

    /// The field's name in Joda-Time.
    pub(super) const fn name(self) -> &'static str {
        self.count().name
    }

    /// The ranks of the whole and of the unit.
    pub(super) const fn lengths(self) -> (Length, Length) {
        let count = self.count();
        (count.whole.1, count.unit.1)
    }

    /// The field's value at a local instant.
    pub(super) const fn get(self, local: i64) -> i64 {
        self.of_millis_of_day(millis_of_day(local))
    }

    /// The field's value so many milliseconds after midnight.
    pub(super) const fn of_millis_of_day(self, millis: i64) -> i64 {
        let Count { unit, whole, .. } = self.count();
        // Numbers of 32 bits divide in half the time.
        let (millis, unit, whole) = (millis as u32, unit.0 as u32, whole.0 as u32);
        let value = millis % whole / unit;
        if value == 0 && self.is_clock_hour() {
            (whole / unit) as i64
        } else {
            value as i64
        }
    }

    /// The least and the greatest value.
    pub(super) const fn bounds(self) -> (i64, i64) {
        let Count { unit, whole, .. } = self.count();
        let values = whole.0 / unit.0;
        if self.is_clock_hour() {
            (1, values)
        } else {
            (0, values - 1)
        }
    }

    /// The local instant with the field set to a value within its bounds.
    pub(super) fn set(self, local: i64, value: i64) -> Result<i64, DateError> {
        let Count { unit, whole, .. } = self.count();
        let wanted = value % (whole.0 / unit.0);
        let current = local.rem_euclid(whole.0) / unit.0;
        local
            .checked_add((wanted - current) * unit.0)
            .ok_or(DateError::OutOfRange)
    }

    /// The start of the unit a local instant falls in.
    pub(super) fn floor(self, local: i64) -> Result<i64, DateError> {
        local
            .checked_sub(local.rem_euclid(self.count().unit.0))
            .ok_or(DateError::OutOfRange)
    }
}

/// The milliseconds of a length up to a day.
const fn millis(length: Length) -> i64 {
    match length {
        Length::HalfDay => HALF_DAY,
        Length::Hour => HOUR,
        Length::Minute => MINUTE,
        Length::Second => SECOND,
        Length::Millisecond => 1,
        Length::Unlimited | Length::Century | Length::Year | Length::Month | Length::Week | Length::Day => DAY,
    }
}
