//! Python objects to values, without any format in between. Depth and number of the values are bounded, so that an object that
//! contains itself is an exception.

use pyo3::exceptions::PyOverflowError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};
use selvedge::{Inputs, MAX_DEPTH, Map, Value};

use crate::misfit::Misfit;
use crate::python::data;

/// The most values of one conversion: what is shared inside an object is copied for each place.
const MAX_VALUES: usize = 20_000_000;
/// How many values are converted before signals are looked at.
const SIGNAL_VALUES: usize = 1 << 20;

/// The value of an object.
pub(crate) fn to_value(object: &Bound<'_, PyAny>) -> PyResult<Value> {
    let mut reading = Reading { values: 0 };
    reading.value(object, 0).map_err(|misfit| misfit.raise(object.py()))
}

/// The map of an object that is one: a dict, another mapping, a data class, a model.
pub(crate) fn to_map(object: &Bound<'_, PyAny>, what: &str) -> PyResult<Map> {
    match to_value(object)? {
        Value::Map(map) => Ok(map),
        other => {
            let message = format!("{what} are a map from names to values, not {}", other.type_of());
            Err(Misfit::new(message).raise(object.py()))
        }
    }
}

/// As [`to_map`], of nothing where there is none.
pub(crate) fn to_optional_map(object: Option<&Bound<'_, PyAny>>, what: &str) -> PyResult<Map> {
    object.map_or_else(|| Ok(Map::new()), |object| to_map(object, what))
}

/// Whether a document is JSON, rather than YAML or TOML.
pub(crate) fn is_json(text: &str) -> bool {
    text.trim_start().starts_with('{')
}

/// The parameters of an evaluation.
pub(crate) fn to_inputs(object: Option<&Bound<'_, PyAny>>) -> PyResult<Inputs> {
    to_optional_map(object, "parameters").map(Inputs::from)
}

struct Reading {
    values: usize,
}

impl Reading {
    fn value(&mut self, object: &Bound<'_, PyAny>, depth: usize) -> Result<Value, Misfit> {
        self.count(object.py())?;
        // What is most common first, by the type itself, which is one comparison each.
        if let Ok(text) = object.cast_exact::<PyString>() {
            return text_of(text).map(Value::String);
        }
        if let Ok(integer) = object.cast_exact::<PyInt>() {
            return long_of(integer);
        }
        if let Ok(float) = object.cast_exact::<PyFloat>() {
            return Ok(Value::Double(float.value()));
        }
        if object.is_none() {
            return Ok(Value::Null);
        }
        if let Ok(boolean) = object.cast::<PyBool>() {
            return Ok(Value::Boolean(boolean.is_true()));
        }
        if depth > MAX_DEPTH {
            return Err(too_deep());
        }
        if let Ok(dict) = object.cast::<PyDict>() {
            return self.map(dict, depth);
        }
        if let Ok(list) = object.cast::<PyList>() {
            return self.sequence(list.iter(), depth);
        }
        if let Ok(tuple) = object.cast_exact::<PyTuple>() {
            return self.sequence(tuple.iter(), depth);
        }
        self.derived(object, depth)
    }

    /// An object of a type that derives from a text's or number's, or another.
    fn derived(&mut self, object: &Bound<'_, PyAny>, depth: usize) -> Result<Value, Misfit> {
        if let Ok(text) = object.cast::<PyString>() {
            return text_of(text).map(Value::String);
        }
        if let Ok(integer) = object.cast::<PyInt>() {
            return long_of(integer);
        }
        if let Ok(float) = object.cast::<PyFloat>() {
            return Ok(Value::Double(float.value()));
        }
        self.other(object, depth)
    }

    fn count(&mut self, py: Python<'_>) -> Result<(), Misfit> {
        self.values += 1;
        if self.values > MAX_VALUES {
            return Err(Misfit::new(format!("more than {MAX_VALUES} values")));
        }
        if self.values.is_multiple_of(SIGNAL_VALUES) {
            py.check_signals()?;
        }
        Ok(())
    }

    fn map(&mut self, dict: &Bound<'_, PyDict>, depth: usize) -> Result<Value, Misfit> {
        let inner = container(depth)?;
        let mut map = Map::new();
        // A copy of the entries: what converting them runs may change the dict.
        for entry in dict.items().iter() {
            let entry = entry.cast_into::<PyTuple>().map_err(PyErr::from)?;
            let (key, value) = (entry.get_borrowed_item(0)?, entry.get_borrowed_item(1)?);
            let Ok(key) = key.cast::<PyString>() else {
                let found = type_name(&key);
                return Err(Misfit::new(format!("the keys of a map must be texts, found {found}")));
            };
            let key = text_of(&key)?;
            let value = self.value(&value, inner).map_err(|misfit| misfit.at_key(&key))?;
            map.insert(key, value);
        }
        Ok(Value::Map(map))
    }

    fn sequence<'py>(&mut self, items: impl Iterator<Item = Bound<'py, PyAny>>, depth: usize) -> Result<Value, Misfit> {
        let inner = container(depth)?;
        let values = items
            .enumerate()
            .map(|(index, item)| self.value(&item, inner).map_err(|misfit| misfit.at_index(index)));
        values.collect()
    }

    /// An object of another type: the Python part of the package says what it stands for, or that it stands for nothing.
    fn other(&mut self, object: &Bound<'_, PyAny>, depth: usize) -> Result<Value, Misfit> {
        let (found, plain) = data(object.py(), "plain", (object,))?.extract::<(bool, Bound<'_, PyAny>)>()?;
        match found {
            // What stands for another object does so at most as often as values nest.
            true => self.value(&plain, depth + 1),
            false => Err(Misfit::new(plain.extract::<String>()?)),
        }
    }
}

/// One container further in.
fn container(depth: usize) -> Result<usize, Misfit> {
    match depth >= MAX_DEPTH {
        true => Err(too_deep()),
        false => Ok(depth + 1),
    }
}

fn too_deep() -> Misfit {
    Misfit::new(format!("nested deeper than {MAX_DEPTH} levels, or containing itself"))
}

fn text_of(text: &Bound<'_, PyString>) -> Result<String, Misfit> {
    match text.to_str() {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => Err(Misfit::new("half of a surrogate pair, which is not a text")),
    }
}

fn long_of(integer: &Bound<'_, PyInt>) -> Result<Value, Misfit> {
    let py = integer.py();
    match integer.extract::<i64>() {
        Ok(long) => Ok(Value::Long(long)),
        Err(error) if error.is_instance_of::<PyOverflowError>(py) => {
            let bits = integer.call_method0("bit_length")?.extract::<u64>()?;
            let shown = match bits <= 256 {
                true => format!("`{integer}`"),
                false => format!("of {bits} bits"),
            };
            Err(Misfit::new(format!("integer {shown} does not fit in 64 bits")))
        }
        Err(error) => Err(error.into()),
    }
}

/// The name of an object's type.
pub(crate) fn type_name(object: &Bound<'_, PyAny>) -> String {
    let name = object.get_type().name();
    name.map_or_else(|_| "an object".to_owned(), |name| name.to_string_lossy().into_owned())
}
