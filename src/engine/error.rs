//! The two errors of the surface: a program was refused, or an evaluation stopped.

use std::fmt;

use serde::Serialize;
use thiserror::Error;

use crate::diagnostic::{Code, Diagnostic, render};
use crate::limits::Usage;
use crate::machine::fault::Fault;
use crate::source::{Position, Span};

/// A program that was refused: everything that is wrong with it.
///
/// `Display` gives the first error in one line; [`CompileError::report`] gives all of them with their source lines.
///
/// ```
/// use selvedge::{Engine, Phase, Schema};
/// let refused = Engine::default().compile("return a;\nreturn b;", &Schema::new()).unwrap_err();
/// assert_eq!(refused.to_string(), "`a` is not known at 1:8 [E201], and one more");
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

    /// What is wrong, in the order of the source.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The phase that refused it.
    pub fn phase(&self) -> Phase {
        self.first_error()
            .map_or(Phase::Check, |diagnostic| Phase::of(diagnostic.code))
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
        let rendered = self
            .diagnostics
            .iter()
            .map(|diagnostic| render(diagnostic, &self.source_text, origin));
        rendered.collect::<Vec<_>>().join("\n")
    }

    /// Where the first error is.
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

/// The phase of a program's life that an error belongs to.
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
pub enum Phase {
    /// The text is not a program.
    Syntax,
    /// The program means nothing, or could never succeed.
    Check,
    /// The run stopped.
    Evaluation,
}

impl Phase {
    /// The phase that gives this code.
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

/// An evaluation that stopped without a value: why, where, and what it had used.
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
    span: Span,
    position: Position,
    usage: Usage,
}

impl EvalError {
    pub(super) fn new(fault: Fault, span: Span, source: &str, usage: Usage, quote_values: bool) -> Self {
        let code = fault.code();
        let message = match fault.quotes_values() && !quote_values {
            true => redacted(code),
            false => fault.into_message(),
        };
        Self {
            code,
            message,
            span,
            position: Position::at(source, span.start),
            usage,
        }
    }

    /// What kind of error it is.
    pub fn code(&self) -> Code {
        self.code
    }

    /// The message: for a `throw` the program's own, as it stands; else one bounded line.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Where in the source.
    pub fn span(&self) -> Span {
        self.span
    }

    /// The line and column where it happened.
    pub fn position(&self) -> Position {
        self.position
    }

    /// What had been used when it stopped.
    pub fn usage(&self) -> Usage {
        self.usage
    }

    /// Whether a budget or limit stopped it, rather than the program's own doing.
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
        self.code.text().starts_with("E6")
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
        Diagnostic::error(self.code, self.span, self.safe_message()).with_label(label)
    }

    /// The message on one bounded line, nothing in it that could forge a log line.
    fn safe_message(&self) -> String {
        const MOST_CHARS: usize = 256;
        const MOST_BYTES: usize = 768;
        let mut safe = String::new();
        crate::diagnostic::escape_within(&mut safe, &self.message, MOST_CHARS, MOST_BYTES);
        safe
    }
}

impl fmt::Display for EvalError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Position { line, column } = self.position;
        write!(formatter, "{} at {line}:{column} [{}]", self.safe_message(), self.code)
    }
}

/// The message in place of one that quotes a value: the sentence that explains the code, in a message's form.
fn redacted(code: Code) -> String {
    let about = code.about().trim_end_matches('.');
    let mut characters = about.chars();
    let first = characters.next().map(|first| first.to_lowercase().to_string());
    first.unwrap_or_default() + characters.as_str()
}
