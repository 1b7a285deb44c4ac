//! The class `String` and the methods of STRING values. Positions and lengths count UTF-16 units, as in Java.

mod format;
mod join;
mod methods;
mod pattern;

use super::declaration::Function;
use super::java::sink::Sink;
use crate::machine::builder::TextBuilder;
use crate::machine::fault::Fault;
use crate::machine::meter::Meter;

/// The functions of `String`, in parts.
pub(crate) const FUNCTIONS: &[&[Function]] = &[
    methods::FUNCTIONS,
    pattern::FUNCTIONS,
    format::FUNCTIONS,
    join::FUNCTIONS,
];

/// A string being made, each piece of which is charged a step, its work and its memory before it is taken.
pub(crate) struct ChargedText<'m> {
    pub(crate) meter: &'m mut Meter,
    pub(crate) text: TextBuilder,
}

impl<'m> ChargedText<'m> {
    pub(crate) fn new(meter: &'m mut Meter) -> Self {
        Self {
            meter,
            text: TextBuilder::new(),
        }
    }
}

impl Sink for ChargedText<'_> {
    type Error = Fault;

    fn write(&mut self, text: &str) -> Result<(), Fault> {
        self.meter.charge_steps(1)?;
        self.text.push_str(self.meter, text)
    }

    fn work(&mut self, bytes: usize) -> Result<(), Fault> {
        self.meter.charge_work(bytes)
    }

    fn pad(&mut self, filler: char, count: usize) -> Result<(), Fault> {
        self.meter.charge_steps(1)?;
        self.text.push_repeated(self.meter, filler, count)
    }
}
