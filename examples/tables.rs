//! One definition of an extract, a merge and a clean-up, run over many tables that the caller names.

use std::error::Error;

use selvedge::workflow::{Answers, Blueprint, Progress, Status, Unfolding, Workflow};
use selvedge::{Engine, Map, Value};

pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let workflow = Workflow::from_yaml(include_str!("definitions/tables.yaml"))?;
    let blueprint = Blueprint::builder(workflow).build(&Engine::default())?;
    let tables = Value::from(vec!["users", "orders", "refunds"]);
    let start = Map::from_iter([("day", Value::from(20_260_202)), ("tables", tables)]);
    let mut unfolding = Unfolding::start(&blueprint, &start)?;

    // What the databases would answer, by the path of each run. There were no refunds.
    let rows = [("each_table[0]/extract", 520), ("each_table[1]/extract", 1_204)];
    let answers = rows.map(|(path, rows)| (path, Value::from(Map::from_iter([("rows", rows)]))));
    let answers = Answers::from_map(&Map::from_iter(answers))?;
    unfolding.walk(&answers, None)?;

    let text = unfolding.tree().to_string();
    print!("{text}");
    assert_eq!(unfolding.progress(), Progress::Ended(Status::Succeeded));
    assert!(text.contains("merge into warehouse.orders using 's3://staging/orders/20260202' on (order_id)"));
    assert!(text.contains("vacuum (sql) succeeded  empty=[\"refunds\"]"));
    Ok(())
}
