//! What a definition says of its parameter's type: a type, or a shape, which says what is inside.

use std::sync::Arc;

use super::kind::ParamType;
use crate::diagnostic::quote;
use crate::schema::{Declared, SchemaError};
use crate::shape::WholeShape;
use crate::types::Type;

/// A declared type.
#[derive(Clone, Debug)]
pub(crate) struct DeclaredType {
    pub(crate) ty: ParamType,
    /// What is inside, where that is said.
    pub(crate) shape: Option<Arc<WholeShape>>,
}

impl From<ParamType> for DeclaredType {
    fn from(ty: ParamType) -> Self {
        Self { ty, shape: None }
    }
}

impl DeclaredType {
    /// The type that a shape's text stands for, and the shape where that says more.
    pub(crate) fn of_shape(text: &str) -> Result<Self, SchemaError> {
        let Declared { ty, shape } = Declared::read(None, text)?;
        let is_nullable = shape.as_ref().is_some_and(|shape| shape.is_nullable());
        match ParamType::of_type(ty) {
            Some(ty) if !is_nullable => Ok(Self { ty, shape }),
            _ => Err(SchemaError::source(
                quote(text),
                "a parameter cannot be declared nullable or `any`",
                "declare it without the last `?`, or leave its type out",
            )),
        }
    }

    /// Whether a text that is not a type's name is meant as a shape.
    pub(crate) fn is_shape(text: &str) -> bool {
        text.contains(['<', '{', '?'])
    }
}

/// What an expression sees a parameter as that it reads.
#[derive(Clone, Debug)]
pub(crate) struct SeenAs {
    pub(crate) ty: Type,
    pub(crate) shape: Option<Arc<WholeShape>>,
}

impl Default for SeenAs {
    fn default() -> Self {
        Self {
            ty: Type::Any,
            shape: None,
        }
    }
}
