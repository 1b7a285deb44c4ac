//! Days and hours as numbers of digits, and working days.

use super::super::day::*;
use super::*;

fn day(digits: &str) -> Day {
    Day::read(&mut Free, digits).expect("a day")
}

fn found(search: &WorkingDay) -> Result<i64, DateError> {
    search.find()?.date_int()
}

#[test]
fn a_day_is_read_from_eight_digits_alone() {
    for wrong in [
        "",
        "2020010",
        "202001011",
        "00010101",
        "+2020010",
        "2020 1 1",
        "２０２０",
        "2020010x",
    ] {
        assert!(
            matches!(Day::read(&mut Free, wrong), Err(DateError::NotInDigits { .. })),
            "{wrong}"
        );
    }
    assert!(matches!(
        Day::read(&mut Free, "20200230"),
        Err(DateError::Unparsed { .. })
    ));
    assert_eq!(day("10000101").first_of_week().date_int(), Err(DateError::BeyondDigits));
}

#[test]
fn a_search_among_holidays_ends_within_what_it_looks_at() {
    let friday = day("20201218");
    for count in 0..40_usize {
        let holidays: Vec<Day> = days_between_inclusive(friday, day("20210228"), 1)
            .expect("days")
            .map(|digits| day(&digits.to_string()))
            .filter(|day| day.is_weekday())
            .skip(1)
            .take(count)
            .collect();
        let mut search = WorkingDay::after(friday, count);
        for &holiday in &holidays {
            search.note(holiday);
        }
        let last = holidays.last().copied().unwrap_or(friday);
        assert_eq!(found(&search), found(&WorkingDay::after(last, 0)), "{count}");
        assert!(friday.days_until(search.find().expect("a day")) <= WorkingDay::days(count) as i64);
    }
}

#[test]
fn numbers_of_digits_grow_with_them() {
    let mut before = day_number(20_191_130);
    for digits in 20_191_130..20_210_399 {
        let number = day_number(digits);
        assert!(number >= before, "{digits}");
        before = number;
        if let Ok(known) = Day::read(&mut Free, &digits.to_string()) {
            assert_eq!(Day::of_local(number * 86_400_000), known);
        }
    }
    assert_eq!(hour_number(1_970_010_205), 29);
    assert_eq!(hour_number(1_970_010_299), 47);
}

#[test]
fn a_day_is_told_without_an_error_as_by_reading_it() {
    let texts = (0..200_000).chain(9_990_000..10_130_000).chain(20_000_000..20_010_000);
    let texts = texts
        .chain(99_990_000..100_000_100)
        .map(|digits: i64| format!("{digits:08}"));
    let others = [
        "",
        "2020022a",
        "2020-2-1",
        "+2020229",
        "-2020229",
        " 2020229",
        "202002290",
        "２0200229",
        "2020é29",
    ];
    for text in texts.chain(others.map(str::to_owned)) {
        assert_eq!(Day::is_day(&text), Day::read(&mut Free, &text).is_ok(), "{text}");
    }
}

#[test]
fn hours_are_counted_over_days() {
    let hour = |digits| Hour::read(&mut Free, digits).expect("an hour");
    let range = hours_between(hour("1969123122"), hour("1970010102"), 3).expect("hours");
    assert_eq!(range.count_left(), 2);
    assert_eq!(range.collect::<Vec<_>>(), [1_969_123_122, 1_970_010_101]);
    assert!(Hour::read(&mut Free, "2020010124").is_err());
}
