//! One program on many threads: an engine and its programs are shared, each evaluation has all of its state to itself, and
//! one token stops them all.

use std::error::Error;
use std::thread;

use selvedge::diagnostic::Code;
use selvedge::{CancelToken, Engine, Inputs, Limits, Schema, Type};

/// Runs the example.
///
/// # Errors
///
/// Where something is not as this file says.
pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let engine = Engine::builder().limits(Limits::default().steps(u64::MAX)).build();
    let schema = Schema::new().with("n", Type::Long);
    let program = engine.compile(
        "int s = 0; for (int i = 1; i <= n; i += 1) { s += i; } return s;",
        &schema,
    )?;

    // Scoped threads borrow the program; others hold a clone, which is one pointer.
    let sums = thread::scope(|scope| {
        let workers: Vec<_> = (1..=8_i64)
            .map(|worker| {
                let program = &program;
                scope.spawn(move || program.evaluate(&Inputs::new().with("n", 1_000 * worker)))
            })
            .collect();
        let joined = workers
            .into_iter()
            .map(|worker| worker.join().map_err(|_| "a worker panicked"));
        joined.collect::<Result<Vec<_>, _>>()
    })?;
    for (worker, outcome) in (1_i64..).zip(sums) {
        let n = 1_000 * worker;
        assert_eq!(outcome?.value().as_long(), Some(n * (n + 1) / 2));
    }

    // The same source and schema again: from the engine's cache, on whatever thread.
    let engine_of_another = engine.clone();
    let again = thread::spawn(move || {
        engine_of_another
            .compile("n + 1", &schema)
            .map(|program| program.result_type())
    });
    assert_eq!(again.join().map_err(|_| "the thread panicked")??, Type::Long);

    // One token stops every evaluation that holds a clone of it, within a millisecond of work.
    let endless = engine.compile("while (true) { }", &Schema::new())?;
    let token = CancelToken::new();
    let codes = thread::scope(|scope| {
        let workers: Vec<_> = (0..4)
            .map(|_| {
                let evaluation = endless.evaluation().cancel(token.clone());
                scope.spawn(move || evaluation.evaluate(&Inputs::new()).map_err(|error| error.code()))
            })
            .collect();
        token.cancel();
        workers.into_iter().map(|worker| worker.join().ok()).collect::<Vec<_>>()
    });
    assert!(
        codes.iter().all(|code| matches!(code, Some(Err(Code::Cancelled)))),
        "{codes:?}"
    );
    println!("8 sums on 8 threads; 4 endless loops stopped by one token");
    Ok(())
}
