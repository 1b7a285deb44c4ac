//! The cases of `tests/schemas/shapes.jsonl`: what a text is read as. After a change: `UPDATE_SHAPES=1 cargo test --lib shape`.

use std::fs;
use std::path::Path;

use serde_json::{Value as Json, json};

use super::{Shapes, read};

/// What a text is read as, and how that is written again; or what is wrong with it, and where.
fn outcome(text: &str) -> Json {
    let mut shapes = Shapes::default();
    let shape = match read(text, &mut shapes) {
        Ok(shape) => shape,
        Err(error) => {
            return json!({ "text": text, "at": error.at, "problem": error.problem, "help": error.help });
        }
    };
    let is = shapes.text(shape);
    assert_eq!(read(&is, &mut shapes), Ok(shape), "{text}");
    let mut other = Shapes::default();
    let taken = other.take(&shapes, shape);
    assert_eq!(other.text(taken), is, "{text}");
    let mut made = json!({ "text": text, "is": is, "type": shapes.ty(shape).name() });
    if shapes.shown(shape) != is {
        made["shown"] = shapes.shown(shape).into();
    }
    made
}

#[test]
fn a_text_is_read_and_written_again_or_refused_with_its_place() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas/shapes.jsonl");
    let kept = fs::read_to_string(&path).unwrap();
    let text = |line: &str| {
        serde_json::from_str::<Json>(line).unwrap()["text"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let made: Vec<String> = kept.lines().map(|line| outcome(&text(line)).to_string()).collect();
    if std::env::var_os("UPDATE_SHAPES").is_some() {
        fs::write(path, made.join("\n") + "\n").unwrap();
    }
    for (kept, made) in kept.lines().zip(&made) {
        assert_eq!(kept, made);
    }
}

/// Two shapes, and what has either of them.
const JOINED: &[(&str, &str, &str)] = &[
    ("long", "long", "long"),
    ("long", "double", "double"),
    ("long", "string", "any"),
    ("long?", "double", "double?"),
    ("list<long>", "list<string>", "list"),
    ("list<long?>", "list<double>", "list<double?>"),
    ("{a: long}", "{a: long, b: string}", "{a: long, b: string?}"),
    ("{a: long, b: long}", "{b: double}", "{a: long?, b: double}"),
    ("{a: long}", "map<double>", "{a: double?, *: double}"),
    ("map<long>", "map<long?>", "map<long?>"),
    ("map<long>", "{b: long}", "{b: long?, *: long}"),
    ("map", "list", "any"),
];

#[test]
fn what_has_one_of_two_shapes_has_the_joined_one() {
    for (one, other, joined) in JOINED {
        let mut shapes = Shapes::default();
        let (one, other) = (read(one, &mut shapes).unwrap(), read(other, &mut shapes).unwrap());
        let both = shapes.join(one, other);
        assert_eq!(shapes.text(both), *joined);
        let turned = shapes.join(other, one);
        assert_eq!(shapes.text(turned).len(), joined.len());
    }
}
