//! Holds the engine against facts: tables made with Joda-Time 2.10.14 itself, and the dates of the language's corpus.
//!
//! Each line of `tests/joda/*.jsonl` is one question and what Joda-Time answers, `is` or `error`:
//! `at`/`zone`/`do`/`with` calls a method of a date, `civil` constructs one, `from`/`to` counts days, `pattern` with
//! `print` or `parse` uses a formatter, `iso` parses a text, `id` normalises a zone's id and `offset` asks it for its
//! offset, id and names at an instant. Left out are lines on which Joda-Time overflows without saying so, or loses
//! daylight saving time in the last years, or whose zone's past the tz database has revised since.

use serde_json::Value;

use super::*;

mod charges;
mod days;
mod messages;
mod offsets;
mod properties;

/// The answer to one line's question.
fn answer(case: &Value) -> Result<String, DateError> {
    let text = |key: &str| case[key].as_str().unwrap_or_default();
    let number = |key: &str| case[key].as_i64();
    let zone = || case["zone"].as_str().map(|id| Zone::for_id(&mut Free, id)).transpose();
    let date = |key: &str| {
        Ok(DateTime::new(
            number(key).unwrap_or_default(),
            zone()?.unwrap_or(Zone::UTC),
        ))
    };
    if let Some(id) = case["id"].as_str() {
        return Ok(Zone::for_id(&mut Free, id)?.to_string());
    }
    if let Some(method) = case["do"].as_str() {
        return call(&date("at")?, method, number("with").unwrap_or_default());
    }
    if case["civil"].is_array() {
        return construct(&case["civil"], zone()?.unwrap_or(Zone::UTC));
    }
    if number("from").is_some() {
        return Ok(days_between(&date("from")?, &date("to")?)?.to_string());
    }
    if let Some(iso) = case["iso"].as_str() {
        return Ok(printed(&DateTime::parse_iso(
            &mut Free,
            iso,
            zone()?.unwrap_or(Zone::UTC),
        )?));
    }
    if number("offset").is_some() {
        return zone_facts(&date("offset")?);
    }
    let formatter = Formatter::new(Pattern::compile(text("pattern"))?);
    let formatter = zone()?.map_or(formatter.clone(), |zone| formatter.with_zone(Some(zone)));
    if number("print").is_some() {
        return Ok(formatted(&formatter, &date("print")?));
    }
    let parsed = formatter.parse(&mut Free, text("parse"))?;
    Ok(if case["millis"] == true {
        parsed.millis().to_string()
    } else {
        printed(&parsed)
    })
}

/// A date in ISO 8601.
fn printed(date: &DateTime) -> String {
    let mut text = String::new();
    date.push_iso(&mut text);
    text
}

/// A date as a formatter prints it, held to the length that the pattern promises.
fn formatted(formatter: &Formatter, date: &DateTime) -> String {
    let mut text = String::new();
    formatter.print(&mut Free, date, &mut text).expect("nothing is refused");
    assert!(text.len() <= formatter.pattern().max_printed_bytes(), "{text}");
    text
}

/// The offset, id and names of a date's zone.
fn zone_facts(date: &DateTime) -> Result<String, DateError> {
    let formatter = Formatter::new(Pattern::compile("ZZZ|z|zzzz")?);
    Ok(format!(
        "{} {}",
        date.zone().offset(date.millis()),
        formatted(&formatter, date)
    ))
}

/// A date from seven numbers.
fn construct(parts: &Value, zone: Zone) -> Result<String, DateError> {
    let part = |index: usize| parts[index].as_i64().unwrap_or_default();
    let civil = CivilTime {
        year: part(0),
        month: part(1),
        day: part(2),
        hour: part(3),
        minute: part(4),
        second: part(5),
        millis: part(6),
    };
    Ok(printed(&DateTime::from_civil(civil, zone)?))
}

/// The result of a method by its name in Java.
fn call(date: &DateTime, method: &str, count: i64) -> Result<String, DateError> {
    if let Some((name, operation)) = method.split_once('.') {
        return property(date, field(name), operation);
    }
    Ok(match method {
        "toString" => printed(date),
        "getMillis" => date.millis().to_string(),
        "withTimeAtStartOfDay" => printed(&date.at_start_of_day()?),
        _ => match method.split_at(method.find(char::is_uppercase).unwrap_or_default()) {
            ("plus", name) => printed(&date.plus(unit(name), count)?),
            ("minus", name) => printed(&date.minus(unit(name), count)?),
            ("with", name) => printed(&date.with(field(name), count)?),
            (_, name) => date.get(field(name)).to_string(),
        },
    })
}

/// The result of a property's method.
fn property(date: &DateTime, field: Field, operation: &str) -> Result<String, DateError> {
    Ok(match operation {
        "get" => date.get(field).to_string(),
        "getAsText" => {
            let mut text = String::new();
            date.push_text(field, &mut text);
            text
        }
        "withMinimumValue" => printed(&date.with_minimum(field)?),
        _ => printed(&date.with_maximum(field)?),
    })
}

fn unit(name: &str) -> Unit {
    match name {
        "Years" => Unit::Years,
        "Months" => Unit::Months,
        "Weeks" => Unit::Weeks,
        "Days" => Unit::Days,
        "Hours" => Unit::Hours,
        "Minutes" => Unit::Minutes,
        "Seconds" => Unit::Seconds,
        "Millis" => Unit::Millis,
        other => panic!("no unit {other}"),
    }
}

fn field(name: &str) -> Field {
    let dates = [
        DateField::Year,
        DateField::Weekyear,
        DateField::MonthOfYear,
        DateField::WeekOfWeekyear,
        DateField::DayOfYear,
        DateField::DayOfMonth,
        DateField::DayOfWeek,
    ];
    let times = [
        TimeField::HourOfDay,
        TimeField::MinuteOfDay,
        TimeField::MinuteOfHour,
        TimeField::SecondOfDay,
        TimeField::SecondOfMinute,
        TimeField::MillisOfDay,
        TimeField::MillisOfSecond,
    ];
    let mut all = dates.map(Field::Date).into_iter().chain(times.map(Field::Time));
    all.find(|field| field.name().eq_ignore_ascii_case(name))
        .unwrap_or_else(|| panic!("no field {name}"))
}

/// Holds the engine against every line of a table.
fn check(table: &str) {
    let mut failures = Vec::new();
    for line in table.lines() {
        let case: Value = serde_json::from_str(line).expect("a line of JSON");
        let answer = answer(&case);
        let agrees = match (&answer, case["is"].as_str()) {
            (Ok(answer), Some(expected)) => answer == expected,
            (Err(_), None) => true,
            (Ok(_), None) | (Err(_), Some(_)) => false,
        };
        if !agrees {
            failures.push(format!("{line}\n    {answer:?}"));
        }
    }
    assert!(failures.is_empty(), "{} lines\n{}", failures.len(), failures.join("\n"));
}

/// A test for each table.
macro_rules! tables {
    ($($name:ident)*) => {
        mod tables {
            $(#[test]
            fn $name() {
                super::check(include_str!(concat!("../../../../tests/joda/", stringify!($name), ".jsonl")));
            })*
        }
    };
}

tables! { arithmetic corpus iso parse print property with zone }
