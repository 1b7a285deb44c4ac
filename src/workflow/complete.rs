//! What came of a step, told to an unfolding.

use std::sync::Arc;

use thiserror::Error;

use super::advance::{Ending, sizes};
use super::state::{Run, RunId, Status, values_bytes};
use super::unfold::Unfolding;
use crate::diagnostic::{Code, quote};
use crate::host::Interrupt;
use crate::params::meter::{Meter, Stop};
use crate::params::problem::error;
use crate::params::{DefinitionError, Problem};
use crate::value::Map;

/// Why a step was not completed; nothing was changed, but where it says so.
///
/// ```
/// use selvedge::Map;
/// use selvedge::workflow::{Blueprint, Status, Unfolding, Workflow};
/// let text = r#"{"workflow": {"id": "w", "steps": [{"step": {"id": "load", "type": "sql"}}]}}"#;
/// let workflow = Workflow::from_json(text)?;
/// let blueprint = Blueprint::builder(workflow).build(&selvedge::Engine::default())?;
/// let mut unfolding = Unfolding::start(&blueprint, &Map::new())?;
/// let mut tell = |path| unfolding.complete(path, Status::Succeeded, &Map::new()).map_err(|error| error.to_string());
/// assert_eq!(tell("lode"), Err("`lode` is no step of the unfolding".to_owned()));
/// assert_eq!(tell("load"), Ok(()));
/// assert_eq!(tell("load"), Err("the step `load` cannot be completed: it has ended".to_owned()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum CompleteError {
    /// There is no such step in the unfolding.
    #[error("{0} is no step of the unfolding")]
    NoSuchStep(String),
    /// The step is not to run now: it waits, runs steps of its own, or has ended.
    #[error("the step {path} cannot be completed: {state}")]
    NotReady {
        /// Its path, quoted.
        path: String,
        /// What it is instead.
        state: &'static str,
    },
    /// Outputs that the step's parameters do not allow.
    #[error("the outputs of the step do not fit: {0}")]
    Outputs(DefinitionError),
    /// The call was stopped, by its budgets or from outside, before anything was changed.
    #[error("the step was not completed: {0}")]
    Stopped(Box<Problem>),
    /// The step was completed; then the call was stopped, and [`Unfolding::settle`] is to decide what follows.
    #[error("the step was completed, what follows is to be settled: {0}")]
    Unsettled(Box<Problem>),
}

