//! Schemas from samples, JSON Schemas and Rust types: the cases of `tests/schemas`, and a table of types.
#![allow(clippy::unwrap_used, clippy::panic, dead_code, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::num::NonZeroU32;
use std::path::Path;

use selvedge::{Schema, SchemaError};
use serde::{Deserialize, Deserializer};
use serde_json::{Value as Json, json};

fn cases(file: &str) -> Vec<Json> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas").join(file);
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn as_json(made: Result<Schema, SchemaError>) -> Json {
    match made {
        Ok(schema) => json!({ "schema": schema }),
        Err(error) => json!({ "error": error.to_string() }),
    }
}

/// What is written in a case: a schema, of which the order counts too, or an error.
fn expected(case: &Json) -> Json {
    match case.get("schema") {
        Some(schema) => json!({ "schema": schema }),
        None => json!({ "error": case["error"] }),
    }
}

#[test]
fn samples_give_the_schema_that_accepts_them() {
    for case in cases("samples.jsonl") {
        let samples = case["samples"].as_array().unwrap();
        let made = as_json(Schema::from_samples(samples));
        assert_eq!(made.to_string(), expected(&case).to_string(), "{}", case["id"]);
    }
}

#[test]
fn a_json_schema_gives_a_schema_or_says_what_to_do() {
    for case in cases("json-schema.jsonl") {
        let made = as_json(Schema::from_json_schema(&case["json_schema"]));
        assert_eq!(made.to_string(), expected(&case).to_string(), "{}", case["id"]);
    }
}

#[derive(Deserialize)]
struct Nothing {}

#[derive(Deserialize)]
struct Plain {
    flag: bool,
    small: u8,
    large: u64,
    float: f32,
    text: String,
    character: char,
    unit: (),
}

#[derive(Deserialize)]
struct Containers {
    longs: Vec<i64>,
    texts: Vec<String>,
    optional_texts: Vec<Option<String>>,
    optional_longs: Vec<Option<i64>>,
    set: HashSet<u16>,
    nested: Vec<Vec<i64>>,
    maps: Vec<HashMap<String, i64>>,
    map: BTreeMap<String, Vec<i64>>,
    tuple: (i64, String),
    array: [f64; 3],
    structure: Plain,
}

#[derive(Deserialize)]
struct Optional {
    long: Option<i64>,
    text: Option<String>,
    map: Option<HashMap<String, i64>>,
    array: Option<Vec<i64>>,
    twice: Option<Box<Option<String>>>,
    boxed: Box<Option<Nothing>>,
}

#[derive(Deserialize)]
struct Orders {
    orders: Vec<Order>,
    by_day: HashMap<String, Vec<Order>>,
}

#[derive(Deserialize)]
struct Order {
    id: u64,
    note: Option<String>,
    days: Days,
    part_of: Option<Box<Order>>,
}

#[derive(Deserialize)]
struct Days(Vec<i64>);

#[derive(Deserialize)]
struct Itself(Box<Itself>);

#[derive(Deserialize)]
enum Level {
    Low,
    High,
}

#[derive(Deserialize)]
enum Shape {
    Round { radius: f64 },
    Named(String),
}

#[derive(Deserialize)]
enum Mixed {
    Nothing,
    Held(i64),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Untagged {
    Long(i64),
    Text(String),
}

fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    Ok(i64::deserialize(deserializer).unwrap_or_default())
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Special {
    never_zero: NonZeroU32,
    wrapped_days: Days,
    wraps_itself: Itself,
    level: Level,
    levels: Vec<Level>,
    optional_level: Option<Level>,
    shape: Shape,
    mixed: Mixed,
    mixed_list: Vec<Mixed>,
    untagged: Untagged,
    anything: Json,
    #[serde(default, deserialize_with = "lenient")]
    lenient: i64,
    #[serde(skip)]
    skipped: i64,
    #[serde(rename = "END", alias = "until")]
    end: i64,
}

#[derive(Deserialize)]
struct Wrapper(Plain);

#[derive(Deserialize)]
struct Flattened {
    #[serde(flatten)]
    rest: Plain,
}

#[derive(Deserialize)]
struct Wide {
    id: i128,
}

#[derive(Deserialize)]
#[serde(tag = "kind")]
enum Tagged {
    A { a: i64 },
}

/// A type, and its schema or what the error says.
type Case = (fn() -> Result<Schema, SchemaError>, &'static str);

const PLAIN: &str = r#"{"schema":{"flag":"BOOLEAN","small":"LONG","large":"LONG","float":"DOUBLE","text":"STRING","character":"STRING","unit":"ANY"}}"#;

const TYPES: &[Case] = &[
    (Schema::of::<Nothing>, r#"{"schema":{}}"#),
    (Schema::of::<Plain>, PLAIN),
    (Schema::of::<Wrapper>, PLAIN),
    (
        Schema::of::<Containers>,
        r#"{"schema":{"longs":"LONG_ARRAY","texts":"STRING_ARRAY","optional_texts":"list<string?>","optional_longs":"list<long?>","set":"LONG_ARRAY","nested":"list<list<long>>","maps":"list<map<long>>","map":"map<list<long>>","tuple":"LIST","array":"LIST","structure":"{flag: boolean, small: long, large: long, float: double, text: string, character: string, unit: any}"}}"#,
    ),
    (
        Schema::of::<Optional>,
        r#"{"schema":{"long":"long?","text":"string?","map":"map<long>?","array":"list<long>?","twice":"string?","boxed":"map?"}}"#,
    ),
    (
        Schema::of::<Orders>,
        r#"{"schema":{"orders":"list<{id: long, note: string?, days: list<long>, part_of: map?}>","by_day":"map<list<{id: long, note: string?, days: list<long>, part_of: map?}>>"}}"#,
    ),
    (
        Schema::of::<Special>,
        r#"{"schema":{"neverZero":"LONG","wrappedDays":"LONG_ARRAY","wrapsItself":"ANY","level":"STRING","levels":"STRING_ARRAY","optionalLevel":"STRING","shape":"MAP","mixed":"ANY","mixedList":"LIST","untagged":"ANY","anything":"ANY","lenient":"LONG","END":"LONG","until":"LONG"}}"#,
    ),
    (
        Schema::of::<Wide>,
        r#"{"error":"$.id: the language has no type for integers of 128 bits; give it as text or as a number of 64 bits"}"#,
    ),
    (
        Schema::of::<Flattened>,
        r#"{"error":"$: a struct with named fields is expected, this type reads a map, whose names only a value can tell; list the parameters in a struct without flattened fields, or build the schema with `Schema::with`"}"#,
    ),
    (
        Schema::of::<HashMap<String, i64>>,
        r#"{"error":"$: a struct with named fields is expected, this type reads a map, whose names only a value can tell; list the parameters in a struct without flattened fields, or build the schema with `Schema::with`"}"#,
    ),
    (
        Schema::of::<Tagged>,
        r#"{"error":"$: a struct with named fields is expected, this type reads something else; list the parameters in a struct without flattened fields, or build the schema with `Schema::with`"}"#,
    ),
    (
        Schema::of::<i64>,
        r#"{"error":"$: a struct with named fields is expected, this type reads something else; list the parameters in a struct without flattened fields, or build the schema with `Schema::with`"}"#,
    ),
];

#[test]
fn a_rust_type_gives_the_schema_of_its_fields() {
    for (made, expected) in TYPES {
        assert_eq!(as_json(made()).to_string(), *expected);
    }
}
