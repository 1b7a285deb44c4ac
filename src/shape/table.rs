//! The table of parts that shapes are made of.

use std::sync::Arc;

use indexmap::IndexSet;

use crate::types::{Elements, Type};
use crate::value::accepts_null;

/// How deep a shape may be.
pub(crate) const MAX_DEPTH: usize = 32;
/// How many parts a shape may have.
pub(crate) const MAX_PARTS: usize = 4_096;
/// How many bytes the text of a shape may have.
pub(crate) const MAX_TEXT: usize = 65_536;

type State = foldhash::fast::RandomState;

/// A shape of a table of shapes. Two of one table that are the same shape are equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Shape(u32);

/// One part of a shape.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Part {
    /// A value of a type of which nothing more is said; no array and no MAP.
    Of(Type),
    /// An array or LIST of such elements.
    List(Shape),
    /// A map with these keys, and others of the shape `rest` where there is one.
    Map { keys: Arc<[Key]>, rest: Option<Shape> },
    /// The same, or null.
    Nullable(Shape),
}

/// A key of a map, and what it holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    pub(crate) name: Arc<str>,
    pub(crate) shape: Shape,
}

/// A table of shapes, each once; what is inside one stands before it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shapes {
    parts: IndexSet<Part, State>,
}

impl Shapes {
    fn add(&mut self, part: Part) -> Shape {
        Shape(self.parts.insert_full(part).0 as u32)
    }

    /// A value of which nothing is known.
    pub(crate) fn any(&mut self) -> Shape {
        self.add(Part::Of(Type::Any))
    }

    /// What a type says of what is inside.
    pub(crate) fn of(&mut self, ty: Type) -> Shape {
        match (Elements::of(ty), ty) {
            (Some(elements), _) => {
                let element = self.add(Part::Of(elements.ty()));
                self.list(element)
            }
            (None, Type::Map) => {
                let rest = self.any();
                self.map(Vec::new(), Some(rest))
            }
            (None, Type::Null | Type::Void) => self.any(),
            (None, ty) => self.add(Part::Of(ty)),
        }
    }

    pub(crate) fn list(&mut self, element: Shape) -> Shape {
        self.add(Part::List(element))
    }

    pub(crate) fn map(&mut self, keys: Vec<Key>, rest: Option<Shape>) -> Shape {
        let keys = keys.into();
        self.add(Part::Map { keys, rest })
    }

    /// The same, or null: what may be anything may be null already.
    pub(crate) fn nullable(&mut self, shape: Shape) -> Shape {
        match self.part(shape) {
            Part::Nullable(_) | Part::Of(Type::Any) => shape,
            Part::Of(_) | Part::List(_) | Part::Map { .. } => self.add(Part::Nullable(shape)),
        }
    }

    pub(crate) fn part(&self, shape: Shape) -> &Part {
        const NONE: &Part = &Part::Of(Type::Any);
        self.parts.get_index(shape.0 as usize).unwrap_or(NONE)
    }

    /// The shape without null, and whether it had it.
    pub(crate) fn without_null(&self, shape: Shape) -> (Shape, bool) {
        match *self.part(shape) {
            Part::Nullable(inner) => (inner, true),
            Part::Of(_) | Part::List(_) | Part::Map { .. } => (shape, false),
        }
    }

    /// Whether nothing is known of such a value.
    pub(crate) fn is_any(&self, shape: Shape) -> bool {
        *self.part(shape) == Part::Of(Type::Any)
    }

    /// What a list holds.
    pub(crate) fn element(&self, shape: Shape) -> Option<Shape> {
        match *self.part(shape) {
            Part::List(element) => Some(element),
            Part::Of(_) | Part::Map { .. } | Part::Nullable(_) => None,
        }
    }

    /// What a map holds under a key: surely, or if there is one at all.
    pub(crate) fn under(&self, shape: Shape, name: &str) -> Option<(Shape, bool)> {
        let Part::Map { keys, rest } = self.part(shape) else {
            return None;
        };
        let known = keys.iter().find(|key| *key.name == *name).map(|key| (key.shape, true));
        known.or(rest.map(|rest| (rest, false)))
    }

    /// The type that is left of a shape: that of parameters of the shape.
    pub(crate) fn ty(&self, shape: Shape) -> Type {
        match *self.part(shape) {
            Part::Of(ty) => ty,
            Part::Map { .. } => Type::Map,
            Part::List(element) => match *self.part(element) {
                Part::Of(ty) => ty.array_of().unwrap_or(Type::List),
                Part::Nullable(text) if *self.part(text) == Part::Of(Type::String) => Type::StringArray,
                Part::List(_) | Part::Map { .. } | Part::Nullable(_) => Type::List,
            },
            Part::Nullable(inner) => match self.ty(inner) {
                ty if accepts_null(ty) => ty,
                _ => Type::Any,
            },
        }
    }

