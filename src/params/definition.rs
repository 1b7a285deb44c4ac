//! A parameter's definition and sets of them, as data: what is written and nothing computed.

use std::sync::Arc;

use indexmap::IndexMap;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::Value as Json;

use super::declared::DeclaredType;
use super::kind::{InternalMode, Mode, ParamType};
use super::meter::json_size;
use crate::diagnostic::closest;
use crate::schema::SchemaError;
use crate::shape::WholeShape;
use crate::source::Position;

/// The bytes of a part of a definition, beside its text.
const PART_BYTES: u64 = 128;
/// The bytes of a definition in an outline, with its place in the table of a set.
const OUTLINE_BYTES: u64 = 2 * (size_of::<Definition>() + size_of::<Box<str>>() + 2 * size_of::<usize>()) as u64;

/// The definition of a parameter. Equality ignores positions.
///
/// ```
/// use selvedge::params::{Definition, Mode, ParamType};
/// let limit = Definition::literal(15).with_type(ParamType::Long).with_mode(Mode::Constant);
/// assert_eq!(serde_json::to_string(&limit)?, r#"{"type":"LONG","value":15,"mode":"CONSTANT"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Definition {
    pub(crate) declared: Option<ParamType>,
    /// What is inside its values, where that is said.
    pub(crate) shape: Option<Arc<WholeShape>>,
    pub(crate) body: Body,
    pub(crate) mode: Option<Mode>,
    pub(crate) internal: Option<InternalMode>,
    pub(crate) extra: serde_json::Map<String, Json>,
    pub(crate) place: Option<Position>,
}

/// The value of a definition: a literal, an expression or members.
///
/// ```
/// use selvedge::params::{Body, ParameterSet};
/// let set = ParameterSet::from_json(r#"{"a": {"value": 1}, "b": {"expression": "a + 1"}}"#)?;
/// assert!(matches!(set.get("a").map(|a| a.body()), Some(Body::Literal(value)) if *value == 1));
/// assert!(matches!(set.get("b").map(|b| b.body()), Some(Body::Expression(source)) if **source == *"a + 1"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Body {
    /// A value as JSON, its texts to be interpolated.
    Literal(Json),
    /// An expression.
    Expression(Box<str>),
    /// The members of a MAP, each defined like a parameter.
    Members(ParameterSet),
    /// Nothing yet: another definition is to be laid over it.
    Missing,
}

/// What `value` and `expression` are called elsewhere, and for short.
const BODIES: [(&str, &str); 2] = [("expr", "expression"), ("exp", "expression")];

impl Body {
    /// The key that a misspelt one was probably meant for, `value` or `expression`.
    ///
    /// ```
    /// use selvedge::params::Body;
    /// assert_eq!(Body::meant_by("expr"), Some("expression"));
    /// assert_eq!(Body::meant_by("valeu"), Some("value"));
    /// assert_eq!(Body::meant_by("threshold"), None);
    /// ```
    pub fn meant_by(key: &str) -> Option<&'static str> {
        let of_habit = BODIES.iter().find(|(word, _)| *word == key).map(|(_, meant)| *meant);
        of_habit.or_else(|| closest(key, ["value", "expression"]))
    }
}

impl PartialEq for Definition {
    fn eq(&self, other: &Self) -> bool {
        let of = |definition: &Self| (definition.declared, definition.mode, definition.internal);
        of(self) == of(other) && self.shape == other.shape && self.body == other.body && self.extra == other.extra
    }
}

impl Definition {
    /// What says which changes are allowed, without what is changed: a copy whose values and expressions are null.
    pub(crate) fn outline(&self) -> Self {
        let body = match &self.body {
            Body::Literal(_) | Body::Expression(_) | Body::Missing => Body::Literal(Json::Null),
            Body::Members(members) => {
                let members = members.definitions.iter();
                let definitions = members.map(|(name, member)| (name.clone(), member.outline()));
                Body::Members(ParameterSet {
                    definitions: definitions.collect(),
                })
            }
        };
        Self {
            declared: self.declared,
            shape: self.shape.clone(),
            body,
            mode: self.mode,
            internal: self.internal,
            extra: serde_json::Map::new(),
            place: self.place,
        }
    }

