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

use selvedge::diagnostic::Code;
use selvedge::oracle::cancel_after_looks;
use selvedge::params::{ParameterSet, Problem, Scope, SetLimits};
use selvedge::workflow::{
    Answers, Blueprint, BlueprintBuilder, CompleteError, Saved, UnfoldLimits, Unfolding, Workflow,
};
use selvedge::{Engine, Interrupt, Map};
use serde_json::{Value as Json, json};

fn workflow(json_or_yaml: &Json) -> Result<Workflow, Vec<Problem>> {
    match json_or_yaml {
        Json::String(yaml) => Workflow::from_yaml(yaml),
        json => Workflow::from_json(&json.to_string()),
    }
}

fn builder(case: &Json) -> Result<BlueprintBuilder, Vec<Problem>> {
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

/// A call that is stopped after so many looks.
fn after(looks: u64) -> Interrupt {
    Interrupt::new().cancel(cancel_after_looks(looks))
}

/// Whether problems say that the call was cancelled, and nothing else.
fn is_cancelled(problems: &[Problem]) -> bool {
    problems.len() == 1 && problems[0].code() == Code::Cancelled
}

/// After how many looks to stop: after each of the first sixteen, then after ever more.
fn all_looks() -> impl Iterator<Item = u64> {
    std::iter::successors(Some(0), |looks| Some(looks + 1 + looks / 16 * 8))
}

/// What a call gives that is stopped after no look, one look, two …, until it is not stopped any more; and how often it was.
fn stopped_ever_later<T>(
    mut call: impl FnMut(&Interrupt) -> Result<T, Vec<Problem>>,
) -> (Result<T, Vec<Problem>>, u64) {
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
            let came = unfolding.complete_with(&step.path, answer.status, &answer.outputs, &after(looks));
            match came {
                Ok(()) => break,
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
        let answers = Answers::from_map(&map(&case["answers"])).unwrap();
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
        assert_eq!(all(&walked), all(&whole), "{}", case["about"]);
    });
    assert!(stops > 500, "{stops}");
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
