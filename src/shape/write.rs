//! Shapes as text.

use std::fmt::Write as _;

use super::table::{Part, Shape, Shapes};
use crate::types::Type;

/// The most characters of a shape in a message, about.
const MAX_SHOWN: usize = 60;

impl Shapes {
    /// The whole text of a shape, from which it can be read again.
    pub(crate) fn text(&self, shape: Shape) -> String {
        let mut text = String::new();
        self.write(&mut text, shape, usize::MAX);
        text
    }

    /// The text of a shape in a message: cut where it is long.
    pub(crate) fn shown(&self, shape: Shape) -> String {
        let mut text = String::new();
        self.write(&mut text, shape, MAX_SHOWN);
        text
    }

    // Within the depth that is allowed.
    fn write(&self, out: &mut String, shape: Shape, most: usize) {
        if out.len() > most {
            out.push('…');
            return;
        }
        match self.part(shape) {
            Part::Of(ty) => out.push_str(&ty.name().to_ascii_lowercase()),
            Part::Nullable(inner) => {
                self.write(out, *inner, most);
                out.push('?');
            }
            Part::List(element) if self.is_any(*element) => out.push_str("list"),
            Part::List(element) => {
                out.push_str("list<");
                self.write(out, *element, most);
                out.push('>');
            }
            Part::Map { keys, rest } => match rest {
                Some(rest) if keys.is_empty() && self.is_any(*rest) => out.push_str("map"),
                Some(rest) if keys.is_empty() => {
                    out.push_str("map<");
                    self.write(out, *rest, most);
                    out.push('>');
                }
                rest => {
                    let keys = keys.iter().map(|key| (Some(&*key.name), key.shape));
                    self.write_keys(out, keys.chain(rest.map(|rest| (None, rest))), most);
                }
            },
        }
    }

    fn write_keys<'k>(&self, out: &mut String, keys: impl Iterator<Item = (Option<&'k str>, Shape)>, most: usize) {
        out.push('{');
        for (index, (name, shape)) in keys.enumerate() {
            if index > 0 {
                out.push_str(", ");
            }
            if out.len() > most {
                out.push('…');
                break;
            }
            match name {
                Some(name) => write_name(out, name),
                None => out.push('*'),
            }
            out.push_str(": ");
            self.write(out, shape, most);
        }
        out.push('}');
    }
}

/// Whether a name stands in a shape without quotes.
pub(crate) fn is_bare(name: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    name.chars().all(is_word) && name.starts_with(|first: char| !first.is_ascii_digit())
}

fn write_name(out: &mut String, name: &str) {
    if is_bare(name) {
        out.push_str(name);
        return;
    }
    out.push('\'');
    for c in name.chars() {
        match c {
            '\'' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                // A `String` never refuses.
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('\'');
}

/// The type of a word, in its capitals or in small letters.
pub(super) fn type_named(word: &str) -> Option<Type> {
    let mut all = Type::ALL.iter().copied();
    let is_one_case =
        word.bytes().all(|byte| !byte.is_ascii_lowercase()) || word.bytes().all(|byte| !byte.is_ascii_uppercase());
    let ty = all.find(|ty| is_one_case && ty.name().eq_ignore_ascii_case(word));
    ty.filter(|ty| !matches!(ty, Type::Void | Type::Null))
}
