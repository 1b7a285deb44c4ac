//! What a set of parameters may read beside itself: values or types around it, finished steps, signals.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyDict;
use selvedge::params::{Scope, StepState};

use crate::convert::{to_map, to_value};
use crate::schema::{Schema, schema_like};

/// The arguments that say it, as Python gives them.
#[derive(Clone, Copy)]
pub(crate) struct Around<'a, 'py> {
    pub(crate) around: Option<&'a Bound<'py, PyAny>>,
    pub(crate) steps: Option<&'a Bound<'py, PyDict>>,
    pub(crate) signals: Option<&'a Bound<'py, PyDict>>,
}

impl Around<'_, '_> {
    pub(crate) fn scope(self) -> PyResult<Scope> {
        let mut scope = Scope::new();
        if let Some(around) = self.around {
            scope = match around.cast::<Schema>() {
                Ok(_) => scope.with_types(Arc::new(schema_like(around)?)),
                Err(_) => scope.with_values(to_map(around, "values around")?),
            };
        }
        for (id, state) in entries(self.steps)? {
            let state = match state.cast::<Schema>() {
                Ok(_) => StepState::Declared(Arc::new(schema_like(&state)?)),
                // What was skipped has no parameters.
                Err(_) if to_value(&state)?.is_null() => StepState::Skipped,
                Err(_) => StepState::Finished(Arc::new(to_map(&state, "the parameters of a step")?)),
            };
            scope = scope.with_step(&id, state);
        }
        for (name, signal) in entries(self.signals)? {
            scope = match signal.cast::<Schema>() {
                Ok(_) => scope.with_signal_types(&name, Arc::new(schema_like(&signal)?)),
                Err(_) => scope.with_signal(&name, to_map(&signal, "the parameters of a signal")?),
            };
        }
        Ok(scope)
    }
}

fn entries<'py>(dict: Option<&Bound<'py, PyDict>>) -> PyResult<Vec<(String, Bound<'py, PyAny>)>> {
    let items = dict.map(|dict| dict.items());
    items.iter().flatten().map(|entry| entry.extract()).collect()
}
