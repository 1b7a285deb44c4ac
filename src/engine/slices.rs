//! Evaluations that give way to others on their thread: a slice of steps at a time.

use std::future::poll_fn;
use std::task::Poll;

use super::spans::Evaluating;
use super::{EvalError, Evaluation, Outcome};
use crate::inputs::Inputs;
use crate::machine::input::NamedInputs;
use crate::machine::slices::Sliced;

impl Evaluation<'_> {
    /// As [`Evaluation::evaluate`], in slices of about `slice_steps` steps, between which the future yields to its runtime. It works with
    /// any runtime: it wakes itself each time.
    ///
    /// What it gives, and what it uses, is the same however long the slices are. A slice runs on until it can pause, at a jump, a
    /// call or a loop's next iteration; one call of a library function or of the host is never divided. Some 10,000 steps take
    /// well under a millisecond. The time between slices counts against a timeout. Where the future is dropped, the evaluation
    /// has ended.
    ///
    /// # Errors
    ///
    /// As [`Evaluation::evaluate`].
    ///
    /// ```
    /// use std::pin::pin;
    /// use std::task::{Context, Poll, Waker};
    /// use selvedge::{Engine, Inputs, Schema, Type, Value};
    ///
    /// let source = "sum = 0; for (int i = 0; i < n; i += 1) { sum += i; } return sum;";
    /// let program = Engine::default().compile(source, &Schema::new().with("n", Type::Long))?;
    /// let (evaluation, inputs) = (program.evaluation(), Inputs::new().with("n", 1000));
    /// let mut future = pin!(evaluation.evaluate_in_slices(&inputs, 500));
    ///
    /// // What a runtime does.
    /// let mut slices = 1;
    /// let outcome = loop {
    ///     match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
    ///         Poll::Ready(outcome) => break outcome?,
    ///         Poll::Pending => slices += 1,
    ///     }
    /// };
    /// assert_eq!(outcome.value(), &Value::Long(499_500));
    /// assert_eq!(outcome.usage(), program.evaluate(&inputs)?.usage());
    /// assert!(slices > 5);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub async fn evaluate_in_slices(&self, inputs: &Inputs, slice_steps: u64) -> Result<Outcome, EvalError> {
        let span = Evaluating::new(self.program());
        let mut meter = self.meter();
        let (given, converted) = match span.within(|| self.convert(inputs, &mut meter)) {
            Ok(converted) => converted,
            Err(error) => return span.end(Err(error)),
        };
        let bound = converted.over(given);
        let code = &self.program().inner().code;
        let mut context = self.begin(&bound, NamedInputs::Map(inputs.as_map()), meter);
        let mut sliced = Sliced::new();
        let result = loop {
            match span.within(|| sliced.slice(code, &mut context, slice_steps)) {
                Some(result) => break result,
                None => give_way().await,
            }
        };
        let evaluated = span.within(|| self.finish(&mut context, result));
        span.end(evaluated)
    }
}

#[cfg(feature = "oracle")]
impl Evaluation<'_> {
    /// As [`Evaluation::evaluate`], in slices each of which goes on from a copy of the state that the one before left: registers,
    /// heap, meters and a place are all of it.
    pub(crate) fn evaluate_from_copies(&self, inputs: &Inputs, slice_steps: u64) -> Result<Outcome, EvalError> {
        let mut meter = self.meter();
        let (given, converted) = self.convert(inputs, &mut meter)?;
        let bound = converted.over(given);
        let code = &self.program().inner().code;
        let mut context = self.begin(&bound, NamedInputs::Map(inputs.as_map()), meter);
        let mut sliced = Sliced::new();
        loop {
            if let Some(result) = sliced.slice(code, &mut context, slice_steps) {
                return self.finish(&mut context, result);
            }
            (context, sliced) = (context.copy(), sliced.clone());
        }
    }
}

/// Comes back when all that is ready to run has had its turn.
async fn give_way() {
    let mut has_given_way = false;
    poll_fn(|context| match has_given_way {
        true => Poll::Ready(()),
        false => {
            has_given_way = true;
            context.waker().wake_by_ref();
            Poll::Pending
        }
    })
    .await;
}
