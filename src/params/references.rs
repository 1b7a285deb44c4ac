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
    let mut texts = Vec::new();
    add_texts(value, &mut texts);
    texts
}

fn add_texts<'v>(value: &'v Value, texts: &mut Vec<&'v str>) {
    match value {
        Value::String(text) => texts.push(text),
        Value::StringArray(all) => texts.extend(all.iter().flatten().map(String::as_str)),
        Value::List(list) => list.iter().for_each(|element| add_texts(element, texts)),
        Value::Map(map) => {
            for (key, value) in map {
                texts.push(key);
                add_texts(value, texts);
            }
        }
        Value::Null
        | Value::Boolean(_)
        | Value::Long(_)
        | Value::Double(_)
        | Value::BooleanArray(_)
        | Value::LongArray(_)
        | Value::DoubleArray(_) => {}
    }
}
