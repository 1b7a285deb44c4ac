//! Programs that cannot be lowered.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

pub(super) fn too_large(span: Span) -> Diagnostic {
    Diagnostic::error(Code::ProgramTooLarge, span, "the program is too large to run")
        .with_help("split it: an evaluation holds at most 65,000 variables and intermediate values")
}

pub(super) fn internal(span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::Internal,
        span,
        "the checker handed on a tree that cannot be lowered",
    )
    .with_help("this is a defect of selvedge; please report it with the program")
}
