//! Programs that cannot be lowered.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// What is wrong with a program: boxed, as every result of lowering has room for it.
pub(super) type Refused = Box<Diagnostic>;

#[cold]
pub(super) fn stopped(span: Span) -> Refused {
    Diagnostic::error(Code::Cancelled, span, "the compilation was stopped").into()
}

#[cold]
pub(super) fn too_large(span: Span) -> Refused {
    Diagnostic::error(Code::ProgramTooLarge, span, "the program is too large to run")
        .with_help("split it: an evaluation holds at most 65,000 variables and intermediate values")
        .into()
}

#[cold]
pub(super) fn internal(span: Span) -> Refused {
    let message = "the checker handed on a tree that cannot be lowered";
    Diagnostic::error(Code::Internal, span, message)
        .with_help("this is a defect of selvedge; please report it with the program")
        .into()
}
