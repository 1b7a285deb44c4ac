//! Dates, zones, formatters, properties and days as values of the machine.

use std::sync::Arc;

use std::any::Any as StdAny;

use crate::diagnostic::Code;
use crate::library::declaration::Parameter;
use crate::library::joda::limits::MAX_PATTERN_BYTES;
use crate::library::joda::{DateError, DateTime, Field, Formatter, Free, Pattern, Zone};
use crate::machine::any::Any;
use crate::machine::context::Context;
use crate::machine::fault::Fault;
use crate::machine::heap::{NULL_HANDLE, Object, Text};
use crate::machine::native::Handle;
use crate::machine::prepared::Prepared;
use crate::machine::unread::Pace;
use crate::types::Type;

/// The steps of date arithmetic: a look-up in the zone's rules, and back.
pub(super) const ARITHMETIC_STEPS: u32 = 40;
/// The steps of reading one field of a date.
pub(super) const FIELD_STEPS: u32 = 16;
/// The most bytes for each byte of a date pattern that its compiled form takes.
const PATTERN_BYTES: u64 = 96;

/// One field of a date: what Joda calls a `Property`.
#[derive(Clone, Debug)]
pub(super) struct Property {
    pub(super) date: DateTime,
    pub(super) field: Field,
}

/// A number of days.
#[derive(Clone, Copy, Debug)]
pub(super) struct Days(pub(super) i64);

impl Object for DateTime {
    fn ty(&self) -> Type {
        Type::DateTime
    }

    fn text(&self) -> String {
        let mut text = String::new();
        self.push_iso(&mut text);
        text
    }

    fn as_any(&self) -> &dyn StdAny {
        self
    }
}

impl Object for Zone {
    fn ty(&self) -> Type {
        Type::DateTimeZone
    }

    fn text(&self) -> String {
        let mut id = String::new();
        self.push_id(&mut id);
        id
    }

    fn as_any(&self) -> &dyn StdAny {
        self
    }
}

impl Object for Formatter {
    fn ty(&self) -> Type {
        Type::DateTimeFormatter
    }

    fn text(&self) -> String {
        "DateTimeFormatter".to_owned()
    }

    fn as_any(&self) -> &dyn StdAny {
        self
    }
}

impl Object for Property {
    fn ty(&self) -> Type {
        Type::DateTimeProperty
    }

    /// Source: `AbstractReadableInstantFieldProperty.toString`.
    fn text(&self) -> String {
        format!("Property[{}]", self.field.name())
    }

    fn as_any(&self) -> &dyn StdAny {
        self
    }
}

impl Object for Days {
    fn ty(&self) -> Type {
        Type::Days
    }

    /// Source: `Days.toString`.
    fn text(&self) -> String {
        format!("P{}D", self.0)
    }

    fn as_any(&self) -> &dyn StdAny {
        self
    }
}

/// The object that an argument holds.
pub(super) fn object<'c, T: Object + 'static>(
    context: &'c Context<'_>,
    handle: Handle,
    what: &'static str,
) -> Result<&'c T, Fault> {
    let object = context.heap.object(handle.0);
    let known = object.and_then(|object| object.as_any().downcast_ref::<T>());
    known.ok_or_else(|| Fault::null(what))
}

/// The date that an argument holds.
pub(super) fn date<'c>(context: &'c Context<'_>, handle: Handle) -> Result<&'c DateTime, Fault> {
    object(context, handle, "the DATETIME")
}

/// The zone that an argument holds.
pub(super) fn zone<'c>(context: &'c Context<'_>, handle: Handle) -> Result<&'c Zone, Fault> {
    object(context, handle, "the DATETIME_ZONE")
}

/// The zone that an argument holds; UTC, the default, where it is null.
pub(super) fn zone_or_utc(context: &Context<'_>, handle: Handle) -> Result<Zone, Fault> {
    match handle.0 {
        NULL_HANDLE => Ok(Zone::UTC),
        _ => zone(context, handle).cloned(),
    }
}

impl From<DateError> for Fault {
    #[cold]
    fn from(error: DateError) -> Self {
        let code = match error {
            DateError::ZeroStep => Code::InvalidArgument,
            _ => Code::InvalidDate,
        };
        let is_formed =
            matches!(&error, DateError::Unparsed { reason, .. } if matches!(**reason, DateError::FieldRange { .. }));
        let fault = Self::quoting(code, error);
        match is_formed {
            true => fault.with_help(
                code,
                "the text has the right form, and the calendar no such date or time",
            ),
            false => fault,
        }
    }
}

