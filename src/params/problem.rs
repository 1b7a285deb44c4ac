//! What is wrong in a file of definitions: a diagnostic, with its path in the document, its place in the file and, where it lies
//! inside an expression, its place in that.

use std::fmt::{self, Write as _};
use std::sync::Arc;

use serde::Serialize;
use serde::ser::SerializeMap;
use thiserror::Error;

use crate::diagnostic::{Code, Diagnostic, Severity, escape, escape_within, quote, render};
use crate::source::{Position, Span};

/// An error or warning about a definition.
///
/// As data it has `code`, `kind`, `severity`, `message`, `path`, and where they are known `line` and `column` in the file,
/// `expression` with the `line` and `column` inside it, and `help`.
///
/// ```
/// use selvedge::params::ParameterSet;
/// let refused = ParameterSet::from_json("{\n  \"day\": {\"type\": \"DATE\", \"value\": 1}\n}").unwrap_err();
/// let problem = refused.problems().first().ok_or("none")?;
/// assert_eq!(problem.to_string(), "day.type at 2:19: unknown parameter type `DATE` [E710]");
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct Problem {
    path: String,
    place: Option<Position>,
    expression: Option<Arc<str>>,
    workflow: Option<Arc<str>>,
    diagnostic: Box<Diagnostic>,
}

impl Problem {
    /// A problem of a place in a document.
    pub(crate) fn at(path: impl Into<String>, place: Option<Position>, diagnostic: Diagnostic) -> Self {
        let path = path.into();
        Self {
            path: match path.len() > MAX_PATH_BYTES {
                true => cut(&path, MAX_PATH_BYTES),
                false => path,
            },
            place,
            expression: None,
            workflow: None,
            diagnostic: Box::new(diagnostic),
        }
    }

    /// The bytes of the heap that it holds.
    pub(crate) fn held_bytes(&self) -> usize {
        let expression = self.expression.as_ref().map_or(0, |expression| expression.len() + 16);
        size_of::<Self>() + size_of::<Diagnostic>() + self.path.capacity() + expression + self.diagnostic.held_bytes()
    }

    /// Says that it is in the definition of a workflow that others run.
    pub(crate) fn set_workflow(&mut self, id: &Arc<str>) {
        self.workflow = Some(Arc::clone(id));
    }

    /// The id of its workflow, if that is a subworkflow.
    pub fn workflow(&self) -> Option<&str> {
        self.workflow.as_deref()
    }

    /// The same with its diagnostic changed; `None` if nothing is left of it.
    pub(crate) fn with(mut self, change: impl FnOnce(Diagnostic) -> Option<Diagnostic>) -> Option<Self> {
        *self.diagnostic = change(*self.diagnostic)?;
        Some(self)
    }

    /// The same, inside an expression, whose text the diagnostic's span points into.
    #[must_use]
    pub(crate) fn within(mut self, expression: impl Into<Arc<str>>) -> Self {
        self.expression = Some(expression.into());
        self
    }

    /// The code, such as `E713`.
    pub fn code(&self) -> Code {
        self.diagnostic.code
    }

    /// Whether it is an error or a warning.
    pub fn severity(&self) -> Severity {
        self.diagnostic.severity
    }

    /// Whether it is an error.
    pub fn is_error(&self) -> bool {
        self.diagnostic.is_error()
    }

    /// One line: lower case, no final period, the author's words in backticks.
    pub fn message(&self) -> &str {
        &self.diagnostic.message
    }

    /// What to do about it.
    pub fn help(&self) -> Option<&str> {
        self.diagnostic.help.as_deref()
    }

    /// The whole diagnostic. Its spans lie in the [`expression`](Self::expression), and mean nothing where there is none.
    pub fn diagnostic(&self) -> &Diagnostic {
        &self.diagnostic
    }

    /// The text of its expression or interpolated text, if it is in one.
    pub fn expression(&self) -> Option<&str> {
        self.expression.as_deref()
    }

    /// The path in the document, such as `workflow.steps[0].params.day`; empty for the whole document.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The position of the faulty value in the file, if there is one.
    pub fn position(&self) -> Option<Position> {
        self.place
    }

