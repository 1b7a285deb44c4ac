//! The library's engines: what the language's classes do, without the language.

#[cfg(feature = "datetime")]
#[expect(
    dead_code,
    unused_imports,
    reason = "the library's declarations, which bind it, come later"
)]
pub(crate) mod joda;
