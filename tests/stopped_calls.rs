//! Calls on sets and unfoldings that are stopped at every look at the token: what was done is kept or undone whole, and going on
//! gives what an uninterrupted call gives.
#![cfg(all(feature = "oracle", feature = "yaml"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

#[path = "support/cases.rs"]
mod cases;
#[path = "support/stops.rs"]
mod stops;

use selvedge::diagnostic::Code;
use selvedge::oracle::stretches;
use selvedge::params::{DefinitionError, ParameterSet, Problem, Scope, SetLimits};
use selvedge::workflow::{
    Answers, Blueprint, BlueprintBuilder, CompleteError, Event, Saved, Status, UnfoldLimits, Unfolding, Workflow,
};
use selvedge::{Engine, Interrupt, LoadError, Map, Schema, Value, ValueError};
use serde_json::{Value as Json, json};
use stops::{AFTER, BETWEEN, after, all_looks};

fn workflow(json_or_yaml: &Json) -> Result<Workflow, DefinitionError> {
    match json_or_yaml {
        Json::String(yaml) => Workflow::from_yaml(yaml),
        json => Workflow::from_json(&json.to_string()),
    }
}

fn builder(case: &Json) -> Result<BlueprintBuilder, DefinitionError> {
    let mut builder = Blueprint::builder(workflow(&case["workflow"])?);
    for sub in case["subworkflows"].as_array().into_iter().flatten() {
        builder = builder.subworkflow(workflow(sub)?);
    }
    if let Some(limits) = case.get("limits") {
        builder = builder.limits(serde_json::from_value::<UnfoldLimits>(limits.clone()).unwrap());
    }
    Ok(builder)
}

fn map(json: &Json) -> Map {
    match json {
        Json::Null => Map::new(),
        json => serde_json::from_value(json.clone()).unwrap(),
    }
}

/// Whether problems say that the call was cancelled, and nothing else.
fn is_cancelled(refused: &DefinitionError) -> bool {
    let problems = refused.problems();
    problems.len() == 1 && problems[0].code() == Code::Cancelled
}

/// What a call gives that is stopped after no look, one look, two …, until it is not stopped any more; and how often it was.
fn stopped_ever_later<T>(
    mut call: impl FnMut(&Interrupt) -> Result<T, DefinitionError>,
) -> (Result<T, DefinitionError>, u64) {
    let mut stops = 0;
    for looks in all_looks() {
        match call(&after(looks)) {
            Err(problems) if is_cancelled(&problems) => stops += 1,
            came => return (came, stops),
        }
    }
    unreachable!("there are not so many looks")
}

/// The whole of an unfolding, as data and as text.
fn all(unfolding: &Unfolding) -> Json {
    json!({
        "progress": unfolding.progress(),
        "tree": unfolding.tree().to_string(),
        "ready": unfolding.ready(),
    })
}

/// Settles an unfolding with calls that are each stopped after a look more than the last; in between it is saved and resumed.
fn settle(mut unfolding: Unfolding, stops: &mut u64) -> Unfolding {
    for looks in all_looks() {
        match unfolding.settle(&after(looks)) {
            Ok(()) => return unfolding,
            Err(problem) => {
                assert_eq!(problem.code(), Code::Cancelled);
                assert!(!unfolding.is_settled());
                *stops += 1;
                if looks % 4 == 3 {
                    let saved = serde_json::to_string(&unfolding.save()).unwrap();
                    let saved: Saved = serde_json::from_str(&saved).unwrap();
                    unfolding = Unfolding::resume(saved, &Engine::default(), |builder| builder).unwrap();
                }
            }
        }
    }
    unreachable!("there are not so many looks")
}

