//! Changes of a set after it is defined: another definition over it, values given at a start or restart, a step's outputs.

use super::convert::literal;
use super::definition::{Body, Definition, ParameterSet};
use super::error::DefinitionError;
use super::kind::{Occasion, ParamType};
use super::lay;
use super::mistakes::check_name;
use super::problem::{MAX_CANDIDATES, MAX_SUGGESTIONS, Problem, error, error_with_help, error_with_meant, key_path};
use crate::diagnostic::{Code, Message, closest, quote};
use crate::engine::Engine;
use crate::schema::Schema;
use crate::source::Position;
use crate::value::{Map, Value};

impl ParameterSet {
    /// Applies other definitions to these, such as a step's to its defaults, or those of a start to the workflow's.
    ///
    /// A redefinition needs a mode that allows it then, keeps the type, to which its literal is converted, and may make the mode
    /// stricter, never looser. What says the same as before is not a change. MAPs of literals merge member by member, and so do
    /// STRING_MAPs; tags unite; all else is replaced, but no literal takes the place of an expression that makes a map. A name
    /// that is new is added, but not by a step's output. Only [`Occasion::System`] sets `internal_mode` and `source`; the `source` of a
    /// value goes where another comes.
    ///
    /// # Errors
    ///
    /// Every redefinition that is not allowed; then nothing is changed.
    ///
    /// ```
    /// use selvedge::params::{Definition, Mode, Occasion, ParameterSet};
    /// let mut set = ParameterSet::new().with("day", Definition::literal(1).with_mode(Mode::MutableOnStart));
    /// let change = ParameterSet::new().with("day", Definition::literal(2));
    /// assert!(set.redefine(&change, Occasion::Restart).is_err());
    /// assert!(set.redefine(&change, Occasion::Start).is_ok());
    /// assert_eq!(set.get("day"), Some(&Definition::literal(2).with_mode(Mode::MutableOnStart)));
    /// ```
    pub fn redefine(&mut self, changes: &Self, occasion: Occasion) -> Result<(), DefinitionError> {
        self.redefine_at(changes, occasion, "")
    }

    /// As [`redefine`](Self::redefine), with the path of the changes in their document.
    pub(crate) fn redefine_at(
        &mut self,
        changes: &Self,
        occasion: Occasion,
        path: &str,
    ) -> Result<(), DefinitionError> {
        let mut changed = self.clone();
        let mut problems = Vec::new();
        for (name, change) in changes.iter() {
            let path = key_path(path, name);
            if occasion == Occasion::Output && changed.get(name).is_none() {
                let message = format!(
                    "unknown output {} of the step: it has no parameter of this name",
                    quote(name)
                );
                let help = "define it among the step's parameters";
                problems.push(error_with_help(&path, change.place, Code::ModeForbids, message, help));
            } else if let Err(problem) = changed.redefine_one(name, change, occasion, &path) {
                problems.push(problem);
            }
        }
        *self = DefinitionError::unless_empty(problems, changed)?;
        Ok(())
    }

    /// Moves problems of other files to its own definitions, so that no place is of another file.
    pub(crate) fn relocate(&mut self, own: &Self, place: Option<Position>) {
        let none = Self::new();
        for (name, definition) in &mut self.definitions {
            let of_own = own.get(name);
            let place = of_own.map_or(place, Definition::position);
            definition.place = place;
            if let Body::Members(members) = &mut definition.body {
                let inside = match of_own.map(Definition::body) {
                    Some(Body::Members(own)) => own,
                    _ => &none,
                };
                members.relocate(inside, place);
            }
        }
    }

    /// Lays a definition over the one of its name, or adds it where the name is new.
    pub(crate) fn redefine_one(
        &mut self,
        name: &str,
        new: &Definition,
        occasion: Occasion,
        path: &str,
    ) -> Result<(), Problem> {
        let Some(old) = self.definitions.get_mut(name) else {
            check_name(name, path, new.place)?;
            if occasion != Occasion::System {
                lay::allow_marks(&quote(name), new, path)?;
            }
            self.insert(name, new.clone());
            return Ok(());
        };
        let laid = lay::laid(name, old, new, occasion, path)?;
        lay::allow(name, [old, new, &laid], occasion, path)?;
        *old = lay::sourced(old, new, laid);
        Ok(())
    }

    /// Checks that all names of values are names of parameters.
    ///
    /// # Errors
    ///
    /// Every name that none of them has, with what may have been meant.
    ///
    /// ```
    /// use selvedge::Map;
    /// use selvedge::params::{Definition, ParameterSet};
    /// let set = ParameterSet::new().with("region", Definition::literal("eu"));
    /// assert!(set.knows(&Map::from_iter([("region", "us")])).is_ok());
    /// let unknown = set.knows(&Map::from_iter([("regoin", "us")])).unwrap_err();
    /// assert_eq!(unknown.problems()[0].help(), Some("did you mean `region`?"));
    /// ```
    pub fn knows(&self, values: &Map) -> Result<(), DefinitionError> {
        self.knows_beside(values, None, "unknown parameter")
    }

