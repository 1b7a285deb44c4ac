//! The laws of values, as tables: what becomes of JSON, what a declared type accepts, what errors say; and any depth.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{List, MAX_DEPTH, Map, Value, ValueError};
use crate::types::Type;

/// JSON text, the type of its value, and the value's text.
#[rustfmt::skip]
const FROM_JSON: &[(&str, &str, &str)] = &[
    ("null",                            "NULL",          "null"),
    ("true",                            "BOOLEAN",       "true"),
    ("9223372036854775807",             "LONG",          "9223372036854775807"),
    ("-9223372036854775808",            "LONG",          "-9223372036854775808"),
    ("1.0",                             "DOUBLE",        "1.0"),
    ("1e10",                            "DOUBLE",        "1.0E10"),
    ("12345678901234567890.0",          "DOUBLE",        "1.2345678901234567E19"),
    ("\"12345678901234567890\"",        "STRING",        "12345678901234567890"),
    ("\"\\\"12345678901234567890\"",    "STRING",        "\"12345678901234567890"),
    ("[]",                              "LIST",          "[]"),
    ("[null]",                          "LIST",          "[null]"),
    ("[true, false]",                   "BOOLEAN_ARRAY", "[true, false]"),
    ("[true, null]",                    "LIST",          "[true, null]"),
    ("[1, 2]",                          "LONG_ARRAY",    "[1, 2]"),
    ("[1, 2.5]",                        "LIST",          "[1, 2.5]"),
    ("[1.0, 2.5]",                      "DOUBLE_ARRAY",  "[1.0, 2.5]"),
    ("[\"a\", null]",                   "STRING_ARRAY",  "[a, null]"),
    ("[null, null, \"a\"]",             "STRING_ARRAY",  "[null, null, a]"),
    ("[null, \"a\", 1]",                "LIST",          "[null, a, 1]"),
    ("[null, null, 1]",                 "LIST",          "[null, null, 1]"),
    ("[[1], [2]]",                      "LIST",          "[[1], [2]]"),
    ("{}",                              "MAP",           "{}"),
    ("{\"b\": 1, \"a\": {\"c\": []}}",  "MAP",           "{b=1, a={c=[]}}"),
    ("{\"a\": 1, \"b\": 2, \"a\": 3}",  "MAP",           "{a=3, b=2}"),
];

/// JSON text that is refused, and the error.
#[rustfmt::skip]
const REFUSED_JSON: &[(&str, &str)] = &[
    ("9223372036854775808",             "$: integer `9223372036854775808` does not fit in 64 bits"),
    ("[1, -9223372036854775809]",       "$[1]: integer `-9223372036854775809` does not fit in 64 bits"),
    ("{\"a\": [1.5, {\"b c\": 123456789012345678901}]}",
                                        "$.a[1].`b c`: integer `123456789012345678901` does not fit in 64 bits"),
    ("{\"\": 99999999999999999999}",    "$.``: integer `99999999999999999999` does not fit in 64 bits"),
    ("[1,",                             "$: invalid JSON: EOF while parsing a value at line 1 column 3"),
    ("1 2",                             "$: invalid JSON: trailing characters at line 1 column 3"),
];

