//! Workflow definitions, unfolded step by step without any input or output: what runs now, with which parameters, and what is
//! skipped and why.
//!
//! ```
//! use selvedge::workflow::{Answers, Blueprint, Unfolding, Workflow};
//! use selvedge::{Engine, Map};
//!
//! let text = r#"{"workflow": {"id": "w", "steps": [
//!     {"step": {"id": "load", "type": "sql", "params": {"rows": {"value": 0}},
//!               "transition": {"successors": {"publish": "rows > 0"}}}},
//!     {"step": {"id": "publish", "type": "copy"}}]}}"#;
//! let workflow = Workflow::from_json(text)?;
//! let blueprint = Blueprint::builder(workflow).build(&Engine::default())?;
//! let mut unfolding = Unfolding::start(&blueprint, &Map::new())?;
//! unfolding.walk(&Answers::default(), None)?;
//! let why = unfolding.tree().step("publish").ok_or("no such step")?.because()[0].to_string();
//! assert_eq!(why, "the condition `rows > 0` of `load` (line 3) is false where rows = 0");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod advance;
mod answer;
mod apply;
mod attempt;
mod attribute;
mod attribute_values;
mod attributes;
#[cfg(feature = "project")]
mod beside;
mod blueprint;
mod calls;
mod column;
mod compile;
mod compiled;
mod complete;
mod decide;
mod defaults;
mod definition;
mod difference;
mod dsl;
mod edges;
mod event;
mod expand;
mod explain;
mod failure;
mod fields;
mod gathered;
mod gone;
mod graph;
mod hash;
mod held;
mod inherit;
mod initial;
mod inner;
mod iterations;
mod keep;
mod limits;
mod list;
mod outputs;
mod packed;
mod paths;
mod pieces;
mod policy;
mod predecessors;
mod product;
mod reach;
mod read;
mod reader;
mod restart;
mod restore;
mod retry;
mod saved;
mod signal_shapes;
mod signals;
mod slots;
mod snapshot;
mod sound;
mod spent;
mod state;
mod status;
mod step_graph;
mod step_graph_text;
mod step_rows;
mod stop;
mod stoppable;
mod tally;
mod thin;
mod tree;
mod unfold;
mod view;
mod walk;

pub use apply::FoldError;
pub use attribute::Attribute;
#[cfg(feature = "project")]
pub(crate) use beside::Beside;
pub use blueprint::{Blueprint, BlueprintBuilder};
pub use complete::CompleteError;
pub use defaults::Defaults;
pub use definition::{FailureMode, Step, StepKind, Transition, When, Workflow};
pub use difference::Change;
pub use event::{Command, Entry, Event};
pub use expand::{Axis, Expansion};
pub use explain::Operand;
pub use failure::{StepError, StepProblem};
pub use limits::UnfoldLimits;
pub use pieces::Piece;
pub use retry::Cause;
pub use saved::Saved;
pub use snapshot::Snapshot;
pub use spent::StepUsage;
pub use state::Why;
pub use status::Status;
pub use step_graph::StepGraph;
pub use tree::{TreeFrame, TreeStep};
pub use unfold::{Progress, Ready, Unfolding};
pub use walk::{Answer, AnswerError, Answers, WalkError};
