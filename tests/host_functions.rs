//! Functions and constants in namespaces of the host: each line of `tests/host_functions.jsonl` is a program, what it gives, and what
//! of the world outside it reads.
#![allow(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use std::fs;
use std::path::Path;

use selvedge::diagnostic::Code;
use selvedge::{Effect, Engine, HostFunction, HostFunctions, Inputs, Map, Program, Schema, Type, Usage, Value};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    source: String,
    #[serde(default)]
    params: serde_json::Map<String, serde_json::Value>,
    gives: serde_json::Value,
    #[serde(default)]
    effects: Vec<String>,
    /// Steps and bytes that it takes.
    uses: Option<(u64, u64)>,
}

fn engine() -> Engine {
    let mut functions = HostFunctions::new();
    let own = [
        HostFunction::constant("Env.REGION", "eu-west-1"),
        HostFunction::constant("Env.RETRIES", 3),
        HostFunction::constant("Env.RATE", 0.5),
        HostFunction::constant("Env.LIVE", true),
        HostFunction::constant("Env.NOTHING", Value::Null),
        HostFunction::constant("Env.TABLES", vec!["users", "orders"]),
        HostFunction::constant("Env.OWNERS", Map::from_iter([("users", "growth")])),
        HostFunction::constant("params.VERSION", 7),
        HostFunction::typed("Numbers.half", |n: i64| Ok(n / 2)).with_effects(&[]),
        HostFunction::typed("Clock.today", || Ok(20_260_131_i64)).with_effects(&[Effect::Clock]),
        HostFunction::typed("Dice.roll", || Ok(4_i64)).with_effects(&[Effect::Randomness]),
        HostFunction::typed("Tables.latest", |table: String| Ok(format!("{table}/1"))),
        HostFunction::typed("params.given", || Ok(1_i64)),
        HostFunction::new("Values.same", &[Type::Any], Type::Any, |arguments| {
            Ok(arguments.first().cloned().unwrap_or(Value::Null))
        })
        .with_effects(&[]),
    ];
    for function in own {
        functions.register(function).unwrap();
    }
    Engine::builder().host_functions(functions).build()
}

fn effects(program: &Program) -> Vec<&'static str> {
    let all = [
        ("clock", program.uses_clock()),
        ("randomness", program.uses_random()),
        ("outside", program.uses_outside()),
    ];
    all.into_iter()
        .filter_map(|(name, used)| used.then_some(name))
        .collect()
}

#[test]
fn programs_reach_what_the_host_registered() {
    let engine = engine();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/host_functions.jsonl");
    for line in fs::read_to_string(path).unwrap().lines() {
        let case: Case = serde_json::from_str(line).unwrap();
        let inputs = Inputs::from_serialize(&case.params).unwrap();
        let schema = Schema::infer_from(inputs.as_map());
        let program = engine.compile(&case.source, &schema).unwrap();
        let outcome = program.evaluate(&inputs).unwrap();
        let Usage { steps, memory, .. } = outcome.usage();
        assert_eq!(case.uses.unwrap_or((steps, memory)), (steps, memory), "{}", case.source);
        let value = serde_json::to_value(outcome.into_value()).unwrap();
        assert_eq!(value, case.gives, "{}", case.source);
        assert_eq!(effects(&program), case.effects, "{}", case.source);
        assert_eq!(program.is_deterministic(), case.effects.is_empty());
    }
}

/// What calling a function takes that declares so much.
fn usage(steps: u32, bytes: u64) -> Usage {
    let function = HostFunction::typed("Own.f", || Ok(1_i64))
        .with_cost(steps)
        .with_memory(bytes);
    let mut functions = HostFunctions::new();
    functions.register(function).unwrap();
    let engine = Engine::builder().host_functions(functions).build();
    let program = engine.compile("Own.f() + Own.f()", &Schema::new()).unwrap();
    program.evaluate(&Inputs::new()).unwrap().usage()
}

#[test]
fn the_declared_cost_is_charged_for_each_call() {
    let (free, dear) = (usage(0, 0), usage(700, 5_000));
    assert_eq!(dear.steps - free.steps, 1_400);
    assert_eq!(dear.memory - free.memory, 10_000);
}

/// A value of so many levels, lists and maps in turn.
fn nested(levels: usize, is_map: impl Fn(usize) -> bool) -> Value {
    (0..levels).fold(Value::Null, |inner, level| match is_map(level) {
        true => Value::Map(Map::from_iter([("k", inner)])),
        false => Value::from(vec![inner]),
    })
}

#[test]
fn what_a_host_gives_nests_64_levels_and_no_more() {
    let forms: [fn(usize) -> bool; 3] = [|_| false, |_| true, |level| level % 2 == 0];
    for (form, levels) in forms
        .into_iter()
        .flat_map(|form| (60..70).map(move |levels| (form, levels)))
    {
        let mut functions = HostFunctions::new();
        functions
            .register(HostFunction::constant("Env.DEEP", nested(levels, form)))
            .unwrap();
        let engine = Engine::builder().host_functions(functions).build();
        let program = engine.compile("x = Env.DEEP; return 1;", &Schema::new()).unwrap();
        let came = program.evaluate(&Inputs::new()).map_err(|error| error.code());
        let wanted = levels <= 64;
        assert_eq!(came.is_ok(), wanted, "{levels} levels: {came:?}");
        assert!(wanted || came.is_err_and(|code| code == Code::ValueNesting));
    }
}
