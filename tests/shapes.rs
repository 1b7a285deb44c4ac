//! Programs on parameters of known shapes: the cases of `tests/conformance/extensions/shapes.jsonl`, each accepted with a value, failing
//! with a code and message, or refused with a code, place and help. What is accepted gives what it gives without shapes, in value,
//! steps and bytes. And values that fit their shapes never fail for them. After a change:
//! `UPDATE_SHAPES=1 cargo test --test shapes`, and read what changed.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use selvedge::diagnostic::Code;
use selvedge::{Engine, Inputs, Outcome, Schema, Type};
use serde_json::{Value as Json, json};

#[cfg(feature = "oracle")]
#[path = "support/ways.rs"]
mod ways;

const CASES: &str = "tests/conformance/extensions/shapes.jsonl";

fn read() -> Vec<Json> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(CASES);
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn schema(case: &Json) -> Schema {
    serde_json::from_value(case["schema"].clone()).unwrap_or_else(|error| panic!("{}: {error}", case["id"]))
}

/// The same parameters, of which no more is known than their types.
fn types_alone(schema: &Schema) -> Schema {
    schema
        .iter()
        .fold(Schema::new(), |types, (name, ty)| types.with(name, ty))
}

fn inputs(case: &Json) -> Inputs {
    Inputs::from_serialize(case.get("params").unwrap_or(&json!({}))).unwrap()
}

fn run(engine: &Engine, source: &str, schema: &Schema, inputs: &Inputs) -> Result<Outcome, Json> {
    let program = engine.compile(source, schema).map_err(|error| {
        let diagnostics = error.diagnostics().iter().filter(|diagnostic| diagnostic.is_error());
        let of = |diagnostic: &selvedge::diagnostic::Diagnostic| {
            let place = diagnostic.span.start as usize..diagnostic.span.end as usize;
            json!({
                "code": diagnostic.code.text(),
                "at": source[place],
                "message": diagnostic.message,
                "help": diagnostic.help,
            })
        };
        json!({ "refused": diagnostics.map(of).collect::<Vec<_>>() })
    })?;
    let outcome = program.evaluate(inputs);
    outcome.map_err(|error| json!({ "fails": error.code().text(), "message": error.message() }))
}

/// A case with its outcome.
fn with_outcome(engine: &Engine, case: &Json) -> Json {
    let mut made = json!({});
    for key in ["id", "schema", "params", "expr"] {
        if let Some(value) = case.get(key) {
            made[key] = value.clone();
        }
    }
    let outcome = match run(engine, case["expr"].as_str().unwrap(), &schema(case), &inputs(case)) {
        Ok(outcome) => json!({
            "type": outcome.value_type().to_string(),
            "value": serde_json::from_str::<Json>(&serde_json::to_string(outcome.value()).unwrap()).unwrap(),
        }),
        Err(error) => error,
    };
    for (key, value) in outcome.as_object().unwrap() {
        made[key] = value.clone();
    }
    made
}

#[test]
fn the_cases_give_what_they_say() {
    let engine = Engine::default();
    let cases = read();
    let mut made = String::new();
    for case in &cases {
        writeln!(made, "{}", with_outcome(&engine, case)).unwrap();
    }
    if std::env::var_os("UPDATE_SHAPES").is_some() {
        fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(CASES), &made).unwrap();
    }
    let mut kept = String::new();
    for case in &cases {
        writeln!(kept, "{case}").unwrap();
    }
    for (kept, made) in kept.lines().zip(made.lines()) {
        assert_eq!(kept, made);
    }
    assert!(cases.len() >= 150);
}

/// What the same program gives where only the types are known.
fn same_without_shapes(engine: &Engine, source: &str, schema: &Schema, inputs: &Inputs) -> Result<(), String> {
    let with = run(engine, source, schema, inputs);
    let without = run(engine, source, &types_alone(schema), inputs);
    match (with, without) {
        (Ok(with), Ok(without)) if with.value() == without.value() && with.usage() == without.usage() => Ok(()),
        (Err(with), _) if with.get("refused").is_some() || with["fails"] == Code::ShapeMismatch.text() => Ok(()),
        (Err(with), Err(without)) if with == without => Ok(()),
        (with, without) => Err(format!("{source}\nwith shapes: {with:?}\nwithout: {without:?}")),
    }
}

