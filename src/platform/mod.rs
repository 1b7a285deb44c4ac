//! What a platform is, said once: the functions and constants of its host, the parameters that are there for all programs, limits and
//! language, as data that the command, tests and editors read.
//!
//! ```
//! use selvedge::platform::{Platform, Stub};
//! use selvedge::{Engine, HostFunctions, Inputs, Schema};
//!
//! let mut functions = HostFunctions::new();
//! functions.register_typed("Catalog.rows", |table: String| Ok(table.len() as i64))?;
//! let description = Engine::builder().host_functions(functions).build().describe().to_json();
//!
//! // Elsewhere, without the host:
//! let mut platform = Platform::from_json(&description)?;
//! platform.stub("Catalog.rows", Stub::value(7))?;
//! let program = platform.engine()?.build().compile("Catalog.rows('orders') * 2", &Schema::new())?;
//! assert_eq!(program.evaluate(&Inputs::new())?.value().as_long(), Some(14));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod answer;
mod describe;
mod description;
mod function;
mod json_schema;
mod read;
mod read_function;
mod reader;
mod settings;
mod shape;
mod stub;
mod write;

pub use description::Platform;
pub use function::{Function, Parameter};
#[cfg(feature = "project")]
pub use stub::Stub;
