//! Signals that flags give: what `signal__parameter` and `params.getFromSignal` answer.

use clap::Args;
use selvedge::diagnostic::escape;
use selvedge::params::Scope;
use selvedge::workflow::BlueprintBuilder;
use selvedge::{HostError, Map, Schema, Value};

use crate::deadline::Deadline;
use crate::exit::Failed;

/// The flag for signals.
#[derive(Args, Debug)]
pub(crate) struct SignalFlags {
    /// A signal and its parameters, such as 'landed={"day": 20260105}'; its name alone, where they are not known
    #[arg(long = "signal", value_name = "NAME[=JSON]")]
    signals: Vec<String>,
}

/// Signals by name; what they say, where that is known.
#[derive(Clone, Debug)]
pub(crate) struct Signals(Vec<(String, Option<Map>)>);

impl SignalFlags {
    /// What the flags say.
    pub(crate) fn read(&self, deadline: Deadline) -> Result<Signals, Failed> {
        let read = |flag: &String| {
            let Some((name, text)) = flag.split_once('=') else {
                return Ok((flag.clone(), None));
            };
            let origin = format!("--signal {}", escape(name));
            match deadline.value(text, &origin)? {
                Value::Map(parameters) => Ok((name.to_owned(), Some(parameters))),
                _ => Err(format!("{origin}: its parameters are a JSON object").into()),
            }
        };
        self.signals.iter().map(read).collect::<Result<_, _>>().map(Signals)
    }
}

impl Signals {
    /// The same, with others of which nothing but the name is known.
    pub(crate) fn with_names(mut self, names: &[String]) -> Self {
        for name in names {
            if self.0.iter().all(|(known, _)| known != name) {
                self.0.push((name.clone(), None));
            }
        }
        self
    }

    /// The signals, with the types of their parameters.
    pub(crate) fn types(&self) -> impl Iterator<Item = (&str, Schema)> {
        self.0.iter().map(|(name, parameters)| {
            let types = parameters.as_ref().map_or_else(Schema::open, Schema::infer_from);
            (&**name, types)
        })
    }

    /// A scope with the signals.
    pub(crate) fn scope(&self) -> Scope {
        let signals = self.0.iter();
        signals.fold(Scope::new(), |scope, (name, parameters)| match parameters {
            Some(parameters) => scope.with_signal(name, parameters.clone()),
            None => scope.with_signal_types(name, Schema::open()),
        })
    }

    /// The builder, with the signals.
    pub(crate) fn declare(&self, builder: BlueprintBuilder) -> BlueprintBuilder {
        self.types()
            .fold(builder, |builder, (name, types)| builder.signal(name, types))
    }

    /// What a function of `params` answers of the signals; `None` if it is not about them.
    pub(crate) fn answer(&self, function: &str, arguments: &[&str]) -> Option<Result<Value, HostError>> {
        let found = match (function, arguments) {
            ("getFromSignal", [parameter]) => self.0.iter().find_map(|signal| parameter_of(signal, parameter)),
            ("getFromSignal", [name, parameter]) => {
                let mut named = self.0.iter().filter(|(known, _)| known == name);
                named.find_map(|signal| parameter_of(signal, parameter))
            }
            ("getFromSignalDependency", [index, parameter]) => {
                let signal = index.parse().ok().and_then(|index: usize| self.0.get(index));
                signal.and_then(|signal| parameter_of(signal, parameter))
            }
            _ => return None,
        };
        Some(found.ok_or_else(|| HostError::new("no --signal gives this parameter")))
    }
}

fn parameter_of((_, parameters): &(String, Option<Map>), parameter: &str) -> Option<Value> {
    parameters.as_ref()?.get(parameter).cloned()
}
