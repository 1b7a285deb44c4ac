//! The two errors of the surface: a program was refused, or an evaluation stopped.

use std::fmt;

use serde::Serialize;
use thiserror::Error;

use crate::diagnostic::{Code, Diagnostic, render_in};
use crate::host::Interrupted;
use crate::limits::Usage;
use crate::machine::fault::Fault;
use crate::source::{LineIndex, Position, Span};

/// A refused program, with all its errors.
///
/// `Display` gives the first error in one line; [`CompileError::report`] gives all of them with their source lines.
///
/// ```
/// use selvedge::{Engine, Phase, Schema};
/// let refused = Engine::default().compile("return a;\nreturn b;", &Schema::new()).unwrap_err();
/// assert_eq!(refused.to_string(), "unknown name `a` at 1:8 [E201], and one more");
/// assert_eq!(refused.phase(), Phase::Check);
/// assert_eq!(refused.position().line, 1);
/// ```
#[derive(Clone, Debug, Error)]
pub struct CompileError {
    diagnostics: Vec<Diagnostic>,
    source_text: Box<str>,
}

impl CompileError {
    pub(super) fn new(diagnostics: Vec<Diagnostic>, source: &str) -> Self {
        Self {
            diagnostics,
            source_text: source.into(),
        }
    }

    /// Of a compilation that was stopped.
    pub(super) fn stopped(by: Interrupted, source: &str) -> Self {
        let (code, message) = match by {
            Interrupted::Cancelled => (Code::Cancelled, "the host cancelled the compilation"),
            Interrupted::Deadline => (Code::Deadline, "the compilation's deadline has passed"),
        };
        Self::new(vec![Diagnostic::error(code, Span::default(), message)], source)
    }

    /// What stopped the compilation, [`Code::Deadline`] or [`Code::Cancelled`]; `None` if the program itself was refused.
    ///
    /// ```
    /// use selvedge::{Engine, Schema};
    /// let refused = Engine::default().compile("1 + nothing", &Schema::new()).unwrap_err();
    /// assert_eq!(refused.stopped_by(), None);
    /// ```
    pub fn stopped_by(&self) -> Option<Code> {
        let code = self.first_error().map(|diagnostic| diagnostic.code);
        code.filter(|code| matches!(code, Code::Deadline | Code::Cancelled))
    }

    /// The errors, in the order of the source.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The phase that refused it.
    pub fn phase(&self) -> Phase {
        self.first_error()
            .map_or(Phase::Check, |diagnostic| match Phase::of(diagnostic.code) {
                Phase::Syntax => Phase::Syntax,
                // What a run would give as well, found before it.
                Phase::Check | Phase::Evaluation => Phase::Check,
            })
    }

    /// All diagnostics as text, each with its source line and a caret; `origin` names the source.
    ///
    /// ```
    /// use selvedge::{Engine, Schema};
    /// let refused = Engine::default().compile("1 + nothing", &Schema::new()).unwrap_err();
    /// let report = refused.report("job.sel");
    /// assert!(report.contains("job.sel:1:5"));
    /// assert!(report.contains("1 + nothing\n"));
    /// ```
    pub fn report(&self, origin: &str) -> String {
        let source = LineIndex::new(&self.source_text);
        let rendered = self
            .diagnostics
            .iter()
            .map(|diagnostic| render_in(diagnostic, &source, origin));
        rendered.collect::<Vec<_>>().join("\n")
    }

    /// The position of the first error.
    pub fn position(&self) -> Position {
        let start = self.first_error().map_or(0, |diagnostic| diagnostic.span.start);
        Position::at(&self.source_text, start)
    }

    /// The first error.
    pub fn first_error(&self) -> Option<&Diagnostic> {
        self.diagnostics.iter().find(|diagnostic| diagnostic.is_error())
    }
}

impl fmt::Display for CompileError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(first) = self.first_error() else {
            return formatter.write_str("the program was refused");
        };
        let Position { line, column } = self.position();
        write!(formatter, "{} at {line}:{column} [{}]", first.message, first.code)?;
        match self.diagnostics.len() {
            0 | 1 => Ok(()),
            2 => formatter.write_str(", and one more"),
            count => write!(formatter, ", and {} more", count - 1),
        }
    }
}

/// The phase of an error.
///
/// ```
/// use selvedge::{Engine, Phase, Schema};
/// let phase = |source| Engine::default().compile(source, &Schema::new()).map_err(|refused| refused.phase()).err();
/// assert_eq!(phase("1 +"), Some(Phase::Syntax));
/// assert_eq!(phase("1 - true"), Some(Phase::Check));
/// assert_eq!(phase("1 + 1"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Phase {
    /// The text is not a program.
    Syntax,
    /// The program means nothing, or could never succeed.
    Check,
    /// The run stopped.
    Evaluation,
}

impl Phase {
    /// The phase of a code.
    ///
    /// ```
    /// use selvedge::{Phase, diagnostic::Code};
    /// assert_eq!(Phase::of(Code::UnknownName), Phase::Check);
    /// assert_eq!(Phase::of(Code::StepBudget), Phase::Evaluation);
    /// ```
    pub fn of(code: Code) -> Self {
        match code.text().as_bytes().get(1) {
            Some(b'1') => Self::Syntax,
            Some(b'2'..=b'4') => Self::Check,
            _ => Self::Evaluation,
        }
    }
}

