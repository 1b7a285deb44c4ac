//! The types of the language and how they are named.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Declares each type once: variant, name, and what it holds.
macro_rules! types {
    ($($variant:ident = $name:literal, $about:literal;)*) => {
        /// A type of the language. `Display` and serde give its name, such as `LONG_ARRAY`.
        ///
        /// ```
        /// use selvedge::Type;
        /// assert_eq!(Type::LongArray.to_string(), "LONG_ARRAY");
        /// assert_eq!(serde_json::from_str::<Type>(r#""LONG_ARRAY""#)?, Type::LongArray);
        /// assert!(Type::ALL.iter().any(|ty| ty.name() == "DATETIME"));
        /// assert!(Type::Long.is_number() && Type::Long.has_host_value() && !Type::Uuid.has_host_value());
        /// # Ok::<(), serde_json::Error>(())
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum Type {
            $(#[doc = $about] #[serde(rename = $name)] $variant,)*
        }

        impl Type {
            /// Every type.
            pub const ALL: &'static [Type] = &[$(Type::$variant,)*];

            /// The type's name in messages, schemas and results.
            pub const fn name(self) -> &'static str {
                match self { $(Type::$variant => $name,)* }
            }
        }
    };
}

types! {
    Any = "ANY", "A type that only the run can tell.";
    Void = "VOID", "No result.";
    Null = "NULL", "The type of `null` and of an absent value.";
    Boolean = "BOOLEAN", "`true` or `false`.";
    Long = "LONG", "A 64-bit integer.";
    Double = "DOUBLE", "A 64-bit float.";
    String = "STRING", "A text, or null.";
    BooleanArray = "BOOLEAN_ARRAY", "An array of booleans.";
    LongArray = "LONG_ARRAY", "An array of integers.";
    DoubleArray = "DOUBLE_ARRAY", "An array of floats.";
    StringArray = "STRING_ARRAY", "An array of texts, each of which may be null.";
    List = "LIST", "A list of mixed values, from parameters only; it cannot be changed.";
    Map = "MAP", "A map from text to any value, in insertion order, or null.";
    DateTime = "DATETIME", "An instant in a time zone, or null.";
    DateTimeZone = "DATETIME_ZONE", "A time zone, or null.";
    DateTimeFormatter = "DATETIME_FORMATTER", "A compiled date pattern, or null.";
    DateTimeProperty = "DATETIME_PROPERTY", "One field of a DATETIME, or null.";
    Days = "DATETIME_DAYS", "A number of days, or null.";
    Hours = "DATETIME_HOURS", "A number of hours, or null.";
    Minutes = "DATETIME_MINUTES", "A number of minutes, or null.";
    Duration = "DATETIME_DURATION", "A length of time, or null.";
    Uuid = "UUID", "A universally unique identifier, or null.";
}

impl Type {
    /// The type of a name in the source (`int`, `Long`, `Map`, …), without `[]`.
    ///
    /// ```
    /// use selvedge::Type;
    /// assert_eq!(Type::from_source_name("Integer"), Some(Type::Long));
    /// assert_eq!(Type::from_source_name("Object"), None);
    /// ```
    pub fn from_source_name(name: &str) -> Option<Self> {
        Some(match name {
            "int" | "long" | "Integer" | "Long" => Self::Long,
            "float" | "double" | "Float" | "Double" => Self::Double,
            "boolean" | "Boolean" => Self::Boolean,
            "String" => Self::String,
            "Map" | "HashMap" | "LinkedHashMap" => Self::Map,
            "DateTime" => Self::DateTime,
            "DateTimeZone" => Self::DateTimeZone,
            "DateTimeFormatter" | "DateTimeFormat" => Self::DateTimeFormatter,
            "Property" => Self::DateTimeProperty,
            "Days" => Self::Days,
            "UUID" => Self::Uuid,
            _ => return None,
        })
    }

