//! Results and errors as JSON, in the shape that `eval --format json` and `batch` share; traces as text.

use std::fmt::Write as _;

use selvedge::diagnostic::{Code, escape, quote};
use selvedge::{CompileError, EvalError, LineIndex, Outcome, Phase, Position, Trace, TraceStep, Type, Usage, Value};
use serde::Serialize;

/// A trace as text: a line for each event, with its place, its piece of the source, and its outcome.
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

/// The result of a program, as `eval --format json` and `batch` print it.
#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum Answer {
    /// A value with its type.
    Value {
        #[serde(rename = "type")]
        ty: Type,
        value: Value,
        usage: Used,
    },
    /// A program that was refused, or something that is not a program at all, such as a line that is not JSON.
    Refused { error: Failure },
    /// An evaluation that stopped.
    Stopped { error: Failure, usage: Used },
}

/// What went wrong.
#[derive(Serialize)]
pub(crate) struct Failure {
    phase: Stage,
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<Code>,
    message: String,
    line: u32,
    column: u32,
    /// How many errors a refused program has.
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<usize>,
}

/// What failed: a phase of a program, or reading the input that was to hold one.
#[derive(Serialize)]
#[serde(untagged)]
enum Stage {
    Of(Phase),
    Read(&'static str),
}

/// What an evaluation used.
#[derive(Serialize)]
pub(crate) struct Used {
    steps: u64,
    memory: u64,
}

impl Answer {
    /// The answer to what is not a program at all.
    pub(crate) fn unread(message: String) -> Self {
        Self::of_input("bad_input".to_owned(), None, message)
    }

    /// The answer to what there was no time to read.
    pub(crate) fn late(message: String) -> Self {
        Self::of_input(Code::Deadline.kind(), Some(Code::Deadline), message)
    }

    fn of_input(kind: String, code: Option<Code>, message: String) -> Self {
        Self::Refused {
            error: Failure {
                phase: Stage::Read("input"),
                kind,
                code,
                message,
                line: 1,
                column: 1,
                errors: None,
            },
        }
    }
}

impl From<Result<Outcome, EvalError>> for Answer {
    fn from(result: Result<Outcome, EvalError>) -> Self {
        match result {
            Ok(outcome) => Self::Value {
                ty: outcome.value_type(),
                usage: outcome.usage().into(),
                value: outcome.into_value(),
            },
            Err(error) => Self::Stopped {
                error: Failure::new(Phase::Evaluation, error.code(), error.message(), error.position()),
                usage: error.usage().into(),
            },
        }
    }
}

impl From<CompileError> for Answer {
    fn from(error: CompileError) -> Self {
        let (code, message) = match error.first_error() {
            Some(first) => (first.code, &*first.message),
            None => (Code::Internal, "the program was refused"),
        };
        let failure = Failure::new(error.phase(), code, message, error.position());
        Self::Refused {
            error: Failure {
                errors: Some(error.diagnostics().len()),
                ..failure
            },
        }
    }
}

impl From<Usage> for Used {
    fn from(usage: Usage) -> Self {
        Self {
            steps: usage.steps,
            memory: usage.memory,
        }
    }
}

impl Failure {
    fn new(phase: Phase, code: Code, message: &str, position: Position) -> Self {
        Self {
            phase: Stage::Of(phase),
            kind: code.kind(),
            code: Some(code),
            message: message.to_owned(),
            line: position.line,
            column: position.column,
            errors: None,
        }
    }
}