/// A JSON value, a declared type, and what the value becomes: its type and text, or the error.
#[rustfmt::skip]
const COERCED: &[(&str, Type, &str)] = &[
    ("1",                        Type::Any,          "LONG 1"),
    ("null",                     Type::Any,          "NULL null"),
    ("1",                        Type::Long,         "LONG 1"),
    ("1",                        Type::Double,       "DOUBLE 1.0"),
    ("9007199254740993",         Type::Double,       "$: LONG `9007199254740993` has no exact DOUBLE"),
    ("9223372036854775807",      Type::Double,       "$: LONG `9223372036854775807` has no exact DOUBLE"),
    ("-9223372036854775808",     Type::Double,       "DOUBLE -9.223372036854776E18"),
    ("1.0",                      Type::Long,         "$: expected LONG, found DOUBLE"),
    ("\"1\"",                    Type::Long,         "$: expected LONG, found STRING"),
    ("null",                     Type::Long,         "$: expected LONG, found NULL"),
    ("null",                     Type::String,       "NULL null"),
    ("null",                     Type::Map,          "NULL null"),
    ("null",                     Type::DateTime,     "NULL null"),
    ("null",                     Type::List,         "$: expected LIST, found NULL"),
    ("\"2026-01-01\"",           Type::DateTime,     "STRING 2026-01-01"),
    ("[]",                       Type::LongArray,    "LONG_ARRAY []"),
    ("[]",                       Type::StringArray,  "STRING_ARRAY []"),
    ("[]",                       Type::Map,          "$: expected MAP, found LIST"),
    ("[1, 2]",                   Type::DoubleArray,  "DOUBLE_ARRAY [1.0, 2.0]"),
    ("[1, 2.5]",                 Type::DoubleArray,  "DOUBLE_ARRAY [1.0, 2.5]"),
    ("[1, 9007199254740993]",    Type::DoubleArray,  "$[1]: LONG `9007199254740993` has no exact DOUBLE"),
    ("[1, 2.5]",                 Type::LongArray,    "$[1]: expected LONG, found DOUBLE"),
    ("[1, \"a\"]",               Type::StringArray,  "$[0]: expected STRING, found LONG"),
    ("[true, null]",             Type::BooleanArray, "$[1]: expected BOOLEAN, found NULL"),
    ("[null, null]",             Type::StringArray,  "STRING_ARRAY [null, null]"),
    ("[1, 2]",                   Type::List,         "LIST [1, 2]"),
    ("[\"a\", null]",            Type::List,         "LIST [a, null]"),
    ("[1, 2]",                   Type::StringArray,  "$: expected STRING_ARRAY, found LONG_ARRAY"),
    ("{}",                       Type::List,         "$: expected LIST, found MAP"),
];

fn typed_text(result: Result<Value, ValueError>) -> String {
    match result {
        Ok(value) => format!("{} {value}", value.type_of()),
        Err(error) => error.to_string(),
    }
}

#[test]
fn json_text_and_json_values_give_the_same_typed_value() {
    for (text, ty, printed) in FROM_JSON {
        let expected = format!("{ty} {printed}");
        let json: serde_json::Value = serde_json::from_str(text).unwrap();
        assert_eq!(typed_text(Value::from_json(text)), expected, "{text}");
        assert_eq!(typed_text(Value::from_serialize(&json)), expected, "{text}");
        assert_eq!(typed_text(Value::try_from(json)), expected, "{text}");
    }
}

#[test]
fn refused_json_says_where() {
    for (text, expected) in REFUSED_JSON {
        assert_eq!(typed_text(Value::from_json(text)), *expected, "{text}");
    }
}

#[test]
fn a_declared_type_accepts_what_loses_nothing() {
    for (text, declared, expected) in COERCED {
        let coerced = Value::from_json(text).unwrap().coerce_to(*declared);
        assert_eq!(typed_text(coerced), *expected, "{text} as {declared}");
    }
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum Shape {
    Unit,
    Newtype(i64),
    Tuple(i64, String),
    Struct { side: Option<f64> },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Row {
    id: u32,
    name: Option<String>,
    letter: char,
    pair: (bool, i8),
    shapes: Vec<Shape>,
}

fn goes_there_and_back<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(given: &T, printed: &str) {
    let value = Value::from_serialize(given).unwrap();
    assert_eq!(value.to_string(), printed);
    assert_eq!(&value.deserialize::<T>().unwrap(), given);
}

#[test]
fn rust_types_go_there_and_back() {
    goes_there_and_back(&Shape::Unit, "Unit");
    goes_there_and_back(&Shape::Newtype(1), "{Newtype=1}");
    goes_there_and_back(&Shape::Tuple(1, "a".into()), "{Tuple=[1, a]}");
    goes_there_and_back(&Shape::Struct { side: None }, "{Struct={side=null}}");
    goes_there_and_back(&BTreeMap::from([("b".to_owned(), f64::INFINITY)]), "{b=Infinity}");
    goes_there_and_back(
        &Row {
            id: u32::MAX,
            name: None,
            letter: 'é',
            pair: (true, -1),
            shapes: vec![Shape::Unit, Shape::Newtype(2)],
        },
        "{id=4294967295, name=null, letter=é, pair=[true, -1], shapes=[Unit, {Newtype=2}]}",
    );
}

#[test]
fn unsupported_shapes_say_where() {
    struct Bytes;
    impl Serialize for Bytes {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_bytes(&[1])
        }
    }
    let error = |result: Result<Value, ValueError>| result.unwrap_err().to_string();
    let rows = [("rows", [u64::MAX])];
    assert_eq!(
        error(Value::from_serialize(&BTreeMap::from(rows))),
        "$.rows[0]: integer `18446744073709551615` does not fit in 64 bits"
    );
    assert_eq!(
        error(Value::from_serialize(&[BTreeMap::from([(1, 2)])])),
        "$[0]: the keys of a map must be texts, found LONG"
    );
    assert_eq!(
        error(Value::from_serialize(&Some([Bytes]))),
        "$[0]: the language has no bytes; give them as text"
    );
    assert_eq!(
        error(Value::from_serialize(&i128::MIN)),
        "$: integer `-170141183460469231731687303715884105728` does not fit in 64 bits"
    );
}

#[test]
fn a_shape_that_does_not_fit_says_where() {
    let value = Value::from_json(r#"{"a": [{"id": 1}, {"id": "x"}]}"#).unwrap();
    let error = value
        .deserialize::<BTreeMap<String, Vec<BTreeMap<String, u8>>>>()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "$.a[1].id: expected an integer in range, found STRING `x`"
    );
    let error = Value::from(vec![1, 300]).deserialize::<Vec<u8>>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "$[1]: expected an integer in range, found LONG `300`"
    );
    let error = Value::from(vec![1_i64, 2, 3]).deserialize::<(i64, i64)>().unwrap_err();
    assert_eq!(error.to_string(), "$: expected 2 elements, found 3");
    let error = Value::from("Circle").deserialize::<Shape>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "$: unknown variant `Circle`, expected one of: Unit, Newtype, Tuple, Struct"
    );
}

