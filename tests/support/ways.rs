//! The five ways to evaluate a program, which must agree in value, error, steps and bytes.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use selvedge::diagnostic::Diagnostic;
use selvedge::oracle::{Verdict, evaluate};
use selvedge::{Engine, EvalError, Inputs, Outcome, Program, Schema, TraceLimits};

/// What a way gives, as text: so that NaN is equal to itself. Without the place of a budget's error: where a region's steps
/// are exhausted is the region's start for the machine and an operation of it for the second evaluator.
fn of_result(result: Result<Outcome, EvalError>) -> String {
    match result {
        Ok(outcome) => {
            let (ty, usage) = (outcome.value_type(), outcome.usage());
            format!("{:?} {usage:?}", (outcome.into_value(), ty))
        }
        Err(error) => format!("{:?} {} {:?}", error.code(), error.message(), error.usage()),
    }
}

fn of_verdict(verdict: &Verdict) -> String {
    match &verdict.outcome {
        Ok(value) => format!("{value:?} {:?}", verdict.usage),
        Err((code, message, _)) => format!("{code:?} {message} {:?}", verdict.usage),
    }
}

/// Polls a future until it is ready.
fn drive<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return output;
        }
    }
}

/// What the ways that run a program's code give, each with its name.
fn on_machine(engine: &Engine, program: &Program, inputs: &Inputs, slice: u64) -> Vec<(&'static str, String)> {
    let loaded = engine.load(&program.to_bytes());
    vec![
        ("machine", of_result(program.evaluate(inputs))),
        (
            "traced",
            of_result(program.evaluation().trace(inputs, TraceLimits::default()).0),
        ),
        (
            "in slices",
            of_result(drive(program.evaluation().evaluate_in_slices(inputs, slice))),
        ),
        (
            "loaded",
            loaded.map_or_else(
                |error| format!("not loaded: {error}"),
                |loaded| of_result(loaded.evaluate(inputs)),
            ),
        ),
    ]
}

/// Evaluates a program in all five ways. Gives the second evaluator's verdict, or none for a program that is refused.
///
/// # Errors
/// When two ways differ.
pub(crate) fn all_agree(
    engine: &Engine,
    source: &str,
    schema: &Schema,
    inputs: &Inputs,
    slice: u64,
) -> Result<Option<Verdict>, String> {
    let refused = |diagnostics: &[Diagnostic]| format!("{diagnostics:?}");
    let walked = evaluate(engine, source, schema, inputs);
    let program = match (engine.compile_uncached(source, schema), &walked) {
        (Ok(program), Ok(_)) => program,
        (Err(error), Err(diagnostics)) if refused(error.diagnostics()) == refused(diagnostics) => return Ok(None),
        (compiled, walked) => return Err(format!("{source}\ncompiled: {compiled:?}\nwalked: {walked:?}")),
    };
    let Ok(verdict) = walked else { return Ok(None) };
    let wanted = of_verdict(&verdict);
    let differs =
        |(way, gave): (&str, String)| (gave != wanted).then(|| format!("{source}\nwalked:  {wanted}\n{way}: {gave}"));
    match on_machine(engine, &program, inputs, slice)
        .into_iter()
        .find_map(differs)
    {
        Some(difference) => Err(difference),
        None => Ok(Some(verdict)),
    }
}
