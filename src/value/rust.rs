//! The conversions between values and Rust's own types that need no serde, and the values' plain readers.

use std::collections::BTreeMap;

use super::{List, Map, Value};

/// Declares the conversions from Rust types.
macro_rules! from {
    ($($type:ty => |$given:ident| $value:expr;)*) => {
        $(impl From<$type> for Value {
            fn from($given: $type) -> Self {
                $value
            }
        })*
    };
}

from! {
    () => |_unit| Self::Null;
    bool => |boolean| Self::Boolean(boolean);
    i64 => |integer| Self::Long(integer);
    i32 => |integer| Self::Long(integer.into());
    i16 => |integer| Self::Long(integer.into());
    i8 => |integer| Self::Long(integer.into());
    u32 => |integer| Self::Long(integer.into());
    u16 => |integer| Self::Long(integer.into());
    u8 => |integer| Self::Long(integer.into());
    f64 => |float| Self::Double(float);
    f32 => |float| Self::Double(float.into());
    char => |character| Self::String(character.into());
    &str => |text| Self::String(text.to_owned());
    String => |text| Self::String(text);
    Vec<bool> => |array| Self::BooleanArray(array);
    Vec<i64> => |array| Self::LongArray(array);
    Vec<f64> => |array| Self::DoubleArray(array);
    Vec<String> => |array| Self::StringArray(array.into_iter().map(Some).collect());
    Vec<&str> => |array| Self::StringArray(array.into_iter().map(|text| Some(text.to_owned())).collect());
    Vec<Option<String>> => |array| Self::StringArray(array);
    Vec<Self> => |values| Self::List(values.into());
    List => |list| Self::List(list);
    Map => |map| Self::Map(map);
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(optional: Option<T>) -> Self {
        optional.map_or(Self::Null, Into::into)
    }
}

impl<K: Into<String>, V: Into<Self>> From<BTreeMap<K, V>> for Value {
    fn from(entries: BTreeMap<K, V>) -> Self {
        Self::Map(entries.into_iter().collect())
    }
}

/// Declares the readers of single variants.
macro_rules! readers {
    ($($(#[doc = $doc:literal])* $name:ident: $variant:ident($field:ident) -> $type:ty = $read:expr;)*) => {
        impl Value {
            $(
                $(#[doc = $doc])*
                pub fn $name(&self) -> Option<$type> {
                    match self {
                        Self::$variant($field) => Some($read),
                        _ => None,
                    }
                }
            )*

            /// Whether it is null.
            ///
            /// ```
            /// assert!(selvedge::Value::Null.is_null());
            /// ```
            pub const fn is_null(&self) -> bool {
                matches!(self, Self::Null)
            }
        }
    };
}

readers! {
    /// The truth of a BOOLEAN.
    ///
    /// ```
    /// assert_eq!(selvedge::Value::from(true).as_boolean(), Some(true));
    /// ```
    as_boolean: Boolean(boolean) -> bool = *boolean;
    /// The integer of a LONG.
    ///
    /// ```
    /// assert_eq!(selvedge::Value::from(7).as_long(), Some(7));
    /// assert_eq!(selvedge::Value::from("7").as_long(), None);
    /// ```
    as_long: Long(long) -> i64 = *long;
    /// The float of a DOUBLE.
    ///
    /// ```
    /// assert_eq!(selvedge::Value::from(0.5).as_double(), Some(0.5));
    /// ```
    as_double: Double(double) -> f64 = *double;
    /// The text of a STRING.
    ///
    /// ```
    /// assert_eq!(selvedge::Value::from("a").as_str(), Some("a"));
    /// ```
    as_str: String(text) -> &str = text;
    /// The elements of a LIST; a typed array is none.
    ///
    /// ```
    /// use selvedge::Value;
    /// assert_eq!(Value::from(vec![Value::Null]).as_list().map(|list| list.len()), Some(1));
    /// assert!(Value::from(vec![1_i64]).as_list().is_none());
    /// ```
    as_list: List(list) -> &List = list;
    /// The entries of a MAP.
    ///
    /// ```
    /// use selvedge::{Map, Value};
    /// assert_eq!(Value::from(Map::new()).as_map().map(Map::len), Some(0));
    /// ```
    as_map: Map(map) -> &Map = map;
}
