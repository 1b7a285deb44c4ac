//! JSON's own values to and from ours: moved, never copied.

use serde_json::Value as Json;

use super::{Level, Map, Sequence, Value, ValueError, check_depth};

impl TryFrom<Json> for Value {
    type Error = ValueError;

    /// The JSON value, moved. Integers become LONG; numbers with a fraction or exponent become DOUBLE.
    ///
    /// `serde_json` itself reads an integer beyond 64 unsigned bits as a float before we see it; read JSON text with
    /// [`Value::from_json`], which refuses it.
    ///
    /// # Errors
    ///
    /// Integers beyond a signed 64 bits, and more than [`MAX_DEPTH`](crate::MAX_DEPTH) levels; the error names the
    /// path.
    fn try_from(json: Json) -> Result<Self, ValueError> {
        if let Err(error) = check_json_depth(&json, Level::default()) {
            dismantle(json);
            return Err(error);
        }
        from_json(json)
    }
}

impl TryFrom<Value> for Json {
    type Error = ValueError;

    /// The value as JSON, moved. NaN and the infinities, which JSON has no numbers for, become the texts `NaN`,
    /// `Infinity` and `-Infinity`.
    ///
    /// # Errors
    ///
    /// More than [`MAX_DEPTH`](crate::MAX_DEPTH) levels, which only a value built by hand can have; the error names the
    /// path.
    fn try_from(value: Value) -> Result<Self, ValueError> {
        check_depth(value.node(), Level::default())?;
        Ok(to_json(value))
    }
}

/// Refuses JSON that nests too deeply. Recurses, but never past the bound.
fn check_json_depth(json: &Json, level: Level) -> Result<(), ValueError> {
    match json {
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => Ok(()),
        Json::Array(elements) => {
            let inner = level.container()?;
            let mut indexed = elements.iter().enumerate();
            indexed.try_for_each(|(index, element)| {
                check_json_depth(element, inner).map_err(|error| error.at_index(index))
            })
        }
        Json::Object(entries) => {
            let inner = level.container()?;
            let mut entries = entries.iter();
            entries.try_for_each(|(key, value)| check_json_depth(value, inner).map_err(|error| error.at_key(key)))
        }
    }
}

/// Drops JSON of any depth without recursion, which its own type does not.
fn dismantle(json: Json) {
    let mut pending = vec![json];
    while let Some(json) = pending.pop() {
        match json {
            Json::Array(elements) => pending.extend(elements),
            Json::Object(entries) => pending.extend(entries.into_iter().map(|(_, value)| value)),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
        }
    }
}

// INVARIANT: both conversions below recurse only after the depth was checked.

fn from_json(json: Json) -> Result<Value, ValueError> {
    Ok(match json {
        Json::Null => Value::Null,
        Json::Bool(boolean) => Value::Boolean(boolean),
        Json::Number(number) => from_number(&number)?,
        Json::String(text) => Value::String(text),
        Json::Array(elements) => {
            let mut sequence = Sequence::default();
            for (index, element) in elements.into_iter().enumerate() {
                sequence.push(from_json(element).map_err(|error| error.at_index(index))?);
            }
            sequence.into()
        }
        Json::Object(entries) => {
            let mut map = Map::new();
            for (key, json) in entries {
                let value = from_json(json).map_err(|error| error.at_key(&key))?;
                map.insert(key, value);
            }
            Value::Map(map)
        }
    })
}

fn from_number(number: &serde_json::Number) -> Result<Value, ValueError> {
    if let Some(long) = number.as_i64() {
        return Ok(Value::Long(long));
    }
    match number.as_f64() {
        Some(double) if !number.is_u64() => Ok(Value::Double(double)),
        _ => Err(ValueError::integer_range(number)),
    }
}

fn to_json(value: Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Boolean(boolean) => Json::Bool(boolean),
        Value::Long(long) => Json::from(long),
        Value::Double(double) => from_double(double),
        Value::String(text) => Json::String(text),
        Value::BooleanArray(array) => array.into_iter().map(Json::Bool).collect(),
        Value::LongArray(array) => array.into_iter().map(Json::from).collect(),
        Value::DoubleArray(array) => array.into_iter().map(from_double).collect(),
        Value::StringArray(array) => array.into_iter().map(Json::from).collect(),
        Value::List(list) => list.into_iter().map(to_json).collect(),
        Value::Map(map) => map.into_iter().map(|(key, value)| (key, to_json(value))).collect(),
    }
}

fn from_double(double: f64) -> Json {
    let number = serde_json::Number::from_f64(double);
    number.map_or_else(|| Json::from(not_finite_text(double)), Json::Number)
}

/// The text that stands for a float which JSON has no number for, as Java prints it.
pub(super) const fn not_finite_text(double: f64) -> &'static str {
    if double.is_nan() {
        "NaN"
    } else if double > 0.0 {
        "Infinity"
    } else {
        "-Infinity"
    }
}
