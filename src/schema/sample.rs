//! A schema from samples of the parameters.

use indexmap::IndexMap;
use serde_json::Value as Json;

use super::join::{as_parameter, join};
use super::{Schema, SchemaError, seen};
use crate::shape::Shapes;
use crate::types::Type;
use crate::value::{Map, Value};
use crate::work::visit;

impl Schema {
    /// Infers the schema from one sample of the parameters, a JSON object. Null and an empty array become `ANY` and `LIST`, which accept
    /// more than the sample. Shapes follow the sample: a map has the keys that occur.
    ///
    /// # Errors
    ///
    /// What is not an object, and what no value of the language can be, such as an integer beyond 64 bits.
    ///
    /// ```
    /// use selvedge::{Schema, Type};
    /// let sample = serde_json::json!({"day": 20260101, "regions": ["us", "eu"], "note": null});
    /// let schema = Schema::from_sample(&sample)?;
    /// assert_eq!(schema.get("regions"), Some(Type::StringArray));
    /// assert_eq!(schema.get("note"), Some(Type::Any));
    /// # Ok::<(), selvedge::SchemaError>(())
    /// ```
    pub fn from_sample(sample: &Json) -> Result<Self, SchemaError> {
        Self::from_samples([sample])
    }

    /// Infers a schema that accepts each of the samples. A name may be missing from some of them.
    ///
    /// # Errors
    ///
    /// As [`Schema::from_sample`].
    ///
    /// ```
    /// use selvedge::{Schema, Type};
    /// let samples = [serde_json::json!({"price": 3, "note": null}), serde_json::json!({"price": 3.5, "note": "new"})];
    /// let schema = Schema::from_samples(&samples)?;
    /// assert_eq!((schema.get("price"), schema.get("note")), (Some(Type::Double), Some(Type::String)));
    /// # Ok::<(), selvedge::SchemaError>(())
    /// ```
    pub fn from_samples<'a>(samples: impl IntoIterator<Item = &'a Json>) -> Result<Self, SchemaError> {
        let samples = samples.into_iter().map(read).collect::<Result<Vec<Map>, _>>()?;
        let mut types = IndexMap::<&str, (Type, Vec<&Value>)>::new();
        for (name, value) in samples.iter().flatten() {
            let ty = value.type_of();
            let (known, values) = types.entry(name).or_insert((ty, Vec::new()));
            *known = join(*known, ty);
            values.push(value);
        }
        types.values_mut().for_each(|(ty, _)| *ty = as_parameter(*ty));
        for (name, value) in samples.iter().flatten().take_while(|_| visit(1)) {
            if let Some((ty, _)) = types.get_mut(name)
                && value.clone().coerce_to(*ty).is_err()
            {
                // An integer may have no exact DOUBLE.
                *ty = Type::Any;
            }
        }
        let mut schema = Self::new();
        for (name, (ty, values)) in types.into_iter().take_while(|_| visit(1)) {
            let mut shapes = Shapes::default();
            let shape = seen::shape_of(values, &mut shapes);
            schema.insert_seen(name, ty, shapes, shape)?;
        }
        Ok(schema)
    }
}

fn read(sample: &Json) -> Result<Map, SchemaError> {
    match Value::from_serialize(sample) {
        Ok(Value::Map(map)) if map.get("*").is_none() => Ok(map),
        Ok(Value::Map(_)) => Err(SchemaError::source(
            "$",
            "`*` is not a parameter's name",
            "rename it in the sample",
        )),
        Ok(other) => Err(SchemaError::source(
            "$",
            format!("a sample is an object, this is {}", other.type_of()),
            "give an object with a value for each name",
        )),
        Err(error) => Err(SchemaError::source(
            error.path(),
            error.message(),
            "give the parameters as programs will see them",
        )),
    }
}
