//! Documents to definitions: written out as in JSON, or in the shorthand of YAML; all problems are found, not only the first.

use super::bounded;
use super::definition::{Body, Definition, ParameterSet};
use super::document::{Entries, Entry, Kind, Node};
use super::error::DefinitionError;
use super::kind::{InternalMode, Mode, ParamType};
use super::problem::{Problem, key_path};
use super::shorthand;
use crate::diagnostic::{Code, Diagnostic, closest, quote};
use crate::source::{Position, Span};
use crate::work::visit;

/// How definitions are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// Each written out as a map with `value` or `expression`.
    Full,
    /// Type, mode and whether it is an expression stand in the key.
    Shorthand,
}

/// What reading a definition counts for, beside its values.
const DEFINITION_VALUES: usize = 8;
/// The most characters of a parameter's name.
const MAX_NAME_CHARS: usize = 128;

/// An error of a place in the document.
pub(crate) fn error(path: &str, place: Option<Position>, code: Code, message: impl Into<String>) -> Problem {
    Problem::at(path, place, Diagnostic::error(code, Span::default(), message))
}

/// An error of a place in the document, with help.
pub(crate) fn error_with_help(
    path: &str,
    place: Option<Position>,
    code: Code,
    message: impl Into<String>,
    help: impl Into<String>,
) -> Problem {
    Problem::at(
        path,
        place,
        Diagnostic::error(code, Span::default(), message).with_help(help),
    )
}

/// A map of definitions.
pub(crate) fn set(node: Node, path: &str, style: Style) -> Result<ParameterSet, DefinitionError> {
    let (place, what) = (node.place, node.what());
    let Kind::Map(entries) = node.kind else {
        let message = format!("parameters are a map from names to definitions, not {what}");
        return Err(error(path, place, Code::DefinitionShape, message).into());
    };
    set_of_entries(entries, path, style)
}

/// The definitions that the entries of a map are.
pub(crate) fn set_of_entries(entries: Entries, path: &str, style: Style) -> Result<ParameterSet, DefinitionError> {
    let mut set = ParameterSet::new();
    let mut problems = Vec::new();
    for (key, entry) in entries {
        if !visit(DEFINITION_VALUES) {
            break;
        }
        let path = key_path(path, &key);
        let key_place = entry.key_place;
        let read = match style {
            Style::Full => check_name(&key, &path, key_place)
                .map_err(DefinitionError::from)
                .and_then(|()| Ok((key, definition(entry.node, &path)?))),
            Style::Shorthand => shorthand::definition(&key, key_place, entry.node, &path),
        };
        match read {
            Ok((name, definition)) => {
                if set.insert(&name, definition).is_some() {
                    let message = format!("{} is defined twice", quote(&name));
                    problems.push(error(&path, key_place, Code::DuplicateKey, message));
                }
            }
            Err(found) => bounded::add(&mut problems, found),
        }
    }
    DefinitionError::unless_empty(problems, set)
}

/// Refuses what is no name of a parameter.
pub(crate) fn check_name(name: &str, path: &str, place: Option<Position>) -> Result<(), Problem> {
    let refuse = |why: &str, help: &str| {
        let message = format!("{} is no name of a parameter: {why}", quote(name));
        Err(error_with_help(path, place, Code::DefinitionName, message, help))
    };
    let marks = |character: char| character.is_ascii_alphanumeric() || "._-".contains(character);
    if !name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') || !name.chars().all(marks) {
        return refuse(
            "it does not have the form of one",
            "a name begins with a letter or `_` and goes on with letters, digits, `.`, `_` and `-`",
        );
    }
    if name.len() > MAX_NAME_CHARS {
        return refuse("it is longer than 128 characters", "choose a shorter name");
    }
    if name.contains("__") {
        return refuse(
            "it holds `__`",
            "`__` stands between a step and its parameter; use one `_`",
        );
    }
    Ok(())
}

