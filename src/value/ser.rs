//! Any serialisable Rust value as a [`Value`].

use std::fmt::Display;

use serde::ser::{self, Serialize};

use super::{MAX_DEPTH, Map, Value, ValueError};

/// Serialises into a value.
pub(super) fn to_value<T: Serialize + ?Sized>(value: &T) -> Result<Value, ValueError> {
    value.serialize(Serializer { depth: 0 })
}

/// A sequence's value: an array where all elements are of one scalar type, strings and nulls included, else a list.
pub(super) fn sequence(values: Vec<Value>) -> Value {
    match values.first() {
        Some(Value::Boolean(_)) => typed(values, |value| value.as_boolean(), Value::BooleanArray),
        Some(Value::Long(_)) => typed(values, |value| value.as_long(), Value::LongArray),
        Some(Value::Double(_)) => typed(values, |value| value.as_double(), Value::DoubleArray),
        Some(Value::String(_) | Value::Null) => texts(values),
        _ => Value::List(values.into()),
    }
}

fn typed<T>(values: Vec<Value>, element: impl Fn(&Value) -> Option<T>, array: impl FnOnce(Vec<T>) -> Value) -> Value {
    match values.iter().map(element).collect() {
        Some(elements) => array(elements),
        None => Value::List(values.into()),
    }
}

fn texts(values: Vec<Value>) -> Value {
    let only_texts = values
        .iter()
        .all(|value| matches!(value, Value::String(_) | Value::Null));
    if !only_texts || values.iter().all(Value::is_null) {
        return Value::List(values.into());
    }
    let text = |value| match value {
        Value::String(text) => Some(text),
        _ => None,
    };
    Value::StringArray(values.into_iter().map(text).collect())
}

/// Serialises a part that lies inside so many containers.
#[derive(Clone, Copy)]
struct Serializer {
    depth: usize,
}

impl Serializer {
    fn inner(self) -> Result<Self, ValueError> {
        match self.depth < MAX_DEPTH {
            true => Ok(Self { depth: self.depth + 1 }),
            false => Err(ValueError::new(format!(
                "the value nests deeper than {MAX_DEPTH} levels"
            ))),
        }
    }
}

fn integer(value: impl TryInto<i64> + Display + Copy) -> Result<Value, ValueError> {
    let too_large = |_| ValueError::new(format!("the integer {value} does not fit into 64 bits with a sign"));
    value.try_into().map(Value::Long).map_err(too_large)
}

/// A container of one entry, as serde tags the variants of an enum.
fn tagged(variant: &str, value: Value) -> Value {
    Value::Map([(variant, value)].into_iter().collect())
}

macro_rules! integers {
    ($($method:ident: $type:ty),*) => {
        $(fn $method(self, value: $type) -> Result<Value, ValueError> {
            integer(value)
        })*
    };
}

impl ser::Serializer for Serializer {
    type Ok = Value;
    type Error = ValueError;
    type SerializeSeq = Sequence;
    type SerializeTuple = Sequence;
    type SerializeTupleStruct = Sequence;
    type SerializeTupleVariant = Sequence;
    type SerializeMap = Entries;
    type SerializeStruct = Entries;
    type SerializeStructVariant = Entries;

