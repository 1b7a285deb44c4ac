//! Selvedge runs users' expressions safely inside an orchestrator.
#![forbid(unsafe_code)]

pub mod diagnostic;
mod library;
mod number_text;
mod source;
mod syntax;
mod types;

pub use source::{Position, Span};
pub use types::Type;
