//! What a decision costs in dagrs: conditions written in Rust and compiled with the program, against the same as expressions.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use async_trait::async_trait;
use dagrs::node::conditional_node::Condition;
use dagrs::{EnvVar, InChannels, NodeTable, OutChannels};
use selvedge::{Engine, Map, Schema, Type, Value};

use crate::decision::{Decision, Shared, VARIABLES, Variables, locked};

/// How often each is timed; the median is taken.
const RUNS: usize = 41;

/// A condition as one writes it for dagrs: in Rust, over the same variables.
struct Written(fn(&Map) -> Option<bool>);

#[async_trait]
impl Condition for Written {
    async fn run(&self, inputs: &mut InChannels, _: &OutChannels, environment: Arc<EnvVar>) -> bool {
        inputs.map(|_| ()).await;
        let shared = environment.get_ref::<Shared>(VARIABLES);
        shared
            .and_then(|shared| self.0(&locked(shared).values))
            .unwrap_or_default()
    }
}

fn long(values: &Map, name: &str) -> Option<i64> {
    values.get(name).and_then(Value::as_long)
}

/// The same conditions, as expressions and in Rust.
const CONDITIONS: [(&str, Written); 3] = [
    ("total > 0", Written(|values| Some(long(values, "total")? > 0))),
    (
        "empty > 0 && total > 1000",
        Written(|values| Some(long(values, "empty")? > 0 && long(values, "total")? > 1000)),
    ),
    (
        "table == 'clicks' && rows[3] == 0 && total / 5 > 100",
        Written(|values| {
            let rows = match values.get("rows")? {
                Value::LongArray(rows) => rows,
                _ => return None,
            };
            let is_clicks = values.get("table")?.as_str()? == "clicks";
            Some(is_clicks && *rows.get(3)? == 0 && long(values, "total")? / 5 > 100)
        }),
    ),
];

/// Prints a table of both.
pub async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let schema = [
        ("total", Type::Long),
        ("empty", Type::Long),
        ("table", Type::String),
        ("rows", Type::LongArray),
    ]
    .into_iter()
    .fold(Schema::new(), |schema, (name, ty)| schema.with(name, ty));
    let mut values = Map::from_iter([("total", 3400), ("empty", 1)]);
    values.insert("table", "clicks");
    values.insert("rows", vec![1000_i64, 200, 200, 0, 1000]);
    let shared = Shared::default();
    *locked(&shared) = Variables { values, problem: None };
    let mut environment = EnvVar::new(NodeTable::new());
    environment.set(VARIABLES, shared);
    let environment = Arc::new(environment);

    println!("| condition | in Rust | in selvedge | times slower |");
    println!("| --- | ---: | ---: | ---: |");
    for (source, written) in CONDITIONS {
        let decision = Decision::new(&Engine::default(), &schema, source)?;
        let (mut theirs, mut ours) = (Vec::new(), Vec::new());
        for _ in 0..RUNS {
            theirs.push(nanos(&written, &environment).await?);
            ours.push(nanos(&decision, &environment).await?);
        }
        let (theirs, ours) = (median(theirs), median(ours));
        println!("| `{source}` | {theirs:.0} ns | {ours:.0} ns | {:.1} |", ours / theirs);
    }
    Ok(())
}

/// The time of one decision, asked for as dagrs asks.
async fn nanos(condition: &dyn Condition, environment: &Arc<EnvVar>) -> Result<f64, String> {
    const TIMES: u32 = 20_000;
    let (mut inputs, outputs) = (InChannels::default(), OutChannels::default());
    let start = Instant::now();
    for _ in 0..TIMES {
        let holds = condition.run(&mut inputs, &outputs, Arc::clone(environment)).await;
        if !black_box(holds) {
            return Err("a condition that holds was said not to".to_owned());
        }
    }
    Ok(start.elapsed().as_secs_f64() * 1e9 / f64::from(TIMES))
}

fn median(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples[samples.len() / 2]
}
