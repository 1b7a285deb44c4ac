//! Signals whose parameters definitions may read, with what is known of those.

use crate::params::Scope;
use crate::schema::Schema;
use crate::workflow::BlueprintBuilder;

/// Signals by name, with the types of their parameters.
#[derive(Clone, Debug, Default)]
pub(crate) struct Signals(pub(crate) Vec<(String, Schema)>);

impl Signals {
    /// A scope with the signals.
    pub(crate) fn scope(&self) -> Scope {
        let signals = self.0.iter();
        signals.fold(Scope::new(), |scope, (name, types)| {
            scope.with_signal_types(name, types.clone())
        })
    }

    /// The builder, with the signals.
    pub(crate) fn declare(&self, builder: BlueprintBuilder) -> BlueprintBuilder {
        let signals = self.0.iter();
        signals.fold(builder, |builder, (name, types)| builder.signal(name, types.clone()))
    }
}
