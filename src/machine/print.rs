//! The text of arrays, lists, maps and objects, as Java prints them: `[1, 2]`, `{a=1, b=2}`.

use super::any::Any;
use super::builder::TextBuilder;
use super::context::Context;
use super::fault::Fault;
use super::heap::Text;
use crate::types::{Stored, Type};

/// Charged for each value that is printed in pieces.
const PRINT_STEPS: u64 = 8;
/// Charged for each element of a container, and for each key of a map.
const ELEMENT_STEPS: u64 = 6;

/// A container that is being printed, and the next thing in it.
#[derive(Clone, Copy, Debug)]
struct Open {
    value: Any,
    next: usize,
}

impl Context<'_> {
    /// The text of any value. Containers are walked with a stack of our own.
    pub(crate) fn print(&mut self, value: Any) -> Result<Text, Fault> {
        self.meter.charge_steps(PRINT_STEPS)?;
        let mut out = TextBuilder::new(&mut self.text_buffer);
        let mut open: Vec<Open> = Vec::new();
        self.print_start(&mut out, &mut open, value)?;
        while let Some(top) = open.last_mut() {
            let Open { value, next } = *top;
            top.next += 1;
            self.meter.charge_steps(ELEMENT_STEPS)?;
            match self.child(&mut out, value, next)? {
                Some(child) => self.print_start(&mut out, &mut open, child)?,
                None => {
                    open.pop();
                    let close = if value.ty == Type::Map { "}" } else { "]" };
                    out.push_str(&mut self.meter, close)?;
                }
            }
        }
        out.finish(self)
    }

    /// Prints a scalar whole, or opens a container.
    fn print_start(&mut self, out: &mut TextBuilder, open: &mut Vec<Open>, value: Any) -> Result<(), Fault> {
        let object;
        let text = match value.ty.stored() {
            _ if value.is_null() => "null",
            Stored::Long | Stored::Double | Stored::Boolean => self.scratch.print(&mut self.meter, value)?,
            Stored::Text => Text::from_bits(value.bits).map_or("null", |text| self.heap.texts.get(text)),
            Stored::Map => {
                self.heap.own_map(&mut self.meter, value.bits)?;
                self.open(open, value)?;
                "{"
            }
            Stored::Elements(_) => {
                self.open(open, value)?;
                "["
            }
            Stored::Unknown | Stored::Nothing | Stored::Null | Stored::Object => {
                object = self.heap.object_text(&mut self.meter, value.bits)?;
                &object
            }
        };
        out.push_str(&mut self.meter, text)
    }

    fn open(&mut self, open: &mut Vec<Open>, value: Any) -> Result<(), Fault> {
        self.meter.check_value_nesting(open.len() as u64 + 1)?;
        open.push(Open { value, next: 0 });
        Ok(())
    }

    /// The next element of an open container, after its separator and, in a map, its key.
    fn child(&mut self, out: &mut TextBuilder, container: Any, index: usize) -> Result<Option<Any>, Fault> {
        let separator = if index == 0 { "" } else { ", " };
        if container.ty == Type::Map {
            let Some((key, value)) = self.heap.map_entry(container.bits, index) else {
                return Ok(None);
            };
            self.meter.charge_steps(ELEMENT_STEPS)?;
            out.push_str(&mut self.meter, separator)?;
            out.push_str(&mut self.meter, self.heap.texts.get(key))?;
            out.push_str(&mut self.meter, "=")?;
            return Ok(Some(value));
        }
        if self.heap.length(container).is_none_or(|length| index >= length) {
            return Ok(None);
        }
        out.push_str(&mut self.meter, separator)?;
        self.heap.element(&mut self.meter, container, index as i64).transpose()
    }
}
