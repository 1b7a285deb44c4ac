//! Places of decoded texts: the cases of `tests/check/places.jsonl`, and texts encoded at random.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fmt::Write;

use proptest::prelude::*;
use serde::Deserialize;

use super::tree::leaves;
use crate::source::Span;

#[derive(Deserialize)]
struct Case {
    name: String,
    json: Option<String>,
    yaml: Option<String>,
    expression: String,
}

/// A text without the marks of a place, and the place.
fn marked(text: &str) -> (String, Span) {
    let (start, rest) = text.split_once('«').unwrap();
    let (inner, after) = rest.split_once('»').unwrap();
    let span = Span::new(start.len() as u32, (start.len() + inner.len()) as u32);
    (format!("{start}{inner}{after}"), span)
}

#[test]
fn a_span_of_an_expression_is_found_in_its_file() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/check/places.jsonl");
    let cases = std::fs::read_to_string(path).unwrap();
    let mut failures = Vec::new();
    for line in cases.lines() {
        let case: Case = serde_json::from_str(line).unwrap();
        let is_json = case.json.is_some();
        let (file, expected) = marked(&case.json.or(case.yaml).unwrap());
        let (expression, span) = marked(&case.expression);
        let leaves = leaves(&file, is_json).unwrap();
        let Some(leaf) = leaves.iter().find(|leaf| leaf.scalar.text == expression) else {
            let texts: Vec<_> = leaves.iter().map(|leaf| &leaf.scalar.text).collect();
            failures.push(format!("{}: the texts are {texts:?}", case.name));
            continue;
        };
        let found = leaf.scalar.map(&file).map(|map| map.span(span));
        if found != Some(expected) {
            let found = found.map(|span| span.of(&file));
            failures.push(format!("{}: expected {expected:?}, found {found:?}", case.name));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// How a text is written in a file.
#[derive(Clone, Copy, Debug)]
enum Way {
    Json,
    JsonEscaped,
    Double,
    Single,
    Literal,
}

/// A file that holds the text, and the place of each of its characters.
fn encode(text: &str, way: Way) -> (String, Vec<usize>) {
    let mut places = Vec::new();
    let mut file = match way {
        Way::Json | Way::JsonEscaped => "{\"é\": [\"".to_owned(),
        Way::Double => "é:\n  k: \"".to_owned(),
        Way::Single => "é:\n  k: '".to_owned(),
        Way::Literal => "é:\n  k: |2-\n    ".to_owned(),
    };
    for character in text.chars() {
        places.push(file.len());
        match (way, character) {
            (Way::JsonEscaped, character) => {
                let mut units = [0; 2];
                for unit in character.encode_utf16(&mut units) {
                    write!(file, "\\u{unit:04X}").unwrap();
                }
            }
            (Way::Json | Way::Double, '"' | '\\') => file.extend(['\\', character]),
            (Way::Json | Way::Double, '\n') => file.push_str("\\n"),
            (Way::Json | Way::Double, '\t') => file.push_str("\\t"),
            (Way::Double, character) if !character.is_ascii() => write!(file, "\\U{:08x}", character as u32).unwrap(),
            (Way::Single, '\'') => file.push_str("''"),
            (Way::Literal, '\n') => file.push_str("\n    "),
            (_, character) => file.push(character),
        }
    }
    file.push_str(match way {
        Way::Json | Way::JsonEscaped => "\"]}",
        Way::Double => "\"",
        Way::Single => "'",
        Way::Literal => "\n",
    });
    (file, places)
}

fn ways() -> impl Strategy<Value = Way> {
    prop::sample::select(vec![
        Way::Json,
        Way::JsonEscaped,
        Way::Double,
        Way::Single,
        Way::Literal,
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn each_character_of_an_encoded_text_is_found(text in "[ -~éß漢😀]{1,20}(\n[ -~éß漢😀]{1,20}){0,4}", way in ways()) {
        // Single quotes fold line breaks, and a block that ends in blanks keeps none of them apart.
        let text = match way {
            Way::Single => text.replace('\n', ";"),
            Way::Literal => text.split('\n').map(str::trim_end).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"),
            _ => text,
        };
        prop_assume!(!text.is_empty());
        let (file, places) = encode(&text, way);
        let leaves = leaves(&file, matches!(way, Way::Json | Way::JsonEscaped));
        let leaves = leaves.map_err(|(at, message)| TestCaseError::fail(format!("{at}: {message} {file}")))?;
        let scalar = &leaves.first().unwrap().scalar;
        prop_assert_eq!(&scalar.text, &text);
        let map = scalar.map(&file).unwrap();
        for ((at, _), place) in text.char_indices().zip(places) {
            prop_assert_eq!(map.place(at), place, "character at {} of {:?}", at, file);
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in r#"[-:|>?!&*"'\\ \n\t\r\[\]{},#%a1é\u{feff}]{0,40}"#) {
        for is_json in [true, false] {
            if let Ok(leaves) = leaves(&text, is_json) {
                for leaf in leaves {
                    let places = leaf.scalar.map(&text).map(|map| map.place(leaf.scalar.text.len()));
                    prop_assert!(places.is_none_or(|place| place <= text.len()));
                }
            }
        }
    }
}
