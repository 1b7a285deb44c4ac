//! YAML text to a document: the core schema's scalars, with the place of each value and key, and no key twice.

use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Tag};
use serde_json::Number;

use super::{Entries, Entry, Kind, MAX_DEPTH, Node, count, duplicate, unreadable};
use crate::diagnostic::quote;
use crate::number_text::read_decimal;
use crate::params::problem::Problem;
use crate::source::Position;
use crate::work::{portions, run};

/// The most nodes that aliases may add: what they stand for is copied.
const MAX_ALIASED_NODES: usize = 100_000;
/// The most bytes of text that aliases may add.
const MAX_ALIASED_BYTES: usize = 4 * 1024 * 1024;

/// Reads a text of one document.
pub(crate) fn read(text: &str) -> Result<Node, Problem> {
    let mut builder = Builder::default();
    for event in Parser::new_from_iter(portions(text).flat_map(str::chars)) {
        let (event, span) = event.map_err(|error| {
            let info = crate::diagnostic::quote(error.info());
            unreadable(
                place(error.marker()),
                format!("the YAML is wrong: {}", info.trim_matches('`')),
            )
        })?;
        builder.event(event, place(&span.start))?;
    }
    builder
        .document
        .ok_or_else(|| unreadable(Position { line: 1, column: 1 }, "the document is empty"))
}

fn place(marker: &Marker) -> Position {
    Position {
        line: marker.line() as u32,
        column: marker.col() as u32 + 1,
    }
}

/// A container that is not closed yet.
enum Open {
    List(Vec<Node>),
    Map(Entries, Option<(String, Position)>),
}

#[derive(Default)]
struct Builder {
    open: Vec<(Open, Position, usize)>,
    anchors: HashMap<usize, Node>,
    document: Option<Node>,
    values: usize,
    aliased_nodes: usize,
    aliased_bytes: usize,
}

impl Builder {
    fn event(&mut self, event: Event<'_>, at: Position) -> Result<(), Problem> {
        match event {
            Event::DocumentStart(_) if self.document.is_some() => {
                Err(unreadable(at, "a second document begins; only one is read"))
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) | Event::DocumentEnd => {
                Ok(())
            }
            Event::Scalar(text, style, anchor, tag) => {
                let kind = scalar(&text, style, tag.as_deref(), at)?;
                // An empty plain scalar is what stands for a value that is left out.
                self.finish(Node { place: Some(at), kind }, at, anchor)
            }
            Event::SequenceStart(anchor, _) => self.begin(Open::List(Vec::new()), at, anchor),
            Event::MappingStart(anchor, _) => self.begin(Open::Map(Entries::new(), None), at, anchor),
            Event::SequenceEnd | Event::MappingEnd => self.end(at),
            Event::Alias(anchor) => {
                let Some(node) = self.anchors.get(&anchor).map(Node::copy) else {
                    return Err(unreadable(at, "an alias stands inside of what it stands for"));
                };
                self.charge(&node, at)?;
                self.finish(node, at, 0)
            }
        }
    }

    fn begin(&mut self, open: Open, at: Position, anchor: usize) -> Result<(), Problem> {
        if self.open.len() > MAX_DEPTH {
            return Err(unreadable(
                at,
                format!("the document nests deeper than {MAX_DEPTH} levels"),
            ));
        }
        self.open.push((open, at, anchor));
        Ok(())
    }

    fn end(&mut self, at: Position) -> Result<(), Problem> {
        let Some((open, start, anchor)) = self.open.pop() else {
            return Err(unreadable(at, "something ends that never began"));
        };
        let kind = match open {
            Open::List(elements) => Kind::List(elements),
            Open::Map(entries, _) => Kind::Map(entries),
        };
        let node = Node {
            place: Some(start),
            kind,
        };
        self.finish(node, start, anchor)
    }

