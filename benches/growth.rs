//! Workflows as large as they come: built, walked, driven event by event, kept and taken up again.

#![allow(
    clippy::expect_used,
    missing_docs,
    reason = "a benchmark stops at what it does not expect; criterion's macros make public items"
)]

use std::collections::HashMap;
use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use selvedge::workflow::{
    Answer, Answers, Blueprint, Command, Progress, Snapshot, Status, UnfoldLimits, Unfolding, Workflow,
};
use selvedge::{Engine, Map};
use serde_json::{Value as Json, json};

fn build(steps: &Json) -> Blueprint {
    let text = json!({"workflow": {"id": "w", "steps": steps}}).to_string();
    let workflow = Workflow::from_json(&text).expect("a definition");
    let limits = UnfoldLimits::default().definition_steps(100_000).concurrency(100_000);
    let builder = Blueprint::builder(workflow).limits(limits);
    builder.build(&Engine::default()).expect("a blueprint")
}

/// Of iterations that ended no more is kept than what is asked for.
fn thin(steps: &Json) -> Blueprint {
    let text = json!({"workflow": {"id": "w", "steps": steps}}).to_string();
    let workflow = Workflow::from_json(&text).expect("a definition");
    let limits = UnfoldLimits::default().whole_iterations(0).iterations(1_000_000);
    let limits = limits.runs(3_000_000).size(1_000_000_000).walk_steps(u64::MAX);
    let builder = Blueprint::builder(workflow).limits(limits.concurrency(10));
    builder.build(&Engine::default()).expect("a blueprint")
}

/// The pieces of an unfolding that changed.
fn pieces(unfolding: &mut Unfolding) -> impl Iterator<Item = (String, String)> + use<> {
    let changed = unfolding.changed_pieces();
    changed.into_iter().map(|piece| (piece.key, piece.content))
}

fn chain(count: usize) -> Json {
    let step = |index: usize| {
        let mut step = json!({"id": format!("s{index}"), "type": "x"});
        if index + 1 < count {
            step["transition"] = json!({"successors": {format!("s{}", index + 1): "true"}});
        }
        json!({"step": step})
    };
    (0..count).map(step).collect()
}

fn days(count: usize, inside: &Json) -> Json {
    let values: Vec<usize> = (0..count).collect();
    json!([{"foreach": {"id": "days", "steps": inside,
        "params": {"loop_params": {"type": "MAP", "value": {"day": {"type": "LONG_ARRAY", "value": values}}}}}}])
}

/// Ends all steps, one event at a time.
fn drive(blueprint: &Blueprint) -> usize {
    let (mut unfolding, commands) = Unfolding::open(blueprint, blueprint.begun(Map::new())).expect("a start");
    let run = |command| match command {
        Command::Run(ready) => Some(ready.path),
        _ => None,
    };
    let mut to_run: Vec<String> = commands.into_iter().filter_map(run).collect();
    let mut events = 0;
    while let Some(step) = to_run.pop() {
        let commands = unfolding.apply(Answer::default().event(step)).expect("an end");
        to_run.extend(commands.into_iter().filter_map(run));
        events += 1;
    }
    events
}

fn benchmark(criterion: &mut Criterion) {
    let load = json!([{"step": {"id": "load", "type": "sql"}}]);
    let mut group = criterion.benchmark_group("growth");
    group.sample_size(10);
    let long = chain(10_000);
    group.bench_function("build a chain of 10,000", |bencher| {
        bencher.iter(|| build(black_box(&long)));
    });
    let blueprint = build(&long);
    group.bench_function("walk a chain of 10,000", |bencher| {
        bencher.iter(|| {
            let mut unfolding = Unfolding::start(&blueprint, &Map::new()).expect("a start");
            unfolding.walk(&Answers::default(), None).expect("a walk");
        });
    });
    let mut hours = days(100, &load);
    hours[0]["foreach"]["id"] = json!("hours");
    let nested = build(&days(100, &hours));
    group.bench_function("100 times 100, one event at a time", |bencher| {
        bencher.iter(|| drive(black_box(&nested)));
    });
    let many = build(&days(10_000, &load));
    let unfolding = Unfolding::start(&many, &Map::new()).expect("a start");
    let kept = serde_json::to_string(&unfolding.snapshot()).expect("a snapshot");
    group.bench_function("an event on a kept state of 10,000 days", |bencher| {
        bencher.iter(|| {
            let snapshot: Snapshot = serde_json::from_str(black_box(&kept)).expect("a snapshot");
            let mut unfolding = Unfolding::restore(&many, snapshot).expect("a state");
            unfolding
                .apply(Answer::default().event("days[5000]/load"))
                .expect("an end")
        });
    });
    group.bench_function("an event on the pieces of 10,000 days", |bencher| {
        let blueprint = thin(&days(10_000, &load));
        let mut unfolding = Unfolding::start(&blueprint, &Map::new()).expect("a start");
        for day in 0..5_000 {
            let event = Answer::default().event(format!("days[{day}]/load"));
            unfolding.apply(event).expect("an end");
        }
        let store: HashMap<String, String> = pieces(&mut unfolding).collect();
        let store = Arc::new(store);
        bencher.iter(|| {
            let store = Arc::clone(&store);
            let read = move |key: &str| store.get(key).cloned();
            let mut unfolding = Unfolding::restore_pieces(&blueprint, read).expect("pieces");
            let event = Answer::default().event("days[5000]/load");
            unfolding.apply(event).expect("an end");
            pieces(&mut unfolding).count()
        });
    });
    let axis: Vec<usize> = (0..1_000).collect();
    let axes = json!({"a": {"type": "LONG_ARRAY", "value": axis}, "b": {"type": "LONG_ARRAY", "value": axis}});
    let grid = json!([{"foreach": {"id": "grid", "concurrency": 8, "steps": load,
        "params": {"loop_params": {"type": "MAP", "value": axes}}}}]);
    let grid = thin(&grid);
    group.bench_function("1,000,000 iterations, streamed", |bencher| {
        bencher.iter(|| {
            let mut unfolding = Unfolding::start(&grid, &Map::new()).expect("a start");
            unfolding.walk(&Answers::default(), None).expect("a walk");
            assert_eq!(unfolding.progress(), Progress::Ended(Status::Succeeded));
            assert!(unfolding.kept_bytes() < 100_000, "{}", unfolding.kept_bytes());
        });
    });
    group.finish();
}

criterion_group!(benches, benchmark);
criterion_main!(benches);
