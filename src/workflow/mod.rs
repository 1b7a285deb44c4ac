//! Workflow definitions, unfolded step by step without any input or output: what runs now, with which parameters, and what is
//! skipped and why.

mod definition;
mod dsl;
mod read;

pub use definition::{LoopKind, Step, StepKind, Transition, When, Workflow};
