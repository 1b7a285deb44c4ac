//! The engines that expressions are compiled with.

use crate::engine::Engine;

/// The engines that expressions are compiled with.
#[derive(Debug)]
pub(crate) struct Engines {
    /// For expressions, and for a workflow.
    pub(crate) plain: Engine,
    /// With the functions that definitions of parameters may call; a workflow brings its own.
    pub(crate) parameters: Engine,
}
