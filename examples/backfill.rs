//! A backfill over a range of days: one definition, a partition for each day and table, and never more at a time than the
//! definition allows. Halfway the orchestrator dies, and another goes on from what was saved.

use std::collections::VecDeque;
use std::error::Error;

use selvedge::workflow::{Blueprint, Progress, Ready, Saved, Status, Unfolding, Workflow};
use selvedge::{Engine, Map, Value};

/// What a cluster would do: the rows it finds in a partition. Sundays have no clicks.
fn rows(step: &Ready) -> i64 {
    let path = step.parameters.get("path").and_then(Value::as_str).unwrap_or_default();
    let is_empty = path.contains("clicks") && path.ends_with("20260201");
    if is_empty { 0 } else { 1_000 }
}

fn outputs(step: &Ready) -> Map {
    match step.id.as_str() {
        "load" => Map::from_iter([("rows", rows(step))]),
        _ => Map::new(),
    }
}

pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let engine = Engine::default();
    let workflow = Workflow::from_yaml(include_str!("definitions/backfill.yaml"))?;
    let blueprint = Blueprint::builder(workflow).build(&engine)?;
    let range = Map::from_iter([("start", 20_260_130), ("end", 20_260_205)]);
    for found in blueprint.expand(&range)? {
        println!(
            "{}: {:?} partitions, first {:?}, last {:?}",
            found.path, found.count, found.first, found.last
        );
    }

    let mut unfolding = Unfolding::start(&blueprint, &range)?;
    let mut running: VecDeque<Ready> = VecDeque::new();
    let (mut most, mut loaded, mut saved) = (0, 0, None);
    while unfolding.progress() == Progress::Running {
        for step in unfolding.ready() {
            if !running.iter().any(|known| known.path == step.path) {
                println!("start  {} {}", step.path, step.type_name);
                running.push_back(step);
            }
        }
        most = most.max(running.len());
        let Some(step) = running.pop_front() else { break };
        unfolding.complete(&step.path, Status::Succeeded, &outputs(&step))?;
        loaded += usize::from(step.id == "load");
        if loaded == 6 && saved.is_none() {
            saved = Some(serde_json::to_string(&unfolding.save())?);
            println!(
                "the orchestrator dies; {} bytes were saved",
                saved.as_ref().map_or(0, String::len)
            );
            // What ran when it died is ready again in the one that goes on.
            let state: Saved = serde_json::from_str(saved.as_deref().unwrap_or_default())?;
            unfolding = Unfolding::resume(state, &engine, |builder| builder)?;
            running.clear();
        }
    }

    let tree = unfolding.tree();
    let summary = tree.step("summary").ok_or("no summary")?;
    let total = summary.parameters().get("total").cloned();
    println!("{loaded} partitions, at most {most} at a time, {total:?} rows");
    assert_eq!((loaded, most), (12, 3));
    assert_eq!(total, Some(Value::Long(11_000)));
    assert_eq!(unfolding.progress(), Progress::Ended(Status::Succeeded));
    Ok(())
}