    /// The bytes that its outline holds, and how many parts it has.
    pub(crate) fn outline_held(&self) -> (u64, u64) {
        let (mut bytes, mut parts) = (0, 0);
        let mut pending = vec![self];
        while let Some(definition) = pending.pop() {
            parts += 1;
            if let Body::Members(members) = &definition.body {
                bytes += members.definitions.keys().map(|name| name.len() as u64).sum::<u64>();
                pending.extend(members.definitions.values());
            }
        }
        (bytes + parts * OUTLINE_BYTES, parts)
    }

    fn new(body: Body) -> Self {
        Self {
            declared: None,
            shape: None,
            body,
            mode: None,
            internal: None,
            extra: serde_json::Map::new(),
            place: None,
        }
    }

    /// A literal; its texts are interpolated.
    ///
    /// ```
    /// use selvedge::params::Definition;
    /// let json = serde_json::to_value(Definition::literal("of $day"))?;
    /// assert_eq!(json, serde_json::json!({"value": "of $day"}));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn literal(value: impl Into<Json>) -> Self {
        Self::new(Body::Literal(value.into()))
    }

    /// An expression.
    ///
    /// ```
    /// use selvedge::params::Definition;
    /// let json = serde_json::to_value(Definition::expression("rows + 1"))?;
    /// assert_eq!(json, serde_json::json!({"expression": "rows + 1"}));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn expression(source: impl Into<Box<str>>) -> Self {
        Self::new(Body::Expression(source.into()))
    }

    /// A MAP of members.
    ///
    /// ```
    /// use selvedge::params::{Definition, ParamType, ParameterSet, Scope};
    /// let members = ParameterSet::new().with("cpus", Definition::expression("2 * 4"));
    /// let set = ParameterSet::new().with("machine", Definition::members(members));
    /// let report = set.plan(&selvedge::Engine::default(), &Scope::new())?.evaluate(&Scope::new());
    /// let machine = report.value("machine").and_then(|machine| machine.as_map()).ok_or("no map")?;
    /// assert_eq!(machine.get("cpus"), Some(&8.into()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn members(set: ParameterSet) -> Self {
        Self::new(Body::Members(set)).with_type(ParamType::Map)
    }

    /// Sets the declared type.
    ///
    /// ```
    /// use selvedge::params::{Definition, ParamType, ParameterSet, Scope};
    /// let set = ParameterSet::new().with("share", Definition::literal("0.5").with_type(ParamType::Double));
    /// let report = set.plan(&selvedge::Engine::default(), &Scope::new())?.evaluate(&Scope::new());
    /// assert_eq!(report.value("share"), Some(&0.5.into()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_type(mut self, ty: ParamType) -> Self {
        self.declared = Some(ty);
        self
    }

    /// Sets the declared type and shape, such as `list<{id: long}>` or `map<string>`. The shape itself must not be nullable.
    ///
    /// # Errors
    ///
    /// What is not a shape, or one of no type that a parameter can be declared as.
    ///
    /// ```
    /// use selvedge::params::{Definition, ParameterSet, Scope};
    /// let rows = Definition::literal(serde_json::json!([{"id": 1}])).with_shape("list<{id: long}>")?;
    /// assert_eq!((rows.declared_type().map(|ty| ty.name()), rows.shape()), (Some("LIST"), Some("list<{id: long}>")));
    /// let set = ParameterSet::new().with("rows", rows).with("n", Definition::expression("rows[0].idd"));
    /// let refused = set.plan(&selvedge::Engine::default(), &Scope::new()).unwrap_err();
    /// assert_eq!(refused.problems()[0].help(), Some("did you mean `id`?"));
    /// # Ok::<(), selvedge::SchemaError>(())
    /// ```
    pub fn with_shape(self, shape: &str) -> Result<Self, SchemaError> {
        let DeclaredType { ty, shape } = DeclaredType::of_shape(shape)?;
        Ok(Self {
            shape,
            ..self.with_type(ty)
        })
    }

    /// The declared shape, if any.
    pub fn shape(&self) -> Option<&str> {
        self.shape.as_ref().map(|shape| shape.text())
    }

    /// Sets the mode.
    ///
    /// ```
    /// use selvedge::params::{Definition, Mode};
    /// let day = Definition::literal(1);
    /// assert_eq!((day.mode(), day.with_mode(Mode::Constant).mode()), (Mode::Mutable, Mode::Constant));
    /// ```
    #[must_use]
    pub fn with_mode(mut self, mode: Mode) -> Self {
        self.mode = Some(mode);
        self
    }

    /// The declared type; `None` if the value determines it.
    pub fn declared_type(&self) -> Option<ParamType> {
        self.declared
    }

    /// A definition without a value, which another definition must set.
    ///
    /// ```
    /// use selvedge::params::{Definition, InternalMode, Occasion, ParamType, ParameterSet, Scope};
    /// let image = Definition::missing(InternalMode::Required).with_type(ParamType::String);
    /// let mut set = ParameterSet::new().with("image", image);
    /// let engine = selvedge::Engine::default();
    /// assert_eq!(set.plan(&engine, &Scope::new()).unwrap_err().problems()[0].code().text(), "E723");
    /// set.redefine(&ParameterSet::new().with("image", Definition::literal("python:3")), Occasion::Definition)?;
    /// assert!(set.plan(&engine, &Scope::new()).is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn missing(internal: InternalMode) -> Self {
        Self::new(Body::Missing).with_internal_mode(internal)
    }

    /// Sets the internal mode.
    ///
    /// ```
    /// use selvedge::params::{Definition, InternalMode, Mode};
    /// let index = Definition::literal(-1).with_internal_mode(InternalMode::Reserved);
    /// assert_eq!(index.mode(), Mode::Constant);
    /// ```
    #[must_use]
    pub fn with_internal_mode(mut self, internal: InternalMode) -> Self {
        self.internal = Some(internal);
        self
    }

    /// The mode, `MUTABLE` by default; `CONSTANT` if the internal mode is `RESERVED`.
    pub fn mode(&self) -> Mode {
        let least = self.internal.map_or(Mode::Mutable, InternalMode::mode);
        self.mode.unwrap_or_default().max(least)
    }

    /// The internal mode.
    pub fn internal_mode(&self) -> Option<InternalMode> {
        self.internal
    }

    /// Whether it is left out where no other definition gives it a value.
    pub(crate) fn is_left_out(&self) -> bool {
        self.internal == Some(InternalMode::Optional)
            && match &self.body {
                Body::Missing => true,
                Body::Members(members) => members.iter().all(|(_, member)| member.is_left_out()),
                Body::Literal(_) | Body::Expression(_) => false,
            }
    }

    /// Whether it, or a member of it, has no value.
    pub(crate) fn lacks_value(&self) -> bool {
        match &self.body {
            Body::Missing => true,
            Body::Members(members) => members.iter().any(|(_, member)| member.lacks_value()),
            Body::Literal(_) | Body::Expression(_) => false,
        }
    }

    /// The value of the definition.
    pub fn body(&self) -> &Body {
        &self.body
    }

    /// The value of a key without a meaning here, such as `validator` or `tags`.
    pub fn extra(&self, key: &str) -> Option<&Json> {
        self.extra.get(key)
    }

    /// The same with where its value begins.
    #[must_use]
    pub(crate) fn at(mut self, place: Option<Position>) -> Self {
        self.place = place;
        self
    }

    /// The position of its value in the file.
    pub fn position(&self) -> Option<Position> {
        self.place
    }
}

