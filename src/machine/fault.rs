//! What stops an evaluation: a code and a message, made where the facts are. The engine adds the place.

use std::borrow::Cow;
use std::fmt;

use crate::diagnostic::Code;

/// The most bytes of a message; longer ones are cut.
const MAX_MESSAGE_BYTES: usize = 1024;

/// The reason an evaluation stopped without a value.
///
/// One pointer wide, so that results carrying it stay small on the paths that succeed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault(Box<Reason>);

#[derive(Debug, PartialEq, Eq)]
struct Reason {
    code: Code,
    message: Cow<'static, str>,
    quotes_values: bool,
}

impl Fault {
    /// A fault whose message holds no value of the tenant's.
    #[cold]
    pub(crate) fn new(code: Code, message: impl Into<Cow<'static, str>>) -> Self {
        Self::build(code, message.into(), false)
    }

    /// A fault whose message quotes a value of the tenant's; the host can ask for messages without such quotes.
    #[cold]
    pub(crate) fn quoting(code: Code, message: impl Into<Cow<'static, str>>) -> Self {
        Self::build(code, message.into(), true)
    }

    /// The message of a `throw`, whole: it is the program's own value.
    #[cold]
    pub(crate) fn thrown(message: String) -> Self {
        Self(Box::new(Reason {
            code: Code::Thrown,
            message: message.into(),
            quotes_values: false,
        }))
    }

    /// A broken invariant of this crate; `what` says which.
    #[cold]
    pub(crate) fn internal(what: &'static str) -> Self {
        Self::build(Code::Internal, what.into(), false)
    }

    /// A null where the named thing is needed.
    #[cold]
    pub(crate) fn null(what: &'static str) -> Self {
        Self::build(Code::NullValue, format!("{what} is null").into(), false)
    }

    fn build(code: Code, mut message: Cow<'static, str>, quotes_values: bool) -> Self {
        if message.len() > MAX_MESSAGE_BYTES {
            let end = (0..=MAX_MESSAGE_BYTES - '…'.len_utf8())
                .rev()
                .find(|&end| message.is_char_boundary(end));
            let kept = message.get(..end.unwrap_or(0)).unwrap_or("");
            message = format!("{kept}…").into();
        }
        Self(Box::new(Reason {
            code,
            message,
            quotes_values,
        }))
    }

    /// What kind of fault it is.
    pub(crate) fn code(&self) -> Code {
        self.0.code
    }

    /// Whether the message quotes a value.
    pub(crate) fn quotes_values(&self) -> bool {
        self.0.quotes_values
    }

    /// The message, consumed.
    pub(crate) fn into_message(self) -> String {
        self.0.message.into_owned()
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.0.code, self.0.message)
    }
}