    /// The position in the expression, if it is in one.
    ///
    /// ```
    /// use selvedge::params::{Definition, ParameterSet, Scope};
    /// let set = ParameterSet::new().with("day", Definition::expression("1 +\n  tomorow"));
    /// let refused = set.plan(&selvedge::Engine::default(), &Scope::new()).unwrap_err();
    /// let position = refused.problems()[0].position_in_expression().ok_or("none")?;
    /// assert_eq!((position.line, position.column), (2, 3));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn position_in_expression(&self) -> Option<Position> {
        let expression = self.expression.as_deref()?;
        Some(Position::at(expression, self.diagnostic.span.start))
    }

    /// The problem as a few lines of plain text; `file` names the document.
    ///
    /// ```
    /// use selvedge::params::ParameterSet;
    /// let refused = ParameterSet::from_json("{\n  \"2nd\": {\"value\": 1}\n}").unwrap_err();
    /// let text = refused.problems()[0].render("job.json");
    /// assert!(text.starts_with("error[E711]: "));
    /// assert!(text.contains("\n --> job.json:2:"));
    /// ```
    pub fn render(&self, file: &str) -> String {
        let mut origin = file.to_owned();
        if let Some(Position { line, column }) = self.place {
            let _ = write!(origin, ":{line}:{column}");
        }
        if !self.path.is_empty() {
            let _ = write!(origin, ": {}", self.path);
        }
        if let Some(expression) = &self.expression {
            return render(&self.diagnostic, expression, &origin);
        }
        let severity = match self.severity() {
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        let origin = escape(&origin);
        let mut out = format!("{severity}[{}]: {}\n --> {origin}\n", self.code(), self.message());
        if let Some(help) = self.help() {
            let _ = writeln!(out, "  = help: {help}");
        }
        out
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(workflow) = &self.workflow {
            write!(formatter, "in {}, ", quote(workflow))?;
        }
        write_place(formatter, &self.path, self.place, self.position_in_expression())?;
        write!(formatter, "{} [{}]", self.message(), self.code())
    }
}

/// Writes a place before what is to be said of it; nothing where none is known.
pub(crate) fn write_place(
    formatter: &mut fmt::Formatter<'_>,
    path: &str,
    place: Option<Position>,
    in_expression: Option<Position>,
) -> fmt::Result {
    formatter.write_str(path)?;
    if let Some(Position { line, column }) = place {
        let at = if path.is_empty() { "" } else { " at " };
        write!(formatter, "{at}{line}:{column}")?;
    }
    if let Some(Position { line, column }) = in_expression {
        write!(formatter, ", expression at {line}:{column}")?;
    }
    match path.is_empty() && place.is_none() && in_expression.is_none() {
        true => Ok(()),
        false => formatter.write_str(": "),
    }
}

/// The entries of a problem's places, in the file and in an expression, and of its help, where it has them.
pub(crate) fn serialize_place<M: SerializeMap>(
    map: &mut M,
    place: Option<Position>,
    in_expression: Option<Position>,
    help: Option<&str>,
) -> Result<(), M::Error> {
    if let Some(Position { line, column }) = place {
        map.serialize_entry("line", &line)?;
        map.serialize_entry("column", &column)?;
    }
    if let Some(position) = in_expression {
        map.serialize_entry("expression", &position)?;
    }
    match help {
        Some(help) => map.serialize_entry("help", help),
        None => Ok(()),
    }
}

impl Serialize for Problem {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("code", &self.code())?;
        map.serialize_entry("kind", &self.code().kind())?;
        map.serialize_entry("severity", &self.severity())?;
        map.serialize_entry("message", self.message())?;
        map.serialize_entry("path", &self.path)?;
        if let Some(workflow) = &self.workflow {
            map.serialize_entry("workflow", workflow)?;
        }
        serialize_place(&mut map, self.place, self.position_in_expression(), self.help())?;
        map.end()
    }
}

/// How many unknown names of a set or document get a suggestion, which takes a look at all names.
pub(crate) const MAX_SUGGESTIONS: usize = 20;
/// How many names a suggestion looks at.
pub(crate) const MAX_CANDIDATES: usize = 1_000;

/// The longest path that is built; a longer one is cut.
const MAX_PATH_BYTES: usize = 256;

/// The beginning of a text, within so many bytes.
fn cut(text: &str, most_bytes: usize) -> String {
    let mut shown = String::with_capacity(most_bytes);
    escape_within(&mut shown, text, usize::MAX, most_bytes);
    shown
}

/// The path of an entry of what is at `path`.
pub(crate) fn key_path(path: &str, key: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.!<>()".contains(&byte);
    let key = match !key.is_empty() && key.len() <= 128 && key.bytes().all(plain) {
        true => key.to_owned(),
        false => quote(key),
    };
    match path {
        "" => key,
        long if long.len() > MAX_PATH_BYTES => long.to_owned(),
        path => format!("{path}.{key}"),
    }
}

/// The path of an element of what is at `path`.
pub(crate) fn index_path(path: &str, index: usize) -> String {
    match path.len() > MAX_PATH_BYTES {
        true => path.to_owned(),
        false => format!("{path}[{index}]"),
    }
}

/// An error of a place in the document.
pub(crate) fn error(path: &str, place: Option<Position>, code: Code, message: impl Into<String>) -> Problem {
    Problem::at(path, place, Diagnostic::error(code, Span::default(), message))
}

/// An error of a place in the document, with help.
pub(crate) fn error_with_help(
    path: &str,
    place: Option<Position>,
    code: Code,
    message: impl Into<String>,
    help: impl Into<String>,
) -> Problem {
    Problem::at(
        path,
        place,
        Diagnostic::error(code, Span::default(), message).with_help(help),
    )
}

/// An error of a place in the document, with what was meant, where something is near.
pub(crate) fn error_with_meant(
    path: &str,
    place: Option<Position>,
    code: Code,
    message: impl Into<String>,
    meant: Option<&str>,
) -> Problem {
    match meant {
        Some(meant) => error_with_help(path, place, code, message, format!("did you mean {}?", quote(meant))),
        None => error(path, place, code, message),
    }
}
