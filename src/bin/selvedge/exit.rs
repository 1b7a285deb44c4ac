//! How the command ends.

use std::process::ExitCode;

use selvedge::CompileError;

/// How the command ends: 0 value, 1 evaluation error, 2 wrong usage, 3 compile error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    Value = 0,
    Evaluation = 1,
    Usage = 2,
    Compile = 3,
}

impl Exit {
    /// After a program was refused: it is wrong, or there was no time to see whether it is.
    pub(crate) fn of_refused(error: &CompileError) -> Self {
        match error.stopped_by() {
            Some(_) => Self::Evaluation,
            None => Self::Compile,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why the command ends without having come to what it is for; printed on one line, escaped.
#[derive(Debug)]
pub(crate) enum Failed {
    /// What it was given is wrong.
    Usage(String),
    /// There was no time to read it.
    Stopped(String),
    /// What it was given is wrong, as was told.
    Reported,
}

impl Failed {
    /// How the command ends.
    pub(crate) const fn exit(&self) -> Exit {
        match self {
            Self::Usage(_) | Self::Reported => Exit::Usage,
            Self::Stopped(_) => Exit::Evaluation,
        }
    }

    /// What is told.
    pub(crate) fn message(&self) -> &str {
        match self {
            Self::Usage(message) | Self::Stopped(message) => message,
            Self::Reported => "what it was given is wrong",
        }
    }
}

impl From<String> for Failed {
    fn from(message: String) -> Self {
        Self::Usage(message)
    }
}
