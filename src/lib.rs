//! Selvedge runs users' expressions safely inside an orchestrator: a small typed language, checked before it runs, with budgets
//! that hold against an attacker.
//!
//! An [`Engine`] compiles a source text against a [`Schema`] into a [`Program`], which is evaluated with [`Inputs`] as often as
//! needed, from any thread. A program that cannot succeed is refused with a [`CompileError`], which has all diagnostics. An
//! evaluation that stops returns an [`EvalError`]. Both have the place in the source.
//!
//! ```
//! use selvedge::{Engine, Inputs, Schema, Type};
//!
//! let engine = Engine::builder().build();
//! let schema = Schema::new().with("price", Type::Double).with("quantity", Type::Long);
//! let program = engine.compile("price * quantity > 100.0", &schema)?;
//! assert_eq!(program.result_type(), Type::Boolean);
//!
//! let outcome = program.evaluate(&Inputs::new().with("price", 12.5).with("quantity", 9))?;
//! assert!(outcome.usage().steps < 10);
//! assert_eq!(outcome.into_value().deserialize::<bool>()?, true);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`Limits`] bound an evaluation. It only reaches the outside world through a [`Host`], which provides the clock and randomness, and
//! the [`HostFunctions`] registered with the engine. [`library_functions`] lists the functions of the language.
#![forbid(unsafe_code)]

mod advice;
mod arena;
mod check;
mod cost;
pub mod diagnostic;
mod dialect;
mod effect;
mod engine;
mod host;
mod inputs;
mod library;
mod limits;
pub mod lint;
mod lower;
mod machine;
mod number_text;
mod operator;
#[cfg(any(test, feature = "oracle"))]
#[doc(hidden)]
pub mod oracle;
#[cfg(feature = "params")]
pub mod params;
#[cfg(feature = "params")]
pub mod platform;
#[cfg(feature = "project")]
pub mod project;
mod schema;
mod shape;
mod source;
mod spare;
mod syntax;
#[cfg(feature = "testing")]
pub mod testing;
mod types;
mod value;
#[cfg(any(test, feature = "oracle", feature = "profile"))]
mod walk;
mod work;
#[cfg(feature = "params")]
pub mod workflow;

/// Runs the README's example.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;

/// Runs the examples of the guide to embedding.
#[cfg(doctest)]
#[doc = include_str!("../docs/EMBEDDING.md")]
pub struct Embedding;

/// Runs the examples of the page on budgets.
#[cfg(doctest)]
#[doc = include_str!("../docs/BUDGETS.md")]
pub struct Budgets;

pub use cost::{CostBound, InputSizes, Size};
pub use dialect::Dialect;
pub use effect::{Effect, Effects};
pub use engine::{
    CacheSize, Capability, CompileError, Coverage, CoveredBranch, CoveredProgram, CoveredStatement, Engine,
    EngineBuilder, EvalError, Evaluation, LoadError, Outcome, Phase, Program, Slot, Trace, TraceEvent, TraceLimits,
    TraceStep, UnknownNames,
};
#[cfg(feature = "profile")]
pub use engine::{Profile, ProfiledPlace};
pub use host::{
    CancelToken, DeniedError, DeniedHost, FixedHost, FromValue, Host, HostCall, HostError, HostFunction, HostFunctions,
    Interrupt, IntoValue, RegisterError, SystemHost, TypedBody,
};
pub use inputs::Inputs;
pub use library::reference::{FunctionReference, ParameterReference, library_functions};
pub use limits::{LimitAbout, Limits, Usage};
pub use machine::input::Input;
pub use schema::{Schema, SchemaError};
pub use source::{LineIndex, Position, Span};
pub use syntax::FormatOptions;
pub use types::Type;
pub use value::{List, MAX_DEPTH, Map, MapIntoIter, MapIter, Value, ValueError};
