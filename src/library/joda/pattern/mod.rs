//! Date patterns such as `yyyy-MM-dd`: compiled once, then printed and parsed with.
//!
//! Rules: Joda-Time's `DateTimeFormat.forPattern` and the elements of its `DateTimeFormatterBuilder`. [`compile`]
//! makes elements of the letters, [`write`] prints them, [`read`] parses them.

mod compile;
mod element;
mod read;
mod write;

use std::sync::Arc;

use super::bucket::Bucket;
use super::datetime::DateTime;
use super::error::DateError;
use super::zone::Zone;
use element::Element;

/// A compiled pattern. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Pattern(Arc<Compiled>);

#[derive(Debug)]
struct Compiled {
    source_bytes: usize,
    elements: Box<[Element]>,
    max_printed_bytes: usize,
}

impl Pattern {
    /// Compiles a pattern.
    pub(crate) fn compile(source: &str) -> Result<Self, DateError> {
        let elements = compile::elements(source)?;
        let max_printed_bytes = elements.iter().map(Element::max_printed_bytes).sum();
        Ok(Self(Arc::new(Compiled {
            source_bytes: source.len(),
            elements: elements.into(),
            max_printed_bytes,
        })))
    }

    /// The most bytes a date can take when printed, known from the pattern alone.
    pub(crate) fn max_printed_bytes(&self) -> usize {
        self.0.max_printed_bytes
    }

    /// A measure of the work to print or parse with it: a step for each byte of the pattern, more where zones are
    /// sought.
    pub(crate) fn cost(&self) -> usize {
        let zones: usize = self.0.elements.iter().map(Element::extra_cost).sum();
        self.0.source_bytes + zones
    }

    /// The bytes the compiled pattern holds on the heap.
    pub(crate) fn heap_bytes(&self) -> usize {
        let literals: usize = self.0.elements.iter().map(Element::heap_bytes).sum();
        size_of::<Compiled>() + size_of_val(&*self.0.elements) + literals
    }

    /// Appends an instant as the pattern has it.
    pub(crate) fn print(&self, instant: i64, zone: &Zone, out: &mut String) {
        write::write(&self.0.elements, instant, zone, out);
    }

    /// The instant of a text and the zone that it names, or else `zone`.
    fn parse(&self, text: &str, zone: &Zone) -> Result<(i64, Zone), DateError> {
        let mut bucket = Bucket::default();
        read::read(&self.0.elements, text, &mut bucket)?;
        bucket.resolve(zone).map_err(|error| error.while_parsing(text))
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

    /// The same, which prints and reads every date in a zone.
    #[must_use]
    pub(crate) fn with_zone(&self, zone: Zone) -> Self {
        Self {
            pattern: self.pattern.clone(),
            zone: Some(zone),
        }
    }

    /// The pattern.
    pub(crate) const fn pattern(&self) -> &Pattern {
        &self.pattern
    }

    /// Appends a date; an instant without a zone is one in UTC.
    pub(crate) fn print(&self, date: &DateTime, out: &mut String) {
        let zone = self.zone.as_ref().unwrap_or(date.zone());
        self.pattern.print(date.millis(), zone, out);
    }

    /// The date that a text names.
    pub(crate) fn parse(&self, text: &str) -> Result<DateTime, DateError> {
        let (instant, named) = self.pattern.parse(text, self.zone.as_ref().unwrap_or(&Zone::UTC))?;
        Ok(DateTime::new(instant, self.zone.clone().unwrap_or(named)))
    }
}
