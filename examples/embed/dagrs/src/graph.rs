//! A dagrs graph whose range, loop and branch are expressions, on dagrs' store of checkpoints.

use std::error::Error;
use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use dagrs::node::conditional_node::{Condition, ConditionalNode};
use dagrs::node::loop_node::LoopNode;
use dagrs::node::router_node::RouterNode;
use dagrs::{
    Action, CheckpointConfig, Content, DagrsError, DefaultNode, EnvVar, FileCheckpointStore, Graph, InChannels, Node,
    NodeTable, OutChannels, Output,
};
use selvedge::{Engine, Map, Schema, Type, Value};

use crate::decision::{Cases, Decision, Shared, VARIABLES, Variables, locked};

/// Loads the next day of the range: where a real one would copy a partition, this one makes up its rows.
struct LoadNextDay;

#[async_trait]
impl Action for LoadNextDay {
    async fn run(&self, _: &mut InChannels, outputs: &mut OutChannels, environment: Arc<EnvVar>) -> Output {
        if let Some(shared) = environment.get_ref::<Shared>(VARIABLES) {
            load_next_day(&mut locked(shared).values);
        }
        outputs.broadcast(Content::new(())).await;
        Output::empty()
    }
}

fn load_next_day(values: &mut Map) {
    let long = |name| values.get(name).and_then(Value::as_long).unwrap_or_default();
    let (done, total, empty) = (long("done"), long("total"), long("empty"));
    let days: &[i64] = match values.get("days") {
        Some(Value::LongArray(days)) => days,
        _ => &[],
    };
    let Some(day) = usize::try_from(done).ok().and_then(|done| days.get(done)) else {
        return;
    };
    let rows = if *day == 20_260_201 { 0 } else { 1_000 };
    println!("dagrs runs load {day}: {rows} rows");
    values.extend([
        ("done", done + 1),
        ("total", total + rows),
        ("empty", empty + i64::from(rows == 0)),
    ]);
}

/// Says its outcome.
struct Report(&'static str);

#[async_trait]
impl Action for Report {
    async fn run(&self, _: &mut InChannels, _: &mut OutChannels, environment: Arc<EnvVar>) -> Output {
        println!("dagrs runs {}", self.0);
        if let Some(shared) = environment.get_ref::<Shared>(VARIABLES) {
            locked(shared).values.insert("outcome", self.0);
        }
        Output::empty()
    }
}

/// What a loop leads to would begin beside it: a condition between them, which always holds, lets the loop end first.
struct Settled;

#[async_trait]
impl Condition for Settled {
    async fn run(&self, _: &mut InChannels, _: &OutChannels, _: Arc<EnvVar>) -> bool {
        true
    }
}

fn failed(error: DagrsError) -> Box<dyn Error> {
    format!("{error:?}").into()
}

/// Runs the graph, with checkpoints in a directory, and gives what the run's variables are at its end.
pub async fn run(directory: &Path) -> Result<Map, Box<dyn Error>> {
    let engine = Engine::default();
    let schema = Schema::new().with("days", Type::LongArray);
    let schema = ["start", "end", "done", "total", "empty"]
        .into_iter()
        .fold(schema, |schema, name| schema.with(name, Type::Long));
    let decision = |source| Decision::new(&engine, &schema, source);
    let range = engine.compile("Util.dateIntsBetween(start, end, 1)", &schema)?;

    let mut values = Map::from_iter([("start", 20_260_130), ("end", 20_260_203)]);
    values.extend([("done", 0), ("total", 0), ("empty", 0)]);
    let days = range.evaluate(&values.clone().into())?.into_value();
    values.insert("days", days);

    let mut table = NodeTable::new();
    let load = DefaultNode::with_action("load".to_owned(), LoadNextDay, &mut table);
    let loaded = ConditionalNode::with_condition("loaded".to_owned(), decision("done > 0")?, &mut table);
    let more = decision("done < days.length")?;
    let more = LoopNode::new("more".to_owned(), load.id(), more, &mut table);
    let settled = ConditionalNode::with_condition("settled".to_owned(), Settled, &mut table);
    let publish = DefaultNode::with_action("publish".to_owned(), Report("published"), &mut table);
    let alert = DefaultNode::with_action("alert".to_owned(), Report("alerted"), &mut table);
    let cases = Cases(vec![
        (decision("empty > 0 && total < 10000")?, alert.id().as_usize()),
        (decision("true")?, publish.id().as_usize()),
    ]);
    let choose = RouterNode::new("choose".to_owned(), cases, &mut table);

    let edges = [
        (load.id(), vec![loaded.id()]),
        (loaded.id(), vec![more.id()]),
        (more.id(), vec![settled.id()]),
        (settled.id(), vec![choose.id()]),
        (choose.id(), vec![publish.id(), alert.id()]),
    ];
    let mut graph = Graph::new();
    for node in [load, publish, alert] {
        graph.add_node(node).map_err(failed)?;
    }
    for node in [loaded, settled] {
        graph.add_node(node).map_err(failed)?;
    }
    graph.add_node(more).map_err(failed)?;
    graph.add_node(choose).map_err(failed)?;
    for (from, to) in edges {
        graph.add_edge(from, to).map_err(failed)?;
    }

    let shared = Shared::default();
    *locked(&shared) = Variables { values, problem: None };
    let mut environment = EnvVar::new(table);
    environment.set(VARIABLES, Arc::clone(&shared));
    graph.set_env(environment);
    graph.set_checkpoint_store(Box::new(FileCheckpointStore::new(directory)));
    graph.set_checkpoint_config(CheckpointConfig::enabled().with_loop_checkpoint(true));
    graph.async_start().await.map_err(failed)?;
    println!(
        "{} checkpoints are kept",
        graph.list_checkpoints().await.map_err(failed)?.len()
    );
    let variables = locked(&shared);
    match &variables.problem {
        Some(problem) => Err(problem.clone().into()),
        None => Ok(variables.values.clone()),
    }
}
