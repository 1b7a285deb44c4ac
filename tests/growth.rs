//! What building and unfolding a workflow takes grows as the workflow does: counted in charged steps and in heap, not timed.
#![allow(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use std::sync::{Mutex, PoisonError};

use peak_alloc::PeakAlloc;
use selvedge::workflow::{Answer, Answers, Blueprint, Command, Progress, Status, UnfoldLimits, Unfolding, Workflow};
use selvedge::{Engine, Map};
use serde_json::{Value as Json, json};

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

/// The heap is all tests' in common.
static ALONE: Mutex<()> = Mutex::new(());

/// Twice as much of anything may take this many times as much.
const GROWTH: f64 = 2.3;

fn build(steps: &[Json], limits: UnfoldLimits) -> Blueprint {
    let text = json!({"workflow": {"id": "w", "steps": steps}}).to_string();
    let workflow = Workflow::from_json(&text).unwrap();
    let limits = limits.definition_steps(100_000).runs(1_000_000);
    Blueprint::builder(workflow)
        .limits(limits)
        .build(&Engine::default())
        .unwrap()
}

/// Steps in a row, each of which reads the one before.
fn chain(count: usize) -> Vec<Json> {
    let step = |index: usize| {
        let mut step = json!({"id": format!("s{index}"), "type": "x", "params": {"n": {"type": "LONG", "value": 1}}});
        if index > 0 {
            step["params"]["m"] = json!({"type": "LONG", "expression": format!("s{}__n + 1", index - 1)});
        }
        if index + 1 < count {
            step["transition"] = json!({"successors": {format!("s{}", index + 1): "true"}});
        }
        json!({"step": step})
    };
    (0..count).map(step).collect()
}

/// One step that leads to many, which lead to one.
fn fan(count: usize) -> Vec<Json> {
    let middle: Map = (0..count).map(|index| (format!("s{index}"), "true")).collect();
    let mut steps = vec![json!({"step": {"id": "from", "type": "x", "transition": {"successors": middle}}})];
    steps.extend((0..count).map(
        |index| json!({"step": {"id": format!("s{index}"), "type": "x", "transition": {"successors": {"to": "true"}}}}),
    ));
    steps.push(json!({"step": {"id": "to", "type": "x"}}));
    steps
}

/// A loop in a loop, each of so many iterations.
fn nested(count: usize) -> Vec<Json> {
    let range = |name: &str| {
        let values: Vec<usize> = (0..count).collect();
        json!({"loop_params": {"type": "MAP", "value": {name: {"type": "LONG_ARRAY", "value": values}}}})
    };
    let load = json!({"step": {"id": "load", "type": "x", "params": {"t": {"type": "STRING", "value": "$day $hour"}}}});
    let hours = json!({"foreach": {"id": "hours", "params": range("hour"), "steps": [load]}});
    vec![json!({"foreach": {"id": "days", "params": range("day"), "steps": [hours]}})]
}

/// Walks a workflow, and gives the steps and the heap that took.
fn walked(steps: &[Json]) -> (u64, usize) {
    let blueprint = build(steps, UnfoldLimits::default().concurrency(1_000_000));
    HEAP.reset_peak_usage();
    let before = HEAP.current_usage();
    let mut unfolding = Unfolding::start(&blueprint, &Map::new()).unwrap();
    let started = unfolding.usage().steps;
    unfolding.walk(&Answers::default(), None).unwrap();
    assert_eq!(unfolding.progress(), Progress::Ended(Status::Succeeded));
    (started + unfolding.usage().steps, HEAP.peak_usage() - before)
}

/// One event at a time, by commands alone: the steps of all of them, and the most of one.
fn one_at_a_time(steps: &[Json]) -> (u64, u64) {
    let blueprint = build(steps, UnfoldLimits::default());
    let (mut unfolding, commands) = Unfolding::open(&blueprint, blueprint.begun(Map::new())).unwrap();
    let (mut all, mut most) = (unfolding.usage().steps, 0);
    let mut to_run: Vec<String> = Vec::new();
    let new = |commands: Vec<Command>| {
        commands.into_iter().filter_map(|command| match command {
            Command::Run(ready) => Some(ready.path),
            _ => None,
        })
    };
    to_run.extend(new(commands));
    while let Some(step) = to_run.pop() {
        to_run.extend(new(unfolding.apply(Answer::default().event(step)).unwrap()));
        all += unfolding.usage().steps;
        most = most.max(unfolding.usage().steps);
    }
    assert_eq!(unfolding.progress(), Progress::Ended(Status::Succeeded));
    (all, most)
}

fn assert_linear(what: &str, at: impl Fn(usize) -> u64, count: usize) {
    let counts = [count, 2 * count, 4 * count].map(&at);
    for pair in counts.windows(2) {
        let growth = pair[1] as f64 / pair[0] as f64;
        assert!(growth < GROWTH, "{what}: {counts:?} grows {growth:.2} times");
    }
}

#[test]
fn building_is_linear() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    for (what, family) in [("a chain", chain as fn(usize) -> Vec<Json>), ("a fan", fan)] {
        // Within a budget for each step, whatever their number.
        for count in [500, 2_000, 8_000] {
            build(&family(count), UnfoldLimits::default().steps(6_000 * count as u64));
        }
        let heap = |count| {
            HEAP.reset_peak_usage();
            let before = HEAP.current_usage();
            let blueprint = build(&family(count), UnfoldLimits::default());
            let peak = HEAP.peak_usage() - before;
            drop(blueprint);
            peak as u64
        };
        assert_linear(what, heap, 500);
    }
}

#[test]
fn walking_is_linear() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    assert_linear("the steps of a chain", |count| walked(&chain(count)).0, 500);
    assert_linear("the heap of a chain", |count| walked(&chain(count)).1 as u64, 500);
    assert_linear("the steps of a fan", |count| walked(&fan(count)).0, 500);
    // Twice as many days of twice as many hours.
    assert_linear("nested loops", |count| walked(&nested(count.isqrt())).0, 400);
}

#[test]
fn an_event_costs_the_same_however_many_there_are() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let few = one_at_a_time(&nested(20));
    let many = one_at_a_time(&nested(80));
    assert!(many.0 < 17 * few.0, "{few:?} {many:?}");
    let chains = [500, 4_000].map(|count| one_at_a_time(&chain(count)).1);
    assert!(chains[1] < chains[0] + chains[0] / 10, "{chains:?}");
}