/// Completes what is ready, stopped at every look.
fn walk(mut unfolding: Unfolding, answers: &Answers, stops: &mut u64) -> Unfolding {
    while let Some(step) = unfolding.ready().into_iter().next() {
        let answer = answers.answer(&step.path, &step.id);
        for looks in all_looks() {
            let before = all(&unfolding);
            let came = unfolding.apply_with(answer.clone().event(&*step.path), &after(looks));
            match came {
                Ok(_) => break,
                Err(CompleteError::Stopped(problem)) => {
                    assert_eq!(problem.code(), Code::Cancelled);
                    assert_eq!(all(&unfolding), before, "{}", step.path);
                    *stops += 1;
                }
                Err(CompleteError::Unsettled(problem)) => {
                    assert_eq!(problem.code(), Code::Cancelled);
                    *stops += 1;
                    unfolding = settle(unfolding, stops);
                    break;
                }
                Err(error) => panic!("{}: {error}", step.path),
            }
        }
    }
    unfolding
}

/// The most runs that are stopped between two looks: 8,192 steps, at 16 for a frame of one run.
const STOPPED_AT_ONCE: usize = 8_192 / 16 + 1;

#[test]
fn many_runs_are_stopped_with_looks_and_the_rest_by_the_next_call() {
    let beside = r#"{"workflow": {"id": "w", "steps": [
        {"step": {"id": "a", "type": "x", "failure_mode": "fail_immediately"}},
        {"foreach": {"id": "f", "concurrency": 5000, "params": {"loop_params": {"type": "MAP", "value": {
            "i": {"expression": "Util.intsBetween(0, 5000, 1)"}}}}, "steps": [{"step": {"id": "b", "type": "x"}}]}}]}}"#;
    let blueprint = Blueprint::builder(Workflow::from_json(beside).unwrap());
    let blueprint = blueprint.build(&Engine::default()).unwrap();
    let begun = Unfolding::start(&blueprint, &Map::new()).unwrap();
    let failed = Event::ended("a", Status::Failed, Map::new());
    for event in [Event::Cancelled, failed] {
        let mut whole = begun.clone();
        whole.apply(event.clone()).unwrap();
        let (mut left, mut stops) = (begun.ready().len(), 0);
        assert!(left > 5_000);
        for looks in 0.. {
            let mut stopped = begun.clone();
            let came = stopped.apply_with(event.clone(), &after(looks));
            let ready = stopped.ready().len();
            assert!(left - ready <= STOPPED_AT_ONCE, "{left} to {ready} after {looks} looks");
            left = ready;
            match came {
                Ok(_) => break,
                Err(CompleteError::Stopped(_)) => assert_eq!(ready, begun.ready().len()),
                Err(CompleteError::Unsettled(_)) => {
                    stops += 1;
                    if looks % 8 == 0 {
                        assert_eq!(all(&settle(stopped, &mut 0)), all(&whole));
                    }
                }
                Err(error) => panic!("{error}"),
            }
        }
        assert!(left == 0 && stops > 5, "{stops} stops, {left} left");
    }
}

#[test]
fn an_unfolding_that_is_stopped_at_every_look_ends_as_without() {
    let mut stops = 0;
    cases::each("workflows/unfold.jsonl", |case| {
        if case["signals"].is_object() {
            return;
        }
        let Ok(blueprint) = builder(case).and_then(|builder| builder.build(&Engine::default())) else {
            return;
        };
        let Ok(answers) = Answers::from_map(&map(&case["answers"])) else {
            return;
        };
        let given = map(&case["params"]);
        let (began, looks) = stopped_ever_later(|interrupt| Unfolding::begin(&blueprint, &given, interrupt));
        stops += looks;
        let whole = Unfolding::start(&blueprint, &given);
        let (Ok(began), Ok(mut whole)) = (began, whole) else {
            return;
        };
        if whole.walk(&answers, None).is_err() {
            return;
        }
        let settled = settle(began, &mut stops);
        let walked = walk(settled, &answers, &mut stops);
        // Where a failure stops what is beside it, what ended before is not stopped: there the order counts, which a walk that is
        // begun again changes.
        if !all(&whole)["tree"].to_string().contains(") stopped") {
            assert_eq!(all(&walked), all(&whole), "{}", case["about"]);
        }
    });
    assert!(stops > 500, "{stops}");
}

