//! Events and commands of unfoldings as dicts, in the crate's own form, which JSON keeps as it is.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString};
use selvedge::workflow::{Blueprint, Command, Event, Ready};
use selvedge::{Map, Value};

use crate::convert::to_value;
use crate::errors;
use crate::give;

/// The event of a dict, or of the text `cancelled`.
pub(crate) fn event(given: &Bound<'_, PyAny>) -> PyResult<Event> {
    event_of(given.py(), &to_value(given)?)
}

/// The event that a value says.
pub(crate) fn event_of(py: Python<'_>, said: &Value) -> PyResult<Event> {
    let event = said.deserialize::<Event>();
    event.map_err(|error| errors::usage(py, format_args!("no event: {error}")))
}

/// The event that an unfolding began.
pub(crate) fn begun<'py>(
    py: Python<'py>,
    blueprint: &Blueprint,
    parameters: &Map,
    again: bool,
) -> PyResult<Bound<'py, PyAny>> {
    let (event, begun) = (PyDict::new(py), PyDict::new(py));
    begun.set_item("blueprint", blueprint.hash())?;
    begun.set_item("parameters", give::map(py, parameters)?)?;
    begun.set_item("again", again)?;
    event.set_item("begun", begun)?;
    Ok(event.into_any())
}

/// The commands as a list of dicts.
pub(crate) fn commands<'py>(py: Python<'py>, commands: &[Command]) -> PyResult<Bound<'py, PyList>> {
    let list = PyList::empty(py);
    for command in commands {
        list.append(match command {
            Command::Run(step) => {
                let dict = PyDict::new(py);
                dict.set_item("run", ready(py, step)?)?;
                dict.into_any()
            }
            // Names and reasons, without values.
            other => give::serialized(py, other)?,
        })?;
    }
    Ok(list)
}

/// A step that is to run, with its parameters as they are.
pub(crate) fn ready<'py>(py: Python<'py>, step: &Ready) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    dict.set_item("path", &step.path)?;
    dict.set_item("id", &step.id)?;
    dict.set_item("type", &step.type_name)?;
    dict.set_item("parameters", give::map(py, &step.parameters)?)?;
    if step.started {
        dict.set_item("started", true)?;
    }
    if step.attempt > 0 {
        dict.set_item("attempt", step.attempt)?;
        dict.set_item("delay_seconds", step.delay_seconds)?;
    }
    Ok(dict)
}

/// What went wrong with a step, as whoever ran it says: a text, a dict of `code` and `message`, or an exception.
pub(crate) fn step_error(given: &Bound<'_, PyAny>) -> PyResult<Value> {
    if given.is_instance_of::<pyo3::exceptions::PyBaseException>() {
        let code = given.get_type().name()?.to_string();
        let message = given.str()?.to_string_lossy().into_owned();
        return Ok(Map::from_iter([("code", code), ("message", message)]).into());
    }
    match given.cast::<PyString>() {
        Ok(text) => Ok(text.to_str()?.into()),
        Err(_) => to_value(given),
    }
}
