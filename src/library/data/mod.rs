//! Classes that read and write data: JSON, hashes, Base64 and percent-encoding.

#[cfg(feature = "data")]
mod base64;
#[cfg(feature = "data")]
mod hash;
mod json;
mod json_scan;
mod json_text;
#[cfg(feature = "data")]
mod url;

use super::declaration::Function;

/// The functions, class by class.
pub(crate) const FUNCTIONS: &[&[Function]] = &[
    json::FUNCTIONS,
    #[cfg(feature = "data")]
    hash::FUNCTIONS,
    #[cfg(feature = "data")]
    base64::FUNCTIONS,
    #[cfg(feature = "data")]
    url::FUNCTIONS,
];
