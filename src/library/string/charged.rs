//! A text being made by a function, charged piece by piece.

use crate::library::java::sink::Sink;
use crate::machine::builder::TextBuilder;
use crate::machine::charge::Charge;
use crate::machine::fault::Fault;
use crate::machine::meter::Meter;
use crate::machine::unread::Unread;

/// A string being made, each piece of which is charged a step, its work and its memory before it is taken.
pub(crate) struct ChargedText<'m> {
    pub(crate) meter: &'m mut Meter,
    pub(crate) text: TextBuilder,
    piece_steps: u64,
}

impl<'m> ChargedText<'m> {
    pub(crate) fn new(meter: &'m mut Meter, text_buffer: &mut String) -> Self {
        Self::with_piece_steps(meter, text_buffer, 1)
    }

    /// The same, where each piece takes so many steps.
    pub(crate) fn with_piece_steps(meter: &'m mut Meter, text_buffer: &mut String, piece_steps: u64) -> Self {
        Self {
            meter,
            text: TextBuilder::new(text_buffer),
            piece_steps,
        }
    }
}

impl Charge for ChargedText<'_> {
    type Error = Fault;

    fn steps(&mut self, steps: u64) -> Result<(), Fault> {
        self.meter.charge_steps(steps)
    }

    fn memory(&mut self, bytes: u64) -> Result<(), Fault> {
        self.meter.charge_memory(bytes)
    }
}

impl Sink for ChargedText<'_> {
    fn write(&mut self, text: &str) -> Result<(), Fault> {
        self.meter.charge_steps(self.piece_steps)?;
        self.text.push_str(self.meter, text)
    }

    fn copy(&mut self, text: Unread<'_>) -> Result<(), Fault> {
        self.meter.charge_steps(self.piece_steps)?;
        self.text.copy(self.meter, text)
    }

    fn announce(&mut self, bytes: usize) -> Result<(), Fault> {
        let length = self.text.length().saturating_add(bytes);
        self.meter.check_string_length(length as u64)
    }

    fn pad(&mut self, filler: char, count: usize) -> Result<(), Fault> {
        self.meter.charge_steps(1)?;
        self.text.push_repeated(self.meter, filler, count)
    }
}
