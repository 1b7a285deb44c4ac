//! One view of every value: a scalar, a sequence or a map. Printing and serde work on it and need not know the array
//! types.

use std::slice;

use super::{Map, Value};

/// A value, or an element of a typed array, as its readers see it.
#[derive(Clone)]
pub(crate) enum Node<'a> {
    Null,
    Boolean(bool),
    Long(i64),
    Double(f64),
    Text(&'a str),
    Sequence(Items<'a>),
    Map(&'a Map),
}

/// The elements of an array or list still to be read.
#[derive(Clone)]
pub(crate) enum Items<'a> {
    Booleans(slice::Iter<'a, bool>),
    Longs(slice::Iter<'a, i64>),
    Doubles(slice::Iter<'a, f64>),
    Strings(slice::Iter<'a, Option<String>>),
    Values(slice::Iter<'a, Value>),
}

impl Value {
    /// The value as its readers see it.
    pub(crate) fn node(&self) -> Node<'_> {
        match self {
            Self::Null => Node::Null,
            Self::Boolean(boolean) => Node::Boolean(*boolean),
            Self::Long(long) => Node::Long(*long),
            Self::Double(double) => Node::Double(*double),
            Self::String(text) => Node::Text(text),
            Self::BooleanArray(array) => Node::Sequence(Items::Booleans(array.iter())),
            Self::LongArray(array) => Node::Sequence(Items::Longs(array.iter())),
            Self::DoubleArray(array) => Node::Sequence(Items::Doubles(array.iter())),
            Self::StringArray(array) => Node::Sequence(Items::Strings(array.iter())),
            Self::List(list) => Node::Sequence(Items::Values(list.iter())),
            Self::Map(map) => Node::Map(map),
        }
    }
}

impl<'a> Iterator for Items<'a> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Node<'a>> {
        match self {
            Self::Booleans(items) => items.next().copied().map(Node::Boolean),
            Self::Longs(items) => items.next().copied().map(Node::Long),
            Self::Doubles(items) => items.next().copied().map(Node::Double),
            Self::Strings(items) => items.next().map(|text| text.as_deref().map_or(Node::Null, Node::Text)),
            Self::Values(items) => items.next().map(Value::node),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self {
            Self::Booleans(items) => items.size_hint(),
            Self::Longs(items) => items.size_hint(),
            Self::Doubles(items) => items.size_hint(),
            Self::Strings(items) => items.size_hint(),
            Self::Values(items) => items.size_hint(),
        }
    }
}

impl ExactSizeIterator for Items<'_> {}
