//! Answers what expressions ask of `params`: what the unfolding knows itself, else the orchestrator.

use std::cell::RefCell;
use std::sync::Arc;

use super::view::View;
use crate::diagnostic::quote;
use crate::host::{HostError, HostFunctions};
use crate::params::{Orchestrator, prelude};
use crate::value::{Map, Value};

thread_local! {
    /// The step whose expressions this thread evaluates. A call is answered on the thread that makes it.
    static CURRENT: RefCell<Option<View>> = const { RefCell::new(None) };
}

/// Evaluates with a view of the unfolding for the calls to ask.
pub(super) fn with_view<T>(view: View, evaluate: impl FnOnce() -> T) -> T {
    struct Restore(Option<View>);

    impl Drop for Restore {
        fn drop(&mut self) {
            CURRENT.set(self.0.take());
        }
    }

    let _restore = Restore(CURRENT.replace(Some(view)));
    evaluate()
}

/// The host's own functions, and of the prelude what is not among them.
pub(super) fn functions(mut own: HostFunctions, orchestrator: Arc<dyn Orchestrator>) -> HostFunctions {
    let prelude = prelude(Arc::new(Desk { orchestrator }));
    for name in prelude.names() {
        if let (None, Some(function)) = (own.get(name), prelude.get(name)) {
            // The name is one, and new.
            let registered = own.register(function.clone());
            debug_assert!(registered.is_ok());
        }
    }
    own
}

struct Desk {
    orchestrator: Arc<dyn Orchestrator>,
}

impl Desk {
    fn view<T>(look: impl FnOnce(&View) -> T) -> Option<T> {
        CURRENT.with_borrow(|view| view.as_ref().map(look))
    }
}

fn of(values: Option<&Map>, step: &str, parameter: &str) -> Result<Value, HostError> {
    let found = values.and_then(|values| values.get(parameter)).cloned();
    found.ok_or_else(|| HostError::new(format!("{} has no parameter {}", quote(step), quote(parameter))))
}

impl Orchestrator for Desk {
    fn get_from_step(&self, step: &str, parameter: &str) -> Result<Value, HostError> {
        let found = Self::view(|view| view.step_parameter(step, parameter));
        found
            .unwrap_or(Ok(None))?
            .map_or_else(|| self.orchestrator.get_from_step(step, parameter), Ok)
    }

    fn get_from_own_step(&self, field: &str) -> Result<Value, HostError> {
        self.orchestrator.get_from_own_step(field)
    }

    fn get_from_foreach(&self, foreach_step: &str, step: &str, parameter: &str) -> Result<Value, HostError> {
        let found = Self::view(|view| view.foreach_parameter(foreach_step, step, parameter));
        let ask = || self.orchestrator.get_from_foreach(foreach_step, step, parameter);
        found.unwrap_or(Ok(None))?.map_or_else(ask, Ok)
    }

    fn get_from_subworkflow(&self, subworkflow_step: &str, step: &str, parameter: &str) -> Result<Value, HostError> {
        let found = Self::view(|view| view.subworkflow_parameter(subworkflow_step, step, parameter));
        let ask = || {
            self.orchestrator
                .get_from_subworkflow(subworkflow_step, step, parameter)
        };
        found.unwrap_or(Ok(None))?.map_or_else(ask, Ok)
    }

    fn get_from_signal(&self, signal: Option<&str>, parameter: &str) -> Result<Value, HostError> {
        self.orchestrator.get_from_signal(signal, parameter)
    }

    fn get_from_signal_or_default(&self, signal: &str, parameter: &str, default: &str) -> Result<Value, HostError> {
        self.orchestrator.get_from_signal_or_default(signal, parameter, default)
    }

    fn get_from_signal_dependency(&self, index: &str, parameter: &str) -> Result<Value, HostError> {
        self.orchestrator.get_from_signal_dependency(index, parameter)
    }

    fn get_from_instance(&self, field: &str) -> Result<Value, HostError> {
        self.orchestrator.get_from_instance(field)
    }

    fn next_unique_id(&self) -> Result<Value, HostError> {
        self.orchestrator.next_unique_id()
    }

    fn get_execution_environment(&self) -> Result<Value, HostError> {
        self.orchestrator.get_execution_environment()
    }
}

/// A parameter of a run, for the view.
pub(super) fn parameter(values: &Map, step: &str, parameter: &str) -> Result<Option<Value>, HostError> {
    of(Some(values), step, parameter).map(Some)
}
