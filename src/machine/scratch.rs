//! The texts of scalars, printed to be joined.

use super::any::Any;
use super::double::push_double;
use super::fault::Fault;
use super::meter::Meter;
use crate::number_text;
use crate::types::Stored;

/// The texts of doubles while they are being joined, whose length is not known before; kept for the next time.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    text: String,
}

impl Scratch {
    pub(super) fn clear(&mut self) {
        self.text.clear();
    }

    /// The text of a scalar that is no string, alone.
    pub(super) fn print(&mut self, meter: &mut Meter, value: Any) -> Result<&str, Fault> {
        self.text.clear();
        match value.ty.stored() {
            Stored::Long => self.text.push_str(number_text::LongText::new().of(value.as_long())),
            Stored::Double => push_double(meter, &mut self.text, value.as_double())?,
            Stored::Boolean => self.text.push_str(boolean_text(value.as_boolean())),
            Stored::Null
            | Stored::Unknown
            | Stored::Nothing
            | Stored::Text
            | Stored::Elements(_)
            | Stored::Map
            | Stored::Object => self.text.push_str("null"),
        }
        Ok(&self.text)
    }

    /// The length of the text of a scalar that is no string. A double is printed for that, once.
    pub(super) fn length(&mut self, meter: &mut Meter, value: Any) -> Result<usize, Fault> {
        Ok(match value.ty.stored() {
            Stored::Long => number_text::long_length(value.as_long()),
            Stored::Double => {
                let start = self.text.len();
                push_double(meter, &mut self.text, value.as_double())?;
                // Each text is led by its length, which no double's passes.
                let length = self.text.len() - start;
                self.text.insert(start, char::from(length as u8));
                length
            }
            Stored::Boolean => boolean_text(value.as_boolean()).len(),
            Stored::Null
            | Stored::Unknown
            | Stored::Nothing
            | Stored::Text
            | Stored::Elements(_)
            | Stored::Map
            | Stored::Object => "null".len(),
        })
    }

    /// Appends the text of a scalar that is no string; doubles in the order in which they were printed, from `printed` on.
    pub(super) fn append(&self, value: Any, printed: &mut usize, mut append: impl FnMut(&str)) {
        match value.ty.stored() {
            Stored::Long => append(number_text::LongText::new().of(value.as_long())),
            Stored::Double => {
                let length = self.text.as_bytes().get(*printed).copied().map_or(0, usize::from);
                append(self.text.get(*printed + 1..*printed + 1 + length).unwrap_or(""));
                *printed += 1 + length;
            }
            Stored::Boolean => append(boolean_text(value.as_boolean())),
            Stored::Null
            | Stored::Unknown
            | Stored::Nothing
            | Stored::Text
            | Stored::Elements(_)
            | Stored::Map
            | Stored::Object => append("null"),
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
