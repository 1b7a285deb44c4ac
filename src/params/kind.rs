//! The types a parameter can be declared as, and the modes that say who may change it.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::diagnostic::{closest, quote};
use crate::types::Type;

/// The declared type of a parameter. As data, its name; read in either case.
///
/// ```
/// use selvedge::params::ParamType;
/// assert_eq!(ParamType::from_name("long_array"), Some(ParamType::LongArray));
/// assert_eq!(ParamType::LongArray.name(), "LONG_ARRAY");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ParamType {
    /// A text.
    String,
    /// A 64-bit integer.
    Long,
    /// A 64-bit float.
    Double,
    /// `true` or `false`.
    Boolean,
    /// An array of texts.
    StringArray,
    /// An array of integers.
    LongArray,
    /// An array of floats.
    DoubleArray,
    /// An array of booleans.
    BooleanArray,
    /// A list of any values, such as maps.
    List,
    /// A map from text to text.
    StringMap,
    /// A map whose members are parameters of their own.
    Map,
}

impl ParamType {
    /// Every type.
    pub const ALL: &'static [Self] = &[
        Self::String,
        Self::Long,
        Self::Double,
        Self::Boolean,
        Self::StringArray,
        Self::LongArray,
        Self::DoubleArray,
        Self::BooleanArray,
        Self::List,
        Self::StringMap,
        Self::Map,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::String => "STRING",
            Self::Long => "LONG",
            Self::Double => "DOUBLE",
            Self::Boolean => "BOOLEAN",
            Self::StringArray => "STRING_ARRAY",
            Self::LongArray => "LONG_ARRAY",
            Self::DoubleArray => "DOUBLE_ARRAY",
            Self::BooleanArray => "BOOLEAN_ARRAY",
            Self::List => "LIST",
            Self::StringMap => "STRING_MAP",
            Self::Map => "MAP",
        }
    }

    /// The type of a name, in either case.
    pub fn from_name(name: &str) -> Option<Self> {
        let mut all = Self::ALL.iter().copied();
        all.find(|ty| ty.name().eq_ignore_ascii_case(name))
    }

    /// The type that a misspelt name was probably meant for.
    ///
    /// ```
    /// use selvedge::params::ParamType;
    /// assert_eq!(ParamType::near("Sting"), Some(ParamType::String));
    /// assert_eq!(ParamType::near("threshold"), None);
    /// ```
    pub fn near(name: &str) -> Option<Self> {
        let names = Self::ALL.iter().map(|ty| ty.name());
        closest(&name.to_ascii_uppercase(), names).and_then(Self::from_name)
    }

    /// The type that a word of other languages stands for.
    pub(crate) fn from_habit(name: &str) -> Option<Self> {
        Some(match &*name.to_ascii_lowercase() {
            "int" | "integer" | "bigint" | "int64" | "short" | "number" | "timestamp" => Self::Long,
            "str" | "text" | "varchar" | "char" | "date" | "datetime" => Self::String,
            "float" | "decimal" | "real" | "float64" | "numeric" => Self::Double,
            "bool" => Self::Boolean,
            "list<map>" | "array<map>" | "list<object>" | "array<object>" | "list<dict>" | "map[]" | "object[]" => {
                Self::List
            }
            "array" | "string[]" | "list<string>" | "array<str>" | "array<text>" | "strings" => Self::StringArray,
            "int[]" | "long[]" | "list<int>" | "list<long>" | "array<int>" | "array<integer>" => Self::LongArray,
            "double[]" | "float[]" | "array<float>" | "list<double>" => Self::DoubleArray,
            "dict" | "object" | "json" | "struct" | "record" => Self::Map,
            _ => return None,
        })
    }

    /// How the shorthand names it.
    pub(crate) const fn hint(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Long => "long",
            Self::Double => "double",
            Self::Boolean => "boolean",
            Self::StringArray => "array<string>",
            Self::LongArray => "array<long>",
            Self::DoubleArray => "array<double>",
            Self::BooleanArray => "array<boolean>",
            Self::List => "list",
            Self::StringMap => "map",
            Self::Map => "pmap",
        }
    }

    /// The type of a hint of the shorthand: `long`, `array<long>`, `list`, `map`, `pmap`, or a type's name.
    ///
    /// ```
    /// use selvedge::params::ParamType;
    /// assert_eq!(ParamType::from_hint("array<Long>"), Some(ParamType::LongArray));
    /// assert_eq!(ParamType::from_hint("map"), Some(ParamType::StringMap));
    /// assert_eq!(ParamType::from_hint("pmap"), Some(ParamType::Map));
    /// ```
    pub fn from_hint(hint: &str) -> Option<Self> {
        let hint = hint.trim().to_ascii_lowercase();
        let element = hint.strip_prefix("array<").and_then(|rest| rest.strip_suffix('>'));
        let hint = element.map_or_else(|| hint.clone(), |element| format!("array<{}>", element.trim()));
        let mut all = Self::ALL.iter().copied();
        all.find(|ty| ty.hint() == hint).or_else(|| Self::from_name(&hint))
    }

    /// The type of a parameter with a value of the language; `None` for null.
    ///
    /// ```
    /// use selvedge::{Type, params::ParamType};
    /// assert_eq!(ParamType::of_type(Type::DateTime), Some(ParamType::String));
    /// assert_eq!(ParamType::of_type(Type::Null), None);
    /// ```
    pub const fn of_type(ty: Type) -> Option<Self> {
        Some(match ty {
            Type::String | Type::DateTime => Self::String,
            Type::Long => Self::Long,
            Type::Double => Self::Double,
            Type::Boolean => Self::Boolean,
            Type::StringArray => Self::StringArray,
            Type::LongArray => Self::LongArray,
            Type::DoubleArray => Self::DoubleArray,
            Type::BooleanArray => Self::BooleanArray,
            Type::List => Self::List,
            Type::Map => Self::Map,
            _ => return None,
        })
    }

    /// The type an expression sees.
    ///
    /// ```
    /// use selvedge::{Type, params::ParamType};
    /// assert_eq!(ParamType::StringMap.in_language(), Type::Map);
    /// ```
    pub const fn in_language(self) -> Type {
        match self {
            Self::String => Type::String,
            Self::Long => Type::Long,
            Self::Double => Type::Double,
            Self::Boolean => Type::Boolean,
            Self::StringArray => Type::StringArray,
            Self::LongArray => Type::LongArray,
            Self::DoubleArray => Type::DoubleArray,
            Self::BooleanArray => Type::BooleanArray,
            Self::List => Type::List,
            Self::StringMap | Self::Map => Type::Map,
        }
    }

    /// Whether its values hold others: an array or a map.
    pub(crate) fn is_compound(self) -> bool {
        self.in_language() == Type::Map || self.in_language().element().is_some()
    }

    /// Whether a parameter of the type may be null.
    ///
    /// ```
    /// use selvedge::params::ParamType;
    /// assert!(ParamType::String.takes_null() && !ParamType::Long.takes_null());
    /// ```
    pub const fn takes_null(self) -> bool {
        matches!(self, Self::String | Self::StringMap | Self::Map)
    }
}