    /// As [`knows`](Self::knows), beside parameters of these types; `what` begins the message.
    pub(crate) fn knows_beside(
        &self,
        values: &Map,
        around: Option<&Schema>,
        what: &str,
    ) -> Result<(), DefinitionError> {
        let is_known = |name: &str| self.get(name).is_some() || around.is_some_and(|around| around.get(name).is_some());
        let mut problems = Vec::new();
        for name in values.keys().filter(|name| !is_known(name)) {
            let few = problems.len() < MAX_SUGGESTIONS;
            let names = self.iter().map(|(name, _)| name);
            let names = names.chain(around.into_iter().flat_map(Schema::names));
            let meant = closest(name, names.take(MAX_CANDIDATES).filter(|_| few));
            let message = format!("{what} {}", quote(name));
            let path = key_path("", name);
            problems.push(error_with_meant(&path, None, Code::UnknownParameter, message, meant));
        }
        DefinitionError::unless_empty(problems, ())
    }

    /// Applies values to the definitions: those of a start or restart, or a step's outputs. Works like [`redefine`](Self::redefine) with
    /// literals, except that `$` in them has no meaning.
    ///
    /// # Errors
    ///
    /// Every value that is not allowed or does not fit the declared type; then nothing is changed.
    ///
    /// ```
    /// use selvedge::Map;
    /// use selvedge::params::{Definition, Mode, Occasion, ParameterSet};
    /// let mut set = ParameterSet::new()
    ///     .with("price", Definition::literal("free"))
    ///     .with("day", Definition::literal(1).with_mode(Mode::Constant));
    /// let day = Map::from_iter([("day", 2)]);
    /// assert_eq!(set.set_values(&day, Occasion::Start).unwrap_err().problems()[0].code().text(), "E720");
    /// assert!(set.set_values(&Map::from_iter([("price", "$5")]), Occasion::Start).is_ok());
    /// ```
    pub fn set_values(&mut self, values: &Map, occasion: Occasion) -> Result<(), DefinitionError> {
        self.lay_values(values, occasion, true)
    }

    /// As [`set_values`](Self::set_values), for an engine: if it does not quote values, the problems do not contain them.
    ///
    /// # Errors
    ///
    /// As [`set_values`](Self::set_values).
    ///
    /// ```
    /// use selvedge::params::{Definition, Occasion, ParamType, ParameterSet};
    /// use selvedge::{Engine, Map};
    /// let mut set = ParameterSet::new().with("n", Definition::literal(1).with_type(ParamType::Long));
    /// let engine = Engine::builder().quote_values(false).build();
    /// let wrong = set.set_values_for(&engine, &Map::from_iter([("n", "secret")]), Occasion::Start).unwrap_err();
    /// assert!(!wrong.problems()[0].message().contains("secret"));
    /// ```
    pub fn set_values_for(&mut self, engine: &Engine, values: &Map, occasion: Occasion) -> Result<(), DefinitionError> {
        self.lay_values(values, occasion, engine.settings().quote_values)
    }

    /// As [`set_values`](Self::set_values); what is wrong is said without the values where they are not to be quoted.
    pub(crate) fn lay_values(
        &mut self,
        values: &Map,
        occasion: Occasion,
        quote_values: bool,
    ) -> Result<(), DefinitionError> {
        let mut changes = Self::new();
        for (name, value) in values {
            let declared = self.get(name).and_then(Definition::declared_type);
            changes.insert(name, of_value(value, declared));
        }
        let mut problems = Vec::new();
        for (name, change) in changes.iter() {
            let declared = self.get(name).and_then(Definition::declared_type);
            if let Body::Literal(json) = &change.body
                && let Err(why) = literal(json, declared)
            {
                let message = Message::from("the value given for ").name(name);
                let message = message.words(" does not fit: ").then(why);
                let message = message.text(Code::ConversionFailed, quote_values);
                problems.push(error(&key_path("", name), None, Code::ConversionFailed, message));
            }
        }
        DefinitionError::unless_empty(problems, ())?;
        self.redefine(&changes, occasion)
    }
}

/// A value as a literal whose texts stand for themselves.
pub(crate) fn of_value(value: &Value, declared: Option<ParamType>) -> Definition {
    let ty = declared.or(ParamType::of_type(value.type_of()));
    let definition = match (value, ty) {
        (Value::Map(map), Some(ParamType::Map)) => {
            let members = map.iter().map(|(name, value)| (name, of_value(value, None)));
            Definition::members(members.fold(ParameterSet::new(), |set, (name, member)| set.with(name, member)))
        }
        (value, _) => Definition::literal(serde_json::to_value(escaped(value)).unwrap_or_default()),
    };
    match ty {
        Some(ty) => definition.with_type(ty),
        None => definition,
    }
}

/// The value with every dollar sign doubled, so that interpolation gives it back.
fn escaped(value: &Value) -> Value {
    let double = |text: &String| text.replace('$', "$$");
    match value {
        Value::String(text) => Value::String(double(text)),
        Value::StringArray(texts) => Value::StringArray(texts.iter().map(|text| text.as_ref().map(double)).collect()),
        Value::Map(map) => {
            let entries = map.iter().map(|(key, value)| (key.replace('$', "$$"), escaped(value)));
            Value::Map(entries.collect())
        }
        Value::List(list) => Value::List(list.iter().map(escaped).collect()),
        other => other.clone(),
    }
}
