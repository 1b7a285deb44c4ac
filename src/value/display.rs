//! A value's text: for people as a program would print it, for debugging with its types in sight.

use std::fmt::{self, Write as _};

use super::{Items, List, Map, MapIter, Node, Value};
use crate::number_text;

impl fmt::Display for Value {
    /// The text a program would print: `[1, 2]`, `{a=1, b=2}`, texts bare, floats as `java.lang.Double.toString` gives
    /// them.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_tree(formatter, self.node(), Style::Program)
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BooleanArray(_) | Self::LongArray(_) | Self::DoubleArray(_) | Self::StringArray(_) => {
                write!(formatter, "{} ", self.type_of())?;
            }
            Self::Null
            | Self::Boolean(_)
            | Self::Long(_)
            | Self::Double(_)
            | Self::String(_)
            | Self::List(_)
            | Self::Map(_) => {}
        }
        write_tree(formatter, self.node(), Style::Debug)
    }
}

impl fmt::Debug for List {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_tree(formatter, Node::Sequence(Items::Values(self.iter())), Style::Debug)
    }
}

impl fmt::Debug for Map {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_tree(formatter, Node::Map(self), Style::Debug)
    }
}

/// Who reads the text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Program,
    Debug,
}

/// The rest of a container that is being written, and whether it is at its first element.
enum Open<'a> {
    Sequence(Items<'a>, bool),
    Map(MapIter<'a>, bool),
}

/// Writes a value with a stack of its own, so that any depth will do.
fn write_tree(formatter: &mut fmt::Formatter<'_>, root: Node<'_>, style: Style) -> fmt::Result {
    let mut open = Vec::new();
    let mut next = Some(root);
    loop {
        if let Some(node) = next.take() {
            open.extend(write_start(formatter, node, style)?);
        }
        match open.last_mut() {
            None => return Ok(()),
            Some(Open::Sequence(items, first)) => {
                next = items.next();
                if next.is_some() {
                    write_separator(formatter, first)?;
                } else {
                    formatter.write_str("]")?;
                    open.pop();
                }
            }
            Some(Open::Map(entries, first)) => {
                if let Some((key, value)) = entries.next() {
                    write_separator(formatter, first)?;
                    write_key(formatter, key, style)?;
                    next = Some(value.node());
                } else {
                    formatter.write_str("}")?;
                    open.pop();
                }
            }
        }
    }
}

/// Writes a scalar, or the start of a container, which it gives back to be gone on with.
fn write_start<'a>(
    formatter: &mut fmt::Formatter<'_>,
    node: Node<'a>,
    style: Style,
) -> Result<Option<Open<'a>>, fmt::Error> {
    match node {
        Node::Null => formatter.write_str("null")?,
        Node::Boolean(boolean) => write!(formatter, "{boolean}")?,
        Node::Long(long) => write!(formatter, "{long}")?,
        Node::Double(double) => {
            let mut text = String::new();
            number_text::push_double(&mut text, double);
            formatter.write_str(&text)?;
        }
        Node::Text(text) => match style {
            Style::Program => formatter.write_str(text)?,
            Style::Debug => write!(formatter, "{text:?}")?,
        },
        Node::Sequence(items) => {
            formatter.write_char('[')?;
            return Ok(Some(Open::Sequence(items, true)));
        }
        Node::Map(map) => {
            formatter.write_char('{')?;
            return Ok(Some(Open::Map(map.iter(), true)));
        }
    }
    Ok(None)
}

fn write_separator(formatter: &mut fmt::Formatter<'_>, first: &mut bool) -> fmt::Result {
    if std::mem::replace(first, false) {
        return Ok(());
    }
    formatter.write_str(", ")
}

fn write_key(formatter: &mut fmt::Formatter<'_>, key: &str, style: Style) -> fmt::Result {
    match style {
        Style::Program => write!(formatter, "{key}="),
        Style::Debug => write!(formatter, "{key:?}: "),
    }
}