#[test]
fn what_json_has_no_number_for_becomes_text() {
    let value = Value::from(vec![f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.0]);
    let json = json!(["NaN", "Infinity", "-Infinity", -0.0]);
    assert_eq!(serde_json::to_value(&value).unwrap(), json);
    assert_eq!(serde_json::Value::try_from(value).unwrap(), json);
}

#[test]
fn errors_are_bounded_and_on_one_line() {
    let hostile = "k\n\u{202e}".repeat(10_000);
    let mut json = json!(u64::MAX);
    for _ in 0..50 {
        json = json!({ hostile.clone(): json });
    }
    let errors = [
        Value::try_from(json).unwrap_err(),
        Value::from(hostile.as_str()).deserialize::<i64>().unwrap_err(),
        Value::from(hostile.as_str()).deserialize::<Shape>().unwrap_err(),
        serde::de::Error::custom(&hostile),
    ];
    for error in errors {
        let text = error.to_string();
        assert!(text.len() <= 1024, "{} bytes", text.len());
        assert!(!text.contains(['\n', '\u{202e}']), "{text}");
    }
}

/// Lists and maps in one another.
fn nested(depth: usize) -> Value {
    let mut value = Value::Long(1);
    for level in 0..depth {
        value = match level % 2 {
            0 => Value::from(vec![value]),
            _ => Value::from(Map::from_iter([("k", value)])),
        };
    }
    value
}

/// Runs on the smallest stack that the library promises to do with.
fn on_small_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(256 * 1024);
    thread.spawn(work).unwrap().join().unwrap();
}

#[test]
fn any_depth_is_safe_to_drop_copy_compare_print_measure_and_refuse() {
    on_small_stack(|| {
        let deep = nested(100_000);
        let copy = deep.clone();
        assert!(deep == copy);
        assert!(deep != nested(99_998));
        assert_eq!(deep.to_string().len(), format!("{deep:?}").len() - 50_000 * 3);
        assert!(deep.size_bytes() > 100_000 * 32);
        assert!(serde_json::to_string(&deep).is_err());
        assert!(deep.deserialize::<Value>().is_err());
        assert!(Value::from_serialize(&deep).is_err());
        assert!(serde_json::Value::try_from(copy).is_err());
        let Value::Map(map) = deep else {
            panic!("the outermost is a map")
        };
        let values: Vec<Value> = map.into_iter().map(|(_, value)| value).collect();
        drop(List::from(values));
    });
}

#[test]
fn json_of_any_depth_is_refused_and_dropped() {
    on_small_stack(|| {
        let mut json = json!(1);
        for _ in 0..100_000 {
            json = serde_json::Value::Array(vec![json]);
        }
        let error = Value::try_from(json).unwrap_err();
        assert_eq!(error.message(), "nested deeper than 64 levels");
        assert!(error.path().starts_with("$[0][0][0]"));
    });
}

