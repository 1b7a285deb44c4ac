//! The shorthand of YAML: `name`, `!name`, `name<type>`, `name<type>(mode)` as keys.

use super::definition::{Body, Definition};
use super::document::{Entry, Kind, Node};
use super::error::DefinitionError;
use super::kind::{Mode, ParamType};
use super::problem::Problem;
use super::read::{self, Style, check_name, error_with_help, no_expression, unknown_word};
use crate::diagnostic::{Code, quote};
use crate::source::Position;
use crate::work::visit;

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
    let mut problems = Vec::new();
    problems.extend(check_name(parts.name, path, key_place).err());
    let declared = parts
        .hint
        .and_then(|hint| declared_by(hint, path, key_place, &mut problems));
    let mode = mode_of(&parts, path, key_place, &mut problems);
    let place = node.place;
    let definition = match parts.is_expression {
        false if parts.hint.is_none() && is_written_out(&node) => read::definition(node, path),
        true => expression(&node, path)
            .map(|body| (declared.unwrap_or(ParamType::String), body))
            .map(|of| new(of, place)),
        false => literal(node, declared, path).map(|of| new(of, place)),
    };
    let named = definition.map(|definition| {
        let mode = mode.or(definition.mode);
        (parts.name.to_owned(), Definition { mode, ..definition })
    });
    DefinitionError::beside(problems, named)
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

fn declared_by(hint: &str, path: &str, place: Option<Position>, problems: &mut Vec<Problem>) -> Option<ParamType> {
    let declared = ParamType::from_hint(hint);
    if declared.is_none() {
        let all = ["string", "long", "double", "boolean", "array<long>", "map", "pmap"];
        problems.push(unknown_word(hint, "type", &all, path, place));
    }
    declared
}

fn mode_of(key: &Key<'_>, path: &str, place: Option<Position>, problems: &mut Vec<Problem>) -> Option<Mode> {
    let mode = Mode::from_name(key.mode?);
    if let (None, Some(name)) = (mode, key.mode) {
        let all: Vec<&str> = Mode::ALL.iter().map(|mode| mode.name()).collect();
        problems.push(unknown_word(name, "mode", &all, path, place));
    }
    mode
}

/// Whether a value is a definition written out, rather than a map of the author's.
fn is_written_out(node: &Node) -> bool {
    let Kind::Map(entries) = &node.kind else {
        return false;
    };
    let is_text = |entry: &Entry| matches!(entry.node.kind, Kind::Text(_));
    let has_body = entries.contains_key("value") || entries.contains_key("expression");
    // With a key of either misspelt it is a definition as well, which is refused.
    read::is_valueless(entries)
        || (entries.get("type").is_some_and(is_text) && has_body)
        || !read::misspelt(entries).is_empty()
}

fn expression(node: &Node, path: &str) -> Result<Body, DefinitionError> {
    match node.scalar_text() {
        Some(text) => Ok(Body::Expression(text.into())),
        None => Err(no_expression(node, path).into()),
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
