//! The shorthand of YAML: `name`, `!name`, `name<type>`, `name<type>(mode)` as keys.

use super::declared::DeclaredType;
use super::definition::Body;
use super::document::{Entry, Kind, Node};
use super::kind::{Mode, ParamType};
use super::mistakes::{is_valueless, misspelt, no_expression, unknown_word};
use super::problem::{self, Problem, error_with_help};
use crate::diagnostic::Code;
use crate::schema::SchemaError;
use crate::source::Position;
use crate::work::visit;

/// What a key of the shorthand says.
pub(super) struct Key<'k> {
    pub(super) is_expression: bool,
    pub(super) name: &'k str,
    pub(super) hint: Option<&'k str>,
    mode: Option<&'k str>,
}

impl<'k> Key<'k> {
    /// Takes a key apart, from its end. `None` if a bracket is left open.
    pub(super) fn of(key: &'k str) -> Option<Self> {
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

impl Key<'_> {
    /// The key as it is right, where its mode stands before its type: `name<type>(mode)` for `name(mode)<type>`.
    pub(super) fn mode_before(&self) -> Option<String> {
        let (name, mode) = self.name.strip_suffix(')')?.split_once('(')?;
        let is_mode = self.mode.is_none() && Mode::from_name(mode.trim()).is_some();
        let mark = if self.is_expression { "!" } else { "" };
        is_mode.then(|| {
            format!(
                "{mark}{}<{}>({})",
                name.trim_end(),
                self.hint.unwrap_or_default(),
                mode.trim()
            )
        })
    }
}

pub(super) fn declared_by(
    hint: &str,
    path: &str,
    place: Option<Position>,
    problems: &mut Vec<Problem>,
) -> Option<DeclaredType> {
    let declared = ParamType::from_hint(hint);
    if declared.is_none() && DeclaredType::is_shape(hint) {
        return of_shape(hint, ParamType::hint, path, place, problems);
    }
    if declared.is_none() {
        let all = match ParamType::from_habit(hint) {
            Some(ty) => vec![ty.hint()],
            None => ParamType::ALL.iter().map(|ty| ty.hint()).collect(),
        };
        problems.push(unknown_word(hint, "type", &all, path, place));
    }
    declared.map(DeclaredType::from)
}

/// The type that a shape stands for; what is none may be a word of another language, which is told as a type is written here.
pub(super) fn of_shape(
    text: &str,
    written: fn(ParamType) -> &'static str,
    path: &str,
    place: Option<Position>,
    problems: &mut Vec<Problem>,
) -> Option<DeclaredType> {
    let read = DeclaredType::of_shape(text);
    let refused = |error: SchemaError| {
        problems.push(match ParamType::from_habit(text) {
            Some(ty) => unknown_word(text, "type", &[written(ty)], path, place),
            None => of_schema(&error, path, place),
        });
    };
    read.map_err(refused).ok()
}

/// The problem of what is not a shape.
fn of_schema(error: &SchemaError, path: &str, place: Option<Position>) -> Problem {
    match error {
        SchemaError::Source {
            path: at,
            problem,
            help,
        } => error_with_help(path, place, Code::DefinitionShape, format!("{at}: {problem}"), help),
        error => problem::error(path, place, Code::DefinitionShape, error.to_string()),
    }
}

pub(super) fn mode_of(key: &Key<'_>, path: &str, place: Option<Position>, problems: &mut Vec<Problem>) -> Option<Mode> {
    let mode = Mode::from_name(key.mode?);
    if let (None, Some(name)) = (mode, key.mode) {
        let all: Vec<&str> = Mode::ALL.iter().map(|mode| mode.name()).collect();
        problems.push(unknown_word(name, "mode", &all, path, place));
    }
    mode
}

/// Whether a value is a definition written out, rather than a map of the author's.
pub(super) fn is_written_out(node: &Node) -> bool {
    let Kind::Map(entries) = &node.kind else {
        return false;
    };
    let is_text = |entry: &Entry| matches!(entry.node.kind, Kind::Text(_));
    let has_body = entries.contains_key("value") || entries.contains_key("expression");
    // With a key of either misspelt it is a definition as well, which is refused.
    is_valueless(entries) || (entries.get("type").is_some_and(is_text) && has_body) || !misspelt(entries).is_empty()
}

pub(super) fn expression(node: &Node, path: &str) -> Result<Body, Problem> {
    match node.scalar_text() {
        Some(text) => Ok(Body::Expression(text.into())),
        None => Err(no_expression(node, path)),
    }
}

/// The type that follows from a value.
pub(super) fn follows(node: &Node, path: &str) -> Result<ParamType, Problem> {
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
    } else if elements
        .iter()
        .any(|element| matches!(element.kind, Kind::Map(_) | Kind::List(_)))
    {
        Ok(ParamType::List)
    } else {
        let message = "the elements of the list have different types";
        let help = "an array holds texts, integers, numbers or booleans; add a type to the key, as in `name<array<string>>`, or `name<list>` for any";
        Err(error_with_help(path, place, Code::DefinitionShape, message, help))
    }
}
