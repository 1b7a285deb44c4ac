//! How deep a value may nest, counted on the way in and checked on the way out.

use super::{Items, Node, ValueError};

/// The most containers (arrays, lists and maps) that may nest in a value that enters or leaves through a conversion.
///
/// A [`Value`](crate::Value) built by hand may nest deeper; it can be copied, compared, printed and dropped, but every
/// conversion refuses it.
///
/// ```
/// use selvedge::{List, MAX_DEPTH, Value};
/// let nested = |levels| (0..levels).fold(Value::Null, |inner, _| Value::List(List::from_iter([inner])));
/// assert!(serde_json::to_string(&nested(MAX_DEPTH)).is_ok());
/// assert!(serde_json::to_string(&nested(MAX_DEPTH + 1)).is_err());
/// ```
pub const MAX_DEPTH: usize = 64;

/// The most transparent wrappers (optional values, newtypes) on the way to one value. A host's type can nest them
/// without end and without a container, such as `struct Next(Option<Box<Next>>)`.
const MAX_WRAPPERS: usize = 2 * MAX_DEPTH;

/// How deep a conversion is.
#[derive(Clone, Copy, Default)]
pub(crate) struct Level {
    containers: usize,
    wrappers: usize,
}

impl Level {
    /// One container further in.
    pub(crate) fn container(self) -> Result<Self, ValueError> {
        if self.containers >= MAX_DEPTH {
            return Err(too_deep());
        }
        Ok(Self {
            containers: self.containers + 1,
            ..self
        })
    }

    /// One transparent wrapper further in.
    pub(crate) fn wrapper(self) -> Result<Self, ValueError> {
        if self.wrappers >= MAX_WRAPPERS {
            return Err(too_deep());
        }
        Ok(Self {
            wrappers: self.wrappers + 1,
            ..self
        })
    }
}

fn too_deep() -> ValueError {
    ValueError::new(format_args!("nested deeper than {MAX_DEPTH} levels"))
}

/// Refuses a value that nests too deeply, so that what follows may recurse. Recurses itself, but never past the bound.
pub(crate) fn check_depth(node: Node<'_>, level: Level) -> Result<(), ValueError> {
    match node {
        Node::Null | Node::Boolean(_) | Node::Long(_) | Node::Double(_) | Node::Text(_) => Ok(()),
        Node::Sequence(items) => {
            let inner = level.container()?;
            let Items::Values(values) = items else {
                return Ok(());
            };
            values
                .enumerate()
                .try_for_each(|(index, value)| check_depth(value.node(), inner).map_err(|error| error.at_index(index)))
        }
        Node::Map(map) => {
            let inner = level.container()?;
            map.iter()
                .try_for_each(|(key, value)| check_depth(value.node(), inner).map_err(|error| error.at_key(key)))
        }
    }
}
