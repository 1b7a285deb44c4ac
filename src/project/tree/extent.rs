//! From where to where values stand in a document, maps and lists whole: for what is written over in it.

use std::collections::BTreeMap;
use std::ops::Range;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle};
use serde::de::IgnoredAny;

use crate::source::{LineIndex, Position};

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// A scalar on its own; in quotes or not.
    Scalar { quoted: bool },
    /// A text of a block, whose lines are its own.
    BlockText,
    /// A map or list in brackets.
    Flow,
    /// A map or list by indentation.
    Block,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Held {
    Scalar,
    List,
    Map,
}

/// Where a value stands, what it is, and how it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Extent {
    pub(crate) held: Held,
    pub(crate) place: Range<usize>,
    pub(crate) written: Written,
}

/// The values that begin at these bytes, by those: inner ones before those around them. A list by indentation begins where its first
/// element does. Nothing of a text that is not a document.
pub(crate) fn extents(file: &str, is_json: bool, starts: &[usize]) -> BTreeMap<usize, Vec<Extent>> {
    if !is_json {
        return of_yaml(file, starts).unwrap_or_default();
    }
    let found = starts
        .iter()
        .filter_map(|&start| Some((start, vec![of_json(file, start)?])));
    found.collect()
}

fn of_json(file: &str, start: usize) -> Option<Extent> {
    let rest = file.get(start..)?;
    let mut values = serde_json::Deserializer::from_str(rest).into_iter::<IgnoredAny>();
    values.next()?.ok()?;
    let end = start + values.byte_offset();
    let (held, written) = match rest.chars().next()? {
        '{' => (Held::Map, Written::Flow),
        '[' => (Held::List, Written::Flow),
        first => (Held::Scalar, Written::Scalar { quoted: first == '"' }),
    };
    let place = start..end;
    Some(Extent { held, place, written })
}

/// A map or list that is not closed yet, and whether it is in brackets.
struct Open {
    start: usize,
    is_flow: bool,
}

fn of_yaml(file: &str, starts: &[usize]) -> Option<BTreeMap<usize, Vec<Extent>>> {
    let lines = LineIndex::new(file);
    let byte = |marker: &Marker| {
        lines.offset(Position {
            line: marker.line() as u32,
            column: marker.col() as u32 + 1,
        }) as usize
    };
    let (mut found, mut open, mut last) = (BTreeMap::new(), Vec::<Open>::new(), 0);
    for event in Parser::new_from_str(file) {
        let (event, span) = event.ok()?;
        let (start, end) = (byte(&span.start), byte(&span.end));
        match event {
            Event::Scalar(_, style, ..) => {
                let text = file.get(start..end)?;
                last = start + length(text);
                let written = match style {
                    ScalarStyle::Plain => Written::Scalar { quoted: false },
                    ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Written::Scalar { quoted: true },
                    ScalarStyle::Literal | ScalarStyle::Folded => Written::BlockText,
                };
                let (held, place) = (Held::Scalar, start..last);
                add(&mut found, starts, Extent { held, place, written });
            }
            Event::Alias(_) => last = end,
            Event::SequenceStart(..) | Event::MappingStart(..) => open.push(Open {
                start,
                is_flow: file.get(start..)?.starts_with(['{', '[']),
            }),
            Event::SequenceEnd | Event::MappingEnd => {
                let closed = open.pop()?;
                let written = match closed.is_flow {
                    true => Written::Flow,
                    false => Written::Block,
                };
                if closed.is_flow {
                    last = end;
                }
                let held = match event {
                    Event::SequenceEnd => Held::List,
                    _ => Held::Map,
                };
                let place = closed.start..last.max(closed.start);
                add(&mut found, starts, Extent { held, place, written });
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) | Event::DocumentEnd => {}
        }
    }
    Some(found)
}

/// How long a scalar is: a parser may count the blanks and the comment behind it as well.
fn length(text: &str) -> usize {
    let Some(quote) = text.chars().next().filter(|first| matches!(first, '\'' | '"')) else {
        return text.trim_end().len();
    };
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((at, next)) = characters.next() {
        let is_escape = next == '\\' && quote == '"';
        let is_doubled = next == '\'' && quote == next && characters.peek().is_some_and(|(_, after)| *after == quote);
        if is_escape || is_doubled {
            characters.next();
        } else if next == quote {
            return at + 1;
        }
    }
    text.trim_end().len()
}

/// Keeps what is asked for.
fn add(found: &mut BTreeMap<usize, Vec<Extent>>, starts: &[usize], extent: Extent) {
    if starts.binary_search(&extent.place.start).is_ok() {
        found.entry(extent.place.start).or_default().push(extent);
    }
}
