//! What an unfolding keeps, within its limit of bytes, and the values that are put into it.

use std::sync::Arc;

use super::failure::Failure;
use super::judge;
use super::state::{Refused, Run, State, shared_bytes, values_bytes};
use super::unfold::Unfolding;
use crate::params::DefinitionError;
use crate::params::meter::Meter;
use crate::value::Map;

impl Unfolding {
    pub(super) fn state_mut(&mut self) -> &mut State {
        Arc::make_mut(&mut self.state)
    }

    pub(super) fn run_mut(&mut self, frame: usize, place: usize) -> Option<&mut Run> {
        self.state_mut().frames.get_mut(frame)?.runs.get_mut(place)
    }

    pub(super) fn set_run(&mut self, frame: usize, place: usize, run: Run) {
        if let Some(slot) = self.run_mut(frame, place) {
            *slot = run;
        }
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
        frame: usize,
        place: usize,
        values: &Map,
        outputs: &Map,
        meter: &mut Meter,
    ) -> Result<Map, DefinitionError> {
        let Some(step) = self.step(frame, place) else {
            return Ok(values.clone());
        };
        let mut changed = values.clone();
        let quote_values = self.blueprint.inner.engine.settings().quote_values;
        for (name, value) in judge::outputs(&step.definition, outputs, quote_values, meter)? {
            changed.insert(name, value);
        }
        Ok(changed)
    }

    /// Puts other values in the place of an open step's; the failure where there is no room for them.
    pub(super) fn replace_values(&mut self, frame: usize, place: usize, new: Map, size: u64) -> Option<Arc<Failure>> {
        let Some(Run::Open { values, .. }) = self.run(frame, place) else {
            return None;
        };
        let before = values_bytes(values);
        let inner = Arc::clone(&self.blueprint.inner);
        let (new, fits) = self.kept(new);
        if !fits {
            return Some(Arc::clone(&inner.full));
        }
        let state = self.state_mut();
        state.release(before);
        state.size += size;
        if let Some(Run::Open { values, .. }) = self.run_mut(frame, place) {
            *values = new;
        }
        None
    }

    /// Keeps why a transition was refused, without what decided it where there is no room for that.
    pub(super) fn keep_refused(&mut self, refused: &mut Refused) {
        let is_empty = matches!(refused, Refused::Condition(decided) if decided.is_empty());
        if is_empty || !self.keep(refused.held()) {
            *refused = Refused::Condition(Arc::clone(&self.blueprint.inner.undecided));
        }
    }
}