/// Determines who may change a parameter and when, from loose to strict.
///
/// | mode | another definition | a start | a restart | a step's output |
/// | --- | --- | --- | --- | --- |
/// | `MUTABLE` | yes | yes | yes | yes |
/// | `MUTABLE_ON_START_RESTART` | yes | yes | yes | no |
/// | `MUTABLE_ON_START` | yes | yes | no | no |
/// | `IMMUTABLE` | no | no | no | no |
/// | `CONSTANT` | no | no | no | no |
///
/// ```
/// use selvedge::params::{Mode, Occasion};
/// assert!(Mode::Mutable < Mode::Constant);
/// assert!(Mode::MutableOnStart.allows(Occasion::Start) && !Mode::MutableOnStart.allows(Occasion::Restart));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Mode {
    /// Whoever comes later.
    #[default]
    Mutable,
    /// Who starts or restarts the workflow.
    MutableOnStartRestart,
    /// Who starts the workflow.
    MutableOnStart,
    /// Nobody; where it is an expression, an orchestrator may evaluate it again.
    Immutable,
    /// Nobody.
    Constant,
}

/// The occasion of a change.
///
/// ```
/// use selvedge::params::{Mode, Occasion};
/// let outputs = Mode::ALL.iter().filter(|mode| mode.allows(Occasion::Output));
/// assert_eq!(outputs.collect::<Vec<_>>(), [&Mode::Mutable]);
/// assert_eq!(Occasion::Output.to_string(), "a step's output");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Occasion {
    /// The system lays its own definitions over others, such as those of a step's type over those of all steps: no mode keeps it
    /// from that.
    System,
    /// Another definition is laid over the first.
    Definition,
    /// The workflow starts.
    Start,
    /// The workflow is restarted.
    Restart,
    /// A step gives its outputs.
    Output,
}

