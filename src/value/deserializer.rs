//! A [`Value`] as any deserialisable Rust type.

use serde::de::{self, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::{Items, Level, MapIter, Node, ValueError};

/// Reads a value whose depth was checked. The level here counts only the wrappers of the type that is read.
pub(super) struct Reader<'de> {
    node: Node<'de>,
    level: Level,
}

impl<'de> Reader<'de> {
    pub(super) fn new(node: Node<'de>) -> Self {
        Self {
            node,
            level: Level::default(),
        }
    }

    /// The same value inside one more wrapper.
    fn wrapped(self) -> Result<Self, ValueError> {
        Ok(Self {
            level: self.level.wrapper()?,
            ..self
        })
    }
}

impl<'de> Deserializer<'de> for Reader<'de> {
    type Error = ValueError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        let level = self.level;
        match self.node {
            Node::Null => visitor.visit_unit(),
            Node::Boolean(boolean) => visitor.visit_bool(boolean),
            Node::Long(long) => visitor.visit_i64(long),
            Node::Double(double) => visitor.visit_f64(double),
            Node::Text(text) => visitor.visit_borrowed_str(text),
            Node::Sequence(items) => {
                let mut elements = Elements { items, next: 0, level };
                let read = visitor.visit_seq(&mut elements)?;
                if elements.items.len() == 0 {
                    return Ok(read);
                }
                let length = elements.next + elements.items.len();
                Err(de::Error::custom(format_args!(
                    "expected {} elements, found {length}",
                    elements.next
                )))
            }
            Node::Map(map) => visitor.visit_map(Entries {
                rest: map.iter(),
                current: None,
                level,
            }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        match self.node {
            Node::Null => visitor.visit_none(),
            _ => visitor.visit_some(self.wrapped()?),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ValueError> {
        visitor.visit_newtype_struct(self.wrapped()?)
    }

    /// NaN and the infinities may have come through JSON, as text.
    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        match self.node {
            Node::Text("NaN") => visitor.visit_f64(f64::NAN),
            Node::Text("Infinity") => visitor.visit_f64(f64::INFINITY),
            Node::Text("-Infinity") => visitor.visit_f64(f64::NEG_INFINITY),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ValueError> {
        let level = self.level;
        match self.node {
            variant @ Node::Text(_) => visitor.visit_enum(Tag {
                variant,
                held: Node::Null,
                level,
            }),
            Node::Map(map) => match (map.iter().next(), map.len()) {
                (Some((variant, held)), 1) => {
                    let tag = Tag {
                        variant: Node::Text(variant),
                        held: held.node(),
                        level,
                    };
                    visitor.visit_enum(tag).map_err(|error| error.at_key(variant))
                }
                (_, entries) => Err(de::Error::custom(format_args!(
                    "expected a variant's name, or a MAP with it as the only key, found a MAP with {entries} entries"
                ))),
            },
            _ => self.deserialize_any(visitor),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

/// The elements of a sequence, one by one.
struct Elements<'de> {
    items: Items<'de>,
    next: usize,
    level: Level,
}

impl<'de> SeqAccess<'de> for &mut Elements<'de> {
    type Error = ValueError;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, ValueError> {
        let Some(node) = self.items.next() else {
            return Ok(None);
        };
        ValueError::unless_stopped()?;
        let index = self.next;
        self.next += 1;
        let level = self.level;
        let element = seed.deserialize(Reader { node, level });
        element.map(Some).map_err(|error| error.at_index(index))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

/// The entries of a map, one by one.
struct Entries<'de> {
    rest: MapIter<'de>,
    /// The key just read, and its value.
    current: Option<(&'de str, Node<'de>)>,
    level: Level,
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = ValueError;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, ValueError> {
        let Some((key, value)) = self.rest.next() else {
            return Ok(None);
        };
        ValueError::unless_stopped()?;
        self.current = Some((key, value.node()));
        seed.deserialize(Reader::new(Node::Text(key))).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, ValueError> {
        let (key, node) = self
            .current
            .take()
            .ok_or_else(|| ValueError::new("a value was asked for before its key"))?;
        let level = self.level;
        seed.deserialize(Reader { node, level })
            .map_err(|error| error.at_key(key))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

/// An enum's variant, and what it holds; null for a variant that was given by name alone.
struct Tag<'de> {
    variant: Node<'de>,
    held: Node<'de>,
    level: Level,
}

impl<'de> EnumAccess<'de> for Tag<'de> {
    type Error = ValueError;
    type Variant = Held<'de>;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Held<'de>), ValueError> {
        let variant = seed.deserialize(Reader::new(self.variant))?;
        let level = self.level;
        Ok((variant, Held(Reader { node: self.held, level })))
    }
}

/// What a variant holds.
struct Held<'de>(Reader<'de>);

impl<'de> de::VariantAccess<'de> for Held<'de> {
    type Error = ValueError;

    fn unit_variant(self) -> Result<(), ValueError> {
        de::Deserialize::deserialize(self.0)
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, ValueError> {
        seed.deserialize(self.0)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _length: usize, visitor: V) -> Result<V::Value, ValueError> {
        self.0.deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ValueError> {
        self.0.deserialize_any(visitor)
    }
}
