//! A parameter's value as the host lends it.

#[cfg(feature = "params")]
use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

#[cfg(feature = "params")]
use indexmap::IndexSet;

use crate::value::{Map, Value};

/// Looks parameters up by a computed name.
#[derive(Clone, Copy, Debug)]
pub(crate) enum NamedInputs<'p> {
    /// All parameters by name.
    Map(&'p Map),
    /// All parameters by name, but for those whose values are not known yet: to read one of these is an error. What is found is
    /// noted.
    #[cfg(feature = "params")]
    Known {
        values: &'p Map,
        unknown: &'p HashSet<Arc<str>>,
        found: &'p FoundNames,
    },
    /// Only these, bound by slot.
    Slots {
        names: &'p [Box<str>],
        values: &'p [Input<'p>],
    },
}

/// The computed names that were found. Shared with the run that notes them, in whichever thread that goes on.
#[cfg(feature = "params")]
#[derive(Debug, Default)]
pub(crate) struct FoundNames(Mutex<IndexSet<Box<str>>>);

#[cfg(feature = "params")]
impl FoundNames {
    /// Those since the last time.
    pub(crate) fn take(&self) -> IndexSet<Box<str>> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Adds one.
    pub(super) fn note(&self, name: &str) {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !names.contains(name) {
            names.insert(name.into());
        }
    }
}

/// A parameter's value, borrowed from the host.
///
/// ```
/// use selvedge::{Engine, Input, Schema, Type};
/// let schema = Schema::new().with("tables", Type::StringArray).with("suffix", Type::String);
/// let program = Engine::default().compile("tables[0] + suffix", &schema)?;
/// let tables = ["orders", "items"];
/// let outcome = program.evaluate_slots(&[Input::StringArray(&tables), Input::String("_v2")])?;
/// assert_eq!(outcome.value().as_str(), Some("orders_v2"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub enum Input<'p> {
    /// No value was given.
    #[default]
    Absent,
    /// Null.
    Null,
    /// A BOOLEAN.
    Boolean(bool),
    /// A LONG.
    Long(i64),
    /// A DOUBLE.
    Double(f64),
    /// A STRING.
    String(&'p str),
    /// A BOOLEAN_ARRAY.
    BooleanArray(&'p [bool]),
    /// A LONG_ARRAY.
    LongArray(&'p [i64]),
    /// A DOUBLE_ARRAY.
    DoubleArray(&'p [f64]),
    /// A STRING_ARRAY.
    StringArray(&'p [&'p str]),
    /// Any value the host holds.
    Value(&'p Value),
    /// A MAP.
    Map(&'p Map),
}

impl<'p> Input<'p> {
    /// The text of a string.
    #[inline]
    pub(crate) fn text(self) -> Option<&'p str> {
        match self {
            Input::String(text) => Some(text),
            Input::Value(Value::String(text)) => Some(text),
            _ => None,
        }
    }
}
