//! What can be wrong with a pattern or a replacement.

/// A pattern that is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PatternError {
    /// Java refuses it too.
    #[error("{what} at position {at} of the pattern {pattern}")]
    Syntax {
        /// What is wrong.
        what: &'static str,
        /// The byte offset in the pattern.
        at: usize,
        /// The pattern, quoted.
        pattern: String,
    },
    /// Java knows it; a linear-time engine does not.
    #[error("{what} not supported in patterns (position {at} of {pattern})")]
    Unsupported {
        /// What is refused, with its verb.
        what: &'static str,
        /// The byte offset in the pattern.
        at: usize,
        /// The pattern, quoted.
        pattern: String,
    },
    /// Longer than the limit.
    #[error("a pattern of {length} bytes exceeds the limit of {limit}")]
    TooLong {
        /// Its length.
        length: usize,
        /// The limit.
        limit: usize,
    },
    /// Needs more memory than the limit.
    #[error("the pattern {0} is too large when compiled")]
    TooLarge(String),
    /// The engine refuses what passed our own checks, such as an unknown script.
    #[error("unknown name in the pattern {0}")]
    Refused(String),
}

/// A replacement template with a fault; found only where there is a match, as in Java.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TemplateError {
    /// A backslash at the end.
    #[error("character to be escaped is missing in the replacement {0}")]
    MissingEscaped(String),
    /// A dollar without a group behind it.
    #[error("illegal group reference in the replacement {0}")]
    IllegalReference(String),
    /// `${name` without its end.
    #[error("named group is missing its closing brace in the replacement {0}")]
    MissingBrace(String),
    /// A number beyond the pattern's groups.
    #[error("no group {0}")]
    NoGroup(usize),
    /// A name the pattern does not have.
    #[error("no group with name {0}")]
    NoGroupNamed(String),
}

/// Why a replacement or a split stopped.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum RegexError<E> {
    /// The template is wrong.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// The budget or the sink refused.
    #[error("budget exhausted")]
    Refused(E),
}
