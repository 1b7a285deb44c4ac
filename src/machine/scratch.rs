//! The texts of scalars, printed to be joined.

use super::any::Any;
use super::double::push_double;
use super::fault::Fault;
use super::meter::Meter;
use crate::number_text;
use crate::types::Stored;

/// A scalar that is not a string, as far as its text goes.
enum Scalar {
    Long(i64),
    Double(f64),
    /// A text that is known.
    Word(&'static str),
}

impl Scalar {
    #[inline(always)]
    fn of(value: Any) -> Self {
        match value.ty.stored() {
            Stored::Long => Self::Long(value.as_long()),
            Stored::Double => Self::Double(value.as_double()),
            Stored::Boolean => Self::Word(boolean_text(value.as_boolean())),
            Stored::Null
            | Stored::Unknown
            | Stored::Nothing
            | Stored::Text
            | Stored::Elements(_)
            | Stored::Map
            | Stored::Object => Self::Word("null"),
        }
    }
}

/// The texts of doubles while they are being joined, whose length is not known before; kept for the next time.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    text: String,
}

impl Scratch {
    pub(super) fn clear(&mut self) {
        self.text.clear();
    }

    /// The text of a scalar that is not a string, alone.
    pub(super) fn print(&mut self, meter: &mut Meter, value: Any) -> Result<&str, Fault> {
        self.text.clear();
        match Scalar::of(value) {
            Scalar::Long(value) => self.text.push_str(number_text::LongText::new().of(value)),
            Scalar::Double(value) => push_double(meter, &mut self.text, value)?,
            Scalar::Word(word) => self.text.push_str(word),
        }
        Ok(&self.text)
    }

    /// The length of the text of a scalar that is not a string. A double is printed for that, once.
    pub(super) fn length(&mut self, meter: &mut Meter, value: Any) -> Result<usize, Fault> {
        Ok(match Scalar::of(value) {
            Scalar::Long(value) => number_text::long_length(value),
            Scalar::Double(value) => {
                let start = self.text.len();
                push_double(meter, &mut self.text, value)?;
                // Each text is led by its length, which no double's passes.
                let length = self.text.len() - start;
                self.text.insert(start, char::from(length as u8));
                length
            }
            Scalar::Word(word) => word.len(),
        })
    }

    /// Appends the text of a scalar that is not a string; doubles in the order in which they were printed, from `printed` on.
    pub(super) fn append(&self, value: Any, printed: &mut usize, mut append: impl FnMut(&str)) {
        match Scalar::of(value) {
            Scalar::Long(value) => append(number_text::LongText::new().of(value)),
            Scalar::Double(_) => {
                let length = self.text.as_bytes().get(*printed).copied().map_or(0, usize::from);
                append(self.text.get(*printed + 1..*printed + 1 + length).unwrap_or(""));
                *printed += 1 + length;
            }
            Scalar::Word(word) => append(word),
        }
    }
}

/// A BOOLEAN's text.
pub(crate) const fn boolean_text(value: bool) -> &'static str {
    match value {
        true => "true",
        false => "false",
    }
}
