//! Values to Python objects.

use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use selvedge::{Map, Usage, Value};
use serde::Serialize;

use crate::python::data;

/// The object of a value. Values that the crate gives nest at most as deep as its limit.
pub(crate) fn value<'py>(py: Python<'py>, given: &Value) -> PyResult<Bound<'py, PyAny>> {
    match given {
        Value::Boolean(boolean) => boolean.into_bound_py_any(py),
        Value::Long(long) => long.into_bound_py_any(py),
        Value::Double(double) => double.into_bound_py_any(py),
        Value::String(text) => text.into_bound_py_any(py),
        Value::BooleanArray(array) => array.into_bound_py_any(py),
        Value::LongArray(array) => array.into_bound_py_any(py),
        Value::DoubleArray(array) => array.into_bound_py_any(py),
        Value::StringArray(array) => array.into_bound_py_any(py),
        Value::List(values) => {
            let list = PyList::empty(py);
            values.iter().try_for_each(|element| list.append(value(py, element)?))?;
            Ok(list.into_any())
        }
        Value::Map(entries) => map(py, entries).map(Bound::into_any),
        // Null, and nothing else that this release has.
        _ => Ok(py.None().into_bound(py)),
    }
}

/// The dict of a map.
pub(crate) fn map<'py>(py: Python<'py>, entries: &Map) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    for (key, entry) in entries {
        dict.set_item(key, value(py, entry)?)?;
    }
    Ok(dict)
}

/// The object of what serde can serialise: dicts, lists, texts, numbers.
pub(crate) fn serialized<'py>(py: Python<'py>, given: &(impl Serialize + ?Sized)) -> PyResult<Bound<'py, PyAny>> {
    pythonize::pythonize(py, given).map_err(PyErr::from)
}

/// What an evaluation used.
pub(crate) fn usage(py: Python<'_>, usage: Usage) -> PyResult<Bound<'_, PyAny>> {
    data(py, "Usage", (usage.steps, usage.memory))
}