impl Serialize for Definition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match (&self.shape, self.declared) {
            (Some(shape), _) => map.serialize_entry("type", shape.text())?,
            (None, Some(ty)) => map.serialize_entry("type", &ty)?,
            (None, None) => {}
        }
        match &self.body {
            Body::Literal(json) => map.serialize_entry("value", json)?,
            Body::Expression(source) => map.serialize_entry("expression", source)?,
            Body::Members(set) => map.serialize_entry("value", set)?,
            Body::Missing => {}
        }
        if let Some(mode) = self.mode {
            map.serialize_entry("mode", &mode)?;
        }
        if let Some(internal) = self.internal {
            map.serialize_entry("internal_mode", &internal)?;
        }
        for (key, value) in &self.extra {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

/// Definitions of parameters by name, in order.
///
/// ```
/// use selvedge::params::ParameterSet;
/// let set = ParameterSet::from_json(r#"{"day": {"type": "LONG", "value": 20260101, "tags": ["x"]}}"#)?;
/// assert_eq!(set.len(), 1);
/// // What this crate gives no meaning to is kept.
/// assert_eq!(set.get("day").and_then(|day| day.extra("tags")), Some(&serde_json::json!(["x"])));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ParameterSet {
    pub(crate) definitions: IndexMap<Box<str>, Definition>,
}

