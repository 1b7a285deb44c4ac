//! Runs the cases of workflows in `tests/workflows/`, and those of `tests/maestro/`, which say in our words what the tests of Maestro
//! assert.
#![cfg(feature = "yaml")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it does not expect"
)]

#[path = "support/cases.rs"]
mod cases;
#[path = "support/unfolded.rs"]
mod unfolded;

use std::collections::BTreeMap;

use selvedge::Engine;
use selvedge::params::{DefinitionError, Problem};
use selvedge::workflow::{Answers, Blueprint, Progress, Saved, TreeStep, Unfolding};
use serde_json::{Value as Json, json};
use unfolded::{blueprint, defaults, map, signals};

fn texts(refused: &DefinitionError) -> Vec<String> {
    let text = |problem: &Problem| match problem.help() {
        Some(help) => format!("{problem} help: {help}"),
        None => problem.to_string(),
    };
    refused.problems().iter().map(text).collect()
}

/// Whether a path is one that a step may have, and else why not.
fn found(blueprint: &Blueprint, path: &str) -> Json {
    match blueprint.find_step(path) {
        Ok(()) => json!(path),
        Err(problem) => json!([path, texts(&problem.into())]),
    }
}

fn outcome(unfolding: &Unfolding) -> Json {
    let tree = unfolding.tree().to_string();
    let lines: Vec<&str> = tree.lines().collect();
    json!({"progress": unfolding.progress(), "tree": lines})
}

/// The iterations of each loop in a tree, by the ids of the loops.
fn iterations<'u>(steps: impl Iterator<Item = TreeStep<'u>>, around: &str, found: &mut BTreeMap<String, u64>) {
    for step in steps {
        let path = format!("{around}/{}", step.id()).trim_start_matches('/').to_owned();
        if step.type_name() == "foreach" {
            *found.entry(path.clone()).or_default() += step.inside().len() as u64;
        }
        for frame in step.inside() {
            iterations(frame.steps(), &path, found);
        }
    }
}

/// What a plan counts is what runs, where no step changes the ranges.
#[test]
fn loops_run_as_often_as_planned() {
    cases::run("workflows/plan.jsonl", |case| {
        let blueprint = match blueprint(case) {
            Ok(blueprint) => blueprint,
            Err(problems) => return json!({"refused": texts(&problems)}),
        };
        let planned = blueprint.expand(&map(&case["params"])).unwrap();
        if planned
            .iter()
            .any(|found| found.problem.is_some() || found.inside_while.is_some())
        {
            return json!(planned);
        }
        let counts: BTreeMap<String, u64> = planned
            .iter()
            .filter(|expansion| expansion.begins > 0)
            .map(|expansion| (expansion.path.clone(), expansion.count.unwrap_or_default()))
            .collect();
        let mut unfolding = Unfolding::start(&blueprint, &map(&case["params"])).unwrap();
        unfolding.walk(&Answers::default(), None).unwrap();
        let mut ran = BTreeMap::new();
        iterations(unfolding.tree().steps(), "", &mut ran);
        match counts == ran {
            true => json!(planned),
            false => json!({"planned": counts, "ran": ran}),
        }
    });
}

