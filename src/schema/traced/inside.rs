//! What is inside a field of a type that is traced: a reading for each place in it, which stops there.

use std::cell::Cell;
use std::sync::Arc;

use serde::de::value::StrDeserializer;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::trace::Stop;
use crate::shape::{Key, Shape, Shapes};
use crate::types::Type;

/// How deep a type is looked into, and at how many places.
const MAX_DEPTH: usize = 8;
const MAX_PLACES: usize = 512;
/// How many wrappers may stand around a value; a type that has more wraps itself.
const MAX_WRAPPERS: u32 = 64;

/// A step from a value to one inside.
#[derive(Clone, Copy)]
enum Step {
    Field(&'static str),
    Element,
    Value,
}

/// What was asked for at a place.
#[derive(Clone, Copy)]
enum Found {
    Of(Type),
    List,
    Map,
    Struct(&'static str, &'static [&'static str]),
}

/// The shape of a field.
pub(super) fn shape_of<T: DeserializeOwned>(field: &'static str, shapes: &mut Shapes) -> Shape {
    let mut reader = Reader {
        shapes,
        places: 0,
        steps: vec![Step::Field(field)],
        open: Vec::new(),
    };
    reader.here::<T>()
}

struct Reader<'s> {
    shapes: &'s mut Shapes,
    places: usize,
    steps: Vec<Step>,
    /// The structs around.
    open: Vec<&'static str>,
}

impl Reader<'_> {
    // Within the depth that is allowed.
    fn here<T: DeserializeOwned>(&mut self) -> Shape {
        self.places += 1;
        if self.steps.len() > MAX_DEPTH || self.places > MAX_PLACES {
            return self.shapes.any();
        }
        let found = Cell::new(None);
        let is_nullable = Cell::new(false);
        let _ = T::deserialize(Place {
            steps: &self.steps,
            wrappers: 0,
            found: &found,
            is_nullable: &is_nullable,
        });
        let shape = match found.get() {
            None => self.shapes.any(),
            Some(Found::Of(ty)) => self.shapes.of(ty),
            Some(Found::List) => {
                let element = self.inside::<T>(Step::Element);
                self.shapes.list(element)
            }
            Some(Found::Map) => {
                let value = self.inside::<T>(Step::Value);
                self.shapes.map(Vec::new(), Some(value))
            }
            Some(Found::Struct(name, fields)) if !self.open.contains(&name) && !fields.is_empty() => {
                self.open.push(name);
                let keys = fields.iter().map(|field| Key {
                    name: Arc::from(*field),
                    shape: self.inside::<T>(Step::Field(field)),
                });
                let keys = keys.collect();
                self.open.pop();
                self.shapes.map(keys, None)
            }
            Some(Found::Struct(..)) => self.shapes.of(Type::Map),
        };
        match is_nullable.get() {
            true => self.shapes.nullable(shape),
            false => shape,
        }
    }

    fn inside<T: DeserializeOwned>(&mut self, step: Step) -> Shape {
        self.steps.push(step);
        let shape = self.here::<T>();
        self.steps.pop();
        shape
    }
}

/// A value on the way to the place, or at it.
#[derive(Clone, Copy)]
struct Place<'t> {
    steps: &'t [Step],
    wrappers: u32,
    found: &'t Cell<Option<Found>>,
    is_nullable: &'t Cell<bool>,
}

impl Place<'_> {
    /// Notes what is asked for here, if here it is.
    fn note(self, found: Found) -> Stop {
        if self.steps.is_empty() && self.found.get().is_none() {
            self.found.set(Some(found));
        }
        Stop
    }

    fn wrapped(self) -> Result<Self, Stop> {
        match self.wrappers {
            MAX_WRAPPERS => Err(Stop),
            wrappers => Ok(Self {
                wrappers: wrappers + 1,
                ..self
            }),
        }
    }
}

/// Declares the requests that tell a type.
macro_rules! requests {
    ($($ty:ident: $($method:ident)*;)*) => {
        $($(fn $method<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Stop> {
            Err(self.note(Found::Of(Type::$ty)))
        })*)*
    };
}

impl<'de> Deserializer<'de> for Place<'_> {
    type Error = Stop;

    requests! {
        Boolean: deserialize_bool;
        Long: deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8 deserialize_u16 deserialize_u32
            deserialize_u64;
        Double: deserialize_f32 deserialize_f64;
        String: deserialize_char deserialize_str deserialize_string;
    }

    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Stop> {
        Err(Stop)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        if self.steps.is_empty() {
            self.is_nullable.set(true);
        }
        visitor.visit_some(self.wrapped()?)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _name: &'static str, visitor: V) -> Result<V::Value, Stop> {
        visitor.visit_newtype_struct(self.wrapped()?)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        match self.steps.split_first() {
            None => Err(self.note(Found::List)),
            Some((Step::Element, steps)) => visitor.visit_seq(Self { steps, ..self }),
            Some((Step::Field(_) | Step::Value, _)) => Err(Stop),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        match self.steps.split_first() {
            None => Err(self.note(Found::Map)),
            Some((Step::Value, steps)) => visitor.visit_map(Entry {
                key: Some("key"),
                place: Self { steps, ..self },
            }),
            Some((Step::Field(_) | Step::Element, _)) => Err(Stop),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stop> {
        match self.steps.split_first() {
            None => Err(self.note(Found::Struct(name, fields))),
            Some((Step::Field(field), steps)) => visitor.visit_map(Entry {
                key: Some(field),
                place: Self { steps, ..self },
            }),
            Some((Step::Element | Step::Value, _)) => Err(Stop),
        }
    }

    forward_to_deserialize_any! {
        i128 u128 bytes byte_buf unit unit_struct tuple tuple_struct enum identifier ignored_any
    }
}

impl<'de> SeqAccess<'de> for Place<'_> {
    type Error = Stop;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Stop> {
        seed.deserialize(*self).map(Some)
    }
}

/// The one entry of a map or struct that is read.
struct Entry<'t> {
    key: Option<&'static str>,
    place: Place<'t>,
}

impl<'de> MapAccess<'de> for Entry<'_> {
    type Error = Stop;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Stop> {
        // Taken: should the reading go on in spite of being stopped, there is nothing more.
        let key = self.key.take().ok_or(Stop)?;
        let key: StrDeserializer<'_, Stop> = key.into_deserializer();
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Stop> {
        seed.deserialize(self.place)
    }
}
