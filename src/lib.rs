//! Selvedge runs users' expressions safely inside an orchestrator.
#![forbid(unsafe_code)]

// The parser that pest derives without `std` names this crate.
extern crate alloc;

mod check;
pub mod diagnostic;
mod engine;
mod host;
mod inputs;
mod library;
mod limits;
mod lower;
mod machine;
mod number_text;
#[cfg(any(test, feature = "oracle"))]
#[doc(hidden)]
pub mod oracle;
mod source;
mod syntax;
mod types;
mod value;

pub use engine::{
    CacheSize, CompileError, Engine, EngineBuilder, EvalError, Evaluation, Outcome, Phase, Program, Slot, UnknownNames,
};
pub use host::{
    CancelToken, DeniedError, DeniedHost, FixedHost, FromValue, Host, HostError, HostFunction, HostFunctions,
    IntoValue, RegisterError, SystemHost, TypedBody,
};
pub use inputs::Inputs;
pub use library::reference::{FunctionReference, ParameterReference, library_functions};
pub use limits::{LimitAbout, Limits, Usage};
pub use machine::context::Input;
pub use source::{Position, Span};
pub use types::{Schema, SchemaError, Type};
pub use value::{List, MAX_DEPTH, Map, MapIntoIter, MapIter, Value, ValueError};
