//! The data of a document: values that know their places, and what readers of any format refuse.

use indexmap::IndexMap;
use serde_json::{Number, Value as Json};

use crate::diagnostic::{Code, Diagnostic};
use crate::params::problem::Problem;
use crate::source::{Position, Span};
use crate::work::{self, visit};

/// The most levels a document nests.
pub(crate) const MAX_DEPTH: usize = 100;
/// The most values of a document, those inside others counted each: what they take is bounded so, whatever a reader is given.
const MAX_VALUES: usize = 500_000;

/// A document that could be read, and what is wrong with it as one.
pub(crate) struct Document {
    pub(crate) root: Node,
    pub(crate) problems: Vec<Problem>,
}

/// A value of a document, and where it begins; no place where it did not come from a text.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) place: Option<Position>,
    pub(crate) kind: Kind,
}

/// What a node holds.
#[derive(Debug)]
pub(crate) enum Kind {
    Null,
    Boolean(bool),
    Number(Number),
    Text(String),
    List(Vec<Node>),
    Map(Entries),
}

/// The entries of a map, in order.
pub(crate) type Entries = IndexMap<String, Entry>;

/// An entry of a map: where its key begins, and its value.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) key_place: Option<Position>,
    pub(crate) node: Node,
}

impl Node {
    /// The node of JSON from elsewhere, without places.
    pub(crate) fn from_json(json: Json) -> Self {
        let kind = match json {
            Json::Null => Kind::Null,
            Json::Bool(boolean) => Kind::Boolean(boolean),
            Json::Number(number) => Kind::Number(number),
            Json::String(text) => Kind::Text(text),
            Json::Array(elements) => Kind::List(elements.into_iter().map(Self::from_json).collect()),
            Json::Object(entries) => {
                let entry = |(key, json)| {
                    let node = Self::from_json(json);
                    (key, Entry { key_place: None, node })
                };
                Kind::Map(entries.into_iter().map(entry).collect())
            }
        };
        Self { place: None, kind }
    }

    /// The same once more.
    pub(crate) fn copy(&self) -> Self {
        if !visit(1) {
            return Self {
                kind: Kind::Null,
                ..*self
            };
        }
        let kind = match &self.kind {
            Kind::Null => Kind::Null,
            Kind::Boolean(boolean) => Kind::Boolean(*boolean),
            Kind::Number(number) => Kind::Number(number.clone()),
            Kind::Text(text) => Kind::Text(text.clone()),
            Kind::List(elements) => Kind::List(made(elements.len(), elements, Self::copy)),
            Kind::Map(entries) => {
                let mut copies = Entries::with_capacity(entries.len());
                for (key, entry) in going(entries) {
                    let node = entry.node.copy();
                    copies.insert(key.clone(), Entry { node, ..*entry });
                }
                Kind::Map(copies)
            }
        };
        Self { kind, ..*self }
    }

    /// The node as JSON.
    pub(crate) fn into_json(self) -> Json {
        if !visit(1) {
            return Json::Null;
        }
        match self.kind {
            Kind::Null => Json::Null,
            Kind::Boolean(boolean) => Json::Bool(boolean),
            Kind::Number(number) => Json::Number(number),
            Kind::Text(text) => Json::String(text),
            Kind::List(elements) => Json::Array(made(elements.len(), elements, Self::into_json)),
            Kind::Map(entries) => {
                let mut object = serde_json::Map::with_capacity(entries.len());
                object.extend(going(entries).map(|(key, entry)| (key, entry.node.into_json())));
                Json::Object(object)
            }
        }
    }

    /// What it is, for messages.
    pub(crate) fn what(&self) -> &'static str {
        match &self.kind {
            Kind::Null => "null",
            Kind::Boolean(_) => "a boolean",
            Kind::Number(_) => "a number",
            Kind::Text(_) => "a text",
            Kind::List(_) => "a list",
            Kind::Map(_) => "a map",
        }
    }

    /// The text of a scalar that may stand for a text: numbers and booleans as they are written in JSON.
    pub(crate) fn scalar_text(&self) -> Option<String> {
        match &self.kind {
            Kind::Text(text) => Some(text.clone()),
            Kind::Boolean(boolean) => Some(boolean.to_string()),
            Kind::Number(number) => Some(number.to_string()),
            Kind::Null | Kind::List(_) | Kind::Map(_) => None,
        }
    }
}

/// Items until the work on them is to stop.
fn going<I: IntoIterator>(items: I) -> impl Iterator<Item = I::Item> {
    items.into_iter().take_while(|_| !work::is_stopped())
}

/// What is made of items, in room for so many.
fn made<I: IntoIterator, T>(count: usize, items: I, make: impl Fn(I::Item) -> T) -> Vec<T> {
    let mut list = Vec::with_capacity(count);
    list.extend(going(items).map(make));
    list
}

/// Counts a value of a document.
pub(super) fn count(values: &mut usize, place: Position) -> Result<(), Problem> {
    *values += 1;
    if *values > MAX_VALUES {
        let message = format!("the document has more than {MAX_VALUES} values");
        return Err(unreadable(place, message));
    }
    match visit(1) {
        true => Ok(()),
        // Whoever stopped it is told by `within`.
        false => Err(unreadable(place, "reading was stopped")),
    }
}

/// The problem of a text that is not a document.
pub(super) fn unreadable(place: Position, message: impl Into<String>) -> Problem {
    Problem::at(
        "",
        Some(place),
        Diagnostic::error(Code::DocumentSyntax, Span::default(), message),
    )
}

/// The problem of a key that stands twice in a map.
pub(super) fn duplicate(place: Option<Position>, key: &str, first: Option<Position>) -> Problem {
    let quoted = crate::diagnostic::quote(key);
    let diagnostic = Diagnostic::error(Code::DuplicateKey, Span::default(), format!("duplicate key {quoted}"));
    let help = match first {
        Some(Position { line, column }) => {
            format!("the first is at {line}:{column}; remove one, as only one can count")
        }
        None => "remove one, as only one can count".to_owned(),
    };
    Problem::at("", place, diagnostic.with_help(help))
}
