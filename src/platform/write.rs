//! A description as JSON: what is said, and nothing of what is as it is without.

use indexmap::IndexMap;
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::description::Platform;
use super::function::{DEFAULT_COST_STEPS, Function, Parameter};
use super::stub::Stub;
use crate::dialect::Dialect;
use crate::effect::{Effect, Effects};
use crate::engine::UnknownNames;
use crate::limits::Limits;

impl Platform {
    /// Writes the description as JSON, for [`from_json`](Self::from_json).
    ///
    /// ```
    /// use selvedge::platform::{Function, Platform};
    /// let mut platform = Platform::new();
    /// platform.insert(Function::new("Catalog.rows", "long")?.with_parameter("table", "string")?)?;
    /// assert_eq!(Platform::from_json(&platform.to_json())?, platform);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_json(&self) -> String {
        // Names are texts, and no number in it is one that JSON has not.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

impl Serialize for Platform {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if self.dialect != Dialect::default() {
            map.serialize_entry("dialect", &self.dialect)?;
        }
        if self.strict {
            map.serialize_entry("strict", &true)?;
        }
        if self.unknown_names != UnknownNames::default() {
            map.serialize_entry("unknown-names", &self.unknown_names)?;
        }
        if !self.without.is_empty() {
            map.serialize_entry("without", &self.without)?;
        }
        let limits = limits(&self.limits);
        if !limits.is_empty() {
            map.serialize_entry("limits", &limits)?;
        }
        if let Some(parameters) = &self.parameters {
            map.serialize_entry("parameters", parameters)?;
        }
        if !self.signals.is_empty() {
            map.serialize_entry("signals", &self.signals)?;
        }
        if !self.constants.is_empty() {
            map.serialize_entry("constants", &by_namespace(&self.constants))?;
        }
        if !self.functions.is_empty() {
            map.serialize_entry("functions", &by_namespace(&self.functions))?;
        }
        if !self.levels.is_empty() {
            map.serialize_entry("levels", &self.levels)?;
        }
        map.end()
    }
}

/// The limits that are not as they are by default, by their names with hyphens.
fn limits(limits: &Limits) -> IndexMap<String, u64> {
    let default = Limits::default();
    let changed = Limits::TABLE.iter().filter_map(|about| {
        let limit = limits
            .get(about.name)
            .filter(|limit| default.get(about.name) != Some(*limit));
        Some((about.name.replace('_', "-"), limit?))
    });
    changed.collect()
}

/// What has full names, by namespace and name.
fn by_namespace<T>(all: &IndexMap<Box<str>, T>) -> IndexMap<&str, IndexMap<&str, &T>> {
    let mut namespaces: IndexMap<&str, IndexMap<&str, &T>> = IndexMap::new();
    for (name, entry) in all {
        // INVARIANT: a full name has a dot.
        let (namespace, name) = name.split_once('.').unwrap_or_default();
        namespaces.entry(namespace).or_default().insert(name, entry);
    }
    namespaces
}

impl Serialize for Function {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if !self.doc.is_empty() {
            map.serialize_entry("doc", &self.doc)?;
        }
        if !self.parameters.is_empty() {
            map.serialize_entry("parameters", &self.parameters)?;
        }
        map.serialize_entry("result", self.result.text())?;
        if self.cost_steps != DEFAULT_COST_STEPS {
            map.serialize_entry("cost", &self.cost_steps)?;
        }
        if self.cost_bytes != 0 {
            map.serialize_entry("memory", &self.cost_bytes)?;
        }
        if let Some(most) = self.result_size {
            map.serialize_entry("result-size", &most)?;
        }
        if self.effects != Effects::of(&[Effect::Outside]) {
            map.serialize_entry("effects", &self.effects)?;
        }
        if let Some(stub) = &self.stub {
            map.serialize_entry("stub", stub)?;
        }
        map.end()
    }
}

impl Serialize for Parameter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", &self.name)?;
        map.serialize_entry("type", self.shaped.text())?;
        if !self.doc.is_empty() {
            map.serialize_entry("doc", &self.doc)?;
        }
        if self.is_optional {
            map.serialize_entry("optional", &true)?;
        }
        map.end()
    }
}

impl Serialize for Stub {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        match self {
            Self::Value(value) => map.serialize_entry("value", value)?,
            Self::Expression(source) => map.serialize_entry("expression", source)?,
        }
        map.end()
    }
}