#[test]
fn the_deepest_allowed_passes_every_conversion() {
    let value = nested(MAX_DEPTH);
    let json = serde_json::to_string(&value).unwrap();
    assert_eq!(Value::from_serialize(&value).unwrap().to_string(), value.to_string());
    assert_eq!(Value::from_json(&json).unwrap().to_string(), value.to_string());
    let moved = serde_json::Value::try_from(value.clone()).unwrap();
    assert_eq!(Value::try_from(moved).unwrap().to_string(), value.to_string());
    assert!(Value::from_serialize(&nested(MAX_DEPTH + 1)).is_err());
    assert!(Value::from_json(&format!("[{json}]")).is_err());
}

#[test]
fn wrappers_without_end_are_refused() {
    #[derive(Serialize)]
    struct Next(Option<Box<Next>>);
    let mut chain = Next(None);
    for _ in 0..1000 {
        chain = Next(Some(Box::new(chain)));
    }
    let error = Value::from_serialize(&chain).unwrap_err();
    assert_eq!(error.to_string(), "$: nested deeper than 64 levels");
}

#[test]
fn equality_is_by_type_and_content_and_maps_have_no_order() {
    let map = |entries: [(&str, i64); 2]| Value::from(Map::from_iter(entries));
    assert_eq!(map([("a", 1), ("b", 2)]), map([("b", 2), ("a", 1)]));
    assert_ne!(map([("a", 1), ("b", 2)]), map([("a", 1), ("c", 2)]));
    assert_ne!(Value::from(Vec::<i64>::new()), Value::from(Vec::<Value>::new()));
    assert_ne!(Value::Long(1), Value::Double(1.0));
    assert_ne!(
        Value::from(vec![Value::Null]),
        Value::from(vec![Value::Null, Value::Null])
    );
}

#[test]
fn an_error_is_one_word_wide_and_a_value_four() {
    assert_eq!(size_of::<ValueError>(), size_of::<usize>());
    assert!(size_of::<Value>() <= 4 * size_of::<usize>());
}

/// Values in the form that a conversion from serde gives: sequences as narrow as they go, floats that are finite.
fn any_value() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e300..1e300).prop_map(Value::Double),
        ".{0,8}".prop_map(Value::from),
    ];
    scalar.prop_recursive(4, 48, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(|values| Value::from_serialize(&values).unwrap()),
            prop::collection::vec((".{0,4}", inner), 0..6).prop_map(|entries| Value::Map(Map::from_iter(entries))),
        ]
    })
}

proptest! {
    #[test]
    fn json_gives_back_every_value(value in any_value()) {
        let text = serde_json::to_string(&value).unwrap();
        prop_assert_eq!(&Value::from_json(&text).unwrap(), &value);
        let json = serde_json::Value::try_from(value.clone()).unwrap();
        prop_assert_eq!(&Value::try_from(json).unwrap(), &value);
    }

    #[test]
    fn serde_gives_back_every_value(value in any_value()) {
        prop_assert_eq!(&Value::from_serialize(&value).unwrap(), &value);
        prop_assert_eq!(&value.deserialize::<Value>().unwrap(), &value);
        prop_assert_eq!(&value.clone(), &value);
    }

    #[test]
    fn json_text_of_any_kind_gives_a_value_or_an_error(text in r#"[\[\]{}:,"\\0-9eE.+\- ntrue]{0,40}"#) {
        let ours = Value::from_json(&text);
        let theirs = serde_json::from_str::<serde_json::Value>(&text);
        prop_assert!(theirs.is_ok() || ours.is_err());
    }
}

#[test]
fn sizes_are_the_same_on_every_platform() {
    let cases = [
        (Value::from(1), 32),
        (Value::from("abc"), 32 + 3),
        (Value::from(vec![true, false]), 32 + 2),
        (Value::from(vec![Some("abc".to_owned()), None]), 32 + 24 + 3 + 24),
        (Value::from(vec![Value::Null, Value::from("a")]), 32 + 32 + 33),
        (Value::from(Map::from_iter([("key", 1)])), 32 + 48 + 3 + 32),
    ];
    for (value, bytes) in cases {
        assert_eq!(value.size_bytes(), bytes, "{value}");
    }
}
