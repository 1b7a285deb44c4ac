//! The parameters a program may read, with their types: as data, and from samples, a JSON Schema or a Rust type.

mod join;
mod json_schema;
mod sample;
mod seen;
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
use crate::shape::{Shape, ShapeError, Shapes, WholeShape, read};
use crate::types::Type;
use crate::value::Value;

/// What hashes the entries of all schemas alike, seeded once for a process.
static ENTRIES: LazyLock<RandomState> = LazyLock::new(RandomState::default);

/// The entry that stands for every other name, in a schema as data.
const EVERY_OTHER: &str = "*";

/// An invalid parameter of a schema.
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
    pub(crate) fn source(path: impl Into<String>, problem: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Source {
            path: path.into(),
            problem: problem.into(),
            help: help.into(),
        }
    }
}

/// The names, types and shapes of parameters.
///
/// A closed schema knows only its names; in an open one every other name is a parameter of type `ANY`. As data it is a
/// map from names to types or shapes, in which `"*": "ANY"` makes it open.
///
/// | shape | what fits |
/// | --- | --- |
/// | `long`, `double`, `boolean`, `string`, `datetime`, `any` | a value of the type; an integer is a `double` too |
/// | `long?` | the same, or null; a key that may be absent is one that may be null |
/// | `list<long>`, `list<{id: long}>` | an array or LIST of such elements |
/// | `map<string>` | a map of such values, whatever its keys are |
/// | `{id: long, 'due day': string?}` | a map with these keys; with `*: long` also others, that hold such values |
///
/// A shape changes no value: programs that do not fit it are refused, and a value that does not is an error (`E520`) where a program
/// reads it. What a program does not read is not looked at.
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
    types: Arc<IndexMap<Box<str>, Declared, RandomState>>,
    /// How many of them have a shape.
    shaped: usize,
    open: bool,
}

/// What is said of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Declared {
    pub(crate) ty: Type,
    /// What is inside, where that is said. The type is what is left of it.
    pub(crate) shape: Option<Arc<WholeShape>>,
}

impl Declared {
    /// What the text of a shape says of what has this name, where it has one.
    pub(crate) fn read(name: Option<&str>, text: &str) -> Result<Self, SchemaError> {
        let mut shapes = Shapes::default();
        match read(text, &mut shapes) {
            Ok(shape) => Ok(Self::of(shapes, shape)),
            Err(ShapeError { at, problem, help }) => {
                let of = name.map_or(String::new(), |name| quote(name) + ", ");
                let path = format!("{of}character {at} of {}", quote(text));
                Err(SchemaError::source(path, problem, help))
            }
        }
    }

    /// As data.
    fn text(&self) -> &str {
        self.shape.as_ref().map_or(self.ty.name(), |shape| shape.text())
    }

    fn of(shapes: Shapes, shape: Shape) -> Self {
        Self {
            ty: shapes.ty(shape),
            shape: WholeShape::of(shapes, shape).map(Arc::new),
        }
    }
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
        let each = 2 * (size_of::<(usize, Box<str>, Declared)>() + 2 * size_of::<usize>());
        let shape = |declared: &Declared| declared.shape.as_ref().map_or(0, |shape| shape.held_bytes());
        let entries = self
            .types
            .iter()
            .map(|(name, declared)| each + name.len() + shape(declared));
        size_of::<IndexMap<Box<str>, Declared, RandomState>>() + entries.sum::<usize>()
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

    /// Adds a parameter. A type that [`insert`](Self::insert) refuses counts as `ANY`, which accepts every value and promises nothing.
    ///
    /// ```
    /// use selvedge::{Schema, Type};
    /// assert_eq!(Schema::new().with("day", Type::Long).get("day"), Some(Type::Long));
    /// ```
    #[must_use]
    pub fn with(mut self, name: &str, ty: Type) -> Self {
        if self.insert(name, ty).is_err() {
            self.put(name, Type::Any, None);
        }
        self
    }

