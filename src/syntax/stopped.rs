//! What a stage gives where it is to stop.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// The refusal of a stage that is to stop; nobody reads it.
pub(super) fn stopped() -> Diagnostic {
    Diagnostic::error(Code::Cancelled, Span::default(), "the compilation was stopped")
}
