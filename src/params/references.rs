//! The texts of a literal that are interpolated, and what is found in texts and expressions before names are resolved.

use crate::source::Span;
use crate::value::Value;

/// A name as it is written in a text or an expression.
pub(crate) struct Raw<'r> {
    pub(crate) name: &'r str,
    pub(crate) span: Span,
    /// Whether it may be absent.
    pub(crate) optional: bool,
    /// Whether it stands in a text, rather than an expression.
    pub(crate) in_text: bool,
}

/// The texts of a literal that are interpolated: itself, the elements of an array, the keys and values of a map.
pub(crate) fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::StringArray(texts) => texts.iter().flatten().map(String::as_str).collect(),
        Value::Map(map) => {
            let mut texts = Vec::with_capacity(2 * map.len());
            for (key, value) in map {
                texts.push(key);
                texts.extend(value.as_str());
            }
            texts
        }
        _ => Vec::new(),
    }
}