#[test]
fn what_is_accepted_is_the_same_without_shapes() {
    let engine = Engine::default();
    for case in read() {
        let source = case["expr"].as_str().unwrap();
        if let Err(wrong) = same_without_shapes(&engine, source, &schema(&case), &inputs(&case)) {
            panic!("{}: {wrong}", case["id"]);
        }
    }
}

#[cfg(feature = "oracle")]
#[test]
fn both_evaluators_a_trace_slices_and_artefacts_agree() {
    let engine = Engine::default();
    for case in read() {
        let source = case["expr"].as_str().unwrap();
        if let Err(wrong) = ways::all_agree(&engine, source, &schema(&case), &inputs(&case), 3) {
            panic!("{}: {wrong}", case["id"]);
        }
    }
}

/// Numbers from a seed.
struct Draw(u64);

impl Draw {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }

    fn one<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.below(of.len() as u64) as usize]
    }
}

/// A shape that is drawn.
#[derive(Debug)]
enum Drawn {
    Scalar(&'static str),
    List(Box<Drawn>),
    Record(Vec<(String, Drawn)>),
    Map(Box<Drawn>),
    Nullable(Box<Drawn>),
}

impl Drawn {
    fn draw(draw: &mut Draw, depth: u64) -> Self {
        let kind = if depth > 2 { 0 } else { draw.below(6) };
        match kind {
            1 => Self::List(Box::new(Self::draw(draw, depth + 1))),
            2 | 3 => {
                let count = 1 + draw.below(3);
                Self::Record(
                    (0..count)
                        .map(|key| (format!("k{key}"), Self::draw(draw, depth + 1)))
                        .collect(),
                )
            }
            4 => Self::Map(Box::new(Self::draw(draw, depth + 1))),
            5 => Self::Nullable(Box::new(Self::draw(draw, depth + 1))),
            _ => Self::Scalar(draw.one(&["long", "double", "string", "boolean"])),
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Scalar(name) => (*name).to_owned(),
            Self::List(element) => format!("list<{}>", element.text()),
            Self::Map(held) => format!("map<{}>", held.text()),
            Self::Nullable(inner) => format!("{}?", inner.text()),
            Self::Record(keys) => {
                let keys: Vec<_> = keys
                    .iter()
                    .map(|(key, shape)| format!("{key}: {}", shape.text()))
                    .collect();
                format!("{{{}}}", keys.join(", "))
            }
        }
    }

    /// A value that fits.
    fn value(&self, draw: &mut Draw) -> Json {
        match self {
            Self::Scalar("long") => json!(draw.below(9)),
            Self::Scalar("double") => json!(draw.below(9) as f64 / 2.0),
            Self::Scalar("string") => json!(draw.one(&["", "a", "bc"])),
            Self::Scalar(_) => json!(draw.below(2) == 0),
            Self::List(element) => (0..draw.below(4)).map(|_| element.value(draw)).collect(),
            Self::Map(held) => (0..draw.below(3))
                .map(|key| (format!("k{key}"), held.value(draw)))
                .collect(),
            Self::Nullable(_) if draw.below(2) == 0 => Json::Null,
            Self::Nullable(inner) => inner.value(draw),
            Self::Record(keys) => keys
                .iter()
                .map(|(key, shape)| (key.clone(), shape.value(draw)))
                .collect(),
        }
    }

