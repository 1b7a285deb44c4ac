//! Numbers as Java writes and reads them, without allocation.

mod decimal;
mod double;
mod parse;
mod read;
mod round;

pub(crate) use decimal::Decimal;
pub(crate) use double::{MAX_DOUBLE_TEXT, double_to_long, write_double};
pub(crate) use parse::{parse_double, parse_long};
pub(crate) use read::read_decimal;
pub(crate) use round::round_decimal;

/// The text of a LONG, held on the stack.
pub(crate) struct LongText(itoa::Buffer);

impl LongText {
    /// An empty buffer, to be used for any number of texts.
    pub(crate) fn new() -> Self {
        Self(itoa::Buffer::new())
    }

    /// The decimal text of the value, as `Long.toString` gives it.
    pub(crate) fn of(&mut self, value: i64) -> &str {
        self.0.format(value)
    }
}

/// The length of a LONG's decimal text.
pub(crate) fn long_length(value: i64) -> usize {
    let digits = value.unsigned_abs().checked_ilog10().unwrap_or_default() as usize + 1;
    digits + usize::from(value < 0)
}

/// Appends the text of a DOUBLE, as `Double.toString` gives it.
pub(crate) fn push_double(out: &mut String, value: f64) {
    out.reserve(MAX_DOUBLE_TEXT);
    // A `String` never refuses.
    let _ = write_double(value, out);
}

#[cfg(test)]
mod tests {
    use super::LongText;

    #[test]
    fn the_text_of_a_long_is_its_decimal_digits() {
        for value in [0, 1, -1, 42, i64::MAX, i64::MIN] {
            assert_eq!(LongText::new().of(value), value.to_string());
        }
    }
}