    /// Adds a parameter with a shape.
    ///
    /// # Errors
    ///
    /// As [`insert_shape`](Self::insert_shape).
    ///
    /// ```
    /// use selvedge::{Engine, Schema, Type};
    /// let schema = Schema::new().with_shape("orders", "list<{id: long, note: string?}>")?;
    /// assert_eq!((schema.get("orders"), schema.shape("orders")), (Some(Type::List), Some("list<{id: long, note: string?}>")));
    ///
    /// let error = Engine::default().compile("orders[0].get('nte')", &schema).unwrap_err();
    /// assert_eq!(error.diagnostics()[0].help.as_deref(), Some("did you mean `note`?"));
    /// # Ok::<(), selvedge::SchemaError>(())
    /// ```
    pub fn with_shape(mut self, name: &str, shape: &str) -> Result<Self, SchemaError> {
        self.insert_shape(name, shape)?;
        Ok(self)
    }

    /// The same with one more parameter of a type, and of the shape that a parameter of another schema has.
    #[cfg(feature = "params")]
    #[must_use]
    pub(crate) fn with_same(self, name: &str, ty: Type, of: &Self, parameter: &str) -> Self {
        let shape = of.types.get(parameter).and_then(|declared| declared.shape.as_ref());
        self.with_whole(name, ty, shape)
    }

    /// The same with one more parameter of a type, and of a shape where that is known.
    #[cfg(feature = "params")]
    #[must_use]
    pub(crate) fn with_whole(mut self, name: &str, ty: Type, shape: Option<&Arc<WholeShape>>) -> Self {
        match shape {
            Some(shape) => {
                self.put(name, ty, Some(Arc::clone(shape)));
                self
            }
            None => self.with(name, ty),
        }
    }

    /// Adds the parameters of another schema that this one lacks.
    ///
    /// ```
    /// use selvedge::{Schema, Type};
    /// let own = Schema::new().with("day", Type::Long);
    /// let all = own.with_missing(&Schema::new().with("day", Type::String).with_shape("note", "string?")?);
    /// assert_eq!((all.get("day"), all.shape("note")), (Some(Type::Long), Some("string?")));
    /// # Ok::<(), selvedge::SchemaError>(())
    /// ```
    #[must_use]
    pub fn with_missing(mut self, other: &Self) -> Self {
        self.open |= other.open;
        for (name, Declared { ty, shape }) in &*other.types {
            if !self.types.contains_key(name) {
                self.put(name, *ty, shape.clone());
            }
        }
        self
    }

    /// Adds a parameter with a shape, such as `list<{id: long}>`, `map<string>` or `long?`, or changes its shape. A type's name is also a
    /// shape.
    ///
    /// # Errors
    ///
    /// What is not a shape, with the place in it; one of more than 64 KiB, 4,096 parts or 32 levels; and any but `any` for `*`.
    ///
    /// ```
    /// use selvedge::{Schema, Type};
    /// let mut schema = Schema::new();
    /// schema.insert_shape("limit", "long?")?;
    /// assert_eq!((schema.get("limit"), schema.shape("limit")), (Some(Type::Any), Some("long?")));
    /// schema.insert_shape("days", "list<long>")?;
    /// assert_eq!((schema.get("days"), schema.shape("days")), (Some(Type::LongArray), None));
    ///
    /// let error = schema.insert_shape("rows", "list<int>").unwrap_err();
    /// assert_eq!(error.to_string(), "`rows`, character 6 of `list<int>`: unknown type `int`; did you mean `long`?");
    /// # Ok::<(), selvedge::SchemaError>(())
    /// ```
    pub fn insert_shape(&mut self, name: &str, shape: &str) -> Result<(), SchemaError> {
        let declared = Declared::read(Some(name), shape)?;
        self.insert_declared(name, declared)
    }

    /// Adds a parameter of a type, with what a shape says more where that is its type.
    fn insert_seen(&mut self, name: &str, ty: Type, shapes: Shapes, shape: Shape) -> Result<(), SchemaError> {
        match shapes.ty(shape) == ty {
            true => self.insert_declared(name, Declared::of(shapes, shape)),
            false => self.insert(name, ty),
        }
    }

