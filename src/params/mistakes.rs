//! Mistakes in definitions: names, keys and words that are none, and values that are not expressions.

use super::definition::{Body, Definition};
use super::document::{Entries, Kind, Node};
use super::kind::{InternalMode, Mode, ParamType};
use super::problem::{Problem, error_with_help};
use crate::diagnostic::{Code, closest, quote};
use crate::source::Position;

/// The most characters of a parameter's name.
const MAX_NAME_CHARS: usize = 128;

/// Refuses what is not a name of a parameter.
pub(crate) fn check_name(name: &str, path: &str, place: Option<Position>) -> Result<(), Problem> {
    let refuse = |why: &str, help: &str| {
        let message = format!("invalid parameter name {}: {why}", quote(name));
        Err(error_with_help(path, place, Code::DefinitionName, message, help))
    };
    let marks = |character: char| character.is_ascii_alphanumeric() || "._-".contains(character);
    if !name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') || !name.chars().all(marks) {
        return refuse(
            "unexpected characters",
            "a name begins with a letter or `_` and goes on with letters, digits, `.`, `_` and `-`",
        );
    }
    if name.len() > MAX_NAME_CHARS {
        return refuse("longer than 128 characters", "choose a shorter name");
    }
    if name.contains("__") {
        return refuse(
            "it contains `__`",
            "`__` stands between a step and its parameter; use one `_`",
        );
    }
    Ok(())
}

/// The problem of an expression that the document takes for another value than a text.
pub(crate) fn no_expression(node: &Node, path: &str) -> Problem {
    let help = match &node.kind {
        Kind::Map(_) => "`{…}` and `name: value` are maps here: put the whole expression into quotes, or behind `|`",
        Kind::List(_) => {
            "`[…]` is a list here: put the whole expression into quotes; an array is made with `new int[]{1, 2}`"
        }
        Kind::Null => "write the expression behind its key, in quotes where it is `null`",
        Kind::Text(_) | Kind::Number(_) | Kind::Boolean(_) => "put it into quotes",
    };
    let message = format!("expected an expression, found {}", node.what());
    error_with_help(path, node.place, Code::DefinitionShape, message, help)
}

/// The keys of a definition that are misspelt, with what was meant: those near to one that is not there, whose value fits it.
pub(crate) fn misspelt(entries: &Entries) -> Vec<(String, &'static str)> {
    let text = |key: &str| match entries.get(key).map(|entry| &entry.node.kind) {
        Some(Kind::Text(text)) => Some(text.as_str()),
        _ => None,
    };
    let has_type = text("type").is_some_and(|name| ParamType::from_name(name).is_some());
    let has_body = entries.contains_key("value") || entries.contains_key("expression");
    let fits = |key: &str, meant: &str| match meant {
        "type" => has_body && text(key).is_some_and(|name| ParamType::from_name(name).is_some()),
        "mode" => has_body && text(key).is_some_and(|name| Mode::from_name(name).is_some()),
        "internal_mode" => text(key).is_some_and(|name| InternalMode::from_name(name).is_some()),
        "expression" => has_type && !has_body && (text(key).is_some() || closest(key, [meant]).is_some()),
        _ => has_type && !has_body,
    };
    let known = ["type", "mode", "internal_mode", "value", "expression"];
    let keys = entries
        .keys()
        .filter(|key| !known.contains(&key.as_str()) && key.len() <= MAX_NAME_CHARS);
    let near = keys.filter_map(|key| {
        let missing = known.iter().copied().filter(|known| !entries.contains_key(*known));
        closest(key, missing)
            .or_else(|| (!has_body).then(|| Body::meant_by(key)).flatten())
            .filter(|meant| fits(key, meant))
            .map(|meant| (key.clone(), meant))
    });
    near.collect()
}

/// Every key of a definition.
const KEYS: [&str; 10] = [
    "type",
    "value",
    "expression",
    "mode",
    "internal_mode",
    "validator",
    "tags",
    "source",
    "name",
    "meta",
];

/// The key with a meaning that is near to one that a definition carries along.
pub(super) fn near_key(key: &str, definition: &Definition) -> Option<&'static str> {
    const NEAR: [&str; 4] = ["validator", "tags", "internal_mode", "mode"];
    if KEYS.contains(&key) || key.len() < 4 {
        return None;
    }
    let is_given = |known: &str| match known {
        "internal_mode" => definition.internal.is_some(),
        "mode" => definition.mode.is_some(),
        known => definition.extra.contains_key(known),
    };
    closest(key, NEAR.into_iter().filter(|known| !is_given(known)))
}

/// Whether a map is a definition without a value, rather than a map of an author's own: it has a `type`, or says more of a
/// definition, and nothing else.
pub(crate) fn is_valueless(entries: &Entries) -> bool {
    let is_word = |key: &str, known: fn(&str) -> bool| {
        let entry = entries.get(key).map(|entry| &entry.node.kind);
        matches!(entry, Some(Kind::Text(text)) if known(text))
    };
    let has_known_word = is_word("type", |name| ParamType::from_name(name).is_some())
        || is_word("internal_mode", |name| InternalMode::from_name(name).is_some());
    has_known_word && entries.keys().all(|key| KEYS.contains(&key.as_str()))
}

/// The problem of a word that is not one of a list; one in the list is what is meant.
pub(crate) fn unknown_word(text: &str, what: &str, all: &[&str], path: &str, place: Option<Position>) -> Problem {
    let message = format!("unknown parameter {what} {}", quote(text));
    let near = closest(text, all.iter().copied());
    let near = near.or_else(|| closest(&text.to_ascii_uppercase(), all.iter().copied()));
    let help = match (near, all) {
        (Some(meant), _) => format!("did you mean `{meant}`?"),
        (None, [only]) => format!("write `{only}`"),
        (None, _) => format!("use one of {}", all.join(", ")),
    };
    error_with_help(path, place, Code::DefinitionShape, message, help)
}
