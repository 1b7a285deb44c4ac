//! What runs steps: here by a table of what would come of each. The five definitions are those of the examples beside it.

use std::error::Error;

use selvedge::workflow::{Blueprint, Cause, Event, Ready, Status, StepError, Workflow};
use selvedge::{Engine, Map, Value};

/// A definition, what it begins with, and what its end must say.
pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    workflow: &'static str,
    subworkflow: Option<&'static str>,
    parameters: fn() -> Map,
    outputs: fn(&Ready) -> Map,
    /// A text that is in the tree at the end.
    pub(crate) end: &'static str,
}

macro_rules! definition {
    ($name:literal) => {
        include_str!(concat!("../../../definitions/", $name, ".yaml"))
    };
}

pub(crate) const SCENARIOS: [Scenario; 5] = [
    Scenario {
        name: "audit",
        workflow: definition!("audit"),
        subworkflow: Some(definition!("remediation")),
        parameters: Map::new,
        outputs: |step| match &*step.id {
            "write" => Map::from_iter([("rows", 990)]),
            "audit" => Map::from_iter([("null_keys", 7)]),
            "quarantine" => Map::from_iter([("fixed", true)]),
            _ => Map::new(),
        },
        end: "fast forward main to audit_orders_20260131, after removing 7 rows",
    },
    Scenario {
        name: "backfill",
        workflow: definition!("backfill"),
        subworkflow: None,
        parameters: || Map::from_iter([("start", 20_260_130), ("end", 20_260_205)]),
        outputs: |step| match &*step.id {
            "load" => Map::from_iter([(
                "rows",
                i64::from(!text(step, "path").ends_with("clicks/month=2026-02/day=20260201")) * 1_000,
            )]),
            _ => Map::new(),
        },
        end: "total=11000",
    },
    Scenario {
        name: "remediation",
        workflow: definition!("remediation"),
        subworkflow: None,
        parameters: || Map::from_iter([("branch", Value::from("audit_orders")), ("null_keys", 3.into())]),
        outputs: |step| match &*step.id {
            "quarantine" => Map::from_iter([("fixed", true)]),
            _ => Map::new(),
        },
        end: "verdict (noop) succeeded  fixed=true",
    },
    Scenario {
        name: "sweep",
        workflow: definition!("sweep"),
        subworkflow: None,
        parameters: Map::new,
        outputs: |step| match &*step.id {
            "train" => Map::from_iter([("auc", auc(&text(step, "model")))]),
            _ => Map::new(),
        },
        end: "promote models/churn/lr=0.1/depth=6/seed=2",
    },
    Scenario {
        name: "tables",
        workflow: definition!("tables"),
        subworkflow: None,
        parameters: || Map::from_iter([("tables", Value::from(vec!["users", "orders", "refunds"]))]),
        outputs: |step| match &*step.id {
            "extract" => Map::from_iter([(
                "rows",
                if text(step, "target").contains("refunds") {
                    0
                } else {
                    520
                },
            )]),
            _ => Map::new(),
        },
        end: "empty=[\"refunds\"]",
    },
];

fn text(step: &Ready, name: &str) -> String {
    step.parameters
        .get(name)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

fn auc(model: &str) -> f64 {
    let best = [("lr=0.1/", 0.05), ("depth=6", 0.04), ("seed=2", 0.001)];
    best.iter()
        .filter(|(part, _)| model.contains(part))
        .map(|(_, more)| more)
        .sum::<f64>()
        + 0.75
}

impl Scenario {
    pub(crate) fn find(name: &str) -> Option<&'static Self> {
        SCENARIOS.iter().find(|scenario| scenario.name == name)
    }

    pub(crate) fn blueprint(&self) -> Result<Blueprint, Box<dyn Error>> {
        let mut builder = Blueprint::builder(Workflow::from_yaml(self.workflow)?);
        if let Some(text) = self.subworkflow {
            builder = builder.subworkflow(Workflow::from_yaml(text)?);
        }
        Ok(builder.build(&Engine::default())?)
    }

    pub(crate) fn begun(&self, blueprint: &Blueprint) -> Event {
        blueprint.begun((self.parameters)())
    }

    /// The result of a step: the machines of every third fail once, and it is tried again.
    pub(crate) fn run(&self, step: &Ready) -> Event {
        if step.attempt == 0 && step.path.len() % 3 == 0 {
            let error = StepError::new("the machine is gone").with_code("LOST");
            return Event::attempt_failed(&*step.path, Cause::Platform, error);
        }
        Event::ended(&*step.path, Status::Succeeded, (self.outputs)(step))
    }
}
