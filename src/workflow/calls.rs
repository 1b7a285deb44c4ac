//! Answers what expressions ask of `params`: what the unfolding knows itself, else the orchestrator.

use std::sync::{Arc, Mutex, PoisonError};

use super::view::View;
use crate::host::{HostCall, HostError, HostFunctions};
use crate::params::meter::{Lent, Meter};
use crate::params::plan::Plan;
use crate::params::prelude::prelude_of;
use crate::params::{Orchestrator, Report, Scope};
use crate::value::Value;

/// What calls are told: the step whose expressions make them, and what their answers are charged to.
struct Caller {
    view: View,
    lent: Mutex<Lent>,
}

/// Evaluates a plan with a view of the unfolding for the calls to ask. Where their answers used up the budgets, the meter is stopped.
pub(super) fn evaluate(plan: &Plan, scope: &Scope, view: View, meter: &mut Meter) -> Report {
    let lent = Mutex::new(meter.lend());
    let caller = Caller { view, lent };
    let report = plan.evaluate_in(scope, HostCall::with(Some(&caller)), meter);
    let lent = caller.lent.into_inner().unwrap_or_else(PoisonError::into_inner);
    // What stopped it the meter keeps.
    let _ = meter.take_back(&lent);
    report
}

/// The host's own functions, and of the prelude what is not among them.
pub(super) fn functions(own: HostFunctions, orchestrator: Arc<dyn Orchestrator>) -> HostFunctions {
    let prelude = prelude_of(move |call, question| match call.context::<Caller>() {
        Some(caller) => question(&Answers {
            caller,
            orchestrator: &*orchestrator,
        }),
        None => question(&*orchestrator),
    });
    own.with_missing(&prelude)
}

/// Answers the calls of a step.
struct Answers<'c> {
    caller: &'c Caller,
    orchestrator: &'c dyn Orchestrator,
}

impl Answers<'_> {
    fn view<T>(&self, look: impl FnOnce(&View, &mut Lent) -> Result<T, HostError>) -> Result<T, HostError> {
        let mut lent = self.caller.lent.lock().unwrap_or_else(PoisonError::into_inner);
        look(&self.caller.view, &mut lent)
    }
}

impl Orchestrator for Answers<'_> {
    fn get_from_step(&self, step: &str, parameter: &str) -> Result<Value, HostError> {
        let found = self.view(|view, lent| view.step_parameter(step, parameter, lent))?;
        found.map_or_else(|| self.orchestrator.get_from_step(step, parameter), Ok)
    }

    fn get_from_own_step(&self, field: &str) -> Result<Value, HostError> {
        let found = self.view(|view, lent| view.own_field(field, lent))?;
        found.map_or_else(|| self.orchestrator.get_from_own_step(field), Ok)
    }

    fn get_from_foreach(&self, foreach_step: &str, step: &str, parameter: &str) -> Result<Value, HostError> {
        let found = self.view(|view, lent| view.foreach_parameter(foreach_step, step, parameter, lent))?;
        let ask = || self.orchestrator.get_from_foreach(foreach_step, step, parameter);
        found.map_or_else(ask, Ok)
    }

    fn get_from_subworkflow(&self, subworkflow_step: &str, step: &str, parameter: &str) -> Result<Value, HostError> {
        let found = self.view(|view, lent| view.subworkflow_parameter(subworkflow_step, step, parameter, lent))?;
        let ask = || {
            self.orchestrator
                .get_from_subworkflow(subworkflow_step, step, parameter)
        };
        found.map_or_else(ask, Ok)
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