/// Each workflow walked to its end with the answers of the case: the tree of what ran, and what was skipped and why.
#[test]
fn workflows_unfold() {
    let gives = |case: &Json| {
        let built = blueprint(case);
        if let (Ok(blueprint), Some(paths)) = (&built, case["find"].as_array()) {
            return paths
                .iter()
                .map(|path| found(blueprint, path.as_str().unwrap()))
                .collect();
        }
        let started = built.and_then(|blueprint| Unfolding::start(&blueprint, &map(&case["params"])));
        let mut unfolding = match started {
            Ok(unfolding) => unfolding,
            Err(problems) => return json!({"problems": texts(&problems)}),
        };
        let answers = match Answers::from_map(&map(&case["answers"])) {
            Ok(answers) => answers,
            Err(error) => return json!({"answers": error.to_string()}),
        };
        let until = case["until"].as_str();
        if let Err(refused) = unfolding.walk(&answers, until) {
            return json!({"refused": [refused.path(), refused.error().to_string()]});
        }
        let mut gives = outcome(&unfolding);
        for path in case["attributes"].as_array().into_iter().flatten() {
            let path = path.as_str().unwrap();
            gives["attributes"][path] = match unfolding.attributes(path) {
                Ok(attributes) => json!(attributes),
                Err(problem) => json!(problem.to_string()),
            };
        }
        if until.is_some() {
            gives["ready"] = json!(unfolding.ready());
        }
        gives
    };
    cases::run("workflows/unfold.jsonl", gives);
    cases::run("maestro/workflows.jsonl", gives);
}

/// Looks at every case of a workflow that is walked.
fn each_workflow(mut look: impl FnMut(&Json)) {
    cases::each("workflows/unfold.jsonl", &mut look);
    cases::each("maestro/workflows.jsonl", &mut look);
}

/// Every workflow of the cases, saved and resumed at every point, ends as it does without.
#[test]
fn saving_and_resuming_at_every_point_changes_nothing() {
    let mut points = 0;
    each_workflow(|case| {
        let Ok(blueprint) = blueprint(case) else { return };
        let Ok(answers) = Answers::from_map(&map(&case["answers"])) else {
            return;
        };
        let start = || Unfolding::start(&blueprint, &map(&case["params"]));
        let Ok(mut whole) = start() else { return };
        if start().unwrap().walk(&answers, None).is_err() {
            return;
        }
        while let Some(step) = whole.ready().into_iter().next() {
            let answer = answers.answer(&step.path, &step.id);
            whole.apply(answer.event(step.path)).unwrap();
        }
        let mut parts = start().unwrap();
        while let Some(step) = parts.ready().into_iter().next() {
            let saved = serde_json::to_string(&parts.save()).unwrap();
            let saved: Saved = serde_json::from_str(&saved).unwrap();
            let complete = |builder| signals(case, builder).defaults(defaults(case).unwrap());
            parts = Unfolding::resume(saved, &Engine::default(), complete).unwrap();
            let answer = answers.answer(&step.path, &step.id);
            parts.apply(answer.event(step.path)).unwrap();
            points += 1;
        }
        assert_eq!(outcome(&whole), outcome(&parts), "{}", case["about"]);
    });
    assert!(points > 100, "{points}");
}

/// Whichever of the ready steps answers first, the end is the same; but where a failure stops what is beside it, as what ended before is
/// not stopped.
#[test]
fn the_order_of_answers_never_matters() {
    each_workflow(|case| {
        let Ok(blueprint) = blueprint(case) else { return };
        let Ok(answers) = Answers::from_map(&map(&case["answers"])) else {
            return;
        };
        let mut ends = Vec::new();
        for seed in 0..6_usize {
            let Ok(mut unfolding) = Unfolding::start(&blueprint, &map(&case["params"])) else {
                return;
            };
            let mut turn = seed;
            loop {
                let ready = unfolding.ready();
                let Some(step) = ready.get(turn % ready.len().max(1)) else {
                    break;
                };
                let answer = answers.answer(&step.path, &step.id);
                if unfolding.apply(answer.event(&*step.path)).is_err() {
                    return;
                }
                turn = turn.wrapping_mul(31).wrapping_add(seed * 7 + 1);
            }
            ends.push(outcome(&unfolding));
        }
        let is_stopped = |end: &Json| end["tree"].to_string().contains(") stopped");
        if !ends.iter().any(is_stopped) {
            assert!(ends.iter().all(|end| *end == ends[0]), "{}", case["about"]);
        }
        assert_ne!(ends[0]["progress"], json!(Progress::Running), "{}", case["about"]);
    });
}