    /// How a declaration names the type; none for those that are not declared.
    pub(crate) const fn source_name(self) -> Option<&'static str> {
        match self {
            Self::Long => Some("long"),
            Self::Double => Some("double"),
            Self::Boolean => Some("boolean"),
            Self::String => Some("String"),
            Self::Map => Some("Map"),
            Self::DateTime => Some("DateTime"),
            Self::LongArray => Some("long[]"),
            Self::DoubleArray => Some("double[]"),
            Self::BooleanArray => Some("boolean[]"),
            Self::StringArray => Some("String[]"),
            Self::Any
            | Self::Void
            | Self::Null
            | Self::List
            | Self::DateTimeZone
            | Self::DateTimeFormatter
            | Self::DateTimeProperty
            | Self::Days
            | Self::Hours
            | Self::Minutes
            | Self::Duration
            | Self::Uuid => None,
        }
    }

    /// The names a source may write for types, for suggestions.
    pub(crate) const SOURCE_NAMES: &'static [&'static str] = &[
        "int",
        "long",
        "Integer",
        "Long",
        "float",
        "double",
        "Float",
        "Double",
        "boolean",
        "Boolean",
        "String",
        "Map",
        "HashMap",
        "LinkedHashMap",
        "DateTime",
        "DateTimeZone",
        "DateTimeFormatter",
        "Property",
        "Days",
        "UUID",
    ];

    /// The array type with elements of this type, if there is one.
    ///
    /// ```
    /// use selvedge::Type;
    /// assert_eq!(Type::Long.array_of(), Some(Type::LongArray));
    /// assert_eq!(Type::Map.array_of(), None);
    /// ```
    pub const fn array_of(self) -> Option<Self> {
        match self {
            Self::Boolean => Some(Self::BooleanArray),
            Self::Long => Some(Self::LongArray),
            Self::Double => Some(Self::DoubleArray),
            Self::String => Some(Self::StringArray),
            _ => None,
        }
    }

    /// The type of an array's elements; `ANY` for a LIST; `None` for other types.
    ///
    /// ```
    /// use selvedge::Type;
    /// assert_eq!(Type::LongArray.element(), Some(Type::Long));
    /// assert_eq!((Type::List.element(), Type::Map.element()), (Some(Type::Any), None));
    /// ```
    pub const fn element(self) -> Option<Self> {
        match Elements::of(self) {
            Some(elements) => Some(elements.ty()),
            None => None,
        }
    }

    /// Whether it is LONG or DOUBLE.
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Long | Self::Double)
    }

    /// Whether a value of the type can be the result of an evaluation.
    pub const fn has_host_value(self) -> bool {
        !matches!(
            self,
            Self::DateTimeZone
                | Self::DateTimeFormatter
                | Self::DateTimeProperty
                | Self::Days
                | Self::Hours
                | Self::Minutes
                | Self::Duration
                | Self::Uuid
        )
    }
}

/// What a value of a type is held as: whatever depends on that matches on this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stored {
    /// Only the run can tell.
    Unknown,
    /// There is no value.
    Nothing,
    Null,
    Boolean,
    Long,
    Double,
    Text,
    Elements(Elements),
    Map,
    /// An object of the library.
    Object,
}

impl Type {
    /// What a value of the type is held as.
    pub(crate) const fn stored(self) -> Stored {
        match self {
            Self::Any => Stored::Unknown,
            Self::Void => Stored::Nothing,
            Self::Null => Stored::Null,
            Self::Boolean => Stored::Boolean,
            Self::Long => Stored::Long,
            Self::Double => Stored::Double,
            Self::String => Stored::Text,
            Self::BooleanArray => Stored::Elements(Elements::Booleans),
            Self::LongArray => Stored::Elements(Elements::Longs),
            Self::DoubleArray => Stored::Elements(Elements::Doubles),
            Self::StringArray => Stored::Elements(Elements::Texts),
            Self::List => Stored::Elements(Elements::Mixed),
            Self::Map => Stored::Map,
            Self::DateTime
            | Self::DateTimeZone
            | Self::DateTimeFormatter
            | Self::DateTimeProperty
            | Self::Days
            | Self::Hours
            | Self::Minutes
            | Self::Duration
            | Self::Uuid => Stored::Object,
        }
    }
}

/// What the elements of an array or list are: whatever depends on how they are stored matches on this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Elements {
    Booleans,
    Longs,
    Doubles,
    Texts,
    /// Of any type: a LIST's.
    Mixed,
}

impl Elements {
    /// All of them.
    #[cfg(any(test, feature = "oracle"))]
    pub(crate) const ALL: [Self; 5] = [Self::Booleans, Self::Longs, Self::Doubles, Self::Texts, Self::Mixed];

    /// Returns the type of an array or list of such elements.
    pub(crate) const fn array(self) -> Type {
        match self {
            Self::Booleans => Type::BooleanArray,
            Self::Longs => Type::LongArray,
            Self::Doubles => Type::DoubleArray,
            Self::Texts => Type::StringArray,
            Self::Mixed => Type::List,
        }
    }

    /// Returns what the elements of a value of the type are, none for types without elements.
    pub(crate) const fn of(ty: Type) -> Option<Self> {
        match ty.stored() {
            Stored::Elements(elements) => Some(elements),
            _ => None,
        }
    }

    /// Returns the type of one element.
    pub(crate) const fn ty(self) -> Type {
        match self {
            Self::Booleans => Type::Boolean,
            Self::Longs => Type::Long,
            Self::Doubles => Type::Double,
            Self::Texts => Type::String,
            Self::Mixed => Type::Any,
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
