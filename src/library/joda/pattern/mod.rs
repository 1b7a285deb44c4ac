//! Date patterns such as `yyyy-MM-dd`: compiled once, then printed and parsed with.
//!
//! Rules: Joda-Time's `DateTimeFormat.forPattern` and the elements of its `DateTimeFormatterBuilder`. [`compile`]
//! makes elements of the letters, [`write`] prints them, [`read`] parses them.

mod compile;
mod element;
mod read;
mod write;

use std::sync::Arc;

use super::bucket::{Bucket, Resolved, bytes_of};
use super::charge::Charge;
use super::datetime::DateTime;
use super::error::DateError;
use super::zone::Zone;
use element::{Element, Elements};

/// A compiled pattern. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Pattern(Arc<Compiled>);

#[derive(Debug)]
struct Compiled {
    elements: Elements,
    max_printed_bytes: usize,
    /// The steps that printing and reading are charged for, all elements together.
    print_steps: u64,
    read_steps: u64,
    /// Whether an element cannot be read.
    is_print_only: bool,
}

impl Pattern {
    /// Compiles a pattern.
    pub(crate) fn compile(source: &str) -> Result<Self, DateError> {
        let elements = compile::elements(source)?;
        let each = || elements.list.iter();
        let read = each().map(|element| element.read_steps() + element.set_steps());
        Ok(Self(Arc::new(Compiled {
            max_printed_bytes: each().map(Element::max_printed_bytes).sum(),
            print_steps: each().map(Element::print_steps).sum(),
            read_steps: read.sum(),
            is_print_only: elements.list.contains(&Element::ZoneName { long: true }),
            elements,
        })))
    }

    /// The most bytes a date can take when printed, known from the pattern alone.
    pub(crate) fn max_printed_bytes(&self) -> usize {
        self.0.max_printed_bytes
    }

    /// The steps that the elements are charged for when a date is printed.
    pub(crate) fn print_steps(&self) -> u64 {
        self.0.print_steps
    }

    /// The most steps that the elements are charged for when a text is read, without those of finding a zone.
    pub(crate) fn read_steps(&self) -> u64 {
        self.0.read_steps
    }

    /// The bytes that are charged for the fields of a text that is read.
    pub(crate) fn read_bytes(&self) -> u64 {
        bytes_of(self.0.elements.list.len())
    }

    /// Whether a text that is read may name a zone by its id.
    pub(crate) fn names_zone(&self) -> bool {
        self.0.elements.list.contains(&Element::ZoneId)
    }

    /// The bytes the compiled pattern holds on the heap.
    pub(crate) fn heap_bytes(&self) -> usize {
        let Elements { list, literals } = &self.0.elements;
        size_of::<Compiled>() + size_of_val(&**list) + literals.len()
    }

    /// Appends an instant as the pattern has it.
    pub(crate) fn print<C: Charge>(
        &self,
        charge: &mut C,
        instant: i64,
        zone: &Zone,
        out: &mut String,
    ) -> Result<(), C::Error> {
        write::write(charge, &self.0.elements, instant, zone, out)
    }

    /// The instant of a text, read in the zone that it names, or else in `zone`.
    fn parse<C: Charge>(&self, charge: &mut C, text: &str, zone: &Zone) -> Result<Resolved, C::Error> {
        if self.0.is_print_only {
            return Err(DateError::PrintOnly.into());
        }
        let mut bucket = Bucket::for_fields(charge, self.0.elements.list.len())?;
        read::read(charge, &self.0.elements, text, &mut bucket)?;
        bucket.resolve(charge, zone, text)
    }
}

/// A pattern and the zone to use it in, where one was given. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Formatter {
    pattern: Pattern,
    zone: Option<Zone>,
}

impl Formatter {
    /// A formatter that prints dates in their own zone and reads them in UTC or the zone the text names.
    pub(crate) const fn new(pattern: Pattern) -> Self {
        Self { pattern, zone: None }
    }

    /// The same, which prints and reads every date in a zone; without one, each date in its own and texts in UTC.
    #[must_use]
    pub(crate) fn with_zone(&self, zone: Option<Zone>) -> Self {
        Self {
            pattern: self.pattern.clone(),
            zone,
        }
    }

    /// The pattern.
    pub(crate) const fn pattern(&self) -> &Pattern {
        &self.pattern
    }

    /// Appends a date; an instant without a zone is one in UTC.
    pub(crate) fn print<C: Charge>(&self, charge: &mut C, date: &DateTime, out: &mut String) -> Result<(), C::Error> {
        let zone = self.zone.as_ref().unwrap_or(date.zone());
        self.pattern.print(charge, date.millis(), zone, out)
    }

    /// The date that a text names.
    pub(crate) fn parse<C: Charge>(&self, charge: &mut C, text: &str) -> Result<DateTime, C::Error> {
        let found = self.resolve(charge, text)?;
        let instant = found.instant;
        let zone = match &self.zone {
            Some(zone) => zone.clone(),
            None => found.zone(charge, Zone::UTC)?,
        };
        Ok(DateTime::new(instant, zone))
    }

    /// The instant that a text names. The zone that it names beside an offset is not read.
    pub(crate) fn parse_millis<C: Charge>(&self, charge: &mut C, text: &str) -> Result<i64, C::Error> {
        Ok(self.resolve(charge, text)?.instant)
    }

    /// The date and time that a text says, without regard to its offset or zone.
    pub(crate) fn parse_local<C: Charge>(&self, charge: &mut C, text: &str) -> Result<i64, C::Error> {
        Ok(self.resolve(charge, text)?.local)
    }

    fn resolve<C: Charge>(&self, charge: &mut C, text: &str) -> Result<Resolved, C::Error> {
        self.pattern
            .parse(charge, text, self.zone.as_ref().unwrap_or(&Zone::UTC))
    }
}
