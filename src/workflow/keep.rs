//! What an unfolding keeps, within its limit of bytes, and the values that are put into it.

use std::sync::Arc;

use super::compiled::MISSING;
use super::failure::Failure;
use super::outputs;
use super::state::{Frame, FrameId, Refused, Run, RunId, State, shared_bytes, values_bytes};
use super::unfold::Unfolding;
use crate::params::DefinitionError;
use crate::params::meter::{Meter, Stop};
use crate::value::Map;

impl Unfolding {
    pub(super) fn state_mut(&mut self) -> &mut State {
        Arc::make_mut(&mut self.state)
    }

    pub(super) fn frame_mut(&mut self, id: FrameId) -> Result<&mut Frame, Stop> {
        self.state_mut().frames.get_mut(id).ok_or(MISSING)
    }

    pub(super) fn run_mut(&mut self, at: RunId) -> Result<&mut Run, Stop> {
        let run = self.frame_mut(at.frame)?.runs.get_mut(at.step.get());
        run.ok_or(MISSING)
    }

    pub(super) fn set_run(&mut self, at: RunId, run: Run) -> Result<(), Stop> {
        *self.run_mut(at)? = run;
        Ok(())
    }

    // What is kept.

    /// Keeps bytes, where the limit allows it.
    pub(super) fn keep(&mut self, bytes: u64) -> bool {
        let limit = self.blueprint.limits().kept;
        self.state_mut().keep(bytes, limit)
    }

    /// A failure, kept; where there is no room, the one that says so.
    pub(super) fn keep_failure(&mut self, failure: Failure) -> Arc<Failure> {
        match self.keep(shared_bytes(failure.held())) {
            true => Arc::new(failure),
            false => Arc::clone(&self.blueprint.inner.full),
        }
    }

    /// Values to be kept; without room for them none, and false.
    pub(super) fn kept(&mut self, mut values: Map) -> (Arc<Map>, bool) {
        values.compact();
        let fits = self.keep(values_bytes(&values));
        match fits && !values.is_empty() {
            true => (Arc::new(values), true),
            false => (Arc::clone(&self.blueprint.inner.empty), fits),
        }
    }

    // Parameters.

    /// A step's parameters with its outputs in their places.
    pub(super) fn with_outputs(
        &self,
        at: RunId,
        values: &Map,
        given: &Map,
        meter: &mut Meter,
    ) -> Result<Map, DefinitionError> {
        let quote_values = self.blueprint.inner.engine.settings().quote_values;
        outputs::lay(&self.step(at)?.definition, values, given, quote_values, meter)
    }

    /// Puts other values in the place of an open step's; the failure where there is no room for them.
    pub(super) fn replace_values(&mut self, at: RunId, new: Map, size: u64) -> Result<Option<Arc<Failure>>, Stop> {
        let Run::Open { values, .. } = self.run(at)? else {
            return Ok(None);
        };
        let before = values_bytes(values);
        let (new, fits) = self.kept(new);
        if !fits {
            return Ok(Some(Arc::clone(&self.blueprint.inner.full)));
        }
        let state = self.state_mut();
        state.release(before);
        state.add_size(size);
        if let Run::Open { values, .. } = self.run_mut(at)? {
            *values = new;
        }
        Ok(None)
    }

    /// Keeps why a transition was refused, without what decided it where there is no room for that.
    pub(super) fn keep_refused(&mut self, refused: &mut Refused) {
        let Refused::Condition(decided) = &*refused else {
            return;
        };
        if decided.is_empty() || !self.keep(refused.held()) {
            *refused = Refused::Condition(Arc::clone(&self.blueprint.inner.undecided));
        }
    }
}
