//! What is wrong with a program, as data: code, message, place, label, help and suggestion.
//!
//! The front end's rooms build diagnostics where the facts are; [`render`] turns them into text.

mod code;
mod quote;
mod render;
mod suggest;

pub use code::Code;
pub use quote::{MAX_QUOTED_CHARS, quote};
pub(crate) use quote::{escape_into, escape_within};
pub use render::render;
pub(crate) use suggest::closest;

use serde::{Deserialize, Serialize};

use crate::source::Span;

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The program is accepted; the author should know.
    Warning,
    /// The program is refused.
    Error,
}

/// A replacement of a part of the source that would mend the program.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Suggestion {
    /// What to replace.
    pub span: Span,
    /// What to put there.
    pub replacement: String,
    /// Whether the program then means what it did, or what was plainly meant, so that a tool may do it unasked.
    #[serde(default)]
    pub safe: bool,
}

/// One thing to say about a program.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Diagnostic {
    /// The stable code, such as `E201`.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// One line: lower case, no final period, the user's words in backticks.
    pub message: String,
    /// Where in the source.
    pub span: Span,
    /// What stands at that place, in a few words; shown beside the caret.
    pub label: String,
    /// What to do about it.
    pub help: Option<String>,
    /// A replacement that would mend it, where one is known.
    pub suggestion: Option<Box<Suggestion>>,
}

impl Diagnostic {
    /// An error of the given code at a place.
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

    /// A warning of the given code at a place.
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, span, message)
        }
    }

    /// The same with a label beside the caret.
    #[must_use]
    pub fn with_label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// The same with a line of help.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with a replacement for a part of the source.
    #[must_use]
    pub fn with_suggestion(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.suggestion = Some(Box::new(Suggestion {
            span,
            replacement: replacement.into(),
            safe: false,
        }));
        self
    }

    /// The same with a replacement that a tool may make unasked.
    #[must_use]
    pub fn with_fix(self, span: Span, replacement: impl Into<String>) -> Self {
        let mut fixed = self.with_suggestion(span, replacement);
        if let Some(suggestion) = &mut fixed.suggestion {
            suggestion.safe = true;
        }
        fixed
    }

    /// Whether it refuses the program.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
