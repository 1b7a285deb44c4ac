//! Runs the cases of parameter sets in `tests/params/`, and those of `tests/maestro/`, which say in our words what the tests of Maestro
//! assert.
#![cfg(feature = "yaml")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

#[path = "support/cases.rs"]
mod cases;

use selvedge::params::{DefinitionError, GraphFormat, Occasion, ParameterSet, Problem, Scope, SetLimits, StepState};
use selvedge::{Engine, FixedHost, Map, Schema, Value};
use serde_json::{Value as Json, json};

/// The set of a case: written as `json` (a value or a text) or as `yaml`.
fn set(case: &Json) -> Result<ParameterSet, DefinitionError> {
    match (&case["json"], &case["yaml"]) {
        (Json::String(text), _) => ParameterSet::from_json(text),
        (Json::Null, Json::String(text)) => ParameterSet::from_yaml(text),
        (value, _) => ParameterSet::from_json(&value.to_string()),
    }
}

fn texts(problems: &[Problem]) -> Vec<String> {
    let text = |problem: &Problem| match problem.help() {
        Some(help) => format!("{problem} help: {help}"),
        None => problem.to_string(),
    };
    problems.iter().map(text).collect()
}

/// Each definition as it is read and written again, or what is wrong with it.
#[test]
fn definitions_are_read_and_written() {
    let gives = |case: &Json| match set(case) {
        Ok(set) => {
            let written = serde_json::to_value(&set).unwrap();
            let again: ParameterSet = serde_json::from_value(written.clone()).unwrap();
            assert_eq!(set, again, "{case}");
            written
        }
        Err(refused) => json!({"problems": texts(refused.problems())}),
    };
    cases::run("params/definitions.jsonl", gives);
    cases::run("maestro/definitions.jsonl", gives);
}

/// What is around the set of a case: `outer` parameters, `steps` by id (their parameters, `skipped`, `not run`, or `declared`
/// with types), `signals`.
fn scope(case: &Json) -> Scope {
    let map = |json: &Json| -> Map { serde_json::from_value(json.clone()).unwrap() };
    let mut scope = Scope::new();
    if case["outer"].is_object() {
        scope = scope.with_values(map(&case["outer"]));
    }
    for (id, state) in case["steps"].as_object().into_iter().flatten() {
        let state = match state.as_str() {
            Some("skipped") => StepState::Skipped,
            Some("not run") => StepState::NotRun,
            Some(_) => panic!("{case}"),
            None => match state.get("declared") {
                Some(types) => StepState::Declared(serde_json::from_value::<Schema>(types.clone()).unwrap().into()),
                None => StepState::Finished(map(state).into()),
            },
        };
        scope = scope.with_step(id, state);
    }
    for (name, parameters) in case["signals"].as_object().into_iter().flatten() {
        scope = scope.with_signal(name, map(parameters));
    }
    scope
}

/// Each set planned and evaluated: the values with their types, or what is wrong; warnings; the order where it is asked for.
#[test]
fn sets_are_evaluated() {
    let host = FixedHost {
        now_millis: 1_767_225_600_000,
        seed: 1,
    };
    let engine = Engine::builder().host(host).build();
    let gives = |case: &Json| {
        let scope = scope(case);
        let planned = set(case).and_then(|set| set.plan(&engine, &scope));
        let plan = match planned {
            Ok(plan) => plan,
            Err(refused) => return json!({"problems": texts(refused.problems())}),
        };
        let limits = case
            .get("limits")
            .map(|limits| serde_json::from_value::<SetLimits>(limits.clone()).unwrap());
        let plan = plan.with_limits(limits.unwrap_or_default());
        let report = plan.evaluate(&scope);
        let values: serde_json::Map<String, Json> = report
            .parameters()
            .map(|(name, evaluated)| (name.to_owned(), json!([evaluated.type_name, evaluated.value])))
            .collect();
        let mut gives = json!({"values": values});
        if let Some(error) = report.error() {
            gives["error"] = json!(texts(std::slice::from_ref(error))[0]);
            gives["not_evaluated"] = json!(report.not_evaluated().collect::<Vec<_>>());
        }
        if !report.warnings().is_empty() {
            gives["warnings"] = json!(texts(report.warnings()));
        }
        if case["show"] == "order" {
            gives["order"] = json!(plan.order().collect::<Vec<_>>());
            gives["types"] = json!(plan.schema());
        }
        if case["show"] == "report" {
            gives["report"] = json!(report.to_text());
        }
        gives
    };
    cases::run("params/sets.jsonl", gives);
    cases::run("maestro/sets.jsonl", gives);
}

