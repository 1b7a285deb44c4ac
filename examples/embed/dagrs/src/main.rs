//! selvedge in dagrs, in two ways. A graph of dagrs' own, with checkpoints in its store of files, whose range of days is an
//! expression's array and whose loop and branch are expressions behind dagrs' traits. And a whole workflow definition: the unfolding
//! says which steps run now and with which parameters, and dagrs runs them side by side.
//!
//! dagrs is one of the two orchestrators here because its decisions are traits that a host implements in Rust: what decides is compiled
//! into the program, and whoever changes a condition builds and ships it anew. An expression behind the same trait comes from
//! the workflow's author, at run time, and is still checked before the graph runs.
//!
//! With `--measure` it times conditions written in Rust against the same as expressions instead.

mod decision;
mod graph;
mod measure;

use std::collections::HashMap;
use std::error::Error;
use std::sync::Arc;

use async_trait::async_trait;
use dagrs::{Action, Content, DefaultNode, EnvVar, Graph, InChannels, Node, NodeTable, OutChannels, Output};
use selvedge::workflow::{Blueprint, Progress, Ready, Status, Unfolding, Workflow};
use selvedge::{Engine, Map, Value};

/// A step of the workflow as dagrs runs it: where a real one would call Spark, this one makes up the rows of a partition.
struct RunStep(Ready);

#[async_trait]
impl Action for RunStep {
    async fn run(&self, _: &mut InChannels, _: &mut OutChannels, _: Arc<EnvVar>) -> Output {
        let Self(step) = self;
        println!("dagrs runs {} ({})", step.path, step.type_name);
        let partition = step.parameters.get("path").and_then(Value::as_str).unwrap_or_default();
        let is_empty = partition.contains("clicks") && partition.ends_with("20260201");
        let outputs = match step.id.as_str() {
            "load" => Map::from_iter([("rows", if is_empty { 0 } else { 1_000 })]),
            _ => Map::new(),
        };
        Output::Out(Some(Content::new(outputs)))
    }
}

/// Runs steps side by side, and gives the outputs of each by its path.
async fn run_all(steps: Vec<Ready>) -> Result<HashMap<String, Map>, Box<dyn Error>> {
    let mut table = NodeTable::new();
    let mut graph = Graph::new();
    let mut paths = Vec::new();
    for step in steps {
        let path = step.path.clone();
        let node = DefaultNode::with_action(path.clone(), RunStep(step), &mut table);
        paths.push((node.id(), path));
        graph.add_node(node).map_err(|error| format!("{error:?}"))?;
    }
    graph.async_start().await.map_err(|error| format!("{error:?}"))?;
    let outputs = graph.get_outputs();
    let mut found = HashMap::new();
    for (id, path) in paths {
        let content = outputs.get(&id).and_then(|output| output.get_out());
        let map = content.and_then(|content| content.get::<Map>().cloned());
        found.insert(path, map.unwrap_or_default());
    }
    Ok(found)
}

/// A workflow definition, whose steps dagrs runs.
async fn run_definition() -> Result<(), Box<dyn Error>> {
    let definition = include_str!("../../../definitions/backfill.yaml");
    let workflow = Workflow::from_yaml(definition)?;
    let blueprint = Blueprint::builder(workflow).build(&Engine::default())?;
    let range = Map::from_iter([("start", 20_260_130), ("end", 20_260_203)]);
    let mut unfolding = Unfolding::start(&blueprint, &range)?;
    while unfolding.progress() == Progress::Running {
        for (path, outputs) in run_all(unfolding.ready()).await? {
            unfolding.complete(&path, Status::Succeeded, &outputs)?;
        }
    }
    let tree = unfolding.tree();
    let summary = tree.step("summary").ok_or("no summary")?;
    println!(
        "{:?} rows in {} partitions",
        summary.parameters().get("total"),
        tree.steps().map(|step| step.inside().len()).sum::<usize>()
    );
    assert_eq!(unfolding.progress(), Progress::Ended(Status::Succeeded));
    assert_eq!(summary.parameters().get("total"), Some(&Value::Long(7_000)));
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    if std::env::args().any(|argument| argument == "--measure") {
        return measure::run().await;
    }
    let directory = tempfile::tempdir()?;
    let variables = graph::run(directory.path()).await?;
    assert_eq!(variables.get("outcome"), Some(&Value::from("alerted")));
    assert_eq!(variables.get("total"), Some(&Value::Long(3_000)));
    run_definition().await
}
