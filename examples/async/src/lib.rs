//! An evaluation as a future.
//!
//! An evaluation computes and never waits, so it has nothing to yield for: it runs on a thread for blocking work, of which a
//! semaphore gives out as many as the host wants to spend, and a future that is dropped stops it within a millisecond of work.
//! What its budget bounds to well below a millisecond can as well be evaluated where it is.

use std::sync::Arc;

use selvedge::{CancelToken, EvalError, Inputs, Outcome, Program};
use tokio::sync::Semaphore;
use tokio::task::JoinError;

/// Evaluates programs beside a runtime, so many at a time.
#[derive(Clone, Debug)]
pub struct Evaluator {
    places: Arc<Semaphore>,
}

/// Cancels the evaluation when the future that waits for it is dropped.
struct CancelOnDrop(CancelToken);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

impl Evaluator {
    /// At most so many evaluations at a time; the others wait without a thread.
    pub fn new(at_a_time: usize) -> Self {
        Self {
            places: Arc::new(Semaphore::new(at_a_time)),
        }
    }

    /// How many evaluations could start now.
    pub fn free(&self) -> usize {
        self.places.available_permits()
    }

    /// Evaluates within the engine's limits and timeout. Dropping the future stops the evaluation.
    ///
    /// # Errors
    ///
    /// Where the runtime shuts down.
    pub async fn evaluate(&self, program: &Program, inputs: Inputs) -> Result<Result<Outcome, EvalError>, JoinError> {
        // The semaphore is never closed; without a place the evaluation would merely not be counted.
        let place = Arc::clone(&self.places).acquire_owned().await.ok();
        let token = CancelToken::new();
        let guard = CancelOnDrop(token.clone());
        let program = program.clone();
        let evaluated = tokio::task::spawn_blocking(move || {
            let _place = place;
            program.evaluation().cancel(token).evaluate(&inputs)
        });
        let result = evaluated.await;
        drop(guard);
        result
    }
}
