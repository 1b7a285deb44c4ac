//! What building and unfolding a workflow takes grows as the workflow does: counted in charged steps and in heap, not timed.
#![allow(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

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

/// A loop over so many days, two at a time, and what asks of it at its end.
fn days(count: usize, asks: bool) -> Vec<Json> {
    let values: Vec<usize> = (0..count).map(|day| 20_000_000 + day).collect();
    let load = json!({"step": {"id": "load", "type": "x", "params": {
        "rows": {"type": "LONG", "value": 0}, "table": {"type": "STRING", "value": "orders_$day"}}}});
    let loop_params =
        json!({"loop_params": {"type": "MAP", "value": {"day": {"type": "LONG_ARRAY", "value": values}}}});
    let total = "params.getFromForeach('days', 'load', 'rows').length";
    let mut steps = vec![
        json!({"foreach": {"id": "days", "concurrency": 2, "params": loop_params, "steps": [load],
        "transition": {"successors": {"report": "true"}}}}),
    ];
    let report = match asks {
        true => json!({"total": {"type": "LONG", "expression": total}}),
        false => json!({}),
    };
    steps.push(json!({"step": {"id": "report", "type": "x", "params": report}}));
    steps
}

/// Iterations of a grid, whose parameters are few whatever their number.
fn grid(count: usize) -> Vec<Json> {
    let values: Vec<usize> = (0..count).collect();
    let axis = json!({"type": "LONG_ARRAY", "value": values});
    let load = json!({"step": {"id": "load", "type": "x", "params": {"t": {"type": "STRING", "value": "$a/$b"}}}});
    let params = json!({"loop_params": {"type": "MAP", "value": {"a": axis, "b": axis}}});
    vec![json!({"foreach": {"id": "all", "concurrency": 8, "params": params, "steps": [load]}})]
}

fn thin() -> UnfoldLimits {
    let limits = UnfoldLimits::default().whole_iterations(0).iterations(1_000_000);
    limits
        .size(1_000_000_000)
        .steps(10_000_000_000)
        .walk_steps(10_000_000_000)
}

/// Of iterations that ended no more is kept than what is asked for.
#[test]
fn iterations_stream_in_the_heap_of_those_that_run() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let heap = |count: usize| {
        let blueprint = build(&grid(count), thin());
        HEAP.reset_peak_usage();
        let before = HEAP.current_usage();
        let mut unfolding = Unfolding::start(&blueprint, &Map::new()).unwrap();
        unfolding.walk(&Answers::default(), None).unwrap();
        assert_eq!(unfolding.progress(), Progress::Ended(Status::Succeeded));
        assert!(unfolding.kept_bytes() < 50_000, "{}", unfolding.kept_bytes());
        HEAP.peak_usage() - before
    };
    let heaps = [heap(40), heap(160)];
    assert!(heaps[1] < 2 * heaps[0], "{heaps:?}");
}

/// What was asked of iterations is the same as of those that are kept whole.
#[test]
fn outputs_of_iterations_that_are_not_kept_are_what_they_were() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let total = |limits: UnfoldLimits| {
        let blueprint = build(&days(700, true), limits);
        let mut unfolding = Unfolding::start(&blueprint, &Map::new()).unwrap();
        unfolding.walk(&Answers::default(), None).unwrap();
        let report = unfolding.step_at("report").unwrap();
        (report.state(), report.parameters().get("total").cloned())
    };
    let whole = total(UnfoldLimits::default());
    assert_eq!(whole, ("succeeded", Some(700.into())));
    assert_eq!(total(thin()), whole);
    assert_eq!(total(UnfoldLimits::default().whole_iterations(5)), whole);
}

type Store = Arc<Mutex<HashMap<String, String>>>;

/// A store of pieces, with how many were read, and their bytes.
#[derive(Clone, Default)]
struct Pieces {
    store: Store,
    read: Arc<Mutex<(usize, usize)>>,
}

impl Pieces {
    fn restore(&self, blueprint: &Blueprint) -> Unfolding {
        let pieces = self.clone();
        let read = move |key: &str| {
            let found = pieces.store.lock().unwrap().get(key).cloned();
            let mut read = pieces.read.lock().unwrap();
            *read = (read.0 + 1, read.1 + found.as_ref().map_or(0, String::len));
            found
        };
        Unfolding::restore_pieces(blueprint, read).unwrap()
    }

    /// Writes what changed, and gives its bytes.
    fn write(&self, unfolding: &mut Unfolding) -> usize {
        // A write that failed takes nothing from the next.
        drop(unfolding.clone().changed_pieces());
        let changed = unfolding.changed_pieces();
        let bytes = changed.iter().map(|piece| piece.content.len()).sum();
        let mut store = self.store.lock().unwrap();
        store.extend(changed.into_iter().map(|piece| (piece.key, piece.content)));
        bytes
    }
}

/// An event of a host that keeps nothing in memory reads and writes what is on its path.
#[test]
fn an_event_on_a_stored_state_costs_what_is_on_its_path() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let most = |count: usize| {
        let blueprint = build(&days(count, false), thin());
        let pieces = Pieces::default();
        let mut unfolding = Unfolding::start(&blueprint, &Map::new()).unwrap();
        for day in 0..count / 2 {
            unfolding
                .apply(Answer::default().event(format!("days[{day}]/load")))
                .unwrap();
        }
        pieces.write(&mut unfolding);
        let (mut read, mut written, mut steps) = ((0, 0), 0, 0);
        for day in count / 2..count / 2 + 4 {
            *pieces.read.lock().unwrap() = (0, 0);
            let mut stored = pieces.restore(&blueprint);
            let event = Answer::default().event(format!("days[{day}]/load"));
            stored.apply(event.clone()).unwrap();
            unfolding.apply(event).unwrap();
            steps = steps.max(stored.usage().steps);
            written = written.max(pieces.write(&mut stored));
            let now = *pieces.read.lock().unwrap();
            read = (read.0.max(now.0), read.1.max(now.1));
            let snapshots = [&stored, &unfolding].map(|unfolding| json!(unfolding.snapshot()));
            assert_eq!(snapshots[0], snapshots[1]);
        }
        (read, written, steps)
    };
    let (few, many) = (most(1_000), most(10_000));
    assert!(few.0.0 <= 8 && many.0.0 == few.0.0, "{few:?} {many:?}");
    // Two bytes a day are those of the array that the loop runs over.
    assert!(many.0.1 < few.0.1 + 2 * 9_000 + 200, "{few:?} {many:?}");
    assert!(many.1 < few.1 + 100 && many.1 < 5_000, "{few:?} {many:?}");
}