/// Whether a text is a workflow's definition.
fn is_definition_with(text: &str, is_yaml: bool, interrupt: &Interrupt) -> Result<bool, Problem> {
    match is_yaml {
        true => Workflow::is_yaml_definition_with(text, interrupt),
        false => Workflow::is_json_definition_with(text, interrupt),
    }
}

/// Reads a text in each way, stopped ever later, and holds the end against what it gives without; gives how often it was stopped.
fn read_in_all_ways(text: &str, is_yaml: bool) -> u64 {
    let shown = |refused: DefinitionError| json!(refused).to_string();
    let mut stops = 0;
    let mut hold = |way: &str, plain: String, call: &mut dyn FnMut(&Interrupt) -> Result<String, DefinitionError>| {
        let (came, looks) = stopped_ever_later(&mut *call);
        assert!(came.unwrap_or_else(shown) == plain, "{way}: {text:.200}");
        assert!(looks > 0, "{way}: {text:.200}");
        stops += looks;
    };
    let set = |read: Result<ParameterSet, DefinitionError>| read.map(|set| format!("{set:?}"));
    let workflow = |read: Result<Workflow, DefinitionError>| read.map(|workflow| format!("{workflow:?}"));
    let sets = |mut read: Vec<Result<ParameterSet, DefinitionError>>| match read.len() {
        1 => set(read.remove(0)),
        _ => Ok(format!("{read:?}")),
    };
    let paths: [&[&str]; 2] = [&["workflow", "params"], &["a"]];
    let is_one = |interrupt: &Interrupt| {
        let asked = is_definition_with(text, is_yaml, interrupt);
        asked.map(|is_one| is_one.to_string()).map_err(DefinitionError::from)
    };
    hold(
        "asking",
        is_definition_with(text, is_yaml, &Interrupt::new())
            .unwrap()
            .to_string(),
        &mut { is_one },
    );
    if is_yaml {
        let plain = set(ParameterSet::from_yaml(text)).unwrap_or_else(shown);
        hold("a set", plain, &mut |interrupt| {
            set(ParameterSet::from_yaml_with(text, interrupt))
        });
        let plain = workflow(Workflow::from_yaml(text)).unwrap_or_else(shown);
        hold("a workflow", plain, &mut |interrupt| {
            workflow(Workflow::from_yaml_with(text, interrupt))
        });
        let plain = sets(ParameterSet::within_yaml(text, &paths)).unwrap_or_else(shown);
        hold("sets", plain, &mut |interrupt| {
            sets(ParameterSet::within_yaml_with(text, &paths, interrupt))
        });
    } else {
        let plain = set(ParameterSet::from_json(text)).unwrap_or_else(shown);
        hold("a set", plain, &mut |interrupt| {
            set(ParameterSet::from_json_with(text, interrupt))
        });
        let plain = workflow(Workflow::from_json(text)).unwrap_or_else(shown);
        hold("a workflow", plain, &mut |interrupt| {
            workflow(Workflow::from_json_with(text, interrupt))
        });
        let plain = sets(ParameterSet::within_json(text, &paths)).unwrap_or_else(shown);
        hold("sets", plain, &mut |interrupt| {
            sets(ParameterSet::within_json_with(text, &paths, interrupt))
        });
        let plain = Value::from_json(text).map(|value| value.to_string());
        for looks in all_looks() {
            let came = Value::from_json_with(text, &after(looks)).map(|value| value.to_string());
            match &came {
                Err(error) if error.message() == "the host cancelled the reading" => {}
                _ => {
                    // In one column or the next.
                    let shown = |result: Result<String, ValueError>| {
                        let message =
                            |error: ValueError| error.to_string().split(" at line").next().unwrap().to_owned();
                        result.unwrap_or_else(message)
                    };
                    assert!(shown(came) == shown(plain), "{text:.200}");
                    break;
                }
            }
        }
    }
    stops
}

