//! The error of a conversion to or from a host's value: where in the value, and why; both bounded.

use std::fmt::{self, Write as _};

use serde::de::{Expected, Unexpected};

use crate::diagnostic::{escape_into, quote};
use crate::work::visit;

/// Where a path is cut.
const MAX_PATH_BYTES: usize = 200;

/// Where a message is cut, up to one escaped character later.
const MAX_MESSAGE_BYTES: usize = 600;

/// The longest key that a path shows as it is; longer ones are quoted, which cuts them.
const MAX_PLAIN_KEY_BYTES: usize = 40;

/// A host's value that could not be converted, with the place in it: `$.rows[3].id: …`.
///
/// The path starts at `$`, the whole value. Path and message together stay far below 1 KiB, whatever the value holds.
///
/// ```
/// use selvedge::Value;
/// let rows = serde_json::json!({"rows": [{"id": 1}, {"id": u64::MAX}]});
/// let error = Value::try_from(rows).unwrap_err();
/// assert_eq!(error.path(), "$.rows[1].id");
/// assert_eq!(error.to_string(), "$.rows[1].id: integer `18446744073709551615` does not fit in 64 bits");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {}", .0.path, .0.message)]
pub struct ValueError(Box<Fault>);

/// What an error holds, behind one pointer to keep results small.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Fault {
    path: String,
    message: String,
}

impl ValueError {
    /// An error at the root of a value.
    pub(crate) fn new(message: impl fmt::Display) -> Self {
        Self(Box::new(Fault {
            path: "$".to_owned(),
            message: bounded(message),
        }))
    }

    /// Counts a value that is read, unless the reading is to stop; whoever stopped it says why.
    pub(super) fn unless_stopped() -> Result<(), Self> {
        match visit(1) {
            true => Ok(()),
            false => Err(Self::new("reading was stopped")),
        }
    }

    /// An integer outside LONG.
    pub(crate) fn integer_range(integer: impl fmt::Display) -> Self {
        Self::new(format_args!(
            "integer {} does not fit in 64 bits",
            quote(&integer.to_string())
        ))
    }

    /// Bytes, which are not a text.
    pub(crate) fn no_bytes() -> Self {
        Self::new("the language has no bytes; give them as text")
    }

    /// A key of a map that is not a text.
    pub(crate) fn key_not_text(found: &str) -> Self {
        Self::new(format_args!("the keys of a map must be texts, found {found}"))
    }

    /// The path in the value, from its root `$`.
    ///
    /// ```
    /// let error = selvedge::Value::from(vec!["x"]).deserialize::<Vec<bool>>().unwrap_err();
    /// assert_eq!(error.path(), "$[0]");
    /// ```
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// The message: lower case, one line.
    ///
    /// ```
    /// let error = selvedge::Value::from("x").deserialize::<bool>().unwrap_err();
    /// assert_eq!(error.message(), "expected a boolean, found STRING `x`");
    /// ```
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The same error seen from the container that holds the faulty value under `key`.
    #[must_use]
    pub(crate) fn at_key(self, key: &str) -> Self {
        if is_plain(key) {
            self.below(&format!(".{key}"))
        } else {
            self.below(&format!(".{}", quote(key)))
        }
    }

    /// The same error seen from the container that holds the faulty value at `index`.
    #[must_use]
    pub(crate) fn at_index(self, index: usize) -> Self {
        self.below(&format!("[{index}]"))
    }

    fn below(mut self, segment: &str) -> Self {
        let rest = self.0.path.strip_prefix('$').unwrap_or_default();
        self.0.path = cut(format!("${segment}{rest}"));
        self
    }
}

impl serde::ser::Error for ValueError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(message)
    }
}

impl serde::de::Error for ValueError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(message)
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format_args!("expected {}, found {}", wanted(expected), given(&found)))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(found, expected)
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self::new(format_args!(
            "unknown variant {}, expected one of: {}",
            quote(variant),
            expected.join(", ")
        ))
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self::new(format_args!(
            "unknown field {}, expected one of: {}",
            quote(field),
            expected.join(", ")
        ))
    }
}

/// Whether a key can stand in a path unquoted.
fn is_plain(key: &str) -> bool {
    let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$' || byte == b'-';
    !key.is_empty() && key.len() <= MAX_PLAIN_KEY_BYTES && key.bytes().all(word)
}

/// What a host's type asks for, in the language's words: Rust's names of number types mean nothing to a tenant.
fn wanted(expected: &dyn Expected) -> String {
    let text = bounded(expected);
    match text.as_str() {
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" | "u8" | "u16" | "u32" | "u64" | "u128" | "usize" => {
            "an integer in range".to_owned()
        }
        "f32" | "f64" => "a number".to_owned(),
        "unit" => "null".to_owned(),
        struct_like if struct_like.starts_with("struct ") => "an object".to_owned(),
        _ => text,
    }
}

/// What was found instead, with at most 40 characters of it.
fn given(found: &Unexpected<'_>) -> String {
    match found {
        Unexpected::Bool(value) => format!("BOOLEAN `{value}`"),
        Unexpected::Signed(value) => format!("LONG `{value}`"),
        Unexpected::Unsigned(value) => format!("LONG `{value}`"),
        Unexpected::Float(value) => format!("DOUBLE `{value:?}`"),
        Unexpected::Str(value) => format!("STRING {}", quote(value)),
        Unexpected::Unit | Unexpected::Option => "null".to_owned(),
        Unexpected::Seq => "an array".to_owned(),
        Unexpected::Map => "a MAP".to_owned(),
        other => bounded(other),
    }
}

/// The text of `message`, escaped, and cut while it is written, so that a huge one is never built.
fn bounded(message: impl fmt::Display) -> String {
    let mut text = BoundedText(String::new());
    if write!(text, "{message}").is_err() {
        text.0.push('…');
    }
    text.0
}

/// Takes text until it is full; then refuses the rest, which ends the formatting.
struct BoundedText(String);

impl fmt::Write for BoundedText {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        piece.chars().try_for_each(|character| self.write_char(character))
    }

    fn write_char(&mut self, character: char) -> fmt::Result {
        if self.0.len() >= MAX_MESSAGE_BYTES {
            return Err(fmt::Error);
        }
        escape_into(&mut self.0, character.encode_utf8(&mut [0; 4]), 1);
        Ok(())
    }
}

/// The text, cut where it is longer than a path may be.
fn cut(mut text: String) -> String {
    if text.len() > MAX_PATH_BYTES {
        let starts = text.char_indices().map(|(start, _)| start);
        let end = starts.take_while(|start| *start <= MAX_PATH_BYTES).last().unwrap_or(0);
        text.truncate(end);
        text.push('…');
    }
    text
}
