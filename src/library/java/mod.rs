//! Java's text functions, as pure functions: formatter, regular expressions and UTF-16 strings.
//!
//! Nothing here knows the machine. What makes text writes it into a [`sink::Sink`], which can charge for it first.

pub(crate) mod format;
pub(crate) mod regex;
pub(crate) mod sink;
pub(crate) mod text;
