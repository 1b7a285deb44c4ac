//! What is charged: no more than is announced, and nothing is done once a charge is refused.

use super::super::*;

/// Takes steps up to a budget.
struct Budget {
    left: u64,
    used: u64,
}

/// Why a budget stopped.
#[derive(Debug, PartialEq)]
enum Stop {
    Spent,
    Date(DateError),
}

impl From<DateError> for Stop {
    fn from(error: DateError) -> Self {
        Self::Date(error)
    }
}

impl crate::machine::charge::Charge for Budget {
    type Error = Stop;

    fn steps(&mut self, steps: u64) -> Result<(), Stop> {
        self.left = self.left.checked_sub(steps).ok_or(Stop::Spent)?;
        self.used += steps;
        Ok(())
    }

    fn memory(&mut self, _: u64) -> Result<(), Stop> {
        Ok(())
    }
}

/// The steps of some work; every smaller budget must stop it.
fn used<T>(work: impl Fn(&mut Budget) -> Result<T, Stop>) -> u64 {
    let mut all = Budget {
        left: u64::MAX,
        used: 0,
    };
    assert!(work(&mut all).is_ok(), "the work succeeds");
    for left in 0..all.used {
        let mut less = Budget { left, used: 0 };
        assert_eq!(work(&mut less).err(), Some(Stop::Spent), "{left} of {} steps", all.used);
    }
    all.used
}

const PATTERNS: [(&str, &str); 8] = [
    ("yyyy-MM-dd", "2020-02-29"),
    ("EEEE, d MMMM yyyy", "Saturday, 29 February 2020"),
    ("YYYY G CC", "2020 AD 20"),
    ("xxxx-'W'ww-e", "2020-W09-6"),
    ("yy DDD", "20 060"),
    ("hh:mm:ss.SSS a", "11:07:01.250 PM"),
    ("K k H ZZ", "11 23 23 -05:00"),
    ("ZZZ Z", "America/New_York -0500"),
];

#[test]
fn elements_charge_what_their_pattern_announces() {
    for (pattern, text) in PATTERNS {
        let pattern = Pattern::compile(pattern).expect("a pattern");
        let formatter = Formatter::new(pattern.clone());
        let date = DateTime::new(1_583_035_621_250, Zone::UTC);
        let printed = used(|budget| formatter.print(budget, &date, &mut String::new()));
        assert_eq!(printed, pattern.print_steps());
        let read = used(|budget| formatter.parse_millis(budget, text));
        assert!(
            read > pattern.read_steps() && read <= pattern.read_steps() + DATE_INT_STEPS,
            "{text}"
        );
    }
}

#[test]
fn texts_charge_at_most_what_is_announced() {
    for text in [
        "2020",
        "2020-02-29T10:11:12.123+02:00",
        "2020-W09-6T10:11:12.123456789Z",
    ] {
        assert!(
            used(|budget| DateTime::parse_iso(budget, text, Zone::UTC)) <= ISO_STEPS,
            "{text}"
        );
    }
    assert!(used(|budget| date_int_to_millis(budget, "20200229")) <= DATE_INT_STEPS);
    for text in [
        "1 hour",
        "0 years, 0 months, 1 week, 2 days, 3 hours, 4 minutes, 5 seconds and 6 milliseconds",
    ] {
        assert!(
            used(|budget| timeout_for_deadline(budget, 0, text, 0)) <= PERIOD_STEPS,
            "{text}"
        );
    }
}

#[test]
fn zones_charge_for_their_rules_and_only_where_they_are_needed() {
    let rules = used(|budget| Zone::for_id(budget, "Europe/Paris"));
    assert!(rules > 1_000 && rules <= Zone::MOST_STEPS);
    assert!(used(|budget| Zone::for_id(budget, "+02:30")) < 100);
    let formatter = Formatter::new(Pattern::compile("ZZZ ZZ").expect("a pattern"));
    let text = "Europe/Paris +01:00";
    let millis = used(|budget| formatter.parse_millis(budget, text));
    assert!(millis < rules);
    assert!(used(|budget| formatter.parse(budget, text)) > rules);
    let in_utc = formatter.with_zone(Some(Zone::UTC));
    assert_eq!(used(|budget| in_utc.parse(budget, text)), millis);
}