impl Mode {
    /// Every mode, from loose to strict.
    pub const ALL: &'static [Self] = &[
        Self::Mutable,
        Self::MutableOnStartRestart,
        Self::MutableOnStart,
        Self::Immutable,
        Self::Constant,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mutable => "MUTABLE",
            Self::MutableOnStartRestart => "MUTABLE_ON_START_RESTART",
            Self::MutableOnStart => "MUTABLE_ON_START",
            Self::Immutable => "IMMUTABLE",
            Self::Constant => "CONSTANT",
        }
    }

    /// The mode of a name, in either case.
    pub fn from_name(name: &str) -> Option<Self> {
        let mut all = Self::ALL.iter().copied();
        all.find(|mode| mode.name().eq_ignore_ascii_case(name))
    }

    /// Whether a parameter of the mode may be changed on an occasion.
    pub fn allows(self, occasion: Occasion) -> bool {
        let strictest = match occasion {
            Occasion::System => Self::Constant,
            Occasion::Definition | Occasion::Start => Self::MutableOnStart,
            Occasion::Restart => Self::MutableOnStartRestart,
            Occasion::Output => Self::Mutable,
        };
        self <= strictest
    }
}

impl fmt::Display for Occasion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::System => "the system",
            Self::Definition => "another definition",
            Self::Start => "a start",
            Self::Restart => "a restart",
            Self::Output => "a step's output",
        })
    }
}

/// The internal mode of a parameter that the system defines, and for which others may provide a value.
///
/// ```
/// use selvedge::params::{InternalMode, Mode};
/// assert_eq!(InternalMode::from_name("reserved").map(InternalMode::mode), Some(Mode::Constant));
/// assert!(InternalMode::Required.may_lack_value() && !InternalMode::Reserved.may_lack_value());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum InternalMode {
    /// A value must come from somewhere before it is evaluated.
    Required,
    /// Where nothing gives a value, it is left out.
    Optional,
    /// The system gives a value, which others may replace.
    Provided,
    /// The system gives the value, and nobody else: it is `CONSTANT`.
    Reserved,
}

impl InternalMode {
    /// Every internal mode.
    pub const ALL: &'static [Self] = &[Self::Required, Self::Optional, Self::Provided, Self::Reserved];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Required => "REQUIRED",
            Self::Optional => "OPTIONAL",
            Self::Provided => "PROVIDED",
            Self::Reserved => "RESERVED",
        }
    }

    /// The internal mode with a name, in either case.
    pub fn from_name(name: &str) -> Option<Self> {
        let mut all = Self::ALL.iter().copied();
        all.find(|internal| internal.name().eq_ignore_ascii_case(name))
    }

    /// The loosest mode of such a parameter.
    pub const fn mode(self) -> Mode {
        match self {
            Self::Reserved => Mode::Constant,
            Self::Required | Self::Optional | Self::Provided => Mode::Mutable,
        }
    }

    /// Whether a definition may lack a value, until another one sets it.
    pub const fn may_lack_value(self) -> bool {
        match self {
            Self::Required | Self::Optional | Self::Provided => true,
            Self::Reserved => false,
        }
    }
}

/// Gives a named enum its text and serde form.
macro_rules! named {
    ($($ty:ty: $what:literal;)*) => {
        $(
            impl fmt::Display for $ty {
                fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                    formatter.write_str(self.name())
                }
            }

            impl Serialize for $ty {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serializer.serialize_str(self.name())
                }
            }

            impl<'de> Deserialize<'de> for $ty {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    let name = String::deserialize(deserializer)?;
                    let unknown = || serde::de::Error::custom(format!("unknown {} {}", $what, quote(&name)));
                    Self::from_name(&name).ok_or_else(unknown)
                }
            }
        )*
    };
}

named! {
    ParamType: "parameter type";
    Mode: "parameter mode";
    InternalMode: "internal mode";
}
