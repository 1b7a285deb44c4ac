//! Documents to definitions: written out as in JSON, or in the shorthand of YAML; all problems are found, not only the first.

use super::bounded;
use super::declared::DeclaredType;
use super::definition::{Body, Definition, ParameterSet};
use super::document::{Entries, Entry, Kind, Node};
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

/// A map of definitions, as far as it can be read; what is wrong with it is added to the problems. A definition that cannot be read
/// keeps its name and, where it says so, its type.
pub(crate) fn set(node: Node, path: &str, style: Style, problems: &mut Vec<Problem>) -> ParameterSet {
    let (place, what) = (node.place, node.what());
    let Kind::Map(entries) = node.kind else {
        let message = format!("expected a map from names to definitions, found {what}");
        problems.push(error(path, place, Code::DefinitionShape, message));
        return ParameterSet::new();
    };
    set_of_entries(entries, path, style, problems)
}

/// The definitions that the entries of a map are, as far as they can be read.
pub(crate) fn set_of_entries(entries: Entries, path: &str, style: Style, problems: &mut Vec<Problem>) -> ParameterSet {
    let mut set = ParameterSet::new();
    for (key, entry) in entries {
        if !visit(DEFINITION_VALUES) {
            break;
        }
        let path = key_path(path, &key);
        let key_place = entry.key_place;
        let read = match style {
            Style::Full => match check_name(&key, &path, key_place) {
                Ok(()) => Some((key, definition(entry.node, &path, problems))),
                Err(problem) => {
                    problems.push(problem);
                    None
                }
            },
            Style::Shorthand => short_definition(&key, key_place, entry.node, &path, problems),
        };
        if let Some((name, definition)) = read
            && set.insert(&name, definition).is_some()
        {
            let message = format!("duplicate parameter {}", quote(&name));
            problems.push(error(&path, key_place, Code::DuplicateKey, message));
        }
        bounded::bound(problems);
    }
    set
}

/// A definition that is written out; without a body where that cannot be read.
pub(crate) fn definition(node: Node, path: &str, problems: &mut Vec<Problem>) -> Definition {
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
        let message = format!("expected a map with `value` or `expression`, found {what}");
        let help = format!(
            "write {{\"type\": {of_literal}, \"value\": …}}; `name: value` alone is the shorthand of parameters in YAML"
        );
        problems.push(error_with_help(path, place, Code::DefinitionShape, message, help));
        return new(None, None, place);
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
    let misspelt = misspelt(&entries);
    problems.extend(misspelt.iter().map(|(key, meant)| {
        let place = entries.get(key).and_then(|entry| entry.key_place);
        let (message, help) = (
            format!("unknown key {}", quote(key)),
            format!("did you mean `{meant}`?"),
        );
        error_with_help(&key_path(path, key), place, Code::DefinitionShape, message, help)
    }));
    let declared = declared_type(&mut entries, path, problems);
    let is_shaped = declared.as_ref().is_some_and(|declared| declared.shape.is_some());
    let ty = declared.as_ref().map(|declared| declared.ty);
    let mode = word(&mut entries, "mode", path, problems, &MODES);
    let internal = word(&mut entries, "internal_mode", path, problems, &INTERNAL_MODES);
    let may_lack = internal.is_some_and(InternalMode::may_lack_value);
    let is_given = |entry: &Entry| !may_lack || !matches!(entry.node.kind, Kind::Null);
    let value = entries.shift_remove("value").filter(is_given);
    let expression = entries.shift_remove("expression").filter(is_given);
    let body_place = match (&value, &expression) {
        (Some(entry), None) | (None, Some(entry)) => entry.node.place,
        _ => place,
    };
    let body = match (value, expression) {
        (Some(value), None) => Some(match ty {
            Some(ParamType::Map) if !is_shaped && !matches!(value.node.kind, Kind::Null) => {
                Body::Members(set(value.node, &key_path(path, "value"), Style::Full, problems))
            }
            _ => Body::Literal(value.node.into_json()),
        }),
        (None, Some(entry)) => expression_of(entry.node, &key_path(path, "expression"), problems),
        (Some(_), Some(expression)) => {
            let message = "both `value` and `expression` are given";
            problems.push(error(path, expression.key_place, Code::DefinitionShape, message));
            None
        }
        // What is misspelt is what is missing.
        (None, None) if may_lack || !misspelt.is_empty() => None,
        (None, None) => {
            problems.push(no_body(&entries, path, place));
            None
        }
    };
    let extra = entries
        .into_iter()
        .map(|(key, entry)| (key, entry.node.into_json()))
        .collect();
    Definition {
        mode,
        internal,
        extra,
        ..new(declared, body, body_place)
    }
}

/// The problem of a definition that gives no value.
fn no_body(entries: &Entries, path: &str, place: Option<Position>) -> Problem {
    let near = entries
        .keys()
        .find_map(|key| Body::meant_by(key).map(|meant| (key, meant)));
    let help = match near {
        Some((key, meant)) => format!("did you mean `{meant}` by {}?", quote(key)),
        None => "add one of them, or `internal_mode` where another definition gives the value".to_owned(),
    };
    let message = "missing `value` or `expression`";
    error_with_help(path, place, Code::DefinitionShape, message, help)
}

