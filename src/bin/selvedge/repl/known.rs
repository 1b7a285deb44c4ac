//! What is known of a session's names and language: what inputs are compiled with, and completed by.

use std::time::Duration;

use selvedge::diagnostic::{Code, Diagnostic};
use selvedge::{Engine, Inputs, Interrupt, Schema, Type, Value};

use super::command;

/// How long an input is looked at while it is typed.
const LOOK: Duration = Duration::from_millis(200);

/// What inputs are compiled with.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) engine: Engine,
    /// The parameters, with their types.
    pub(super) schema: Schema,
    pub(super) inputs: Inputs,
    /// The functions and constants of the platform, by their whole names.
    pub(super) offered: Vec<String>,
}

impl Known {
    /// Whether an input goes on in the next line.
    pub(super) fn is_open(&self, input: &str) -> bool {
        let Some(source) = command::source_of(input) else {
            return false;
        };
        let continues = |error: &Diagnostic| match error.code {
            Code::UnterminatedComment => true,
            Code::UnbalancedBracket => error.span.of(source).starts_with(['(', '[', '{']),
            _ => false,
        };
        let interrupt = Interrupt::new().timeout(LOOK);
        let compiled = self.engine.compile_with(source, &self.schema, &interrupt);
        compiled.is_err_and(|refused| refused.diagnostics().iter().any(continues))
    }

    /// The type of an expression, where it has one.
    pub(super) fn type_of(&self, source: &str) -> Option<Type> {
        let interrupt = Interrupt::new().timeout(LOOK);
        let program = self.engine.compile_with(source, &self.schema, &interrupt).ok()?;
        Some(program.result_type())
    }

    /// The value of a parameter.
    pub(super) fn value(&self, name: &str) -> Option<&Value> {
        self.inputs.as_map().get(name)
    }
}
