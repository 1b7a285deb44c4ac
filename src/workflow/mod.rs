//! Workflow definitions, unfolded step by step without any input or output: what runs now, with which parameters, and what is
//! skipped and why.

mod blueprint;
mod compile;
mod definition;
mod desk;
mod difference;
mod dsl;
mod expand;
mod explain;
mod graph;
mod judge;
mod limits;
mod product;
mod read;
mod settle;
mod signals;
mod state;
mod tree;
mod unfold;
mod view;
mod walk;

pub use blueprint::{Blueprint, BlueprintBuilder};
pub use definition::{Step, StepKind, Transition, When, Workflow};
pub use difference::Change;
pub use expand::{Axis, Expansion};
pub use explain::Operand;
pub use limits::UnfoldLimits;
pub use state::{Status, Why};
pub use tree::{TreeFrame, TreeStep};
pub use unfold::{CompleteError, Progressing, Ready, Saved, Unfolding};
pub use walk::{Answer, Answers};
