//! Values as JSON text.

use crate::diagnostic::{Code, Message};
use crate::library::java::text::escape_of;
use crate::machine::any::Any;
use crate::machine::builder::TextBuilder;
use crate::machine::context::Context;
use crate::machine::double::push_double;
use crate::machine::fault::Fault;
use crate::machine::heap::Text;
use crate::machine::unread::Pace;
use crate::number_text::LongText;
use crate::types::{Stored, Type};

/// Charged for each value, and for each key of a map.
const VALUE_STEPS: u64 = 8;
const KEY_STEPS: u64 = 6;
/// Charged for each character that is escaped.
const ESCAPE_STEPS: u64 = 2;

/// A list or map that is being written, and the next thing in it.
#[derive(Clone, Copy, Debug)]
struct Open {
    value: Any,
    next: usize,
}

/// `Json.text(value)`. Lists and maps are walked with a stack of our own.
pub(super) fn text(context: &mut Context<'_>, value: Any) -> Result<Text, Fault> {
    let mut writer = Writer {
        out: TextBuilder::new(&mut context.text_buffer),
        context,
        open: Vec::new(),
        number: String::new(),
    };
    writer.value(value)?;
    while let Some(top) = writer.open.last_mut() {
        let Open { value, next } = *top;
        top.next += 1;
        match writer.child(value, next)? {
            Some(child) => writer.value(child)?,
            None => {
                writer.open.pop();
                writer.push(if value.ty == Type::Map { "}" } else { "]" })?;
            }
        }
    }
    let Writer { out, context, .. } = writer;
    out.finish(context)
}

struct Writer<'c, 'p> {
    context: &'c mut Context<'p>,
    out: TextBuilder,
    open: Vec<Open>,
    /// Where a DOUBLE is printed.
    number: String,
}

impl Writer<'_, '_> {
    fn push(&mut self, text: &str) -> Result<(), Fault> {
        self.out.push_str(&mut self.context.meter, text)
    }

    /// Writes a scalar, or opens a list or map.
    fn value(&mut self, value: Any) -> Result<(), Fault> {
        self.context.meter.charge_steps(VALUE_STEPS)?;
        match value.ty.stored() {
            _ if value.is_null() => self.push("null"),
            Stored::Boolean => self.push(if value.as_boolean() { "true" } else { "false" }),
            Stored::Long => self.push(LongText::new().of(value.as_long())),
            Stored::Double => self.double(value.as_double()),
            Stored::Text => match Text::from_bits(value.bits) {
                Some(text) => self.quoted(text),
                None => self.push("null"),
            },
            Stored::Map => {
                let Context { heap, meter, .. } = &mut *self.context;
                heap.own_map(meter, value.bits)?;
                self.open(value, "{")
            }
            Stored::Elements(_) => self.open(value, "["),
            Stored::Unknown | Stored::Nothing | Stored::Null | Stored::Object => {
                let message = Message::from("JSON has no ").words(value.ty.name());
                let help = "write its text or number, such as `date.toString('yyyy-MM-dd')`";
                Err(Fault::new(Code::TypeMismatch, message).with_help(Code::TypeMismatch, help))
            }
        }
    }

    fn open(&mut self, value: Any, with: &str) -> Result<(), Fault> {
        self.context.meter.check_value_nesting(self.open.len() as u64 + 1)?;
        self.open.push(Open { value, next: 0 });
        self.push(with)
    }

    /// The next element of an open list or map, behind its comma and, in a map, its key.
    fn child(&mut self, of: Any, index: usize) -> Result<Option<Any>, Fault> {
        let comma = if index == 0 { "" } else { "," };
        if of.ty == Type::Map {
            let Some((key, value)) = self.context.heap.map_entry(of.bits, index) else {
                return Ok(None);
            };
            self.context.meter.charge_steps(KEY_STEPS)?;
            self.push(comma)?;
            self.quoted(key)?;
            self.push(":")?;
            return Ok(Some(value));
        }
        let Context { heap, meter, .. } = &mut *self.context;
        if heap.length(of).is_none_or(|length| index >= length) {
            return Ok(None);
        }
        self.out.push_str(meter, comma)?;
        heap.element(meter, of, index as i64).transpose()
    }

    fn double(&mut self, value: f64) -> Result<(), Fault> {
        self.number.clear();
        push_double(&mut self.context.meter, &mut self.number, value)?;
        if !value.is_finite() {
            let message = Message::from("JSON has no number ").value(&self.number);
            return Err(Fault::new(Code::InvalidArgument, message));
        }
        self.out.push_str(&mut self.context.meter, &self.number)
    }

    /// Writes a text in quotes.
    fn quoted(&mut self, text: Text) -> Result<(), Fault> {
        self.push("\"")?;
        let Context { heap, meter, .. } = &mut *self.context;
        let mut rest = heap.texts.unread(text);
        while let Some(mut block) = rest.next(meter, Pace::Look)? {
            let is_escaped = |byte: u8| byte < b' ' || matches!(byte, b'"' | b'\\');
            while let Some(at) = block.bytes().position(is_escaped) {
                meter.charge_steps(ESCAPE_STEPS)?;
                let (plain, behind) = block.split_at(at);
                self.out.push_str(meter, plain)?;
                let byte = behind.as_bytes().first().copied().unwrap_or_default();
                let mut hexadecimal = [0; 6];
                self.out.push_str(meter, escape(byte, &mut hexadecimal))?;
                block = behind.get(1..).unwrap_or_default();
            }
            self.out.push_str(meter, block)?;
        }
        self.push("\"")
    }
}

/// The escape of a character below the space, a quote or a backslash.
fn escape(byte: u8, hexadecimal: &mut [u8; 6]) -> &str {
    if let Some(escape) = escape_of(byte) {
        return escape;
    }
    let digit = |value: u8| char::from_digit(u32::from(value & 15), 16).map_or(b'0', |digit| digit as u8);
    *hexadecimal = [b'\\', b'u', b'0', b'0', digit(byte >> 4), digit(byte)];
    std::str::from_utf8(hexadecimal).unwrap_or_default()
}
