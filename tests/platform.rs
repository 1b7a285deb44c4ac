//! Descriptions of platforms: what is written is read as the same, mistakes are told with their places, and the JSON Schema accepts
//! what is right. The cases are lines of `tests/platform/`. After a change of the schema: `UPDATE_SCHEMA=1 cargo test --test platform`.
#![cfg(feature = "toml")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use boon::{Compiler, SchemaIndex, Schemas};
use proptest::prelude::*;
use selvedge::lint::{Level, Levels, LintName};
use selvedge::params::DefinitionError;
use selvedge::platform::Platform;
use selvedge::{Capability, Dialect, Effect, Engine, HostFunction, HostFunctions, Limits, Type, UnknownNames, Value};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

/// The lines of a file of `tests/platform/`.
fn lines<T: DeserializeOwned>(name: &str) -> Vec<T> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/platform").join(name);
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The JSON Schema, ready to be asked.
static SCHEMA: LazyLock<(Schemas, SchemaIndex)> = LazyLock::new(|| {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("platform.json", Platform::json_schema()).unwrap();
    let index = compiler.compile("platform.json", &mut schemas).unwrap();
    (schemas, index)
});

/// Whether the schema accepts a description, or why it does not.
fn accepted(description: &Json) -> Result<(), String> {
    let (schemas, index) = &*SCHEMA;
    schemas.validate(description, *index).map_err(|error| error.to_string())
}

#[derive(Deserialize)]
struct Written {
    name: String,
    description: Json,
}

#[test]
fn what_is_written_is_read_as_the_same() {
    for Written { name, description } in lines::<Written>("descriptions.jsonl") {
        let platform = Platform::from_json(&description.to_string());
        let platform = platform.map_err(|refused| format!("{name}: {}", refused.report("description")));
        let platform = platform.unwrap();
        let written: Json = serde_json::from_str(&platform.to_json()).unwrap();
        assert_eq!(written, description, "{name}");
        assert_eq!(
            serde_json::from_value::<Platform>(description.clone()).unwrap(),
            platform,
            "{name}"
        );
        assert_eq!(accepted(&description), Ok(()), "{name}");
        assert!(platform.engine().is_ok(), "{name}");
    }
}

#[derive(Deserialize)]
struct InToml {
    toml: String,
    description: Json,
}

#[test]
fn toml_says_the_same_as_json() {
    for InToml { toml, description } in lines::<InToml>("toml.jsonl") {
        let platform = Platform::from_toml(&toml).unwrap();
        assert_eq!(serde_json::to_value(platform).unwrap(), description, "{toml}");
    }
}

#[derive(Deserialize)]
struct Refused {
    json: Option<String>,
    toml: Option<String>,
    problems: Vec<String>,
    /// What to do about the first of them.
    help: Option<String>,
    /// Whether the schema accepts it, which knows less.
    schema: Option<bool>,
}

