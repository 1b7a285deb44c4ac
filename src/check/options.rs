//! What a program is checked against.

use serde::{Deserialize, Serialize};

use super::signatures::HostSignatures;
use crate::advice::Advice;
use crate::dialect::Dialect;
use crate::library::capability::SwitchedOff;
use crate::schema::Schema;

/// What a name means that is not a variable, parameter or class.
///
/// ```
/// use selvedge::{Engine, Inputs, Schema, UnknownNames, Value};
/// let source = "owner == null ? 'nobody' : 'somebody'";
/// let refused = Engine::default().compile(source, &Schema::new());
/// assert_eq!(refused.map_err(|error| error.diagnostics()[0].code.text()).err(), Some("E201"));
///
/// let lenient = Engine::builder().unknown_names(UnknownNames::Null).build();
/// let outcome = lenient.compile(source, &Schema::new())?.evaluate(&Inputs::new())?;
/// assert_eq!(outcome.into_value(), Value::from("nobody"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum UnknownNames {
    /// A compile error with a suggestion.
    #[default]
    Error,
    /// Null, as in the reference implementation.
    Null,
}

/// What a program is checked against.
#[derive(Clone, Copy)]
pub(crate) struct Options<'o> {
    pub(crate) schema: &'o Schema,
    pub(crate) dialect: Dialect,
    pub(crate) unknown_names: UnknownNames,
    pub(crate) strict: bool,
    pub(crate) host_functions: &'o dyn HostSignatures,
    pub(crate) switched_off: SwitchedOff,
    /// Whether constants that always fail are looked for, by evaluating them.
    pub(crate) constants: bool,
    pub(crate) helps: Helps,
}

/// Whether what may have been meant is looked for where something is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Helps {
    With,
    /// What is wrong is only known, and not told.
    Without,
}

impl Options<'_> {
    /// What to write instead of what is refused.
    pub(crate) const fn advice(&self) -> Advice {
        Advice::in_dialect(self.dialect)
    }
}
