//! A hyperparameter sweep over a grid: every combination is trained, and an expression of the definition chooses the best.

use std::error::Error;

use selvedge::workflow::{Blueprint, Ready, Status, Unfolding, Workflow};
use selvedge::{Engine, Map, Value};

/// What a training run would find: best at a learning rate of 0.1 and a depth of 6.
fn auc(step: &Ready) -> f64 {
    let model = step.parameters.get("model").and_then(Value::as_str).unwrap_or_default();
    let rate = if model.contains("lr=0.1/") { 0.05 } else { 0.01 };
    let depth = if model.contains("depth=6") { 0.04 } else { 0.02 };
    let seed = if model.ends_with("seed=2") { 0.001 } else { 0.0 };
    0.75 + rate + depth + seed
}

pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let workflow = Workflow::from_yaml(include_str!("definitions/sweep.yaml"))?;
    let blueprint = Blueprint::builder(workflow).build(&Engine::default())?;
    let mut unfolding = Unfolding::start(&blueprint, &Map::new())?;
    let mut trained = 0;
    let mut last = String::new();
    loop {
        let ready = unfolding.ready();
        if ready.is_empty() {
            break;
        }
        for step in ready {
            let outputs = match step.id.as_str() {
                "train" => Map::from_iter([("auc", auc(&step))]),
                _ => Map::new(),
            };
            trained += usize::from(step.id == "train");
            if let Some(text) = step.parameters.get("text").and_then(Value::as_str) {
                text.clone_into(&mut last);
            }
            unfolding.complete(&step.path, Status::Succeeded, &outputs)?;
        }
    }
    println!("{trained} trained; {last}");
    assert_eq!(trained, 18);
    assert!(
        last.starts_with("promote models/churn/lr=0.1/depth=6/seed=2 with an AUC of 0.84"),
        "{last}"
    );
    Ok(())
}
