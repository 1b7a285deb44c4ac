//! Why a host function failed, or was not registered.

use thiserror::Error;

/// The error of a host function: one line that the program's author may read.
///
/// ```
/// assert_eq!(selvedge::HostError::new("no such step").to_string(), "no such step");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct HostError(String);

impl HostError {
    /// An error with a message for the program's author: keep secrets and internals out of it.
    ///
    /// ```
    /// let error = selvedge::HostError::new("step `load` has not run");
    /// assert_eq!(error.message(), "step `load` has not run");
    /// ```
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    /// An error with the message of another one. The program's author will read it.
    ///
    /// ```
    /// use selvedge::{HostError, HostFunction};
    /// let parse = HostFunction::typed("params.parse", |text: String| text.parse::<i64>().map_err(HostError::from_error));
    /// assert_eq!(parse.call(&["x".into()]).unwrap_err().message(), "invalid digit found in string");
    /// ```
    pub fn from_error(error: impl std::error::Error) -> Self {
        Self(error.to_string())
    }

    /// The message.
    pub fn message(&self) -> &str {
        &self.0
    }
}

/// A host function that was not registered. The message quotes its name.
///
/// ```
/// use selvedge::{HostFunction, HostFunctions};
/// let mut functions = HostFunctions::new();
/// let mut register = |name| functions.register(HostFunction::typed(name, || Ok(1_i64)));
/// assert_eq!(register("Tables.latest"), Ok(()));
/// let again = register("Tables.latest").map_err(|error| error.to_string());
/// assert_eq!(again, Err("duplicate name `Tables.latest`".to_owned()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RegisterError {
    /// The name is not two identifiers with a dot between them.
    #[error("{0} is not a name of the form `params.name` or `Namespace.name`")]
    NotAName(String),
    /// A part of the name is a word of the language, such as `if`.
    #[error("{0} holds a reserved word, which programs cannot write as a name")]
    ReservedWord(String),
    /// The namespace is a class of the language, such as `Math`.
    #[error("{0} is in a class of the language: choose another namespace")]
    LanguageClass(String),
    /// The name belongs to the language.
    #[error("{0} is built in")]
    BuiltIn(String),
    /// There is such a function already.
    #[error("duplicate name {0}")]
    Duplicate(String),
}