/// An evaluation that stopped without a value: why, where, and its usage.
///
/// ```
/// use selvedge::{Engine, Inputs, Schema, diagnostic::Code};
/// let program = Engine::default().compile("throw 'no partition for ' + 20240101;", &Schema::new())?;
/// let error = program.evaluate(&Inputs::new()).unwrap_err();
/// assert_eq!(error.code(), Code::Thrown);
/// assert_eq!(error.message(), "no partition for 20240101");
/// # Ok::<(), selvedge::CompileError>(())
/// ```
#[derive(Clone, Debug, Error)]
pub struct EvalError {
    code: Code,
    message: String,
    help: Option<&'static str>,
    thrown: Option<Thrown>,
    span: Span,
    position: Position,
    usage: Usage,
}

/// The whole text of a `throw`. `Debug` leaves it out: it is not bounded, and may be what no log is to show.
#[derive(Clone)]
struct Thrown(Box<str>);

impl fmt::Debug for Thrown {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("…")
    }
}

impl EvalError {
    pub(super) fn new(fault: Fault, span: Span, source: &str, usage: Usage, quote_values: bool) -> Self {
        Self {
            code: fault.code(),
            message: fault.message(quote_values),
            help: fault.help(),
            thrown: fault.into_thrown().map(|text| Thrown(text.into_boxed_str())),
            span,
            position: Position::at(source, span.start),
            usage,
        }
    }

    /// The kind of error.
    pub fn code(&self) -> Code {
        self.code
    }

    /// The message: one escaped line of at most 768 bytes. For a `throw` it is the start of the program's text; see
    /// [`EvalError::thrown`] for the whole of it. Without [`quote_values`](crate::EngineBuilder::quote_values) it shows no value,
    /// number or text of the tenant.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to do about it, if there is one thing to do. It contains no values of the tenant.
    ///
    /// ```
    /// use selvedge::{Engine, Inputs, Schema, Type};
    /// let program = Engine::default().compile("Long.parseLong(text)", &Schema::new().with("text", Type::String))?;
    /// let error = program.evaluate(&Inputs::new().with("text", "5.0")).unwrap_err();
    /// assert!(error.help().is_some_and(|help| help.contains("Double.parseDouble(text)")));
    /// # Ok::<(), selvedge::CompileError>(())
    /// ```
    pub fn help(&self) -> Option<&str> {
        self.help
    }

    /// The text of a `throw`, as the program made it: neither bounded nor escaped, and shown here whatever
    /// [`quote_values`](crate::EngineBuilder::quote_values) says. Not for terminals and logs.
    ///
    /// ```
    /// use selvedge::{Engine, Inputs, Schema};
    /// let program = Engine::default().compile("throw 'first line\\n' + String.format('%2000d', 7);", &Schema::new())?;
    /// let error = program.evaluate(&Inputs::new()).unwrap_err();
    /// assert_eq!(error.thrown().map(str::len), Some(2_011));
    /// assert!(error.message().len() <= 768 && error.message().starts_with(r"first line\n"));
    /// # Ok::<(), selvedge::CompileError>(())
    /// ```
    pub fn thrown(&self) -> Option<&str> {
        self.thrown.as_ref().map(|thrown| &*thrown.0)
    }

    /// The place in the source.
    pub fn span(&self) -> Span {
        self.span
    }

    /// The line and column.
    pub fn position(&self) -> Position {
        self.position
    }

    /// The usage when it stopped.
    pub fn usage(&self) -> Usage {
        self.usage
    }

    /// Whether a budget or limit stopped it.
    ///
    /// ```
    /// use selvedge::{Engine, Inputs, Limits, Schema};
    /// let engine = Engine::builder().limits(Limits::default().steps(1_000)).build();
    /// let error = engine.compile("while (true) { }", &Schema::new())?.evaluate(&Inputs::new()).unwrap_err();
    /// assert!(error.is_budget());
    /// assert!(error.usage().steps > 900);
    /// # Ok::<(), selvedge::CompileError>(())
    /// ```
    pub fn is_budget(&self) -> bool {
        self.code.is_budget()
    }

    /// The error as a diagnostic, for rendering.
    ///
    /// ```
    /// use selvedge::{Engine, Inputs, Schema, diagnostic::render};
    /// let source = "throw 'no rows';";
    /// let error = Engine::default().compile(source, &Schema::new())?.evaluate(&Inputs::new()).unwrap_err();
    /// let text = render(&error.diagnostic(), source, "job.sel");
    /// assert!(text.starts_with("error[E501]: no rows\n"));
    /// # Ok::<(), selvedge::CompileError>(())
    /// ```
    pub fn diagnostic(&self) -> Diagnostic {
        let label = match self.code {
            Code::Thrown => "thrown here",
            _ if self.is_budget() => "stopped here",
            _ => "while evaluating this",
        };
        let diagnostic = Diagnostic::error(self.code, self.span, &*self.message).with_label(label);
        match self.help {
            Some(help) => diagnostic.with_help(help),
            None => diagnostic,
        }
    }
}

impl fmt::Display for EvalError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Position { line, column } = self.position;
        write!(formatter, "{} at {line}:{column} [{}]", self.message, self.code)
    }
}
