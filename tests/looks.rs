//! The most steps between two looks at the deadline and the token while a program runs: over the corpus, the attacks, and parameters
//! of several MB that are read, converted, joined, compared, changed and returned. By steps, not by a clock.

#![cfg(feature = "oracle")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

#[path = "support/attack.rs"]
mod attack;
#[path = "support/corpus.rs"]
mod corpus;
#[path = "support/sized.rs"]
mod sized;

use selvedge::oracle::longest_stretch;
use selvedge::{CancelToken, Engine, Inputs, Limits, Map, Program, Schema, Type, UnknownNames, Value};
use serde_json::Value as Json;
use sized::sized;

/// The most steps between two looks: 8,192, and what one charge may be for, of which a text of the longest that may be made is the
/// most.
const MOST: u64 = 8_192 + (1 << 20) / 16 + 6_272;
/// The elements of large arrays, lists and maps, and the bytes of large texts.
const ELEMENTS: usize = 400_000;
const BYTES: usize = 6 << 20;

fn stretch(program: &Program, inputs: &Inputs) -> u64 {
    let _ = longest_stretch();
    let _ = program.evaluation().cancel(CancelToken::new()).evaluate(inputs);
    longest_stretch()
}

fn hold(most: (u64, String), at_least: u64, allowed: u64) {
    println!("at most {} steps between two looks: {:.200}", most.0, most.1);
    assert!(most.0 <= allowed, "{} steps between two looks: {:.400}", most.0, most.1);
    assert!(most.0 >= at_least, "the stretches are counted");
}

#[test]
fn the_corpus_is_looked_at() {
    let engine = Engine::builder().unknown_names(UnknownNames::Null).build();
    let mut most = (0, String::new());
    for (source, inputs) in corpus::corpus() {
        if let Ok(program) = engine.compile_uncached(&source, &Schema::infer_from(inputs.as_map())) {
            most = most.max((stretch(&program, &inputs), source));
        }
    }
    hold(most, 1, MOST);
}

#[test]
fn attacks_are_looked_at() {
    let mut most = (0, String::new());
    for attack in attack::read_all() {
        let Ok(inputs) = attack.inputs() else { continue };
        // A stretch of code without a jump is charged as a whole: the length of the source bounds it.
        if attack.limits().source_length > Limits::default().source_length {
            continue;
        }
        let steps = attack.limits().steps.min(5_000_000);
        let engine = attack.engine(attack.limits().steps(steps));
        if let Ok(program) = engine.compile(&attack.source(), &attack.schema(&inputs)) {
            most = most.max((stretch(&program, &inputs), attack.id.clone()));
        }
    }
    hold(most, 8_192, MOST);
}

/// Large parameters, each of a kind.
fn large() -> Inputs {
    let list = |of: fn(usize) -> Value| Value::from((0..ELEMENTS).map(of).collect::<Vec<Value>>());
    let map: Map = (0..ELEMENTS).map(|key| (format!("k{key}"), key as i64)).collect();
    Inputs::new()
        .with("text", "abcdefg,".repeat(BYTES / 8))
        .with("same", "abcdefg,".repeat(BYTES / 8))
        .with("wide", "é😀ß,".repeat(BYTES / 9))
        .with("longs", Value::LongArray((0..ELEMENTS as i64).collect()))
        .with(
            "doubles",
            Value::DoubleArray((0..ELEMENTS).map(|item| item as f64 / 7.0).collect()),
        )
        .with("booleans", Value::BooleanArray(vec![true; BYTES]))
        .with("texts", Value::StringArray(vec![Some("ab".to_owned()); ELEMENTS]))
        .with("list", list(|item| Value::Long(item as i64)))
        .with("words", list(|_| Value::from("word")))
        .with("maps", list(|_| Value::Map(Map::from_iter([("a", 1)]))))
        .with("map", Value::Map(map))
}

