//! TOML text to a document: with the place of each value and key.

use std::ops::Range;

use serde_json::Number;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::node::{Document, Entries, Entry, Kind, MAX_DEPTH, Node, count, unreadable};
use crate::diagnostic::{escape, quote};
use crate::params::problem::Problem;
use crate::source::{LineIndex, Position};

/// Reads a text.
pub(crate) fn read(text: &str) -> Result<Document, Problem> {
    let mut reader = Reader {
        lines: LineIndex::new(text),
        values: 0,
    };
    let table = DeTable::parse(text).map_err(|error| {
        let place = reader.place(&error.span().unwrap_or_default());
        unreadable(place, escape(error.message()))
    })?;
    let place = Position { line: 1, column: 1 };
    let kind = Kind::Map(reader.entries(table.get_ref(), 0)?);
    Ok(Document {
        root: Node {
            place: Some(place),
            kind,
        },
        problems: Vec::new(),
    })
}

struct Reader<'t> {
    lines: LineIndex<'t>,
    values: usize,
}

impl Reader<'_> {
    fn place(&self, span: &Range<usize>) -> Position {
        self.lines.position(u32::try_from(span.start).unwrap_or(u32::MAX))
    }

    /// The entries of a table, in the order of the text.
    fn entries(&mut self, table: &DeTable<'_>, depth: usize) -> Result<Entries, Problem> {
        let mut sorted: Vec<_> = table.iter().collect();
        sorted.sort_by_key(|(key, _)| key.span().start);
        let mut entries = Entries::with_capacity(sorted.len());
        for (key, value) in sorted {
            let key_place = Some(self.place(&key.span()));
            let node = self.node(value, depth + 1)?;
            entries.insert(key.get_ref().to_string(), Entry { key_place, node });
        }
        Ok(entries)
    }

    fn node(&mut self, value: &Spanned<DeValue<'_>>, depth: usize) -> Result<Node, Problem> {
        let place = self.place(&value.span());
        count(&mut self.values, place)?;
        if depth > MAX_DEPTH {
            let message = format!("the document nests deeper than {MAX_DEPTH} levels");
            return Err(unreadable(place, message));
        }
        let kind = match value.get_ref() {
            DeValue::String(text) => Kind::Text(text.to_string()),
            DeValue::Boolean(boolean) => Kind::Boolean(*boolean),
            DeValue::Integer(integer) => {
                let long = i64::from_str_radix(integer.as_str(), integer.radix());
                let too_large = |_| {
                    let quoted = quote(integer.as_str());
                    unreadable(place, format!("the integer {quoted} does not fit in 64 bits"))
                };
                Kind::Number(long.map_err(too_large)?.into())
            }
            DeValue::Float(float) => {
                let double = float.as_str().parse().ok().and_then(Number::from_f64);
                let no_number = || unreadable(place, format!("{} is not a finite number", quote(float.as_str())));
                Kind::Number(double.ok_or_else(no_number)?)
            }
            DeValue::Datetime(_) => {
                return Err(unreadable(place, "unquoted dates are not supported; quote it"));
            }
            DeValue::Array(elements) => {
                let nodes = elements.iter().map(|element| self.node(element, depth + 1));
                Kind::List(nodes.collect::<Result<_, _>>()?)
            }
            DeValue::Table(table) => Kind::Map(self.entries(table, depth)?),
        };
        Ok(Node {
            place: Some(place),
            kind,
        })
    }
}
