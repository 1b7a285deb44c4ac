//! Parameter sets: what a workflow's author writes around the expressions, read, checked and evaluated.

mod change;
pub(crate) mod convert;
mod definition;
pub(crate) mod document;
pub(crate) mod evaluate;
mod graph;
mod interpolate;
mod kind;
mod limits;
mod order;
pub(crate) mod plan;
mod prelude;
pub(crate) mod problem;
pub(crate) mod read;
mod references;
mod report;
mod resolve;
pub(crate) mod scope;
mod shorthand;

pub use definition::{Body, Definition, ParameterSet};
pub use graph::GraphFormat;
pub use interpolate::Template;
pub use kind::{Mode, Occasion, ParamType};
pub use limits::SetLimits;
pub use plan::Plan;
pub use prelude::{Orchestrator, Unanswered, prelude};
pub use problem::Problem;
pub use report::{Evaluated, Report};
pub use scope::{Found, Scope, StepState};
