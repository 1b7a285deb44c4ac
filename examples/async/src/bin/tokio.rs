//! Evaluations on tokio: many at once, one that runs for too long, and one whose caller goes away. Meanwhile the runtime's own
//! thread is never held up.

use std::error::Error;
use std::time::{Duration, Instant};

use selvedge::diagnostic::Code;
use selvedge::{Engine, Inputs, Limits, Schema, Type};
use selvedge_async::Evaluator;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let limits = Limits::default().steps(u64::MAX).timeout(Duration::from_millis(200));
    let engine = Engine::builder().limits(limits).build();
    let evaluator = Evaluator::new(4);

    // The runtime has one thread: were it held up, this would tick late.
    let ticks = tokio::spawn(async {
        let mut longest = Duration::ZERO;
        for _ in 0..50 {
            let start = Instant::now();
            tokio::time::sleep(Duration::from_millis(2)).await;
            longest = longest.max(start.elapsed());
        }
        longest
    });

    // Many at once, four of them at a time.
    let partitions = engine.compile(
        "'dt=' + day + '/part=' + (day % 7)",
        &Schema::new().with("day", Type::Long),
    )?;
    let mut waiting = Vec::new();
    for day in 20_260_101..20_260_131 {
        let (evaluator, partitions) = (evaluator.clone(), partitions.clone());
        let inputs = Inputs::new().with("day", day);
        waiting.push(tokio::spawn(
            async move { evaluator.evaluate(&partitions, inputs).await },
        ));
    }
    for (index, evaluated) in waiting.into_iter().enumerate() {
        let outcome = evaluated.await???;
        let expected = format!("dt={}/part={}", 20_260_101 + index, (20_260_101 + index) % 7);
        assert_eq!(outcome.value().as_str(), Some(expected.as_str()));
    }

    // Too long: the engine's timeout stops it.
    let endless = engine.compile("while (true) { }", &Schema::new())?;
    let stopped = evaluator.evaluate(&endless, Inputs::new()).await?;
    assert_eq!(stopped.map_err(|error| error.code()), Err(Code::Deadline));

    // The caller goes away: the future is dropped, and the thread is free again long before the engine's timeout.
    let patient = Engine::builder().limits(Limits::default().steps(u64::MAX)).build();
    let endless = patient.compile("while (true) { }", &Schema::new())?;
    let gone = tokio::time::timeout(Duration::from_millis(20), evaluator.evaluate(&endless, Inputs::new())).await;
    assert!(gone.is_err());
    while evaluator.free() < 4 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }

    // In slices, on the runtime's own thread: the other task has its turns while this one counts.
    let counting = engine.compile(
        "n = 0; for (int i = 0; i < 90000; i += 1) { n += i % 7; } return n;",
        &Schema::new(),
    )?;
    let turns = tokio::spawn(async {
        let mut turns = 0_u32;
        while turns < 20 {
            tokio::task::yield_now().await;
            turns += 1;
        }
        turns
    });
    let inputs = Inputs::new();
    let outcome = counting.evaluation().evaluate_in_slices(&inputs, 5_000).await?;
    assert_eq!(outcome.usage(), counting.evaluate(&inputs)?.usage());
    assert!(turns.is_finished(), "the other task waited for the whole evaluation");

    println!(
        "30 values; one stopped by its timeout, one by its caller; the longest of 50 ticks took {:?}",
        ticks.await?
    );
    Ok(())
}
