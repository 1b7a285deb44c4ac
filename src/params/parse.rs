//! Texts and other data to sets of definitions: a whole document, or the sets inside one.

use serde::de::{Deserialize, Deserializer, Error as _};
use serde_json::Value as Json;

use super::bounded::OfDocument;
use super::definition::{Definition, ParameterSet};
use super::document::{self, Document, Kind, Node};
use super::error::DefinitionError;
use super::problem::{Problem, error};
use super::read;
use super::recovered::Recovered;
use crate::diagnostic::{Code, quote};

impl ParameterSet {
    /// Reads a JSON object of definitions.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it as data, each with its place.
    ///
    /// ```
    /// use selvedge::params::ParameterSet;
    /// let text = r#"{"day": {"value": 1, "expression": "2"}, "2nd": {"value": 3}}"#;
    /// let refused = ParameterSet::from_json(text).unwrap_err();
    /// let places: Vec<_> = refused.problems().iter().map(|problem| (problem.path(), problem.code().text())).collect();
    /// assert_eq!(places, [("day", "E710"), ("2nd", "E711")]);
    /// ```
    pub fn from_json(text: &str) -> Result<Self, DefinitionError> {
        Self::of_document(document::read_json(text)?, read::Style::Full)
    }

    /// Reads a YAML map of definitions in the shorthand: a plain key is a literal whose type follows from its value, a key
    /// that begins with `!` an expression, and `name<type>(mode)` adds type and mode. A map with a `type` and a `value` or
    /// `expression` is a definition written out.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it as data, each with its place.
    ///
    /// ```
    /// use selvedge::params::{Mode, ParamType, ParameterSet};
    /// let set = ParameterSet::from_yaml("days: [1, 2]\n'!count<long>(constant)': days.length\n")?;
    /// let count = set.get("count").ok_or("?")?;
    /// assert_eq!((count.declared_type(), count.mode()), (Some(ParamType::Long), Mode::Constant));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[cfg(feature = "yaml")]
    pub fn from_yaml(text: &str) -> Result<Self, DefinitionError> {
        Self::of_document(document::read_yaml(text)?, read::Style::Shorthand)
    }

    /// Reads the sets of definitions inside a document in YAML, each at a path of keys from its root, none inside another.
    ///
    /// # Errors
    ///
    /// For each set, everything that is wrong with it as data, with its place.
    ///
    /// ```
    /// use selvedge::params::ParameterSet;
    /// let text = "owner: me\ndefinition:\n  params:\n    day: 20260101\n";
    /// let sets = ParameterSet::within_yaml(text, &[&["definition", "params"], &["params"]]);
    /// assert!(sets[0].as_ref().is_ok_and(|set| set.get("day").is_some()));
    /// assert!(sets[1].is_err());
    /// ```
    #[cfg(feature = "yaml")]
    pub fn within_yaml(text: &str, paths: &[&[&str]]) -> Vec<Result<Self, DefinitionError>> {
        whole(Self::within(document::read_yaml(text), paths, read::Style::Shorthand))
    }

    /// Reads the sets of definitions inside a document in JSON, each at a path of keys from its root, none inside another.
    ///
    /// # Errors
    ///
    /// For each set, everything that is wrong with it as data, with its place.
    ///
    /// ```
    /// use selvedge::params::ParameterSet;
    /// let text = r#"{"owner": "me", "params": {"day": {"type": "LONG", "value": 20260101}}}"#;
    /// let sets = ParameterSet::within_json(text, &[&["params"]]);
    /// assert!(sets[0].as_ref().is_ok_and(|set| set.get("day").is_some()));
    /// ```
    pub fn within_json(text: &str, paths: &[&[&str]]) -> Vec<Result<Self, DefinitionError>> {
        whole(Self::within(document::read_json(text), paths, read::Style::Full))
    }

    fn of_document(document: Document, style: read::Style) -> Result<Self, DefinitionError> {
        let Document { root, mut problems } = document;
        let set = read::set(root, "", style, &mut problems);
        DefinitionError::unless_empty(problems, set)
    }

    /// The sets at the paths, as far as they can be read.
    pub(super) fn within(
        document: Result<Document, Problem>,
        paths: &[&[&str]],
        style: read::Style,
    ) -> Vec<Recovered<Self>> {
        match document {
            Ok(Document { mut root, mut problems }) => {
                let mut reported = OfDocument::new();
                let take = |path: &&[&str]| {
                    // Told of once, not in each set.
                    let mut problems = std::mem::take(&mut problems);
                    let definitions = match Self::take(&mut root, path, style, &mut problems) {
                        Ok(set) => Some(set),
                        Err(problem) => {
                            problems.push(problem);
                            None
                        }
                    };
                    let problems = reported.part(problems);
                    Recovered { definitions, problems }
                };
                paths.iter().map(take).collect()
            }
            Err(problem) => vec![problem.into()],
        }
    }

    fn take(node: &mut Node, path: &[&str], style: read::Style, problems: &mut Vec<Problem>) -> Result<Self, Problem> {
        let mut at = node;
        for key in path {
            let place = at.place;
            let entry = match &mut at.kind {
                Kind::Map(entries) => entries.get_mut(*key),
                _ => None,
            };
            let Some(entry) = entry else {
                let message = format!("missing key {} in the document", quote(key));
                return Err(error("", place, Code::DefinitionShape, message));
            };
            at = &mut entry.node;
        }
        let place = at.place;
        let kind = std::mem::replace(&mut at.kind, Kind::Null);
        Ok(read::set(Node { place, kind }, &path.join("."), style, problems))
    }
}

/// Those that nothing is wrong with.
fn whole(sets: Vec<Recovered<ParameterSet>>) -> Vec<Result<ParameterSet, DefinitionError>> {
    sets.into_iter().map(Recovered::whole).collect()
}

impl<'de> Deserialize<'de> for ParameterSet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let node = Node::from_json(Json::deserialize(deserializer)?);
        let mut problems = Vec::new();
        let set = read::set(node, "", read::Style::Full, &mut problems);
        DefinitionError::unless_empty(problems, set).map_err(D::Error::custom)
    }
}

impl<'de> Deserialize<'de> for Definition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let node = Node::from_json(Json::deserialize(deserializer)?);
        let mut problems = Vec::new();
        let definition = read::definition(node, "", &mut problems);
        DefinitionError::unless_empty(problems, definition).map_err(D::Error::custom)
    }
}
