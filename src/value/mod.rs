//! What a host gives as a parameter and gets as a result, and how it comes from and goes to Rust types through serde.

mod coerce;
mod depth;
mod deserializer;
mod display;
mod error;
#[cfg(feature = "params")]
mod held;
mod json;
mod list;
mod map;
mod node;
mod rust;
mod sequence;
mod serde_impl;
mod serializer;
mod tree;

#[cfg(test)]
mod tests;

pub use depth::MAX_DEPTH;
pub use error::ValueError;
pub use list::List;
pub use map::{Map, MapIntoIter, MapIter};

pub(crate) use coerce::accepts_null;
pub(crate) use depth::{Level, check_depth};
#[cfg(feature = "params")]
pub(crate) use held::table_bytes;
pub(crate) use node::{Items, Node};
pub(crate) use sequence::Sequence;

use serde::{Deserialize, Serialize};

use crate::types::Type;

/// A value outside of a program.
///
/// A DATETIME is a [`String`](Value::String), its ISO-8601 text.
///
/// # Sequences
///
/// A sequence that comes from serde or JSON has the type of its elements:
///
/// | elements | value |
/// | --- | --- |
/// | all booleans, all integers, all floats | an array of that type |
/// | texts and nulls, at least one text | a [`StringArray`](Value::StringArray), its nulls kept |
/// | all else: mixed types, an integer beside a float, containers, nulls alone, none at all | a [`List`](Value::List) |
///
/// A typed `Vec` such as `Vec<i64>` keeps its type through `From`, also when it is empty. What a schema declares may
/// turn a list into an array later: [`Value::coerce_to`].
///
/// # Depth
///
/// Conversions refuse more than [`MAX_DEPTH`] nested containers. A deeper value can be built by hand, and is safe to
/// drop, copy, compare and print on any stack.
///
/// ```
/// use selvedge::Value;
/// let value = Value::from_serialize(&serde_json::json!({"ids": [1, 2], "mixed": [1, "a"]}))?;
/// assert_eq!(value.to_string(), "{ids=[1, 2], mixed=[1, a]}");
/// # Ok::<(), selvedge::ValueError>(())
/// ```
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// Null.
    #[default]
    Null,
    /// A BOOLEAN.
    Boolean(bool),
    /// A LONG.
    Long(i64),
    /// A DOUBLE.
    Double(f64),
    /// A STRING.
    String(String),
    /// A `BOOLEAN_ARRAY`.
    BooleanArray(Vec<bool>),
    /// A `LONG_ARRAY`.
    LongArray(Vec<i64>),
    /// A `DOUBLE_ARRAY`.
    DoubleArray(Vec<f64>),
    /// A `STRING_ARRAY`, in which elements may be null.
    StringArray(Vec<Option<String>>),
    /// A LIST of mixed values.
    List(List),
    /// A MAP.
    Map(Map),
}

impl Value {
    /// The value of any type that serde can serialise.
    ///
    /// Structs and maps become a MAP, sequences and tuples an array or LIST, enums what serde calls externally tagged:
    /// the variant's name, or a MAP from it to what the variant holds. `None` and `()` are null, a `char` is a text.
    ///
    /// # Errors
    ///
    /// Integers beyond 64 bits, keys that are no texts, bytes, and more than [`MAX_DEPTH`] levels; the error names the
    /// path.
    ///
    /// ```
    /// use selvedge::Value;
    /// let value = Value::from_serialize(&("a", Some(1), None::<bool>))?;
    /// assert_eq!(value, Value::from(vec![Value::from("a"), Value::Long(1), Value::Null]));
    /// # Ok::<(), selvedge::ValueError>(())
    /// ```
    pub fn from_serialize<T: Serialize + ?Sized>(value: &T) -> Result<Self, ValueError> {
        serializer::to_value(value)
    }

    /// The value as any type that serde can deserialise; texts may be borrowed from it.
    ///
    /// # Errors
    ///
    /// Where the value has not the shape of the type, or nests deeper than [`MAX_DEPTH`] levels; the error names the
    /// path.
    ///
    /// ```
    /// use selvedge::Value;
    /// let days: Vec<u32> = Value::from(vec![20_260_101_i64, 20_260_102]).deserialize()?;
    /// assert_eq!(days, [20_260_101, 20_260_102]);
    /// assert_eq!(Value::from("day").deserialize::<&str>()?, "day");
    /// # Ok::<(), selvedge::ValueError>(())
    /// ```
    pub fn deserialize<'de, T: Deserialize<'de>>(&'de self) -> Result<T, ValueError> {
        check_depth(self.node(), Level::default())?;
        T::deserialize(deserializer::Reader::new(self.node()))
    }

    /// The type a program sees; `NULL` for null.
    ///
    /// ```
    /// use selvedge::{Type, Value};
    /// assert_eq!(Value::from(vec![1.5]).type_of(), Type::DoubleArray);
    /// ```
    pub const fn type_of(&self) -> Type {
        match self {
            Self::Null => Type::Null,
            Self::Boolean(_) => Type::Boolean,
            Self::Long(_) => Type::Long,
            Self::Double(_) => Type::Double,
            Self::String(_) => Type::String,
            Self::BooleanArray(_) => Type::BooleanArray,
            Self::LongArray(_) => Type::LongArray,
            Self::DoubleArray(_) => Type::DoubleArray,
            Self::StringArray(_) => Type::StringArray,
            Self::List(_) => Type::List,
            Self::Map(_) => Type::Map,
        }
    }
}
