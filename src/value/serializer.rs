//! Any serialisable Rust value as a [`Value`].

use serde::ser::{self, Serialize};

use super::{Level, Map, Sequence, Value, ValueError};

/// The value that `value` serialises to.
pub(super) fn to_value<T: Serialize + ?Sized>(value: &T) -> Result<Value, ValueError> {
    value.serialize(Writer(Level::default()))
}

/// Serialises a part at some level of the whole.
#[derive(Clone, Copy)]
struct Writer(Level);

/// A container of one entry, as serde tags what a variant of an enum holds.
fn tagged(variant: Option<&'static str>, value: Value) -> Value {
    match variant {
        Some(variant) => Value::Map(Map::from_iter([(variant, value)])),
        None => value,
    }
}

/// Declares the methods for types that may not fit LONG.
macro_rules! wide_integers {
    ($($method:ident: $type:ty),*) => {
        $(fn $method(self, integer: $type) -> Result<Value, ValueError> {
            i64::try_from(integer).map(Value::Long).map_err(|_| ValueError::integer_range(integer))
        })*
    };
}

/// Declares the methods for types that are a value as they stand.
macro_rules! plain {
    ($($method:ident: $type:ty),*) => {
        $(fn $method(self, plain: $type) -> Result<Value, ValueError> {
            Ok(plain.into())
        })*
    };
}

impl ser::Serializer for Writer {
    type Ok = Value;
    type Error = ValueError;
    type SerializeSeq = Elements;
    type SerializeTuple = Elements;
    type SerializeTupleStruct = Elements;
    type SerializeTupleVariant = Elements;
    type SerializeMap = Entries;
    type SerializeStruct = Entries;
    type SerializeStructVariant = Entries;

    plain! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_f32: f32, serialize_f64: f64,
        serialize_char: char, serialize_str: &str
    }

    wide_integers! { serialize_u64: u64, serialize_i128: i128, serialize_u128: u128 }

    fn serialize_bytes(self, _bytes: &[u8]) -> Result<Value, ValueError> {
        Err(ValueError::no_bytes())
    }

    fn serialize_none(self) -> Result<Value, ValueError> {
        Ok(Value::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, ValueError> {
        value.serialize(Self(self.0.wrapper()?))
    }

    fn serialize_unit(self) -> Result<Value, ValueError> {
        Ok(Value::Null)
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<Value, ValueError> {
        Ok(Value::Null)
    }

    fn serialize_unit_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
    ) -> Result<Value, ValueError> {
        Ok(variant.into())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        value: &T,
    ) -> Result<Value, ValueError> {
        value.serialize(Self(self.0.wrapper()?))
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Value, ValueError> {
        let held = value.serialize(Self(self.0.container()?));
        Ok(tagged(Some(variant), held.map_err(|error| error.at_key(variant))?))
    }

    fn serialize_seq(self, _length: Option<usize>) -> Result<Elements, ValueError> {
        Elements::start(self.0, None)
    }

    fn serialize_tuple(self, _length: usize) -> Result<Elements, ValueError> {
        Elements::start(self.0, None)
    }

    fn serialize_tuple_struct(self, _name: &'static str, _length: usize) -> Result<Elements, ValueError> {
        Elements::start(self.0, None)
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _length: usize,
    ) -> Result<Elements, ValueError> {
        Elements::start(self.0.container()?, Some(variant))
    }

    fn serialize_map(self, _length: Option<usize>) -> Result<Entries, ValueError> {
        Entries::start(self.0, None)
    }

    fn serialize_struct(self, _name: &'static str, _length: usize) -> Result<Entries, ValueError> {
        Entries::start(self.0, None)
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _length: usize,
    ) -> Result<Entries, ValueError> {
        Entries::start(self.0.container()?, Some(variant))
    }
}

/// The error seen from outside of the variant that holds the faulty part.
fn at_variant(error: ValueError, variant: Option<&'static str>) -> ValueError {
    match variant {
        Some(variant) => error.at_key(variant),
        None => error,
    }
}

/// A sequence or tuple while its elements come in.
struct Elements {
    inner: Writer,
    sequence: Sequence,
    variant: Option<&'static str>,
}

impl Elements {
    fn start(level: Level, variant: Option<&'static str>) -> Result<Self, ValueError> {
        Ok(Self {
            inner: Writer(level.container().map_err(|error| at_variant(error, variant))?),
            sequence: Sequence::default(),
            variant,
        })
    }

    fn push<T: Serialize + ?Sized>(&mut self, element: &T) -> Result<(), ValueError> {
        ValueError::unless_stopped()?;
        let value = element
            .serialize(self.inner)
            .map_err(|error| at_variant(error.at_index(self.sequence.len()), self.variant))?;
        self.sequence.push(value);
        Ok(())
    }
}

/// Declares the serde traits that take elements one by one.
macro_rules! elements {
    ($($trait:ident :: $method:ident),*) => {
        $(impl ser::$trait for Elements {
            type Ok = Value;
            type Error = ValueError;

            fn $method<T: Serialize + ?Sized>(&mut self, element: &T) -> Result<(), ValueError> {
                self.push(element)
            }

            fn end(self) -> Result<Value, ValueError> {
                Ok(tagged(self.variant, self.sequence.into()))
            }
        })*
    };
}

elements! {
    SerializeSeq::serialize_element, SerializeTuple::serialize_element, SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field
}

/// A map or struct while its entries come in.
struct Entries {
    inner: Writer,
    map: Map,
    key: String,
    variant: Option<&'static str>,
}

impl Entries {
    fn start(level: Level, variant: Option<&'static str>) -> Result<Self, ValueError> {
        Ok(Self {
            inner: Writer(level.container().map_err(|error| at_variant(error, variant))?),
            map: Map::new(),
            key: String::new(),
            variant,
        })
    }

    fn push<T: Serialize + ?Sized>(&mut self, key: String, value: &T) -> Result<(), ValueError> {
        ValueError::unless_stopped()?;
        let value = value
            .serialize(self.inner)
            .map_err(|error| at_variant(error.at_key(&key), self.variant))?;
        self.map.insert(key, value);
        Ok(())
    }
}

impl ser::SerializeMap for Entries {
    type Ok = Value;
    type Error = ValueError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), ValueError> {
        match key.serialize(self.inner)? {
            Value::String(key) => self.key = key,
            other => return Err(ValueError::key_not_text(other.type_of().name())),
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), ValueError> {
        let key = std::mem::take(&mut self.key);
        self.push(key, value)
    }

    fn end(self) -> Result<Value, ValueError> {
        Ok(tagged(self.variant, Value::Map(self.map)))
    }
}

/// Declares the serde traits that take named fields.
macro_rules! fields {
    ($($trait:ident),*) => {
        $(impl ser::$trait for Entries {
            type Ok = Value;
            type Error = ValueError;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, held: &T) -> Result<(), ValueError> {
                self.push(name.to_owned(), held)
            }

            fn end(self) -> Result<Value, ValueError> {
                Ok(tagged(self.variant, Value::Map(self.map)))
            }
        })*
    };
}

fields! { SerializeStruct, SerializeStructVariant }
