//! An error's message as parts: words of this crate, names of the source, limits of the host, and values of the tenant. A host
//! that wants no values gets the message without them, whoever wrote it.

use std::fmt::{Display, Write as _};
use std::ops::Range;

use super::Code;
use super::escape::{escape_within, quote};

/// The most bytes of a message's text: with place and code, or a line of the source, it stays within 1 KiB.
const MAX_MESSAGE_BYTES: usize = 768;

/// A message made of parts.
///
/// Text that is not a constant enters as what it is: [`Message::name`], [`Message::limit`], or a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Message {
    text: String,
    /// The parts of the text that are values of the tenant.
    values: Vec<Range<usize>>,
}

impl Message {
    /// A message that starts with a value of the tenant.
    pub(crate) fn of_value(value: impl Display) -> Self {
        Self::default().value(value)
    }

    /// Appends words of this crate.
    #[must_use]
    pub(crate) fn words(mut self, words: &'static str) -> Self {
        self.text.push_str(words);
        self
    }

    /// Appends a name that stands in the source, the schema or the host's registry, in backticks.
    #[must_use]
    pub(crate) fn name(mut self, name: &str) -> Self {
        self.text.push_str(&quote(name));
        self
    }

    /// Appends a number that the host or this crate set.
    #[must_use]
    pub(crate) fn limit(mut self, limit: u64) -> Self {
        // A `String` never refuses.
        let _ = write!(self.text, "{limit}");
        self
    }

    /// Appends a number or text that came of the tenant's values: whoever appends text has quoted it.
    #[must_use]
    pub(crate) fn value(mut self, value: impl Display) -> Self {
        let start = self.text.len();
        let _ = write!(self.text, "{value}");
        self.values.push(start..self.text.len());
        self
    }

    /// Appends a text of the tenant's in backticks.
    #[must_use]
    pub(crate) fn quoted(self, text: &str) -> Self {
        self.value(quote(text))
    }

    /// Appends another message.
    #[cfg(feature = "params")]
    #[must_use]
    pub(crate) fn then(mut self, other: Self) -> Self {
        let start = self.text.len();
        self.text.push_str(&other.text);
        let values = other
            .values
            .into_iter()
            .map(|value| start + value.start..start + value.end);
        self.values.extend(values);
        self
    }

    /// Returns the message on one bounded line; with `…` in place of each value where values are not to be quoted, and the
    /// code's own sentence where nothing else would be left.
    pub(crate) fn text(&self, code: Code, quote_values: bool) -> String {
        if quote_values || self.values.is_empty() {
            return bounded(&self.text);
        }
        let mut kept = String::new();
        let mut from = 0;
        let mut has_words = false;
        for value in &self.values {
            let words = self.text.get(from..value.start).unwrap_or_default();
            has_words |= !words.is_empty();
            kept.push_str(words);
            kept.push('…');
            from = value.end;
        }
        let words = self.text.get(from..).unwrap_or_default();
        kept.push_str(words);
        match has_words || !words.is_empty() {
            true => bounded(&kept),
            false => code.sentence(),
        }
    }
}

impl From<&'static str> for Message {
    fn from(words: &'static str) -> Self {
        Self::default().words(words)
    }
}

/// The text escaped, on one line, within [`MAX_MESSAGE_BYTES`].
fn bounded(text: &str) -> String {
    let mut bounded = String::with_capacity(text.len().min(MAX_MESSAGE_BYTES));
    escape_within(&mut bounded, text, usize::MAX, MAX_MESSAGE_BYTES);
    bounded
}

#[cfg(test)]
mod tests {
    use super::{Code, MAX_MESSAGE_BYTES, Message};

    #[test]
    fn values_are_left_out_where_they_are_not_to_be_quoted() {
        let message = Message::from("index ")
            .value(7)
            .words(" of ")
            .quoted("card")
            .words(" at ")
            .name("x");
        assert_eq!(message.text(Code::IndexOutOfRange, true), "index 7 of `card` at `x`");
        assert_eq!(message.text(Code::IndexOutOfRange, false), "index … of … at `x`");
    }

    #[test]
    fn a_message_of_a_value_alone_becomes_the_sentence_of_its_code() {
        let message = Message::of_value("4111");
        assert_eq!(message.text(Code::DivisionByZero, true), "4111");
        assert_eq!(message.text(Code::DivisionByZero, false), "a LONG was divided by zero");
    }

    #[test]
    fn a_message_is_one_bounded_line() {
        let long = Message::of_value("\n\u{202e}".repeat(10_000)).text(Code::Thrown, true);
        assert!(long.len() <= MAX_MESSAGE_BYTES && long.starts_with("\\n\\u{202e}") && long.ends_with('…'));
    }
}
