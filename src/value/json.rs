//! Values to and from JSON, and `Value` as a serde type.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{self, Serialize, Serializer};

use super::{MAX_DEPTH, Map, Value, ValueError, ser as value_ser};

/// Booleans, numbers, texts, sequences and maps as what they are. Where the format is for people, as JSON is, NaN and the
/// infinities, which it has no numbers for, are the texts `NaN`, `Infinity` and `-Infinity`.
impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Nested { value: self, depth: 0 }.serialize(serializer)
    }
}

/// A value inside so many containers.
struct Nested<'v> {
    value: &'v Value,
    depth: usize,
}

impl Nested<'_> {
    fn inner<'v>(&self, value: &'v Value) -> Nested<'v> {
        Nested {
            value,
            depth: self.depth + 1,
        }
    }
}

impl Serialize for Nested<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.depth > MAX_DEPTH {
            return Err(ser::Error::custom(format!(
                "a value nests deeper than {MAX_DEPTH} levels"
            )));
        }
        match self.value {
            Value::Null => serializer.serialize_unit(),
            Value::Boolean(value) => serializer.serialize_bool(*value),
            Value::Long(value) => serializer.serialize_i64(*value),
            Value::Double(value) => Double(*value).serialize(serializer),
            Value::String(text) => serializer.serialize_str(text),
            Value::BooleanArray(elements) => elements.serialize(serializer),
            Value::LongArray(elements) => elements.serialize(serializer),
            Value::DoubleArray(elements) => serializer.collect_seq(elements.iter().map(|element| Double(*element))),
            Value::StringArray(elements) => elements.serialize(serializer),
            Value::List(list) => serializer.collect_seq(list.iter().map(|element| self.inner(element))),
            Value::Map(map) => serializer.collect_map(map.iter().map(|(key, value)| (key, self.inner(value)))),
        }
    }
}

/// A float, or its text where the format has no number for it.
struct Double(f64);

impl Serialize for Double {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_finite() || !serializer.is_human_readable() {
            return serializer.serialize_f64(self.0);
        }
        serializer.serialize_str(match self.0 {
            nan if nan.is_nan() => "NaN",
            infinity if infinity > 0.0 => "Infinity",
            _ => "-Infinity",
        })
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Depth(0).deserialize_any(deserializer)
    }
}

/// Reads a value inside so many containers.
#[derive(Clone, Copy)]
struct Depth(usize);

impl Depth {
    fn deserialize_any<'de, D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn deeper<E: de::Error>(self) -> Result<Self, E> {
        match self.0 < MAX_DEPTH {
            true => Ok(Self(self.0 + 1)),
            false => Err(E::custom(format!("a value nests deeper than {MAX_DEPTH} levels"))),
        }
    }
}

impl<'de> de::DeserializeSeed<'de> for Depth {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.deserialize_any(deserializer)
    }
}

impl<'de> Visitor<'de> for Depth {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("null, a boolean, a number, a text, a sequence or a map with text keys")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Boolean(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Long(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
        let too_large = |_| E::custom(format!("the integer {value} does not fit into 64 bits with a sign"));
        i64::try_from(value).map(Value::Long).map_err(too_large)
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Double(value))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::String(text))
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.deserialize_any(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut values = Vec::new();
        while let Some(value) = sequence.next_element_seed(inner)? {
            values.push(value);
        }
        Ok(value_ser::sequence(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut map = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            map.insert(key, entries.next_value_seed(inner)?);
        }
        Ok(Value::Map(map))
    }
}

impl TryFrom<serde_json::Value> for Value {
    type Error = ValueError;

    /// The JSON value, moved; integers beyond 64 bits and more than [`MAX_DEPTH`] levels are refused, with the path.
    fn try_from(json: serde_json::Value) -> Result<Self, ValueError> {
        from_json(json, 0)
    }
}

fn from_json(json: serde_json::Value, depth: usize) -> Result<Value, ValueError> {
    use serde_json::Value as Json;
    if depth > MAX_DEPTH {
        return Err(ValueError::new(format!("a value nests deeper than {MAX_DEPTH} levels")));
    }
    Ok(match json {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Boolean(value),
        Json::Number(number) => from_number(&number)?,
        Json::String(text) => Value::String(text),
        Json::Array(elements) => {
            let elements = elements.into_iter().enumerate();
            let values = elements.map(|(index, element)| from_json(element, depth + 1).map_err(|e| e.at_index(index)));
            value_ser::sequence(values.collect::<Result<_, _>>()?)
        }
        Json::Object(entries) => {
            let mut map = Map::new();
            for (key, value) in entries {
                let value = from_json(value, depth + 1).map_err(|error| error.under_key(&key))?;
                map.insert(key, value);
            }
            Value::Map(map)
        }
    })
}

fn from_number(number: &serde_json::Number) -> Result<Value, ValueError> {
    if let Some(value) = number.as_i64() {
        return Ok(Value::Long(value));
    }
    match number.as_f64() {
        Some(value) if !number.is_u64() => Ok(Value::Double(value)),
        _ => Err(ValueError::new(format!(
            "the integer {number} does not fit into 64 bits with a sign"
        ))),
    }
}

impl From<Value> for serde_json::Value {
    /// The value as JSON; NaN and the infinities as the texts `NaN`, `Infinity` and `-Infinity`. What nests deeper than
    /// [`MAX_DEPTH`] levels, which only a host can build, is cut there to null.
    fn from(value: Value) -> Self {
        to_json(value, 0)
    }
}

fn to_json(value: Value, depth: usize) -> serde_json::Value {
    use serde_json::Value as Json;
    if depth > MAX_DEPTH {
        return Json::Null;
    }
    match value {
        Value::Null => Json::Null,
        Value::Boolean(value) => value.into(),
        Value::Long(value) => value.into(),
        Value::Double(value) => json_double(value),
        Value::String(text) => text.into(),
        Value::BooleanArray(elements) => elements.into(),
        Value::LongArray(elements) => elements.into(),
        Value::DoubleArray(elements) => elements.into_iter().map(json_double).collect(),
        Value::StringArray(elements) => elements
            .into_iter()
            .map(|text| text.map_or(Json::Null, Json::from))
            .collect(),
        Value::List(list) => list
            .into_vec()
            .into_iter()
            .map(|element| to_json(element, depth + 1))
            .collect(),
        Value::Map(mut map) => map
            .take_entries()
            .map(|(key, value)| (key, to_json(value, depth + 1)))
            .collect(),
    }
}

fn json_double(value: f64) -> serde_json::Value {
    match serde_json::Number::from_f64(value) {
        Some(number) => serde_json::Value::Number(number),
        None => serde_json::Value::from(Value::Double(value).to_string()),
    }
}
