//! A diagnostic: severity, code, message, place, label, help and suggestion.

use serde::{Deserialize, Serialize};

use super::code::Code;
use crate::source::Span;

/// The severity of a diagnostic.
///
/// ```
/// use selvedge::diagnostic::Severity;
/// assert!(Severity::Warning < Severity::Error);
/// assert_eq!(serde_json::to_string(&Severity::Warning)?, r#""warning""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Severity {
    /// The program is accepted; the author should know.
    Warning,
    /// The program is refused.
    Error,
}

/// A replacement of a part of the source that would fix the program.
///
/// ```
/// use selvedge::{Engine, Schema, Type};
/// let source = "pric * 2";
/// let refused = Engine::default().compile(source, &Schema::new().with("price", Type::Long)).unwrap_err();
/// let suggestion = refused.diagnostics()[0].suggestion.as_ref().ok_or("none")?;
/// assert_eq!((suggestion.span.of(source), &*suggestion.replacement), ("pric", "price"));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Suggestion {
    /// What to replace.
    pub span: Span,
    /// What to put there.
    pub replacement: String,
    /// Whether a tool may apply it without asking: the program keeps its meaning, or gets the obvious one.
    #[serde(default)]
    pub safe: bool,
}

/// An error or warning about a program.
///
/// ```
/// use selvedge::{Engine, Schema};
/// let source = "'a' - 1";
/// let refused = Engine::default().compile(source, &Schema::new()).unwrap_err();
/// let diagnostic = &refused.diagnostics()[0];
/// assert_eq!(diagnostic.code.text(), "E301");
/// assert_eq!(diagnostic.message, "`-` does not take STRING and LONG");
/// assert_eq!(diagnostic.span.of(source), "'a' - 1");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The stable code, such as `E201`.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// One line: lower case, no final period, the user's words in backticks.
    pub message: String,
    /// The place in the source.
    pub span: Span,
    /// A few words about that place, shown next to the caret.
    pub label: String,
    /// What to do about it.
    pub help: Option<String>,
    /// A replacement that would fix it, if one is known.
    pub suggestion: Option<Box<Suggestion>>,
}

impl Diagnostic {
    /// An error with a code at a place.
    ///
    /// ```
    /// use selvedge::{Span, diagnostic::{Code, Diagnostic}};
    /// let diagnostic = Diagnostic::error(Code::HostFunction, Span::new(0, 4), "`lake` is closed");
    /// assert!(diagnostic.is_error());
    /// ```
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            span,
            label: String::new(),
            help: None,
            suggestion: None,
        }
    }

    /// A warning with a code at a place.
    ///
    /// ```
    /// use selvedge::{Span, diagnostic::{Code, Diagnostic, Severity}};
    /// let diagnostic = Diagnostic::warning(Code::LeadingZero, Span::new(0, 3), "`010` is ten");
    /// assert_eq!(diagnostic.severity, Severity::Warning);
    /// ```
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, span, message)
        }
    }

    /// The bytes of the heap that its texts hold.
    pub(crate) fn held_bytes(&self) -> usize {
        let suggestion = self.suggestion.as_ref();
        self.message.capacity()
            + self.label.capacity()
            + self.help.as_ref().map_or(0, String::capacity)
            + suggestion.map_or(0, |suggestion| {
                size_of::<Suggestion>() + suggestion.replacement.capacity()
            })
    }

    /// Sets the label next to the caret.
    ///
    /// ```
    /// use selvedge::{Span, diagnostic::{Code, Diagnostic, render}};
    /// let diagnostic = Diagnostic::warning(Code::LeadingZero, Span::new(0, 3), "`010` is ten");
    /// let text = render(&diagnostic.with_label("not octal"), "010", "job");
    /// assert!(text.contains("^^^ not octal"));
    /// ```
    #[must_use]
    pub fn with_label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Sets the help.
    ///
    /// ```
    /// use selvedge::{Span, diagnostic::{Code, Diagnostic, render}};
    /// let diagnostic = Diagnostic::warning(Code::LeadingZero, Span::new(0, 3), "`010` is ten");
    /// let text = render(&diagnostic.with_help("write `10`"), "010", "job");
    /// assert!(text.ends_with("= help: write `10`\n"));
    /// ```
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Sets a replacement for a part of the source.
    ///
    /// ```
    /// use selvedge::{Span, diagnostic::{Code, Diagnostic}};
    /// let place = Span::new(0, 4);
    /// let diagnostic = Diagnostic::error(Code::UnknownName, place, "no `pric`").with_suggestion(place, "price");
    /// assert_eq!(diagnostic.suggestion.map(|suggestion| suggestion.safe), Some(false));
    /// ```
    #[must_use]
    pub fn with_suggestion(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.suggestion = Some(Box::new(Suggestion {
            span,
            replacement: replacement.into(),
            safe: false,
        }));
        self
    }

    /// Sets a replacement that a tool may apply without asking.
    ///
    /// ```
    /// use selvedge::{Span, diagnostic::{Code, Diagnostic}};
    /// let place = Span::new(0, 3);
    /// let diagnostic = Diagnostic::warning(Code::LeadingZero, place, "`010` is ten").with_fix(place, "10");
    /// assert_eq!(diagnostic.suggestion.map(|suggestion| suggestion.safe), Some(true));
    /// ```
    #[must_use]
    pub fn with_fix(self, span: Span, replacement: impl Into<String>) -> Self {
        let mut fixed = self.with_suggestion(span, replacement);
        if let Some(suggestion) = &mut fixed.suggestion {
            suggestion.safe = true;
        }
        fixed
    }

    /// Whether it refuses the program.
    ///
    /// ```
    /// use selvedge::{Engine, Schema};
    /// let program = Engine::default().compile("010 + 1", &Schema::new())?;
    /// assert!(!program.warnings()[0].is_error());
    /// # Ok::<(), selvedge::CompileError>(())
    /// ```
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