/// A new value of the machine.
pub(super) fn give(context: &mut Context<'_>, object: impl Object + 'static) -> Result<Any, Fault> {
    context.heap.new_object(&mut context.meter, Arc::new(object))
}

/// A date of which every field has its greatest range, for calls that are tried before the run: the 31st of January in a
/// leap year of 53 weeks, in UTC.
pub(super) fn widest_date(context: &mut Context<'_>, _: Type, _: &[Any]) -> Result<Any, Fault> {
    const MILLIS: i64 = 1_580_428_800_000;
    give(context, DateTime::new(MILLIS, Zone::UTC))
}

/// The number 0, for calls that are tried before the run.
pub(super) fn zero(_: &mut Context<'_>, _: Type, _: &[Any]) -> Result<Any, Fault> {
    Ok(Any::long(0))
}

/// The number 1, for calls that are tried before the run.
pub(super) fn one(_: &mut Context<'_>, _: Type, _: &[Any]) -> Result<Any, Fault> {
    Ok(Any::long(1))
}

/// A result of the date engine as a new value.
pub(super) fn give_date(context: &mut Context<'_>, date: Result<DateTime, DateError>) -> Result<Any, Fault> {
    give(context, date?)
}

/// The zone of an id: prepared, found earlier in the run, or looked up and charged.
pub(super) fn zone_of(context: &mut Context<'_>, id: Text) -> Result<Zone, Fault> {
    if let Some(zone) = context.prepared::<Zone>(id) {
        return Ok(zone.as_ref().clone());
    }
    let Context { heap, meter, .. } = context;
    let name = heap.texts.unread(id).whole(meter, Pace::Copy)?;
    let zone = Zone::for_id(meter, name)?;
    if zone.heap_bytes() > 0 {
        context.keep_prepared(id, zone.clone());
    }
    Ok(zone)
}

/// Looks a constant zone id up at compile time.
pub(super) fn prepare_zone(id: &str, capacity: usize) -> Result<Option<Prepared>, String> {
    if capacity == 0 {
        return Ok(None);
    }
    let zone = Zone::for_id(&mut Free, id).map_err(|error| error.to_string())?;
    let bytes = zone.heap_bytes();
    Ok((bytes <= capacity).then(|| Prepared::new(zone, bytes)))
}

/// The pattern of a text: prepared, compiled earlier in the run, or compiled and charged.
pub(super) fn pattern_of(context: &mut Context<'_>, source: Text) -> Result<Pattern, Fault> {
    if let Some(pattern) = context.prepared::<Pattern>(source) {
        return Ok(pattern.as_ref().clone());
    }
    let Context { heap, meter, .. } = context;
    let text = heap.texts.unread(source);
    // One that is longer is refused unread.
    let length = text.len().min(MAX_PATTERN_BYTES) as u64;
    meter.charge_steps(32 + 3 * length)?;
    meter.charge_memory(256 + PATTERN_BYTES * length)?;
    let pattern = Pattern::compile(text.whole(meter, Pace::Copy)?)?;
    context.keep_prepared(source, pattern.clone());
    Ok(pattern)
}

/// A pattern, which is compiled at compile time where it is constant.
pub(super) const PATTERN: Parameter =
    Parameter::of("pattern", Type::String, "a pattern of `DateTimeFormat`").prepared(prepare_pattern);

/// Compiles a constant pattern at compile time.
pub(super) fn prepare_pattern(source: &str, capacity: usize) -> Result<Option<Prepared>, String> {
    let pattern = Pattern::compile(source).map_err(|error| error.to_string())?;
    let bytes = pattern.heap_bytes();
    Ok((bytes <= capacity).then(|| Prepared::new(pattern, bytes)))
}

/// A date printed by a formatter, charged by what the pattern can make.
pub(super) fn print(context: &mut Context<'_>, formatter: &Formatter, date: &DateTime) -> Result<Text, Fault> {
    let most = formatter.pattern().max_printed_bytes();
    context.meter.charge_memory(2 * most as u64)?;
    let mut text = String::with_capacity(most);
    formatter.print(&mut context.meter, date, &mut text)?;
    context.new_text(&text)
}
