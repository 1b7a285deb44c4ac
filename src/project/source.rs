//! Checks one expression, and gives what is wrong with it: errors, or the warnings of what compiles.

use super::time::Time;
use crate::diagnostic::Diagnostic;
use crate::engine::Engine;
use crate::schema::Schema;

/// The diagnostics of an expression, in the order of its text. Their spans are bytes of `text`.
pub(crate) fn check(engine: &Engine, schema: &Schema, text: &str, time: &Time) -> Vec<Diagnostic> {
    match engine.compile_with(text, schema, &time.interrupt) {
        // What the engine's lints found is among the warnings.
        Ok(program) => program.warnings().to_vec(),
        Err(error) => error.diagnostics().to_vec(),
    }
}
