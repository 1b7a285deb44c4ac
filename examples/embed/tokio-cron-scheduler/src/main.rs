//! selvedge in tokio-cron-scheduler: the scheduler says when a run starts; the definition's expressions say for which day, which
//! partitions, and whether anything is to be told to anybody.

use std::error::Error;

use selvedge::workflow::{Answers, Blueprint, Unfolding, Workflow};
use selvedge::{Engine, FixedHost, Map, Value};
use tokio::sync::mpsc;
use tokio_cron_scheduler::{Job, JobScheduler};

const DEFINITION: &str = "
workflow:
  id: nightly
  '!day<long>': Long.parseLong(new DateTime(System.currentTimeMillis()).withZone(DateTimeZone.forID('UTC')).minusDays(1).toString('yyyyMMdd'))
  jobs:
    - job:
        id: count
        type: sql
        rows: 0
        statement: select count(*) from events where day = $day
        transition:
          - IF rows == 0 THEN wake_someone
    - job:
        id: wake_someone
        type: notify
        text: no events on $day
";

fn joined(problems: Vec<selvedge::params::Problem>) -> Box<dyn Error> {
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    lines.join("\n").into()
}

/// One run: what it did, as text.
fn nightly(blueprint: &Blueprint, rows: i64) -> Result<String, String> {
    let text = |problems| joined(problems).to_string();
    let mut unfolding = Unfolding::start(blueprint, &Map::new()).map_err(text)?;
    let counted = Map::from_iter([("count", Value::from(Map::from_iter([("rows", rows)])))]);
    let walked = unfolding.walk(&Answers::from_map(&counted)?, None);
    walked.map_err(|(path, error)| format!("{path}: {error}"))?;
    Ok(unfolding.tree().to_text())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    // The clock of a run is the time it was scheduled for, so that a late or repeated run is for the same day.
    let scheduled = FixedHost {
        now_millis: 1_769_990_400_000,
        seed: 0,
    };
    let engine = Engine::builder().host(scheduled).build();
    let workflow = Workflow::from_yaml(DEFINITION).map_err(joined)?;
    let blueprint = Blueprint::builder(workflow).build(&engine).map_err(joined)?;

    let (sender, mut results) = mpsc::unbounded_channel();
    let mut scheduler = JobScheduler::new().await?;
    let job = Job::new("1/1 * * * * *", move |_, _| {
        // Nobody may listen any more, when the second run begins.
        let _ = sender.send(nightly(&blueprint, 0));
    })?;
    scheduler.add(job).await?;
    scheduler.start().await?;
    let ran = results.recv().await.ok_or("nothing ran")??;
    scheduler.shutdown().await?;
    print!("{ran}");
    assert!(ran.contains("no events on 20260201"), "{ran}");
    Ok(())
}
