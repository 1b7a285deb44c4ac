//! Concatenation: the texts of scalars and strings, joined.

use super::any::Any;
use super::code::{ConcatPart, PartSource};
use super::context::Context;
use super::fault::Fault;
use super::registers::Registers;
use super::text::Text;
use crate::number_text;
use crate::types::Type;

/// Concatenations of up to this many parts gather their values on the stack.
const PARTS_ON_STACK: usize = 8;
/// Concatenations of up to this many parts are within the slack.
const FREE_PARTS: usize = 16;
/// Charged for each part of a longer concatenation: its value, and its text where it is a number, while the buffer grows.
const PART_BYTES: u64 = 112;

impl Context<'_> {
    /// The texts of the parts, which are in registers or in the program, joined.
    pub(crate) fn concat_parts<R: Registers>(&mut self, registers: &R, parts: &[ConcatPart]) -> Result<Text, Fault> {
        if let [first, second] = parts
            && let Some(first) = string_of(part_value(registers, *first))
        {
            let second = part_value(registers, *second);
            if second.ty == Type::Long {
                return self.concat_long(first, second.as_long());
            }
            if let Some(second) = string_of(second) {
                return self.concat_two(first, second);
            }
        }
        self.charge_parts(parts.len())?;
        let values = parts.iter().map(|part| part_value(registers, *part));
        if parts.len() > PARTS_ON_STACK {
            return self.concat(&values.collect::<Vec<Any>>());
        }
        let mut gathered = [Any::NULL; PARTS_ON_STACK];
        for (place, value) in gathered.iter_mut().zip(values) {
            *place = value;
        }
        self.concat(gathered.get(..parts.len()).unwrap_or_default())
    }

    /// A string and a LONG joined, as in `'k' + i`, which loops that make keys are full of. Printed before its length is known
    /// rather than after, and without a list of parts, it takes half as long.
    fn concat_long(&mut self, text: Text, number: i64) -> Result<Text, Fault> {
        let Self { heap, meter, .. } = self;
        let mut printed = number_text::LongText::new();
        let printed = printed.of(number);
        let length = heap.texts.length(text) + printed.len();
        let open = heap.texts.begin(meter, Some(text), length)?;
        heap.texts.append_str(open, printed);
        heap.texts.finish(meter, open)
    }

    /// Two strings joined, which is what most programs do in loops.
    fn concat_two(&mut self, first: Text, second: Text) -> Result<Text, Fault> {
        let Self { heap, meter, .. } = self;
        let length = heap.texts.length(first) + heap.texts.length(second);
        let open = heap.texts.begin(meter, Some(first), length)?;
        heap.texts.append(open, second);
        heap.texts.finish(meter, open)
    }

    /// Charges what many parts take while they are joined.
    pub(crate) fn charge_parts(&mut self, parts: usize) -> Result<(), Fault> {
        match parts {
            0..=FREE_PARTS => Ok(()),
            many => self.meter.charge_memory(many as u64 * PART_BYTES),
        }
    }

    /// The texts of scalars and strings, joined. The string is charged as a whole before it is made.
    pub(crate) fn concat(&mut self, parts: &[Any]) -> Result<Text, Fault> {
        let Self {
            heap, meter, scratch, ..
        } = self;
        scratch.clear();
        let mut length = 0_usize;
        for &part in parts {
            length = length.saturating_add(match string_of(part) {
                Some(text) => heap.texts.length(text),
                None => scratch.length(meter, part)?,
            });
        }
        let first = parts.first().copied().and_then(string_of);
        let rest = parts.get(usize::from(first.is_some())..).unwrap_or_default();
        let open = heap.texts.begin(meter, first, length)?;
        let mut printed = 0;
        for &part in rest {
            match string_of(part) {
                Some(text) => heap.texts.append(open, text),
                None => scratch.append(part, &mut printed, |text| heap.texts.append_str(open, text)),
            }
        }
        heap.texts.finish(meter, open)
    }
}

/// The value of a part.
#[inline]
fn part_value<R: Registers>(registers: &R, part: ConcatPart) -> Any {
    match part.source {
        PartSource::Constant(bits) => Any::new(part.ty, bits),
        PartSource::Register(register) if part.ty == Type::Any => {
            Any::from_registers(registers.at(register), registers.at(register + 1))
        }
        PartSource::Register(register) => Any::new(part.ty, registers.at(register)),
    }
}

/// The string that a value is; none for null and for other types.
#[inline]
fn string_of(part: Any) -> Option<Text> {
    match part.ty {
        Type::String => Text::from_bits(part.bits),
        _ => None,
    }
}
