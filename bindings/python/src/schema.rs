//! Schemas: what programs may read, from types, JSON Schemas, samples and texts of shapes.

use pyo3::exceptions::{PyKeyError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};
use selvedge::{Map, SchemaError, Type, Value};
use serde_json::Value as Json;

use crate::convert::{to_map, type_name};
use crate::errors;
use crate::python::types;

/// The parameters that a program may read, with their types or shapes.
///
/// >>> import selvedge
/// >>> schema = selvedge.Schema({"rows": "long", "tables": "list<{name: string, days: long?}>"})
/// >>> schema["rows"], schema["tables"]
/// ('LONG', 'list<{name: string, days: long?}>')
#[pyclass(frozen, eq, hash, module = "selvedge")]
#[derive(PartialEq, Eq, Hash)]
pub(crate) struct Schema(pub(crate) selvedge::Schema);

#[pymethods]
impl Schema {
    /// A schema of names and types or shapes; `{"*": "any"}`, or `open=True`, has every other name too.
    #[new]
    #[pyo3(signature = (parameters=None, *, open=false))]
    fn new(parameters: Option<&Bound<'_, PyAny>>, open: bool) -> PyResult<Self> {
        let schema = match open {
            true => selvedge::Schema::open(),
            false => selvedge::Schema::new(),
        };
        match parameters {
            Some(parameters) => of_shapes(parameters, schema).map(Self),
            None => Ok(Self(schema)),
        }
    }

    /// The schema of a data class, `TypedDict`, `NamedTuple` or pydantic model: of the class, not of an instance.
    ///
    /// >>> from typing import NamedTuple
    /// >>> class Run(NamedTuple):
    /// ...     rows: int
    /// ...     note: str | None
    /// >>> Schema.of(Run).to_dict()
    /// {'rows': 'LONG', 'note': 'string?'}
    #[staticmethod]
    fn of(source: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = source.py();
        let described = types(py, "schema_of", (source,))?;
        match described.cast::<PyString>() {
            Ok(json_schema) => Self::from_json_schema(json_schema.as_any()),
            Err(_) => of_shapes(&described, selvedge::Schema::new()).map(Self),
        }
    }

    /// The schema of a JSON Schema, a dict or its text, whose instances are objects.
    ///
    /// >>> Schema.from_json_schema({"type": "object", "properties": {"day": {"type": "integer"}}}).to_dict()
    /// {'day': 'LONG'}
    #[staticmethod]
    fn from_json_schema(schema: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = schema.py();
        let text = types(py, "json_text", (schema,))?.extract::<String>()?;
        let refused = |error: &dyn std::fmt::Display| {
            errors::schema(py, &of_source("$", format!("not a JSON document: {error}")))
        };
        let document: Json = serde_json::from_str(&text).map_err(|error| refused(&error))?;
        let schema = py.detach(|| selvedge::Schema::from_json_schema(&document));
        schema.map(Self).map_err(|error| errors::schema(py, &error))
    }

    /// The schema that all of some samples fit; each is a dict of values, a data class or a model.
    ///
    /// >>> Schema.from_samples([{"price": 3, "note": None}, {"price": 3.5, "note": "new"}]).to_dict()
    /// {'price': 'DOUBLE', 'note': 'string?'}
    #[staticmethod]
    fn from_samples(samples: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = samples.py();
        let mut read = Vec::new();
        for sample in samples.try_iter()? {
            let sample = Value::Map(to_map(&sample?, "samples")?);
            read.push(Json::try_from(sample).map_err(|error| errors::usage(py, error))?);
        }
        let schema = py.detach(|| selvedge::Schema::from_samples(&read));
        schema.map(Self).map_err(|error| errors::schema(py, &error))
    }

    /// The types of some values by name; of null nothing is known.
    ///
    /// >>> Schema.from_values({"day": 20260101, "note": None}).to_dict()
    /// {'day': 'LONG', 'note': 'ANY'}
    #[staticmethod]
    fn from_values(values: &Bound<'_, PyAny>) -> PyResult<Self> {
        Ok(Self(of_values(&to_map(values, "values")?)))
    }

    /// Whether every name that it does not have is a parameter too.
    #[getter]
    fn is_open(&self) -> bool {
        self.0.is_open()
    }

    /// The names, in order.
    #[getter]
    fn names(&self) -> Vec<&str> {
        self.0.names().collect()
    }

    /// The names with their types or shapes: what `Schema` takes.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for name in self.0.names() {
            dict.set_item(name, said(&self.0, name))?;
        }
        if self.0.is_open() {
            dict.set_item("*", Type::Any.name())?;
        }
        Ok(dict)
    }

    fn __getitem__(&self, name: &str) -> PyResult<&str> {
        said(&self.0, name).ok_or_else(|| PyKeyError::new_err(name.to_owned()))
    }

    fn __contains__(&self, name: &str) -> bool {
        self.0.get(name).is_some()
    }

    fn __len__(&self) -> usize {
        self.0.names().len()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Schema({})", self.to_dict(py)?.repr()?))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyDict>,))> {
        let py = slf.py();
        Ok((slf.get_type().into_any(), (slf.get().to_dict(py)?,)))
    }
}

/// What a schema says of a name.
fn said<'s>(schema: &'s selvedge::Schema, name: &str) -> Option<&'s str> {
    schema.shape(name).or_else(|| schema.get(name).map(Type::name))
}

pub(crate) fn of_values(values: &Map) -> selvedge::Schema {
    selvedge::Schema::infer_from(values)
}

/// A schema of a dict from names to types or shapes.
fn of_shapes(shapes: &Bound<'_, PyAny>, mut schema: selvedge::Schema) -> PyResult<selvedge::Schema> {
    let py = shapes.py();
    for (name, shape) in to_map(shapes, "shapes")? {
        let Some(shape) = shape.as_str() else {
            let message = format!(
                "the shape of {name:?} is a text such as \"long\", not {}",
                shape.type_of()
            );
            return Err(PyTypeError::new_err(message));
        };
        let of_type = Type::ALL.iter().find(|ty| ty.name() == shape);
        let inserted = match of_type {
            Some(ty) => schema.insert(&name, *ty),
            None if name == "*" && shape == "any" => schema.insert(&name, Type::Any),
            None => schema.insert_shape(&name, shape),
        };
        inserted.map_err(|error| errors::schema(py, &error))?;
    }
    Ok(schema)
}

/// What may stand for a schema: one, a dict of shapes, or a type.
pub(crate) fn schema_like(given: &Bound<'_, PyAny>) -> PyResult<selvedge::Schema> {
    if let Ok(schema) = given.cast::<Schema>() {
        return Ok(schema.get().0.clone());
    }
    if given.cast::<PyDict>().is_ok() {
        return of_shapes(given, selvedge::Schema::new());
    }
    if !given.is_callable() {
        let found = type_name(given);
        let message = format!("expected a Schema, a dict from names to shapes, or a type, found {found}");
        return Err(PyTypeError::new_err(message));
    }
    Schema::of(given).map(|schema| schema.0)
}

fn of_source(path: &str, problem: String) -> SchemaError {
    SchemaError::Source {
        path: path.to_owned(),
        problem,
        help: "give a dict, or the text of a JSON Schema".to_owned(),
    }
}