#[test]
fn reading_that_is_stopped_gives_what_it_gives_without() {
    let mut stops = 0;
    for file in ["workflows/plan.jsonl", "workflows/unfold.jsonl", "params/sets.jsonl"] {
        cases::each(file, |case| {
            for definition in [&case["workflow"], &case["json"], &case["yaml"]] {
                stops += match definition {
                    Json::Null => 0,
                    Json::String(yaml) => read_in_all_ways(yaml, true),
                    json => read_in_all_ways(&json.to_string(), false),
                };
            }
        });
    }
    assert!(stops > 500, "{stops}");
}

/// The bytes of a document that is made long.
const LONG: usize = 48_000;

/// Documents that are long in one way each: `before`, then `each` many times over with its number in place of `#`, then `after`.
const LONG_DOCUMENTS: [(bool, &str, &str, &str); 30] = [
    (false, r#"{"a": {"value": ""#, "x", r#""}}"#),
    (false, r#"{"a": {"value": ""#, r"\n", r#""}}"#),
    (false, r#"{"a": {"value": ""#, r"\ud83d\ude00", r#""}}"#),
    (false, r#"{"a": {"value": ""#, r"\ude00", r#""}}"#),
    (false, r#"{"a": {"value": ""#, "é", r#"x"}}"#),
    (false, r#"{"a": {"value": ""#, "x", ""),
    (false, r#"{""#, "x", r#"": {"value": 1}}"#),
    (false, "{", " ", r#""a": {"value": 1}}"#),
    (false, "{", "\n", r#""a": {"value": 1}}"#),
    (false, r#"{"a": {"value": [1"#, ", #", "]}}"),
    (false, r#"{"a": {"value": 1"#, "1", "}}"),
    (false, r#"{"a": {"value": [[]"#, ", []", "]}}"),
    (
        false,
        r#"{"a": {"type": "MAP", "value": {"b": {"value": 1}"#,
        r#", "b#": {"value": 1}"#,
        "}}}",
    ),
    (
        false,
        r#"{"workflow": {"id": "w", "steps": [{"step": {"id": "s", "type": "x"}}"#,
        r#", {"step": {"id": "s#", "type": "x"}}"#,
        "]}}",
    ),
    (
        false,
        r#"{"workflow": {"id": "w", "steps": [{"step": {"id": "s", "type": "x", "transition": {"successors": {"s": "true""#,
        r#", "t#": "true""#,
        "}}}}]}}",
    ),
    (
        false,
        r#"{"b": 1"#,
        r#", "b#": 1"#,
        r#", "workflow": {"id": "w", "steps": []}}"#,
    ),
    (true, "a: '", "x", "'"),
    (true, "a: \"", "\\n", "\""),
    (true, "a: ", "x", ""),
    (true, "a: |\n", "  x\n", ""),
    (true, "a: >\n", "  x\n", ""),
    (true, "# ", "x", "\na: 1"),
    (true, "", "\n", "a: 1"),
    (true, "a: [1", ", #", "]"),
    (true, "a: 1\n", "b#: 1\n", ""),
    (true, "a: &b [1", ", #", "]\nc: *b\n"),
    (
        true,
        "workflow:\n  id: w\n  jobs:\n",
        "    - job: {id: s#, type: x}\n",
        "",
    ),
    (
        true,
        "workflow:\n  id: w\n  jobs:\n    - job:\n        id: s\n        type: x\n",
        "        p#: 1\n",
        "",
    ),
    (
        true,
        "workflow:\n  id: w\n  jobs:\n    - job: {id: s, type: x, transition: [IF a THEN s",
        ", OTHERWISE t#",
        "]}\n",
    ),
    (true, "workflow:\n  id: w\n  jobs: []\n  dag:\n", "    s#: [t#]\n", ""),
];

#[test]
fn long_documents_stop_wherever_they_are() {
    let mut stops = 0;
    for (is_yaml, before, each, after) in LONG_DOCUMENTS {
        let mut text = before.to_owned();
        for number in 0.. {
            if text.len() >= LONG {
                break;
            }
            text.push_str(&each.replace('#', &number.to_string()));
        }
        text.push_str(after);
        let _ = stretches();
        let of_this = read_in_all_ways(&text, is_yaml);
        let far = stretches();
        assert!(far.longest <= BETWEEN, "{before} {each} {after}: {far:?}");
        // The bytes once, or more often; some of these stop late, others begin again four times.
        assert!(of_this > 20, "{before} {each} {after}: {of_this}");
        stops += of_this;
        for looks in [0, 10, 40] {
            let _ = stretches();
            let _ = is_definition_with(&text, is_yaml, &self::after(looks));
            let far = stretches();
            assert!(far.after_stop <= AFTER, "{before} {each} {after}: {far:?}");
        }
    }
    println!("stopped {stops} times");
}

#[test]
fn a_program_that_is_kept_is_loaded_or_stopped() {
    let (engine, source) = (Engine::default(), format!("'{}' + 1", "x".repeat(5_000)));
    let bytes = engine.compile(&source, &Schema::new()).unwrap().to_bytes();
    let mut stops = 0;
    for looks in all_looks() {
        // Of an engine that has not compiled it before.
        match Engine::default().load_with(&bytes, &after(looks)) {
            Ok(program) => {
                assert_eq!(program.source(), source);
                break;
            }
            Err(LoadError::Refused(error)) if error.stopped_by() == Some(Code::Cancelled) => stops += 1,
            Err(error) => panic!("{error}"),
        }
    }
    assert!(stops > 3, "{stops}");
}

#[test]
fn building_and_planning_that_are_stopped_give_what_they_give_without() {
    let mut stops = 0;
    for file in ["workflows/plan.jsonl", "workflows/unfold.jsonl"] {
        cases::each(file, |case| {
            if case["signals"].is_object() {
                return;
            }
            let Ok(plain) = builder(case) else { return };
            let plain = plain.build(&Engine::default()).map_err(|problems| json!(problems));
            let (built, looks) =
                stopped_ever_later(|interrupt| builder(case).unwrap().build_with(&Engine::default(), interrupt));
            stops += looks;
            let built = built.map_err(|problems| json!(problems));
            assert_eq!(built.as_ref().err(), plain.as_ref().err(), "{case}");
            let (Ok(built), Ok(plain)) = (built, plain) else { return };
            let given = map(&case["params"]);
            let (planned, looks) = stopped_ever_later(|interrupt| built.expand_with(&given, interrupt));
            stops += looks;
            assert_eq!(json!(planned.ok()), json!(plain.expand(&given).ok()), "{case}");
        });
    }
    assert!(stops > 200, "{stops}");
}

#[test]
fn sets_that_are_stopped_give_what_they_give_without() {
    let mut stops = 0;
    cases::each("params/sets.jsonl", |case| {
        let set = match (&case["json"], &case["yaml"]) {
            (Json::Null, Json::String(yaml)) => ParameterSet::from_yaml(yaml),
            (json, _) => ParameterSet::from_json(&json.to_string()),
        };
        let Ok(set) = set else { return };
        let scope = Scope::new().with_values(map(&case["outer"]));
        let engine = Engine::default();
        let limits = SetLimits::default();
        let (planned, looks) = stopped_ever_later(|interrupt| set.plan_with(&engine, &scope, &limits, interrupt));
        stops += looks;
        let Ok(plan) = planned else { return };
        let whole = plan.evaluate(&scope);
        for looks in all_looks() {
            let report = plan.evaluate_with(&scope, &after(looks));
            if report.error().is_some_and(|error| error.code() == Code::Cancelled) {
                // What was evaluated before is as it is without.
                for (name, evaluated) in report.parameters() {
                    assert_eq!(Some(&evaluated.value), whole.value(name), "{case}");
                }
                stops += 1;
                continue;
            }
            assert_eq!(report.values(), whole.values(), "{case}");
            assert_eq!(report.usage(), whole.usage(), "{case}");
            break;
        }
    });
    assert!(stops > 100, "{stops}");
}