impl ParameterSet {
    /// No definitions.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a definition, or replaces the one of that name.
    #[must_use]
    pub fn with(mut self, name: &str, definition: Definition) -> Self {
        self.insert(name, definition);
        self
    }

    /// Adds a definition, or replaces the one of its name.
    ///
    /// ```
    /// use selvedge::params::{Definition, ParameterSet};
    /// let mut set = ParameterSet::new();
    /// assert_eq!(set.insert("day", Definition::literal(1)), None);
    /// assert_eq!(set.insert("day", Definition::literal(2)), Some(Definition::literal(1)));
    /// ```
    pub fn insert(&mut self, name: &str, definition: Definition) -> Option<Definition> {
        self.definitions.insert(name.into(), definition)
    }

    /// The definition of a name.
    pub fn get(&self, name: &str) -> Option<&Definition> {
        self.definitions.get(name)
    }

    /// The names and definitions, in order.
    ///
    /// ```
    /// use selvedge::params::{Definition, ParameterSet};
    /// let set = ParameterSet::new().with("b", Definition::literal(1)).with("a", Definition::literal(2));
    /// assert_eq!(set.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["b", "a"]);
    /// ```
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Definition)> {
        self.definitions.iter().map(|(name, definition)| (&**name, definition))
    }

    /// The bytes that the definitions hold, and how many parts they have.
    pub(crate) fn held(&self) -> (u64, u64) {
        let (mut bytes, mut parts) = (0, 0);
        let mut pending = vec![self];
        while let Some(set) = pending.pop() {
            for (name, definition) in set.iter() {
                let (of_body, parts_of_body) = match &definition.body {
                    Body::Literal(json) => json_size(json),
                    Body::Expression(source) => (source.len() as u64, 1),
                    Body::Missing => (0, 0),
                    Body::Members(members) => {
                        pending.push(members);
                        (0, 1)
                    }
                };
                let extra = definition.extra.values().map(json_size);
                let (of_extra, parts_of_extra) = extra.fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
                bytes += name.len() as u64 + of_body + of_extra;
                parts += 1 + parts_of_body + parts_of_extra;
            }
        }
        (bytes + parts * PART_BYTES, parts)
    }

    /// The number of definitions.
    pub fn len(&self) -> usize {
        self.definitions.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.definitions.is_empty()
    }
}

impl Serialize for ParameterSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(&self.definitions)
    }
}
