//! The library's engines: what the language's classes do, without the language.

#[cfg(feature = "datetime")]
pub(crate) mod joda;
