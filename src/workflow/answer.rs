//! What a step is told of others: copies of values, charged for.

use crate::diagnostic::quote;
use crate::host::HostError;
use crate::params::meter::Lent;
use crate::value::{Map, Value};

/// A copy of a value, charged for.
pub(super) fn copy(value: &Value, lent: &mut Lent) -> Result<Value, HostError> {
    charge(lent, value.held())?;
    Ok(value.clone())
}

/// Charges for what holds so many bytes in so many parts.
pub(super) fn charge(lent: &mut Lent, held: (u64, u64)) -> Result<(), HostError> {
    match lent.copy(held) {
        true => Ok(()),
        false => Err(HostError::new("the call was stopped")),
    }
}

/// A parameter of a run, for the view.
pub(super) fn parameter(
    values: &Map,
    step: &str,
    parameter: &str,
    lent: &mut Lent,
) -> Result<Option<Value>, HostError> {
    match values.get(parameter) {
        Some(value) => copy(value, lent).map(Some),
        None => Err(HostError::new(format!(
            "{} has no parameter {}",
            quote(step),
            quote(parameter)
        ))),
    }
}