    /// A program that reads what `code` is, as deep as is drawn: it fits the shape, and may go wrong where there is no element or key.
    fn program(&self, draw: &mut Draw, code: &str, depth: u32) -> String {
        match self {
            Self::Scalar("long" | "double") => match draw.below(3) {
                0 => code.to_owned(),
                1 => format!("{code} + 1"),
                _ => format!("{code} < 3 ? {code} * 2 : 7"),
            },
            Self::Scalar("string") => match draw.below(3) {
                0 => format!("'<' + {code} + '>'"),
                1 => format!("{code}.length()"),
                _ => format!("{code} == 'a'"),
            },
            Self::Scalar(_) => format!("{code} ? 'yes' : 'no'"),
            Self::List(element) => {
                let name = format!("x{depth}");
                let body = element.program(draw, &name, depth + 1);
                match draw.below(5) {
                    0 => element.program(draw, &format!("{code}[0]"), depth + 1),
                    1 => format!("{code}.map({name} -> ({body}))"),
                    2 => format!("{code}.filter({name} -> true).map({name} -> ({body}))"),
                    3 => format!(
                        "{code}.length > 0 ? ({}) : 'none'",
                        element.program(draw, &format!("{code}[0]"), depth + 1)
                    ),
                    _ => {
                        let inner = format!("{code}.first()");
                        let read = element.program(draw, &inner, depth + 1);
                        format!("null == {inner} ? 'null' : ({read})")
                    }
                }
            }
            Self::Map(held) => {
                let inner = format!("{code}.get('k0')");
                match draw.below(3) {
                    0 => held.program(draw, &format!("{code}['k0']"), depth + 1),
                    1 => {
                        let read = held.program(draw, &inner, depth + 1);
                        format!("null == {inner} ? 'null' : ({read})")
                    }
                    _ => {
                        let name = format!("v{depth}");
                        let body = held.program(draw, &name, depth + 1);
                        format!("{code}.mapValues((k{depth}, {name}) -> ({body}))")
                    }
                }
            }
            Self::Nullable(inner) => {
                let read = inner.program(draw, code, depth + 1);
                match draw.below(4) {
                    0 => read,
                    1 => format!("null != {code} ? ({read}) : 'null'"),
                    _ => format!("null == {code} ? 'null' : ({read})"),
                }
            }
            Self::Record(keys) => {
                let (key, shape) = &keys[draw.below(keys.len() as u64) as usize];
                let inner = match draw.below(3) {
                    0 => format!("{code}.get('{key}')"),
                    1 => format!("{code}['{key}']"),
                    _ => format!("{code}.{key}"),
                };
                shape.program(draw, &inner, depth + 1)
            }
        }
    }
}

#[test]
fn values_that_fit_never_fail_for_their_shapes() {
    let engine = Engine::default();
    let (mut accepted, mut gave) = (0, 0);
    for seed in 1..=6_000_u64 {
        let mut draw = Draw(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let drawn = Drawn::draw(&mut draw, 0);
        let schema = Schema::new().with_shape("p", &drawn.text()).unwrap();
        let case = json!({ "params": { "p": drawn.value(&mut draw) } });
        let source = drawn.program(&mut draw, "p", 0);
        let outcome = run(&engine, &source, &schema, &inputs(&case));
        accepted += usize::from(!matches!(&outcome, Err(error) if error.get("refused").is_some()));
        gave += usize::from(outcome.is_ok());
        if let Err(error) = &outcome {
            assert_ne!(
                error["fails"],
                Code::ShapeMismatch.text(),
                "seed {seed}: {source}\n{}\n{case}\n{error}",
                drawn.text()
            );
        }
        if let Err(wrong) = same_without_shapes(&engine, &source, &schema, &inputs(&case)) {
            panic!("seed {seed}: {}\n{case}\n{wrong}", drawn.text());
        }
    }
    assert!(
        accepted > 3_000 && gave > 2_000,
        "{accepted} accepted, {gave} gave a value"
    );
}

#[test]
fn a_schema_of_types_alone_knows_no_shapes() {
    let schema = Schema::new().with("orders", Type::List);
    assert_eq!(schema.shape("orders"), None);
    let shaped = schema.clone().with_shape("orders", "list<{id: long}>").unwrap();
    assert_ne!(schema, shaped);
    assert_eq!(types_alone(&shaped), schema);
}
