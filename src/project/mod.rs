//! The files of a project: what `selvedge check` does, for hosts. Texts go in, findings with their places come out.
//!
//! ```
//! use selvedge::diagnostic::render;
//! use selvedge::project::{File, Project, check_files};
//!
//! let project = Project::from_toml("constants.Env.REGION = 'eu-west-1'")?;
//! let files = [File::new("flows/daily.yaml", "params:\n  '!path': Env.REGOIN + '/orders'\n")];
//! for file in check_files(project, files)? {
//!     for finding in &file.findings {
//!         let text = render(&finding.diagnostic, &file.text, &file.name);
//!         assert!(text.starts_with("error[E402]: unknown constant `Env.REGOIN` of the host\n --> flows/daily.yaml:2:16\n"));
//!     }
//! }
//! # Ok::<(), selvedge::params::DefinitionError>(())
//! ```

mod checker;
mod config;
mod definitions;
mod document;
mod engines;
mod file;
mod finding;
mod fix;
mod format;
mod json_path;
mod rules;
mod scalar;
mod shape;
mod signals;
mod source;
pub(crate) mod splice;
#[cfg(test)]
mod tests;
#[cfg(feature = "oracle")]
pub(crate) mod texts;
mod time;
pub(crate) mod tree;
mod workflows;

pub use checker::{Checker, check_files};
pub use config::Project;
pub use file::File;
pub use finding::{CheckedFile, Finding};
pub use fix::Fixed;
pub use format::{FormattedFile, Formatter};
