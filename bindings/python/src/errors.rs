//! What goes wrong, as the exceptions and data classes of `selvedge._errors`.

use pyo3::prelude::*;
use pyo3::types::PyList;
use selvedge::diagnostic::{self, Code, Diagnostic};
use selvedge::params::{DefinitionError, Problem};
use selvedge::workflow::{CompleteError, FoldError};
use selvedge::{CompileError, EvalError, LoadError, Phase, Position, SchemaError, Span};

use crate::give;
use crate::host;
use crate::places::{Places, byte_of};
use crate::python::{data, exception};

/// What stands for the name of a file in a rendered problem, until that is known.
const FILE: &str = "<file>";

/// A diagnostic as data, its places counted in characters.
pub(crate) fn diagnostic<'py>(py: Python<'py>, found: &Diagnostic, places: &Places<'_>) -> PyResult<Bound<'py, PyAny>> {
    let Position { line, column } = places.position(found.span.start);
    let (start, end) = places.characters(found.span);
    let suggestion = found.suggestion.as_deref().map(|suggestion| {
        let (start, end) = places.characters(suggestion.span);
        data(py, "Suggestion", (start, end, &suggestion.replacement, suggestion.safe))
    });
    let severity = if found.is_error() { "error" } else { "warning" };
    let (code, kind) = (found.code.text(), found.code.kind());
    let place = (line, column, start, end);
    let said = (&found.message, &found.label, found.help.as_deref());
    data(
        py,
        "diagnostic",
        (code, kind, severity, said, place, suggestion.transpose()?),
    )
}

/// Diagnostics of one text.
pub(crate) fn diagnostics<'py, 'd>(
    py: Python<'py>,
    found: impl IntoIterator<Item = &'d Diagnostic>,
    source: &str,
) -> PyResult<Bound<'py, PyList>> {
    let (list, places) = (PyList::empty(py), Places::new(source));
    for found in found {
        list.append(diagnostic(py, found, &places)?)?;
    }
    Ok(list)
}

/// A problem of a document of definitions, as data.
pub(crate) fn problem<'py>(py: Python<'py>, found: &Problem) -> PyResult<Bound<'py, PyAny>> {
    let severity = if found.is_error() { "error" } else { "warning" };
    let place = |position: Option<Position>| position.map(|Position { line, column }| (line, column));
    let what = (
        found.code().text(),
        found.code().kind(),
        severity,
        found.message(),
        found.help(),
    );
    let within = (
        found.expression(),
        place(found.position_in_expression()),
        found.workflow(),
    );
    let shown = (found.to_string(), found.render(FILE));
    data(
        py,
        "problem",
        (what, found.path(), place(found.position()), within, shown),
    )
}

/// Problems of one document.
pub(crate) fn problems<'py, 'p>(
    py: Python<'py>,
    found: impl IntoIterator<Item = &'p Problem>,
) -> PyResult<Bound<'py, PyList>> {
    let list = PyList::empty(py);
    for found in found {
        list.append(problem(py, found)?)?;
    }
    Ok(list)
}

/// A program that was refused.
pub(crate) fn compile(py: Python<'_>, error: &CompileError, source: &str) -> PyErr {
    let phase = match error.phase() {
        Phase::Syntax => "syntax",
        _ => "check",
    };
    match diagnostics(py, error.diagnostics(), source) {
        Ok(diagnostics) => exception(py, "CompileError", (error.to_string(), phase, diagnostics, source)),
        Err(error) => error,
    }
}

/// An evaluation that stopped. What a host function raised is the cause; where that is no `Exception`, such as Ctrl-C, it is raised itself.
pub(crate) fn evaluation(py: Python<'_>, error: &EvalError, source: &str) -> PyErr {
    let cause = match host::cause(py, error.code()) {
        Ok(cause) => cause,
        Err(raised) => return raised,
    };
    let made = || -> PyResult<PyErr> {
        let diagnostic = diagnostic(py, &error.diagnostic(), &Places::new(source))?;
        let name = if error.is_budget() {
            "BudgetError"
        } else {
            "EvaluationError"
        };
        let usage = give::usage(py, error.usage())?;
        Ok(exception(
            py,
            name,
            (error.to_string(), diagnostic, usage, error.thrown(), source),
        ))
    };
    let error = made().unwrap_or_else(|error| error);
    if cause.is_some() {
        error.set_cause(py, cause);
    }
    error
}

/// Definitions that were refused.
pub(crate) fn definition(py: Python<'_>, error: &DefinitionError) -> PyErr {
    let codes = error.problems().iter().map(Problem::code);
    let cause = match host::cause_among(py, codes) {
        Ok(cause) => cause,
        Err(raised) => return raised,
    };
    let made = match problems(py, error.problems()) {
        Ok(problems) => exception(py, "DefinitionError", (error.to_string(), problems)),
        Err(error) => error,
    };
    if cause.is_some() {
        made.set_cause(py, cause);
    }
    made
}

/// A schema that is not one.
pub(crate) fn schema(py: Python<'_>, error: &SchemaError) -> PyErr {
    exception(py, "SchemaError", (error.to_string(),))
}

/// Bytes that were not loaded.
pub(crate) fn load(py: Python<'_>, error: &LoadError) -> PyErr {
    exception(py, "LoadError", (error.to_string(),))
}

/// Something else that the crate says of what it was given.
pub(crate) fn usage(py: Python<'_>, error: impl std::fmt::Display) -> PyErr {
    exception(py, "UsageError", (error.to_string(),))
}

/// An event that was not applied.
pub(crate) fn event(py: Python<'_>, error: &CompleteError) -> PyErr {
    let (unsettled, stopped) = match error {
        CompleteError::Unsettled(problem) => (true, Some(&**problem)),
        CompleteError::Stopped(problem) => (false, Some(&**problem)),
        _ => (false, None),
    };
    let found = match error {
        CompleteError::Outputs(refused) => problems(py, refused.problems()),
        _ => problems(py, stopped),
    };
    match found {
        Ok(found) => exception(py, "EventError", (error.to_string(), unsettled, found)),
        Err(error) => error,
    }
}

/// Events that give no state.
pub(crate) fn fold(py: Python<'_>, error: &FoldError) -> PyErr {
    match error {
        FoldError::Start(error) => definition(py, error),
        other => {
            let unsettled = matches!(
                other,
                FoldError::Event {
                    error: CompleteError::Unsettled(_),
                    ..
                }
            );
            exception(py, "EventError", (other.to_string(), unsettled, PyList::empty(py)))
        }
    }
}

/// Renders a diagnostic with its source line; places are counted in characters.
#[pyfunction]
#[pyo3(signature = (code, severity, message, label, help, start, end, source, origin))]
#[expect(clippy::too_many_arguments, reason = "the fields of a diagnostic")]
pub(crate) fn render(
    code: &str,
    severity: &str,
    message: &str,
    label: &str,
    help: Option<&str>,
    start: usize,
    end: usize,
    source: &str,
    origin: &str,
) -> String {
    let found = Code::ALL.iter().find(|known| known.text() == code);
    let code = found.copied().unwrap_or(Code::Internal);
    let span = Span::new(byte_of(source, start), byte_of(source, end));
    let made = match severity {
        "warning" => Diagnostic::warning(code, span, message),
        _ => Diagnostic::error(code, span, message),
    };
    let made = made.with_label(label);
    let made = match help {
        Some(help) => made.with_help(help),
        None => made,
    };
    diagnostic::render(&made, source, origin)
}

/// Escapes what a terminal would take for more than text.
#[pyfunction]
pub(crate) fn escape(text: &str) -> String {
    diagnostic::escape(text)
}
