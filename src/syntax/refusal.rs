//! What of other languages is refused.

use crate::diagnostic::{Code, Diagnostic, quote, quote_code};
use crate::source::Span;

/// The error of a construct that the language has not.
pub(super) fn refused(start: usize, length: usize, message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
    let span = Span::new(start as u32, (start + length) as u32);
    Diagnostic::error(Code::UnsupportedSyntax, span, message).with_help(help)
}

/// The error of a word or operator that the language has not.
pub(super) fn unsupported(source: &str, start: usize, length: usize, help: impl Into<String>) -> Diagnostic {
    let written = source.get(start..start + length).unwrap_or("");
    refused(start, length, format!("{} is not supported", quote(written)), help)
}

/// A help that is a piece of code.
pub(super) fn write(code: &str) -> String {
    format!("write {}", quote_code(code))
}

pub(super) fn comprehension(at: usize) -> Diagnostic {
    let help = "make an array and fill it: `ys = new int[xs.length]; for (int i = 0; i < xs.length; i += 1) { ys[i] = xs[i]; }`";
    refused(at, 1, "comprehensions are not supported", help)
}