    /// Puts a finished node where it belongs.
    fn finish(&mut self, node: Node, at: Position, anchor: usize) -> Result<(), Problem> {
        count(&mut self.values, at)?;
        if anchor > 0 {
            self.charge(&node, at)?;
            self.anchors.insert(anchor, node.copy());
        }
        match self.open.last_mut() {
            None => self.document = Some(node),
            Some((Open::List(elements), ..)) => elements.push(node),
            Some((Open::Map(entries, key), ..)) => match key.take() {
                Some((key, key_place)) => {
                    let key_place = Some(key_place);
                    entries.insert(key, Entry { key_place, node });
                }
                None => {
                    let Some(text) = node.scalar_text() else {
                        return Err(unreadable(at, format!("a key is a text, this is {}", node.what())));
                    };
                    if let Some(first) = entries.get(&text) {
                        return Err(duplicate(Some(at), &text, first.key_place));
                    }
                    *key = Some((text, at));
                }
            },
        }
        Ok(())
    }

    /// Bounds what anchors and aliases copy, and how deep they nest.
    fn charge(&mut self, node: &Node, at: Position) -> Result<(), Problem> {
        let mut pending = vec![(node, self.open.len())];
        while let Some((node, depth)) = pending.pop() {
            self.aliased_nodes += 1;
            match &node.kind {
                Kind::Text(text) => self.aliased_bytes += text.len(),
                Kind::List(elements) => pending.extend(elements.iter().map(|element| (element, depth + 1))),
                Kind::Map(entries) => {
                    self.aliased_bytes += entries.keys().map(String::len).sum::<usize>();
                    pending.extend(entries.values().map(|entry| (&entry.node, depth + 1)));
                }
                Kind::Null | Kind::Boolean(_) | Kind::Number(_) => {}
            }
            if self.aliased_nodes > MAX_ALIASED_NODES || self.aliased_bytes > MAX_ALIASED_BYTES || depth > MAX_DEPTH {
                return Err(unreadable(
                    at,
                    "anchors and aliases stand for more than a document may hold",
                ));
            }
        }
        Ok(())
    }
}

/// What a scalar is: in quotes a text, plain as the core schema says.
fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>, at: Position) -> Result<Kind, Problem> {
    match tag {
        Some(tag) if tag.is_yaml_core_schema() && tag.suffix == "str" => return Ok(Kind::Text(text.to_owned())),
        Some(tag) if !tag.is_yaml_core_schema() => {
            let name = quote(&format!("{}{}", tag.handle, tag.suffix));
            let message = format!("the tag {name} has no meaning here; put quotes around a key that begins with `!`");
            return Err(unreadable(at, message));
        }
        _ => {}
    }
    if style != ScalarStyle::Plain {
        return Ok(Kind::Text(text.to_owned()));
    }
    Ok(match text {
        "" | "~" | "null" | "Null" | "NULL" => Kind::Null,
        "true" | "True" | "TRUE" => Kind::Boolean(true),
        "false" | "False" | "FALSE" => Kind::Boolean(false),
        _ => match number(text, at)? {
            Some(number) => Kind::Number(number),
            None => Kind::Text(text.to_owned()),
        },
    })
}

/// Whether all bytes of a text are of a kind.
fn is_of(text: &str, kind: impl Fn(u8) -> bool) -> bool {
    run(text, kind) == text.len()
}

/// The number that a plain scalar is, if it is one.
fn number(text: &str, at: Position) -> Result<Option<Number>, Problem> {
    let radix = [("0x", 16), ("0o", 8)];
    for (prefix, radix) in radix {
        if let Some(digits) = text.strip_prefix(prefix) {
            return Ok(i64::from_str_radix(digits, radix).ok().map(Number::from));
        }
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !unsigned.is_empty() && is_of(unsigned, |byte| byte.is_ascii_digit()) {
        return match text.parse::<i64>() {
            Ok(long) => Ok(Some(long.into())),
            Err(_) => Err(unreadable(
                at,
                format!("the integer {} does not fit in 64 bits", quote(text)),
            )),
        };
    }
    let float = unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.')
        && unsigned.bytes().any(|byte| byte.is_ascii_digit())
        && is_of(unsigned, |byte| byte.is_ascii_digit() || b".eE+-".contains(&byte));
    if !float {
        return Ok(None);
    }
    let magnitude = read_decimal(unsigned);
    let value = if text.starts_with('-') {
        magnitude.map(|value| -value)
    } else {
        magnitude
    };
    Ok(value.and_then(Number::from_f64))
}
