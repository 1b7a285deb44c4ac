//! Everyday programs: each a file of `everyday/` with its parameters, its text in a few languages, its answer, and a twin that differs
//! by one operator, type or text. A row that was tuned for shows in its twin.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use toml::{Table, Value};

use crate::race::Answer;

/// A program of every day, ready for the race.
#[derive(Debug)]
pub struct Case {
    pub name: String,
    pub parameters: Vec<(String, Given)>,
    programs: BTreeMap<String, String>,
    pub answer: Answer,
}

/// A parameter's value.
#[derive(Debug)]
pub enum Given {
    Long(i64),
    Text(String),
    Longs(Vec<i64>),
    Doubles(Vec<f64>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[expect(dead_code, reason = "for who reads the file")]
    about: String,
    answer: Value,
    parameters: Table,
    programs: BTreeMap<String, String>,
    twin: Twin,
}

/// What is replaced by what, by language.
#[derive(Deserialize)]
struct Twin {
    answer: Value,
    #[serde(flatten)]
    changes: BTreeMap<String, (String, String)>,
}

/// Values that follow each other: `(i * step) % below`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Numbers {
    count: i64,
    step: i64,
    below: i64,
}

/// Parts over and over, joined.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Joined {
    count: usize,
    parts: Vec<String>,
    by: String,
}

const FILES: [(&str, &str); 20] = [
    ("buckets", include_str!("../everyday/buckets.toml")),
    ("checksum", include_str!("../everyday/checksum.toml")),
    ("collatz", include_str!("../everyday/collatz.toml")),
    ("count-down", include_str!("../everyday/count-down.toml")),
    ("csv-column", include_str!("../everyday/csv-column.toml")),
    ("date-text", include_str!("../everyday/date-text.toml")),
    ("filter-sum", include_str!("../everyday/filter-sum.toml")),
    ("format-dates", include_str!("../everyday/format-dates.toml")),
    ("guard", include_str!("../everyday/guard.toml")),
    ("largest-below", include_str!("../everyday/largest-below.toml")),
    ("month-ends", include_str!("../everyday/month-ends.toml")),
    ("moving-average", include_str!("../everyday/moving-average.toml")),
    ("normalise", include_str!("../everyday/normalise.toml")),
    ("pairs", include_str!("../everyday/pairs.toml")),
    ("partition-paths", include_str!("../everyday/partition-paths.toml")),
    ("running-total", include_str!("../everyday/running-total.toml")),
    ("search", include_str!("../everyday/search.toml")),
    ("table", include_str!("../everyday/table.toml")),
    ("tiers", include_str!("../everyday/tiers.toml")),
    ("word-count", include_str!("../everyday/word-count.toml")),
];

/// All programs, each followed by its twin.
pub static CASES: LazyLock<Vec<Case>> =
    LazyLock::new(|| FILES.iter().flat_map(|(name, text)| read(name, text)).collect());

impl Case {
    /// The program in a language; `None` if there is no such text.
    pub fn program(&self, language: &str) -> Option<&str> {
        self.programs.get(language).map(|text| text.trim_end())
    }
}

fn read(name: &str, text: &str) -> [Case; 2] {
    let file: File = toml::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut changed = file.programs.clone();
    for (language, (old, new)) in &file.twin.changes {
        let program = changed.get_mut(language).expect("a program to change");
        assert!(
            program.contains(old),
            "{name}: `{old}` is not in the program in {language}"
        );
        *program = program.replacen(old, new, 1);
    }
    let case = |name: String, programs, value: &Value| Case {
        name,
        parameters: file
            .parameters
            .iter()
            .map(|(name, value)| (name.clone(), given(value)))
            .collect(),
        programs,
        answer: answer(value),
    };
    [
        case(name.to_owned(), file.programs.clone(), &file.answer),
        case(format!("{name}~"), changed, &file.twin.answer),
    ]
}

fn answer(value: &Value) -> Answer {
    match value {
        Value::Boolean(value) => Answer::Bool(*value),
        Value::Integer(value) => Answer::Int(*value),
        Value::String(text) => Answer::Text(text.clone()),
        value => panic!("not an answer: {value}"),
    }
}

fn given(value: &Value) -> Given {
    let (kind, value) = match value {
        Value::Integer(value) => return Given::Long(*value),
        Value::String(text) => return Given::Text(text.clone()),
        Value::Table(table) => table.iter().next().expect("a kind of value"),
        value => panic!("not a parameter: {value}"),
    };
    let numbers = || -> Vec<i64> {
        let Numbers { count, step, below } = value.clone().try_into().expect("count, step and below");
        (0..count).map(|i| (i * step) % below).collect()
    };
    match kind.as_str() {
        "longs" => Given::Longs(numbers()),
        "doubles" => Given::Doubles(numbers().into_iter().map(|number| number as f64 / 4.0).collect()),
        "joined" => {
            let Joined { count, parts, by } = value.clone().try_into().expect("count, parts and by");
            let parts: Vec<&str> = parts.iter().map(String::as_str).cycle().take(count).collect();
            Given::Text(parts.join(&by))
        }
        kind => panic!("no kind of value: `{kind}`"),
    }
}