/// What is laid over the set of a case: written as YAML, or as JSON.
fn change(case: &Json) -> Result<ParameterSet, DefinitionError> {
    match &case["change"] {
        Json::String(yaml) => ParameterSet::from_yaml(yaml),
        json => ParameterSet::from_json(&json.to_string()),
    }
}

/// Each set with a change laid over it, as definitions or values, at an occasion or at all.
#[test]
fn changes_are_allowed_by_modes() {
    let occasions = [
        ("system", Occasion::System),
        ("definition", Occasion::Definition),
        ("start", Occasion::Start),
        ("restart", Occasion::Restart),
        ("output", Occasion::Output),
    ];
    let gives = |case: &Json| {
        let chosen = occasions
            .iter()
            .filter(|(name, _)| case["occasion"] == "all" || case["occasion"] == *name);
        let gives = chosen.map(|(name, occasion)| {
            let mut changed = set(case).unwrap();
            let result = match case["values"].is_object() {
                true => changed.set_values(&serde_json::from_value(case["values"].clone()).unwrap(), *occasion),
                false => changed.redefine(&change(case).unwrap(), *occasion),
            };
            let gives = match result {
                Ok(()) => json!(changed),
                Err(refused) => {
                    assert_eq!(changed, set(case).unwrap(), "{case}");
                    json!({"problems": texts(refused.problems())})
                }
            };
            ((*name).to_owned(), gives)
        });
        Json::Object(gives.collect())
    };
    cases::run("params/changes.jsonl", gives);
    cases::run("maestro/changes.jsonl", gives);
}

/// Each set as a graph in both languages.
#[test]
fn graphs_are_drawn() {
    cases::run("params/graphs.jsonl", |case| {
        let plan = set(case).unwrap().plan(&Engine::default(), &scope(case)).unwrap();
        json!([plan.graph(GraphFormat::Mermaid), plan.graph(GraphFormat::Dot)])
    });
}

/// The set with its definitions the other way round.
fn turned(set: &ParameterSet) -> ParameterSet {
    let definitions: Vec<_> = set.iter().collect();
    definitions
        .into_iter()
        .rev()
        .fold(ParameterSet::new(), |turned, (name, definition)| {
            turned.with(name, definition.clone())
        })
}

/// Whatever the order the definitions stand in, a set that names what it reads has the same values.
#[test]
fn the_order_of_definitions_never_matters() {
    let engine = Engine::default();
    for seed in 0..200_u64 {
        let set = random_set(seed);
        let values = |set: &ParameterSet| -> Vec<(String, Value)> {
            let plan = set
                .plan(&engine, &Scope::new())
                .unwrap_or_else(|problems| panic!("{problems:?}"));
            let report = plan.evaluate(&Scope::new());
            assert_eq!(report.error(), None, "{set:?}");
            let mut values: Vec<_> = report
                .parameters()
                .map(|(name, evaluated)| (name.to_owned(), evaluated.value.clone()))
                .collect();
            values.sort_by(|left, right| left.0.cmp(&right.0));
            values
        };
        assert_eq!(values(&set), values(&turned(&set)), "{set:?}");
    }
}

