//! Results and errors as JSON, in the shape that `eval --format json` and `batch` share; traces as text.

use std::fmt::Write as _;

use selvedge::diagnostic::{Code, escape, quote};
use selvedge::{CompileError, EvalError, LineIndex, Outcome, Phase, Position, Trace, TraceStep, Usage, Value};
use serde_json::{Map, Value as Json, json};

/// A trace as text: a line for each event, with its place, its piece of the source, and what came of it.
pub(crate) fn trace(trace: &Trace, source: &str, origin: &str) -> String {
    let (mut text, index, origin) = (String::new(), LineIndex::new(source), escape(origin));
    for event in trace.events() {
        let Position { line, column } = index.position(event.span.start);
        let piece = quote(event.span.of(source));
        let came = match &event.step {
            TraceStep::Assigned { target, value } => format!("sets {target} = {value}"),
            TraceStep::Branched { held } => format!("is {held}"),
            other => format!("{other:?}"),
        };
        let _ = writeln!(text, "{origin}:{line}:{column}: {piece} {came}");
    }
    if trace.is_truncated() {
        let _ = writeln!(text, "… and {} more", trace.left_out());
    }
    text
}

/// What an evaluation used.
pub(crate) fn usage(usage: Usage) -> Json {
    json!({ "steps": usage.steps, "memory": usage.memory })
}

/// A result as JSON. It cannot nest too deep: an evaluation's result is bounded.
pub(crate) fn json(value: Value) -> Json {
    Json::try_from(value).unwrap_or_default()
}

/// A value with its type and usage.
pub(crate) fn outcome(outcome: Outcome) -> Map<String, Json> {
    let (ty, used) = (outcome.value_type(), outcome.usage());
    let mut fields = Map::new();
    fields.insert("type".to_owned(), json!(ty));
    fields.insert("value".to_owned(), json(outcome.into_value()));
    fields.insert("usage".to_owned(), usage(used));
    fields
}

/// A program that was refused.
pub(crate) fn compile_error(error: &CompileError) -> Map<String, Json> {
    let code = error.first_error().map_or(Code::Internal, |first| first.code);
    let message = error
        .first_error()
        .map_or("the program was refused", |first| &first.message);
    let mut object = describe(error.phase(), code, message, error.position());
    object.insert("errors".to_owned(), json!(error.diagnostics().len()));
    [("error".to_owned(), Json::Object(object))].into_iter().collect()
}

/// An evaluation that stopped.
pub(crate) fn eval_error(error: &EvalError) -> Map<String, Json> {
    let object = describe(Phase::Evaluation, error.code(), error.message(), error.position());
    [
        ("error".to_owned(), Json::Object(object)),
        ("usage".to_owned(), usage(error.usage())),
    ]
    .into_iter()
    .collect()
}

/// Something that is no program at all, such as a line that is no JSON.
pub(crate) fn bad_input(message: &str) -> Map<String, Json> {
    let object = json!({ "phase": "input", "kind": "bad_input", "message": message, "line": 1, "column": 1 });
    [("error".to_owned(), object)].into_iter().collect()
}

fn describe(phase: Phase, code: Code, message: &str, position: selvedge::Position) -> Map<String, Json> {
    let mut object = Map::new();
    object.insert("phase".to_owned(), json!(phase));
    object.insert("kind".to_owned(), json!(code.kind()));
    object.insert("code".to_owned(), json!(code));
    object.insert("message".to_owned(), json!(message));
    object.insert("line".to_owned(), json!(position.line));
    object.insert("column".to_owned(), json!(position.column));
    object
}
