//! Parameter sets: what a workflow's author writes around the expressions, read, checked and evaluated.

mod interpolate;

pub use interpolate::Template;
