//! What stops a call: timeouts, tokens, and signals such as Ctrl-C.

use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use selvedge::{EvalError, Evaluation, Inputs, Interrupt, Outcome};

/// Steps between two looks at signals: some 50 milliseconds.
const SIGNAL_STEPS: u64 = 2_000_000;

/// Stops evaluations and other calls from another thread.
///
/// >>> import selvedge
/// >>> token = selvedge.CancelToken()
/// >>> token.cancel()
/// >>> token.is_cancelled
/// True
#[pyclass(frozen, module = "selvedge")]
pub(crate) struct CancelToken(pub(crate) selvedge::CancelToken);

#[pymethods]
impl CancelToken {
    #[new]
    fn new() -> Self {
        Self(selvedge::CancelToken::new())
    }

    /// Stops every call that was given the token. It cannot be taken back.
    fn cancel(&self) {
        self.0.cancel();
    }

    /// Whether it was cancelled.
    #[getter]
    fn is_cancelled(&self) -> bool {
        self.0.is_cancelled()
    }
}

/// A time in seconds.
pub(crate) fn duration(seconds: f64) -> PyResult<Duration> {
    Duration::try_from_secs_f64(seconds)
        .map_err(|_| PyValueError::new_err(format!("a timeout is a number of seconds from 0, not {seconds}")))
}

/// What stops a call.
pub(crate) fn interrupt(timeout: Option<f64>, cancel: Option<&Bound<'_, CancelToken>>) -> PyResult<Interrupt> {
    let mut interrupt = Interrupt::new();
    if let Some(seconds) = timeout {
        interrupt = interrupt.timeout(duration(seconds)?);
    }
    if let Some(token) = cancel {
        interrupt = interrupt.cancel(token.get().0.clone());
    }
    Ok(interrupt)
}

/// Evaluates, detached from the interpreter. What may take long is done in slices, with a look at signals between them.
pub(crate) fn evaluate(
    py: Python<'_>,
    evaluation: &Evaluation<'_>,
    inputs: &Inputs,
    steps: u64,
) -> PyResult<Result<Outcome, EvalError>> {
    if steps <= SIGNAL_STEPS {
        return Ok(py.detach(|| evaluation.evaluate(inputs)));
    }
    py.detach(|| {
        let mut future = pin!(evaluation.evaluate_in_slices(inputs, SIGNAL_STEPS));
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(result) = future.as_mut().poll(&mut context) {
                return Ok(result);
            }
            Python::attach(|py| py.check_signals())?;
        }
    })
}