    integers! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64, serialize_i128: i128,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_u128: u128
    }

    fn serialize_bool(self, value: bool) -> Result<Value, ValueError> {
        Ok(Value::Boolean(value))
    }

    fn serialize_f32(self, value: f32) -> Result<Value, ValueError> {
        Ok(Value::Double(value.into()))
    }

    fn serialize_f64(self, value: f64) -> Result<Value, ValueError> {
        Ok(Value::Double(value))
    }

    fn serialize_char(self, value: char) -> Result<Value, ValueError> {
        Ok(Value::String(value.to_string()))
    }

    fn serialize_str(self, text: &str) -> Result<Value, ValueError> {
        Ok(Value::String(text.to_owned()))
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Value, ValueError> {
        Err(ValueError::new("the language has no bytes; give them as text"))
    }

    fn serialize_none(self) -> Result<Value, ValueError> {
        Ok(Value::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, ValueError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Value, ValueError> {
        Ok(Value::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Value, ValueError> {
        Ok(Value::Null)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Value, ValueError> {
        Ok(Value::String(variant.to_owned()))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<Value, ValueError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Value, ValueError> {
        let value = value
            .serialize(self.inner()?)
            .map_err(|error| error.under_key(variant))?;
        Ok(tagged(variant, value))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Sequence, ValueError> {
        // A length that a type claims is not taken at its word.
        let values = Vec::with_capacity(length.unwrap_or(0).min(1024));
        Ok(Sequence {
            inner: self.inner()?,
            values,
            variant: None,
        })
    }

    fn serialize_tuple(self, length: usize) -> Result<Sequence, ValueError> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Sequence, ValueError> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Sequence, ValueError> {
        Ok(Sequence {
            variant: Some(variant),
            ..self.inner()?.serialize_seq(Some(length))?
        })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Entries, ValueError> {
        Ok(Entries {
            inner: self.inner()?,
            map: Map::new(),
            key: String::new(),
            variant: None,
        })
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Entries, ValueError> {
        self.serialize_map(Some(length))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Entries, ValueError> {
        Ok(Entries {
            variant: Some(variant),
            ..self.inner()?.serialize_map(Some(length))?
        })
    }
}

/// A sequence while its elements come in.
struct Sequence {
    inner: Serializer,
    values: Vec<Value>,
    variant: Option<&'static str>,
}

impl Sequence {
    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), ValueError> {
        let index = self.values.len();
        self.values
            .push(value.serialize(self.inner).map_err(|error| error.at_index(index))?);
        Ok(())
    }

    fn finish(self) -> Value {
        let value = sequence(self.values);
        match self.variant {
            Some(variant) => tagged(variant, value),
            None => value,
        }
    }
}

macro_rules! sequences {
    ($($trait:ident :: $method:ident),*) => {
        $(impl ser::$trait for Sequence {
            type Ok = Value;
            type Error = ValueError;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), ValueError> {
                self.push(value)
            }

            fn end(self) -> Result<Value, ValueError> {
                Ok(self.finish())
            }
        })*
    };
}

sequences! {
    SerializeSeq::serialize_element, SerializeTuple::serialize_element, SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field
}

/// A map or struct while its entries come in.
struct Entries {
    inner: Serializer,
    map: Map,
    key: String,
    variant: Option<&'static str>,
}

impl Entries {
    fn push<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), ValueError> {
        let value = value.serialize(self.inner).map_err(|error| error.under_key(key))?;
        self.map.insert(key, value);
        Ok(())
    }

    fn finish(self) -> Value {
        let value = Value::Map(self.map);
        match self.variant {
            Some(variant) => tagged(variant, value),
            None => value,
        }
    }
}

impl ser::SerializeMap for Entries {
    type Ok = Value;
    type Error = ValueError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), ValueError> {
        match key.serialize(self.inner)? {
            Value::String(key) => {
                self.key = key;
                Ok(())
            }
            other => {
                let message = format!("a map's keys must be texts, {} is {}", other, other.type_of());
                Err(ValueError::new(message))
            }
        }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), ValueError> {
        let key = std::mem::take(&mut self.key);
        self.push(&key, value)
    }

    fn end(self) -> Result<Value, ValueError> {
        Ok(self.finish())
    }
}

macro_rules! structs {
    ($($trait:ident),*) => {
        $(impl ser::$trait for Entries {
            type Ok = Value;
            type Error = ValueError;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), ValueError> {
                self.push(key, value)
            }

            fn end(self) -> Result<Value, ValueError> {
                Ok(self.finish())
            }
        })*
    };
}

structs! { SerializeStruct, SerializeStructVariant }
