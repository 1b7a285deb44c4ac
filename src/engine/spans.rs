//! Spans around compiling and evaluating, for hosts that collect them: sizes, usage and the outcome's code, and nothing of a
//! tenant's text or values. Without the feature `tracing` there is nothing here but the call.

use super::{CompileError, EvalError, Outcome, Program};

/// Compiles within a span.
#[cfg(not(feature = "tracing"))]
#[inline(always)]
pub(super) fn compiling(
    _source: &str,
    compile: impl FnOnce() -> Result<Program, CompileError>,
) -> Result<Program, CompileError> {
    compile()
}

/// The span of an evaluation.
#[cfg(not(feature = "tracing"))]
pub(super) struct Evaluating;

#[cfg(not(feature = "tracing"))]
#[expect(clippy::unused_self, reason = "as with the feature")]
impl Evaluating {
    #[inline(always)]
    pub(super) fn new(_program: &Program) -> Self {
        Self
    }

    #[inline(always)]
    pub(super) fn within<T>(&self, run: impl FnOnce() -> T) -> T {
        run()
    }

    #[inline(always)]
    pub(super) fn end(self, evaluated: Result<Outcome, EvalError>) -> Result<Outcome, EvalError> {
        evaluated
    }
}

/// The code of what went well.
#[cfg(feature = "tracing")]
const OK: &str = "ok";

/// Compiles within a span: the source's length in bytes, the code of the first error or `ok`, and how many errors and warnings
/// there are.
#[cfg(feature = "tracing")]
pub(super) fn compiling(
    source: &str,
    compile: impl FnOnce() -> Result<Program, CompileError>,
) -> Result<Program, CompileError> {
    use tracing::field::Empty;
    let span = tracing::debug_span!(
        target: "selvedge",
        "compile",
        source_length = source.len(),
        outcome = Empty,
        diagnostics = Empty,
    );
    let compiled = span.in_scope(compile);
    let (outcome, diagnostics) = match &compiled {
        Ok(program) => (OK, program.warnings()),
        Err(error) => {
            let code = error.first_error().map_or("", |diagnostic| diagnostic.code.text());
            (code, error.diagnostics())
        }
    };
    span.record("outcome", outcome);
    span.record("diagnostics", diagnostics.len());
    compiled
}

/// The span of an evaluation: the source's length in bytes, the code of the error or `ok`, and the steps and bytes used.
#[cfg(feature = "tracing")]
pub(super) struct Evaluating(tracing::Span);

#[cfg(feature = "tracing")]
impl Evaluating {
    pub(super) fn new(program: &Program) -> Self {
        use tracing::field::Empty;
        Self(tracing::debug_span!(
            target: "selvedge",
            "evaluate",
            source_length = program.source().len(),
            outcome = Empty,
            steps = Empty,
            bytes = Empty,
        ))
    }

    /// Runs a part of it.
    pub(super) fn within<T>(&self, run: impl FnOnce() -> T) -> T {
        self.0.in_scope(run)
    }

    /// Records its outcome.
    pub(super) fn end(self, evaluated: Result<Outcome, EvalError>) -> Result<Outcome, EvalError> {
        let (outcome, usage) = match &evaluated {
            Ok(outcome) => (OK, outcome.usage()),
            Err(error) => (error.code().text(), error.usage()),
        };
        self.0.record("outcome", outcome);
        self.0.record("steps", usage.steps);
        self.0.record("bytes", usage.memory);
        evaluated
    }
}

/// Evaluates within a span.
#[inline(always)]
pub(super) fn evaluating(
    program: &Program,
    evaluate: impl FnOnce() -> Result<Outcome, EvalError>,
) -> Result<Outcome, EvalError> {
    let span = Evaluating::new(program);
    let evaluated = span.within(evaluate);
    span.end(evaluated)
}
