//! What is wrong with a program, as data: code, message, place, label, help and suggestion.
//!
//! The front end's modules build diagnostics where the facts are; [`render`] turns them into text.
//!
//! ```
//! use selvedge::{Engine, Schema, diagnostic::render};
//! let source = "rows > 10";
//! let refused = Engine::default().compile(source, &Schema::new()).unwrap_err();
//! let text = render(&refused.diagnostics()[0], source, "job.sel");
//! assert!(text.starts_with("error[E201]: unknown name `rows`\n --> job.sel:1:1\n"));
//! ```

mod code;
mod escape;
mod message;
mod record;
mod render;
mod suggest;

pub use code::Code;
pub use escape::{
    MAX_QUOTED_CHARS, escape, escape_annotation, escape_annotation_property, escape_json, escape_lines, quote,
};
#[cfg(feature = "params")]
pub(crate) use escape::{escape_dot, escape_mermaid};
pub(crate) use escape::{escape_into, escape_within, quote_code, write_code};
pub(crate) use message::Message;
pub use record::{Diagnostic, Severity, Suggestion};
pub use render::{render, render_in};
#[cfg(feature = "datetime")]
pub(crate) use suggest::distance;
pub(crate) use suggest::{are_opposite, closest, is_word, words, words_as_written};
