//! Binds parameters given by name to a program's slots, and makes values of the declared types where that loses nothing.

use crate::inputs::Inputs;
use crate::machine::fault::Fault;
use crate::machine::input::Input;
use crate::machine::meter::Meter;
use crate::types::Type;
use crate::value::{CONVERTED_BYTES, CONVERTED_STEPS, Value};

/// Parameters whose table the slack of an evaluation's memory covers.
const FREE_PARAMETERS: usize = 128;
/// Steps charged for each parameter, where there are more than that: its name is looked up.
const PARAMETER_STEPS: u64 = 8;

/// The values that were made for slots whose declared type is not that of the value given.
#[derive(Debug, Default)]
pub(crate) struct Converted(Vec<(usize, Value)>);

impl Converted {
    /// The value given for each slot, whose name is looked up once, and the values that have to be made of them, charged before they are
    /// made. What cannot be converted is left as it is: the program says so where it reads it.
    ///
    /// # Errors
    ///
    /// When a budget does not allow it.
    pub(crate) fn new<'v, 'n>(
        declared: impl ExactSizeIterator<Item = (&'n str, Type)> + Clone,
        inputs: &'v Inputs,
        meter: &mut Meter,
    ) -> Result<(Vec<Input<'v>>, Self), Fault> {
        if declared.len() > FREE_PARAMETERS {
            meter.charge_steps(declared.len() as u64 * PARAMETER_STEPS)?;
            meter.charge_memory((declared.len() * size_of::<Input<'_>>()) as u64)?;
        }
        let value = |name| inputs.as_map().get(name).map_or(Input::Absent, Input::Value);
        let given: Vec<Input<'v>> = declared.clone().map(|(name, _)| value(name)).collect();
        let mut made = Vec::new();
        for (slot, (input, (_, ty))) in given.iter().zip(declared).enumerate() {
            let Input::Value(value) = input else { continue };
            if !value.may_become(ty) {
                continue;
            }
            meter.charge_memory(value.element_count() as u64 * CONVERTED_BYTES)?;
            let converted = value.to_type_charged(ty, |elements, text_bytes| {
                meter.charge_steps(elements as u64 * CONVERTED_STEPS)?;
                meter.charge_work(text_bytes)?;
                meter.charge_memory(text_bytes as u64)
            });
            if let Ok(value) = converted? {
                made.push((slot, value));
            }
        }
        Ok((given, Self(made)))
    }

    /// The values given, with those that were made in their places.
    pub(crate) fn over<'v>(&'v self, mut given: Vec<Input<'v>>) -> Vec<Input<'v>> {
        for (slot, value) in &self.0 {
            if let Some(place) = given.get_mut(*slot) {
                *place = Input::Value(value);
            }
        }
        given
    }
}
