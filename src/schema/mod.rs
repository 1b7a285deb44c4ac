//! The parameters a program may read, with their types: as data, and from samples, a JSON Schema or a Rust type.

mod join;
mod json_schema;
mod sample;
#[cfg(test)]
mod tests;
mod traced;

use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::{Arc, LazyLock};

use foldhash::fast::RandomState;
use indexmap::IndexMap;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use crate::diagnostic::quote;
use crate::types::Type;
use crate::value::Value;

/// What hashes the entries of all schemas alike, seeded once for a process.
static ENTRIES: LazyLock<RandomState> = LazyLock::new(RandomState::default);

/// The entry that stands for every other name, in a schema as data.
const EVERY_OTHER: &str = "*";

/// Why a parameter has no place in a schema.
///
/// ```
/// use selvedge::{Schema, Type};
/// let error = Schema::new().insert("*", Type::Long).unwrap_err();
/// assert_eq!(error.to_string(), "`*` can only be ANY in a schema, not LONG");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SchemaError {
    /// No parameter can be of the type.
    #[error("the parameter {name} cannot be of type {ty}")]
    NoParameter {
        /// The name, quoted.
        name: String,
        /// The type.
        ty: Type,
    },
    /// `*` stands for every other name, whose type only the run can tell.
    #[error("`*` can only be ANY in a schema, not {ty}")]
    EveryOther {
        /// The type given to it.
        ty: Type,
    },
    /// A sample, a JSON Schema or a Rust type that describes no parameters.
    #[error("{path}: {problem}; {help}")]
    Source {
        /// Where in the description, from its root `$`.
        path: String,
        /// What is wrong there.
        problem: String,
        /// What to do.
        help: String,
    },
    /// The host cancelled the reading.
    #[error("the host cancelled the reading")]
    Cancelled,
    /// The deadline of the reading has passed.
    #[error("the deadline of the reading has passed")]
    Deadline,
}

impl SchemaError {
    fn source(path: impl Into<String>, problem: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Source {
            path: path.into(),
            problem: problem.into(),
            help: help.into(),
        }
    }
}

/// Parameter names and their types.
///
/// A closed schema knows only its names; in an open one every other name is a parameter of type `ANY`. As data it is a
/// map from names to types, in which `"*": "ANY"` makes it open.
///
/// ```
/// use selvedge::{Schema, Type};
/// let schema = Schema::new().with("start", Type::Long).with("tables", Type::StringArray);
/// assert_eq!(schema.get("start"), Some(Type::Long));
/// assert_eq!(schema.get("end"), None);
/// assert_eq!(Schema::open().get("end"), Some(Type::Any));
///
/// let from_json: Schema = serde_json::from_str(r#"{"start": "LONG", "tables": "STRING_ARRAY"}"#)?;
/// assert_eq!(from_json, schema);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    // Shared, as each program keeps the schema that it was compiled against.
    types: Arc<IndexMap<Box<str>, Type, RandomState>>,
    open: bool,
}

impl Schema {
    /// A closed schema without parameters.
    ///
    /// ```
    /// assert_eq!(selvedge::Schema::new().get("day"), None);
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// About how many bytes of the heap it holds, where nothing shares them.
    pub(crate) fn held_bytes(&self) -> usize {
        // An entry, its place in the index, and what both leave free while they double.
        let each = 2 * (size_of::<(usize, Box<str>, Type)>() + 2 * size_of::<usize>());
        size_of::<IndexMap<Box<str>, Type, RandomState>>()
            + self.types.keys().map(|name| each + name.len()).sum::<usize>()
    }

    /// An open schema: every name is a parameter.
    ///
    /// ```
    /// use selvedge::{Schema, Type};
    /// assert_eq!(Schema::open().get("day"), Some(Type::Any));
    /// ```
    pub fn open() -> Self {
        Self {
            open: true,
            ..Self::default()
        }
    }

    /// The same with one more parameter. What [`insert`](Self::insert) refuses counts as `ANY`, which accepts every
    /// value and promises nothing.
    ///
    /// ```
    /// use selvedge::{Schema, Type};
    /// assert_eq!(Schema::new().with("day", Type::Long).get("day"), Some(Type::Long));
    /// ```
    #[must_use]
    pub fn with(mut self, name: &str, ty: Type) -> Self {
        if self.insert(name, ty).is_err() {
            self.put(name, Type::Any);
        }
        self
    }