/// A definition that is written out.
pub(crate) fn definition(node: Node, path: &str) -> Result<Definition, DefinitionError> {
    let place = node.place;
    let what = node.what();
    let Kind::Map(mut entries) = node.kind else {
        let message = format!("a definition is a map with `value` or `expression`, not {what}");
        let help = "write {\"type\": …, \"value\": …}; only YAML has the shorthand";
        return Err(error_with_help(path, place, Code::DefinitionShape, message, help).into());
    };
    let mut problems: Vec<Problem> = misspelt(&entries)
        .into_iter()
        .map(|(key, meant)| {
            let place = entries.get(&key).and_then(|entry| entry.key_place);
            let (message, help) = (
                format!("unknown key {}", quote(&key)),
                format!("did you mean `{meant}`?"),
            );
            error_with_help(&key_path(path, &key), place, Code::DefinitionShape, message, help)
        })
        .collect();
    let is_misspelt = !problems.is_empty();
    let declared = word(&mut entries, "type", path, &mut problems, &TYPES);
    let mode = word(&mut entries, "mode", path, &mut problems, &MODES);
    let internal = word(&mut entries, "internal_mode", path, &mut problems, &INTERNAL_MODES);
    let may_lack = internal.is_some_and(InternalMode::may_lack_value);
    let is_given = |entry: &Entry| !may_lack || !matches!(entry.node.kind, Kind::Null);
    let value = entries.shift_remove("value").filter(is_given);
    let expression = entries.shift_remove("expression").filter(is_given);
    let (body, place) = match (value, expression) {
        (Some(value), None) => {
            let place = value.node.place;
            (literal(value.node, declared, &key_path(path, "value")), place)
        }
        (None, Some(entry)) => {
            let place = entry.node.place;
            (expression_of(entry.node, &key_path(path, "expression")), place)
        }
        (Some(_), Some(expression)) => {
            let message = "a definition has a `value` or an `expression`, not both";
            (
                Err(error(path, expression.key_place, Code::DefinitionShape, message).into()),
                place,
            )
        }
        (None, None) if may_lack && !is_misspelt => (Ok(Body::Missing), place),
        (None, None) => {
            // What is misspelt is what is missing.
            if let Some(told) = problems.pop_if(|_| is_misspelt) {
                return DefinitionError::beside(problems, Err(told.into()));
            }
            let near = entries
                .keys()
                .find_map(|key| closest(key, ["value", "expression"]).map(|meant| (key, meant)));
            let help = match near {
                Some((key, meant)) => format!("did you mean `{meant}` by {}?", quote(key)),
                None => "add one of them, or `internal_mode` where another definition gives the value".to_owned(),
            };
            let message = "the definition has neither a `value` nor an `expression`";
            (
                Err(error_with_help(path, place, Code::DefinitionShape, message, help).into()),
                place,
            )
        }
    };
    let extra = entries
        .into_iter()
        .map(|(key, entry)| (key, entry.node.into_json()))
        .collect();
    let definition = body.map(|body| Definition {
        declared,
        body,
        mode,
        internal,
        extra,
        place,
    });
    DefinitionError::beside(problems, definition)
}

/// What a literal's value is: members where it is declared a MAP.
pub(crate) fn literal(node: Node, declared: Option<ParamType>, path: &str) -> Result<Body, DefinitionError> {
    match declared {
        Some(ParamType::Map) if !matches!(node.kind, Kind::Null) => set(node, path, Style::Full).map(Body::Members),
        _ => Ok(Body::Literal(node.into_json())),
    }
}

fn expression_of(node: Node, path: &str) -> Result<Body, DefinitionError> {
    match node.kind {
        Kind::Text(text) => Ok(Body::Expression(text.into())),
        _ => Err(no_expression(&node, path).into()),
    }
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
    let message = format!("an expression is a text, not {}", node.what());
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
        "expression" => has_type && !has_body && text(key).is_some(),
        _ => has_type && !has_body,
    };
    let known = ["type", "mode", "internal_mode", "value", "expression"];
    let keys = entries
        .keys()
        .filter(|key| !known.contains(&key.as_str()) && key.len() <= MAX_NAME_CHARS);
    let near = keys.filter_map(|key| {
        let missing = known.iter().copied().filter(|known| !entries.contains_key(*known));
        closest(key, missing)
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

/// Whether a map is a definition without a value, rather than a map of an author's own: it has a `type`, or says more of a
/// definition, and nothing else.
pub(crate) fn is_valueless(entries: &Entries) -> bool {
    let is_word = |key: &str, known: fn(&str) -> bool| {
        let entry = entries.get(key).map(|entry| &entry.node.kind);
        matches!(entry, Some(Kind::Text(text)) if known(text))
    };
    let says = is_word("type", |name| ParamType::from_name(name).is_some())
        || is_word("internal_mode", |name| InternalMode::from_name(name).is_some());
    says && entries.keys().all(|key| KEYS.contains(&key.as_str()))
}

/// Words of a fixed list: what they are called, how one is read, and all of them.
struct Words<T> {
    what: &'static str,
    read: fn(&str) -> Option<T>,
    all: fn() -> Vec<&'static str>,
}

const TYPES: Words<ParamType> = Words {
    what: "type",
    read: ParamType::from_name,
    all: || ParamType::ALL.iter().map(|ty| ty.name()).collect(),
};

const INTERNAL_MODES: Words<InternalMode> = Words {
    what: "internal mode",
    read: InternalMode::from_name,
    all: || InternalMode::ALL.iter().map(|internal| internal.name()).collect(),
};

const MODES: Words<Mode> = Words {
    what: "mode",
    read: Mode::from_name,
    all: || Mode::ALL.iter().map(|mode| mode.name()).collect(),
};

/// Takes an entry whose value is a word of a list.
fn word<T>(entries: &mut Entries, key: &str, path: &str, problems: &mut Vec<Problem>, words: &Words<T>) -> Option<T> {
    let entry = entries.shift_remove(key)?;
    let path = key_path(path, key);
    let Kind::Text(text) = &entry.node.kind else {
        let message = format!("`{key}` is a text, not {}", entry.node.what());
        problems.push(error(&path, entry.node.place, Code::DefinitionShape, message));
        return None;
    };
    let found = (words.read)(text);
    if found.is_none() {
        problems.push(unknown_word(text, words.what, &(words.all)(), &path, entry.node.place));
    }
    found
}

/// The problem of a word that is none of a list.
pub(crate) fn unknown_word(text: &str, what: &str, all: &[&str], path: &str, place: Option<Position>) -> Problem {
    let message = format!("unknown parameter {what} {}", quote(text));
    let help = match closest(&text.to_ascii_uppercase(), all.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("it is one of {}", all.join(", ")),
    };
    error_with_help(path, place, Code::DefinitionShape, message, help)
}
