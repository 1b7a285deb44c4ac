//! The shorthand of YAML: `name`, `!name`, `name<type>`, `name<type>(mode)` as keys.

use super::definition::{Body, Definition};
use super::document::{Kind, Node, visit};
use super::error::DefinitionError;
use super::kind::{Mode, ParamType};
use super::problem::Problem;
use super::read::{self, Style, check_name, error, error_with_help, unknown_word};
use crate::diagnostic::{Code, quote};
use crate::source::Position;

/// What a key of the shorthand says.
struct Key<'k> {
    is_expression: bool,
    name: &'k str,
    hint: Option<&'k str>,
    mode: Option<&'k str>,
}

impl<'k> Key<'k> {
    /// Takes a key apart, from its end. None where a bracket is left open.
    fn of(key: &'k str) -> Option<Self> {
        let (is_expression, rest) = match key.strip_prefix('!') {
            Some(rest) => (true, rest),
            None => (false, key),
        };
        let rest = rest.trim();
        let (rest, mode) = match rest.strip_suffix(')') {
            Some(inner) => {
                let (before, mode) = inner.rsplit_once('(')?;
                (before.trim_end(), Some(mode.trim()))
            }
            None => (rest, None),
        };
        let (name, hint) = match rest.strip_suffix('>') {
            Some(inner) => {
                let (name, hint) = inner.split_once('<')?;
                (name.trim_end(), Some(hint.trim()))
            }
            None => (rest, None),
        };
        Some(Self {
            is_expression,
            name,
            hint,
            mode,
        })
    }
}

/// The name and definition that an entry in the shorthand stands for.
pub(super) fn definition(
    key: &str,
    key_place: Option<Position>,
    node: Node,
    path: &str,
) -> Result<(String, Definition), DefinitionError> {
    let Some(parts) = Key::of(key) else {
        let message = format!("the key {} has a bracket that does not match", quote(key));
        let help = "a key is a name, then `<type>`, then `(mode)`, after a `!` where the value is an expression";
        return Err(error_with_help(path, key_place, Code::DefinitionName, message, help).into());
    };
    check_name(parts.name, path, key_place)?;
    let name = parts.name.to_owned();
    if !parts.is_expression && parts.hint.is_none() && is_written_out(&node) {
        let mut definition = read::definition(node, path)?;
        if let Some(mode) = mode_of(&parts, path, key_place)? {
            definition.mode = Some(mode);
        }
        return Ok((name, definition));
    }
    let declared = match parts.hint {
        Some(hint) => Some(ParamType::from_hint(hint).ok_or_else(|| {
            let all = ["string", "long", "double", "boolean", "array<long>", "map", "pmap"];
            unknown_word(hint, "type", &all, path, key_place)
        })?),
        None => None,
    };
    let mode = mode_of(&parts, path, key_place)?;
    let place = node.place;
    let (declared, body) = match parts.is_expression {
        true => (declared.unwrap_or(ParamType::String), expression(&node, path)?),
        false => literal(node, declared, path)?,
    };
    let extra = serde_json::Map::new();
    let declared = Some(declared);
    Ok((
        name,
        Definition {
            declared,
            body,
            mode,
            extra,
            place,
        },
    ))
}

fn mode_of(key: &Key<'_>, path: &str, place: Option<Position>) -> Result<Option<Mode>, DefinitionError> {
    let Some(name) = key.mode else {
        return Ok(None);
    };
    let unknown = || {
        let all: Vec<&str> = Mode::ALL.iter().map(|mode| mode.name()).collect();
        unknown_word(name, "mode", &all, path, place)
    };
    Ok(Some(Mode::from_name(name).ok_or_else(unknown)?))
}

/// Whether a value is a definition written out, rather than a map of the author's.
fn is_written_out(node: &Node) -> bool {
    let Kind::Map(entries) = &node.kind else {
        return false;
    };
    let has_type = entries
        .get("type")
        .is_some_and(|entry| matches!(entry.node.kind, Kind::Text(_)));
    has_type && (entries.contains_key("value") || entries.contains_key("expression"))
}

fn expression(node: &Node, path: &str) -> Result<Body, DefinitionError> {
    match node.scalar_text() {
        Some(text) => Ok(Body::Expression(text.into())),
        None => {
            let message = format!("an expression is a text, not {}", node.what());
            Err(error(path, node.place, Code::DefinitionShape, message).into())
        }
    }
}

/// A literal with the type of its hint, or the one that follows from its value.
fn literal(node: Node, hint: Option<ParamType>, path: &str) -> Result<(ParamType, Body), DefinitionError> {
    let declared = match hint {
        Some(hint) => hint,
        None => follows(&node, path)?,
    };
    match declared {
        ParamType::Map if matches!(node.kind, Kind::Map(_)) => {
            Ok((declared, Body::Members(read::set(node, path, Style::Shorthand)?)))
        }
        _ => Ok((declared, Body::Literal(node.into_json()))),
    }
}

/// The type that follows from a value.
fn follows(node: &Node, path: &str) -> Result<ParamType, Problem> {
    Ok(match &node.kind {
        Kind::Null | Kind::Text(_) => ParamType::String,
        Kind::Boolean(_) => ParamType::Boolean,
        Kind::Number(number) if number.is_i64() => ParamType::Long,
        Kind::Number(_) => ParamType::Double,
        Kind::List(elements) => return list_type(elements, path, node.place),
        Kind::Map(entries) => {
            let plain = |key: &String| !key.starts_with('!') && !key.ends_with(['>', ')']);
            let is_text = |node: &Node| matches!(node.kind, Kind::Text(_));
            match !entries.is_empty()
                && entries
                    .iter()
                    .all(|(key, entry)| visit(1) && plain(key) && is_text(&entry.node))
            {
                true => ParamType::StringMap,
                false => ParamType::Map,
            }
        }
    })
}

fn list_type(elements: &[Node], path: &str, place: Option<Position>) -> Result<ParamType, Problem> {
    let all = |test: fn(&Kind) -> bool| elements.iter().all(|element| visit(1) && test(&element.kind));
    if all(|kind| matches!(kind, Kind::Text(_))) {
        Ok(ParamType::StringArray)
    } else if all(|kind| matches!(kind, Kind::Boolean(_))) {
        Ok(ParamType::BooleanArray)
    } else if all(|kind| matches!(kind, Kind::Number(number) if number.is_i64())) {
        Ok(ParamType::LongArray)
    } else if all(|kind| matches!(kind, Kind::Number(_))) {
        Ok(ParamType::DoubleArray)
    } else {
        let message = "the list's elements are not of one type";
        let help =
            "a list holds texts, integers, numbers or booleans; add a type to the key, as in `name<array<string>>`";
        Err(error_with_help(path, place, Code::DefinitionShape, message, help))
    }
}
