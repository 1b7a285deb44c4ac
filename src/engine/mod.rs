//! What a host holds: an engine with its settings, the programs it compiles, and their evaluations.

mod artefact;
mod bind;
mod cache;
mod compile;
mod coverage;
#[cfg(feature = "params")]
mod definitions;
mod error;
mod evaluation;
mod format;
mod host;
#[cfg(test)]
mod library_page;
mod lints;
mod outcome;
#[cfg(feature = "profile")]
mod profile;
mod program;
#[cfg(feature = "params")]
mod references;
mod settings;
mod slices;
mod spans;
mod stoppable;
mod trace;

pub use artefact::LoadError;
#[cfg(any(test, feature = "oracle"))]
pub(crate) use bind::Converted;
pub use cache::CacheSize;
pub use compile::{Engine, EngineBuilder};
pub use coverage::{Coverage, CoveredBranch, CoveredProgram, CoveredStatement};
pub use error::{CompileError, EvalError, Phase};
pub use evaluation::Evaluation;
#[cfg(any(test, feature = "oracle"))]
pub(crate) use evaluation::budgets;
pub use outcome::Outcome;
#[cfg(feature = "profile")]
pub use profile::{Profile, ProfiledPlace};
pub use program::{Program, Slot};
#[cfg(feature = "params")]
pub(crate) use references::{ConstantCall, Read};
#[cfg(feature = "oracle")]
pub(crate) use settings::Settings;
#[cfg(feature = "params")]
pub(crate) use stoppable::within;
pub use trace::{Trace, TraceEvent, TraceLimits, TraceStep};

pub use crate::check::UnknownNames;
pub use crate::library::capability::Capability;
