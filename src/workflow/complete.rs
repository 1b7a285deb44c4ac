//! The outcome of a step, told to an unfolding.

use std::sync::Arc;

use thiserror::Error;

use super::advance::{Ending, sizes};
use super::failure::{Failure, StepError};
use super::retry::Cause;
use super::state::{Run, RunId, lost_message, shared_bytes, values_bytes};
use super::status::Status;
use super::unfold::Unfolding;
use crate::diagnostic::{Code, quote};
use crate::host::Interrupt;
use crate::params::meter::{Meter, Stop};
use crate::params::problem::error;
use crate::params::{DefinitionError, Problem};
use crate::value::Map;

/// An event that was not applied. Nothing was changed, unless the variant says so.
///
/// ```
/// use selvedge::Map;
/// use selvedge::workflow::{Blueprint, Status, Unfolding, Workflow};
/// let text = r#"{"workflow": {"id": "w", "steps": [{"step": {"id": "load", "type": "sql"}}]}}"#;
/// let workflow = Workflow::from_json(text)?;
/// let blueprint = Blueprint::builder(workflow).build(&selvedge::Engine::default())?;
/// let mut unfolding = Unfolding::start(&blueprint, &Map::new())?;
/// let mut tell = |path| unfolding.complete(path, Status::Succeeded, &Map::new()).map_err(|error| error.to_string());
/// assert_eq!(tell("lode"), Err("`lode` is not a step of the unfolding".to_owned()));
/// assert_eq!(tell("load"), Ok(()));
/// assert_eq!(tell("load"), Err("the step `load` cannot take this event: it has ended".to_owned()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum CompleteError {
    /// There is no such step in the unfolding.
    #[error("{0} is not a step of the unfolding")]
    NoSuchStep(String),
    /// The step is not to run now: it waits, runs steps of its own, or has ended.
    #[error("the step {path} cannot take this event: {state}")]
    NotReady {
        /// Its path, quoted.
        path: String,
        /// What it is instead.
        state: &'static str,
    },
    /// The unfolding has begun, and does not begin again.
    #[error("the unfolding has begun")]
    HasBegun,
    /// Outputs that the step's parameters do not allow.
    #[error("the outputs of the step do not fit: {0}")]
    Outputs(DefinitionError),
    /// The call was stopped, by its budgets or from outside, before anything was changed.
    #[error("the event was not applied: {0}")]
    Stopped(Box<Problem>),
    /// The piece of this key is missing or not what was written: see [`Unfolding::lost_piece`].
    #[error("{}", lost_message(.0))]
    LostPiece(String),
    /// The event was applied; then the call was stopped, and [`Unfolding::settle`] is to decide what follows.
    #[error("the event was applied, what follows is to be settled: {0}")]
    Unsettled(Box<Problem>),
}

/// An event with its step resolved, by reference.
pub(super) enum Input<'t> {
    Started(RunId),
    Ended {
        at: RunId,
        status: Status,
        outputs: &'t Map,
        error: Option<&'t StepError>,
    },
    Cancelled,
    AttemptFailed {
        at: RunId,
        cause: Cause,
        error: Option<&'t StepError>,
    },
    Restarted(RunId),
    Skipped(RunId),
    StepCancelled(RunId),
}

impl Unfolding {
    /// Completes a step with a status and outputs, which replace its parameters.
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
        let found = self.settle_before(&mut meter);
        let found = found.and_then(|()| self.find_in(path, &mut meter));
        let completed = found.and_then(|at| {
            let input = Input::Ended {
                at,
                status,
                outputs,
                error: None,
            };
            self.take(&input, &mut meter)
        });
        self.usage = meter.used();
        self.unless_lost(completed)
    }

    /// The outcome of an event, unless a piece was asked for that is lost.
    pub(super) fn unless_lost<T>(&self, result: Result<T, CompleteError>) -> Result<T, CompleteError> {
        match self.state.lost() {
            Some(key) => Err(CompleteError::LostPiece(key)),
            None => result,
        }
    }

    /// That a step cannot be told so.
    pub(super) fn not_ready<T>(&self, at: RunId, state: &'static str) -> Result<T, CompleteError> {
        let path = quote(&self.path(at));
        Err(CompleteError::NotReady { path, state })
    }

    /// The values of a step that is to run now.
    pub(super) fn ready_values(&self, at: RunId) -> Result<Arc<Map>, CompleteError> {
        match self.run(at).map_err(stopped)? {
            Run::Ready { values, .. } => Ok(Arc::clone(values)),
            Run::Open { .. } => self.not_ready(at, "it ends when the steps inside it end"),
            Run::Ended { .. } => self.not_ready(at, "it has ended"),
            Run::Skipped | Run::Blocked => self.not_ready(at, "it was skipped"),
            Run::Waiting => self.not_ready(at, "it is waiting for its predecessors"),
        }
    }

    /// Ends a step that is to run now.
    pub(super) fn end_run(
        &mut self,
        at: RunId,
        (status, outputs, error): (Status, &Map, Option<&StepError>),
        meter: &mut Meter,
    ) -> Result<(), CompleteError> {
        let values = self.ready_values(at)?;
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
        let failure = match error.filter(|_| status.fails() || status == Status::CompletedWithError) {
            Some(error) => {
                let code = error.code.as_ref().map_or(0, String::len);
                meter.copy(((error.message.len() + code) as u64, 2)).map_err(stopped)?;
                let failure = Failure::given(&self.step(at).map_err(stopped)?.definition, error);
                Some(self.keep_failure(failure))
            }
            None => None,
        };
        let ending = Ending {
            status,
            values,
            failure: failure.clone(),
        };
        if let Err(error) = self.complete_run(at, ending, size, meter) {
            let kept = failure.filter(|failure| **failure != *self.blueprint.inner.full);
            let bytes = kept.map_or(0, |failure| shared_bytes(failure.held()));
            self.state_mut().release(bytes);
            return Err(error);
        }
        Ok(())
    }

    /// Ends a step that is ready, its outputs kept in the place of its values.
    fn complete_run(&mut self, at: RunId, ending: Ending, size: u64, meter: &mut Meter) -> Result<(), CompleteError> {
        let before = match self.run(at) {
            Ok(Run::Ready { values, .. }) if !Arc::ptr_eq(values, &ending.values) => values_bytes(values),
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
        state.add_size(size);
        Ok(())
    }
}

pub(super) fn stopped(stop: Stop) -> CompleteError {
    CompleteError::Stopped(Box::new(stop.problem()))
}
