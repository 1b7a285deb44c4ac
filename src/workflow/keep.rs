//! What an unfolding keeps, within its limit of bytes, and the values that are put into it.

use std::sync::Arc;

use super::judge;
use super::state::{Refused, Run, State, shared_bytes, values_bytes};
use super::unfold::Unfolding;
use crate::diagnostic::{Code, Message};
use crate::params::Problem;
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

    /// The text of a problem, kept; where there is no room, the text that says so.
    pub(super) fn problem(&mut self, text: impl Into<Arc<str>>) -> Arc<str> {
        let text = text.into();
        match self.keep(shared_bytes(text.len() as u64)) {
            true => text,
            false => Arc::clone(&self.blueprint.inner.full),
        }
    }

    pub(super) fn message(&mut self, message: &Message) -> Arc<str> {
        let quote_values = self.blueprint.inner.engine.settings().quote_values;
        self.problem(message.text(Code::LoopParameter, quote_values))
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
    ) -> Result<Map, Vec<Problem>> {
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

    /// Puts other values in the place of an open step's; what to say where there is no room for them.
    pub(super) fn replace_values(&mut self, frame: usize, place: usize, new: Map, size: u64) -> Option<Arc<str>> {
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
