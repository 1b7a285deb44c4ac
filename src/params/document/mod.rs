//! A document as a tree that knows its places: what JSON and YAML are read into before definitions are made of it.

#[cfg(feature = "yaml")]
mod indent;
mod json;
mod node;
mod reader;
#[cfg(feature = "toml")]
mod toml;
#[cfg(feature = "yaml")]
mod yaml;

use super::error::DefinitionError;
use super::meter::Stop;
use super::problem::Problem;
use crate::host::Interrupt;

#[cfg(feature = "yaml")]
pub use indent::QuotedIndent;
pub(crate) use json::read as read_json;
pub(crate) use node::{Document, Entries, Entry, Kind, Node};
pub(crate) use reader::Reader;
#[cfg(feature = "toml")]
pub(crate) use toml::read as read_toml;
#[cfg(feature = "yaml")]
pub(crate) use yaml::read as read_yaml;

/// Reads documents, until that is interrupted.
pub(crate) fn within<T>(interrupt: &Interrupt, read: impl FnOnce() -> T) -> Result<T, Problem> {
    interrupt.watch(read).map_err(|by| Stop::Interrupted(by).problem())
}

/// As [`within`], of what may be wrong in several ways.
pub(crate) fn read_within<T>(
    interrupt: &Interrupt,
    read: impl FnOnce() -> Result<T, DefinitionError>,
) -> Result<T, DefinitionError> {
    within(interrupt, read)?
}
