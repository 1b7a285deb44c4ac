//! The laws of hosts: names that are refused, arguments that do not fit, and the random numbers of a seed.

use super::{HostFunction, HostFunctions, RandomSource};
use crate::value::Value;

/// Names in the order they are registered, and the error; empty for none.
const NAMES: &[(&str, &str)] = &[
    ("params.a", ""),
    ("params.$b_1", ""),
    ("params.ä", ""),
    ("params.a", "duplicate name `params.a`"),
    ("params.get", "`params.get` is built in"),
    ("params.containsKey", "`params.containsKey` is built in"),
    (
        "params.",
        "`params.` is not a name of the form `params.name` or `Namespace.name`",
    ),
    (
        "params.1a",
        "`params.1a` is not a name of the form `params.name` or `Namespace.name`",
    ),
    (
        "params.a.b",
        "`params.a.b` is not a name of the form `params.name` or `Namespace.name`",
    ),
    (
        "params.a b",
        "`params.a b` is not a name of the form `params.name` or `Namespace.name`",
    ),
    ("Tables.latest", ""),
    ("Tables.latest", "duplicate name `Tables.latest`"),
    (
        "latest",
        "`latest` is not a name of the form `params.name` or `Namespace.name`",
    ),
    (
        "Tables.",
        "`Tables.` is not a name of the form `params.name` or `Namespace.name`",
    ),
    (".a", "`.a` is not a name of the form `params.name` or `Namespace.name`"),
    (
        "Math.cube",
        "`Math.cube` is in a class of the language: choose another namespace",
    ),
    (
        "int.max",
        "`int.max` is in a class of the language: choose another namespace",
    ),
    (
        "HashMap.of",
        "`HashMap.of` is in a class of the language: choose another namespace",
    ),
    (
        "Tables.if",
        "`Tables.if` holds a reserved word, which programs cannot write as a name",
    ),
    (
        "for.each",
        "`for.each` holds a reserved word, which programs cannot write as a name",
    ),
    (
        "a\n",
        "`a\\n` is not a name of the form `params.name` or `Namespace.name`",
    ),
];

#[test]
fn names_are_checked() {
    let mut functions = HostFunctions::new();
    for (name, expected) in NAMES {
        let error = functions.register_typed(name, || Ok(1_i64)).err();
        assert_eq!(error.map(|error| error.to_string()).unwrap_or_default(), *expected);
    }
    assert_eq!(
        functions.names().collect::<Vec<_>>(),
        ["params.a", "params.$b_1", "params.ä", "Tables.latest"]
    );
}

#[cfg(feature = "datetime")]
#[test]
fn the_classes_that_are_refused_are_those_of_the_language() {
    let mut classes: Vec<&str> = crate::library::class_names(crate::dialect::Dialect::Sel).collect();
    classes.sort_unstable();
    classes.dedup();
    assert_eq!(super::name::LANGUAGE_CLASSES, classes);
}

/// Arguments as JSON for `(String, f64, Vec<String>, Option<i64>)`, and the reply or error.
const CALLS: &[(&str, &str)] = &[
    (r#"["a", 1, ["b"], null]"#, "a 1 b None"),
    (r#"["a", 1.5, [], 2]"#, "a 1.5  Some(2)"),
    (r#"["a", 1, ["b"]]"#, "expected 4 arguments, found 3"),
    (r#"[null, 1, ["b"], 2]"#, "argument 1: expected STRING, found NULL"),
    (r#"["a", "1", ["b"], 2]"#, "argument 2: expected DOUBLE, found STRING"),
    (
        r#"["a", 1, ["b", null], 2]"#,
        "argument 3 at `$[1]`: expected STRING, found NULL",
    ),
    (r#"["a", 1, ["b"], 2.0]"#, "argument 4: expected LONG, found DOUBLE"),
];

#[test]
fn arguments_arrive_typed() {
    let function = HostFunction::typed("params.f", |a: String, b: f64, c: Vec<String>, d: Option<i64>| {
        Ok(format!("{a} {b} {} {d:?}", c.join(",")))
    });
    for (arguments, expected) in CALLS {
        let arguments: Vec<Value> = Value::from_json(arguments).unwrap().deserialize().unwrap();
        let reply = match function.call(&arguments) {
            Ok(reply) => reply.to_string(),
            Err(error) => error.message().to_owned(),
        };
        assert_eq!(reply, *expected);
    }
}

#[test]
fn a_seed_gives_the_published_numbers() {
    let mut source = RandomSource::new(1_234_567);
    let published = [
        6_457_827_717_110_365_317,
        3_203_168_211_198_807_973,
        9_817_491_932_198_370_423,
        4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
    ];
    assert_eq!(published.map(|_| source.next_u64()), published);
}
