//! What stops an evaluation: a code and a message, made where the facts are. The engine adds the place.

use std::fmt;

use crate::diagnostic::{Code, Message};

/// What to know of an index that is out of range.
pub(crate) const INDEX_HELP: &str = "the first element has index 0; the last of `xs` is `xs[xs.length - 1]`";

/// What to do about a method that is called on null.
pub(super) const NULL_HELP: &str = "test for null first, `x == null ? … : x.…`";

/// What to do about a null among the operands.
pub(super) const NULL_OPERAND_HELP: &str = "for a value where there may be none, write `x == null ? 0 : x`";

/// The reason an evaluation stopped without a value.
///
/// One pointer wide, so that results carrying it stay small on the paths that succeed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault(Box<Reason>);

#[derive(Debug, PartialEq, Eq)]
struct Reason {
    code: Code,
    message: Message,
    help: Option<&'static str>,
    thrown: Option<String>,
}

impl Fault {
    /// A fault with a message of words, or of parts.
    #[cold]
    pub(crate) fn new(code: Code, message: impl Into<Message>) -> Self {
        let message = message.into();
        Self(Box::new(Reason {
            code,
            message,
            help: None,
            thrown: None,
        }))
    }

    /// A fault whose whole message is made of the tenant's values, quoted and bounded by its error type.
    #[cold]
    pub(crate) fn quoting(code: Code, error: impl fmt::Display) -> Self {
        Self::new(code, Message::of_value(error))
    }

    /// The fault of a `throw`, with the program's text, whole.
    #[cold]
    pub(crate) fn thrown(text: String) -> Self {
        Self(Box::new(Reason {
            code: Code::Thrown,
            message: Message::default(),
            help: None,
            thrown: Some(text),
        }))
    }

    /// A broken invariant of this crate; `what` says which.
    #[cold]
    pub(crate) fn internal(what: &'static str) -> Self {
        Self::new(Code::Internal, what)
    }

    /// A null where the named thing is needed.
    #[cold]
    pub(crate) fn null(what: &'static str) -> Self {
        Self::new(Code::NullValue, Message::from(what).words(" is null"))
    }

    /// A method that is called on null.
    #[cold]
    pub(crate) fn null_receiver(code: Code, method: &str) -> Self {
        let message = Message::default().name(method).words(" is called on null");
        Self::new(code, message).with_help(code, NULL_HELP)
    }

    /// Of a value of the wrong type, adds the parameter that is absent, where the source there reads one.
    #[cold]
    #[must_use]
    pub(crate) fn naming_absent<'n>(mut self, source: &str, mut absent: impl Iterator<Item = &'n str>) -> Self {
        if matches!(self.code(), Code::TypeMismatch | Code::NullValue)
            && let Some(name) = absent.find(|name| has_word(source, name))
        {
            let message = std::mem::take(&mut self.0.message);
            self.0.message = message.words("; ").name(name).words(" is not given");
        }
        self
    }

    /// The same with what to do about it, where it is of the code. The words do not depend on the tenant's values.
    #[cold]
    pub(crate) fn with_help(mut self, code: Code, help: &'static str) -> Self {
        if self.code() == code {
            self.0.help = Some(help);
        }
        self
    }

    /// The same with what to do about it, where it is of the code and nothing is said yet.
    #[cfg(feature = "datetime")]
    #[cold]
    pub(crate) fn or_help(self, code: Code, help: &'static str) -> Self {
        match self.help() {
            Some(_) => self,
            None => self.with_help(code, help),
        }
    }

    /// What to do about it.
    pub(crate) fn help(&self) -> Option<&'static str> {
        self.0.help
    }

    /// What kind of fault it is.
    pub(crate) fn code(&self) -> Code {
        self.0.code
    }

    /// The message on one bounded line, without the tenant's values where they are not to be quoted.
    pub(crate) fn message(&self, quote_values: bool) -> String {
        match &self.0.thrown {
            Some(text) => Message::of_value(beginning(text)).text(self.0.code, quote_values),
            None => self.0.message.text(self.0.code, quote_values),
        }
    }

    /// The text of a `throw`, consumed.
    pub(crate) fn into_thrown(self) -> Option<String> {
        self.0.thrown
    }
}

/// Whether a name stands in the source, and not within a longer one.
fn has_word(source: &str, name: &str) -> bool {
    let is_part = |character: char| character.is_alphanumeric() || matches!(character, '_' | '$');
    source.match_indices(name).any(|(start, _)| {
        let (before, after) = (source.get(..start), source.get(start + name.len()..));
        let touches = |beside: Option<char>| beside.is_some_and(is_part);
        !touches(before.and_then(|before| before.chars().next_back()))
            && !touches(after.and_then(|after| after.chars().next()))
    })
}

/// The part of a text that a message can hold, and a little more, so that the message shows that it was cut.
fn beginning(text: &str) -> &str {
    let end = text.char_indices().nth(1024).map_or(text.len(), |(end, _)| end);
    text.get(..end).unwrap_or(text)
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.0.code, self.message(true))
    }
}
