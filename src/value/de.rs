//! A [`Value`] as any deserialisable Rust type.

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{self, DeserializeSeed, EnumAccess, IntoDeserializer, VariantAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::{MAX_DEPTH, Value, ValueError};

/// Reads a value, which lies inside so many containers.
#[derive(Clone, Copy)]
pub(super) struct ValueDeserializer<'v> {
    value: &'v Value,
    depth: usize,
}

impl<'v> ValueDeserializer<'v> {
    pub(super) fn new(value: &'v Value) -> Self {
        Self { value, depth: 0 }
    }

    fn inner(self, value: &'v Value) -> Self {
        Self {
            value,
            depth: self.depth + 1,
        }
    }
}

impl<'v> IntoDeserializer<'v, ValueError> for ValueDeserializer<'v> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// Visits a sequence, naming the element that an error is in.
fn visit_elements<'v, V, D>(visitor: V, elements: impl ExactSizeIterator<Item = D>) -> Result<V::Value, ValueError>
where
    V: Visitor<'v>,
    D: IntoDeserializer<'v, ValueError>,
{
    let mut next = 0;
    let counted = elements.inspect(|_| next += 1);
    let mut sequence = SeqDeserializer::new(counted);
    let visited = visitor.visit_seq(&mut sequence);
    let visited = visited.and_then(|value| sequence.end().map(|()| value));
    visited.map_err(|error: ValueError| error.at_index(usize::max(next, 1) - 1))
}

impl<'v> de::Deserializer<'v> for ValueDeserializer<'v> {
    type Error = ValueError;

    fn deserialize_any<V: Visitor<'v>>(self, visitor: V) -> Result<V::Value, ValueError> {
        if self.depth > MAX_DEPTH {
            return Err(ValueError::new(format!(
                "the value nests deeper than {MAX_DEPTH} levels"
            )));
        }
        match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Boolean(value) => visitor.visit_bool(*value),
            Value::Long(value) => visitor.visit_i64(*value),
            Value::Double(value) => visitor.visit_f64(*value),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::BooleanArray(elements) => visit_elements(visitor, elements.iter().copied()),
            Value::LongArray(elements) => visit_elements(visitor, elements.iter().copied()),
            Value::DoubleArray(elements) => visit_elements(visitor, elements.iter().copied()),
            Value::StringArray(elements) => visit_elements(visitor, elements.iter().map(OptionalText)),
            Value::List(list) => visit_elements(visitor, list.iter().map(|element| self.inner(element))),
            Value::Map(map) => {
                let mut last = None;
                let entries = map.iter().map(|(key, value)| (key, self.inner(value)));
                let mut entries = MapDeserializer::new(entries.inspect(|(key, _)| last = Some(*key)));
                let visited = visitor.visit_map(&mut entries);
                let visited = visited.and_then(|value| entries.end().map(|()| value));
                visited.map_err(|error: ValueError| match last {
                    Some(key) => error.under_key(key),
                    None => error,
                })
            }
        }
    }

    fn deserialize_option<V: Visitor<'v>>(self, visitor: V) -> Result<V::Value, ValueError> {
        match self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'v>>(self, _: &'static str, visitor: V) -> Result<V::Value, ValueError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_f64<V: Visitor<'v>>(self, visitor: V) -> Result<V::Value, ValueError> {
        match self.value {
            Value::String(text) => match text.as_str() {
                "NaN" => visitor.visit_f64(f64::NAN),
                "Infinity" => visitor.visit_f64(f64::INFINITY),
                "-Infinity" => visitor.visit_f64(f64::NEG_INFINITY),
                _ => self.deserialize_any(visitor),
            },
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'v>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ValueError> {
        match self.value {
            Value::String(text) => visitor.visit_enum(text.as_str().into_deserializer()),
            Value::Map(map) if map.len() == 1 => {
                let Some((variant, value)) = map.iter().next() else {
                    return self.deserialize_any(visitor);
                };
                let access = Enum {
                    variant,
                    value: self.inner(value),
                };
                visitor.visit_enum(access).map_err(|error| error.under_key(variant))
            }
            _ => {
                let _ = (name, variants);
                self.deserialize_any(visitor)
            }
        }
    }

    forward_to_deserialize_any! {
        <W: Visitor<'v>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

/// An element of a STRING_ARRAY.
struct OptionalText<'v>(&'v Option<String>);

impl<'v> IntoDeserializer<'v, ValueError> for OptionalText<'v> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'v> de::Deserializer<'v> for OptionalText<'v> {
    type Error = ValueError;

    fn deserialize_any<V: Visitor<'v>>(self, visitor: V) -> Result<V::Value, ValueError> {
        match self.0 {
            Some(text) => visitor.visit_borrowed_str(text),
            None => visitor.visit_unit(),
        }
    }

    fn deserialize_option<V: Visitor<'v>>(self, visitor: V) -> Result<V::Value, ValueError> {
        match self.0 {
            Some(_) => visitor.visit_some(self),
            None => visitor.visit_none(),
        }
    }

    forward_to_deserialize_any! {
        <W: Visitor<'v>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// An enum's variant with what it holds.
struct Enum<'v> {
    variant: &'v str,
    value: ValueDeserializer<'v>,
}

impl<'v> EnumAccess<'v> for Enum<'v> {
    type Error = ValueError;
    type Variant = ValueDeserializer<'v>;

    fn variant_seed<S: DeserializeSeed<'v>>(self, seed: S) -> Result<(S::Value, Self::Variant), ValueError> {
        let variant = seed.deserialize(IntoDeserializer::<ValueError>::into_deserializer(self.variant))?;
        Ok((variant, self.value))
    }
}

impl<'v> VariantAccess<'v> for ValueDeserializer<'v> {
    type Error = ValueError;

    fn unit_variant(self) -> Result<(), ValueError> {
        de::Deserialize::deserialize(self)
    }

    fn newtype_variant_seed<S: DeserializeSeed<'v>>(self, seed: S) -> Result<S::Value, ValueError> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'v>>(self, _: usize, visitor: V) -> Result<V::Value, ValueError> {
        de::Deserializer::deserialize_any(self, visitor)
    }

    fn struct_variant<V: Visitor<'v>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, ValueError> {
        de::Deserializer::deserialize_any(self, visitor)
    }
}
