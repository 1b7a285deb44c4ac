//! How the command ends.

use std::process::ExitCode;

/// How the command ends: 0 value, 1 evaluation error, 2 wrong usage, 3 compile error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    Value = 0,
    Evaluation = 1,
    Usage = 2,
    Compile = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
