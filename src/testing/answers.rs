//! What the functions of `params` answer in a test: signals, and the answers that it gives by function and arguments.

use crate::diagnostic::quote;
use crate::host::HostError;
use crate::params::{Orchestrator, answered_by};
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
    /// The orchestrator that gives them.
    pub(super) fn orchestrator(self) -> impl Orchestrator {
        answered_by(move |function, arguments| {
            let found = self
                .signal(function, arguments)
                .or_else(|| self.answer(function, arguments));
            found.ok_or_else(|| {
                let given: Vec<String> = arguments.iter().map(|argument| quote(argument)).collect();
                let of = match given.is_empty() {
                    true => String::new(),
                    false => format!(" for {}", given.join(", ")),
                };
                HostError::new(format!(
                    "`answers` of the test lack the result of `params.{function}`{of}"
                ))
            })
        })
    }

    fn answer(&self, function: &str, arguments: &[&str]) -> Option<Value> {
        let named = self.answers.get(function);
        let whole = named.or_else(|| self.answers.get(&format!("params.{function}")))?;
        let mut arguments = arguments.iter();
        let found = arguments.try_fold(whole, |found, argument| found.as_map()?.get(argument));
        found.cloned()
    }

    fn signal(&self, function: &str, arguments: &[&str]) -> Option<Value> {
        let parameter_of = |signal: &Value, parameter: &str| signal.as_map()?.get(parameter).cloned();
        match (function, arguments) {
            ("getFromSignal", [parameter]) => {
                let mut signals = self.signals.iter();
                signals.find_map(|(_, signal)| parameter_of(signal, parameter))
            }
            ("getFromSignal", [signal, parameter]) => parameter_of(self.signals.get(signal)?, parameter),
            ("getFromSignalDependency", [index, parameter]) => {
                let (_, signal) = self.signals.iter().nth(index.parse().ok()?)?;
                parameter_of(signal, parameter)
            }
            _ => None,
        }
    }
}
