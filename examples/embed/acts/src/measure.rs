//! What a decision costs inside acts: its own way, a fresh QuickJS for each condition, against the compiled expression.

use std::hint::black_box;
use std::time::Instant;

use acts::{ActPackage, ActPackageDefinition, Config, Context, Result, Vars};
use async_trait::async_trait;
use selvedge::{Input, Value};
use serde::Deserialize;
use serde_json::Value as Json;

use crate::decide::variable;
use crate::packages::{DEPLOYED, described, failed};

/// A model whose one step measures these conditions, where acts evaluates conditions: in a task.
pub const MODEL: &str = "
id: measure
ver: 1.0.0
vars:
  - {name: total, value: 3400}
  - {name: empty, value: 1}
  - {name: table, value: clicks}
  - {name: rows, value: [1000, 200, 200, 0, 1000]}
steps:
  - id: conditions
    uses: measure
    params:
      - total > 0
      - empty > 0 && total > 1000
      - table == 'clicks' && rows[3] == 0 && total / 5 > 100
";

/// How often each is timed; the median is taken.
const RUNS: usize = 41;

/// Measures inside a task.
#[derive(Clone)]
pub struct MeasurePackage;

#[async_trait]
impl ActPackage for MeasurePackage {
    fn new(_: &Config) -> Result<Self> {
        Ok(Self)
    }

    fn definition() -> ActPackageDefinition {
        described("measure", "times conditions")
    }

    async fn execute(&self, context: &Context, params: &Json) -> Result<Option<Vars>> {
        let decider = DEPLOYED.get().ok_or_else(|| failed("nothing was deployed"))?;
        println!("| condition | acts' `if:` | in selvedge | times faster | the expression alone | times faster |");
        println!("| --- | ---: | ---: | ---: | ---: | ---: |");
        for condition in Vec::<String>::deserialize(params)? {
            let program = decider.program(&condition).map_err(failed)?;
            let names = program.parameters().map(|(name, _)| name);
            let values: Vec<Value> = names
                .map(|name| variable(context, name))
                .collect::<std::result::Result<_, _>>()
                .map_err(failed)?;
            let slots: Vec<Input<'_>> = values.iter().map(Input::Value).collect();

            let (mut theirs, mut ours, mut alone) = (Vec::new(), Vec::new(), Vec::new());
            for _ in 0..RUNS {
                theirs.push(nanos(20, || context.eval::<bool>(&condition).unwrap_or_default()));
                ours.push(nanos(20_000, || decider.holds(context, &condition).unwrap_or_default()));
                alone.push(nanos(20_000, || program.evaluate_slots(&slots).is_ok()));
            }
            if !context.eval::<bool>(&condition)? || !decider.holds(context, &condition).map_err(failed)? {
                return Err(failed(format!("`{condition}` holds, and was said not to")));
            }
            let (theirs, ours, alone) = (median(theirs), median(ours), median(alone));
            println!(
                "| `{condition}` | {theirs:.0} ns | {ours:.0} ns | {:.0} | {alone:.0} ns | {:.0} |",
                theirs / ours,
                theirs / alone
            );
        }
        Ok(None)
    }
}

fn nanos(times: u32, mut decide: impl FnMut() -> bool) -> f64 {
    let start = Instant::now();
    for _ in 0..times {
        black_box(decide());
    }
    start.elapsed().as_secs_f64() * 1e9 / f64::from(times)
}

fn median(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples[samples.len() / 2]
}
