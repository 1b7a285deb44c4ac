//! Write, audit, publish: a table that fails its audit goes into a subworkflow that sets it right, if it can.

use std::error::Error;

use selvedge::workflow::{Answers, Blueprint, Unfolding, Workflow};
use selvedge::{Engine, Map, Value};

pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let remediation = Workflow::from_yaml(include_str!("definitions/remediation.yaml"))?;
    let workflow = Workflow::from_yaml(include_str!("definitions/audit.yaml"))?;
    let blueprint = Blueprint::builder(workflow).subworkflow(remediation);
    let blueprint = blueprint.build(&Engine::default())?;

    // The outcome of three nights: all is well; a few rows without a key; too many of them.
    let nights = [
        (980, 0, "fast forward main to audit_orders_20260131"),
        (
            990,
            7,
            "fast forward main to audit_orders_20260131, after removing 7 rows",
        ),
        (990, 400, "orders of 20260131 cannot be set right"),
    ];
    for (rows, null_keys, end) in nights {
        let output = |name: &str, value: Value| Value::from(Map::from_iter([(name, value)]));
        let answers = Map::from_iter([
            ("write", output("rows", rows.into())),
            ("audit", output("null_keys", null_keys.into())),
            ("quarantine", output("fixed", true.into())),
        ]);
        let mut unfolding = Unfolding::start(&blueprint, &Map::new())?;
        unfolding.walk(&Answers::from_map(&answers)?, None)?;
        let text = unfolding.tree().to_string();
        println!("{rows} rows, {null_keys} without a key\n{text}");
        assert!(text.contains(&format!("\"{end}\"")), "{end}");
    }
    Ok(())
}
