//! Dates: printing, parsing, and ten years of days, beside a loop that does nothing, so that each has a ratio in its own run.

#![allow(
    clippy::expect_used,
    missing_docs,
    reason = "a benchmark stops at what it does not expect; criterion's macros make public items"
)]

use criterion::{Criterion, criterion_group, criterion_main};
use selvedge::{Engine, Input, Limits, Schema, Type};

/// Each evaluates its expression a thousand times, but for the last, which makes 3,654 days once.
const EXPRESSIONS: &[(&str, &str)] = &[
    ("loop", "n += i;"),
    ("plus_days", "d = d.plusDays(1);"),
    ("plus_months", "d = d.plusMonths(1);"),
    ("fields", "n += d.getYear() + d.getMonthOfYear() + d.getDayOfMonth();"),
    ("print", "n += d.toString('yyyy-MM-dd HH:mm:ss').length();"),
    (
        "print_zone",
        "n += d.withZone(DateTimeZone.forID('Europe/Berlin')).toString('EEE, d MMM yyyy HH:mm z').length();",
    ),
    ("print_iso", "n += String.valueOf(d).length();"),
    ("parse", "d = f.parseDateTime('2024-02-29 12:34:56');"),
    ("parse_iso", "d = new DateTime('2024-02-29T12:34:56Z');"),
    ("date_int", "n += Util.dateIntToTs(20240229);"),
];

fn dates(criterion: &mut Criterion) {
    let engine = Engine::builder().limits(Limits::default().steps(100_000_000)).build();
    let schema = Schema::new().with("millis", Type::Long);
    let mut group = criterion.benchmark_group("dates");
    for (name, body) in EXPRESSIONS {
        let source = format!(
            "DateTime d = new DateTime(millis); n = 0;
             f = DateTimeFormat.forPattern('yyyy-MM-dd HH:mm:ss');
             for (int i = 0; i < 1000; i += 1) {{ {body} }} return n;"
        );
        let program = engine.compile(&source, &schema).expect("a program that compiles");
        let inputs = [Input::Long(1_709_210_096_000)];
        program.evaluate_slots(&inputs).expect("a program that has a value");
        group.bench_function(*name, |bencher| bencher.iter(|| program.evaluate_slots(&inputs)));
    }
    let ten_years = engine
        .compile("Util.dateIntsBetween(20150101, 20250102, 1)", &Schema::new())
        .expect("a program that compiles");
    let days = ten_years.evaluate_slots(&[]).expect("a program that has a value");
    let days: Vec<i64> = days.into_value().deserialize().expect("a list of days");
    assert_eq!(days.len(), 3_654);
    group.bench_function("ten_years_of_days", |bencher| {
        bencher.iter(|| ten_years.evaluate_slots(&[]));
    });
    group.finish();
}

criterion_group!(benches, dates);
criterion_main!(benches);
