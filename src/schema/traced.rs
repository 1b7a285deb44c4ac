//! A schema from a Rust type: which readers the type asks serde for, field by field.

mod inside;
mod part;
mod trace;

use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, MapAccess};
use serde::de::{IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use part::Part;
use trace::{Stop, Trace};

use super::join::{as_parameter, join};
use super::{Schema, SchemaError};
use crate::shape::Shapes;
use crate::types::Type;

impl Schema {
    /// Derives the schema of a Rust struct that serde can deserialise: each field is a parameter.
    ///
    /// | Rust | type |
    /// | --- | --- |
    /// | `bool`; integers up to 64 bits; floats; texts and `char` | BOOLEAN; LONG; DOUBLE; STRING |
    /// | `Vec<T>` and sets of these | the array of that type |
    /// | sequences of all else, tuples, Rust arrays | LIST |
    /// | maps and structs | MAP |
    /// | enums | STRING where no variant holds anything, MAP where all do, else ANY |
    /// | `Option<T>` | the same type where null is one of its values (STRING, MAP), else ANY; its shape says that it may be null |
    /// | what is inside sequences, maps and structs, 8 levels deep | the shape of the field |
    /// | what reads anything, such as `serde_json::Value` | ANY |
    ///
    /// Fields have the names that serde knows, aliases among them. No value of the type is made: a type that checks what it
    /// reads is as good as any.
    ///
    /// # Errors
    ///
    /// Types that are not a struct with named fields, flattened ones among them, and fields for which the language has no
    /// type: bytes and integers of 128 bits.
    ///
    /// ```
    /// use selvedge::{Schema, Type};
    /// use serde::Deserialize;
    ///
    /// #[derive(Deserialize)]
    /// #[serde(rename_all = "camelCase")]
    /// struct Trigger {
    ///     run_day: u32,
    ///     regions: Vec<String>,
    ///     note: Option<String>,
    /// }
    ///
    /// let expected = Schema::new()
    ///     .with("runDay", Type::Long)
    ///     .with("regions", Type::StringArray)
    ///     .with_shape("note", "string?")?;
    /// assert_eq!(Schema::of::<Trigger>()?, expected);
    /// # Ok::<(), selvedge::SchemaError>(())
    /// ```
    pub fn of<T: DeserializeOwned>() -> Result<Self, SchemaError> {
        let trace = Trace::default();
        // What the reading returns is of no interest: it is stopped as soon as it has asked.
        let _ = T::deserialize(Root {
            trace: &trace,
            field: None,
        });
        let Some(fields) = trace.fields.get() else {
            let found = trace.found.get().unwrap_or("nothing");
            return Err(SchemaError::source(
                "$",
                format!("a struct with named fields is expected, this type reads {found}"),
                "list the parameters in a struct without flattened fields, or build the schema with `Schema::with`",
            ));
        };
        let mut schema = Self::new();
        for field in fields {
            let ty = field_type::<T>(field)?;
            let mut shapes = Shapes::default();
            let shape = inside::shape_of::<T>(field, &mut shapes);
            schema.insert_seen(field, ty, shapes, shape)?;
        }
        Ok(schema)
    }
}

/// The type of a field: one reading for each variant of the enum that it may be.
fn field_type<T: DeserializeOwned>(field: &'static str) -> Result<Type, SchemaError> {
    let mut all = None;
    let mut variant = 0;
    loop {
        let trace = Trace {
            variant,
            ..Trace::default()
        };
        let _ = T::deserialize(Root {
            trace: &trace,
            field: Some(field),
        });
        if let Some(found) = trace.found.get() {
            return Err(SchemaError::source(
                format!("$.{field}"),
                format!("the language has no type for {found}"),
                "give it as text or as a number of 64 bits",
            ));
        }
        // A field that asks for nothing is read from anything.
        let ty = trace.ty.get().unwrap_or(Type::Any);
        let ty = all.map_or(ty, |all| join(all, ty));
        all = Some(ty);
        variant += 1;
        if variant >= trace.variants.get() {
            return Ok(as_parameter(ty));
        }
    }
}

/// The whole type: tells its fields, or reads one of them.
struct Root<'t> {
    trace: &'t Trace,
    field: Option<&'static str>,
}

impl<'de> Deserializer<'de> for Root<'_> {
    type Error = Stop;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stop> {
        self.trace.fields.set(Some(fields));
        match self.field {
            Some(_) => visitor.visit_map(self),
            None => Err(Stop),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _name: &'static str, visitor: V) -> Result<V::Value, Stop> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_map<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Stop> {
        self.trace.found.set(Some("a map, whose names only a value can tell"));
        Err(Stop)
    }

    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Stop> {
        self.trace.found.set(Some("something else"));
        Err(Stop)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct seq
        tuple tuple_struct enum identifier ignored_any
    }
}

impl<'de> MapAccess<'de> for Root<'_> {
    type Error = Stop;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Stop> {
        // Taken: should the reading go on in spite of being stopped, there is nothing more.
        match self.field.take() {
            Some(field) => seed.deserialize(field.into_deserializer()).map(Some),
            None => Err(Stop),
        }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Stop> {
        seed.deserialize(Part::field(self.trace))
    }
}
