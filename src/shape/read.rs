//! The text of a shape.

use std::sync::Arc;

use super::table::{Key, MAX_DEPTH, MAX_PARTS, MAX_TEXT, Shape, Shapes};
use super::write::type_named;
use crate::diagnostic::{closest, quote};
use crate::types::Type;

/// What is wrong with the text of a shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ShapeError {
    /// The character, from 1.
    pub(crate) at: usize,
    pub(crate) problem: String,
    pub(crate) help: String,
}

/// Reads a shape into a table.
///
/// # Errors
///
/// A text that is not a shape, or one that is too large.
pub(crate) fn read(text: &str, shapes: &mut Shapes) -> Result<Shape, ShapeError> {
    if text.len() > MAX_TEXT {
        return Err(ShapeError {
            at: 1,
            problem: format!("the shape has more than {MAX_TEXT} bytes"),
            help: "say less of what is inside".to_owned(),
        });
    }
    let mut reader = Reader {
        text,
        at: 0,
        parts: 0,
        shapes,
    };
    let shape = reader.shape(0)?;
    reader.space();
    match reader.peek() {
        None => Ok(shape),
        Some(_) => Err(reader.wrong(
            "expected the end of the shape",
            "a shape is such as `list<long>` or `{id: long}`",
        )),
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    parts: usize,
    shapes: &'t mut Shapes,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn takes(&mut self, wanted: char) -> bool {
        self.space();
        let is_next = self.rest().starts_with(wanted);
        self.at += if is_next { wanted.len_utf8() } else { 0 };
        is_next
    }

    fn error(&self, from: usize, problem: String, help: impl Into<String>) -> ShapeError {
        let before = self.text.get(..from).unwrap_or(self.text);
        ShapeError {
            at: before.chars().count() + 1,
            problem,
            help: help.into(),
        }
    }

    /// An error at what comes next.
    fn wrong(&self, expected: &str, help: &str) -> ShapeError {
        let found = match self.peek() {
            None => "the end".to_owned(),
            Some(found) => quote(found.encode_utf8(&mut [0; 4])),
        };
        self.error(self.at, format!("{expected}, found {found}"), help)
    }

    /// A shape, with the `?` behind it.
    fn shape(&mut self, depth: usize) -> Result<Shape, ShapeError> {
        self.space();
        self.parts += 1;
        if depth > MAX_DEPTH || self.parts > MAX_PARTS {
            let problem = match depth > MAX_DEPTH {
                true => format!("the shape is deeper than {MAX_DEPTH} levels"),
                false => format!("the shape has more than {MAX_PARTS} parts"),
            };
            return Err(self.error(self.at, problem, "write `map` or `list` for what is inside"));
        }
        let mut shape = match self.peek() {
            Some('{') => self.keys(depth)?,
            Some(first) if first.is_alphabetic() => self.named(depth)?,
            _ => {
                return Err(self.wrong(
                    "expected a shape",
                    "a shape is such as `long`, `string?`, `list<long>` or `{id: long}`",
                ));
            }
        };
        while self.takes('?') {
            shape = self.shapes.nullable(shape);
        }
        Ok(shape)
    }

    fn word(&mut self) -> &'t str {
        let rest = self.rest();
        let end = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_'))
            .unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or("")
    }

    /// `long`, `list<…>`, `map<…>`
    fn named(&mut self, depth: usize) -> Result<Shape, ShapeError> {
        let from = self.at;
        let word = self.word();
        let Some(ty) = type_named(word) else {
            return Err(self.unknown(word, from));
        };
        let after = self.at;
        if !self.takes('<') {
            self.at = after;
            return Ok(self.shapes.of(ty));
        }
        if !matches!(ty, Type::List | Type::Map) {
            let problem = format!("{} holds nothing that `<…>` could tell of", quote(word));
            return Err(self.error(after, problem, "`list<…>` and `map<…>` say what is inside"));
        }
        let inner = self.shape(depth + 1)?;
        if !self.takes('>') {
            return Err(self.wrong("expected `>`", "`list<…>` and `map<…>` take one shape"));
        }
        Ok(match ty {
            Type::List => self.shapes.list(inner),
            _ => self.shapes.map(Vec::new(), Some(inner)),
        })
    }

    fn unknown(&self, word: &str, from: usize) -> ShapeError {
        let meant = match &*word.to_ascii_lowercase() {
            "int" | "integer" | "bigint" | "int64" | "int32" | "short" | "timestamp" => Some("long"),
            "float" | "decimal" | "number" | "real" | "float64" | "numeric" => Some("double"),
            "str" | "text" | "char" | "varchar" => Some("string"),
            "bool" => Some("boolean"),
            "array" | "seq" | "sequence" | "vec" | "set" | "tuple" => Some("list"),
            "object" | "dict" | "struct" | "record" | "json" | "hashmap" => Some("map"),
            "date" => Some("datetime"),
            "unknown" | "value" | "null" => Some("any"),
            _ => None,
        };
        let names = Type::ALL.iter().filter(|ty| !matches!(ty, Type::Void | Type::Null));
        let names: Vec<String> = names.map(|ty| ty.name().to_ascii_lowercase()).collect();
        let small = word.to_ascii_lowercase();
        let near = || names.iter().find(|name| **name == small).map(String::as_str);
        let near = || near().or_else(|| closest(&small, names.iter().map(String::as_str)));
        let help = match meant.or_else(near) {
            Some(name) => format!("did you mean {}?", quote(name)),
            None => "a shape is such as `long`, `string?`, `list<long>` or `{id: long}`".to_owned(),
        };
        self.error(from, format!("unknown type {}", quote(word)), help)
    }

    /// `{name: …, *: …}`
    fn keys(&mut self, depth: usize) -> Result<Shape, ShapeError> {
        const KEYS: &str = "a map's keys are written `{name: shape, 'other name': shape}`";
        self.takes('{');
        let (mut keys, mut rest) = (Vec::<Key>::new(), None);
        while !self.takes('}') {
            self.space();
            let from = self.at;
            let name = match self.peek() {
                Some('*') => {
                    self.takes('*');
                    None
                }
                Some(quoted @ ('\'' | '"')) => Some(self.quoted(quoted)?),
                Some(c) if c.is_alphanumeric() || c == '_' => Some(self.word().to_owned()),
                _ => return Err(self.wrong("expected a key", KEYS)),
            };
            if !self.takes(':') {
                return Err(self.wrong("expected `:`", KEYS));
            }
            let shape = self.shape(depth + 1)?;
            let is_known = match &name {
                Some(name) => keys.iter().any(|key| *key.name == **name),
                None => rest.is_some(),
            };
            if is_known {
                let name = quote(name.as_deref().unwrap_or("*"));
                return Err(self.error(from, format!("duplicate key {name}"), "say once what it holds"));
            }
            match name {
                Some(name) => keys.push(Key {
                    name: Arc::from(name),
                    shape,
                }),
                None => rest = Some(shape),
            }
            if !self.takes(',') {
                if self.takes('}') {
                    break;
                }
                return Err(self.wrong("expected `,` or `}`", KEYS));
            }
        }
        Ok(self.shapes.map(keys, rest))
    }

    fn quoted(&mut self, quotes: char) -> Result<String, ShapeError> {
        let from = self.at;
        let mut name = String::new();
        let mut chars = self.rest().char_indices().skip(1);
        while let Some((at, c)) = chars.next() {
            match c {
                c if c == quotes => {
                    self.at += at + 1;
                    return Ok(name);
                }
                '\\' => match chars.next() {
                    Some((_, c @ ('\'' | '"' | '\\'))) => name.push(c),
                    Some((_, 'u')) => {
                        let digits: String = chars.by_ref().take(4).map(|(_, digit)| digit).collect();
                        let code = u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32);
                        let Some(c) = code.filter(|_| digits.len() == 4) else {
                            let help = "write four hexadecimal digits, such as `\\u00e9`";
                            return Err(self.error(self.at + at, "invalid escape".to_owned(), help));
                        };
                        name.push(c);
                    }
                    _ => {
                        let help = "`\\'`, `\\\"`, `\\\\` and `\\u00e9` are escapes";
                        return Err(self.error(self.at + at, "invalid escape".to_owned(), help));
                    }
                },
                c => name.push(c),
            }
        }
        Err(self.error(from, "the name has no closing quote".to_owned(), "close it"))
    }
}