#[test]
fn large_parameters_are_looked_at() {
    let limits = Limits::default().steps(u64::MAX).memory(1 << 30).result_size(1 << 28);
    let engine = Engine::builder().limits(limits).build();
    let (inputs, mut most, mut ran) = (large(), (0, String::new()), 0);
    let names: Vec<&str> = inputs.as_map().keys().collect();
    let mut sources: Vec<String> = Vec::new();
    for name in &names {
        for source in [
            "return N;",
            "return '' + N;",
            "return N == N;",
            "return N.length;",
            "return params['N' + ''];",
        ] {
            sources.push(source.replace('N', name));
        }
    }
    for source in [
        "return text == same;",
        "return text.split(',').length;",
        "return text.contains('zz');",
        "return text.lastIndexOf('zz');",
        "return text.length() + wide.length();",
        "return wide.substring(1).length();",
        "return text.toUpperCase().length();",
        "return wide.toLowerCase().length();",
        "return text.replace('a', 'b').length();",
        "return text.replaceAll('[a-f]+', 'b').length();",
        "return text.hashCode();",
        "return text.compareTo(same);",
        "return text.trim().length();",
        "return String.format('%s', text).length();",
        "return String.join(',', longs).length();",
        "return String.join(',', texts).length();",
        "longs[0] = 1; return longs[0];",
        "doubles[0] = 1.5; return doubles[0];",
        "booleans[0] = false; return booleans[0];",
        "texts[0] = 'a'; return texts[0];",
        "return maps[0];",
        "return map.get('k1');",
        "return map.containsKey('k1');",
        "return map.get(text);",
        "return map.containsKey(text);",
        "m = new Map(); m.put(text, 1); return m.get(same);",
        "return params[text];",
        "return params.containsKey(text);",
        "map.put('a', 1); return map.size();",
        "return Util.dateIntToTs(text);",
        "return Util.isValid(text);",
        "return Util.parseDateInt(text, 'yyyy');",
        "return new DateTime(text).getMillis();",
        "return DateTimeFormat.forPattern('yyyy').parseMillis(text);",
        "return Duration.parse(text).getMillis();",
        "return Util.isWeekday(20240101, texts);",
        "return Util.nextWorkingDay(20240101, longs);",
        "throw text;",
        "return Long.parseLong(text);",
        "return Double.parseDouble(text);",
    ] {
        sources.push(source.to_owned());
    }
    // Each as it is, and converted to what may be declared.
    let known = Schema::infer_from(inputs.as_map());
    let converted = known
        .clone()
        .with("list", Type::LongArray)
        .with("words", Type::StringArray)
        .with("longs", Type::DoubleArray)
        .with("booleans", Type::List)
        .with("texts", Type::List);
    for source in &sources {
        for schema in [&known, &converted] {
            if let Ok(program) = engine.compile(source, schema) {
                ran += 1;
                most = most.max((stretch(&program, &inputs), source.clone()));
            }
        }
    }
    assert!(ran > 80, "only {ran} ran");
    hold(most, 8_192, MOST);
    // The expressions that the benchmark of steps grows.
    let (inputs, mut most) = (sized(1 << 22), (0, String::new()));
    let schema = Schema::infer_from(inputs.as_map());
    for line in include_str!("../benches/steps.jsonl").lines() {
        let line: Json = serde_json::from_str(line).unwrap();
        let text = |part: &str| line[part].as_str().unwrap_or("");
        let source = format!("{} {};", text("before"), text("sized"));
        let steps = Limits::default().steps(20_000_000).memory(1 << 28);
        if let Ok(program) = engine.compile(&source, &schema) {
            let _ = longest_stretch();
            let _ = program
                .evaluation()
                .limits(&steps)
                .cancel(CancelToken::new())
                .evaluate(&inputs);
            most = most.max((longest_stretch(), source));
        }
    }
    hold(most, 8_192, MOST);
}
