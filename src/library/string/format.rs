//! `String.format`.

use super::charged::ChargedText;
use crate::diagnostic::Code;
use crate::library::bound::Bound;
use crate::library::declaration::{Accepts, Cost, Function, Parameter, fails, gives};
use crate::library::java::format::{Argument, Format, PrintError, format_max_bytes};
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::{Heap, Text};
use crate::machine::native::{Rest, native};
use crate::machine::prepared::Prepared;
use crate::machine::unread::Pace;
use crate::types::{Stored, Type};

const FORMAT: Function = Function::of_class("String", "format", Type::String, native!(format, Text, Rest<'_>)).bounded(Bound::Formatted)
    .takes_any_number(&[
        Parameter::of("format", Type::String, "the text, with a `%…` for each value").prepared(prepare),
        Parameter::accepting("values", Accepts::Anything, "the values, any number of them").tried_with(some_value),
    ])
    .costs(
        Cost::fixed(16)
            .and("a step for each 16 bytes of the format, 3 for each byte of a directive, 2 and a step for each 16 bytes of a text between them, 4 for each conversion, 1 for each piece, 8 for each value, 12 for each DOUBLE printed; a text is read for a step for each 16 bytes where it is cut or justified, each 4 where it is hashed, and as `toUpperCase` does; and the result's memory three times"),
    )
    .about(
        "A text with values in it, as `java.util.Formatter`: conversions `d x X o s S b B c C f e E g G h H a A n %`, and those of dates, `%tF`, of milliseconds in UTC, flags `- # + space 0 , (`, width, precision, `%2$s`, `%<s`. A LONG that fits into 32 bits is formatted as an `int`.",
        &[
            gives("String.format('%s/%02d', 'year', 7)", "\"year/07\""),
            gives("String.format('%,.2f', 1234567.891)", "\"1,234,567.89\""),
            fails("String.format('%d', 'x')", "E508"),
            fails("String.format('%z', 1)", "E407"),
        ],
    );

/// The one form of `String.format`.
pub(super) const FUNCTIONS: &[Function] = &[FORMAT, FORMAT.through(Type::String)];

/// A value that the fewest conversions refuse of those a type has: null, where it may be that.
fn some_value(context: &mut Context<'_>, ty: Type, before: &[Any]) -> Result<Any, Fault> {
    Ok(match ty.stored() {
        // `%c` takes 32 bits, and `%tF` more: which, the value decides.
        Stored::Long if may_print_dates(context, before) => Any::NULL,
        Stored::Boolean => Any::boolean(true),
        Stored::Long => Any::long(i64::from(b'A')),
        Stored::Double => Any::double(1.5),
        Stored::Elements(_) => Any::text(context.new_text("[]")?),
        Stored::Unknown | Stored::Nothing | Stored::Null | Stored::Text | Stored::Map | Stored::Object => Any::NULL,
    })
}

/// Whether a format may have a conversion of dates.
fn may_print_dates(context: &Context<'_>, before: &[Any]) -> bool {
    let texts = before.iter().filter(|value| value.ty == Type::String);
    let mut texts = texts.filter_map(|text| Text::from_bits(text.bits));
    let prepared = texts.find_map(|format| context.prepared_constant::<Format>(format));
    prepared.is_none_or(|format| format.has_dates())
}

/// The longest format that is checked at compile time, which reads it at once: longer than a program is by default.
const MAX_CHECKED_BYTES: usize = 16 * 1024;

/// Reads a constant format at compile time.
fn prepare(format: &str, capacity: usize) -> Result<Option<Prepared>, String> {
    if format.len() > MAX_CHECKED_BYTES {
        return Ok(None);
    }
    let parsed = Format::parse(format).map_err(|error| error.to_string())?;
    let bytes = size_of::<Format>() + parsed.heap_bytes();
    Ok((bytes <= capacity).then(|| Prepared::new(parsed, bytes)))
}

fn format(context: &mut Context<'_>, format: Text, values: Rest<'_>) -> Result<Text, Fault> {
    context.meter.charge_memory(values.iter().len() as u64 * 64)?;
    let mut printable = Vec::with_capacity(values.iter().len());
    for value in values.iter() {
        context.meter.charge_steps(8)?;
        printable.push(context.printable(value)?);
    }
    let prepared = context.prepared_constant::<Format>(format);
    let Context {
        heap,
        meter,
        text_buffer,
        ..
    } = context;
    let source = heap.texts.unread(format);
    meter.check_string_length(source.len() as u64)?;
    let source = source.whole(meter, Pace::Copy)?;
    meter.charge_memory(format_max_bytes(source.len()) as u64)?;
    let arguments: Vec<Argument<'_>> = printable.iter().map(|value| argument(heap, *value)).collect();
    let read;
    let parsed = match &prepared {
        Some(parsed) => {
            meter.charge_steps(parsed.steps())?;
            &**parsed
        }
        None => {
            let parsed = Format::parse_charged(source, |steps| meter.charge_steps(steps))?;
            read = parsed.map_err(|error| Fault::quoting(Code::InvalidFormat, error))?;
            &read
        }
    };
    let mut out = ChargedText::new(meter, text_buffer);
    parsed
        .print(source, &arguments, &mut out)
        .map_err(|error| match error {
            PrintError::Sink(fault) => fault,
            PrintError::Format(error) => match error.help() {
                Some(help) => Fault::quoting(Code::InvalidFormat, error).with_help(Code::InvalidFormat, help),
                None => Fault::quoting(Code::InvalidFormat, error),
            },
        })?;
    out.text.finish(context)
}

/// A value as the formatter takes it.
fn argument<'h>(heap: &'h Heap<'_>, value: Any) -> Argument<'h> {
    match (value.ty, Text::from_bits(value.bits)) {
        (Type::Boolean, _) => Argument::Boolean(value.as_boolean()),
        (Type::Long, _) => Argument::integer(value.as_long()),
        (Type::Double, _) => Argument::Double(value.as_double()),
        (Type::String, Some(text)) => Argument::Text(heap.texts.unread(text)),
        _ => Argument::Null,
    }
}
