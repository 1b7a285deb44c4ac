//! What a host gives as a parameter and gets as a result, and how it comes from and goes to Rust types through serde.

mod coerce;
mod de;
mod display;
mod error;
mod json;
mod list;
mod map;
mod ser;

pub use error::ValueError;
pub use list::List;
pub use map::Map;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::types::Type;

/// The deepest that lists and maps may nest in one another, in levels.
pub const MAX_DEPTH: usize = 64;

/// A value outside of a program.
///
/// A DATETIME is a `String`, its ISO-8601 text. Sequences from serde are typed by their elements: all booleans, all integers, all
/// floats, or strings and nulls with at least one string make an array of that type; all else, the empty sequence included, makes
/// a [`List`].
///
/// ```
/// use selvedge::Value;
/// let value = Value::from_serialize(&serde_json::json!({"ids": [1, 2], "mixed": [1, "a"]}))?;
/// assert_eq!(value.to_string(), "{ids=[1, 2], mixed=[1, a]}");
/// # Ok::<(), selvedge::ValueError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
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
    /// A BOOLEAN_ARRAY.
    BooleanArray(Vec<bool>),
    /// A LONG_ARRAY.
    LongArray(Vec<i64>),
    /// A DOUBLE_ARRAY.
    DoubleArray(Vec<f64>),
    /// A STRING_ARRAY, in which elements may be null.
    StringArray(Vec<Option<String>>),
    /// A LIST of mixed values.
    List(List),
    /// A MAP.
    Map(Map),
}

impl Value {
    /// The value of any type that serde can serialise.
    ///
    /// # Errors
    ///
    /// Integers beyond 64 bits, keys that are no strings, bytes, and more than [`MAX_DEPTH`] levels; the error names the path.
    pub fn from_serialize<T: Serialize + ?Sized>(value: &T) -> Result<Self, ValueError> {
        ser::to_value(value)
    }

    /// The value as any type that serde can deserialise.
    ///
    /// # Errors
    ///
    /// Where the value has not the shape of the type.
    pub fn deserialize<T: DeserializeOwned>(&self) -> Result<T, ValueError> {
        T::deserialize(de::ValueDeserializer::new(self))
    }

    /// The type a program sees; `NULL` for null.
    pub fn type_of(&self) -> Type {
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

    /// The integer of a LONG.
    pub fn as_long(&self) -> Option<i64> {
        match self {
            Self::Long(value) => Some(*value),
            _ => None,
        }
    }

    /// The float of a DOUBLE.
    pub fn as_double(&self) -> Option<f64> {
        match self {
            Self::Double(value) => Some(*value),
            _ => None,
        }
    }

    /// The truth of a BOOLEAN.
    pub fn as_boolean(&self) -> Option<bool> {
        match self {
            Self::Boolean(value) => Some(*value),
            _ => None,
        }
    }

    /// The text of a STRING.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The entries of a MAP.
    pub fn as_map(&self) -> Option<&Map> {
        match self {
            Self::Map(map) => Some(map),
            _ => None,
        }
    }

    /// Whether it is null.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

/// Declares the conversions from Rust types.
macro_rules! from {
    ($($type:ty => |$value:ident| $into:expr;)*) => {
        $(impl From<$type> for Value {
            fn from($value: $type) -> Self {
                $into
            }
        })*
    };
}

from! {
    bool => |value| Self::Boolean(value);
    i64 => |value| Self::Long(value);
    i32 => |value| Self::Long(value.into());
    u32 => |value| Self::Long(value.into());
    f64 => |value| Self::Double(value);
    &str => |value| Self::String(value.to_owned());
    String => |value| Self::String(value);
    Vec<bool> => |value| Self::BooleanArray(value);
    Vec<i64> => |value| Self::LongArray(value);
    Vec<f64> => |value| Self::DoubleArray(value);
    Vec<String> => |value| Self::StringArray(value.into_iter().map(Some).collect());
    Vec<&str> => |value| Self::StringArray(value.into_iter().map(|text| Some(text.to_owned())).collect());
    Vec<Option<String>> => |value| Self::StringArray(value);
    Vec<Value> => |value| Self::List(value.into());
    List => |value| Self::List(value);
    Map => |value| Self::Map(value);
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// Takes the lists and maps directly inside a value out of it, so that dropping them need not recurse.
fn take_containers(value: &mut Value, into: &mut Vec<Value>) {
    match value {
        Value::List(_) | Value::Map(_) => into.push(std::mem::take(value)),
        Value::Null
        | Value::Boolean(_)
        | Value::Long(_)
        | Value::Double(_)
        | Value::String(_)
        | Value::BooleanArray(_)
        | Value::LongArray(_)
        | Value::DoubleArray(_)
        | Value::StringArray(_) => {}
    }
}

/// Drops values of any depth with a stack of our own.
fn drop_flat(mut pending: Vec<Value>) {
    while let Some(mut value) = pending.pop() {
        match &mut value {
            Value::List(list) => list
                .values_mut()
                .iter_mut()
                .for_each(|inner| take_containers(inner, &mut pending)),
            Value::Map(map) => map.values_mut().for_each(|inner| take_containers(inner, &mut pending)),
            _ => {}
        }
    }
}
