//! What is inside a value: `list<{id: long, note: string?}>`. A shape says more than a type; the type that is left of it where nothing is
//! asked of what is inside is its [type](Shapes::ty).

#[cfg(feature = "params")]
mod fit;
mod join;
mod read;
mod table;
#[cfg(test)]
mod tests;
mod write;

#[cfg(feature = "params")]
pub(crate) use fit::Misfit;
pub(crate) use read::{ShapeError, read};
pub(crate) use table::{Key, MAX_DEPTH, MAX_PARTS, Part, Shape, Shapes, WholeShape};
pub(crate) use write::is_bare;
