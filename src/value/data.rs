//! The values themselves: a value, and the two containers that hold values of any type.

use foldhash::fast::RandomState;
use indexmap::IndexMap;

use crate::types::Type;

/// A value outside a program.
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
/// Conversions refuse more than [`MAX_DEPTH`](crate::MAX_DEPTH) nested containers. A deeper value can be built by hand, and is safe to
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

/// The elements of a [`Value::List`]: like a `Vec<Value>`, safe at any depth of nesting.
///
/// Reads and changes of elements in place go through the slice it dereferences to.
///
/// ```
/// use selvedge::{List, Value};
/// let mut list = List::from(vec![Value::Long(1)]);
/// list.push("two");
/// assert_eq!(list.len(), 2);
/// assert_eq!(list[1], Value::from("two"));
/// ```
#[derive(Default)]
pub struct List {
    pub(super) items: Vec<Value>,
}

/// The entries of a [`Value::Map`]: text to any value, in insertion order, safe at any depth of nesting.
///
/// Two maps are equal when they hold equal entries, in whatever order, as in Java.
///
/// ```
/// use selvedge::{Map, Value};
/// let mut map = Map::new();
/// map.insert("b", 2);
/// map.insert("a", "one");
/// assert_eq!(map.get("b"), Some(&Value::Long(2)));
/// assert_eq!(Value::from(map).to_string(), "{b=2, a=one}");
/// ```
#[derive(Default)]
pub struct Map {
    // Boxed: a table of entries is three times as big as any other value.
    pub(super) entries: Box<IndexMap<String, Value, RandomState>>,
}

impl Value {
    /// The type in a program; `NULL` for null.
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
