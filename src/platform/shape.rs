//! What a value of a description is: its type, what is inside, and the text that says so.

use std::sync::Arc;

use crate::schema::{Declared, SchemaError};
use crate::shape::{Misfit, Shapes, WholeShape};
use crate::types::Type;
use crate::value::{Value, accepts_null};

/// What a value is. Two with the same text are equal.
#[derive(Clone, Debug)]
pub(super) struct Shaped {
    pub(super) ty: Type,
    shape: Option<Arc<WholeShape>>,
    text: Box<str>,
}

impl Shaped {
    /// What the text of a shape says of what has this name.
    pub(super) fn read(name: &str, text: &str) -> Result<Self, SchemaError> {
        let declared = Declared::read(Some(name), text)?;
        Ok(Self::of(declared.ty, declared.shape))
    }

    /// A value of a type, and of a shape where more is said.
    pub(super) fn of(ty: Type, shape: Option<Arc<WholeShape>>) -> Self {
        let text = match &shape {
            Some(shape) => shape.text().into(),
            None => {
                let mut shapes = Shapes::default();
                let shape = shapes.of(ty);
                shapes.text(shape).into()
            }
        };
        Self { ty, shape, text }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether a value whose type is known can be one.
    pub(super) fn may_be(&self, given: Type) -> bool {
        let mut shapes = Shapes::default();
        let shape = match &self.shape {
            Some(shape) => shape.put_in(&mut shapes),
            None => shapes.of(self.ty),
        };
        let accepted = shapes.accepts(shape);
        let is_null = given == Type::Null && self.shape.is_none() && accepts_null(self.ty);
        given == Type::Any || given == self.ty || is_null || accepted >> given as u32 & 1 == 1
    }

    /// The value as it is declared, or why it is none.
    pub(super) fn fit(&self, value: Value) -> Result<Value, String> {
        let found = value.type_of();
        let value = value.coerce_to(self.ty).map_err(|error| match error.path() {
            "$" => format!("expected `{}`, found {found}", self.text),
            path => format!("expected `{}`: {path}: {}", self.text, error.message()),
        })?;
        match self.shape.as_ref().and_then(|shape| shape.misfit(&value)) {
            None => Ok(value),
            Some(Misfit { path, expected, found }) => {
                let at = match path.is_empty() {
                    true => String::new(),
                    false => format!(" at {}", crate::diagnostic::quote(path.trim_start_matches('.'))),
                };
                Err(format!("expected `{expected}`{at}, found {found}"))
            }
        }
    }
}

impl PartialEq for Shaped {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}