#[test]
fn mistakes_are_told_with_their_places() {
    let mut failures = Vec::new();
    for case in lines::<Refused>("refused.jsonl") {
        let read = match (&case.json, &case.toml) {
            (Some(json), _) => Platform::from_json(json),
            (None, toml) => Platform::from_toml(toml.as_deref().unwrap()),
        };
        let told = |refused: DefinitionError| {
            let problems: Vec<String> = refused.problems().iter().map(ToString::to_string).collect();
            (problems, refused.problems()[0].help().map(str::to_owned))
        };
        let found = read.map_err(told).err().unwrap_or_default();
        if found.0 != case.problems || case.help.is_some() && found.1 != case.help {
            failures.push(format!("{found:#?}\nfor {:?}", case.json.or(case.toml)));
            continue;
        }
        if let Some(json) = case.json {
            let accepted = accepted(&serde_json::from_str(&json).unwrap());
            if Some(accepted.is_ok()) != case.schema {
                failures.push(format!("the schema of {json}: {accepted:?}"));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn the_schema_is_the_one_that_is_kept() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/selvedge.schema.json");
    let schema = format!("{:#}\n", Platform::json_schema());
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        fs::write(&path, &schema).unwrap();
    }
    let kept = fs::read_to_string(path).unwrap();
    assert!(kept == schema, "the schema has changed: UPDATE_SCHEMA=1 writes it anew");
}

const SHAPES: [(&str, Type); 9] = [
    ("long", Type::Long),
    ("string?", Type::String),
    ("double", Type::Double),
    ("boolean", Type::Boolean),
    ("list<long>", Type::LongArray),
    ("list<string?>", Type::StringArray),
    ("list<{id: long, 'due day': long?, *: any}>", Type::List),
    ("map<list<double>>", Type::Map),
    ("any", Type::Any),
];

fn shapes() -> impl Strategy<Value = (&'static str, Type)> {
    prop::sample::select(SHAPES.to_vec())
}

fn effects() -> impl Strategy<Value = Vec<Effect>> {
    prop::sample::subsequence(vec![Effect::Clock, Effect::Randomness, Effect::Outside], 0..=3)
}

prop_compose! {
    /// A function of this name.
    fn function(name: String)(
        parameters in prop::collection::vec(shapes(), 0..4),
        result in shapes(),
        is_named in any::<bool>(),
        optional in 0..3_usize,
        cost in any::<u32>(),
        memory in any::<u64>(),
        size in any::<Option<u64>>(),
        effects in effects(),
        doc in "[ -~é]{0,20}",
    ) -> HostFunction {
        let types: Vec<Type> = parameters.iter().map(|(_, ty)| *ty).collect();
        let names = ["table", "day", "größe", "last_one"];
        let told: Vec<(&str, &str)> = names.into_iter().zip(parameters.iter().map(|(shape, _)| *shape)).collect();
        let mut function = HostFunction::new(&name, &types, result.1, |_| Ok(Value::Null))
            .with_optional(optional)
            .with_cost(cost)
            .with_memory(memory)
            .with_effects(&effects)
            .with_doc(&doc);
        if is_named {
            function = function.with_parameters(&told).unwrap().with_result(result.0).unwrap();
        }
        match size {
            Some(most) => function.with_result_size(most),
            None => function,
        }
    }
}

fn constants() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,9}".prop_map(Value::from),
        prop::collection::vec(any::<i64>(), 0..3).prop_map(Value::from),
        prop::collection::vec(any::<f64>(), 0..3).prop_map(Value::from),
    ]
}

fn functions() -> impl Strategy<Value = HostFunctions> {
    const NAMES: [&str; 5] = [
        "Catalog.rows",
        "Catalog.days",
        "Tables.latest",
        "params.attempt",
        "Ünit.größe",
    ];
    let function = |name: &&str| function((*name).to_owned());
    let functions: Vec<_> = NAMES.iter().map(function).collect();
    let constants = prop::collection::vec(constants(), 0..3);
    (
        functions,
        prop::sample::subsequence(vec![0, 1, 2, 3, 4], 0..=5),
        constants,
    )
        .prop_map(|(functions, chosen, constants)| {
            let mut registered = HostFunctions::new();
            for index in chosen {
                registered.register(functions[index].clone()).unwrap();
            }
            for (index, value) in constants.into_iter().enumerate() {
                registered
                    .register(HostFunction::constant(&format!("Env.C{index}"), value))
                    .unwrap();
            }
            registered
        })
}

prop_compose! {
    fn engine()(
        functions in functions(),
        steps in any::<u64>(),
        iterations in any::<Option<u64>>(),
        is_sel in any::<bool>(),
        strict in any::<bool>(),
        is_null in any::<bool>(),
        without in prop::sample::subsequence(Capability::ALL.to_vec(), 0..=4),
        lints in prop::sample::subsequence(LintName::ALL.to_vec(), 0..=4),
    ) -> Engine {
        let mut limits = Limits::default().steps(steps);
        if let Some(iterations) = iterations {
            limits = limits.loop_iterations(iterations);
        }
        let mut levels = Levels::default();
        for (lint, level) in lints.into_iter().zip([Level::Deny, Level::Allow, Level::Warn, Level::Deny]) {
            levels.set(lint.text(), level).unwrap();
        }
        let builder = Engine::builder()
            .host_functions(functions)
            .limits(limits)
            .dialect(if is_sel { Dialect::Sel } else { Dialect::Selvedge })
            .strict(strict)
            .unknown_names(if is_null { UnknownNames::Null } else { UnknownNames::Error })
            .levels(levels);
        without.into_iter().fold(builder, selvedge::EngineBuilder::without).build()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 300, ..ProptestConfig::default() })]

    /// The law: what Rust declares is described, read, and makes an engine of which the same is described.
    #[test]
    fn a_description_is_of_what_it_makes(engine in engine()) {
        let described = engine.describe();
        let json = described.to_json();
        let read = Platform::from_json(&json).map_err(|refused| TestCaseError::fail(refused.report(&json)))?;
        prop_assert_eq!(&read, &described);
        prop_assert_eq!(accepted(&serde_json::from_str(&json).unwrap()), Ok(()));
        let made = read.engine().map_err(|refused| TestCaseError::fail(refused.report(&json)))?.build();
        prop_assert_eq!(made.describe(), described);
    }
}
