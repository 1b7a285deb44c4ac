//! The parameters a program may read, with their types.

use std::hash::{BuildHasher, Hash, Hasher};

use foldhash::fast::FixedState;
use indexmap::IndexMap;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Type;
use crate::value::Value;

/// The entry that stands for every other name, in a schema as data.
const EVERY_OTHER: &str = "*";

/// Parameter names and their types.
///
/// A closed schema knows only its names; in an open one every other name is a parameter of type `ANY`. As data it is a map from
/// names to types, in which `"*": "ANY"` makes it open.
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
    types: IndexMap<Box<str>, Type>,
    open: bool,
}

impl Schema {
    /// A closed schema without parameters.
    pub fn new() -> Self {
        Self::default()
    }

    /// An open schema: every name is a parameter.
    pub fn open() -> Self {
        Self {
            open: true,
            ..Self::default()
        }
    }

    /// The same with one more parameter. `VOID` and `NULL`, which no parameter can be, count as `ANY`.
    #[must_use]
    pub fn with(mut self, name: &str, ty: Type) -> Self {
        self.insert(name, ty);
        self
    }

    /// Adds a parameter, or changes its type.
    pub fn insert(&mut self, name: &str, ty: Type) {
        let ty = match ty {
            Type::Void | Type::Null => Type::Any,
            ty => ty,
        };
        self.types.insert(name.into(), ty);
    }

    /// The type of a parameter; none where the name is no parameter.
    pub fn get(&self, name: &str) -> Option<Type> {
        self.types.get(name).copied().or(self.open.then_some(Type::Any))
    }

    /// The names given, in order.
    pub fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.types.keys().map(|name| &**name)
    }

    /// Whether every other name is a parameter too.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// The types of sample values; `ANY` for null.
    pub fn infer_from<'a>(samples: impl IntoIterator<Item = (&'a str, &'a Value)>) -> Self {
        let mut schema = Self::new();
        for (name, value) in samples {
            schema.insert(name, value.type_of());
        }
        schema
    }
}

impl Hash for Schema {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.open.hash(state);
        // Equality of the map does not depend on order, so neither may the hash: entries are combined by addition.
        let mut sum = 0_u64;
        for (name, ty) in &self.types {
            let mut entry = FixedState::default().build_hasher();
            name.hash(&mut entry);
            ty.hash(&mut entry);
            sum = sum.wrapping_add(entry.finish());
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
        let entries = IndexMap::<Box<str>, Type>::deserialize(deserializer)?;
        let mut schema = Self::new();
        for (name, ty) in entries {
            match (&*name, ty) {
                (EVERY_OTHER, Type::Any) => schema.open = true,
                (EVERY_OTHER, ty) => {
                    return Err(D::Error::custom(format!("`*` can only be ANY in a schema, not {ty}")));
                }
                (name, Type::Void | Type::Null) => {
                    let name = crate::diagnostic::quote(name);
                    return Err(D::Error::custom(format!("the parameter {name} cannot be of type {ty}")));
                }
                (name, ty) => schema.insert(name, ty),
            }
        }
        Ok(schema)
    }
}