    /// Whether a shape says no more than its type does.
    pub(crate) fn is_plain(&self, shape: Shape) -> bool {
        match self.part(shape) {
            Part::Of(_) => true,
            Part::Map { keys, rest } => keys.is_empty() && rest.is_some_and(|rest| self.is_any(rest)),
            Part::List(element) => {
                matches!(*self.part(*element), Part::Of(ty) if ty == Type::Any || ty.array_of().is_some())
            }
            Part::Nullable(_) => false,
        }
    }

    /// The types that a value of the shape may have when it is read, a bit for each: what is inside is looked at when that is read.
    pub(crate) fn accepts(&self, shape: Shape) -> u64 {
        let bit = |ty: Type| 1_u64 << ty as u32;
        match *self.part(shape) {
            Part::Of(Type::Any) => u64::MAX,
            // What is given to a parameter of these types may be this too.
            Part::Of(Type::Double) => bit(Type::Double) | bit(Type::Long),
            Part::Of(Type::DateTime) => bit(Type::DateTime) | bit(Type::String),
            Part::Of(ty) => bit(ty),
            Part::Map { .. } => bit(Type::Map),
            Part::Nullable(inner) => self.accepts(inner) | bit(Type::Null),
            Part::List(element) => {
                let elements = match *self.part(element) {
                    Part::Of(_) | Part::Nullable(_) => self.accepts(element),
                    Part::List(_) | Part::Map { .. } => 0,
                };
                let array = |ty: Type| ty.array_of().filter(|_| elements & bit(ty) != 0).map_or(0, bit);
                let texts = if elements & bit(Type::Null) == 0 {
                    0
                } else {
                    bit(Type::StringArray)
                };
                let arrays = [Type::Boolean, Type::Long, Type::Double, Type::String].map(array);
                arrays
                    .into_iter()
                    .fold(bit(Type::List) | texts, |all, array| all | array)
            }
        }
    }

    /// The same shape of another table.
    pub(crate) fn take(&mut self, from: &Self, shape: Shape) -> Shape {
        let mut here: Vec<Shape> = Vec::with_capacity(shape.0 as usize + 1);
        let of = |here: &[Shape], shape: Shape| here.get(shape.0 as usize).copied().unwrap_or(shape);
        for part in from.parts.iter().take(shape.0 as usize + 1) {
            let part = match part {
                Part::Of(ty) => Part::Of(*ty),
                Part::List(element) => Part::List(of(&here, *element)),
                Part::Nullable(inner) => Part::Nullable(of(&here, *inner)),
                Part::Map { keys, rest } => Part::Map {
                    keys: keys
                        .iter()
                        .map(|key| Key {
                            name: Arc::clone(&key.name),
                            shape: of(&here, key.shape),
                        })
                        .collect(),
                    rest: rest.map(|rest| of(&here, rest)),
                },
            };
            here.push(self.add(part));
        }
        of(&here, shape)
    }
}

/// A shape by itself, with the table of its parts. Two with the same text are equal.
#[derive(Clone, Debug)]
pub(crate) struct WholeShape {
    text: Box<str>,
    pub(super) shapes: Shapes,
    pub(super) shape: Shape,
}

impl WholeShape {
    /// The shape; `None` if it says no more than its type.
    pub(crate) fn of(shapes: Shapes, shape: Shape) -> Option<Self> {
        let is_more = !shapes.is_plain(shape);
        is_more.then(|| Self {
            text: shapes.text(shape).into(),
            shapes,
            shape,
        })
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether null is among them.
    #[cfg(feature = "params")]
    pub(crate) fn is_nullable(&self) -> bool {
        matches!(self.shapes.part(self.shape), Part::Nullable(_))
    }

    /// What the elements are of a list: their type, and their shape where that says more.
    #[cfg(feature = "params")]
    pub(crate) fn element(&self) -> Option<(Type, Option<Self>)> {
        let element = self.shapes.element(self.shape)?;
        Some((self.shapes.ty(element), Self::of(self.shapes.clone(), element)))
    }

    /// The shape in another table.
    pub(crate) fn put_in(&self, table: &mut Shapes) -> Shape {
        table.take(&self.shapes, self.shape)
    }

    /// About how many bytes of the heap it holds.
    pub(crate) fn held_bytes(&self) -> usize {
        let names = |part: &Part| match part {
            Part::Map { keys, .. } => keys.iter().map(|key| size_of::<Key>() + key.name.len() + 16).sum(),
            Part::Of(_) | Part::List(_) | Part::Nullable(_) => 0,
        };
        let each = 2 * (size_of::<Part>() + 2 * size_of::<usize>());
        self.text.len() + self.shapes.parts.iter().map(|part| each + names(part)).sum::<usize>()
    }
}

impl PartialEq for WholeShape {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for WholeShape {}