/// Whatever the order, also where names are computed: the same values, or the same error.
#[test]
fn the_order_never_matters_to_computed_names() {
    let engine = Engine::default();
    let (mut with_values, mut with_errors) = (0, 0);
    for seed in 0..400_u64 {
        let set = computing_set(seed);
        let outcome = |set: &ParameterSet| -> Result<Vec<(String, Value)>, String> {
            let plan = set
                .plan(&engine, &Scope::new())
                .map_err(|refused| texts(refused.problems()).join("; "))?;
            let report = plan.evaluate(&Scope::new());
            if let Some(error) = report.error() {
                // Of two that fail, which comes first is the order.
                return Err(format!("{:?}", error.code()));
            }
            let mut values: Vec<_> = report
                .parameters()
                .map(|(name, evaluated)| (name.to_owned(), evaluated.value.clone()))
                .collect();
            values.sort_by(|left, right| left.0.cmp(&right.0));
            Ok(values)
        };
        let came = outcome(&set);
        assert_eq!(came, outcome(&turned(&set)), "{set:?}");
        match came {
            Ok(_) => with_values += 1,
            Err(_) => with_errors += 1,
        }
    }
    assert!(with_values > 100 && with_errors > 50, "{with_values} and {with_errors}");
}

/// A random set some of whose parameters compute the names they read, from a literal that another one holds or from a number.
fn computing_set(seed: u64) -> ParameterSet {
    use selvedge::params::Definition;
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut random = move |most: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as usize % most
    };
    let count = 3 + random(6);
    let mut numbers: Vec<usize> = (0..count).collect();
    let mut set = ParameterSet::new();
    while !numbers.is_empty() {
        let number = numbers.swap_remove(random(numbers.len()));
        let other = random(count);
        let smaller = random(number.max(1));
        let definition = match random(6) {
            0 => Definition::expression(format!("'c' + params['p' + {other}]")),
            1 if number > 0 => {
                Definition::expression(format!("'k' + params.containsKey('p' + ('{other}' + '')) + p{smaller}"))
            }
            2 if number > 0 => Definition::expression(format!("'r' + p{smaller}")),
            3 if number > 0 => Definition::literal(format!("<${{p{smaller}}}>")),
            _ => Definition::literal(format!("v{number}")),
        };
        set = set.with(&format!("p{number}"), definition);
    }
    set
}

/// A set of parameters each of which reads some of those with smaller numbers, in a shuffled order.
fn random_set(seed: u64) -> ParameterSet {
    use selvedge::params::{Definition, ParamType};
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut random = move |most: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as usize % most
    };
    let count = 2 + random(12);
    let mut definitions: Vec<(String, Definition)> = Vec::new();
    for index in 0..count {
        let first = format!("p{}", random(index.max(1)));
        let second = format!("p{}", random(index.max(1)));
        let definition = match (index, random(4)) {
            (0, _) => Definition::literal(seed).with_type(ParamType::String),
            (_, 0) => Definition::literal(format!("${{{first}}}-${second}").chars().take(40).collect::<String>()),
            (_, 1) => Definition::expression(format!("String.valueOf({first}).length() + '_' + params['{second}']")),
            (_, 2) => Definition::expression(format!("String.valueOf({first})")).with_type(ParamType::String),
            _ => Definition::members(ParameterSet::new().with(
                "m",
                Definition::literal(format!("${first}")).with_type(ParamType::String),
            )),
        };
        let definition = match definition.body() {
            selvedge::params::Body::Members(_) => Definition::expression(format!("'m' + {second}")),
            _ => definition,
        };
        definitions.push((format!("p{index}"), definition));
    }
    while let Some(chosen) = (!definitions.is_empty()).then(|| random(definitions.len())) {
        let (name, definition) = definitions.swap_remove(chosen);
        definitions.insert(0, (name, definition));
        if random(count * 2) == 0 {
            break;
        }
    }
    definitions
        .into_iter()
        .fold(ParameterSet::new(), |set, (name, definition)| {
            set.with(&name, definition)
        })
}