    fn insert_declared(&mut self, name: &str, declared: Declared) -> Result<(), SchemaError> {
        if name == EVERY_OTHER && (declared.ty != Type::Any || declared.shape.is_some()) {
            return Err(SchemaError::EveryOther { ty: declared.ty });
        }
        self.put(name, declared.ty, declared.shape);
        Ok(())
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
                self.put(name, ty, None);
                Ok(())
            }
        }
    }

    fn put(&mut self, name: &str, ty: Type, shape: Option<Arc<WholeShape>>) {
        if name == EVERY_OTHER {
            self.open = true;
        } else {
            self.shaped += usize::from(shape.is_some());
            let before = Arc::make_mut(&mut self.types).insert(name.into(), Declared { ty, shape });
            self.shaped -= usize::from(before.is_some_and(|before| before.shape.is_some()));
        }
    }

    /// The type of a parameter; `None` if the name is not a parameter.
    ///
    /// ```
    /// use selvedge::{Schema, Type};
    /// let schema = Schema::open().with("day", Type::Long);
    /// assert_eq!(schema.get("day"), Some(Type::Long));
    /// assert_eq!(schema.get("other"), Some(Type::Any));
    /// ```
    pub fn get(&self, name: &str) -> Option<Type> {
        self.declared(name).or(self.open.then_some(Type::Any))
    }

    /// The shape of a parameter, if it says more than its type.
    ///
    /// ```
    /// use selvedge::{Schema, Type};
    /// let schema = Schema::new().with_shape("load", "map<double>")?.with("day", Type::Long);
    /// assert_eq!((schema.shape("load"), schema.shape("day")), (Some("map<double>"), None));
    /// # Ok::<(), selvedge::SchemaError>(())
    /// ```
    pub fn shape(&self, name: &str) -> Option<&str> {
        self.whole_shape(name).map(WholeShape::text)
    }

    /// Whether anything is said of what is inside a parameter.
    pub(crate) const fn has_shapes(&self) -> bool {
        self.shaped > 0
    }

    /// The same as a table.
    pub(crate) fn whole_shape(&self, name: &str) -> Option<&WholeShape> {
        self.types.get(name)?.shape.as_deref()
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
        self.types.iter().map(|(name, declared)| (&**name, declared.ty))
    }

    /// Whether every other name is also a parameter.
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
        self.types.get(name).map(|declared| declared.ty)
    }

    /// The same without some of the names.
    #[cfg(feature = "params")]
    pub(crate) fn without(&self, leaves_out: impl Fn(&str) -> bool) -> Self {
        let kept = self.types.iter().filter(|(name, _)| !leaves_out(name));
        let kept: IndexMap<_, _, _> = kept.map(|(name, declared)| (name.clone(), declared.clone())).collect();
        Self {
            shaped: kept
                .values()
                .filter(|declared: &&Declared| declared.shape.is_some())
                .count(),
            types: Arc::new(kept),
            open: self.open,
        }
    }

    /// Infers the types of sample values; `ANY` for null.
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
        for (name, declared) in &*self.types {
            sum = sum.wrapping_add(ENTRIES.hash_one((name, declared.text())));
        }
        sum.hash(state);
    }
}

impl Serialize for Schema {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let open = self.open.then_some((EVERY_OTHER, Type::Any.name()));
        let entries = self.types.iter().map(|(name, declared)| (&**name, declared.text()));
        serializer.collect_map(entries.chain(open))
    }
}

impl<'de> Deserialize<'de> for Schema {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let entries = IndexMap::<Box<str>, Box<str>, RandomState>::deserialize(deserializer)?;
        let mut schema = Self::new();
        for (name, text) in entries {
            let of_type = Type::ALL.iter().find(|ty| ty.name() == &*text);
            let inserted = match of_type {
                Some(ty) => schema.insert(&name, *ty),
                None => schema.insert_shape(&name, &text),
            };
            inserted.map_err(D::Error::custom)?;
        }
        Ok(schema)
    }
}
