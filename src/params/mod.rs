//! Parameter sets: what a workflow's author writes around the expressions, read, checked and evaluated.
//!
//! ```
//! use selvedge::params::{ParameterSet, Scope};
//!
//! let set = r#"{"day": {"value": 20260101}, "table": {"value": "orders_$day"}}"#;
//! let set = ParameterSet::from_json(set)?;
//! let plan = set.plan(&selvedge::Engine::default(), &Scope::new())?;
//! let report = plan.evaluate(&Scope::new());
//! assert_eq!(report.value("table"), Some(&"orders_20260101".into()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod asked;
pub(crate) mod bounded;
pub(crate) mod change;
pub(crate) mod convert;
pub(crate) mod declared;
mod definition;
pub(crate) mod document;
mod draft;
pub(crate) mod error;
pub(crate) mod evaluate;
mod graph;
mod interpolate;
mod kind;
pub(crate) mod known;
mod lay;
mod limits;
pub(crate) mod meter;
pub(crate) mod mistakes;
mod order;
mod parse;
pub(crate) mod plan;
mod planning;
pub(crate) mod prelude;
pub(crate) mod problem;
pub(crate) mod read;
pub(crate) mod recovered;
mod references;
mod report;
mod resolve;
pub(crate) mod scope;
mod shorthand;
mod stoppable;
pub(crate) mod text;

pub use definition::{Body, Definition, ParameterSet};
#[cfg(feature = "yaml")]
pub use document::QuotedIndent;
pub use error::DefinitionError;
pub use graph::GraphFormat;
pub use interpolate::Template;
pub use kind::{InternalMode, Mode, Occasion, ParamType};
pub use limits::SetLimits;
pub use plan::Plan;
pub use prelude::{Orchestrator, Unanswered, answered_by, prelude};
pub use problem::Problem;
pub use recovered::Recovered;
pub use report::{Evaluated, Report};
pub use scope::{Found, Scope, StepState};
