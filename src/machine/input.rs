//! A parameter's value as the host lends it.

#[cfg(feature = "params")]
use std::{
    fmt::Debug,
    sync::{Mutex, PoisonError},
};

#[cfg(feature = "params")]
use foldhash::fast::RandomState;
#[cfg(feature = "params")]
use indexmap::IndexSet;

use super::names::Names;
#[cfg(feature = "params")]
use super::{fault::Fault, meter::Meter};
use crate::value::{Map, Value};

/// Looks parameters up by a computed name.
#[derive(Clone, Copy, Debug)]
pub(crate) enum NamedInputs<'p> {
    /// There are none.
    None,
    /// All parameters by name.
    Map(&'p Map),
    /// What is known of a set that is being evaluated. What is found is noted.
    #[cfg(feature = "params")]
    Known {
        lookup: &'p dyn Lookup,
        found: &'p FoundNames,
    },
    /// Only these, bound by slot.
    Slots { names: &'p Names, values: &'p [Input<'p>] },
}

/// The computed names that were found. Shared with the run that notes them, in whichever thread that goes on.
#[cfg(feature = "params")]
#[derive(Debug, Default)]
pub(crate) struct FoundNames(Mutex<IndexSet<Box<str>, RandomState>>);

#[cfg(feature = "params")]
impl FoundNames {
    /// Those since the last time.
    pub(crate) fn take(&self) -> IndexSet<Box<str>, RandomState> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Adds one, charged before it is kept.
    pub(super) fn note(&self, name: &str, meter: &mut Meter) -> Result<(), Fault> {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !names.contains(name) {
            meter.charge_memory(NOTED_BYTES + name.len() as u64)?;
            names.insert(name.into());
        }
        Ok(())
    }
}

/// What a name that is noted takes beside its text.
#[cfg(feature = "params")]
const NOTED_BYTES: u64 = 64;

/// The parameters of a set that is being evaluated, and those around it.
#[cfg(feature = "params")]
pub(crate) trait Lookup: Debug + Sync {
    /// Returns what stands under a name; `None` if those around the set decide.
    fn find<'s>(&'s self, name: &str) -> Option<Known<'s>>;
    /// How many sets of parameters are around the set.
    fn surroundings(&self) -> usize;
    /// Returns what one of those around has under a name, the nearest first.
    fn around<'s>(&'s self, index: usize, name: &str) -> Option<&'s Value>;
    /// Returns what a name is that neither the set has nor one around it.
    fn nowhere<'s>(&'s self, name: &str) -> Known<'s>;
}

/// What a set that is being evaluated has under a name.
#[cfg(feature = "params")]
#[derive(Clone, Copy, Debug)]
pub(crate) enum Known<'s> {
    Value(&'s Value),
    Absent,
    /// A parameter whose value is not known yet: to read it is an error.
    NotYet,
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
            Input::Value(value) => value.as_str(),
            Input::Absent
            | Input::Null
            | Input::Boolean(_)
            | Input::Long(_)
            | Input::Double(_)
            | Input::BooleanArray(_)
            | Input::LongArray(_)
            | Input::DoubleArray(_)
            | Input::StringArray(_)
            | Input::Map(_) => None,
        }
    }
}
