//! Documents to definitions: written out as in JSON, or in the shorthand of YAML; all problems are found, not only the first.

use super::bounded;
use super::definition::{Body, Definition, ParameterSet};
use super::document::{Entries, Entry, Kind, Node};
use super::error::DefinitionError;
use super::kind::{InternalMode, Mode, ParamType};
use super::mistakes::{check_name, misspelt, no_expression, unknown_word};
use super::problem::{Problem, error, error_with_help, key_path};
use super::shorthand;
use crate::diagnostic::{Code, quote};
use crate::source::Position;
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
            Style::Shorthand => short_definition(&key, key_place, entry.node, &path),
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

/// A definition that is written out.
pub(crate) fn definition(node: Node, path: &str) -> Result<Definition, DefinitionError> {
    let place = node.place;
    let what = node.what();
    let of_literal = match &node.kind {
        Kind::Text(_) => "\"STRING\"",
        Kind::Boolean(_) => "\"BOOLEAN\"",
        Kind::Number(number) if number.is_i64() => "\"LONG\"",
        Kind::Number(_) => "\"DOUBLE\"",
        Kind::Null | Kind::List(_) | Kind::Map(_) => "…",
    };
    let Kind::Map(mut entries) = node.kind else {
        let message = format!("a definition is a map with `value` or `expression`, not {what}");
        let help = format!(
            "write {{\"type\": {of_literal}, \"value\": …}}; `name: value` alone is the shorthand of parameters in YAML"
        );
        return Err(error_with_help(path, place, Code::DefinitionShape, message, help).into());
    };
    // What is null is absent; whether a value is, its neighbours say.
    let is_null = |entry: &Entry| matches!(entry.node.kind, Kind::Null);
    let has = |key: &str| entries.get(key).is_some_and(|entry| !is_null(entry));
    let (has_value, has_expression) = (has("value"), has("expression"));
    entries.retain(|key, entry| match key.as_str() {
        "value" => !(is_null(entry) && has_expression),
        "expression" => !(is_null(entry) && has_value),
        _ => !is_null(entry),
    });
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
                .find_map(|key| Body::meant_by(key).map(|meant| (key, meant)));
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

/// The name and definition that an entry in the shorthand stands for.
fn short_definition(
    key: &str,
    key_place: Option<Position>,
    node: Node,
    path: &str,
) -> Result<(String, Definition), DefinitionError> {
    let Some(parts) = shorthand::Key::of(key) else {
        let message = format!("the key {} has a bracket that does not match", quote(key));
        let help = "a key is a name, then `<type>`, then `(mode)`, after a `!` where the value is an expression";
        return Err(error_with_help(path, key_place, Code::DefinitionName, message, help).into());
    };
    let mut problems = Vec::new();
    let named = match parts.mode_before() {
        Some(right) => Err(error_with_help(
            path,
            key_place,
            Code::DefinitionName,
            format!("in the key {} the mode stands before the type", quote(key)),
            format!("write {}", quote(&right)),
        )),
        None => check_name(parts.name, path, key_place),
    };
    problems.extend(named.err());
    let declared = parts
        .hint
        .and_then(|hint| shorthand::declared_by(hint, path, key_place, &mut problems));
    let mode = shorthand::mode_of(&parts, path, key_place, &mut problems);
    let place = node.place;
    let definition = match parts.is_expression {
        false if parts.hint.is_none() && shorthand::is_written_out(&node) => definition(node, path),
        true => shorthand::expression(&node, path)
            .map_err(DefinitionError::from)
            .map(|body| (declared.unwrap_or(ParamType::String), body))
            .map(|of| new(of, place)),
        false if matches!(node.kind, Kind::Null) => Err(no_value(parts.name, path, place).into()),
        false => short_literal(node, declared, path).map(|of| new(of, place)),
    };
    let named = definition.map(|definition| {
        let mode = mode.or(definition.mode);
        (parts.name.to_owned(), Definition { mode, ..definition })
    });
    DefinitionError::beside(problems, named)
}

/// The problem of a name without a value.
fn no_value(name: &str, path: &str, place: Option<Position>) -> Problem {
    let message = format!("the parameter {} has no value", quote(name));
    let help = "write `''` for an empty text, and leave the parameter out where it is to have none";
    error_with_help(path, place, Code::DefinitionShape, message, help)
}

/// A literal with the type of its hint, or the one that follows from its value.
fn short_literal(node: Node, hint: Option<ParamType>, path: &str) -> Result<(ParamType, Body), DefinitionError> {
    let declared = match hint {
        Some(hint) => hint,
        None => shorthand::follows(&node, path)?,
    };
    match declared {
        ParamType::Map if matches!(node.kind, Kind::Map(_)) => {
            Ok((declared, Body::Members(set(node, path, Style::Shorthand)?)))
        }
        _ => Ok((declared, Body::Literal(node.into_json()))),
    }
}

fn new((declared, body): (ParamType, Body), place: Option<Position>) -> Definition {
    Definition {
        declared: Some(declared),
        body,
        mode: None,
        internal: None,
        extra: serde_json::Map::new(),
        place,
    }
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
        let of_habit = ParamType::from_habit(text).filter(|_| key == "type");
        let all = match of_habit {
            Some(ty) => vec![ty.name()],
            None => (words.all)(),
        };
        problems.push(unknown_word(text, words.what, &all, &path, entry.node.place));
    }
    found
}
