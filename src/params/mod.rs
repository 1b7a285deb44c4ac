//! Parameter sets: what a workflow's author writes around the expressions, read, checked and evaluated.

mod definition;
pub(crate) mod document;
mod interpolate;
mod kind;
pub(crate) mod problem;
pub(crate) mod read;
mod shorthand;

pub use definition::{Body, Definition, ParameterSet};
pub use interpolate::Template;
pub use kind::{Mode, Occasion, ParamType};
pub use problem::Problem;
