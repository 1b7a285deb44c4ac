//! Whether a value fits a shape, all of what is inside looked at.

use super::table::{Key, Part, Shape, Shapes, WholeShape};
use crate::types::Type;
use crate::value::{Node, Value};

/// The first part of a value that does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Misfit {
    /// Where in the value, such as `[0].day`; empty for the value itself.
    pub(crate) path: String,
    pub(crate) expected: String,
    pub(crate) found: String,
}

impl WholeShape {
    /// The first part of a value that does not fit.
    pub(crate) fn misfit(&self, value: &Value) -> Option<Misfit> {
        self.shapes.misfit(self.shape, &value.node(), String::new())
    }
}

impl Shapes {
    // Within the depth of a shape.
    fn misfit(&self, shape: Shape, value: &Node<'_>, path: String) -> Option<Misfit> {
        match (self.part(shape), value) {
            (Part::Of(ty), value) if fits(*ty, value) => None,
            (Part::Nullable(_), Node::Null) => None,
            (Part::Nullable(inner), value) => self.misfit(*inner, value, path).map(|misfit| Misfit {
                // What may be null is what is expected where the value itself is something else.
                expected: match misfit.path.is_empty() {
                    true => self.shown(shape),
                    false => misfit.expected,
                },
                ..misfit
            }),
            (Part::List(element), Node::Sequence(items)) => {
                let mut elements = items.clone().enumerate();
                elements.find_map(|(index, item)| self.misfit(*element, &item, format!("{path}[{index}]")))
            }
            (Part::Map { keys, rest }, Node::Map(map)) => {
                let absent = |key: &&Key| map.get(&key.name).is_none() && !self.without_null(key.shape).1;
                if let Some(key) = keys.iter().find(|key| absent(key) && !self.is_any(key.shape)) {
                    return Some(Misfit {
                        path: format!("{path}.{}", key.name),
                        expected: self.shown(key.shape),
                        found: "nothing".to_owned(),
                    });
                }
                map.iter().find_map(|(name, value)| {
                    let path = format!("{path}.{name}");
                    match (keys.iter().find(|key| *key.name == *name), rest) {
                        (Some(key), _) => self.misfit(key.shape, &value.node(), path),
                        (None, Some(rest)) => self.misfit(*rest, &value.node(), path),
                        (None, None) => Some(Misfit {
                            path,
                            expected: "no such key".to_owned(),
                            found: value.type_of().to_string(),
                        }),
                    }
                })
            }
            (Part::Of(_) | Part::List(_) | Part::Map { .. }, value) => Some(Misfit {
                path,
                expected: self.shown(shape),
                found: kind(value).to_owned(),
            }),
        }
    }
}

/// Whether a value is of a type that says nothing of what is inside.
fn fits(ty: Type, value: &Node<'_>) -> bool {
    match value {
        _ if ty == Type::Any => true,
        Node::Boolean(_) => ty == Type::Boolean,
        Node::Long(_) => matches!(ty, Type::Long | Type::Double),
        Node::Double(_) => ty == Type::Double,
        Node::Text(_) => matches!(ty, Type::String | Type::DateTime),
        Node::Null | Node::Sequence(_) | Node::Map(_) => false,
    }
}

fn kind(value: &Node<'_>) -> &'static str {
    match value {
        Node::Null => "null",
        Node::Boolean(_) => "BOOLEAN",
        Node::Long(_) => "LONG",
        Node::Double(_) => "DOUBLE",
        Node::Text(_) => "STRING",
        Node::Sequence(_) => "a list",
        Node::Map(_) => "MAP",
    }
}