fn expression_of(node: Node, path: &str, problems: &mut Vec<Problem>) -> Option<Body> {
    match node.kind {
        Kind::Text(text) => Some(Body::Expression(text.into())),
        _ => {
            problems.push(no_expression(&node, path));
            None
        }
    }
}

/// The name and definition that an entry in the shorthand stands for; `None` if the key names nothing.
fn short_definition(
    key: &str,
    key_place: Option<Position>,
    node: Node,
    path: &str,
    problems: &mut Vec<Problem>,
) -> Option<(String, Definition)> {
    let Some(parts) = shorthand::Key::of(key) else {
        let message = format!("unbalanced brackets in the key {}", quote(key));
        let help = "a key is a name, then `<type>`, then `(mode)`, after a `!` where the value is an expression";
        problems.push(error_with_help(path, key_place, Code::DefinitionName, message, help));
        return None;
    };
    let named = match parts.mode_before() {
        Some(right) => Err(error_with_help(
            path,
            key_place,
            Code::DefinitionName,
            format!("expected the type before the mode in the key {}", quote(key)),
            format!("write {}", quote(&right)),
        )),
        None => check_name(parts.name, path, key_place),
    };
    let is_named = named.is_ok();
    problems.extend(named.err());
    let hinted = parts
        .hint
        .and_then(|hint| shorthand::declared_by(hint, path, key_place, problems));
    let mode = shorthand::mode_of(&parts, path, key_place, problems);
    let place = node.place;
    let definition = match parts.is_expression {
        false if parts.hint.is_none() && shorthand::is_written_out(&node) => definition(node, path, problems),
        true => {
            let body = problems_of(shorthand::expression(&node, path), problems);
            // A type that cannot be read is not known.
            let declared = hinted.or(parts.hint.is_none().then_some(ParamType::String.into()));
            new(declared, body, place)
        }
        false if matches!(node.kind, Kind::Null) => {
            problems.push(no_value(parts.name, path, place));
            new(hinted, None, place)
        }
        false => short_literal(node, hinted, path, problems),
    };
    let mode = mode.or(definition.mode);
    is_named.then(|| (parts.name.to_owned(), Definition { mode, ..definition }))
}

/// What was read; a problem is added to the others.
fn problems_of<T>(read: Result<T, Problem>, problems: &mut Vec<Problem>) -> Option<T> {
    read.map_err(|problem| problems.push(problem)).ok()
}

/// The problem of a name without a value.
fn no_value(name: &str, path: &str, place: Option<Position>) -> Problem {
    let message = format!("the parameter {} has no value", quote(name));
    let help = "write `''` for an empty text, and leave the parameter out where it is to have none";
    error_with_help(path, place, Code::DefinitionShape, message, help)
}

/// A literal with the type of its hint, or the one that follows from its value.
fn short_literal(node: Node, hint: Option<DeclaredType>, path: &str, problems: &mut Vec<Problem>) -> Definition {
    let place = node.place;
    let declared = match hint {
        Some(hint) => Some(hint),
        None => problems_of(shorthand::follows(&node, path), problems).map(DeclaredType::from),
    };
    let body = match &declared {
        Some(DeclaredType {
            ty: ParamType::Map,
            shape: None,
        }) if matches!(node.kind, Kind::Map(_)) => Some(Body::Members(set(node, path, Style::Shorthand, problems))),
        Some(_) => Some(Body::Literal(node.into_json())),
        None => None,
    };
    new(declared, body, place)
}

fn new(declared: Option<DeclaredType>, body: Option<Body>, place: Option<Position>) -> Definition {
    let (declared, shape) = declared.map_or((None, None), |declared| (Some(declared.ty), declared.shape));
    Definition {
        declared,
        shape,
        body: body.unwrap_or(Body::Missing),
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

/// Takes the declared type: a type's name, or a shape.
fn declared_type(entries: &mut Entries, path: &str, problems: &mut Vec<Problem>) -> Option<DeclaredType> {
    let is_shape = |text: &str| ParamType::from_name(text).is_none() && DeclaredType::is_shape(text);
    match entries.get("type").map(|entry| &entry.node.kind) {
        Some(Kind::Text(text)) if is_shape(text) => {
            let entry = entries.shift_remove("type")?;
            let text = entry.node.scalar_text()?;
            shorthand::of_shape(
                &text,
                ParamType::name,
                &key_path(path, "type"),
                entry.node.place,
                problems,
            )
        }
        _ => word(entries, "type", path, problems, &TYPES).map(DeclaredType::from),
    }
}

/// Takes an entry whose value is a word of a list.
fn word<T>(entries: &mut Entries, key: &str, path: &str, problems: &mut Vec<Problem>, words: &Words<T>) -> Option<T> {
    let entry = entries.shift_remove(key)?;
    let path = key_path(path, key);
    let Kind::Text(text) = &entry.node.kind else {
        let message = format!("expected a text for `{key}`, found {}", entry.node.what());
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
