//! One field of a type that is traced: the reader it asks for tells its type, and stops the reading.

use serde::de::{self, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, SeqAccess, VariantAccess, Visitor};

use super::trace::{Stop, Trace};
use crate::schema::join::{array_of, join};
use crate::types::Type;

/// How many wrappers may stand around a field's type; a type that has more wraps itself.
const MAX_WRAPPERS: u32 = 64;

#[derive(Clone, Copy)]
enum Place {
    Field,
    Element,
}

/// A field's value, or an element of it: notes what it is asked for, and stops.
#[derive(Clone, Copy)]
pub(super) struct Part<'t> {
    trace: &'t Trace,
    place: Place,
    /// Whether the element, or else the field, may be null.
    nullable: bool,
    wrappers: u32,
}

impl<'t> Part<'t> {
    pub(super) fn field(trace: &'t Trace) -> Self {
        Self {
            trace,
            place: Place::Field,
            nullable: false,
            wrappers: 0,
        }
    }

    fn note(self, ty: Type) -> Stop {
        let ty = if self.nullable { join(ty, Type::Null) } else { ty };
        let ty = match self.place {
            Place::Field => ty,
            Place::Element => array_of(ty),
        };
        // The first request counts: an array is what it was noted as before its elements were asked for.
        if self.trace.ty.get().is_none() {
            self.trace.ty.set(Some(ty));
        }
        Stop
    }

    fn wrapped(self) -> Result<Self, Stop> {
        match self.wrappers {
            MAX_WRAPPERS => Err(self.note(Type::Any)),
            wrappers => Ok(Self {
                wrappers: wrappers + 1,
                ..self
            }),
        }
    }

    fn none(self, found: &'static str) -> Stop {
        self.trace.found.set(Some(found));
        Stop
    }
}

/// Declares the requests that tell a type.
macro_rules! requests {
    ($($method:ident => $ty:ident;)*) => {
        $(fn $method<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Stop> {
            Err(self.note(Type::$ty))
        })*
    };
}

impl<'de> Deserializer<'de> for Part<'_> {
    type Error = Stop;

    requests! {
        deserialize_any => Any;
        deserialize_ignored_any => Any;
        deserialize_unit => Null;
        deserialize_bool => Boolean;
        deserialize_i8 => Long;
        deserialize_i16 => Long;
        deserialize_i32 => Long;
        deserialize_i64 => Long;
        deserialize_u8 => Long;
        deserialize_u16 => Long;
        deserialize_u32 => Long;
        deserialize_u64 => Long;
        deserialize_f32 => Double;
        deserialize_f64 => Double;
        deserialize_char => String;
        deserialize_str => String;
        deserialize_string => String;
        deserialize_identifier => String;
        deserialize_map => Map;
    }

    fn deserialize_i128<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Stop> {
        Err(self.none("integers of 128 bits"))
    }

    fn deserialize_u128<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Stop> {
        Err(self.none("integers of 128 bits"))
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Stop> {
        Err(self.none("bytes"))
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Stop> {
        Err(self.none("bytes"))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        visitor.visit_some(Self {
            nullable: true,
            ..self.wrapped()?
        })
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _name: &'static str, visitor: V) -> Result<V::Value, Stop> {
        visitor.visit_newtype_struct(self.wrapped()?)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        match self.place {
            // An array that may be null is ANY, whatever its elements are.
            Place::Field if !self.nullable => visitor.visit_seq(Self {
                place: Place::Element,
                ..self
            }),
            _ => Err(self.note(Type::List)),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _length: usize, _visitor: V) -> Result<V::Value, Stop> {
        Err(self.note(Type::List))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _length: usize,
        _visitor: V,
    ) -> Result<V::Value, Stop> {
        Err(self.note(Type::List))
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _name: &'static str, _visitor: V) -> Result<V::Value, Stop> {
        Err(self.note(Type::Null))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        _visitor: V,
    ) -> Result<V::Value, Stop> {
        Err(self.note(Type::Map))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stop> {
        self.trace.variants.set(variants.len());
        visitor.visit_enum(Variants { part: self, variants })
    }
}

impl<'de> SeqAccess<'de> for Part<'_> {
    type Error = Stop;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Stop> {
        seed.deserialize(*self).map(Some)
    }
}

/// The variants of an enum, of which a reading is told one.
struct Variants<'t> {
    part: Part<'t>,
    variants: &'static [&'static str],
}

impl<'de, 't> EnumAccess<'de> for Variants<'t> {
    type Error = Stop;
    type Variant = Held<'t>;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Held<'t>), Stop> {
        let Some(variant) = self.variants.get(self.part.trace.variant) else {
            return Err(self.part.note(Type::Any));
        };
        let variant: de::value::StrDeserializer<'_, Stop> = (*variant).into_deserializer();
        Ok((seed.deserialize(variant)?, Held(self.part)))
    }
}

/// What a variant holds.
struct Held<'t>(Part<'t>);

impl<'de> VariantAccess<'de> for Held<'_> {
    type Error = Stop;

    fn unit_variant(self) -> Result<(), Stop> {
        Err(self.0.note(Type::String))
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, _seed: S) -> Result<S::Value, Stop> {
        Err(self.0.note(Type::Map))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _length: usize, _visitor: V) -> Result<V::Value, Stop> {
        Err(self.0.note(Type::Map))
    }

    fn struct_variant<V: Visitor<'de>>(self, _fields: &'static [&'static str], _visitor: V) -> Result<V::Value, Stop> {
        Err(self.0.note(Type::Map))
    }
}