impl Unfolding {
    /// Tells what came of a step: how it ended, and its outputs, which take the place of its parameters.
    ///
    /// # Errors
    ///
    /// Where it is not a step that is to run now, or the outputs are not allowed; then nothing is changed.
    ///
    /// ```
    /// use selvedge::Map;
    /// use selvedge::workflow::{Blueprint, Progress, Status, Unfolding, Workflow};
    /// let text = r#"{"workflow": {"id": "w", "steps": [{"step": {"id": "load", "type": "sql"}}]}}"#;
    /// let workflow = Workflow::from_json(text)?;
    /// let blueprint = Blueprint::builder(workflow).build(&selvedge::Engine::default())?;
    /// let mut unfolding = Unfolding::start(&blueprint, &Map::new())?;
    /// unfolding.complete("load", Status::Failed, &Map::new())?;
    /// assert_eq!(unfolding.progress(), Progress::Ended(Status::Failed));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn complete(&mut self, path: &str, status: Status, outputs: &Map) -> Result<(), CompleteError> {
        self.complete_with(path, status, outputs, &Interrupt::new())
    }

    /// As [`complete`](Self::complete), until it is interrupted.
    ///
    /// # Errors
    ///
    /// As [`complete`](Self::complete). [`CompleteError::Stopped`] where it was stopped before anything was changed;
    /// [`CompleteError::Unsettled`] where the step was completed, and [`settle`](Self::settle) is to decide what follows.
    ///
    /// ```
    /// use selvedge::workflow::{Blueprint, CompleteError, Status, Unfolding, Workflow};
    /// use selvedge::{CancelToken, Engine, Interrupt, Map};
    /// let text = r#"{"workflow": {"id": "w", "steps": [{"step": {"id": "load", "type": "sql"}}]}}"#;
    /// let workflow = Workflow::from_json(text)?;
    /// let blueprint = Blueprint::builder(workflow).build(&Engine::default())?;
    /// let mut unfolding = Unfolding::start(&blueprint, &Map::new())?;
    /// let token = CancelToken::new();
    /// token.cancel();
    /// let interrupt = Interrupt::new().cancel(token);
    /// let stopped = unfolding.complete_with("load", Status::Succeeded, &Map::new(), &interrupt);
    /// assert!(matches!(stopped, Err(CompleteError::Stopped(_))));
    /// unfolding.complete("load", Status::Succeeded, &Map::new())?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn complete_with(
        &mut self,
        path: &str,
        status: Status,
        outputs: &Map,
        interrupt: &Interrupt,
    ) -> Result<(), CompleteError> {
        let mut meter = self.blueprint.limits().meter(interrupt);
        let completed = match meter.steps(path.len() as u64) {
            Ok(()) => match self.find(path) {
                Some(at) => self.complete_in(at, status, outputs, &mut meter),
                None => Err(CompleteError::NoSuchStep(quote(path))),
            },
            Err(stop) => Err(stopped(stop)),
        };
        self.usage = meter.used();
        completed
    }

    /// Completes a step, as a part of a call.
    pub(super) fn complete_in(
        &mut self,
        at: RunId,
        status: Status,
        outputs: &Map,
        meter: &mut Meter,
    ) -> Result<(), CompleteError> {
        let not_ready = |state| {
            let path = quote(&self.path(at));
            Err(CompleteError::NotReady { path, state })
        };
        let values = match self.run(at).map_err(stopped)? {
            Run::Ready { values } => Arc::clone(values),
            Run::Open { .. } => return not_ready("it ends with the steps inside of it"),
            Run::Ended { .. } => return not_ready("it has ended"),
            Run::Skipped => return not_ready("it was skipped"),
            Run::Waiting => return not_ready("it waits for the steps before it"),
        };
        let (values, size) = match outputs.is_empty() {
            true => (values, 0),
            false => {
                let (bytes, parts) = outputs.held();
                let copies = (6 * bytes + values.held().0, 10 * parts + values.held().1);
                meter.copy(copies).map_err(stopped)?;
                let values = self.with_outputs(at, &values, outputs, meter);
                meter.check().map_err(stopped)?;
                let mut values = values.map_err(CompleteError::Outputs)?;
                values.compact();
                let size = sizes(&values, meter).map_err(stopped)?;
                (Arc::new(values), size)
            }
        };
        let ending = Ending {
            status,
            values,
            failure: None,
        };
        self.complete_run(at, ending, size, meter)?;
        let settled = self.run_pending(meter);
        settled.map_err(|stop| CompleteError::Unsettled(Box::new(stop.problem())))
    }

    /// Ends a step that is ready, its outputs kept in the place of its values.
    fn complete_run(&mut self, at: RunId, ending: Ending, size: u64, meter: &mut Meter) -> Result<(), CompleteError> {
        let before = match self.run(at) {
            Ok(Run::Ready { values }) if !Arc::ptr_eq(values, &ending.values) => values_bytes(values),
            _ => return self.end(at, ending, meter).map_err(stopped),
        };
        let after = values_bytes(&ending.values);
        let limits = *self.blueprint.limits();
        let too_large = self.state.size.saturating_add(size) > limits.size;
        if too_large || !self.keep(after) {
            let message = match too_large {
                true => format!("all parameters together take more than {} characters", limits.size),
                false => self.blueprint.inner.full.message().to_owned(),
            };
            return Err(CompleteError::Outputs(
                error("", None, Code::WorkflowSize, message).into(),
            ));
        }
        if let Err(stop) = self.end(at, ending, meter) {
            self.state_mut().release(after);
            return Err(stopped(stop));
        }
        let state = self.state_mut();
        state.release(before);
        state.size += size;
        Ok(())
    }
}

pub(super) fn stopped(stop: Stop) -> CompleteError {
    CompleteError::Stopped(Box::new(stop.problem()))
}
