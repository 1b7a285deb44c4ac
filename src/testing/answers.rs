//! What the functions of `params` answer in a test: signals, and the answers that it gives by function and arguments.

use crate::diagnostic::quote;
use crate::host::HostError;
use crate::params::Orchestrator;
use crate::value::{Map, Value};

/// What a test gives.
#[derive(Clone, Debug)]
pub(super) struct TestAnswers {
    /// The parameters of signals, by their names, in order.
    pub(super) signals: Map,
    /// Answers by the name of a function, then by each of its arguments.
    pub(super) answers: Map,
}

impl TestAnswers {
    fn answer(&self, function: &str, arguments: &[&str]) -> Result<Value, HostError> {
        let named = self.answers.get(function);
        let whole = named.or_else(|| self.answers.get(&format!("params.{function}")));
        let found = whole.and_then(|whole| {
            let mut arguments = arguments.iter();
            arguments.try_fold(whole, |found, argument| found.as_map()?.get(argument))
        });
        found.cloned().ok_or_else(|| {
            let given: Vec<String> = arguments.iter().map(|argument| quote(argument)).collect();
            let of = match given.is_empty() {
                true => String::new(),
                false => format!(" for {}", given.join(", ")),
            };
            HostError::new(format!(
                "no `answers` of the test say what `params.{function}` gives{of}"
            ))
        })
    }

    fn signal(&self, signal: Option<&str>, parameter: &str) -> Option<Value> {
        let mut named = self
            .signals
            .iter()
            .filter(|(name, _)| signal.is_none_or(|signal| signal == *name));
        named.find_map(|(_, signal)| signal.as_map()?.get(parameter)).cloned()
    }
}

impl Orchestrator for TestAnswers {
    fn get_from_step(&self, step: &str, parameter: &str) -> Result<Value, HostError> {
        self.answer("getFromStep", &[step, parameter])
    }

    fn get_from_own_step(&self, field: &str) -> Result<Value, HostError> {
        self.answer("getFromStep", &[field])
    }

    fn get_from_foreach(&self, foreach_step: &str, step: &str, parameter: &str) -> Result<Value, HostError> {
        self.answer("getFromForeach", &[foreach_step, step, parameter])
    }

    fn get_from_subworkflow(&self, subworkflow_step: &str, step: &str, parameter: &str) -> Result<Value, HostError> {
        self.answer("getFromSubworkflow", &[subworkflow_step, step, parameter])
    }

    fn get_from_signal(&self, signal: Option<&str>, parameter: &str) -> Result<Value, HostError> {
        let arguments: Vec<&str> = signal.into_iter().chain([parameter]).collect();
        let given = self.signal(signal, parameter);
        given.map_or_else(|| self.answer("getFromSignal", &arguments), Ok)
    }

    fn get_from_signal_dependency(&self, index: &str, parameter: &str) -> Result<Value, HostError> {
        let at = index.parse().ok();
        let signal = at.and_then(|at: usize| self.signals.iter().nth(at));
        let given = signal.and_then(|(_, signal)| signal.as_map()?.get(parameter)).cloned();
        given.map_or_else(|| self.answer("getFromSignalDependency", &[index, parameter]), Ok)
    }

    fn get_from_instance(&self, field: &str) -> Result<Value, HostError> {
        self.answer("getFromInstance", &[field])
    }

    fn next_unique_id(&self) -> Result<Value, HostError> {
        self.answer("nextUniqueId", &[])
    }

    fn get_execution_environment(&self) -> Result<Value, HostError> {
        self.answer("getExecutionEnvironment", &[])
    }
}