    /// Adds a parameter, or changes its type. The name `*` with the type `ANY` opens the schema.
    ///
    /// # Errors
    ///
    /// `VOID` and `NULL`, which no parameter can be; and any type but `ANY` for `*`.
    ///
    /// ```
    /// use selvedge::{Schema, Type};
    /// let mut schema = Schema::new();
    /// let error = schema.insert("day", Type::Void).unwrap_err();
    /// assert_eq!(error.to_string(), "the parameter `day` cannot be of type VOID");
    /// ```
    pub fn insert(&mut self, name: &str, ty: Type) -> Result<(), SchemaError> {
        match ty {
            Type::Void | Type::Null => Err(SchemaError::NoParameter { name: quote(name), ty }),
            ty if name == EVERY_OTHER && ty != Type::Any => Err(SchemaError::EveryOther { ty }),
            ty => {
                self.put(name, ty);
                Ok(())
            }
        }
    }

    fn put(&mut self, name: &str, ty: Type) {
        if name == EVERY_OTHER {
            self.open = true;
        } else {
            Arc::make_mut(&mut self.types).insert(name.into(), ty);
        }
    }

    /// The type of a parameter; none where the name is no parameter.
    ///
    /// ```
    /// use selvedge::{Schema, Type};
    /// let schema = Schema::open().with("day", Type::Long);
    /// assert_eq!(schema.get("day"), Some(Type::Long));
    /// assert_eq!(schema.get("other"), Some(Type::Any));
    /// ```
    pub fn get(&self, name: &str) -> Option<Type> {
        self.types.get(name).copied().or(self.open.then_some(Type::Any))
    }

    /// The names given, in order.
    ///
    /// ```
    /// use selvedge::{Schema, Type};
    /// let schema = Schema::new().with("b", Type::Long).with("a", Type::String);
    /// assert_eq!(schema.names().collect::<Vec<_>>(), ["b", "a"]);
    /// ```
    pub fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.types.keys().map(|name| &**name)
    }

    /// The names given and their types, in order.
    ///
    /// ```
    /// use selvedge::{Schema, Type};
    /// let schema = Schema::new().with("b", Type::Long);
    /// assert_eq!(schema.iter().next(), Some(("b", Type::Long)));
    /// ```
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, Type)> {
        self.types.iter().map(|(name, ty)| (&**name, *ty))
    }

    /// Whether every other name is a parameter too.
    ///
    /// ```
    /// assert!(selvedge::Schema::open().is_open());
    /// ```
    pub const fn is_open(&self) -> bool {
        self.open
    }

    /// Whether the schema names the parameter itself, rather than being open to it.
    pub(crate) fn declares(&self, name: &str) -> bool {
        self.declared(name).is_some()
    }

    /// The type that a name was given.
    pub(crate) fn declared(&self, name: &str) -> Option<Type> {
        self.types.get(name).copied()
    }

    /// The same without some of the names.
    #[cfg(feature = "params")]
    pub(crate) fn without(&self, leaves_out: impl Fn(&str) -> bool) -> Self {
        let kept = self.types.iter().filter(|(name, _)| !leaves_out(name));
        Self {
            types: Arc::new(kept.map(|(name, ty)| (name.clone(), *ty)).collect()),
            open: self.open,
        }
    }

    /// The types of sample values; `ANY` for null.
    ///
    /// ```
    /// use selvedge::{Map, Schema, Type, Value};
    /// let samples = Map::from_iter([("day", Value::Long(1)), ("note", Value::Null)]);
    /// let schema = Schema::infer_from(&samples);
    /// assert_eq!(schema, Schema::new().with("day", Type::Long).with("note", Type::Any));
    /// ```
    pub fn infer_from<'a>(samples: impl IntoIterator<Item = (&'a str, &'a Value)>) -> Self {
        let typed = samples.into_iter().map(|(name, value)| (name, value.type_of()));
        typed.fold(Self::new(), |schema, (name, ty)| schema.with(name, ty))
    }
}

impl Hash for Schema {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.open.hash(state);
        // Equality of the map does not depend on order, so neither may the hash: entries are combined by addition.
        let mut sum = 0_u64;
        for (name, ty) in &*self.types {
            sum = sum.wrapping_add(ENTRIES.hash_one((name, ty)));
        }
        sum.hash(state);
    }
}

impl Serialize for Schema {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let open = self.open.then_some((EVERY_OTHER, &Type::Any));
        serializer.collect_map(self.types.iter().map(|(name, ty)| (&**name, ty)).chain(open))
    }
}

impl<'de> Deserialize<'de> for Schema {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let entries = IndexMap::<Box<str>, Type, RandomState>::deserialize(deserializer)?;
        let mut schema = Self::new();
        for (name, ty) in entries {
            schema.insert(&name, ty).map_err(D::Error::custom)?;
        }
        Ok(schema)
    }
}
